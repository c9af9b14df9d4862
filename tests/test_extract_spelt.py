"""Words typed letter by letter: read where the gaps tell, said where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.geometry import Rect
from extract.page import Char
from extract.spelt import spelling
from extract.spelt_text import doubt_spelt, is_spelt
from extract.types import Box, Piece, Printed, RawCard, RawDocument, RawFigure
from samples.fichas_reportlab import Style, render
from samples.variants import published

WIDTH = 5.0


def _evenly(text: str) -> str:
    return " ".join(text.replace(" ", ""))


def read(*lines: str) -> list[str]:
    """The lines as read; each space is as wide as a letter is high by a third."""
    chars: list[Char] = []
    for row, line in enumerate(lines):
        x, gap = 0.0, "\n"
        for letter in line:
            if letter == " ":
                x, gap = x + 3.0, " "
                continue
            rect = Rect(x, row * 12.0, x + WIDTH, row * 12.0 + 9)
            chars.append(Char(letter, rect, len(chars), gap))
            x, gap = x + WIDTH, ""
    text = "".join(char.gap + char.text for char in spelling(chars))
    return text.removeprefix("\n").split("\n")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("p r i v i l e g i a n d o   l a   s a l u d", "privilegiando la salud"),
        ("p r i v i l eg i ando  l a  p revenc ión  de", "privilegiando la prevención de"),
        ("siempre   p r i v i l e g i a n d o   la", "siempre privilegiando la"),
    ],
)
def test_words_are_read_where_their_gaps_are_wider(line: str, text: str) -> None:
    assert read(line) == [text]


@pytest.mark.parametrize(
    "line",
    [
        "siempre p r i v i l e g i a n d o la salud",  # one gap for letters and words
        "p r i v i l e g i a n d o   la p revención",
        "p r i v i l e g i a n d o   y a la vez",
        "Nombre   t a s a d e p a r o",  # two cells
        "Nombre   t a s a d e p a r o        nacional",
    ],
)
def test_words_are_left_where_gaps_do_not_tell(line: str) -> None:
    (text,) = read(line)
    assert text == " ".join(line.split())
    assert is_spelt(text)


@pytest.mark.parametrize(
    "line", ["la salud  y  la vida", "a x b x c x d", "1 2 3  4 5 6", "y o a e u", "( a + b ) / c"]
)
def test_other_lines_stay_as_they_are(line: str) -> None:
    (text,) = read(line)
    assert text == " ".join(line.split())
    assert not is_spelt(text)


def test_a_page_tells_of_lines_that_cannot() -> None:
    telling = "d e r e c h o   d e   t o d o s"
    assert read(telling, telling, telling, "T i p o", "1 , 2 3 4")[3:] == ["Tipo", "1,234"]
    assert read(telling, "T i p o", "1 , 2 3 4")[1:] == ["T i p o", "1 , 2 3 4"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("(32,002,514/30,923,832)-1", "(32,002,514/30,923,832)-1"),
        ("http://www.example.mx/conoce-", "http://www.example.mx/conoce-"),
        ("asistenciales-preventivos", "asistenciales-preventivos"),
        ("derechodetodos,losserviciosdesalud", "d e r e c h o d e t o d o s , l o s"),
        ("derechodetodosylosserviciosdesalud", "d e r e c h o d e t o d o s y l o s"),
    ],
)
def test_a_long_word_is_one_only_where_signs_join_it(line: str, text: str) -> None:
    telling = "d e r e c h o   d e   t o d o s"
    assert read(telling, telling, telling, " ".join(line))[3].startswith(text)


def test_figures_so_typed_that_are_left_are_told() -> None:
    box = Box(1, 0.0, 0.0, 9.0, 9.0)

    def fields(text: str) -> dict[str, Printed]:
        return {"substitution": Printed(text, (Piece(box, text),), "")}

    def told(text: str) -> bool:
        raw = RawDocument("", "", "", "monitoreo", 1, None)
        raw.cards.append(RawCard(fields(text)))
        doubt_spelt(raw, ())
        return bool(raw.cards[0].problems)

    assert told("( 3 2 , 0 0 2 , 5 1 4 / 3 0 ) - 1")
    assert not told("1 2 3 4 5 6")
    assert not told("(32,002 / 3) - 1, 2, 3")
    assert not told("2 , 3 , 4")


def test_names_of_figures_and_headings_so_typed_that_are_left_are_told() -> None:
    def told(text: str, pages: tuple[str, ...] = ()) -> list[str]:
        raw = RawDocument("", "", "", "diagnostico_monitoreo", 1, None)
        raw.figures.append(RawFigure("level", text, 0, Printed("Medio", (), "")))
        doubt_spelt(raw, pages)
        return [problem.field for problem in raw.problems]

    assert told("A g u a p o t a b l e") == ["figures.level.0.A g u a p o t a b l e"]
    assert told("Agua potable") == []
    assert told("Agua potable", ("N i v e l e s", "A n e x o y N i v e l (M e d i o)")) == [""]
    assert told("Agua potable", ("E q u i p o t é c n i c o", "Agua")) == []


def test_a_programme_of_nothing_else_is_told(tmp_path: Path) -> None:
    """One space between letters and words alike tells nothing; the document is no silent
    ``otra``."""
    path = tmp_path / "spelt.pdf"
    render(published()[9:10], path, style=Style(size=4.0, typed=_evenly))
    raw = extract.read(path)
    problems = [*raw.problems, *(each for ficha in raw.fichas for each in ficha.problems)]
    assert any(problem.rule == "REA03" for problem in problems)


def test_prose_of_nothing_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "prose.pdf"
    canvas = Canvas(str(path))
    for row in range(5):
        canvas.drawString(50, 700 - 20 * row, _evenly("Ficha de monitoreo del programa"))
    canvas.save()
    raw = extract.read(path)
    assert raw.family == "otra"
    assert [problem.rule for problem in raw.problems] == ["REA03"]
