"""The cells of the table Enfoque / Avance to rows of ``distributions``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from normalize.grades import HEADINGS, is_split
from normalize.ledger import Ledger, place
from normalize.numbers import parse_number
from normalize.schema import Distribution, encode_record
from normalize.text import fold, match_key

if TYPE_CHECKING:
    from extract.types import RawCell

TOTAL = "Total general"
"""What the schema calls a row or column of totals, however it is printed."""

PIECE = 4
"""Letters from which the beginning of a known heading is a part of it."""

_TOTALS = {"total", "totales", "total general", "totales generales", "gran total", "suma total"}
_CELL = re.compile(
    r"(?P<count>\d{1,6})(?![.,]?\d)"
    r"(?:(?:\s*[,;/|]\s+|\s*[/|(\[]\s*|\s+)(?P<percent>\d{1,3}(?:[.,]\d{1,2})?)\s*%\s*[)\]]?)?"
)
_TIGHT = re.compile(r"(?P<count>\d{1,3}),(?P<percent>\d{1,3})\s*%")
_MARK = re.compile(r"\s*[¹²³⁴-⁹*]+$")
"""A footnote's mark behind a number."""
_PERCENT = re.compile(r"\(?\s*(?P<percent>\d{1,3}(?:[.,]\d{1,2})?)\s*%\s*\)?")


def add_cells(ledger: Ledger, cells: Sequence[RawCell]) -> None:
    """Write the rows, provenance and notes of a document's distribution into the ledger.

    A heading that recurs in the table gets ``#2`` with REA05, one that is a grade broken inside a
    word is told (REA05). A cell that is neither a count, nor
    a count with its percentage, nor a percentage has no value (REA03).
    """
    seen: Counter[tuple[str, str]] = Counter()
    whole = _whole(cells)
    told: set[str] = set()
    for cell in cells:
        approach, category = _heading(cell.approach.text), _heading(cell.category.text)
        seen[approach, category] += 1
        again = seen[approach, category]
        if again > 1:
            category = f"{category}#{again}"
        record = encode_record(approach, category)
        where = place(Distribution, "", record, "count")
        text = fold(cell.value.text) or None
        count, percent = (None, None) if text is None else count_and_percent(text, whole)
        ledger.dataset.distributions.append(
            Distribution(
                document_id=ledger.document_id,
                approach=approach,
                category=category,
                count=count,
                percent=percent,
                value_text=text,
            )
        )
        ledger.trace("distributions", record, ["approach"], cell.approach)
        ledger.trace("distributions", record, ["category"], cell.category)
        values = {"count": count, "percent": percent, "value_text": text}
        filled = [name for name, value in values.items() if value is not None]
        ledger.trace("distributions", record, filled, cell.value)
        said = f"{approach} / {category}"
        for name, heading in (("category", category), ("approach", approach)):
            if heading in told or not (is_split(heading, "target_progress") or is_piece(heading)):
                continue
            told.add(heading)
            ledger.note(
                "REA05",
                place(Distribution, "", record, name),
                heading,
                f"Distribución: «{heading}» parece una palabra partida por su celda.",
                f"Distribution: “{heading}” looks like a word broken by its cell.",
            )
        if again > 1:
            ledger.note(
                "REA05",
                place(Distribution, "", record, "category"),
                said,
                f"La tabla de distribución repite la celda {said}.",
                f"The distribution table repeats the cell {said}.",
            )
        if text and count is None and percent is None and not _is_absent(text, ledger):
            ledger.note(
                "REA03",
                where,
                text,
                f"Distribución, {said}: «{text}» no se lee como un conteo con su porcentaje.",
                f"Distribution, {said}: “{text}” cannot be read as a count with its percentage.",
            )


def count_and_percent(text: str, whole: int | None = None) -> tuple[int | None, Decimal | None]:
    """The two numbers of a cell; both None where it is none of the forms that are known.

    Without a space after its comma, ``6,33%`` may be a count with its percentage or 6.33 %: it is
    the former where 6 of ``whole``, the table's total, are 33 % (rounded or cut) and no count is
    6.33 % of it; else neither.

    >>> count_and_percent("6, 33%")
    (6, Decimal('33'))
    >>> count_and_percent("5 (83.3 %)")
    (5, Decimal('83.3'))
    >>> count_and_percent("6,33%"), count_and_percent("6, 33% ³")
    ((None, None), (6, Decimal('33')))
    >>> count_and_percent("6,33%", 18), count_and_percent("6,33%", 20)
    ((6, Decimal('33')), (None, None))
    """
    said = _MARK.sub("", text)
    match = _CELL.fullmatch(said) or _PERCENT.fullmatch(said)
    if match is None:
        return None, None
    parts = match.groupdict()
    tight = _TIGHT.fullmatch(said)
    if tight is not None:
        return _told_by(int(tight["count"]), tight["percent"], whole)
    count, percent = parts.get("count"), parts.get("percent")
    if count is None and percent is not None and "," in percent:
        return None, None
    return (
        int(count) if count is not None else None,
        Decimal(percent.replace(",", ".")) if percent is not None else None,
    )


def is_piece(heading: str) -> bool:
    """Whether a heading is the beginning or the end of a known one, cut inside a word.

    >>> is_piece("Coordinació"), is_piece("ión"), is_piece("Gestión"), is_piece("Rezagado")
    (True, True, False, False)
    """
    key = match_key(heading)
    if not key or key in HEADINGS:
        return False
    begins = len(key) >= PIECE and any(
        known.startswith(key) and known[len(key)] != " " for known in HEADINGS
    )
    ends = any(known.endswith(key) and known[-len(key) - 1] != " " for known in HEADINGS)
    return begins or ends


def _told_by(count: int, percent: str, whole: int | None) -> tuple[int | None, Decimal | None]:
    if not whole or count > whole or not _rounds_to(count, whole, Decimal(percent)):
        return None, None
    other = Decimal(f"{count}.{percent}")
    if any(_rounds_to(part, whole, other) for part in range(whole + 1)):
        return None, None
    return count, Decimal(percent)


def _rounds_to(part: int, whole: int, percent: Decimal) -> bool:
    """Whether a part of a whole is a percentage, rounded to its places or cut."""
    unit = Decimal(1).scaleb(int(percent.as_tuple().exponent))
    return abs(Fraction(100 * part, whole) - Fraction(percent)) < Fraction(unit)


def _whole(cells: Sequence[RawCell]) -> int | None:
    """The count in the corner of the totals."""
    corner = [
        fold(cell.value.text)
        for cell in cells
        if _heading(cell.approach.text) == _heading(cell.category.text) == TOTAL
    ]
    return count_and_percent(corner[0])[0] if len(corner) == 1 else None


def _heading(text: str) -> str:
    folded = fold(text)
    return TOTAL if match_key(folded) in _TOTALS else folded


def _is_absent(text: str, ledger: Ledger) -> bool:
    return parse_number(text, ledger.habits).status in ("not_available", "empty")
