"""Pages without rules on one strip: what parts rows, and what is no part of any."""

from __future__ import annotations

from collections.abc import Sequence

from extract.chunks import Sheet, read_sheet
from extract.geometry import Edge, Frame, Rect
from extract.page import Char, Page
from extract.runs import runs_of

FRAME = Frame(0.0, 0.0, 600.0, 800.0, 0)


def page(
    number: int,
    lines: Sequence[tuple[float, str]],
    grounds: Sequence[Rect] = (),
    rules: Sequence[float] = (),
) -> Page:
    """Lines of text (height of the baseline, text) on a page of 600 x 800 points."""
    chars: list[Char] = []
    for level, text in lines:
        gap = "\n"
        for column, letter in enumerate(text):
            if letter == " ":
                gap = " "
                continue
            x = 50 + 5.0 * column
            chars.append(Char(letter, Rect(x, level - 9, x + 5, level), len(chars), gap))
            gap = ""
    edges = [Edge("h", at, 50.0, 550.0) for at in rules]
    return Page(number, runs_of(chars), edges, list(grounds), FRAME, FRAME)


def texts(sheet: Sheet) -> list[str]:
    return [chunk.text for chunk in sheet.chunks]


def no_label(_: str) -> bool:
    return False


def test_a_running_title_with_years_in_it_is_no_text_of_a_ficha() -> None:
    head, foot = "Programa Sectorial de Energía 2025-2030", "Página {} de 40"
    pages = [
        page(at, [(30, head), (400, f"Texto de la página {at}"), (780, foot.format(at))])
        for at in (7, 8, 9)
    ]
    assert texts(read_sheet(pages, no_label)) == [f"Texto de la página {at}" for at in (7, 8, 9)]


def test_years_at_the_foot_of_two_pages_are_no_running_title() -> None:
    years = "2025 2026 2027"
    pages = [page(at, [(400, f"Texto {at}"), (770, years)]) for at in (1, 2)]
    assert texts(read_sheet(pages, no_label)) == ["Texto 1", years, "Texto 2", years]


def test_a_line_that_hangs_out_of_its_ground_is_above_its_end() -> None:
    ground = Rect(50.0, 300.0, 550.0, 397.0)
    sheet = read_sheet(
        [page(1, [(380, "último renglón pero uno"), (400, "último")], [ground])], no_label
    )
    last = max(chunk.level for chunk in sheet.chunks)
    assert last < max(sheet.cuts) < last + 1


def test_the_top_of_a_page_is_under_the_last_line_of_the_page_before() -> None:
    pages = [
        page(1, [(380, "uno"), (400, "dos")]),
        page(2, [(60, "tres"), (72, "cuatro")], rules=[40.0]),
    ]
    sheet = read_sheet(pages, no_label)
    levels = {chunk.text: chunk.level for chunk in sheet.chunks}
    (cut,) = sheet.cuts
    assert levels["dos"] <= cut < levels["tres"]


def test_a_footer_with_numbers_before_the_pages_is_no_text_of_a_ficha() -> None:
    foot = "file:///tmp/tmp4xf2/programa7.html {}/12"
    pages = [page(at, [(400, f"Texto {at}"), (780, foot.format(at))]) for at in (3, 4)]
    assert texts(read_sheet(pages, no_label)) == ["Texto 3", "Texto 4"]


def test_numbers_of_lines_are_no_text_of_a_ficha() -> None:
    laid = [(40.0 + 20 * at, f"{at + 1:<12}Texto de la ficha") for at in range(12)]
    assert texts(read_sheet([page(1, laid)], no_label)) == ["Texto de la ficha"] * 12
