"""How many indicators, objectives or programmes a document says there are, against what it shows.

Also the footnote of the table's column NR*: "Los tres indicadores sí reportan información …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalize.distributions import TOTAL
from normalize.grades import progress_of
from normalize.mentions import Mention
from validate.claims.programmes import Programmes
from validate.claims.sentence import Sentence
from validate.counted import with_noun
from validate.rule import Answer, Evidence, failed, passed
from validate.view import DocumentView

_ALL_BEFORE = re.compile(
    r"(?:\b(?:de\s+los|sus)|\b(?:cuenta|conforma|integra)\w*\s+(?:con|por|de)"
    r"|\b(?:tiene|contiene|comprende|incluye)|\b(?:examin|analiz|valor|revis|evalu)\w*\s+los"
    r"|\bseguimiento a(?:\s+los)?)"
    r"\s+(?:un total de\s+)?$"
)
_OF_A_PART = re.compile(
    r"\b(?:objetivos?|enfoques?|estrategias?|componentes?|nivel|ejes?|cada|gestion|coordinacion)\b"
)
_FREE_AFTER = re.compile(
    r"(?:\s+(?:presupuestarios?|sociales|social|asociad[oa]s|derivad[oa]s|prioritari[oa]s"
    r"|institucionales|sectoriales|del programa|valorad[oa]s|analizad[oa]s|vinculad[oa]s"
    r"|estrategicos))*\s*(?:$|[.,;:)]|se\b|que integran el programa"
    r"|asociad[oa]s (?:al programa|a (?:los|sus) objetivos))"
)
_SECTION = re.compile(r"objetivo\D?\d{1,2}$")
_COUNTED = {
    "indicador": "indicator_count",
    "objetivo": "objective_count",
    "programa": "programme_count",
}
_NAMES = {
    "indicador": (("indicador", "indicadores"), ("indicator", "indicators")),
    "objetivo": (("objetivo", "objetivos"), ("objective", "objectives")),
    "programa": (("programa", "programas"), ("programme", "programmes")),
}


@dataclass(frozen=True)
class Total:
    """How many there are, and the rows that show it."""

    count: int
    evidence: tuple[Evidence, ...]


def totals_of(view: DocumentView, programmes: Programmes) -> dict[str, Total]:
    """What a document shows of each noun: its cards, their objectives, the annex's programmes; or
    else the one number that it gives as their count."""
    names = tuple(
        Evidence("assessments", row.record_key, "name", "input") for row in view.assessments
    )
    found = {}
    if view.assessments:
        found["indicador"] = Total(len(names), names)
        numbers = {row.objective_number for row in view.assessments}
        if None not in numbers:
            found["objetivo"] = Total(len(numbers), names)
    if programmes.total:
        found["programa"] = Total(programmes.total, tuple(programmes.keys.values()))
    for noun, code in _COUNTED.items():
        stated = [row for row in view.figures if row.figure == code and row.value is not None]
        if noun not in found and len({row.value for row in stated}) == 1:
            evidence = tuple(
                Evidence("figures", row.record_key, "value", "input") for row in stated
            )
            found[noun] = Total(int(stated[0].value or 0), evidence)
    return found


def answers(sentence: Sentence, totals: dict[str, Total], view: DocumentView) -> Iterator[Answer]:
    """What the totals that a sentence states come to."""
    for at, mention in enumerate(sentence.mentions):
        total = totals.get(mention.noun)
        if total is None or mention.count is None:
            continue
        known_ones = _knows_them(sentence, mention) and mention.count >= total.count
        if known_ones or is_total(sentence, mention) or _exceeds(sentence, mention, total.count):
            yield _held(sentence, at, mention.count, total, mention.noun)
    yield from _footnote(sentence, view)


def stated_of(sentences: Iterable[Sentence], noun: str) -> set[int]:
    """What sentences say that there are of a noun in all."""
    return {
        mention.count
        for sentence in sentences
        for mention in sentence.mentions
        if mention.noun == noun and mention.count is not None and is_total(sentence, mention)
    }


def _knows_them(sentence: Sentence, mention: Mention) -> bool:
    """Whether "los 6 programas" opens a sentence: all of them, or some that were named before."""
    start = re.fullmatch(r"los\s+", sentence.plain[: mention.start]) is not None
    plainly = mention.share is None and not mention.rest and mention.of is None
    return start and plainly and mention.noun == "programa"


def _exceeds(sentence: Sentence, mention: Mention, total: int) -> bool:
    """Whether more of an institution's programmes do something than it has: "8 programas cuentan
    con …" opens a finding about its five."""
    own = sentence.section.startswith("programas") and mention.noun == "programa"
    opens = not sentence.plain[: mention.start].strip()
    return own and opens and (mention.count or 0) > total


def is_total(sentence: Sentence, mention: Mention) -> bool:
    """Whether a count is of all there are: "de los 18 indicadores,", "con seis objetivos"."""
    if mention.share is not None or mention.rest or mention.of is not None:
        return False
    if _SECTION.search(sentence.section):
        return False
    noun = re.compile(r"\s*(?:de\s+(?:los|sus)\s+)?\w+").match(sentence.plain, mention.end)
    free = _FREE_AFTER.match(sentence.plain, noun.end()) if noun else None
    before = sentence.plain[: mention.start]
    if free is None or (mention.noun == "indicador" and _OF_A_PART.search(before)):
        return False
    return mention.is_whole or _ALL_BEFORE.search(before) is not None


def _held(sentence: Sentence, at: int, count: int, total: Total, noun: str) -> Answer:
    es, en = _NAMES[noun]
    if count == total.count:
        return passed(
            sentence.record,
            f"La frase cuenta {with_noun(count, *es)}, como el documento.",
            f"The sentence counts {with_noun(count, *en)}, as the document does.",
        )
    return failed(
        sentence.record,
        f"La frase cuenta {with_noun(count, *es)}; el documento muestra {total.count}.",
        f"The sentence counts {with_noun(count, *en)}; the document shows {total.count}.",
        stated=str(count),
        computed=str(total.count),
        evidence=(
            Evidence("figures", sentence.mention_record(at, "count"), "value", "stated"),
            sentence.evidence,
            *total.evidence,
        ),
    )


def _footnote(sentence: Sentence, view: DocumentView) -> Iterator[Answer]:
    """The footnote of the column NR* counts what that column counts in all."""
    mentions: Sequence[Mention] = sentence.mentions
    starred = sentence.text.startswith("*") and "constante" in sentence.plain
    if not starred or len(mentions) != 1 or mentions[0].count is None:
        return
    for row in view.distributions:
        if row.approach == TOTAL and progress_of(row.category) == "no_reportado":
            cell = Evidence("distributions", row.record_key, "count", "input")
            if row.count == mentions[0].count:
                yield passed(
                    sentence.record,
                    f"La nota y la columna {row.category} cuentan {row.count} indicadores.",
                    f"The note and the column {row.category} count {row.count} indicators.",
                )
            elif row.count is not None:
                yield failed(
                    sentence.record,
                    f"La nota cuenta {mentions[0].count} indicadores de sentido constante; la "
                    f"columna {row.category} de la tabla tiene {row.count}.",
                    f"The note counts {mentions[0].count} constant indicators; the column "
                    f"{row.category} of the table has {row.count}.",
                    stated=str(mentions[0].count),
                    computed=str(row.count),
                    evidence=(
                        Evidence("figures", sentence.mention_record(0, "count"), "value", "stated"),
                        sentence.evidence,
                        cell,
                    ),
                )
