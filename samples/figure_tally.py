"""Counts what a reading of figures and prose got right, said it could not read, and got wrong.

For CONEVAL's fichas of budget programmes and its Diagnósticos, as :mod:`samples.tally` for fichas
of programmes: a field that differs is *flagged* where a problem or note names it or its block, else
it is *wrong*. A section's prose is one field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from extract.types import RawDocument
from normalize.numbers import parse_number
from normalize.records import Normalized, normalize
from samples.tally import Difference, Tally

Key = tuple[str, str, int]
"""A figure's code, subject and year."""
_COUNTED_IN_WORDS = ("objective_count", "indicator_count", "programme_count", "rank", "rank_total")
_FLAGS = ("REA01", "REA02", "REA03", "REA05")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reading must hold. ``units`` are by a figure's code; ``document`` are title,
    institution, period_start and period_end."""

    figures: Mapping[Key, str]
    statements: Mapping[str, str]
    document: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)


def figure_tally(raw: RawDocument, truth: Truth) -> Tally:
    """Compare a reading with what was printed."""
    normalized = normalize(raw, "tally")
    printed = {("figure", _path(key)): text for key, text in truth.figures.items()}
    printed |= {("unit", _path(k)): truth.units[k[0]] for k in truth.figures if k[0] in truth.units}
    printed |= {("statement", section): text for section, text in truth.statements.items()}
    printed |= {("document", name): text for name, text in truth.document.items()}
    read = _read(raw, normalized, set(truth.units), set(truth.statements))
    flags = _flags(raw, normalized)
    result = Tally()
    missed: set[str] = set()
    for key in sorted(printed.keys() | read.keys()):
        expected, found = printed.get(key), read.get(key)
        if expected == found:
            result.exact += 1
            continue
        told = {path for path, said in flags.items() if _covers(path, said, key)}
        missed |= told
        (result.flagged if told else result.wrong).append(Difference((0, *key), expected, found))
    result.noise = [text for path, text in flags.items() if path not in missed]
    return result


def _path(key: Key) -> str:
    code, subject, year = key
    return f"{code}.{year}.{subject}"


def _read(
    raw: RawDocument, normalized: Normalized, measured: set[str], sections: set[str]
) -> dict[tuple[str, str], str]:
    read: dict[tuple[str, str], str] = {}
    habits = normalized.habits
    stated = {figure.figure for figure in raw.figures}
    for row in normalized.dataset.figures:
        if row.figure not in stated:
            continue  # what the sentences say is counted with their sections
        path = _path((row.figure, row.subject, row.year))
        exact = row.value is None or parse_number(row.value_text or "", habits).value == row.value
        sure = exact or row.figure in _COUNTED_IN_WORDS
        read["figure", path] = (row.value_text or "") if sure else f"{row.value_text} ({row.value})"
        if row.figure in measured and row.unit:
            read["unit", path] = row.unit
    for each in raw.statements:
        if each.section in sections:
            key = ("statement", each.section)
            read[key] = f"{read.get(key, '')} {each.text.text}".strip()
    document = normalized.dataset.documents[0]
    for name in ("title", "institution", "period_start", "period_end"):
        if (value := getattr(document, name)) is not None:
            read["document", name] = str(value)
    return read


def _flags(raw: RawDocument, normalized: Normalized) -> dict[str, str]:
    """What was said to be doubtful, by the path of what it concerns; "" is the document's head."""
    flags = {
        problem.field.removeprefix("figures."): problem.message_es
        for problem in raw.problems
        if problem.rule in _FLAGS
    }
    for note in normalized.notes:
        told = note.message_es in flags.values()
        if note.rule in _FLAGS and note.table_name == "figures" and not told:
            code, subject, year = map(unquote, note.record.split("/"))
            flags[f"{code}.{year}.{subject}"] = note.message_es
    return flags


UNDECODED = "El texto de las páginas"
"""How it begins to be told that pages whose text is no text are read by OCR."""


def _covers(path: str, said: str, key: tuple[str, str]) -> bool:
    kind, name = key
    if path == "" and said.startswith(UNDECODED):
        return True
    if path == "":
        return kind == "document"
    if path.startswith(("statements", "page")):
        return path == f"statements.{name}" or path.startswith("page")
    return kind in ("figure", "unit") and (name == path or name.startswith(f"{path.rstrip('.')}."))
