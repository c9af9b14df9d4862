"""The other stated numbers of a document: printed figures to rows of the table ``figures``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from normalize.figure_codes import BY_CODE
from normalize.ledger import Ledger, Place
from normalize.numbers import find_numbers
from normalize.schema import Figure, encode_record
from normalize.text import fold, match_key

if TYPE_CHECKING:
    from extract.types import Problem, RawDocument, RawFigure

PROBLEM_PATH = "figures."
"""How the ``field`` of a reader's problem about a figure begins: ``figures.goal``,
``figures.branch_budget.2019``, ``figures.score.0.50E011`` (code, year, subject)."""


_STEMS = {
    "primer": 1,
    "segund": 2,
    "tercer": 3,
    "cuart": 4,
    "quint": 5,
    "sext": 6,
    "septim": 7,
    "octav": 8,
    "noven": 9,
    "decim": 10,
    "undecim": 11,
    "decimoprimer": 11,
    "duodecim": 12,
    "decimosegund": 12,
    "decimotercer": 13,
    "decimocuart": 14,
    "decimoquint": 15,
    "vigesim": 20,
    "trigesim": 30,
}
_ORDINALS = {f"{stem}{end}": value for stem, value in _STEMS.items() for end in ("", "o", "a")}
"""Ordinals: whole words, since numbers begin as they do ("quince", "cuarenta", "noventa")."""


def figure_texts(raw: RawDocument) -> Iterator[str]:
    """The texts that show how a document writes its numbers."""
    return (figure.value.text for figure in raw.figures if not BY_CODE[figure.figure].is_word)


def add_figures(ledger: Ledger, raw: RawDocument) -> None:
    """Write the figures of a document, their provenance and the reader's problems with them.

    A number that cannot be read is null and noted (REA03); one that the document states as not
    available is null, its text kept. A word (``FigureCode.is_word``) has no value. A key that
    recurs with another text gets ``#2`` after its subject, and is noted (REA05).
    Raises ``KeyError`` for a code that :mod:`normalize.figure_codes` does not declare.
    """
    for problem in raw.problems:
        if problem.field.startswith(PROBLEM_PATH):
            _note(ledger, problem)
    told: dict[str, list[str]] = {}
    for figure in raw.figures:
        record = encode_record(figure.figure, figure.subject, figure.year)
        text = fold(figure.value.text)
        before = told.setdefault(record, [])
        if text in before:
            continue
        before.append(text)
        subject = figure.subject if len(before) == 1 else f"{figure.subject}#{len(before)}"
        if len(before) > 1:
            _note_recurring(ledger, figure, before)
        _add(ledger, figure, subject)


def _add(ledger: Ledger, figure: RawFigure, subject: str) -> None:
    where = figure_place(figure.figure, subject, figure.year)
    if BY_CODE[figure.figure].is_word:
        value, text = None, ledger.text(figure.value, _field(where, "value_text"))
    elif (value := spelled(figure.value.text)) is not None:
        text = fold(figure.value.text)
        ledger.trace(where.table_name, where.record, ["value", "value_text"], figure.value)
    else:
        value, text = ledger.number(figure.value, where, "value_text")
    if text is None:
        return
    ledger.dataset.figures.append(
        Figure(
            document_id=ledger.document_id,
            figure=figure.figure,
            subject=subject,
            year=figure.year,
            value=value,
            value_text=text,
            unit=figure.unit,
        )
    )


def spelled(text: str) -> Decimal | None:
    """The value of a number that is written in words, as counts and ranks are ("seis", "treinta y
    dos", "décimo segundo")."""
    said = fold(text)
    ranks = [_ORDINALS.get(word) for word in match_key(said).split()]
    if ranks and None not in ranks:
        return Decimal(sum(rank for rank in ranks if rank))
    found = find_numbers(said)
    if len(found) != 1 or not found[0].words or (found[0].start, found[0].end) != (0, len(said)):
        return None
    return found[0].number.value


def figure_place(code: str, subject: str, year: int) -> Place:
    """The value of a figure, with its name for messages ("Presupuesto del ramo, 2019")."""
    about = "".join(f", {part}" for part in (subject, year) if part)
    return Place(
        indicator_id="",
        table_name=Figure.table,
        record=encode_record(code, subject, year),
        field="value",
        title_es=BY_CODE[code].title_es + about,
        title_en=BY_CODE[code].title_en + about,
    )


def _field(where: Place, field: str) -> Place:
    return Place(
        where.indicator_id, where.table_name, where.record, field, where.title_es, where.title_en
    )


def _note(ledger: Ledger, problem: Problem) -> None:
    code, year, subject = [*problem.field.removeprefix(PROBLEM_PATH).split(".", 2), "0", ""][:3]
    where = figure_place(code, subject, int(year))
    if problem.rule == "REA03":
        ledger.distrust(where)
    text = fold(" ".join(piece.text for piece in problem.pieces))
    ledger.note(problem.rule, where, text, problem.message_es, problem.message_en)


def _note_recurring(ledger: Ledger, figure: RawFigure, texts: Sequence[str]) -> None:
    where = figure_place(figure.figure, figure.subject, figure.year)
    ledger.note(
        "REA05",
        where,
        texts[-1],
        f"{where.name_es}: está impreso más de una vez: {', '.join(f'«{t}»' for t in texts)}.",
        f"{where.name_en}: it is printed more than once: {', '.join(f'“{t}”' for t in texts)}.",
    )
