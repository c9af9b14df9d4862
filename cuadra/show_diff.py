"""``cuadra diff``: the changes as a table, or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from rich.text import Text as Styled

from cuadra.diff import Change, ChangeKind
from cuadra.diff_sides import as_rows
from cuadra.language import Lang, Text, printable
from cuadra.show import console, emit, table_of

_KINDS: dict[ChangeKind, Text] = {
    "document_added": Text("documento nuevo", "document added"),
    "document_removed": Text("documento que falta", "document removed"),
    "indicator_added": Text("indicador nuevo", "indicator added"),
    "indicator_removed": Text("indicador que falta", "indicator removed"),
    "indicator_renamed": Text("indicador renombrado", "indicator renamed"),
    "row_added": Text("renglón nuevo", "row added"),
    "row_removed": Text("renglón que falta", "row removed"),
    "value_changed": Text("valor distinto", "value changed"),
    "field_changed": Text("texto distinto", "text changed"),
    "finding_new": Text("hallazgo nuevo", "finding new"),
    "finding_gone": Text("hallazgo resuelto", "finding gone"),
}
_HEADINGS = (
    Text("Cambio", "Change"),
    Text("Indicador", "Indicator"),
    Text("Dónde", "Where"),
    Text("Antes", "Before"),
    Text("Ahora", "Now"),
)


def show_changes(changes: Sequence[Change], lang: Lang) -> None:
    """Print how many changes of each kind there are, then each."""
    out = console()
    if not changes:
        emit(out, Styled(Text("Sin cambios.", "No changes.").of(lang)))
        return
    counts = Counter(change.kind for change in changes)
    summary = "; ".join(
        f"{_KINDS[kind].of(lang)}: {counts[kind]:,}" for kind in _KINDS if counts[kind]
    )
    emit(out, Styled(summary))
    out.print()
    table = table_of([heading.of(lang) for heading in _HEADINGS], plain=not out.is_terminal)
    table.padding = (0, 2, 1, 0)
    for change in changes:
        table.add_row(
            Styled(_kind(change, lang)),
            Styled(printable(_indicator(change))),
            Styled(printable(_where(change))),
            Styled(printable(change.old or "")),
            Styled(printable(change.new or "")),
        )
    emit(out, table)


def changes_json(changes: Sequence[Change], *, ascii_only: bool) -> str:
    """One JSON array, an object a change."""
    return json.dumps(as_rows(list(changes)), ensure_ascii=ascii_only, indent=2)


def _kind(change: Change, lang: Lang) -> str:
    name = _KINDS[change.kind].of(lang)
    return name if change.score is None else f"{name} ({change.score} %)"


def _indicator(change: Change) -> str:
    key = change.indicator_id or ""
    return f"{change.old_indicator_id} → {key}" if change.old_indicator_id else key


def _where(change: Change) -> str:
    if change.table == "findings":
        return change.field or ""
    record = change.record if change.record != change.indicator_id else ""
    return " ".join(part for part in (change.table, record, change.field or "") if part)
