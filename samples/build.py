"""Builds the sample PDFs from the transcribed programme: ``make samples``.

``piimss-2020-2024.pdf`` comes out of LibreOffice, ``other-producers/piimss-2020-2024.pdf`` out of
Chromium, CONEVAL's Fichas de Monitoreo out of reportlab (those of programmes and that of a budget
programme by renderers of their own), its Diagnóstico out of fpdf2.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from samples import budget_reportlab, diagnosis_fpdf
from samples.budget_ficha import E012, read_ficha
from samples.diagnosis_source import IMSS, read_diagnosis
from samples.monitoring_layout import Look, lay_out
from samples.monitoring_print import draw
from samples.monitoring_source import NAMES
from samples.monitoring_source import load as load_monitoring
from samples.printing import BROWSER, OFFICE, PrintingFailed, print_document, print_page, program
from samples.programme import load
from samples.render_html import write_html

_HERE = Path(__file__).parent
_NAME = "piimss-2020-2024"


def main() -> int:
    """Builds the PDFs; returns the exit status."""
    first, second = _HERE / f"{_NAME}.pdf", _HERE / "other-producers" / f"{_NAME}.pdf"
    try:
        for tool in (OFFICE, BROWSER):  # before anything is replaced
            program(*tool)
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            _build(work, first, second)
    except PrintingFailed as error:
        print(f"make samples: {error}", file=sys.stderr)
        return 1
    monitoring = [_HERE / f"{name}.pdf" for name in NAMES]
    for target in monitoring:
        build_monitoring(target)
    budget = budget_reportlab.render(read_ficha(), _HERE / f"{E012.stem}.pdf")
    report = diagnosis_fpdf.render(read_diagnosis(), _HERE / f"{IMSS.stem}.pdf")
    for target in (first, second, *monitoring, budget, report):
        print(f"{target.relative_to(_HERE.parent)}: {target.stat().st_size // 1024} KB")
    return 0


def _build(work: Path, first: Path, second: Path) -> None:
    # python-docx comes with the extra `samples`; what else is built here needs the tests' packages.
    from samples.render_docx import write_docx

    programme = load()
    document, page = work / f"{_NAME}.docx", work / f"{_NAME}.html"
    write_docx(programme, document)
    print_document(document, first, work)
    write_html(programme, page)
    print_page(page, second, work)


def build_monitoring(target: Path) -> None:
    """Draws a Ficha de Monitoreo, its texts in the order of the published file."""
    model = load_monitoring(target.stem)
    sheets = lay_out(model, Look())
    for sheet in sheets:
        sheet.lines.sort(key=lambda line: line.at)
    draw(sheets, Look(), target, model.title.words)


if __name__ == "__main__":
    sys.exit(main())
