"""Compares two independent readings of a document's fichas, value by value (rule REA02).

Where both say something and it is not the same, neither is believed: the number becomes null, its
text stays, and a note says what each read and where. A reading that is silent contradicts nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from extract.types import OCR, OCR_DOUBTFUL
from normalize.ledger import Note, Place, place
from normalize.numbers import Habits, parse_number
from normalize.schema import Dataset, Indicator, Observation, Provenance, Row, Variable
from normalize.text import fold

if TYPE_CHECKING:
    from normalize.records import Normalized

NUMBERS = {
    "indicators": {"baseline_value": "baseline_text", "target_value": "target_text"},
    "variables": {"value": "value_text"},
    "observations": {"value": "value_text"},
    "distributions": {"count": "value_text", "percent": "value_text"},
    "figures": {"value": "value_text"},
}
"""The numbers that are compared or doubted, by table, with the fields that hold them as printed."""
YEARS = ("baseline_year", "target_year")
FORMULAS = ("method", "substitution")
"""Texts of which every character counts."""
TEXTS = (
    "name",
    "objective",
    "definition",
    "unit",
    "frequency",
    "kind",
    "dimension",
    "trend",
    "accumulation",
    "baseline_note",
    "target_note",
)
"""Texts of which letters and digits are compared."""
RUN_TOGETHER = 8
"""Characters beyond another reading's from which a text has run together with its neighbour."""

Compared = Indicator | Variable | Observation
Address = tuple[str, str, str]
"""Table, record, field."""


@dataclass
class SecondReading:
    """What became of a second reading: by indicator, who read it again and how many values were
    compared, or why none was (in Spanish and English)."""

    compared: dict[str, tuple[str, int]] = field(default_factory=dict)
    silent: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One field in both readings; ``record_again`` is its record in the second one."""

    place: Place
    printed_field: str
    record_again: str
    first: str
    second: str
    is_number: bool


def compare(first: Normalized, second: Normalized, again: Mapping[str, str], reader: str) -> None:
    """Compare the indicators of ``first`` with those that they are in ``second``, by ``again``.

    ``first`` is changed: what the readings differ in is null and noted, and the second reading
    stands in the provenance of what it read. ``first.second`` tells what was compared.
    """
    found, others = _Reading(first.dataset), _Reading(second.dataset)
    for key, other_key in again.items():
        pairs = list(_pairs(key, found.rows(key), others.rows(other_key)))
        first.second.compared[key] = reader, len(pairs)
        for pair in pairs:
            own = found.places(pair, pair.place.record)
            other = [
                mark.model_copy(update={"record": pair.place.record})
                for mark in others.places(pair, pair.record_again)
                if mark.reader == reader
            ]
            if _differ(pair, first.habits):
                _doubt(first, pair, own, other, reader)
            elif pair.is_number:
                first.dataset.provenance.extend(other)


class _Reading:
    """The rows of a reading by indicator, and where its values stand."""

    def __init__(self, dataset: Dataset) -> None:
        self._rows: dict[str, dict[tuple[str, str], Row]] = {}
        compared: list[Compared] = [
            *dataset.indicators,
            *dataset.variables,
            *dataset.observations,
        ]
        for row in compared:
            suffix = row.record_key.partition("/")[2]
            self._rows.setdefault(row.indicator_id, {})[row.table, suffix] = row
        self._places: dict[Address, list[Provenance]] = {}
        for mark in dataset.provenance:
            address = mark.table_name, mark.record, mark.field
            self._places.setdefault(address, []).append(mark)

    def rows(self, key: str) -> Mapping[tuple[str, str], Row]:
        """The rows of an indicator by table and what follows its key in the record."""
        return self._rows.get(key, {})

    def places(self, pair: _Pair, record: str) -> list[Provenance]:
        """Where this reading, in which its record is ``record``, has a pair's printed value."""
        return self._places.get((pair.place.table_name, record, pair.printed_field), [])


def _pairs(
    key: str, own: Mapping[tuple[str, str], Row], other: Mapping[tuple[str, str], Row]
) -> Iterator[_Pair]:
    """The fields on which the second reading says something that can be compared."""
    for address, row in own.items():
        again = other.get(address)
        if again is None:
            continue
        for name, printed in NUMBERS[row.table].items():
            yield from _pair(key, row, again, name, printed, is_number=True)
        if isinstance(row, Indicator):
            for name in YEARS:
                yield from _pair(key, row, again, name, name, is_number=True)
            for name in (*FORMULAS, *TEXTS):
                yield from _pair(key, row, again, name, name, is_number=False)
        elif isinstance(row, Variable):
            for name in ("name", "source"):
                yield from _pair(key, row, again, name, name, is_number=False)


def _pair(
    key: str, row: Row, again: Row, name: str, printed: str, *, is_number: bool
) -> Iterator[_Pair]:
    first, second = getattr(row, printed), getattr(again, printed)
    if second is None or (first is None and not is_number):
        return
    where = place(type(row), key, row.record_key, name)
    if isinstance(row, Observation):
        where = _of_year(where, row)
    first = "" if first is None else str(first)
    yield _Pair(where, printed, again.record_key, first, str(second), is_number)


def _of_year(where: Place, row: Observation) -> Place:
    title_es = "Serie histórica" if row.series == "historical" else "Meta intermedia"
    title_en = "Historical series" if row.series == "historical" else "Intermediate target"
    return Place(
        where.indicator_id,
        where.table_name,
        where.record,
        where.field,
        f"{title_es} ({row.year})",
        f"{title_en} ({row.year})",
    )


