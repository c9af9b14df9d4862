"""Counts what a reading of fichas got right, said it could not read, and got wrong.

Compared is what the dataset holds, field by field: texts as printed, and for numbers that the value
is the one that the text says. A field that differs is *flagged* where a finding (REA01, REA02,
REA03 or REA05) names it, its row or its table, or says that its text was not read; else it is
*wrong*: a silent error, the worst that the program can make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.types import RawDocument
from normalize.numbers import parse_number
from normalize.records import Normalized, normalize
from normalize.schema import encode_record
from normalize.text import fold, strip_final_stop
from samples.fichas_layout import Ficha

FieldKey = tuple[int, str, str]
"""Position of the ficha in its document, row ("" for the indicator, else ``variables/1`` or
``historical/2018``), field."""
Values = dict[FieldKey, str | None]

_CODED = ("trend", "accumulation")
_NUMBERS = ("baseline_text", "target_text")
_YEARS = ("baseline_year", "target_year")
_TEXTS = (
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
_FLAGS = ("REA01", "REA02", "REA03", "REA05")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that was read otherwise than it is printed."""

    key: FieldKey
    printed: str | None
    read: str | None


@dataclass(slots=True)
class Tally:
    """``noise`` are notes on fields that were read exactly: doubts without a reason."""

    exact: int = 0
    flagged: list[Difference] = field(default_factory=list)
    wrong: list[Difference] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)

    @property
    def fields(self) -> int:
        return self.exact + len(self.flagged) + len(self.wrong)


def printed_values(fichas: Sequence[Ficha]) -> Values:
    """What a reading of these fichas must hold."""
    return {
        (at, row, name): value or None
        for at, ficha in enumerate(fichas)
        for row, name, value in _printed(ficha)
    }


def _printed(ficha: Ficha) -> Iterator[tuple[str, str, str | None]]:
    yield "", "name", strip_final_stop(fold(ficha["name"]))
    yield "", "measure", ficha["measure"]
    number = ficha.get("objective_number") or ficha["indicator_id"].split(".")[0]
    yield "", "objective_number", str(number)
    for name in _TEXTS:
        yield "", name, fold(ficha.get(name) or "")
    for name in _CODED:
        yield "", name, (ficha.get(name) or "").lower().replace("ó", "o")
    for name in _NUMBERS:
        yield "", name, ficha.get(name)
    yield "", "baseline_year", str(ficha.get("baseline_year") or "")
    target_year = ficha.get("target_year") or max(ficha.get("target_series") or {"": ""})
    yield "", "target_year", str(target_year)
    for variable in ficha.get("variables", ()):
        row = f"variables/{variable['position']}"
        yield row, "name", strip_final_stop(fold(variable["name"]))
        yield row, "value_text", variable["value_text"]
        yield row, "source", fold(variable["source"])
    for series in ("historical", "target"):
        for year, text in ficha.get(f"{series}_series", {}).items():
            yield f"{series}/{year}", "value_text", text


def read_values(normalized: Normalized) -> Values:
    """What a reading holds, a number's text only where its value is what the text says."""
    dataset, habits = normalized.dataset, normalized.habits
    order = {row.indicator_id: at for at, row in enumerate(dataset.indicators)}
    values: Values = {}

    def add(indicator_id: str, row: str, name: str, value: object) -> None:
        values[order[indicator_id], row, name] = None if value is None else str(value)

    def number(text: str | None, value: object) -> str | None:
        if text is None or parse_number(text, habits).value != value:
            return None
        return text.rstrip("¹").rstrip()

    for each in dataset.indicators:
        for name in ("name", "measure", "objective_number", *_TEXTS, *_CODED, *_YEARS):
            add(each.indicator_id, "", name, getattr(each, name))
        for name, value in zip(_NUMBERS, (each.baseline_value, each.target_value), strict=True):
            add(each.indicator_id, "", name, number(getattr(each, name), value))
    for variable in dataset.variables:
        row = f"variables/{variable.position}"
        add(variable.indicator_id, row, "name", variable.name)
        add(variable.indicator_id, row, "value_text", number(variable.value_text, variable.value))
        add(variable.indicator_id, row, "source", variable.source)
    for observed in dataset.observations:
        row = f"{observed.series}/{observed.year}"
        text = number(observed.value_text, observed.value)
        add(observed.indicator_id, row, "value_text", text)
    return values


