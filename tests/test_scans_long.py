"""Of a long scan only what can matter is read, and that is told by a look at every page."""

from __future__ import annotations

from pathlib import Path

from extract.families import pages_of_all
from extract.pdf import open_pdf
from extract.scan.image import straighten
from extract.scan.look import Look, look_at, worth_reading
from samples.fichas_reportlab import Style
from samples.fichas_reportlab import render as print_fichas
from samples.invented import drawn
from samples.scans import scan

PROSE = Look(
    False, "El Instituto garantiza la cobertura de los servicios y las prestaciones.\n" * 9
)
START = "ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO"


def chosen(looks: dict[int, Look]) -> set[int]:
    def choose(texts: object) -> set[int]:
        assert texts == {number: look.text for number, look in looks.items()}
        return pages_of_all([look.text for look in looks.values()])

    return worth_reading(looks, choose)


def test_the_first_pages_tables_and_fichas_without_rules_are_read_and_prose_is_not() -> None:
    looks = dict.fromkeys(range(1, 60), PROSE)
    looks[30] = Look(False, f"{PROSE.text}{START}\nNombre 3.1.- Cobertura de la población")
    looks[50] = Look(True, PROSE.text)
    read = chosen(looks)
    assert {1, 2, 3, 4, 30, 50} <= read <= {1, 2, 3, 4, 30, 31, 32, 50}


def test_a_page_of_which_a_look_makes_out_nothing_is_read() -> None:
    looks = dict.fromkeys(range(1, 60), PROSE)
    looks[20], looks[50] = Look(False, "| ~ e 1 .\n sa q"), Look(True, "")
    assert chosen(looks) == {1, 2, 3, 4, 20, 50}


def test_all_is_read_where_nothing_can_be_told() -> None:
    looks = dict.fromkeys(range(1, 60), PROSE)
    assert chosen(looks) == looks.keys()


def test_a_look_at_a_page_tells_a_ficha_without_rules(tmp_path: Path) -> None:
    look = Style(font="Helvetica", bold="Helvetica-Bold", rules="none")
    print_fichas(drawn(8, count=1), tmp_path / "printed.pdf", style=look)
    path = scan(tmp_path / "printed.pdf", tmp_path / "scan.pdf", dpi=150, seed=4, pages=[1, 2])
    texts = []
    with open_pdf(path) as pdf:
        for number in (1, 2):
            grey, turn = straighten(pdf, number)
            texts.append(look_at(grey, turn.dpi).text)
    assert min(pages_of_all(texts)) == 2
