"""MON08: scores and levels of one table are in one order; a rank lies within its total."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from normalize.grades import LEVELS, level_of
from normalize.numbers import plain
from normalize.schema import Figure
from normalize.text import match_key
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView

_PROGRAMME_KEY = re.compile(r"\d{0,2}[A-Z]{1,2}\d{2,3}(?:#\d+)?")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a table: whose, its score and its level, as printed and canonical."""

    score: Figure
    level: Figure

    @property
    def subject(self) -> str:
        return self.level.subject

    @property
    def value(self) -> Fraction:
        return Fraction(self.score.value or 0)

    @property
    def word(self) -> str:
        return level_of(self.level.value_text) or match_key(self.level.value_text or "")

    @property
    def said(self) -> str:
        return f"{self.subject} ({self.score.value_text}, {self.level.value_text})"

    def evidence(self, role: str) -> tuple[Evidence, Evidence]:
        return (
            Evidence("figures", self.level.record_key, "value_text", role),
            Evidence("figures", self.score.record_key, "value", "input"),
        )


@rule("MON08", "error", scope="document")
def scores_and_levels_are_in_order(document: DocumentView) -> Iterator[Answer]:
    """Valoraciones y niveles de una misma tabla no están en un mismo orden.

    Qué revisa. En una tabla de programas con valoración y nivel: que a mayor valoración no
    corresponda un nivel más bajo (básico, medio, adecuado, alto…), que a igual valoración
    corresponda igual nivel y que entre dos programas de un nivel no haya uno de otro. Los cortes no
    están impresos y no se suponen; la valoración de la dependencia y sus subíndices son otra
    escala. Además, que el lugar de la dependencia no pase del número de las valoradas.

    Por qué importa. El nivel es la lectura pública de la valoración; si no siguen un orden, uno de
    los dos está mal escrito.

    Ejemplo. 0.673 «Medio» y 0.584 «Adecuado»: el menor no puede tener el nivel más alto. Lugar 17
    de 15 dependencias.

    ---

    Scores and levels of one table are not in one order.

    What it checks. In a table of programmes with score and level: that a higher score does not have
    a lower level (básico, medio, adecuado, alto …), that equal scores have equal levels, and that
    between two programmes of one level there is none of another. The cut points are not printed and
    not assumed; the institution's own score and its sub-indices are another scale. Also that the
    institution's rank does not exceed the number of those assessed.

    Why it matters. The level is how the public reads the score; if they are not in one order, one
    of the two is misprinted.

    Example. 0.673 “Medio” and 0.584 “Adecuado”: the lower one cannot have the higher level. Rank 17
    of 15 institutions.
    """
    yield from _ranks(document)
    for entries in _tables(document):
        yield from _ordered(entries)


def _tables(document: DocumentView) -> Iterator[list[_Entry]]:
    """The programmes of each year that have a score and a level."""
    scores = {(f.subject, f.year): f for f in document.figures if f.figure == "score"}
    tables: defaultdict[int, list[_Entry]] = defaultdict(list)
    for level in document.figures:
        score = scores.get((level.subject, level.year))
        if level.figure != "level" or not _PROGRAMME_KEY.fullmatch(level.subject):
            continue
        if score is not None and score.value is not None and level.value_text:
            tables[level.year].append(_Entry(score, level))
    for entries in tables.values():
        yield sorted(entries, key=lambda entry: (-entry.value, entry.subject))


def _ordered(entries: Sequence[_Entry]) -> Iterator[Answer]:
    """One answer per line; the fewest lines that explain all contradictions are blamed."""
    left = list(entries)
    blamed: list[tuple[_Entry, _Entry]] = []
    while True:
        against = {entry: [o for o in left if _contradict(entry, o, left)] for entry in left}
        worst = max(left, key=lambda entry: len(against[entry]), default=None)
        if worst is None or not against[worst]:
            break
        blamed.append((worst, against[worst][0]))
        left.remove(worst)
    for entry, other in blamed:
        yield _out_of_order(entry, other)
    if len(entries) == 1:
        yield not_applicable(
            entries[0].level.record_key,
            "No hay otra valoración en la tabla con que comparar.",
            "There is no other score in the table to compare with.",
        )
        return
    for entry in left:
        yield passed(
            entry.level.record_key,
            f"{entry.said} sigue el orden de la tabla.",
            f"{entry.said} follows the table's order.",
            stated=entry.level.value_text,
            evidence=entry.evidence("stated"),
        )


def _contradict(one: _Entry, other: _Entry, entries: Sequence[_Entry]) -> bool:
    """Whether two lines cannot both be right."""
    if one is other or one.word == other.word:
        return False
    if one.value == other.value:
        return True
    high, low = (one, other) if one.value > other.value else (other, one)
    places = LEVELS.get(high.word), LEVELS.get(low.word)
    if places[0] is not None and places[1] is not None and places[0] != places[1]:
        return places[0] < places[1]
    # Words without a certain order: each has one stretch of the scale.
    return any(
        (third.word == low.word and third.value > high.value)
        or (third.word == high.word and third.value < low.value)
        for third in entries
    )


def _out_of_order(entry: _Entry, other: _Entry) -> Answer:
    return failed(
        entry.level.record_key,
        f"{entry.said} y {other.said} no están en un mismo orden de valoración y nivel.",
        f"{entry.said} and {other.said} are not in one order of score and level.",
        stated=entry.level.value_text,
        computed=other.level.value_text,
        evidence=(*entry.evidence("stated"), *other.evidence("other")),
    )


def _ranks(document: DocumentView) -> Iterator[Answer]:
    totals = {(f.subject, f.year): f for f in document.figures if f.figure == "rank_total"}
    for rank in document.figures:
        if rank.figure != "rank":
            continue
        total = totals.get((rank.subject, rank.year))
        if rank.value is None or total is None or total.value is None:
            yield not_applicable(
                rank.record_key,
                "No se lee el lugar o el número de valoradas.",
                "The rank or the number of those assessed is not read.",
            )
            continue
        inside = 1 <= rank.value <= total.value
        answer = passed if inside else failed
        said = f"{plain(rank.value)} / {plain(total.value)}"
        yield answer(
            rank.record_key,
            f"Lugar {said}: {'dentro' if inside else 'fuera'} del número de valoradas.",
            f"Rank {said}: {'within' if inside else 'outside'} the number of those assessed.",
            stated=plain(rank.value),
            computed=plain(total.value),
            evidence=(
                Evidence("figures", rank.record_key, "value", "stated"),
                Evidence("figures", total.record_key, "value", "input"),
            ),
        )
