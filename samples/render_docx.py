"""The programme as a word-processor file, from which LibreOffice prints the main sample.

A table that goes over a forced page break is written as two, since a word processor offers no
break inside a row: on paper the two look as one table that a page break cuts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from samples.ficha import FULL, Cell, Ficha, Row, printed_parts
from samples.programme import INDEX_HEADING, INSTITUTION, TITLE, Programme
from samples.prose import BULLET, DRAWING_HEIGHT, Block, page_blocks, table_rows
from samples.source import Span, link_spans

FONT = "Liberation Sans"
_NAMESPACES = nsdecls("w", "r")
_TWIPS = 20  # a point
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 612, 792, 50  # points; letter
_WIDTH = (_PAGE_WIDTH - 2 * _MARGIN) * _TWIPS
_LINK = "Hyperlink"
_SHADES = {"section": "D9D9D9", "label": "F2F2F2"}


@dataclass(frozen=True, slots=True)
class _Style:
    """How a paragraph looks; sizes and spaces in points."""

    size: float
    bold: bool = False
    align: str = "left"
    before: float = 0
    after: float = 6
    indent: float = 0
    rule_above: bool = False
    new_page: bool = False


_STYLES = {
    "chapter": _Style(15, bold=True, after=14),
    "section": _Style(12, bold=True, after=8),
    "strategy": _Style(11, bold=True, after=6),
    "paragraph": _Style(10.5, align="both"),
    "bullet": _Style(10.5, align="both", indent=18),
}
_TITLE = _Style(22, bold=True, align="center", before=200, after=40)
_NOTES = _Style(7.5, after=0, rule_above=True)
_HEADING = _Style(10, bold=True, align="center", after=4)
_FICHA = _Style(7.5, align="center", after=0)
_TABLE = _Style(9, after=0)
_GAP = _Style(1, after=0)


class _Writer:
    """Appends paragraphs and tables to a document as WordprocessingML."""

    def __init__(self) -> None:
        self.document: Document = docx.Document()
        self.body = self.document.element.body
        self._targets: dict[str, str] = {}

    def lines(self, lines: Sequence[str], style: _Style, urls: Sequence[str] = ()) -> None:
        """One paragraph whose lines end in line breaks."""
        self._append(self._paragraph(link_spans(lines, urls), style))

    def gap(self, new_page: bool = False) -> None:
        """An empty paragraph: it keeps tables apart and begins pages that a table opens."""
        self._append(self._paragraph([], replace(_GAP, new_page=new_page)))

    def table(self, rows: Sequence[Row], style: _Style, urls: Sequence[str] = ()) -> None:
        """A ruled table on the grid of all its rows' edges."""
        grid = sorted({edge for row in rows for edge in row.edges})
        columns = "".join(
            f'<w:gridCol w:w="{_twips(end) - _twips(start)}"/>' for start, end in pairwise(grid)
        )
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        padding = "".join(
            f'<w:{side} w:w="{round(width * _TWIPS)}" w:type="dxa"/>'
            for side, width in (("top", 1.5), ("left", 2.5), ("bottom", 1.5), ("right", 2.5))
        )
        body = "".join(self._row(row, grid, style, urls) for row in rows)
        self._append(
            f'<w:tbl {_NAMESPACES}><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
        )
        self.gap()

    def _row(self, row: Row, grid: Sequence[int], style: _Style, urls: Sequence[str]) -> str:
        cells = ""
        for cell, (start, end) in zip(row.cells, pairwise(row.edges), strict=True):
            shade = _SHADES.get(cell.role, "") if cell else ""
            direction = '<w:textDirection w:val="btLr"/>' if cell and cell.upright else ""
            cells += (
                f'<w:tc><w:tcPr><w:tcW w:w="{_twips(end) - _twips(start)}" w:type="dxa"/>'
                f'<w:gridSpan w:val="{grid.index(end) - grid.index(start)}"/>{_merge(cell)}'
                + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
                + f'{direction}<w:vAlign w:val="center"/></w:tcPr>'
                + self._cell(cell, style, urls)
                + "</w:tc>"
            )
        height = f'<w:trHeight w:val="{row.height * _TWIPS}"/>' if row.height else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>"

    def _cell(self, cell: Cell | None, style: _Style, urls: Sequence[str]) -> str:
        if cell is None:
            return self._paragraph([], style)
        look = replace(style, bold=cell.role in ("section", "label"))
        return self._paragraph(link_spans(cell.lines, urls), look)

    def _paragraph(self, lines: Sequence[Sequence[Span]], style: _Style) -> str:
        look = (
            f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
            f'{"<w:b/>" if style.bold else ""}<w:sz w:val="{round(2 * style.size)}"/></w:rPr>'
        )
        rule = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr>'
        runs = "<w:r><w:br/></w:r>".join(
            "".join(self._run(span, look) for span in line) for line in lines
        )
        before, after = round(style.before * _TWIPS), round(style.after * _TWIPS)
        return (
            f"<w:p {_NAMESPACES}><w:pPr>{'<w:pageBreakBefore/>' if style.new_page else ''}"
            f"{rule if style.rule_above else ''}"
            f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
            f'<w:ind w:left="{round(style.indent * _TWIPS)}"/>'
            f'<w:jc w:val="{style.align}"/>{look}</w:pPr>{runs}</w:p>'
        )

    def _run(self, span: Span, look: str) -> str:
        text = f'<w:t xml:space="preserve">{escape(span.text)}</w:t>'
        if span.url is None:
            return f"<w:r>{look}{text}</w:r>"
        # LibreOffice writes annotations only for links with a character style of their own
        linked = look.replace("<w:rPr>", f'<w:rPr><w:rStyle w:val="{_LINK}"/>')
        if span.url not in self._targets:
            self._targets[span.url] = self.document.part.relate_to(
                span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return (
            f'<w:hyperlink r:id="{self._targets[span.url]}"><w:r>{linked}{text}</w:r></w:hyperlink>'
        )

    def _append(self, xml: str) -> None:
        self.body.insert(len(self.body) - 1, parse_xml(xml))  # before the section's properties


def _twips(edge: int) -> int:
    return _WIDTH * edge // FULL


def _merge(cell: Cell | None) -> str:
    if cell is None:
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""


def write_docx(programme: Programme, path: Path) -> None:
    """Writes the programme with every page beginning where the original's does."""
    writer = _Writer()
    _set_up(writer.document)
    _cover(writer, programme)
    for page in programme.before:
        _page(writer, page.lines, page.urls)
    for ficha in programme.fichas:
        _ficha(writer, ficha)
    for page in programme.after:
        _page(writer, page.lines, page.urls)
    writer.document.save(str(path))


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(_PAGE_WIDTH), Pt(_PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = Pt(_MARGIN)
    section.bottom_margin, section.footer_distance = Pt(_MARGIN), Pt(_MARGIN / 2)
    section.different_first_page_header_footer = True
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    look = f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}"/><w:sz w:val="18"/></w:rPr>'
    number = (
        f'<w:fldSimple {_NAMESPACES} w:instr="PAGE"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    )
    footer._p.append(parse_xml(number))
    link = document.styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    properties = document.core_properties
    properties.title, properties.author = TITLE, INSTITUTION


def _cover(writer: _Writer, programme: Programme) -> None:
    writer.lines([TITLE], _TITLE)
    writer.lines([INSTITUTION], replace(_TITLE, size=14, before=0))
    writer.lines([INDEX_HEADING], replace(_STYLES["chapter"], new_page=True))
    for chapter, number in programme.index:
        writer.lines([f"{chapter} {number}"], _STYLES["paragraph"])


def _page(writer: _Writer, lines: Sequence[str], urls: Sequence[str]) -> None:
    for position, block in enumerate(page_blocks(lines)):
        _block(writer, block, urls, new_page=position == 0)


def _block(writer: _Writer, block: Block, urls: Sequence[str], new_page: bool) -> None:
    if block.kind == "table":
        if new_page:
            writer.gap(new_page=True)
        writer.table(table_rows(block), _TABLE)
        writer.gap()
    elif block.kind == "drawing":
        writer.table([Row([Cell((), "text")], (0, FULL), height=DRAWING_HEIGHT)], _TABLE)
    elif block.kind == "footnotes":
        writer.lines(block.lines, _NOTES, urls)
    else:
        text = BULLET + block.text if block.kind == "bullet" else block.text
        writer.lines([text], replace(_STYLES[block.kind], new_page=new_page), urls)


def _ficha(writer: _Writer, ficha: Ficha) -> None:
    if ficha.intro:
        _page(writer, ficha.intro, ())
    writer.lines([ficha.heading], replace(_HEADING, new_page=not ficha.intro))
    for position, rows in enumerate(printed_parts(ficha)):
        if position:
            writer.gap(new_page=True)
        writer.table(rows, _FICHA, ficha.urls)
