"""Digits that the font draws raised, and lines that run off their page."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.page import read_page
from extract.pdf import open_pdf

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def written(path: Path, text: str, *, x: float = 40) -> Path:
    """A page of 200 by 100 points with one line of text."""
    pdfmetrics.registerFont(TTFont("Vera", FONT))
    canvas = Canvas(str(path), pagesize=(200, 100))
    canvas.setFont("Vera", 12)
    canvas.drawString(x, 50, text)
    canvas.save()
    return path


def with_digits_for_marks(path: Path) -> Path:
    """The same file, its raised digits mapped to plain ones as fonts with marks of their own do."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if "/ToUnicode" in font:
                words = font.ToUnicode.read_bytes()
                for mark, digit in ((b"00B9", b"0031"), (b"00B2", b"0032"), (b"00B3", b"0033")):
                    words = words.replace(b"<" + mark + b">", b"<" + digit + b">")
                font.ToUnicode = pdf.make_stream(words)
        pdf.save(path)
    return path


def text_of(path: Path) -> str:
    with open_pdf(path) as pdf:
        return "".join(char.gap + char.text for char in read_page(pdf, 1).chars).strip()


@pytest.mark.parametrize("text", ["97.85¹", "1,204²³", "km²"])
def test_a_digit_that_the_font_draws_raised_is_a_mark(tmp_path: Path, text: str) -> None:
    path = with_digits_for_marks(written(tmp_path / "marks.pdf", text))
    assert text_of(path) == text


@pytest.mark.parametrize("text", ["97.851", "1,20423", "n.d.1", "-0.3", "3"])
def test_plain_digits_are_no_marks(tmp_path: Path, text: str) -> None:
    assert text_of(with_digits_for_marks(written(tmp_path / "plain.pdf", text))) == text


def test_a_line_that_runs_off_the_page_is_read_to_its_end(tmp_path: Path) -> None:
    text = "Población atendida 35,578,474"
    assert text_of(written(tmp_path / "off.pdf", text, x=60)) == text


def test_text_that_stands_wholly_beside_the_page_is_not_read(tmp_path: Path) -> None:
    assert text_of(written(tmp_path / "beside.pdf", "35,578,474", x=220)) == ""
