"""MON03: percentages follow from their counts, by one way of rounding in the whole table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from normalize.numbers import plain
from normalize.schema import Distribution
from validate.claims import percentages
from validate.distribution import Table, evidence, is_total, percent_places, table_of
from validate.rule import Answer, failed, not_applicable, passed, rule
from validate.view import DocumentView

Way = Literal["nearest", "cut", "up"]
"""How a value became a printed percentage: to the nearest (a half either way), cut off, or up."""

_WAY_ES: dict[Way, str] = {
    "nearest": "redondeando al más cercano",
    "cut": "truncando",
    "up": "redondeando hacia arriba",
}
_WAY_EN: dict[Way, str] = {
    "nearest": "by rounding to the nearest",
    "cut": "by cutting off",
    "up": "by rounding up",
}


@dataclass(frozen=True, slots=True)
class _Share:
    """A cell's count and percentage, with the totals that its percentage may be of."""

    cell: Distribution
    wholes: tuple[tuple[Fraction, Distribution | None], ...]

    @property
    def stated(self) -> Fraction:
        return Fraction(self.cell.percent or 0)

    @property
    def places(self) -> int:
        return percent_places(self.cell)

    def value(self, whole: Fraction) -> Fraction:
        return Fraction(100 * (self.cell.count or 0)) / whole

    def follows(self, way: Way) -> tuple[Fraction, Distribution | None] | None:
        """The first whole of which the printed percentage follows that way."""
        wholes = self.wholes
        return next(
            (w for w in wholes if self.stated in ways(self.value(w[0]), self.places)[way]), None
        )


