"""Letter-spaced words: spaces that pdfium only supposes inside of them are none."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from extract.geometry import Rect
from extract.page import Char
from extract.tracked import tracked

HEIGHT = 10.0


def line(text: str, apart: float, space: float, supposed: Iterable[int] = ()) -> list[Char]:
    """A text whose letters are ``apart`` points from each other, its words ``space`` more; pdfium
    supposes a space before the letters at ``supposed``."""
    chars: list[Char] = []
    x, gap = 0.0, "\n"
    for letter in text:
        if letter == " ":
            x, gap = x + space, " "
            continue
        width = 2.0 if letter in "ilt" else 5.0
        known = " " if len(chars) in supposed else gap
        chars.append(Char(letter, Rect(x, 0.0, x + width, HEIGHT), len(chars), known))
        x, gap = x + width + apart, ""
    return chars


def text_of(chars: Iterable[Char]) -> str:
    return "".join(char.gap.strip("\n") + char.text for char in chars)


@pytest.mark.parametrize("apart", [0.5, 1.0, 1.5])
def test_letters_as_far_apart_as_their_neighbours_are_one_word(apart: float) -> None:
    chars = line("la productividad efectiva", apart, 2.5, supposed=(8, 14, 20))
    assert text_of(tracked(chars)) == "la productividad efectiva"


def test_words_that_a_narrow_space_parts_stay_apart() -> None:
    chars = line("la tasa anual de la ley", 0.0, 1.6)
    assert text_of(tracked(chars)) == "la tasa anual de la ley"


def test_a_letter_that_kerning_alone_sets_apart_is_left_as_the_file_has_it() -> None:
    chars = line("el valor anual", 0.0, 2.5, supposed=(4,))
    moved = [
        char._replace(rect=char.rect.shifted(1.0, 0.0)) if char.order >= 4 else char
        for char in chars
    ]
    assert text_of(tracked(moved)) == text_of(moved)


def test_a_word_most_of_whose_gaps_pdfium_takes_for_spaces_is_one() -> None:
    chars = line("Prontuario de 2019", 1.4, 3.7, supposed=(1, 2, 4, 5, 6, 8, 9, 11, 13, 14, 15))
    assert text_of(tracked(chars)) == "Prontuario de 2019"


def test_a_text_too_short_to_tell_goes_by_the_others_of_its_page() -> None:
    chars = line("la productividad", 1.2, 3.5)
    short = [char._replace(order=99) for char in line("ND", 1.2, 3.5, supposed=(1,))]
    lower = [char._replace(rect=char.rect.shifted(0.0, 20.0)) for char in short]
    assert text_of(tracked([*chars, *lower])) == "la productividadND"
