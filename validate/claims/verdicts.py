"""What holding a claim comes to: answers that quote the clause and show what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.rounding import plain
from validate.claims.known import FIELD_TITLES, Card, Count, field_of
from validate.claims.predicates import Predicate
from validate.claims.quantifiers import Judgement
from validate.claims.sentence import Sentence
from validate.claims.subject import Subject
from validate.claims.wording import quoted
from validate.counted import are_en, are_es, with_noun
from validate.rule import Answer, Evidence, failed, passed


@dataclass(frozen=True, slots=True)
class Said:
    """One subject with what is said of it, in the sentence from the subject's start to ``end``.

    ``segment`` is the repaired text that the predicates' places are in.
    """

    sentence: Sentence
    subject: Subject
    end: int
    predicates: tuple[Predicate, ...]
    segment: str

    @property
    def quote(self) -> str:
        return quoted(self.sentence.text, self.subject.start, self.end)


def miscounted(said: Said, stated: int, cards: Sequence[Card], objective: int | None) -> Answer:
    """An objective has not as many indicators as a sentence speaks of."""
    evidence = [item for card in cards for item in card.evidence("approach")]
    return failed(
        said.sentence.record,
        f"La frase dice «{said.quote}», pero el objetivo {objective} tiene "
        f"{with_noun(len(cards), 'indicador', 'indicadores')}.",
        f"The sentence says “{said.quote}”, but objective {objective} has "
        f"{with_noun(len(cards), 'indicator', 'indicators')}.",
        stated=str(stated),
        computed=str(len(cards)),
        evidence=(said.sentence.evidence, *evidence),
    )


def of_another_whole(said: Said, count: Count, stated: int) -> Answer:
    """A part is told of another whole than cards and table count."""
    return failed(
        said.sentence.record,
        f"La frase dice «{said.quote}»; según {count.source_es} son {count.whole} en total.",
        f"The sentence says “{said.quote}”; by {count.source_en} they are {count.whole} in all.",
        stated=str(stated),
        computed=str(count.whole),
        evidence=(said.sentence.evidence, *_numbers(said), *count.of),
    )


def _numbers(said: Said) -> Iterator[Evidence]:
    """The count or share that the claim states, as the figure that it is."""
    for at, mention in enumerate(said.sentence.mentions):
        if said.subject.start <= mention.start < said.subject.end:
            for figure, value in (("count", mention.count), ("share", mention.share)):
                if value is not None:
                    record = said.sentence.mention_record(at, figure)
                    yield Evidence("figures", record, "value_text", "stated")


def on_card(said: Said, card: Card, predicate: Predicate, agrees: bool) -> Answer:
    es, en = FIELD_TITLES[field_of(predicate.domain)]
    printed = card.printed(predicate.domain)
    if agrees:
        return replace(
            passed(
                said.sentence.record,
                f"La frase concuerda con la tarjeta del indicador {card.key} ({es}: «{printed}»).",
                f"The sentence agrees with the card of indicator {card.key} ({en}: “{printed}”).",
            ),
            indicator_id=card.key,
        )
    return replace(
        failed(
            said.sentence.record,
            f"La frase dice «{said.quote}», pero la tarjeta del indicador {card.key} dice "
            f"«{printed}» ({es}).",
            f"The sentence says “{said.quote}”, but the card of indicator {card.key} says "
            f"“{printed}” ({en}).",
            stated=predicate.label,
            computed=printed,
            evidence=(said.sentence.evidence, *card.evidence(predicate.domain)),
        ),
        indicator_id=card.key,
    )


def denied(said: Said, predicate: Predicate, count: Count, judgement: Judgement) -> Answer:
    quantifier = said.subject.quantifier
    share = plain(100 * count.share, 1)
    reading_es = f" Lectura: {judgement.reading_es}." if judgement.reading_es else ""
    reading_en = f" Reading: {judgement.reading_en}." if judgement.reading_en else ""
    return failed(
        said.sentence.record,
        f"La frase dice «{said.quote}»; según {count.source_es} "
        f"{are_es(count.count)} de {count.whole} ({share} %).{reading_es}",
        f"The sentence says “{said.quote}”; by {count.source_en} "
        f"{are_en(count.count)} of {count.whole} ({share} %).{reading_en}",
        stated=quantifier.text if quantifier else "",
        computed=f"{count.count}/{count.whole}",
        reading=judgement.reading_es,
        severity="warning" if judgement.verdict == "doubtful" else None,
        evidence=(said.sentence.evidence, *_numbers(said), *count.of),
    )


def borne_out(said: Said, count: Count) -> Answer:
    quantifier = said.subject.quantifier
    return passed(
        said.sentence.record,
        f"«{said.quote}»: según {count.source_es} {are_es(count.count)} de {count.whole}.",
        f"“{said.quote}”: by {count.source_en} {are_en(count.count)} of {count.whole}.",
        stated=quantifier.text if quantifier else "",
        computed=f"{count.count}/{count.whole}",
    )
