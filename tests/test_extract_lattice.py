"""The cells that ruled lines make, held against those of pdfplumber's table finder."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from pdfplumber.table import TableFinder

from extract.geometry import MEET, Edge, Rect
from extract.lattice import SHORTEST, smallest_cells

PLACES = (10.0, 12.5, 40.0, 41.1, 70.3, 73.0, 100.0)
"""Where lines stand and end: alone, within what is one line, and just beyond it."""


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    start, end = sorted(draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=2)))
    off = draw(st.sampled_from([0.0, 0.1, 1.7]))
    at = draw(st.sampled_from(PLACES)) + off
    return Edge(draw(st.sampled_from(["h", "v"])), at, start, max(end, start + SHORTEST))


def as_pdfplumber(edge: Edge) -> dict[str, object]:
    length = edge.end - edge.start
    if edge.orientation == "h":
        run = {"x0": edge.start, "x1": edge.end, "top": edge.at, "bottom": edge.at}
        return {**run, "width": length, "height": 0.0, "orientation": "h"}
    run = {"x0": edge.at, "x1": edge.at, "top": edge.start, "bottom": edge.end}
    return {**run, "width": 0.0, "height": length, "orientation": "v"}


def grid_of(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[Edge]:
    upright = [Edge("v", x, ys[0], ys[-1]) for x in xs]
    return [*upright, *(Edge("h", y, xs[0], xs[-1]) for y in ys)]


@given(st.lists(edges(), max_size=24))
@example(grid_of((10.0, 40.0, 70.3, 100.0), (10.0, 41.1, 73.0)))
def test_the_cells_are_those_of_pdfplumber_to_the_last_digit(lines: list[Edge]) -> None:
    page: Any = SimpleNamespace(edges=[as_pdfplumber(line) for line in lines], bbox=(0, 0, 0, 0))
    found = TableFinder(page, {"intersection_tolerance": MEET}).cells
    assert smallest_cells(lines, MEET) == [Rect(*map(float, cell)) for cell in found]


def test_a_grid_gives_its_cells_column_by_column() -> None:
    cells = smallest_cells(grid_of((10.0, 40.0, 70.0), (10.0, 50.0, 90.0)), MEET)
    assert cells == [
        Rect(10.0, 10.0, 40.0, 50.0),
        Rect(10.0, 50.0, 40.0, 90.0),
        Rect(40.0, 10.0, 70.0, 50.0),
        Rect(40.0, 50.0, 70.0, 90.0),
    ]
