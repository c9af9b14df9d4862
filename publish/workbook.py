"""``cuadra.xlsx``: findings, indicators, variables, series and assessments for auditors.

Headings come from the schema. A cell is typed: a number is a number, shown with the decimals that
the document prints, unless Excel's doubles (15 digits) would change it; a text is a text, whatever
it begins with. Rows are streamed: memory does not grow with them. The same rows give the same
bytes.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from normalize.numbers import parse_number
from normalize.schema import Assessment, Document, Finding, Indicator, Observation, Row, Variable
from publish import query
from publish.bounded import Settings, bounded
from publish.columns import columns, quoted, short
from publish.files import beside, publish_file, writing
from publish.query import Place
from publish.report_links import WORKBOOK, finding_link
from publish.store import CATALOG, expect, reading
from publish.waivers import Verdicts, Waiver, judge_stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAX_ROWS = 1_048_576
"""Rows of an Excel sheet, the heading included."""
MAX_LINKS = 65_530
"""Links that Excel takes on one sheet."""
MAX_TEXT = 32_767
"""Characters of an Excel cell."""
EXACT_DIGITS = 15
"""Significant digits that an IEEE double keeps."""
CHUNK = 2_000

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MADE = datetime.datetime(2000, 1, 1)
"""Written as the workbook's date, so that the same rows give the same bytes."""

_SHEETS: tuple[tuple[type[Row], str, str], ...] = (
    (Finding, "Hallazgos", "Findings"),
    (Indicator, "Indicadores", "Indicators"),
    (Variable, "Variables", "Variables"),
    (Observation, "Series", "Series"),
    (Assessment, "Valoraciones", "Assessments"),
)
_FILE_NAME = next(column for column in columns(Document) if column.name == "file_name")
_FIRST = ("finding_id", "severity", "rule", "indicator_id")
_LAST = (
    *("stated", "computed", "difference", "reading", "page", "file_name"),
    *("accepted_reason", "accepted_by", "accepted_on", "document_id"),
)
"""The columns of the findings, as an auditor reads them: before and after the message."""
_OF_FINDINGS = (
    ("page", "Página", "Page"),
    ("accepted_reason", "Aceptado: motivo", "Accepted: reason"),
    ("accepted_by", "Aceptado por", "Accepted by"),
    ("accepted_on", "Aceptado el", "Accepted on"),
)
_WORDS: Mapping[str, tuple[str, str]] = {
    "error": ("error", "error"),
    "warning": ("advertencia", "warning"),
    "info": ("informativo", "info"),
    "historical": ("histórica", "historical"),
    "target": ("meta", "target"),
    "meta_para_el_bienestar": ("meta para el bienestar", "meta para el bienestar"),
    "parametro": ("parámetro", "parámetro"),
}
"""How a stored word of a closed list is shown."""
_WIDE, _MIDDLE, _NARROW = 60, 24, 12
_WIDTHS = {
    "message_es": 80,
    "message_en": 80,
    "name": _WIDE,
    "objective": _WIDE,
    "definition": _WIDE,
    "method": _WIDE,
    "substitution": _WIDE,
    "remarks": _WIDE,
    "file_name": _MIDDLE,
    "finding_id": 20,
    "source": _MIDDLE,
}


class Heading(NamedTuple):
    """A column of a sheet: the schema's name for it and its title in the chosen language."""

    name: str
    title: str


@dataclass
class _Notes:
    """What the workbook could not hold; said on its last sheet."""

    cut: int = 0
    unlinked: int = 0
    inexact: int = 0
    split: list[str] = field(default_factory=list)


def write_workbook(
    directory: Path, *, lang: str = "es", waivers: Sequence[Waiver] = (), max_rows: int = MAX_ROWS
) -> Path:
    """Write the workbook of a stored dataset, whole, by rename; its path.

    Sheets longer than ``max_rows`` are continued on another one, which the last sheet says.
    Raises ``publish.errors.DatasetError`` (no dataset) or ``OSError``.
    """
    expect(directory)
    with writing(directory):
        bounded(directory, partial(_write, directory, lang, waivers, max_rows))
    return directory / WORKBOOK


def _write(
    directory: Path, lang: str, waivers: Sequence[Waiver], max_rows: int, settings: Settings
) -> None:
    import xlsxwriter

    path = directory / WORKBOOK
    with reading(directory, settings) as connection:
        new = beside(path)
        try:
            with xlsxwriter.Workbook(
                str(new),
                {
                    "constant_memory": True,
                    "strings_to_formulas": False,
                    "strings_to_urls": False,
                    "strings_to_numbers": False,
                },
            ) as workbook:
                workbook.set_properties({"title": "Cuadra", "created": _MADE})
                _Writer(workbook, connection, lang, waivers, max_rows).write()
            publish_file(path)
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error
        finally:
            new.unlink(missing_ok=True)


