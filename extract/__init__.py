"""From a PDF to texts with boxes: :func:`read`. No number or word is interpreted here.

The way of the data, one module a step: ``pdf`` opens the file and words its errors; ``families``
offers it to the families, each a module (``programme``, ``monitoring`` …) that knows its own from
the cheap text of all pages. Of a programme, ``family`` says which pages can hold a ficha and
``identity`` whose programme it is; ``page`` reads the characters of those (``letters``: what they
are) and ``paths`` their lines and coloured areas (``calls``: pdfium's functions at speed);
``words`` makes words and lines, ``breaks`` joins the words that a line's end cuts (``measured``:
what room it leaves), ``cells`` finds the ruled cells (``lattice``: those that lines make),
``grid`` what stands in them, ``columns`` the columns of a page; ``strip``
joins what page breaks cut; ``labels`` finds in it the labels that ``template`` declares, and
``places`` where their values stand; ``fichas`` puts them together, ``reader`` all of it.
``geometry`` is plain arithmetic on rectangles, ``types`` what comes out.

Where a ficha has no ruled cells, ``bare`` makes its strip from labels and alignment: ``chunks``
puts the text of all its pages on one strip, ``bare_labels`` finds the labels among it,
``bare_rows`` the cuts between their rows, ``bare_ficha`` what belongs to each. ``undecoded`` knows
pages whose fonts do not say what they print, ``hyphens`` the soft ones at a line's end, ``spelt``
words that are typed letter by letter (``spelt_text`` tells which are left).

Fichas that are laid out freely are read otherwise: ``free_text`` makes segments and boxes of near
neighbours, ``card_labels`` finds the labels of CONEVAL's cards, ``card_strips`` the strips that
they make, ``card_columns`` and ``card_rows`` the cells beside them, ``cards`` the cards;
``distribution`` reads the table, ``monitoring_head``, ``monitoring_objectives`` and
``monitoring_prose`` the rest, ``monitoring`` puts them together.

Reading is lazy twice: nothing heavy is imported before :func:`read`, and no page is parsed that
cannot hold a ficha.
"""

from __future__ import annotations

from pathlib import Path

from extract.limits import Limits, PageMap, one_by_one
from extract.types import Noticed, RawDocument, UnreadableDocument, nobody

__all__ = ["RawDocument", "UnreadableDocument", "read"]


def read(
    path: Path,
    *,
    password: str | None = None,
    limits: Limits | None = None,
    pages: PageMap = one_by_one,
    noticed: Noticed = nobody,
) -> RawDocument:
    """Read one PDF: its family, title and fichas, every text with its boxes.

    Boxes are in points on the page as displayed, from the top left of its CropBox; pages count
    from 1. ``password`` opens an encrypted file; ``pages`` shares out the pages of a long one;
    ``noticed`` is told of each ficha as it was first read, while others are still to be read.
    Raises :class:`UnreadableDocument` with a reason and a message in Spanish and English that
    names the file and a remedy, also for a file beyond the ``limits``.
    """
    from extract.reader import PdfiumReader, Reader

    reader: Reader = PdfiumReader()
    return reader.read(path, password=password, limits=limits, pages=pages, noticed=noticed)