def tally(raw: RawDocument, fichas: Sequence[Ficha]) -> Tally:
    """Compare a reading with what was printed, the fichas by their order in the document."""
    normalized = normalize(raw, "tally")
    printed, read = printed_values(fichas), read_values(normalized)
    flags, unread = _flags(raw, normalized), _unread(raw)
    result = Tally()
    missed: set[FieldKey] = set()
    for key in sorted(printed.keys() | read.keys()):
        expected, found = printed.get(key), read.get(key)
        if expected == found:
            result.exact += 1
            continue
        told = [cover for cover in _covers(key) if cover in flags]
        missed.update(told)
        said = bool(told) or (found is None and (key[0], expected) in unread)
        (result.flagged if said else result.wrong).append(Difference(key, expected, found))
    result.noise = [
        text for key, text in flags.items() if key not in missed and not _due(key, printed)
    ]
    return result


def _flags(raw: RawDocument, normalized: Normalized) -> dict[FieldKey, str]:
    """What was said to be doubtful, by the narrowest field that it concerns; "" is all of it."""
    flags: dict[FieldKey, str] = {}
    order = {row.indicator_id: at for at, row in enumerate(normalized.dataset.indicators)}
    for at, ficha in enumerate(raw.fichas):
        for problem in ficha.problems:
            if problem.rule in _FLAGS and not (problem.field == "" and problem.pieces):
                flags[at, *_row_and_field(problem.field)] = problem.message_es
    for note in normalized.notes:
        if note.rule in _FLAGS and note.field != "indicator_id" and note.indicator_id in order:
            own = encode_record(note.indicator_id)
            row = note.record.removeprefix(own).removeprefix("/")
            if note.table_name == "variables":
                row = f"variables/{row}"
            name = (
                note.field
                if note.table_name == "indicators"
                else _TEXT_OF.get(note.field, note.field)
            )
            flags[order[note.indicator_id], row, _TEXT_OF.get(name, name)] = note.message_es
    return flags


_TEXT_OF = {
    "value": "value_text",
    "baseline_value": "baseline_text",
    "target_value": "target_text",
    "position": "",  # all of a variable's row
}


def _row_and_field(path: str) -> tuple[str, str]:
    """A problem's field path as row and field: ``variables.1.value`` is that row's value_text."""
    head, _, rest = path.partition(".")
    if head == "variables":
        position, _, name = rest.partition(".")
        row = f"variables/{position}" if position else "variables"
        return row, _TEXT_OF.get(name, name)
    if head.endswith("_series"):
        series = head.removesuffix("_series")
        return (f"{series}/{rest}", "value_text") if rest else (series, "")
    return "", _TEXT_OF.get(path, path)


def _covers(key: FieldKey) -> Iterator[FieldKey]:
    """The field itself, its row, its table, its ficha."""
    at, row, _ = key
    yield key
    yield at, row, ""
    yield at, row.partition("/")[0], ""
    yield at, "", ""


def _unread(raw: RawDocument) -> set[tuple[int, str]]:
    """Texts that the reader says it left unread, by ficha."""
    return {
        (at, problem.pieces[0].text)
        for at, ficha in enumerate(raw.fichas)
        for problem in ficha.problems
        if problem.rule == "REA01" and problem.field == "" and problem.pieces
    }


def _due(key: FieldKey, printed: Values) -> bool:
    """Whether a note says what is so: the cell is empty."""
    return key in printed and printed[key] is None