def ways(value: Fraction, places: int) -> dict[Way, frozenset[Fraction]]:
    """What a value of 0 or more can be printed as, with so many decimals, by each way of rounding.

    A half may go either way, so that half up, half down and half even are all ``nearest``.

    >>> ways(Fraction(100, 3), 0)["nearest"], ways(Fraction(200, 3), 0)["cut"]
    (frozenset({Fraction(33, 1)}), frozenset({Fraction(66, 1)}))
    """
    unit = Fraction(1, 10**places)
    steps = value / unit
    low = Fraction(steps.numerator // steps.denominator)
    high = low if steps == low else low + 1
    near = {step for step in (low, high) if abs(steps - step) <= Fraction(1, 2)}
    return {
        "nearest": frozenset(step * unit for step in near),
        "cut": frozenset({low * unit}),
        "up": frozenset({high * unit}),
    }


@rule("MON03", "error", scope="document")
def percentages_follow(document: DocumentView) -> Iterator[Answer]:
    """Un porcentaje no sale de su conteo.

    Qué revisa. Que el porcentaje junto a un conteo de la tabla de distribución sea posible: con
    conteos enteros solo salen ciertos porcentajes (la prueba GRIM), redondeando al más cercano (el
    medio, hacia arriba, hacia abajo o al par) o truncando, con los decimales impresos. El total es
    el gran total, impreso o sumado; en las demás celdas, también el de su renglón o columna. Toda
    la tabla se redondea de un modo: si un porcentaje solo sale de otro modo que los demás, es
    advertencia y no error. En la prosa («6 (33%)»), el total es el que dice la misma frase, o uno
    de los que cuenta su apartado; si no se sabe, solo se señala lo que no sale de ningún total. Que
    los porcentajes sumen 99 o 102 por redondeo nunca es hallazgo.

    Por qué importa. Quien cita la ficha cita el porcentaje; si no sale del conteo, uno de los dos
    está mal.

    Ejemplo. 6 de 18 son 33.3 %: «6, 33%» está bien; «6, 38%» no sale de ningún redondeo, y
    «6, 34%» solo redondeando hacia arriba.

    ---

    A percentage does not follow from its count.

    What it checks. That the percentage beside a count of the distribution table is possible: only
    certain percentages follow from whole counts (the GRIM test), rounding to the nearest (a half
    up, down or to even) or cutting off, with the printed decimals. The whole is the grand total,
    printed or added up; in the other cells also that of their row or column. A table is rounded in
    one way: a percentage that follows only in another way than the rest is a warning, not an
    error. In prose (“6 (33%)”) the whole is the one that the same sentence says, or one of those
    that its section counts; where that is not known, only what is the share of no whole is a
    finding. Percentages that add up to 99 or 102 by rounding are never one.

    Why it matters. Whoever quotes the ficha quotes the percentage; if it does not follow from the
    count, one of the two is wrong.

    Example. 6 of 18 are 33.3 %: “6, 33%” is right; “6, 38%” follows by no rounding, and “6, 34%”
    only by rounding up.
    """
    table = table_of(document)
    shares: list[_Share] = []
    for cell in table.cells:
        if cell.percent is None or cell.count is None:
            continue
        wholes = _wholes(table, cell)
        if wholes:
            shares.append(_Share(cell, wholes))
        else:
            yield not_applicable(
                cell.record_key,
                "No hay total del que sea porcentaje, o es cero.",
                "There is no total of which it is a percentage, or it is zero.",
            )
    way = _habit(shares)
    for share in shares:
        yield _answer(share, way)
    yield from percentages.answers(document)


def _wholes(table: Table, cell: Distribution) -> tuple[tuple[Fraction, Distribution | None], ...]:
    """The totals that a cell's percentage may be of, each once, with the cell that prints it."""
    grand = table.grand_total
    printed = [grand]
    if not is_total(cell.approach) and not is_total(cell.category):
        printed += [
            table.at(cell.approach, table.total_column),
            table.at(table.total_row, cell.category),
        ]
    wholes: dict[Fraction, Distribution | None] = {}
    for total in printed:
        if total is not None and total is not cell and total.count:
            wholes.setdefault(Fraction(total.count), total)
    for whole in table.sums():
        if whole > 0:
            wholes.setdefault(whole, None)
    return tuple(wholes.items())


def _habit(shares: Sequence[_Share]) -> Way:
    """The way of rounding that explains all percentages of a table; else to the nearest."""
    ways_of_a_table: tuple[Way, ...] = ("nearest", "cut")
    return next((way for way in ways_of_a_table if all(s.follows(way) for s in shares)), "nearest")


def _answer(share: _Share, way: Way) -> Answer:
    cell, count = share.cell, share.cell.count
    printed = f"{plain(share.stated, share.places)} %"
    whole, total = share.follows(way) or share.wholes[0]
    value = share.value(whole)
    es = f"{cell.approach} / {cell.category}: {count} de {plain(whole)} son {plain(value)} %"
    en = f"{cell.approach} / {cell.category}: {count} of {plain(whole)} are {plain(value)} %"
    more = {
        "stated": plain(share.stated, share.places),
        "computed": plain(value),
        "difference": share.stated - value,
        "evidence": (
            evidence(cell, "percent", "stated"),
            evidence(cell, "count", "input"),
            *((evidence(total, "count", "input"),) if total else ()),
        ),
    }
    if share.follows(way):
        return passed(
            cell.record_key, f"{es}, impreso {printed}.", f"{en}, printed {printed}.", **more
        )
    others: tuple[Way, ...] = ("nearest", "cut", "up")
    other = next((each for each in others if share.follows(each)), None)
    if other is None:
        return failed(
            cell.record_key,
            f"{es}, y se imprime {printed}.",
            f"{en}, and {printed} is printed.",
            **more,
        )
    return failed(
        cell.record_key,
        f"{es}: {printed} sale solo {_WAY_ES[other]}, y los demás porcentajes de la tabla, "
        f"{_WAY_ES[way]}.",
        f"{en}: {printed} follows only {_WAY_EN[other]}, the other percentages of the table "
        f"{_WAY_EN[way]}.",
        severity="warning",
        **more,
    )
