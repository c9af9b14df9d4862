"""Prints a laid out Ficha de Monitoreo by several producers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics

from samples.monitoring_layout import Look, Sheet
from samples.monitoring_print import draw
from samples.printing import print_page


def by_reportlab(sheets: Sequence[Sheet], look: Look, path: Path) -> None:
    draw(sheets, look, path)


def by_fpdf(sheets: Sequence[Sheet], look: Look, path: Path) -> None:
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(look.width, look.height))
    pdf.set_auto_page_break(auto=False)
    for font in {look.font, look.bold}:
        pdf.add_font(font, fname=font_file(font))
    for sheet in sheets:
        pdf.add_page()
        for area in sheet.areas:
            pdf.set_fill_color(*(round(255 * part) for part in area.colour))
            pdf.rect(area.x0, area.top, area.x1 - area.x0, area.bottom - area.top, style="F")
        for stroke in sheet.strokes:
            pdf.set_line_width(stroke.width)
            for (xa, ya), (xb, yb) in zip(stroke.points, stroke.points[1:], strict=False):
                pdf.line(xa, ya, xb, yb)
        for line in sheet.lines:
            pdf.set_font(look.bold if line.bold else look.font, size=line.size)
            pdf.text(line.x, line.baseline, line.text)
    pdf.output(str(path))


def by_browser(sheets: Sequence[Sheet], look: Look, path: Path) -> None:
    page = path.with_suffix(".html")
    page.write_text(_html(sheets, look), encoding="utf-8")
    print_page(page, path, path.parent)


def font_file(font: str) -> str:
    """Where reportlab keeps one of its own fonts."""
    return str(Path(reportlab.__file__).parent / "fonts" / f"{font}.ttf")


def _html(sheets: Sequence[Sheet], look: Look) -> str:
    fonts = "".join(
        f"@font-face{{font-family:{font};src:url('file://{font_file(font)}')}}"
        for font in (look.font, look.bold)
    )
    pages = "".join(_page(sheet, look) for sheet in sheets)
    return (
        f"<!doctype html><meta charset=utf-8><style>{fonts}"
        f"@page{{size:{look.width}pt {look.height}pt;margin:0}}*{{margin:0}}"
        f".p{{position:relative;width:{look.width}pt;height:{look.height - 0.5}pt;"
        "break-after:page;overflow:hidden}.p *{position:absolute;white-space:pre;line-height:1}"
        f"</style>{pages}"
    )


def _page(sheet: Sheet, look: Look) -> str:
    parts = []
    for area in sheet.areas:
        colour = ",".join(str(round(255 * part)) for part in area.colour)
        parts.append(
            f"<i style='left:{area.x0}pt;top:{area.top}pt;width:{area.x1 - area.x0}pt;"
            f"height:{area.bottom - area.top}pt;background:rgb({colour})'></i>"
        )
    lines = "".join(
        "<polyline fill=none stroke=black stroke-width={} points='{}'/>".format(
            stroke.width, " ".join(f"{x},{y}" for x, y in stroke.points)
        )
        for stroke in sheet.strokes
    )
    parts.append(
        f"<svg style='left:0;top:0;width:{look.width}pt;height:{look.height}pt' "
        f"viewBox='0 0 {look.width} {look.height}'>{lines}</svg>"
    )
    for line in sheet.lines:
        font = look.bold if line.bold else look.font
        parts.append(
            f"<span style='left:{line.x}pt;top:{line.baseline - 0.9 * line.size}pt;"
            f"font:{line.size}pt {font}'>{escape(line.text)}</span>"
        )
    return f"<div class=p>{''.join(parts)}</div>"


def turned(source: Path, quarter: int, target: Path) -> Path:
    """The same pages with /Rotate, their content as it was: a reader sees them on their side."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            page.Rotate = quarter
        pdf.save(target)
    return target


def words_apart(sheet: Sheet, look: Look) -> Sheet:
    """The same page with every word a text of its own."""
    lines = []
    for line in sheet.lines:
        font, x = look.bold if line.bold else look.font, line.x
        for number, word in enumerate(line.text.split(" ")):
            lines.append(replace(line, x=x, text=word, at=line.at + 1e-5 * number))
            x += pdfmetrics.stringWidth(f"{word} ", font, line.size)
    return replace(sheet, lines=lines)
