"""What is made of the stored dataset for people: the workbook and the report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cuadra.language import Lang

if TYPE_CHECKING:
    from publish.waivers import Waiver


def write_report(
    out: Path, lang: Lang, accepted: Sequence[Waiver], *, unless_current: bool = False
) -> Path:
    """Write the workbook and the report of an output folder; the page to open.

    Raises ``publish.errors.DatasetError`` or ``OSError``.
    """
    from publish import report as pages
    from publish.report_links import WORKBOOK

    # The report's stamp speaks for both, since the report is written last.
    if (
        unless_current
        and (out / WORKBOOK).exists()
        and pages.is_current(out, lang=lang.value, waivers=accepted)
    ):
        return out / pages.FOLDER / pages.INDEX
    from publish import workbook

    workbook.write_workbook(out, lang=lang.value, waivers=accepted)
    from cuadra.forked import cores
    from cuadra.picturing import drawn

    draw = partial(drawn, cores=cores())
    return pages.write_report(out, lang=lang.value, waivers=accepted, draw=draw)
