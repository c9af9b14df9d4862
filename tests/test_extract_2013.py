"""The ficha of the programmes of 2013 to 2018. The fichas here are synthetic, none is published."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from producers import Row, Style, draw, row

import extract
from normalize.records import Normalized, normalize

TITLE = "Programa Sectorial de Prueba 2013-2018"
REMARKS = (
    "Tasa = (Consultas otorgadas en el año t / Población adscrita en el año t) x 100. Donde la "
    "población es la que estima el consejo, en el mes de junio de cada año, para las localidades "
    "que tienen servicio."
)


def rows(name: str, objective: str = "Objetivo sectorial") -> list[Row]:
    return [
        row("FICHA DEL INDICADOR|12"),
        row("Elemento|3", "Características|9"),
        row("Indicador:|3", f"{name}|9"),
        row(f"{objective}:|3", "3. Ampliar la cobertura de los servicios.|9"),
        row("Descripción general:|3", "Mide la cobertura de las consultas de primera vez.|9"),
        row("Observaciones:|3", f"{REMARKS}|9"),
        row("Periodicidad:|3", "Anual|9"),
        row("Fuente:|3", "Dirección de Información. Registros administrativos.|9"),
        row("Referencias adicionales:|3", "www.gob.mx/prueba|9"),
        row("Línea base 2012|6", "Meta 2018|6"),
        row("61.5%|6", "75%|6"),
    ]


def read(path: Path, style: Style | None) -> Normalized:
    pages = [
        [TITLE, rows("Cobertura de consultas.")],
        [rows("3.2 Camas por mil habitantes.", "Objetivo del programa")],
    ]
    draw(path, pages, style)
    return normalize(extract.read(path), "test")


@pytest.mark.parametrize(
    "style", [Style(), Style(rules="double"), Style(colour=1.0)], ids=["ruled", "double", "bare"]
)
def test_every_field_is_read_and_nothing_is_missed(tmp_path: Path, style: Style) -> None:
    found = read(tmp_path / "ficha.pdf", style)
    first, second = found.dataset.indicators
    assert (first.name, second.name) == ("Cobertura de consultas", "Camas por mil habitantes")
    assert (first.indicator_id, second.indicator_id) == ("p1.1", "3.2")
    for each in (first, second):
        assert each.objective == "3. Ampliar la cobertura de los servicios."
        assert each.definition == "Mide la cobertura de las consultas de primera vez."
        assert each.remarks == REMARKS
        assert each.frequency == "Anual"
        assert (each.baseline_text, each.baseline_value) == ("61.5%", Decimal("61.5"))
        assert (each.target_text, each.target_value) == ("75%", Decimal(75))
        assert (each.baseline_year, each.target_year) == (2012, 2018)
        assert each.method is None
        assert each.measure is None
    assert [note.rule for note in found.notes] == ["REA05"]  # the first has no key
    (document,) = found.dataset.documents
    assert document.family == "programa_derivado"
    assert (document.period_start, document.period_end) == (2013, 2018)


def test_an_empty_target_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ficha.pdf"
    draw(path, [[TITLE, [*rows("3.1 Cobertura.")[:-1], row("61.5%|6", "|6")]]])
    notes = normalize(extract.read(path), "test").notes
    assert [(note.rule, note.field) for note in notes] == [("REA01", "target_value")]


def test_the_words_of_its_title_alone_make_no_ficha(tmp_path: Path) -> None:
    path = draw(tmp_path / "other.pdf", [["FICHA DEL INDICADOR", [row("Clave|3", "17|9")]]])
    assert extract.read(path).family == "otra"
