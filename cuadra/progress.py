"""Progress on standard error: a bar on a terminal, one plain line per file elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cuadra.language import Lang
from cuadra.reports import Report
from cuadra.show import report_line


@contextmanager
def listening(total: int, lang: Lang) -> Iterator[Callable[[Report], None]]:
    """A listener for the pipeline. On a terminal only what needs attention gets its own line."""
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
            if report.status == "unreadable" or report.family == "otra":
                console.print(report_line(report, lang), soft_wrap=True)
            bar.update(task, advance=1)

        yield listen
