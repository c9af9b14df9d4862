"""``cuadra.toml``: the auditors' verdicts, findings that somebody accepts and why.

A verdict names a finding by its id, or by rule and indicator (and programme, where the dataset has
several with that rule and indicator)::

    [[accept]]
    finding = "f0123456789abcdef"     # or: rule = "CAL05", indicator = "1.1", programme = "…"
    reason = "The programme corrected it in its annex."
    by = "Auditoría interna"
    on = 2026-11-25

Accepted findings are shown as accepted and do not count for ``--fail-on``.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publish.errors import DatasetError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE_NAME = "cuadra.toml"
_TABLE = "accept"
_TEXTS = ("finding", "rule", "indicator", "programme", "reason", "by")
_KEYS = frozenset({*_TEXTS, "on"})


@dataclass(frozen=True, slots=True)
class Waiver:
    """One verdict. ``number`` counts from 1 in the file; ``indicator`` is empty for findings that
    belong to none. Either ``finding`` is given, or ``rule`` and ``indicator``."""

    number: int
    reason: str
    by: str
    on: datetime.date
    finding: str | None = None
    rule: str | None = None
    indicator: str | None = None
    programme: str | None = None

    @property
    def about(self) -> str:
        """What it accepts, in a few words that are the same in both languages."""
        if self.finding:
            return self.finding
        words = [self.rule or "", self.indicator or "", f"({self.programme})"]
        return " ".join(word for word in words[: 3 if self.programme else 2] if word)


class Candidate(NamedTuple):
    """What a verdict is held against: a finding and whose it is."""

    finding_id: str
    rule: str
    indicator_id: str
    programme_id: str | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """``accepted``: finding → its verdict. ``stale`` verdicts name no finding that still occurs;
    ``ambiguous`` ones would accept findings of several programmes and accept none."""

    accepted: Mapping[str, Waiver] = field(default_factory=dict)
    stale: tuple[Waiver, ...] = ()
    ambiguous: tuple[Waiver, ...] = ()


def load(path: Path) -> tuple[Waiver, ...]:
    """The verdicts of a file, in its order.

    Raises ``publish.errors.DatasetError`` naming the file, the entry and what it lacks.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise DatasetError(
            f"{path}: no se puede leer ({reason}).", f"{path}: cannot be read ({reason})."
        ) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DatasetError(
            f"{path}: no es TOML ({error}).", f"{path}: is not TOML ({error})."
        ) from error
    entries = content.get(_TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise DatasetError(
            f"{path}: los veredictos son tablas [[{_TABLE}]].",
            f"{path}: verdicts are tables [[{_TABLE}]].",
        )
    return tuple(_waiver(path, number, entry) for number, entry in enumerate(entries, start=1))


def of_directory(directory: Path) -> tuple[Waiver, ...]:
    """The verdicts that stand in an output folder; none where there is no file.

    Raises as :func:`load` does.
    """
    path = directory / FILE_NAME
    return load(path) if path.exists() else ()


def _waiver(path: Path, number: int, entry: Mapping[str, object]) -> Waiver:
    def wrong(es: str, en: str) -> DatasetError:
        return DatasetError(
            f"{path}: [[{_TABLE}]] {number}: {es}", f"{path}: [[{_TABLE}]] {number}: {en}"
        )

    if unknown := sorted(set(entry) - _KEYS):
        names = ", ".join(unknown)
        raise wrong(f"no se conoce «{names}».", f"“{names}” is not known.")
    texts: dict[str, str] = {}
    for name in _TEXTS:
        value = entry.get(name)
        if value is not None and not isinstance(value, str):
            raise wrong(f"«{name}» debe ir entre comillas.", f"“{name}” must be a quoted text.")
        if value is not None:
            texts[name] = value.strip()
    for name in ("reason", "by"):
        if not texts.get(name):
            raise wrong(f"falta «{name}».", f"“{name}” is missing.")
    on = entry.get("on")
    if isinstance(on, datetime.datetime) or not isinstance(on, datetime.date):
        raise wrong(
            "falta «on», una fecha como 2026-11-25.", "“on” is missing, a date such as 2026-11-25."
        )
    by_place = "rule" in texts and "indicator" in texts
    if bool(texts.get("finding")) == by_place:
        raise wrong(
            "nombre el hallazgo con «finding», o con «rule» e «indicator».",
            "name the finding by “finding”, or by “rule” and “indicator”.",
        )
    return Waiver(number=number, on=on, **texts)


def judge(waivers: Sequence[Waiver], candidates: Sequence[Candidate]) -> Verdicts:
    """Hold verdicts against findings; the first verdict that names a finding counts."""
    accepted: dict[str, Waiver] = {}
    stale: list[Waiver] = []
    ambiguous: list[Waiver] = []
    for waiver in waivers:
        named = [candidate for candidate in candidates if _names(waiver, candidate)]
        if not named:
            stale.append(waiver)
        elif len({candidate.programme_id for candidate in named}) > 1:
            ambiguous.append(waiver)
        else:
            for candidate in named:
                accepted.setdefault(candidate.finding_id, waiver)
    return Verdicts(accepted, tuple(stale), tuple(ambiguous))


def _names(waiver: Waiver, candidate: Candidate) -> bool:
    if waiver.finding:
        return waiver.finding == candidate.finding_id
    return (
        waiver.rule == candidate.rule
        and waiver.indicator == candidate.indicator_id
        and waiver.programme in (None, candidate.programme_id)
    )


def judge_stored(connection: DuckDBPyConnection, waivers: Sequence[Waiver]) -> Verdicts:
    """Hold verdicts against all findings of a stored dataset."""
    return judge(waivers, list(_candidates(connection, waivers))) if waivers else Verdicts()


def _candidates(connection: DuckDBPyConnection, waivers: Sequence[Waiver]) -> Iterator[Candidate]:
    """The stored findings that some verdict may name."""
    ids = [waiver.finding for waiver in waivers if waiver.finding]
    rules = [waiver.rule for waiver in waivers if waiver.rule]
    for row in connection.execute(
        "SELECT finding_id, rule, coalesce(indicator_id, ''), programme_id "
        "FROM findings JOIN documents USING (document_id) "
        "WHERE finding_id IN (SELECT unnest(?::VARCHAR[])) "
        "OR rule IN (SELECT unnest(?::VARCHAR[])) ORDER BY finding_id",
        [ids, rules],
    ).fetchall():
        yield Candidate(*row)
