"""Lines that end inside a word: what the cell broke is one word again, and nothing else is."""

from __future__ import annotations

import pytest

from extract.breaks import join_broken
from extract.geometry import Rect
from extract.page import Char
from extract.words import lines_of

WIDTH = 5.0
CELL = Rect(0.0, 0.0, 24 * WIDTH + 6, 100.0)
"""A cell for lines of 24 characters, three points of padding at each side."""


def joined(*lines: str, gap: str = "\n") -> str:
    """The lines as printed from the left of the cell; ``gap`` is what the file has between them."""
    chars: list[Char] = []
    for row, line in enumerate(lines):
        before = gap
        for column, letter in enumerate(line):
            x = 3 + column * WIDTH
            if letter != " ":
                rect = Rect(x, row * 10.0, x + WIDTH, row * 10.0 + 9)
                chars.append(Char(letter, rect, len(chars), before))
            before = " " if letter == " " else ""
    return join_broken([([[word.chars for word in line] for line in lines_of(chars)], CELL)])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # where a word ends
        (("tasa de mortalidad en la", "población"), "tasa de mortalidad en la población"),
        (("desagregación-geográfica", "nacional"), "desagregación-geográfica nacional"),
        (("A) / B", "C"), "A) / B C"),
        (("Total de quejas (TQRT)/", "Total recibidas"), "Total de quejas (TQRT)/ Total recibidas"),
        # after a hyphen or a slash
        (("Programa IMSS-", "BIENESTAR"), "Programa IMSS-BIENESTAR"),
        (("consultas médico/", "odontológicas"), "consultas médico/odontológicas"),
        # inside an address
        (("https://ensanut.insp.mx/", "encuestas/index.php"), "{}{}"),
        (("https://ensanut.insp.mx/", "encuestas/ensanut2018/in", "dex.php"), "{}{}{}"),
        (("Disponible en: https:", "//ensanut.insp.mx"), "{}{}"),
        (("Disponible en: http", "s://ensanut.insp.mx"), "{}{}"),
        (("www.gob.mx/salud/informe", "-2019.pdf, consultado"), "{}{}"),
        # an address that fills its line goes on
        (("https://www.gob.mx/salud", "bienestar"), "{}{}"),
        # after an address
        (("véase www.gob.mx", "consultado en mayo"), "{} {}"),
        (("https://www.gob.mx/sal,", "consultado en mayo"), "{} {}"),
        (("https://gob.mx/informe.", "Consultado en mayo"), "{} {}"),
        # inside a number
        (("123,456,789,012,345,678,", "901"), "{}{}"),
        (("7,995,246", "26,651,738"), "{} {}"),
        # inside a word that is wider than its cell, where its parts cannot be words
        (("corresponsabilizacionesi", "dad de la gestión"), "{}{}"),
        (("electroencefalográficamf", "ente medida"), "{}{}"),
        (("contrarrevolucionariame", "nte medida"), "{}{}"),
        (("desproporcionadorespons", "abilidad, social"), "{}{}"),
        (("desinstitucionalizadora", "ciones sociales"), "{}{}"),
        # a whole word that fills its cell
        (("electroencefalográficas", "nacionales"), "{} {}"),
        (("contrarrevolucionarios", "programados"), "{} {}"),
        (("electroencefalográficos", "trimestrales"), "{} {}"),
        (("electroencefalográficas", "psicológicas"), "{} {}"),
        (("desproporcionadosmenor", "edad media"), "{} {}"),
        (("desproporcionadosunidad", "acción social"), "{} {}"),
        (("desproporcionadoresumido", "mdp de inversión"), "{} {}"),
        (("contrarrevolucionariamen", "llevadas al superávit"), "{} {}"),
        # a line of several words, and one that is not full
        (("de los electroencefalogr", "nte medida"), "{} {}"),
        (("responsabi", "lidad"), "{} {}"),
    ],
)
def test_broken_lines(lines: tuple[str, ...], text: str) -> None:
    assert joined(*lines) == text.format(*lines)


def test_a_space_in_the_file_is_a_space() -> None:
    assert joined("consultas médico/", "odontológicas", gap=" ") == (
        "consultas médico/ odontológicas"
    )
