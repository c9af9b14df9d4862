"""One printed ficha to its rows: the indicator, its variables and its two series."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.template import fields_of
from normalize.keys import Key
from normalize.ledger import Ledger, Place, place
from normalize.schema import Indicator, Observation, Series, Variable, encode_record
from normalize.text import enumerator_of, fold, strip_enumerator, strip_final_stop
from normalize.words import accumulation_of, measure_of, objective_of, trend_of, year_of

if TYPE_CHECKING:
    from extract.types import Printed, RawFicha, RawVariable

PLAIN_TEXTS = (
    "objective",
    "definition",
    "disaggregation",
    "frequency",
    "kind",
    "unit",
    "collection_period",
    "dimension",
    "availability",
    "responsible_unit",
    "method",
    "remarks",
    "substitution",
    "baseline_note",
    "target_note",
)
REQUIRED = {
    "baseline": "baseline_value",
    "baseline_year": "baseline_year",
    "target": "target_value",
    "method": "method",
}
"""The cells that must not be empty (REA01), by the template's name and the schema's."""
DOUBTS = ("REA02", "REA03")
"""Rules by which the reader says that it is not sure of a number: the row has none then."""
_SERIES_TITLES: dict[Series, tuple[str, str]] = {
    "historical": ("Serie histórica", "Historical series"),
    "target": ("Meta intermedia", "Intermediate target"),
}
_OBJECTIVE_IN_KEY = re.compile(r"(\d{1,2})\.")
_PROBLEM_VARIABLE = re.compile(r"variables?\.(?P<position>\d+)(?:\.(?P<field>\w+))?")
_PROBLEM_SERIES = re.compile(r"(?P<series>historical|target)s?(?:_series)?\.(?P<year>.+)")


def add_ficha(ledger: Ledger, ficha: RawFicha, key: Key) -> None:
    """Write the rows, provenance and notes of one ficha into the ledger."""
    reading = _FichaReading(ledger, ficha, key)
    reading.note_problems()
    ledger.dataset.indicators.append(reading.indicator())
    reading.add_variables()
    reading.add_series("historical", ficha.historical)
    reading.add_series("target", ficha.targets)


class _FichaReading:
    """The reading of one ficha, with what all its parts share."""

    def __init__(self, ledger: Ledger, ficha: RawFicha, key: Key) -> None:
        self.ledger = ledger
        self.ficha = ficha
        self.key = key
        self.indicator_id = key.indicator_id
        self.record = encode_record(key.indicator_id)

    def place(self, field: str) -> Place:
        return place(Indicator, self.indicator_id, self.record, field)

    def note_problems(self) -> None:
        """Carry over what the reader saw amiss, and add the required cells that are empty."""
        told = set()
        for problem in self.ficha.problems:
            where = self._problem_place(problem.field)
            told.add((problem.rule, where.field))
            if problem.rule in DOUBTS:
                self.ledger.distrust(where)
            text = fold(" ".join(piece.text for piece in problem.pieces))
            self.ledger.note(problem.rule, where, text, problem.message_es, problem.message_en)
        has = fields_of(self.ficha.template)
        for name, field in REQUIRED.items():
            if name not in has:
                continue
            printed = self.ficha.fields.get(name)
            if ("REA01", field) in told or (printed and fold(printed.text)):
                continue
            where = self.place(field)
            self.ledger.note(
                "REA01",
                where,
                "",
                f"{where.name_es}: la celda está vacía.",
                f"{where.name_en}: the cell is empty.",
            )

    def _problem_place(self, path: str) -> Place:
        variable = _PROBLEM_VARIABLE.fullmatch(path)
        if variable:
            record = encode_record(self.indicator_id, int(variable["position"]))
            field = variable["field"] or "position"
            return place(Variable, self.indicator_id, record, field)
        series = _PROBLEM_SERIES.fullmatch(path)
        if series:
            year = year_of(series["year"]) or series["year"]
            record = encode_record(self.indicator_id, series["series"], year)
            return place(Observation, self.indicator_id, record, "value")
        field = {"baseline": "baseline_value", "target": "target_value"}.get(path, path)
        return self.place(field if field in Indicator.model_fields else "indicator_id")

    # --- the indicator itself

    def indicator(self) -> Indicator:
        fields, ledger = self.ficha.fields, self.ledger
        if self.key.printed:
            ledger.trace("indicators", self.record, ["indicator_id"], self.key.printed)
        if self.key.name:
            ledger.trace("indicators", self.record, ["name"], fields["name"])
        texts = {name: ledger.text(fields.get(name), self.place(name)) for name in PLAIN_TEXTS}
        baseline_value, baseline_text = ledger.number(
            fields.get("baseline"), self.place("baseline_value"), "baseline_text"
        )
        target_value, target_text = ledger.number(
            fields.get("target"), self.place("target_value"), "target_text"
        )
        measure = self._word("measure", measure_of, "meta para el bienestar, parámetro")
        trend = self._word("trend", trend_of, "ascendente, descendente, constante")
        accumulation = self._word("accumulation", accumulation_of, "acumulado, periódico")
        return Indicator.model_validate(
            {
                **texts,
                "document_id": ledger.document_id,
                "indicator_id": self.indicator_id,
                "name": self.key.name or None,
                "measure": measure,
                "trend": trend,
                "accumulation": accumulation,
                "objective_number": self._objective_number(),
                "baseline_value": baseline_value,
                "baseline_text": baseline_text,
                "baseline_year": self._year("baseline_year"),
                "target_value": target_value,
                "target_text": target_text,
                "target_year": self._year("target_year"),
            }
        )

    def _word(self, field: str, canonical: Callable[[str], str | None], known: str) -> str | None:
        return self.ledger.word(self.ficha.fields.get(field), self.place(field), canonical, known)

    def _year(self, field: str) -> int | None:
        printed = self.ficha.fields.get(field)
        text = fold(printed.text) if printed else ""
        if printed is None or not text or self.ledger.doubts(self.place(field)):
            return None
        year = year_of(text)
        if year is None:
            self._note_unread_year(self.place(field), text)
            return None
        self.ledger.trace("indicators", self.record, [field], printed)
        return year

    def _note_unread_year(self, where: Place, text: str) -> None:
        self.ledger.note(
            "REA03",
            where,
            text,
            f"{where.name_es}: «{text}» no se lee como un año.",
            f"{where.name_en}: “{text}” cannot be read as one year.",
        )

    def _objective_number(self) -> int | None:
        """From the heading or from the key's first number; None and noted where they differ."""
        printed = self.ficha.fields.get("objective_number")
        stated = objective_of(printed.text) if printed else None
        keyed = _OBJECTIVE_IN_KEY.match(self.indicator_id) if self.key.printed else None
        if printed is not None and stated is not None:
            if keyed and int(keyed[1]) != stated:
                where = self.place("objective_number")
                self.ledger.note(
                    "REA05",
                    where,
                    fold(printed.text),
                    f"El encabezado dice objetivo {stated} y la clave es {self.indicator_id}.",
                    f"The heading says objective {stated} and the key is {self.indicator_id}.",
                )
                return None
            self.ledger.trace("indicators", self.record, ["objective_number"], printed)
            return stated
        if keyed and self.key.printed:
            self.ledger.trace("indicators", self.record, ["objective_number"], self.key.printed)
            return int(keyed[1])
        return None

    # --- its variables

    def add_variables(self) -> None:
        rows = self.ficha.variables
        positions = variable_positions([row.number for row in rows])
        for row, position in zip(rows, positions, strict=True):
            if any(cell and fold(cell.text) for cell in (row.name, row.value, row.source)):
                self._add_variable(row, position)
        self._note_numbering([row.number for row in rows if row.number is not None])

    def _note_numbering(self, numbers: list[int]) -> None:
        repeated = sorted(number for number, count in Counter(numbers).items() if count > 1)
        missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
        for number, es, en in (
            *((each, "se repite", "recurs") for each in repeated),
            *((each, "falta", "is missing") for each in missing),
        ):
            record = encode_record(self.indicator_id, number)
            self.ledger.note(
                "REA05",
                place(Variable, self.indicator_id, record, "position"),
                str(number),
                f"La variable {number} del indicador {self.indicator_id} {es}.",
                f"Variable {number} of indicator {self.indicator_id} {en}.",
            )

    def _add_variable(self, row: RawVariable, position: int) -> None:
        record = encode_record(self.indicator_id, position)

        def where(field: str) -> Place:
            named = place(Variable, self.indicator_id, record, field)
            return replace(
                named,
                title_es=f"{named.title_es} ({position})",
                title_en=f"{named.title_en} ({position})",
            )

        printed_name = fold(row.name.text) if row.name else ""
        name = strip_final_stop(strip_enumerator(printed_name))
        if row.name and name:
            self.ledger.trace("variables", record, ["name"], row.name)
        if row.label and row.number == position:
            self.ledger.trace("variables", record, ["position"], row.label)
        elif row.name and enumerator_of(printed_name) == position:
            self.ledger.trace("variables", record, ["position"], row.name)
        value, value_text = self.ledger.number(row.value, where("value"), "value_text")
        self.ledger.dataset.variables.append(
            Variable(
                document_id=self.ledger.document_id,
                indicator_id=self.indicator_id,
                position=position,
                name=name or None,
                value=value,
                value_text=value_text,
                source=self.ledger.text(row.source, where("source")),
            )
        )

    # --- its series

    def add_series(self, series: Series, cells: list[tuple[Printed, Printed | None]]) -> None:
        """One row per printed year; a year that cannot be read, or recurs, gives none."""
        title_es, title_en = _SERIES_TITLES[series]
        seen: set[int] = set()
        for year_cell, value_cell in cells:
            text = fold(year_cell.text)
            if not text and not (value_cell and fold(value_cell.text)):
                continue
            year = year_of(text)
            record = encode_record(self.indicator_id, series, year or text)
            where = Place(
                indicator_id=self.indicator_id,
                table_name="observations",
                record=record,
                field="year" if year is None else "value",
                title_es=f"{title_es} ({year or 'año'})",
                title_en=f"{title_en} ({year or 'year'})",
            )
            if year is None:
                self._note_unread_year(where, text)
            elif year in seen:
                self._note_repeated_year(where, year)
            else:
                seen.add(year)
                self._add_observation(where, series, year, year_cell, value_cell)

    def _note_repeated_year(self, where: Place, year: int) -> None:
        self.ledger.note(
            "REA05",
            replace(where, field="year"),
            str(year),
            f"{where.name_es}: el año se repite; se toma el primero.",
            f"{where.name_en}: the year recurs; the first one is taken.",
        )

    def _add_observation(
        self,
        where: Place,
        series: Series,
        year: int,
        year_cell: Printed,
        value_cell: Printed | None,
    ) -> None:
        self.ledger.trace("observations", where.record, ["year"], year_cell)
        value, value_text = self.ledger.number(value_cell, where, "value_text")
        self.ledger.dataset.observations.append(
            Observation(
                document_id=self.ledger.document_id,
                indicator_id=self.indicator_id,
                series=series,
                year=year,
                value=value,
                value_text=value_text,
            )
        )


def variable_positions(numbers: Sequence[int | None]) -> list[int]:
    """Positions for printed numbers: the number where it is there and unique, else a free one.

    >>> variable_positions([1, 2, 2, None])
    [1, 2, 3, 4]
    """
    taken: set[int] = set()
    positions: list[int] = []
    reserved = {number for number in numbers if number is not None}
    for order, number in enumerate(numbers, start=1):
        position = number
        if position is None or position in taken:
            position = order
            while position in taken | reserved:
                position += 1
        taken.add(position)
        positions.append(position)
    return positions
