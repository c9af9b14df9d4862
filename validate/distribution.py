"""The table Enfoque / Avance as rules look at it: rows, columns, totals and what they should be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from normalize.schema import Distribution
from normalize.text import match_key
from validate.rule import Evidence
from validate.view import DocumentView

_TOTAL = re.compile(r"(?:gran |sub ?)?total(?:es)?\b|suma\b")

Field = Literal["count", "percent"]
Axis = Literal["row", "column"]


def is_total(heading: str) -> bool:
    """Whether a row or column is headed as a total.

    >>> is_total("Total general"), is_total("Muy rezagado")
    (True, False)
    """
    return _TOTAL.match(match_key(heading)) is not None


def evidence(cell: Distribution, field: str, role: str) -> Evidence:
    return Evidence("distributions", cell.record_key, field, role)


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column: its cells and its stated total, which is ``None`` where none is printed.

    ``field`` is what adds up: counts, or percentages where the total is nothing else. ``gaps`` is
    how many cells the table has elsewhere and this line has not.
    """

    axis: Axis
    heading: str
    parts: tuple[Distribution, ...]
    total: Distribution | None
    gaps: int = 0

    @property
    def field(self) -> Field:
        total = self.total
        return "percent" if total and total.count is None and total.percent is not None else "count"

    @property
    def missing(self) -> int:
        """How many cells do not give what adds up."""
        return self.gaps + sum(getattr(part, self.field) is None for part in self.parts)

    @property
    def sum(self) -> Fraction:
        """The sum of the parts. Raises ``ValueError`` where one is missing."""
        if self.missing:
            raise ValueError(f"{self.heading}: {self.missing} cells without a number")
        return sum((Fraction(getattr(part, self.field)) for part in self.parts), Fraction(0))

    @property
    def stated(self) -> Fraction | None:
        value = getattr(self.total, self.field) if self.total else None
        return None if value is None else Fraction(value)

    @property
    def slack(self) -> Fraction:
        """How far the sum may stand from the total by rounding alone: half a unit each."""
        if self.field == "count" or self.total is None:
            return Fraction(0)
        cells = (*self.parts, self.total)
        return sum((Fraction(1, 2 * 10 ** percent_places(cell)) for cell in cells), Fraction(0))

    @property
    def off(self) -> Fraction | None:
        """Stated minus sum where they disagree; 0 where they agree; ``None`` where unknown."""
        if self.stated is None or self.missing or not self.parts:
            return None
        difference = self.stated - self.sum
        return difference if abs(difference) > self.slack else Fraction(0)


def percent_places(cell: Distribution) -> int:
    """The decimals of a cell's printed percentage."""
    exponent = cell.percent.as_tuple().exponent if cell.percent is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True)
class Table:
    """The distribution of a document: approaches in rows, grades of progress in columns."""

    cells: tuple[Distribution, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str], Distribution]:
        return {(cell.approach, cell.category): cell for cell in self.cells}

    @cached_property
    def approaches(self) -> tuple[str, ...]:
        return _in_order(cell.approach for cell in self.cells)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        return _in_order(cell.category for cell in self.cells)

    @cached_property
    def total_row(self) -> str | None:
        return _only_total(self.approaches)

    @cached_property
    def total_column(self) -> str | None:
        return _only_total(self.categories)

    @cached_property
    def grand_total(self) -> Distribution | None:
        return self.at(self.total_row, self.total_column)

    def at(self, approach: str | None, category: str | None) -> Distribution | None:
        if approach is None or category is None:
            return None
        return self.by_place.get((approach, category))

    def row(self, approach: str) -> Line:
        cells = [self.at(approach, name) for name in self.categories if not is_total(name)]
        total = self.at(approach, self.total_column)
        return Line("row", approach, _present(cells), total, cells.count(None))

    def column(self, category: str) -> Line:
        cells = [self.at(name, category) for name in self.approaches if not is_total(name)]
        total = self.at(self.total_row, category)
        return Line("column", category, _present(cells), total, cells.count(None))

    @cached_property
    def rows(self) -> tuple[Line, ...]:
        return tuple(self.row(name) for name in self.approaches)

    @cached_property
    def columns(self) -> tuple[Line, ...]:
        return tuple(self.column(name) for name in self.categories)

    @cached_property
    def suspect(self) -> Distribution | None:
        """The one cell whose row and column are off by the same amount, if there is one."""
        rows = [line for line in self.rows if line.off]
        columns = [line for line in self.columns if line.off]
        if len(rows) != 1 or len(columns) != 1:
            return None
        row, column = rows[0], columns[0]
        cell = self.at(row.heading, column.heading)
        if cell is None:
            return None
        # As a part the cell enters the sum, as a total it is what is stated: the signs tell which.
        as_part = (1 if row.total is not cell else -1, 1 if column.total is not cell else -1)
        same = (row.off or 0) * as_part[0] == (column.off or 0) * as_part[1]
        return cell if same else None

    def sums(self) -> tuple[Fraction, ...]:
        """What the whole is: as printed, as its row adds up and as its column does."""
        found: list[Fraction] = []
        if self.grand_total is not None and self.grand_total.count is not None:
            found.append(Fraction(self.grand_total.count))
        ends = [self.row(self.total_row)] if self.total_row else []
        ends += [self.column(self.total_column)] if self.total_column else []
        for line in ends:
            counts = [part.count for part in line.parts if part.count is not None]
            if counts and len(counts) == len(line.parts) + line.gaps:
                found.append(Fraction(sum(counts)))
        return tuple(dict.fromkeys(found))


def table_of(document: DocumentView) -> Table:
    """The distribution of a document; without cells where it has none."""
    return Table(document.distributions)


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _only_total(names: Sequence[str]) -> str | None:
    totals = [name for name in names if is_total(name)]
    return totals[0] if len(totals) == 1 else None


def _present(cells: Iterable[Distribution | None]) -> tuple[Distribution, ...]:
    return tuple(cell for cell in cells if cell is not None)
