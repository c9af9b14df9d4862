"""What sentences claim of indicators, against the cards and the distribution: the heart of MON05.

A sentence is cut at its subjects; the predicates between one subject and the next are said of the
first. Known subjects ("el primero y el segundo") are held against their own cards one by one,
amounts ("la mitad de los indicadores") against the count that cards and table give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.rounding import plain
from validate.claims.known import FIELD_TITLES, Card, Count, Known, field_of
from validate.claims.predicates import Domain, Predicate, find_predicates, repaired
from validate.claims.quantifiers import Judgement, judge
from validate.claims.sentence import Sentence
from validate.claims.subjects import Subject, find_subjects
from validate.claims.wording import allows, quoted
from validate.rule import Answer, Evidence, failed, passed

_OBJECTIVE = re.compile(r"objetivo\D?(\d{1,2})$")
_HINTS: dict[str, Domain] = {"enfoque": "quality", "calidad": "quality", "avance": "progress"}
_WISHED = re.compile(
    r"\b(?:se (?:espera|esperaba|esperaria|busca|pretende|recomienda|sugiere)|deseable|necesario"
    r"|importante|conveniente|para)\s+que\b(?!.*\b(?:ya que|porque|debido a)\b)"
)
_OTHERS_TOLD = re.compile(r"\botr[oa]s?\b|\bresto\b|\bdemas\b")
_KNOWN_ENDS = re.compile(r";|,? (?:mientras que|en tanto que|por su parte) ")
_AMOUNT_ENDS = re.compile(
    r";|,? (?:mientras que|en tanto que|por su parte|sin embargo|porque|ya que|debido a|es decir"
    r"|aunque|si bien) "
)
_THOSE_THAT = re.compile(r"\s*(?:que|q)\b")
_AND = re.compile(r",|\b(?:y|e|lo que|por ello|lo cual|por lo que)\b")


@dataclass(frozen=True, slots=True)
class _Said:
    """One subject with what is said of it."""

    sentence: Sentence
    subject: Subject
    end: int
    predicates: tuple[Predicate, ...]
    segment: str

    @property
    def quote(self) -> str:
        return quoted(self.sentence.text, self.subject.start, self.end)


@dataclass
class Reader:
    """Reads the sentences of one document in their order; a section's noun carries over."""

    known: Known
    _section: str = ""
    _noun: str = ""
    _seen: int = 0

    def answers(self, sentence: Sentence) -> list[Answer]:
        """What a sentence's claims come to; nothing where it makes none that is understood."""
        if sentence.section != self._section:
            self._section, self._noun, self._seen = sentence.section, "", 0
        subjects = find_subjects(sentence.plain, sentence.mentions)
        found: list[Answer] = []
        for said in self._said(sentence, subjects):
            found += self._hold(said)
            self._seen += 1
        return found

    def _said(self, sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[_Said]:
        hint = _HINTS.get(sentence.section)
        approach = ""
        for at, subject in enumerate(subjects):
            named = self._named(sentence, subject)
            approach = named.approach if named.whole else approach
            named = replace(named, approach=named.approach or approach)
            end = subjects[at + 1].start if at + 1 < len(subjects) else len(sentence.plain)
            end = _cut(sentence.plain, subject, end)
            if _wished(sentence.plain[: subject.start]):
                continue
            segment = repaired(sentence.plain[subject.end : end])
            predicates = find_predicates(segment, hint)
            before = repaired(sentence.plain[: subjects[0].start].rpartition(";")[2])
            if at == 0 and find_predicates(before, hint) != []:
                if predicates or len(subjects) > 1:
                    return  # "Retrocedieron el primero y, además, …": whose is what?
                segment, predicates = before, find_predicates(before, hint)
            if predicates:
                yield _Said(sentence, named, end, tuple(predicates), segment)

    def _named(self, sentence: Sentence, subject: Subject) -> Subject:
        """The subject with the noun of what was spoken of before, where it has none."""
        if subject.quantifier is None:
            return subject
        before = sentence.plain[: subject.start]
        noun = subject.noun or ("indicador" if "indicadores" in before else self._noun)
        self._noun = noun
        return replace(subject, noun=noun)

    def _hold(self, said: _Said) -> Iterator[Answer]:
        subject = said.subject
        objective = subject.objective or objective_of(said.sentence.section)
        if subject.quantifier is None:
            yield from self._hold_known(said, objective)
        elif subject.noun == "indicador" and not subject.whole:
            cards = self.known.in_places(objective) if objective else ()
            if cards and not subject.approach and subject.quantifier.kind in ("all", "none"):
                yield from _hold_each(said, cards)
            elif cards and not subject.approach and subject.quantifier.definite:
                yield from self._hold_definite(said, cards, objective)
            else:
                yield from self._hold_amount(said, objective)

    def _hold_known(self, said: _Said, objective: int | None) -> Iterator[Answer]:
        subject, record = said.subject, said.sentence.record
        if subject.keys:
            cards = tuple(card for card in self.known.cards if card.key in subject.keys)
            if len(cards) == len(set(subject.keys)):
                yield from _hold_each(said, cards)
            return
        cards = self.known.in_places(objective) if objective else ()
        if not cards or subject.others:
            return
        places = [place if place > 0 else len(cards) + 1 + place for place in subject.ordinals]
        if any(not 0 < place <= len(cards) for place in places):
            yield failed(
                record,
                f"La frase habla de «{said.quote}», pero el objetivo {objective} tiene "
                f"{len(cards)} indicadores.",
                f"The sentence speaks of “{said.quote}”, but objective {objective} has "
                f"{len(cards)} indicators.",
                stated=str(max(places)),
                computed=str(len(cards)),
                evidence=(said.sentence.evidence, *_names(cards)),
            )
            return
        chosen = [cards[place - 1] for place in places]
        yield from _hold_each(said, chosen)
        if subject.only:
            others = [card for card in cards if card not in chosen]
            yield from _hold_each(said, others, contrary=True)

    def _hold_definite(
        self, said: _Said, cards: Sequence[Card], objective: int | None
    ) -> Iterator[Answer]:
        """ "Los tres indicadores" of an objective: all of them, and they are three."""
        quantifier = said.subject.quantifier
        number = quantifier.value if quantifier else None
        if number == len(cards):
            yield from _hold_each(said, cards)
        elif not self._seen and quantifier and quantifier.of is None:
            yield failed(
                said.sentence.record,
                f"La frase dice «{said.quote}», pero el objetivo {objective} tiene "
                f"{len(cards)} indicadores.",
                f"The sentence says “{said.quote}”, but objective {objective} has "
                f"{len(cards)} indicators.",
                stated=str(number),
                computed=str(len(cards)),
                evidence=(said.sentence.evidence, *_names(cards)),
            )

    def _hold_amount(self, said: _Said, objective: int | None) -> Iterator[Answer]:
        quantifier = said.subject.quantifier
        if quantifier is None or said.subject.excluded:
            return
        predicates = _alike(said)
        if not predicates or not allows(said.segment[: predicates[0].end]):
            return
        if quantifier.kind == "count" and quantifier.hedge != "only":
            if _OTHERS_TOLD.search(said.sentence.plain):
                return
            if quantifier.value == 1:
                quantifier = replace(quantifier, hedge="at_least")
        told = []
        for predicate in predicates:
            for count in self.known.counts(predicate, said.subject.approach, objective) or ():
                largest = count.largest
                told.append(
                    (predicate, count, judge(quantifier, count.count, count.whole, largest))
                )
        if not told:
            return
        wrong = [each for each in told if each[2].verdict != "agrees"]
        if wrong and not self._together(said, predicates, objective):
            if not said.subject.inferred or wrong[0][2].verdict == "doubtful":
                yield _denied(said, *wrong[0])
        else:
            yield _borne_out(said, told[0][1])

    def _together(
        self, said: _Said, predicates: Sequence[Predicate], objective: int | None
    ) -> bool:
        """Whether those of whom all predicates hold are as many as is said."""
        quantifier = said.subject.quantifier
        cards = self.known.of_objective(objective)
        if quantifier is None or len(predicates) < 2 or said.subject.approach or not cards:
            return False
        truths = [[card.holds(predicate) for predicate in predicates] for card in cards]
        if any(None in row for row in truths):
            return False
        held = sum(all(row) for row in truths)
        return judge(quantifier, held, len(cards)).verdict == "agrees"


def _cut(plain: str, subject: Subject, end: int) -> int:
    """Where what is said of a subject stops, before the next one at the latest."""
    ends = _AMOUNT_ENDS if subject.quantifier is not None else _KNOWN_ENDS
    match = ends.search(plain, subject.end, end)
    return match.start() if match else end


def _alike(said: _Said) -> tuple[Predicate, ...]:
    """The predicates of an amount; nothing where one of them tells which indicators are meant."""
    predicates = said.predicates
    if _THOSE_THAT.match(said.segment) and len(predicates) > 1:
        first, second = predicates[:2]
        if not _AND.search(said.segment, first.end, second.start):
            return predicates[1:] if first.domain == "reported" and not first.negated else ()
    return predicates


def objective_of(section: str) -> int | None:
    match = _OBJECTIVE.search(section)
    return int(match[1]) if match else None


def _wished(before: str) -> bool:
    return _WISHED.search(before) is not None


def _names(cards: Sequence[Card]) -> list[Evidence]:
    return [item for card in cards for item in card.evidence("approach")]


def _numbers(said: _Said) -> Iterator[Evidence]:
    """The count or share that the claim states, as the figure that it is."""
    for at, mention in enumerate(said.sentence.mentions):
        if said.subject.start <= mention.start < said.subject.end:
            for figure, value in (("count", mention.count), ("share", mention.share)):
                if value is not None:
                    record = said.sentence.mention_record(at, figure)
                    yield Evidence("figures", record, "value_text", "stated")


def _hold_each(said: _Said, cards: Sequence[Card], contrary: bool = False) -> Iterator[Answer]:
    """Hold what is said of each of some cards against it; ``contrary``: it must not be true."""
    quantifier = said.subject.quantifier
    none = quantifier is not None and quantifier.kind == "none"
    for at, card in enumerate(cards, start=1):
        excluded = at in said.subject.excluded or at - len(cards) - 1 in said.subject.excluded
        for predicate in said.predicates:
            truth = card.holds(predicate)
            if truth is None:
                continue
            wanted = not (none ^ excluded ^ contrary)
            yield _on_card(said, card, predicate, truth == wanted)


def _on_card(said: _Said, card: Card, predicate: Predicate, agrees: bool) -> Answer:
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


def _denied(said: _Said, predicate: Predicate, count: Count, judgement: Judgement) -> Answer:
    quantifier = said.subject.quantifier
    share = plain(100 * count.share, 1)
    reading_es = f" Lectura: {judgement.reading_es}." if judgement.reading_es else ""
    reading_en = f" Reading: {judgement.reading_en}." if judgement.reading_en else ""
    return failed(
        said.sentence.record,
        f"La frase dice «{said.quote}»; según {count.source_es} son {count.count} de "
        f"{count.whole} ({share} %).{reading_es}",
        f"The sentence says “{said.quote}”; by {count.source_en} they are {count.count} of "
        f"{count.whole} ({share} %).{reading_en}",
        stated=quantifier.text if quantifier else "",
        computed=f"{count.count}/{count.whole}",
        reading=judgement.reading_es,
        severity="warning" if judgement.verdict == "doubtful" else None,
        evidence=(said.sentence.evidence, *_numbers(said), *count.of),
    )


def _borne_out(said: _Said, count: Count) -> Answer:
    quantifier = said.subject.quantifier
    return passed(
        said.sentence.record,
        f"«{said.quote}»: según {count.source_es} son {count.count} de {count.whole}.",
        f"“{said.quote}”: by {count.source_en} they are {count.count} of {count.whole}.",
        stated=quantifier.text if quantifier else "",
        computed=f"{count.count}/{count.whole}",
    )
