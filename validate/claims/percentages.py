"""Percentages beside counts in prose, "6 (33%)": the part of MON03 that stands in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from normalize.mentions import Mention
from normalize.numbers import Number, plain, rounds_to
from validate.claims.sentence import Sentence
from validate.rule import Answer, Evidence, failed, not_applicable, passed
from validate.view import DocumentView

_TOTALS = {"indicador": "indicator_count", "objetivo": "objective_count"}
_TOTALS |= {"programa": "programme_count"}
"""The figure that counts all of what a noun names."""
_LARGEST = 2000
"""No document of this kind counts more indicators, objectives or programmes."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A count that a pair may be a part of, and where it is printed."""

    count: int
    record: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A count with its percentage, "6 (33%)", in its sentence."""

    sentence: Sentence
    at: int
    count: int
    percent: Number
    noun: str

    @property
    def record(self) -> str:
        return self.sentence.mention_record(self.at, "share")

    @property
    def text(self) -> str:
        mention = self.sentence.mentions[self.at]
        return self.sentence.text[mention.start : mention.end]

    def follows(self, whole: int) -> bool:
        return whole >= self.count and whole > 0 and rounds_to(self.of(whole), self.percent)

    def may_be_of(self, whole: int) -> bool:
        """Whether it follows from a whole by rounding or by cutting off."""
        scale = 10**self.percent.places
        cut = whole >= self.count and Fraction(int(self.of(whole) * scale), scale)
        return self.follows(whole) or cut == self.percent.fraction

    def of(self, whole: int) -> Fraction:
        return Fraction(100 * self.count, whole)

    def shown(self, whole: int) -> str:
        """The percentage that the count is of a whole, to a decimal at least."""
        return plain(self.of(whole), max(self.percent.places, 1))


def answers(view: DocumentView) -> Iterator[Answer]:
    """One answer for every percentage that a sentence prints beside its count.

    The whole is the one that the sentence names ("de los 18 indicadores, 6 (33%)", "6 de 18"); or
    else one that its section counts of the same thing (or the section that this one is part of:
    ``programas`` of ``programas-objetivos``). Where a section counts several, the pair need follow
    from one of them only; where it counts none, the document's own count can confirm the pair but
    not contradict it: it fails only where it is the share of no whole at all ("6 (57%)", the GRIM
    test). The record is that of the figure ``share``.
    """
    sections: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in view.sentences:
        sections[sentence.section].append(sentence)
    for name, section in sections.items():
        around = [*section, *sections.get(name.rpartition("-")[0], ())]
        for sentence in section:
            for pair in _pairs(sentence):
                yield _answer(pair, around, view)


def _pairs(sentence: Sentence) -> Iterator[_Pair]:
    noun = ""
    for at, mention in enumerate(sentence.mentions):
        noun = mention.noun or noun  # "De los 18 indicadores, 6 (33%) …; mientras que 10 (56%)"
        if mention.count is not None and mention.percent is not None:
            yield _Pair(sentence, at, mention.count, mention.percent, noun)


def _answer(pair: _Pair, section: Sequence[Sentence], view: DocumentView) -> Answer:
    named = _named_in_sentence(pair)
    if named is not None:
        return _confirmed(pair, named) if pair.follows(named.count) else _denied(pair, [named])
    stated = list(_counted_in(section, pair))
    own = _document_count(pair, view)
    for whole in [*stated, *own]:
        if pair.follows(whole.count):
            return _confirmed(pair, whole)
    if stated:
        return _denied(pair, stated)
    if pair.noun and not any(pair.may_be_of(whole) for whole in range(1, _LARGEST + 1)):
        return _impossible(pair)
    return not_applicable(
        pair.record,
        f"«{pair.text}»: ni la frase ni su apartado dicen de cuántos.",
        f"“{pair.text}”: neither the sentence nor its section says of how many.",
    )


def _named_in_sentence(pair: _Pair) -> _Whole | None:
    """The whole that the sentence itself names: "6 de 18", or "de los 18 indicadores" before."""
    mentions = pair.sentence.mentions
    whole = mentions[pair.at].of
    if whole is not None:
        return _Whole(whole, pair.sentence.mention_record(pair.at + 1, "count"))
    for at in range(pair.at - 1, -1, -1):
        mention = mentions[at]
        before = pair.sentence.plain[: mention.start]
        if _is_whole(mention) and before.endswith(
            ("de los ", "de las ", "de sus ", "de un total de ")
        ):
            return _Whole(mention.count or 0, pair.sentence.mention_record(at, "count"))
    return None


def _is_whole(mention: Mention) -> bool:
    """Whether a mention may be the whole of others: a count without share of what is named."""
    plainly = mention.count is not None and mention.share is None and mention.of is None
    return plainly and bool(mention.noun) and not mention.rest


def _counted_in(section: Sequence[Sentence], pair: _Pair) -> Iterator[_Whole]:
    for sentence in section:
        for at, mention in enumerate(sentence.mentions):
            same = mention.noun == pair.noun or not pair.noun
            if _is_whole(mention) and same and (mention.count or 0) >= pair.count:
                yield _Whole(mention.count or 0, sentence.mention_record(at, "count"))


def _document_count(pair: _Pair, view: DocumentView) -> Iterator[_Whole]:
    for figure in view.figures:
        if figure.figure == _TOTALS.get(pair.noun) and figure.value is not None:
            yield _Whole(int(figure.value), figure.record_key)


def _impossible(pair: _Pair) -> Answer:
    return failed(
        pair.record,
        f"El porcentaje de «{pair.text}» no se sigue de su conteo: {pair.count} no es ese "
        "porcentaje de ningún total.",
        f"The percentage of “{pair.text}” does not follow from its count: {pair.count} is that "
        "percentage of no whole.",
        stated=plain(pair.percent.fraction, pair.percent.places),
        evidence=(
            Evidence("figures", pair.record, "value", "stated"),
            Evidence("figures", pair.sentence.mention_record(pair.at, "count"), "value", "input"),
            pair.sentence.evidence,
        ),
    )


def _confirmed(pair: _Pair, whole: _Whole) -> Answer:
    return passed(
        pair.record,
        f"«{pair.text}»: {pair.count} de {whole.count} da ese porcentaje.",
        f"“{pair.text}”: {pair.count} of {whole.count} gives that percentage.",
        stated=plain(pair.percent.fraction, pair.percent.places),
        computed=pair.shown(whole.count),
    )


def _denied(pair: _Pair, wholes: Sequence[_Whole]) -> Answer:
    whole = wholes[0]
    if pair.count > whole.count:
        es = f"{pair.count} es más que el total, {whole.count}"
        en = f"{pair.count} is more than the total, {whole.count}"
    else:
        computed = pair.shown(whole.count)
        es, en = (
            f"{pair.count} {of} {whole.count} {eq} {computed} %"
            for of, eq in (("de", "es"), ("of", "is"))
        )
    others = sorted({each.count for each in wholes} - {whole.count})
    if others:
        listed = ", ".join(map(str, others))
        es += f" (y tampoco sale de los otros totales del apartado: {listed})"
        en += f" (nor does it follow from the section's other totals: {listed})"
    return failed(
        pair.record,
        f"El porcentaje de «{pair.text}» no se sigue de su conteo: {es}.",
        f"The percentage of “{pair.text}” does not follow from its count: {en}.",
        stated=plain(pair.percent.fraction, pair.percent.places),
        computed=pair.shown(whole.count),
        difference=pair.percent.fraction - pair.of(whole.count),
        evidence=(
            Evidence("figures", pair.record, "value", "stated"),
            Evidence("figures", pair.sentence.mention_record(pair.at, "count"), "value", "input"),
            *(Evidence("figures", each.record, "value", "input") for each in wholes),
            pair.sentence.evidence,
        ),
    )
