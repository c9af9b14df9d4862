"""The programme as a web page, from which a browser prints the sample of a second producer.

The same content in another look: other fonts, paper, colours and alignment. Text flows, and pages
break where they are full; only the rows that the original cuts are cut here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

from samples.ficha import FULL, Cell, Ficha, Row
from samples.programme import INDEX_HEADING, INSTITUTION, TITLE, Programme
from samples.prose import DRAWING_HEIGHT, Block, page_blocks, paragraph_lines, table_rows
from samples.source import joined, link_spans

_STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: "Página " counter(page);
  font: 8pt "DejaVu Sans"; color: #777; } }
@page :first { @bottom-right { content: ""; } }
body { font: 10.5pt/1.3 "Liberation Serif", serif; margin: 0; }
header { padding-top: 60mm; text-align: center; }
h1, h2, h3, h4 { font-family: "DejaVu Sans", sans-serif; color: #13322b; break-after: avoid; }
h1 { font-size: 16pt; break-before: page; } h2 { font-size: 12pt; } h3 { font-size: 10.5pt; }
h4 { font-size: 10pt; text-align: center; } h4.page { break-before: page; }
p { margin: 0 0 6pt; text-align: justify; } a { color: #13322b; }
ul { margin: 0 0 6pt; }
div.notes { font-size: 8pt; border-top: .5pt solid #777; margin: 6pt 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 8pt; }
td { border: .6pt solid #98989a; padding: 3pt 4pt; vertical-align: middle; }
td p { margin: 0; text-align: left; }
p.tail { break-before: page; }
td.section { background: #13322b; color: #fff; font-weight: bold; }
td.section p, td.value p, td.series p { text-align: center; }
td.label { background: #e7ddd1; }
table.ficha { font: 8.5pt/1.25 "DejaVu Sans Condensed", sans-serif; }
td.upright p { writing-mode: vertical-rl; transform: rotate(180deg); }
"""
_TAGS = {"chapter": "h1", "section": "h2", "strategy": "h3", "paragraph": "p"}


def write_html(programme: Programme, path: Path, look: str = "") -> None:
    """Writes the programme as one page of HTML for a browser to print; ``look`` is CSS that changes
    its looks."""
    parts = [f"<header><h2>{escape(TITLE)}</h2><p>{escape(INSTITUTION)}</p></header>"]
    entries = "".join(f"<p>{escape(chapter)}</p>" for chapter, _ in programme.index)
    parts.append(f"<h1>{escape(INDEX_HEADING)}</h1>{entries}")
    parts += [_page(page.lines, page.urls) for page in programme.before]
    parts += [_ficha(ficha) for ficha in programme.fichas]
    parts += [_page(page.lines, page.urls) for page in programme.after]
    path.write_text(
        f'<!doctype html><html lang="es"><meta charset="utf-8"><title>{escape(TITLE)}</title>'
        f"<style>{_STYLE}{look}</style><body>{''.join(parts)}</body></html>",
        encoding="utf-8",
    )


def _page(lines: Sequence[str], urls: Sequence[str]) -> str:
    return "".join(_block(block, urls) for block in page_blocks(lines))


def _block(block: Block, urls: Sequence[str]) -> str:
    if block.kind == "table":
        return _table(table_rows(block), urls, "plain")
    if block.kind == "drawing":
        box = f'<rect width="99%" height="{DRAWING_HEIGHT}" fill="#eee" stroke="#98989a"/>'
        return f'<svg width="100%" height="{DRAWING_HEIGHT}pt">{box}</svg>'
    if block.kind == "footnotes":
        lines = "<br>".join(_linked(block.lines, urls))
        return f'<div class="notes">{lines}</div>'
    text = _linked([block.text], urls)[0]
    if block.kind == "bullet":
        return f"<ul><li>{text}</li></ul>"
    tag = _TAGS[block.kind]
    return f"<{tag}>{text}</{tag}>"


def _ficha(ficha: Ficha) -> str:
    begins = "" if ficha.intro else ' class="page"'
    heading = f"<h4{begins}>{escape(ficha.heading)}</h4>"
    return _page(ficha.intro, ()) + heading + _table(ficha.rows, ficha.urls, "ficha")


def _table(rows: Sequence[Row], urls: Sequence[str], look: str) -> str:
    grid = sorted({edge for row in rows for edge in row.edges})
    columns = "".join(
        f'<col style="width:{100 * (end - start) / FULL:.1f}%">' for start, end in pairwise(grid)
    )
    body = "".join(_row(row, grid, urls) for row in rows)
    return f'<table class="{look}"><colgroup>{columns}</colgroup>{body}</table>'


def _row(row: Row, grid: Sequence[int], urls: Sequence[str]) -> str:
    cells = ""
    for cell, (start, end) in zip(row.cells, pairwise(row.edges), strict=True):
        if cell is None:  # the cell above covers it
            continue
        span = grid.index(end) - grid.index(start)
        rows = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        look = f"{cell.role} upright" if cell.upright else cell.role
        cells += f'<td class="{look}" colspan="{span}"{rows}>{_text(cell, urls)}</td>'
    return f"<tr>{cells}</tr>"


def _text(cell: Cell, urls: Sequence[str]) -> str:
    paragraphs = [f"<p>{_flowing(lines, urls)}</p>" for lines in paragraph_lines(cell.lines)]
    if cell.tail:  # the page breaks inside the cell
        paragraphs.append(f'<p class="tail">{_flowing(cell.tail, urls)}</p>')
    return "".join(paragraphs)


def _flowing(lines: Sequence[str], urls: Sequence[str]) -> str:
    return _linked([joined(lines)], urls)[0]


def _linked(lines: Sequence[str], urls: Sequence[str]) -> list[str]:
    """The lines as HTML, URLs as links."""
    return [
        "".join(
            escape(span.text)
            if span.url is None
            else f'<a href="{escape(span.url)}">{escape(span.text)}</a>'
            for span in spans
        )
        for spans in link_spans(lines, urls)
    ]
