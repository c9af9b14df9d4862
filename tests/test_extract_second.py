"""The second library's pages are looked up by the counts of the page tree, where these hold."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdfminer.pdfpage import PDFPage

from extract.second import SecondPages

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.pdf"))


def _nested(counts: bool = True) -> pikepdf.Pdf:
    """Five pages in a tree: one, then two in a node with a node of one in it, then one more."""
    pdf = pikepdf.new()
    for _ in range(5):
        pdf.add_blank_page()
    pages = [page.obj for page in pdf.pages]

    def node(kids: list[pikepdf.Object], count: int) -> pikepdf.Object:
        made = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=kids))
        if counts:
            made.Count = count
        for kid in kids:
            kid.Parent = made
        return made

    inner = node([pages[2]], 1)
    middle = node([pages[1], inner, pages[3]], 3)
    middle.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary())
    pdf.Root.Pages = node([pages[0], middle, pages[4]], 5)
    for page in pages:
        del page.Resources
    return pdf


def _saved(pdf: pikepdf.Pdf) -> bytes:
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


def _ids(data: bytes) -> list[tuple[object, str]]:
    return [(page.pageid, repr(page.resources)) for page in PDFPage.get_pages(BytesIO(data))]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_page_is_the_one_that_pdfminer_counts(path: Path) -> None:
    data = path.read_bytes()
    expected = _ids(data)
    pages = SecondPages(data, None)
    asked = range(len(expected), 0, -1)
    assert [(pages[n].pageid, repr(pages[n].resources)) for n in asked] == expected[::-1]


@pytest.mark.parametrize("counts", [True, False], ids=["counted", "uncounted"])
def test_pages_of_a_nested_tree_are_found_and_inherit(counts: bool) -> None:
    data = _saved(_nested(counts))
    expected = _ids(data)
    assert len(expected) == 5
    found = [SecondPages(data, None)[number] for number in range(1, 6)]
    assert [(page.pageid, repr(page.resources)) for page in found] == expected


def test_a_tree_whose_counts_do_not_hold_is_read_from_its_beginning() -> None:
    pdf = _nested()
    pdf.Root.Pages.Kids[1].Count = 2
    data = _saved(pdf)
    assert SecondPages(data, None)[4].pageid in {pageid for pageid, _ in _ids(data)}


def test_a_tree_that_goes_round_ends() -> None:
    pdf = _nested()
    pdf.Root.Pages.Kids[1].Kids[1].Kids[0] = pdf.Root.Pages.Kids[1]
    pdf.Root.Pages.Kids[1].Kids[1].Count = 1
    with pytest.raises(StopIteration):
        SecondPages(_saved(pdf), None)[9]