class _Writer:
    """Writes all sheets; holds what they share: formats, languages, names, verdicts."""

    def __init__(
        self,
        workbook: Any,
        connection: DuckDBPyConnection,
        lang: str,
        waivers: Sequence[Waiver],
        max_rows: int,
    ) -> None:
        self.workbook = workbook
        self.connection = connection
        self.spanish = lang == "es"
        self.max_rows = max_rows
        self.notes = _Notes()
        self.formats: dict[str, Any] = {}
        self.verdicts: Verdicts = judge_stored(connection, waivers)
        self.heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.link = workbook.get_default_url_format()
        self.link.set_align("top")

    def write(self) -> None:
        """All sheets, then the one that says what they are."""
        counts = []
        for model, es, en in _SHEETS:
            title = es if self.spanish else en
            rows = self._findings() if model is Finding else self._rows(model)
            counts.append((title, self._sheets(title, self._headings(model), rows)))
        self._about(counts)

    def _headings(self, model: type[Row]) -> list[Heading]:
        """The columns of a sheet: those of the table, and in which file its document is."""
        found = {column.name: column for column in (_FILE_NAME, *columns(model))}
        titles = {
            name: Heading(name, column.title_es if self.spanish else column.title_en)
            for name, column in found.items()
        }
        if model is not Finding:
            return list(titles.values())
        for name, es, en in _OF_FINDINGS:
            titles[name] = Heading(name, es if self.spanish else en)
        message = "message_es" if self.spanish else "message_en"
        return [titles[name] for name in (*_FIRST, message, *_LAST)]

    def _cursor(self) -> DuckDBPyConnection:
        """A second result beside the connection's own."""
        cursor = self.connection.cursor()
        cursor.execute(f"USE {CATALOG}")
        return cursor

    def _rows(self, model: type[Row]) -> Iterator[dict[str, object]]:
        names = [column.name for column in columns(model)]
        chosen = ", ".join(f"stored.{quoted(name)}" for name in names)
        order = ", ".join(f"stored.{quoted(name)}" for name in model.key)
        result = self._cursor().execute(
            f"SELECT file_name, {chosen} FROM {quoted(model.table)} AS stored "
            f"JOIN documents USING (document_id) ORDER BY {order}"
        )
        while chunk := result.fetchmany(CHUNK):
            for row in chunk:
                yield dict(zip(["file_name", *names], row, strict=True))

    def _findings(self) -> Iterator[dict[str, object]]:
        """Findings, the gravest first within a document, each with the page of its evidence."""
        names = [column.name for column in columns(Finding)]
        chosen = ", ".join(f"stored.{quoted(name)}" for name in names)
        result = self._cursor().execute(
            f"SELECT file_name, {chosen} FROM findings AS stored JOIN documents "
            "USING (document_id) ORDER BY document_id, "
            "list_position(['error', 'warning', 'info'], severity), rule, indicator_id, finding_id"
        )
        while chunk := result.fetchmany(CHUNK):
            rows = [dict(zip(["file_name", *names], row, strict=True)) for row in chunk]
            places = [list(_places(str(row["evidence"]))) for row in rows]
            pages = query.pages(self.connection, [place for some in places for place in some])
            for row, some in zip(rows, places, strict=True):
                row["page"] = next((pages[place] for place in some if place in pages), None)
                verdict = self.verdicts.accepted.get(str(row["finding_id"]))
                if verdict is not None:
                    row["accepted_reason"] = verdict.reason
                    row["accepted_by"] = verdict.by
                    row["accepted_on"] = verdict.on
                yield row

    def _sheets(
        self, title: str, headings: Sequence[Heading], rows: Iterable[Mapping[str, object]]
    ) -> int:
        """Write rows under their headings, on as many sheets as they take; how many rows."""
        total, at, sheet, number = 0, self.max_rows, None, 0
        for row in rows:
            if at >= self.max_rows:
                self._finish(sheet, at, headings)
                number += 1
                sheet, at = self._sheet(title, number, headings), 1
            self._row(sheet, at, headings, row)
            total, at = total + 1, at + 1
        if sheet is None:
            sheet, at = self._sheet(title, 1, headings), 1
        self._finish(sheet, at, headings)
        return total

    def _sheet(self, title: str, number: int, headings: Sequence[Heading]) -> Any:
        name = title if number == 1 else f"{title} ({number})"
        if number > 1:
            self.notes.split.append(name)
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, heading in enumerate(headings):
            sheet.set_column(at, at, _WIDTHS.get(heading.name, _NARROW))
            sheet.write_string(0, at, heading.title, self.heading)
        return sheet

    def _finish(self, sheet: Any, at: int, headings: Sequence[Heading]) -> None:
        if sheet is not None:
            sheet.autofilter(0, 0, max(at - 1, 0), len(headings) - 1)

    def _row(
        self, sheet: Any, at: int, headings: Sequence[Heading], row: Mapping[str, object]
    ) -> None:
        for place, heading in enumerate(headings):
            value = row.get(heading.name)
            if value is None:
                continue
            if heading.name == "finding_id":
                self._link(sheet, at, place, str(value))
            elif isinstance(value, Decimal):
                self._number(sheet, at, place, value, row.get(_witness(heading.name)))
            elif isinstance(value, int):
                sheet.write_number(at, place, value, self._format("0"))
            elif isinstance(value, datetime.date):
                sheet.write_datetime(
                    at,
                    place,
                    datetime.datetime(value.year, value.month, value.day),
                    self._format("yyyy-mm-dd"),
                )
            elif heading.name in ("stated", "computed") and _PLAIN_NUMBER.fullmatch(str(value)):
                self._number(sheet, at, place, Decimal(str(value)), value)
            else:
                self._text(sheet, at, place, str(value))

    def _link(self, sheet: Any, at: int, place: int, finding_id: str) -> None:
        if at > MAX_LINKS:
            self.notes.unlinked += 1
            sheet.write_string(at, place, finding_id, self.text)
        else:
            target = f"external:{finding_link(finding_id)}"
            sheet.write_url(at, place, target, self.link, finding_id)

    def _number(
        self, sheet: Any, at: int, place: int, value: Decimal, printed: object = None
    ) -> None:
        """A number with the decimals and the grouping that the document prints."""
        text = short(value)
        if len(text.replace("-", "").replace(".", "").lstrip("0")) > EXACT_DIGITS:
            self.notes.inexact += 1
            sheet.write_string(at, place, text, self.text)
            return
        places, grouped = len(text.partition(".")[2]), False
        if isinstance(printed, str):
            number = parse_number(printed)
            if number.value == value:
                places, grouped = number.places, bool(re.search(r"\d[, ']\d{3}", printed))
        whole = "#,##0" if grouped else "0"
        number_format = f"{whole}.{'0' * places}" if places else whole
        # The one place where a binary float is right: it is what a cell of Excel holds.
        sheet.write_number(at, place, float(value), self._format(number_format))

    def _text(self, sheet: Any, at: int, place: int, value: str) -> None:
        words = _WORDS.get(value)
        text = words[0 if self.spanish else 1] if words else _ILLEGAL.sub("\ufffd", value)
        if len(text) > MAX_TEXT:
            self.notes.cut += 1
            text = text[: MAX_TEXT - 1] + "…"
        sheet.write_string(at, place, text, self.text)

    def _format(self, number_format: str) -> Any:
        if number_format not in self.formats:
            self.formats[number_format] = self.workbook.add_format(
                {"num_format": number_format, "valign": "top"}
            )
        return self.formats[number_format]

    def _about(self, counts: Sequence[tuple[str, int]]) -> None:
        sheet = self.workbook.add_worksheet("Acerca de" if self.spanish else "About")
        sheet.set_column(0, 0, _MIDDLE)
        sheet.set_column(1, 1, 80)
        line = 0
        for title, count in counts:
            sheet.write_string(line, 0, title, self.heading)
            sheet.write_number(line, 1, count, self._format("#,##0"))
            line += 1
        for es, en in self._remarks():
            sheet.write_string(line, 0, "Nota" if self.spanish else "Note", self.heading)
            sheet.write_string(line, 1, es if self.spanish else en, self.text)
            line += 1

    def _remarks(self) -> Iterator[tuple[str, str]]:
        notes = self.notes
        if notes.split:
            sheets = ", ".join(notes.split)
            yield (
                f"Los renglones que no caben en una hoja de Excel siguen en: {sheets}.",
                f"Rows that do not fit one Excel sheet go on in: {sheets}.",
            )
        if notes.cut:
            yield (
                f"{notes.cut:,} textos pasan de {MAX_TEXT:,} caracteres y se cortan aquí; están "
                "enteros en dataset/.",
                f"{notes.cut:,} texts exceed {MAX_TEXT:,} characters and are cut here; they stand "
                "whole in dataset/.",
            )
        if notes.inexact:
            yield (
                f"{notes.inexact:,} números tienen más de {EXACT_DIGITS} cifras, que Excel no "
                "guarda; van como texto.",
                f"{notes.inexact:,} numbers have more than {EXACT_DIGITS} digits, which Excel does "
                "not keep; they are texts.",
            )
        if notes.unlinked:
            yield (
                f"{notes.unlinked:,} hallazgos van sin enlace: Excel admite {MAX_LINKS:,} en una "
                "hoja.",
                f"{notes.unlinked:,} findings have no link: Excel takes {MAX_LINKS:,} on a sheet.",
            )


def _witness(name: str) -> str:
    """The column with the characters as printed of a number's column."""
    stem = name.removesuffix("_value") if name.endswith("_value") else name
    return f"{stem}_text"


def _places(evidence: str) -> Iterator[Place]:
    for item in json.loads(evidence):
        yield Place(item["document_id"], item["table_name"], item["record"], item["field"])
