"""What even runs tell is what their characters tell, one by one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.characters import Characters
from extract.geometry import Frame, Rect
from extract.grid import Cell, _home, _home_of, _shelves
from extract.page import Page, read_page
from extract.pdf import open_pdf
from extract.runs import CORE, Boxes, Word, chars_of, runs_of
from extract.words import are_overlaid, lines_of, lines_of_runs

ROOT = Path(__file__).parents[1]
WHITE = ROOT / "tests/documents/monitoring/word-processor-white-on-colour.pdf"
PATHS = sorted([*ROOT.glob("samples/*.pdf"), *ROOT.glob("tests/documents/*.pdf"), WHITE])
FRAME = Frame(0.0, 0.0, 600.0, 800.0, 0)


def pages_of(path: Path) -> list[Page]:
    with open_pdf(path) as pdf:
        return [read_page(pdf, number) for number in range(1, pdf.page_count + 1)]


def told(lines: list[tuple[Word, ...]]) -> list[list[tuple[object, ...]]]:
    return [[(word.chars, word.text, word.rect) for word in line] for line in lines]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_page_read_by_runs_is_the_page_read_by_characters(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_runs = pages_of(path)
    if path.parent.name == "samples":
        assert sum(run.even for page in by_runs for run in page.runs) > 100
    monkeypatch.setattr(Characters, "_take", lambda *_: False)
    singly = pages_of(path)
    assert not any(run.even for page in singly for run in page.runs)
    assert [page.chars for page in by_runs] == [page.chars for page in singly]
    assert [page.runs for page in by_runs] == [runs_of(page.chars) for page in singly]


def test_white_text_leaves_the_other_runs_of_its_page_even() -> None:
    pages = pages_of(WHITE)
    runs = [run for page in pages for run in page.runs]
    assert any(not run.even for run in runs)
    assert sum(run.even for run in runs) > len(runs) / 2


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_lines_of_runs_are_those_of_their_characters(path: Path) -> None:
    for page in pages_of(path):
        assert told(lines_of_runs(page.runs)) == told(lines_of(page.chars))


@st.composite
def even_runs(draw: st.DrawFn) -> list[Word]:
    """Runs in any place, letters of several heights, near and on each other."""
    letters: list[tuple[str, float, float, float, float]] = []
    runs: list[tuple[str, int, int, str]] = []
    order = 0
    for _ in range(draw(st.integers(1, 7))):
        text = draw(st.text("ab1.", min_size=1, max_size=4))
        x, y = draw(st.integers(0, 30)) * 2.0, draw(st.sampled_from([100.0, 103.0, 109.0, 118.0]))
        at = len(letters)
        for letter in text:
            width = draw(st.sampled_from([3.0, 5.0]))
            top, bottom = draw(st.sampled_from([(0.0, 9.0), (0.5, 9.0), (0.0, 10.0), (2.0, 9.0)]))
            letters.append((letter, x, 800 - y - top, x + width, 800 - y - bottom))
            x += width + draw(st.sampled_from([0.0, -0.5, 1.0]))
        runs.append((text, at, order, draw(st.sampled_from([" ", "\n"]))))
        order += len(text) + draw(st.sampled_from([0, 0, 1]))
    _, lefts, tops, rights, bottoms = zip(*letters, strict=True)
    boxes = Boxes(lefts, tops, rights, bottoms, FRAME)
    made = []
    for text, at, first, gap in runs:
        place = boxes.around(at, at + len(text))
        run = Word.run(text, place, first, gap, boxes, at)
        rects = [char.rect for char in run.chars]
        top, lowest_top, highest_bottom, bottom = run.reach
        level = highest_bottom - lowest_top > CORE * (bottom - top)
        plain = not any(a.isdecimal() and b.isdecimal() for a, b in pairwise(text))
        rising = all(a.x0 < b.x0 and a.x1 <= b.x1 for a, b in pairwise(rects))
        made.append(run if level and plain and rising else Word(run.chars))
    return made


@given(even_runs())
@settings(max_examples=400, deadline=None)
def test_lines_words_and_overprint_are_told_as_by_characters(runs: list[Word]) -> None:
    chars = chars_of(runs)
    lines = lines_of_runs(runs)
    expected = lines_of(chars)
    assert told(lines) == told(expected)
    singly = [tuple(Word(word.chars) for word in line) for line in expected]
    assert are_overlaid(lines) == are_overlaid(singly)


@given(
    even_runs(),
    st.lists(
        st.tuples(*[st.integers(0, 12).map(lambda n: n * 6.0)] * 2, st.integers(90, 130)),
        max_size=5,
    ),
)
@settings(max_examples=300, deadline=None)
def test_a_run_is_in_the_cell_that_holds_its_characters(
    runs: list[Word], placed: list[tuple[float, float, int]]
) -> None:
    page = Page(1, runs, [], [], FRAME, FRAME)
    cells = [Cell(page, Rect(x, y, x + wide + 6, y + 20.0)) for x, wide, y in placed]
    shelves = _shelves(cells, 800.0)
    for run in runs:
        homes = {_home(rect, shelves) for rect in (run.rect_at(0), run.rect_at(-1))}
        told_home = _home_of(run, shelves)
        if len(homes) == 1 and run.even:
            assert told_home in homes
        elif len(homes) > 1:
            assert told_home is None


def test_a_run_has_its_characters() -> None:
    boxes = Boxes([10.0, 15.0], [700.0, 701.0], [14.0, 19.0], [690.0, 690.0], FRAME)
    run = Word.run("ab", boxes.around(0, 2), 7, " ", boxes, 0)
    assert (run.rect, len(run), run.last_order) == (Rect(10.0, 99.0, 19.0, 110.0), 2, 8)
    assert run.rect == Word(run.chars).rect
    assert [run.rect_at(at) for at in (0, 1, -1)] == [run.chars[at].rect for at in (0, 1, -1)]
    assert [(c.text, c.order, c.gap) for c in run.chars] == [("a", 7, " "), ("b", 8, "")]
    assert runs_of(run.chars) == [run]
