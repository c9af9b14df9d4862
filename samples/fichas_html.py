"""Lays out indicator fichas in the ministry's template as a web page, and prints it by Chromium."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

from samples.fichas_layout import Band, Ficha, ficha_sections
from samples.fichas_reportlab import HEADINGS, Style
from samples.printing import print_page

LOOK = """
@page { size: letter; margin: 18mm 16mm }
body { font: 8.5pt/1.25 "Liberation Sans", sans-serif; margin: 0 }
h1 { font-size: 15pt } h2 { font-size: 10pt; break-before: page; text-align: center }
div.band { display: grid; break-inside: avoid }
div.band > div { border: .6pt solid #555; padding: 2pt 4pt; margin: 0 -.6pt -.6pt 0 }
div.band > div.bold { font-weight: bold; background: #e7ddd1 }
div.band > div.head, div.band > div.number { text-align: center }
div.band > div.section { font-weight: bold; background: #ddd; text-align: center }
"""


def render(fichas: Sequence[Ficha], path: Path, *, look: str = LOOK) -> None:
    """Write a programme with these fichas as a PDF that Chromium prints; ``look`` is CSS.

    Raises :class:`~samples.printing.PrintingFailed`.
    """
    body = "".join(part for ficha in fichas for part in _ficha(ficha))
    style = Style()
    name = f"{style.title} {style.period[0]}-{style.period[1]}"
    page = (
        f'<!doctype html><html lang="es"><meta charset="utf-8"><style>{look}</style><body>'
        f"<h1>{name}</h1><p>El {name} se presenta en el marco del sistema de planeación "
        f"democrática del desarrollo nacional, con sus metas y sus parámetros.</p>{body}</body>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "fichas.html"
        source.write_text(page, encoding="utf-8")
        print_page(source, path, Path(folder))


def _ficha(ficha: Ficha) -> Iterator[str]:
    number = str(ficha.get("objective_number") or str(ficha["indicator_id"]).split(".")[0])
    yield f"<h2>{HEADINGS[ficha['measure']].format(number=number)}</h2>"
    for section in ficha_sections(ficha):
        yield f'<div class="band"><div class="section">{escape(section.title)}</div></div>'
        yield from map(_band, section.bands)


def _band(band: Band) -> str:
    edges = sorted({side for cell in band for side in (cell.left, cell.right)})
    columns = " ".join(f"{100 * (b - a):.4f}%" for a, b in pairwise(edges))
    cells = "".join(
        f'<div class="{cell.kind}{" bold" * cell.bold}" style="grid-area:{cell.first_row + 1}/'
        f"{edges.index(cell.left) + 1}/{cell.last_row + 2}/{edges.index(cell.right) + 1}"
        f'">{escape(cell.text)}</div>'
        for cell in band
    )
    return f'<div class="band" style="grid-template-columns:{columns}">{cells}</div>'
