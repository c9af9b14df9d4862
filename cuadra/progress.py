"""Progress on standard error: a bar on a terminal, one line per file elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cuadra.language import Lang, LogFormat
from cuadra.log import report_json, report_line
from cuadra.reports import Report


@contextmanager
def listening(
    total: int, lang: Lang, form: LogFormat = LogFormat.TEXT
) -> Iterator[Callable[[Report], None]]:
    """A listener for the pipeline. On a terminal only what needs attention gets its own line."""
    if form is LogFormat.JSON:
        yield lambda report: print(report_json(report), file=sys.stderr, flush=True)
        return
    if not sys.stderr.isatty():
        yield lambda report: print(report_line(report, lang), file=sys.stderr, flush=True)
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True, highlight=False, markup=False)
    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total)

        def listen(report: Report) -> None:
            needs_attention = report.status == "unreadable" or report.family == "otra"
            if needs_attention or report.earlier_version:
                console.print(report_line(report, lang), soft_wrap=True)
            bar.update(task, advance=1)

        yield listen
