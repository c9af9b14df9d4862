"""Lines that end inside a word: what the cell broke is one word again, and nothing else is."""

from __future__ import annotations

import pytest

from extract.breaks import Joined, join_broken, join_known
from extract.geometry import Rect
from extract.page import Char
from extract.vocabulary import Vocabulary
from extract.words import Line, lines_of

WIDTH = 5.0
CELL = Rect(0.0, 0.0, 24 * WIDTH + 6, 100.0)
"""A cell for lines of 24 characters, three points of padding at each side."""


Block = tuple[list[Line], Rect]


def printed(*lines: str, gap: str = "\n") -> Block:
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
    return lines_of(chars), CELL


def joined(*lines: str, gap: str = "\n") -> str:
    return join_broken([printed(*lines, gap=gap)])


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
        (("www.sina.mx/v.php?ver=", "reporte, 2014"), "{}{}"),
        (("véase gob.mx/anexo-2020", ".pdf"), "{} {}"),
        (("www.gob.mx/anexo-202-24.", "pdf de 2020"), "{}{}"),
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


WORDS = Vocabulary(
    [
        "El calendario de las actividades de riego es el de la ley. El municipio es rural,\n"
        "con media tasa de me y de dia; los hidroagrícolas y la NOM-001-CONAGUA-2011 rigen.\n"
        "interdepar\ntamentales"
    ]
)


def told(*lines: str, anywhere: bool = False) -> Joined:
    return join_known([printed(*lines)], WORDS, lambda: anywhere)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # the document writes it whole elsewhere, and a part nowhere
        (("las tareas de este calen", "dario de las actividades"), "{}{}"),
        (("conforme a la NOM-001-CO", "NAGUA-2011 que rige ahora"), "{}{}"),
        # its parts are words, together they are none
        (("una de estas actividades", "municipio"), "{} {}"),
        # one letter that is no word ends one
        (("interdepartamentalizacio", "s"), "{}{}"),
        (("intergubernamentalizació", "n de la ley"), "{}{}"),
        # a stop alone on its line
        (("actividades a 31/12/2018", ". El municipio"), "{}{}"),
        # a line that is not full
        (("las tareas del calen", "dario de las actividades"), "{} {}"),
    ],
)
def test_the_document_tells_which_words_a_full_line_cuts(lines: tuple[str, str], text: str) -> None:
    assert told(*lines, anywhere=True) == Joined(text.format(*lines), [])


def test_a_word_that_would_fit_on_a_line_is_cut_where_its_parts_are_no_words() -> None:
    """A program that breaks lines at words would have moved all of it to the next line."""
    lines = ("las tareas de este calen", "dario")
    assert told(*lines) == told(*lines, anywhere=True)
    assert told(*lines) == Joined("las tareas de este calendario", [])
    doubtful = ("las tareas de esta me", "dia")
    assert told(*doubtful) == Joined("las tareas de esta me dia", [])
    doubtful = ("actividades y tareas del municip", "io")
    assert told(*doubtful).text == "actividades y tareas del municipio"
    partly = ("las actividades y las dia", "s")
    known = Vocabulary(["los dias y el dia de las actividades"])
    assert join_known([printed(*partly)], known).unsure == ["dia s"]


def test_digits_at_a_lines_end_are_one_number_where_they_group_in_threes() -> None:
    assert told("tabulado con el numeral 2.1,", "2017", anywhere=True).text.endswith("2.1, 2017")
    assert told("localidades con menos de 2,", "500", anywhere=True).text.endswith("de 2,500")


def test_a_word_that_the_document_writes_nowhere_else_is_doubtful() -> None:
    assert told("transversalizadamentecor", "respondido") == Joined(
        "transversalizadamentecor respondido", ["transversalizadamentecor respondido"]
    )


def test_the_ends_of_lines_are_no_words() -> None:
    assert not WORDS.knows("interdepar") and not WORDS.knows("tamentales")
    assert WORDS.knows("Calendario") and not WORDS.knows("calen")


def test_where_all_lines_are_full_any_of_them_may_cut_a_word() -> None:
    lines = (
        "el calendario de las mun",
        "icipio es rural con medi",
        "a tasa de un hidroagríco",
        "las",
    )
    assert told(*lines) == Joined("".join(lines), [])


def test_words_that_the_end_of_a_page_may_cut_are_told() -> None:
    """Nothing but the word itself tells it there: the line need not be full."""
    wide = printed("el calendario de las actividades de riego de la ley y el municipio")[1]

    def over_pages(last: str, rest: str) -> list[str]:
        blocks = [(printed(last)[0], wide), (printed(rest)[0], wide)]
        return join_known(
            blocks, Vocabulary(["el calendario de riego; la dario, un calen, ley"])
        ).unsure

    assert over_pages("de este calen", "dario de riego") == ["calen dario"]
    assert over_pages("de este Sistem", "a de riego") == ["Sistem a"]
    assert over_pages("de este nuevo", "reglamento") == []


def test_a_sign_of_percent_is_apart_as_the_document_has_it() -> None:
    """In a cell as narrow as the number, the line ends either way."""
    (lines, _), narrow = printed("47.05", "%"), Rect(0.0, 0.0, 30.0, 30.0)

    def read(document: str, cell: Rect) -> str:
        return join_known([(lines, cell)], Vocabulary([document])).text

    assert read("crece 12.5% y baja 3%", narrow) == "47.05%"
    assert read("crece 12.5 % y baja 3 %", narrow) == "47.05 %"
    assert read("crece 12.5% y baja 3%", CELL) == "47.05 %"
    mixed = Vocabulary(["crece 12.5% y baja 3%, o 4 %"])
    assert join_known([(lines, narrow)], mixed) == Joined("47.05 %", ["47.05 %"])
    assert join_known([(lines, CELL)], mixed) == Joined("47.05 %", [])
    assert read("crece 12.5% " * 20 + "y baja 3 %", narrow) == "47.05%"
