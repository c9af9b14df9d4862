"""Drafts number their lines: such numbers are in no table, and no years are taken for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.geometry import Rect
from extract.line_numbers import line_numbers

TEXT = [("Nombre del indicador", Rect(90, 100, 200, 110)), ("12,345", Rect(300, 150, 340, 160))]


def column(numbers: Sequence[int], x1: float = 68.0) -> list[tuple[str, Rect]]:
    return [
        (str(number), Rect(x1 - 4 * len(str(number)), 40 + 14 * at, x1, 46 + 14 * at))
        for at, number in enumerate(numbers)
    ]


@pytest.mark.parametrize("numbers", [range(1, 46), range(131, 150), range(5, 95, 5)])
@pytest.mark.parametrize("x1", [68.0, 590.0])
def test_numbers_in_the_margin_that_count_are_those_of_lines(numbers: range, x1: float) -> None:
    counted = column(numbers, x1)
    found = line_numbers([*TEXT, *counted])
    assert found == set(range(len(TEXT), len(TEXT) + len(counted)))


@pytest.mark.parametrize(
    "texts",
    [
        column(range(1, 7)),  # few
        column([1, 2, 4, 8, 16, 32, 64, 128, 256]),  # no equal steps
        column([7] * 12),
        column(range(2010, 2025), 320.0),  # amid the text
    ],
)
def test_other_numbers_are_text(texts: list[tuple[str, Rect]]) -> None:
    assert line_numbers([*TEXT, *texts]) == set()