def _differ(pair: _Pair, habits: Habits) -> bool:
    """Whether the readings contradict each other.

    A second reading that is no number where one is wanted, or that has run together with its
    neighbour, is a bad reading and no contradiction.
    """
    if pair.is_number:
        first, second = _ink(pair.first), _ink(pair.second)
        if first and len(second) - len(first) >= RUN_TOGETHER:
            return False
        known = ("number", "not_available")
        return first != second and parse_number(pair.second, habits).status in known
    essence = _ink if pair.place.field in FORMULAS else _letters
    first, second = essence(pair.first), essence(pair.second)
    if first == second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return not (shorter in longer and len(longer) - len(shorter) >= RUN_TOGETHER)


def _ink(text: str) -> str:
    """What is printed, without white space and without the many forms of a hyphen or a minus."""
    plain = unicodedata.normalize("NFKC", fold(text))
    return re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\s+", "", plain))


def _letters(text: str) -> str:
    return "".join(sign for sign in _ink(text) if sign.isalnum()).casefold()


def _doubt(
    first: Normalized,
    pair: _Pair,
    first_places: Sequence[Provenance],
    second_places: Sequence[Provenance],
    reader: str,
) -> None:
    """Null what the readings differ in, and note it with page, box and both texts."""
    dataset, where = first.dataset, pair.place
    if pair.is_number:
        _null(dataset, where)
    dataset.provenance.extend(second_places if pair.first else ())
    seen = [*first_places, *second_places]
    own = first_places[0].reader if first_places else "pdfium"
    told_es, told_en = (
        f"«{_short(pair.first)}»" if pair.first else "nada",
        f"“{_short(pair.first)}”" if pair.first else "nothing",
    )
    spot_es, spot_en = _spot(seen[0]) if seen else ("", "")
    null_es = "; el valor queda nulo" if pair.is_number else ""
    null_en = "; the value is null" if pair.is_number else ""
    first.notes.append(
        Note(
            rule="REA02",
            indicator_id=where.indicator_id,
            table_name=where.table_name,
            record=where.record,
            field=where.field,
            text=pair.first,
            message_es=f"{where.name_es}{spot_es}: {own} lee {told_es} y {reader} lee "
            f"«{_short(pair.second)}»{null_es}.",
            message_en=f"{where.name_en}{spot_en}: {own} reads {told_en} and {reader} reads "
            f"“{_short(pair.second)}”{null_en}.",
        )
    )


def _null(dataset: Dataset, where: Place) -> None:
    """Take a value out of its row, and its place out of the provenance; the printed text stays."""
    rows = dataset.rows(where.table_name)
    for at, row in enumerate(rows):
        if row.record_key == where.record:
            rows[at] = row.model_copy(update={where.field: None})
    address = where.table_name, where.record, where.field
    dataset.provenance[:] = [
        mark for mark in dataset.provenance if (mark.table_name, mark.record, mark.field) != address
    ]


def _spot(mark: Provenance) -> tuple[str, str]:
    box = ", ".join(f"{side:f}" for side in (mark.x0, mark.top, mark.x1, mark.bottom))
    return (
        f" (página {mark.page}, recuadro {box})",
        f" (page {mark.page}, box {box})",
    )


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def distrust(normalized: Normalized, suspected: Mapping[Address, str]) -> None:
    """Take values that OCR read with doubts for misread: null and noted (REA02). ``suspected`` are
    their places, each with the rule that they break."""
    dataset = normalized.dataset
    marks = {
        (mark.table_name, mark.record, mark.field): mark for mark in reversed(dataset.provenance)
    }
    for (table, record, name), rule in suspected.items():
        row = next(each for each in dataset.rows(table) if each.record_key == record)
        key = str(getattr(row, "indicator_id", ""))
        where = place(type(row), key, record, name)
        if isinstance(row, Observation):
            where = _of_year(where, row)
        numbers = NUMBERS.get(table, {})
        mark = marks[table, record, numbers.get(name, name)]
        spot_es, spot_en = _spot(mark)
        if name in numbers or name in YEARS:
            _null(dataset, where)
        text = getattr(row, numbers.get(name, name))
        normalized.notes.append(
            Note(
                rule="REA02",
                indicator_id=key,
                table_name=table,
                record=record,
                field=name,
                text=str(text),
                message_es=f"{where.name_es}{spot_es}: «{_short(str(text))}» se leyó por OCR con "
                f"dudas y las cuentas no salen con él ({rule}); puede ser una mala lectura.",
                message_en=f"{where.name_en}{spot_en}: “{_short(str(text))}” was read by OCR with "
                f"doubts and the sums do not come out with it ({rule}); it may be misread.",
            )
        )


def note_scans(normalized: Normalized) -> None:
    """Say of fichas that OCR read that their numbers have been read twice: camelot, which reads no
    pictures, has nothing to add."""
    numbers = Counter(
        unquote(mark.record.partition("/")[0])
        for mark in normalized.dataset.provenance
        if mark.reader in (OCR, OCR_DOUBTFUL)
        and mark.field in ("value_text", "baseline_text", "target_text")
    )
    normalized.second.compared.update({key: (OCR, count) for key, count in numbers.items()})
