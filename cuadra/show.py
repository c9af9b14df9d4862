"""What a person reads: the summary and the findings, as tables that fit the terminal.

Where the output is no terminal there are no colours, no box characters and a fixed width, so that
logs and files look the same everywhere. Long messages are wrapped, never cut.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from cuadra.language import Lang, Text, counted, printable
from cuadra.reports import Report
from cuadra.summary import MOST_SHOWN, SEVERITIES, Shown, Summary
from normalize.schema import Finding, Severity
from publish.columns import short
from publish.waivers import Verdicts

PLAIN_WIDTH = 100
"""Columns of the output where it is no terminal."""

_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_SEVERITY_NAMES: dict[Severity, Text] = {
    "error": Text("error", "error"),
    "warning": Text("advertencia", "warning"),
    "info": Text("información", "info"),
}
_SEVERITY_COUNTS: dict[Severity, tuple[Text, Text]] = {
    "error": (Text("error", "error"), Text("errores", "errors")),
    "warning": (Text("advertencia", "warning"), Text("advertencias", "warnings")),
    "info": (Text("informativo", "info"), Text("informativos", "infos")),
}


def console(stream: TextIO | None = None) -> Console:
    """A console on a stream (standard output by default)."""
    stream = stream or sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, soft_wrap=False)


def emit(out: Console, block: RenderableType) -> None:
    """Print a block; where the output is no terminal, without the blanks that pad its lines."""
    if out.is_terminal:
        out.print(block)
        return
    with out.capture() as capture:
        out.print(block)
    for line in capture.get().splitlines():
        print(line.rstrip(), file=out.file)


def show_summary(summary: Summary, reports: Sequence[Report], lang: Lang, out: Console) -> None:
    """Print the counts of a run, then its findings."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for name, value in _counts(summary, reports):
        grid.add_row(name.of(lang), value.of(lang))
    emit(out, grid)
    if summary.findings:
        out.print()
        shown = summary.findings[:MOST_SHOWN]
        emit(out, _findings(shown, lang, plain=not out.is_terminal))
        others = sum(summary.open.values()) + summary.accepted - len(shown)
        if others:
            emit(out, Styled(_others(others).of(lang)))


def _others(number: int) -> Text:
    return Text(
        f"Y {number:,} más: todos están en la tabla findings del conjunto de datos; sin guardar "
        "nada, en «cuadra audit --format json».",
        f"And {number:,} more: all stand in the table findings of the dataset; without storing "
        "anything, in “cuadra audit --format json”.",
    )


def _counts(summary: Summary, reports: Sequence[Report]) -> list[tuple[Text, Text]]:
    unreadable = sum(report.status == "unreadable" for report in reports)
    checks = (summary.passed, summary.failed, summary.not_applicable)
    es, en = [f"{summary.documents:,}"], [f"{summary.documents:,}"]
    if summary.other_family:
        es.append(f"{summary.other_family:,} de otra familia")
        en.append(f"{summary.other_family:,} of another family")
    if unreadable:
        es.append(counted(unreadable, "archivo ilegible", "archivos ilegibles"))
        en.append(counted(unreadable, "unreadable file", "unreadable files"))
    return [
        (Text("Documentos", "Documents"), Text("; ".join(es), "; ".join(en))),
        (Text("Indicadores", "Indicators"), _same(f"{summary.indicators:,}")),
        (Text("Valores", "Values"), _same(f"{summary.values:,}")),
        (
            Text("Revisiones", "Checks"),
            Text(
                "{:,} cumplen; {:,} no cumplen; {:,} no aplican".format(*checks),
                "{:,} passed; {:,} failed; {:,} not applicable".format(*checks),
            ),
        ),
        (Text("Hallazgos", "Findings"), _by_severity(summary)),
    ]


def _same(text: str) -> Text:
    return Text(text, text)


def _by_severity(summary: Summary) -> Text:
    es, en = [], []
    for severity in SEVERITIES:
        one, many = _SEVERITY_COUNTS[severity]
        number = summary.count(severity)
        es.append(counted(number, one.es, many.es))
        en.append(counted(number, one.en, many.en))
    if summary.accepted:
        es.append(counted(summary.accepted, "aceptado", "aceptados"))
        en.append(f"{summary.accepted:,} accepted")
    return Text("; ".join(es), "; ".join(en))


def _findings(findings: Sequence[Shown], lang: Lang, *, plain: bool) -> Table:
    several = len({shown.finding.document_id for shown in findings}) > 1
    headings = [
        Text("Gravedad", "Severity"),
        Text("Regla", "Rule"),
        Text("Indicador", "Indicator"),
        Text("Pág.", "Page"),
        *([Text("Documento", "Document")] if several else []),
        Text("Mensaje", "Message"),
    ]
    table = table_of([heading.of(lang) for heading in headings], plain=plain)
    table.padding = (0, 2, 1, 0)  # a blank line between messages of several lines
    if several:
        table.columns[-2].max_width = 24
    for shown in findings:
        finding = shown.finding
        table.add_row(
            severity_text(finding.severity, lang),
            Styled(finding.rule),
            Styled(printable(finding.indicator_id or "")),
            Styled(str(shown.page or "")),
            *([Styled(printable(shown.document))] if several else []),
            Styled(printable(_message(shown).of(lang))),
        )
    return table


def _message(shown: Shown) -> Text:
    """The finding's sentence; before it who accepts the finding, and why."""
    message = Text(shown.finding.message_es, shown.finding.message_en)
    if shown.accepted is None:
        return message
    by, reason = f"{shown.accepted.by}, {shown.accepted.on}", shown.accepted.reason
    return Text(
        f"[Aceptado por {by}: {reason}] {message.es}", f"[Accepted by {by}: {reason}] {message.en}"
    )


def verdict_remarks(verdicts: Verdicts) -> list[Text]:
    """What to say of verdicts that accept nothing: their finding is gone, or is not one alone."""
    stale = [
        Text(
            f"veredicto {waiver.number} ({waiver.about}): su hallazgo ya no ocurre; bórrelo.",
            f"verdict {waiver.number} ({waiver.about}): its finding no longer occurs; remove it.",
        )
        for waiver in verdicts.stale
    ]
    return stale + [
        Text(
            f"veredicto {waiver.number} ({waiver.about}): hay hallazgos así en varios programas y "
            'no se aceptó ninguno; agregue programme = "…".',
            f"verdict {waiver.number} ({waiver.about}): several programmes have such findings and "
            'none was accepted; add programme = "…".',
        )
        for waiver in verdicts.ambiguous
    ]


def table_of(headings: Sequence[str], *, plain: bool) -> Table:
    """An empty table whose last column takes the width that is left; long words are folded."""
    table = Table(box=None if plain else box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def severity_text(severity: Severity, lang: Lang) -> Styled:
    """A severity's name in its colour."""
    return Styled(_SEVERITY_NAMES[severity].of(lang), _STYLES[severity])


def findings_json(findings: Sequence[Finding], *, ascii_only: bool) -> str:
    """One JSON array of rows of the table ``findings``.

    Numbers are texts, exact and short; ``evidence`` is the list that the table holds as text.
    """
    rows = [
        {
            name: short(value) if isinstance(value, Decimal) else value
            for name, value in finding.model_dump().items()
        }
        | {"evidence": json.loads(finding.evidence)}
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=ascii_only, indent=2)
