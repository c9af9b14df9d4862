"""Draws a laid out Ficha de Monitoreo with reportlab's canvas: the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from samples.monitoring_layout import Look, Sheet


def draw(sheets: Sequence[Sheet], look: Look, path: Path, title: str = "") -> None:
    """Write the pages to ``path``; texts go into the file in the order of their ``at``."""
    canvas = Canvas(str(path), pagesize=(look.width, look.height), invariant=1)
    canvas.setTitle(title)
    for sheet in sheets:
        for area in sheet.areas:
            canvas.setFillColorRGB(*area.colour)
            height = area.bottom - area.top
            canvas.rect(
                area.x0, look.height - area.bottom, area.x1 - area.x0, height, stroke=0, fill=1
            )
        canvas.setStrokeColorRGB(0.25, 0.3, 0.35)
        for stroke in sheet.strokes:
            canvas.setLineWidth(stroke.width)
            path_object = canvas.beginPath()
            (x, y), *rest = stroke.points
            path_object.moveTo(x, look.height - y)
            for x, y in rest:
                path_object.lineTo(x, look.height - y)
            canvas.drawPath(path_object)
        canvas.setFillColorRGB(0, 0, 0)
        for line in sheet.lines:
            canvas.setFont(look.bold if line.bold else look.font, line.size)
            canvas.drawString(line.x, look.height - line.baseline, line.text)
        canvas.showPage()
    canvas.save()
