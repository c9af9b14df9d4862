"""What changed between two readings of one document: indicators, values, fields, findings.

Rows are compared, not pages: what a new release prints elsewhere or in another look is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from rapidfuzz import fuzz

from normalize.schema import (
    Assessment,
    Dataset,
    Distribution,
    Document,
    Figure,
    Finding,
    Indicator,
    Observation,
    Row,
    Variable,
    encode_record,
)
from normalize.text import match_key
from publish.columns import columns, short

ChangeKind = Literal[
    "document_added",
    "document_removed",
    "indicator_added",
    "indicator_removed",
    "indicator_renamed",
    "row_added",
    "row_removed",
    "value_changed",
    "field_changed",
    "finding_new",
    "finding_gone",
]

SAME_KEY, OTHER_KEY = 50.0, 85.0
"""Likeness of two names (0 to 100, rapidfuzz ``token_sort_ratio``) from which they are one
indicator: under the key it had, and under another one."""
KEPT_KEY = 10.0
"""What a kept key counts for: an indicator moved to another key outbids one only somewhat alike."""

_ASIDE = {
    *("document_id", "sha256", "file_name", "source_uri", "page_count", "producer"),
    *("reading_version", "superseded_by"),
}
"""Columns that say how and where a document was read, not what it says."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``old`` and ``new`` are as printed, or as stored where nothing is printed.

    ``indicator_id`` is the newer document's key (the older one's where the indicator is gone);
    ``old_indicator_id`` is given where the key changed; ``score`` (0 to 100) tells how alike the
    names of a renamed indicator are.
    """

    kind: ChangeKind
    programme_id: str | None
    table: str
    record: str
    indicator_id: str | None = None
    old_indicator_id: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    score: int | None = None


def compare(old: Dataset, new: Dataset, lang: str = "es") -> list[Change]:
    """The changes from one reading of a document to another; each has one row in ``documents``.

    Indicators are paired by key and name (a renumbered one by its name), variables by position and
    name, all other rows by their key.
    """
    comparison = _Comparison(old, new, lang)
    return list(comparison.changes())


def whole(kind: ChangeKind, document: Document) -> Change:
    """A document that only one side has."""
    what = document.title or document.file_name
    old, new = (what, None) if kind == "document_removed" else (None, what)
    return Change(kind, document.programme_id, "documents", "", old=old, new=new)


class _Comparison:
    """One pair of readings, and which indicator of the older is which of the newer."""

    def __init__(self, old: Dataset, new: Dataset, lang: str) -> None:
        self.old, self.new = old, new
        self.message = f"message_{lang}"
        self.programme = new.documents[0].programme_id or old.documents[0].programme_id
        self.key_of_old: dict[str, str] = {}

    def changes(self) -> Iterator[Change]:
        yield from self._fields(Document, self.old.documents[0], self.new.documents[0])
        yield from self._indicators(Indicator, self.old.indicators, self.new.indicators)
        yield from self._indicators(Assessment, self.old.assessments, self.new.assessments)
        yield from self._variables()
        for model in (Observation, Distribution, Figure):
            yield from self._keyed(model)
        yield from self._findings()

    def _indicators(self, model: type[R], old: Sequence[R], new: Sequence[R]) -> Iterator[Change]:
        pairs = pair(old, new, lambda row: row.indicator_id, _name)  # type: ignore[attr-defined]
        paired_old = {id(one) for one, _, _ in pairs}
        paired_new = {id(other) for _, other, _ in pairs}
        for row in old:
            if id(row) not in paired_old:
                yield self._row("indicator_removed", row, old=_name(row))
        for row in new:
            if id(row) not in paired_new:
                yield self._row("indicator_added", row, new=_name(row))
        for one, other, score in pairs:
            before, after = _key(one), _key(other)
            self.key_of_old[before] = after
            if before != after or match_key(_name(one)) != match_key(_name(other)):
                yield Change(
                    "indicator_renamed",
                    self.programme,
                    model.table,
                    other.record_key,
                    after,
                    before if before != after else None,
                    "name",
                    _name(one),
                    _name(other),
                    round(score),
                )
            yield from self._fields(model, one, other, {"indicator_id"})

    def _variables(self) -> Iterator[Change]:
        old, new = _by_indicator(self.old.variables), _by_indicator(self.new.variables)
        for before, after in self.key_of_old.items():
            pairs = pair(old[before], new[after], lambda row: row.position, _name)
            known = {id(row) for one, other, _ in pairs for row in (one, other)}
            for row in old[before]:
                if id(row) not in known:
                    yield self._row("row_removed", row, old=_shown(row), indicator_id=after)
            for row in new[after]:
                if id(row) not in known:
                    yield self._row("row_added", row, new=_shown(row))
            for one, other, _ in pairs:
                yield from self._fields(Variable, one, other, {"indicator_id", "position"})

    def _keyed(self, model: type[R]) -> Iterator[Change]:
        """Rows whose key says which they are; those of unpaired indicators are left out."""
        theirs = set(self.key_of_old.values())
        old: dict[str, Row] = {}
        for row in self.old.rows(model.table):
            key = getattr(row, "indicator_id", None)
            if key is None or key in self.key_of_old:
                old[self._record_in_new(row)] = row
        new = {
            row.record_key: row
            for row in self.new.rows(model.table)
            if getattr(row, "indicator_id", None) is None or _key(row) in theirs
        }
        for record, row in old.items():
            if record not in new:
                yield self._row("row_removed", row, old=_shown(row), record=record)
        for record, row in new.items():
            if record not in old:
                yield self._row("row_added", row, new=_shown(row))
            else:
                yield from self._fields(model, old[record], row, set(model.key))

    def _record_in_new(self, row: Row) -> str:
        parts = {name: getattr(row, name) for name in row.key if name != "document_id"}
        if "indicator_id" in parts:
            parts["indicator_id"] = self.key_of_old[parts["indicator_id"]]
        return encode_record(*parts.values())

    def _fields(
        self, model: type[Row], old: Row, new: Row, aside: set[str] | None = None
    ) -> Iterator[Change]:
        """The fields that differ; a number and its characters are one field."""
        skipped = _ASIDE | (aside or set())
        if "name" in model.model_fields and model is not Variable:
            skipped |= {"name"}  # told as a renaming
        said: set[str] = set()
        for column in columns(model):
            name = column.name
            before, after = getattr(old, name), getattr(new, name)
            if name in skipped or before == after or name in said:
                continue
            is_number = column.kind != "VARCHAR"
            witness = _witness(model, name) if is_number else None
            if witness:
                said.add(witness)
            yield self._row(
                "value_changed" if is_number else "field_changed",
                new,
                field=name,
                old=_text(before, getattr(old, witness) if witness else None),
                new=_text(after, getattr(new, witness) if witness else None),
            )

    def _findings(self) -> Iterator[Change]:
        old = {row.finding_id: row for row in self.old.findings}
        new = {row.finding_id: row for row in self.new.findings}
        for finding_id, row in old.items():
            if finding_id not in new:
                yield self._finding("finding_gone", row)
        for finding_id, row in new.items():
            if finding_id not in old:
                yield self._finding("finding_new", row)

    def _finding(self, kind: ChangeKind, row: Finding) -> Change:
        gone = kind == "finding_gone"
        message: str = getattr(row, self.message)
        key = row.indicator_id
        if gone and key is not None:
            key = self.key_of_old.get(key, key)
        return Change(
            kind,
            self.programme,
            row.table,
            row.finding_id,
            key,
            field=row.rule,
            old=message if gone else None,
            new=None if gone else message,
        )

    def _row(
        self,
        kind: ChangeKind,
        row: Row,
        *,
        field: str | None = None,
        old: str | None = None,
        new: str | None = None,
        indicator_id: str | None = None,
        record: str | None = None,
    ) -> Change:
        key = indicator_id or getattr(row, "indicator_id", None)
        return Change(
            kind,
            self.programme,
            row.table,
            row.record_key if record is None else record,
            self.key_of_old.get(key, key) if kind == "row_removed" and key else key,
            field=field,
            old=old,
            new=new,
        )


def pair(
    old: Sequence[R],
    new: Sequence[R],
    key: Callable[[R], Hashable],
    name: Callable[[R], str],
) -> list[tuple[R, R, float]]:
    """Which row of one list is which of the other, one to one, and how alike their names are.

    The likest names go first, those under the same key before others; a pair under the same key
    may differ more than one under another key. In the order of ``new``.
    """
    scored: list[tuple[float, float, int, int]] = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            score = _likeness(name(one), name(other))
            same = key(one) == key(other)
            if score >= (SAME_KEY if same else OTHER_KEY):
                scored.append((score + (KEPT_KEY if same else 0), score, i, j))
    scored.sort(key=lambda item: (-item[0], item[2], item[3]))
    taken_old: set[int] = set()
    taken_new: dict[int, tuple[R, R, float]] = {}
    for _, score, i, j in scored:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new[j] = (old[i], new[j], score)
    return [taken_new[j] for j in sorted(taken_new)]


def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 100.0 if one == other else 0.0
    return fuzz.token_sort_ratio(match_key(one), match_key(other))


def _name(row: Row) -> str:
    return getattr(row, "name", None) or ""


def _key(row: Row) -> str:
    key: str = row.indicator_id  # type: ignore[attr-defined]
    return key


def _by_indicator(rows: Sequence[Variable]) -> Mapping[str, list[Variable]]:
    groups: defaultdict[str, list[Variable]] = defaultdict(list)
    for row in rows:
        groups[row.indicator_id].append(row)
    return groups


def _witness(model: type[Row], name: str) -> str | None:
    """The column with the characters as printed of a number's column, if it has one."""
    stem = name.removesuffix("_value")
    for witness in (f"{stem}_text", "value_text"):
        if witness in model.model_fields and (witness != "value_text" or name in _IN_VALUE_TEXT):
            return witness
    return None


_IN_VALUE_TEXT = {"value", "count", "percent"}


def _text(value: object, printed: str | None) -> str | None:
    if printed is not None:
        return printed
    if isinstance(value, Decimal):
        return short(value)
    return None if value is None else str(value)


def _shown(row: Row) -> str:
    """What a row says, in one line: its name and its value as printed."""
    name, value = _name(row), getattr(row, "value_text", None) or ""
    return f"{name}: {value}" if name and value else name or value
