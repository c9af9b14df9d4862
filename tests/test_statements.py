"""Prose to figures: sentences, and the counts and shares that they state."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from extract.types import RawStatement
from normalize.figure_codes import BY_CODE
from normalize.ledger import Ledger
from normalize.mentions import find_mentions
from normalize.numbers import Habits
from normalize.sentences import sentences
from normalize.statements import add_statements
from tests.told import DOCUMENT_ID, printed, published, told
from validate.engine import audit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Uno. Dos.", ["Uno.", "Dos."]),
        ("Está en Op. de mejora. Otro.", ["Está en Op. de mejora.", "Otro."]),
        ("El núm. 3 subió. El No. 4 no.", ["El núm. 3 subió.", "El No. 4 no."]),
        ("Pasó de 3.1 a 4.5. 6 indicadores.", ["Pasó de 3.1 a 4.5.", "6 indicadores."]),
        ("3. Trabajar en ello. Así.", ["3. Trabajar en ello.", "Así."]),
        ("Subió en 2021. El tercero no.", ["Subió en 2021.", "El tercero no."]),
        ("Según J. Nabor Cruz. Y más.", ["Según J. Nabor Cruz.", "Y más."]),
        ("Salud, educación, etc. El resto no.", ["Salud, educación, etc.", "El resto no."]),
        ("a; b; c", ["a; b; c"]),
        ("¿Cuántos son? ¡Seis! Bien", ["¿Cuántos son?", "¡Seis!", "Bien"]),
        ("- Primero uno. - Luego otro.", ["Primero uno.", "Luego otro."]),
        ("Dijo «no hay.» Después sí.", ["Dijo «no hay.»", "Después sí."]),
        ("Quedó así... Nada más.", ["Quedó así...", "Nada más."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


Stated = list[tuple[int | None, Fraction | None, str]]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "De los 18 indicadores, 6 (33%) logran",
            [(18, None, "indicador"), (6, Fraction(33, 100), "")],
        ),
        (
            "6 indicadores del Programa 2020-2024 (33%), cumplen",
            [(6, Fraction(33, 100), "indicador")],
        ),
        ("El 33% (6 indicadores) cumple", [(6, Fraction(33, 100), "indicador")]),
        (
            "6 de los 18 indicadores (33.3 %)",
            [(6, Fraction(333, 1000), "indicador"), (18, None, "indicador")],
        ),
        ("Resultados: 6, 33%", [(6, Fraction(33, 100), "")]),
        ("Los 4 (67%) programas restantes", [(4, Fraction(67, 100), "programa")]),
        ("Los tres restantes deben", [(3, None, "")]),
        ("tiene 3 de sus 6 objetivos", [(3, None, "objetivo"), (6, None, "objetivo")]),
        ("los tres indicadores presentan", [(3, None, "indicador")]),
        ("sólo un indicador alcanzó", [(1, None, "indicador")]),
        ("el primer indicador y un indicador más", []),
        ("el 67 por ciento de los indicadores", [(None, Fraction(67, 100), "indicador")]),
        (
            "La mitad de los objetivos; un tercio",
            [(None, Fraction(1, 2), ""), (None, Fraction(1, 3), "")],
        ),
        (
            "dos terceras partes, tres cuartos de ellos",
            [(None, Fraction(2, 3), ""), (None, Fraction(3, 4), "")],
        ),
        ("dos de cada tres", [(None, Fraction(2, 3), "")]),
        ("el quinto indicador; un quinto indicador", []),
        ("de cirugías a más de 21 días, 5 veces el salario, en 2021", []),
        ("el 12° lugar de las 15 dependencias", [(15, None, "dependencia")]),
        ("un rango adecuado (90% - 110%), entre 20% y 30%", []),
        ("una caída de -23.96% respecto al año anterior", []),
    ],
)
def test_a_sentence_states_counts_and_shares(text: str, stated: Stated) -> None:
    found = [(each.count, each.share, each.noun) for each in find_mentions(text, Habits())]
    assert found == stated


def test_sentences_and_their_numbers_are_figures_that_their_family_declares() -> None:
    prose = [("avance", "De los 18, 6 (33%) suben. Un tercio baja."), ("avance", "La mitad.")]
    rows = [
        (row.figure, row.subject, row.year, row.value, row.value_text, row.unit)
        for row in told(prose=prose).dataset.figures
    ]
    assert rows == [
        ("statement", "avance/1", 0, None, "De los 18, 6 (33%) suben.", None),
        ("count", "avance/1.1", 0, Decimal(6), "6", None),
        ("share", "avance/1.1", 0, Decimal(33), "33%", "%"),
        ("statement", "avance/2", 0, None, "Un tercio baja.", None),
        ("share", "avance/2.1", 0, None, "Un tercio", "%"),
        ("statement", "avance/3", 0, None, "La mitad.", None),
        ("share", "avance/3.1", 0, Decimal(50), "La mitad", "%"),
    ]
    assert {row[0] for row in rows} <= set(BY_CODE)


def test_every_row_of_the_published_prose_has_its_own_key() -> None:
    for name in ("imss", "issste"):
        figures = told(prose=published(name)["prose"]).dataset.figures
        assert len({row.record_key for row in figures}) == len(figures) > 20


def test_a_sentence_is_placed_on_the_lines_that_hold_it() -> None:
    ledger = Ledger(DOCUMENT_ID, Habits())
    lines = printed("Los tres indica", "dores suben. El 50% de", "ellos baja.")
    lines = type(lines)("Los tres indicadores suben. El 50% de\nellos baja.", lines.pieces, "test")
    add_statements(ledger, [RawStatement("avance", lines)])
    tops = [(row.record, row.field, int(row.top)) for row in ledger.dataset.provenance]
    assert tops == [
        ("statement/avance%2F1/0", "value_text", 100),
        ("statement/avance%2F1/0", "value_text", 112),
        ("count/avance%2F1.1/0", "value", 100),
        ("count/avance%2F1.1/0", "value", 112),
        ("count/avance%2F1.1/0", "value_text", 100),
        ("count/avance%2F1.1/0", "value_text", 112),
        ("statement/avance%2F2/0", "value_text", 112),
        ("statement/avance%2F2/0", "value_text", 124),
        ("share/avance%2F2.1/0", "value", 112),
        ("share/avance%2F2.1/0", "value", 124),
        ("share/avance%2F2.1/0", "value_text", 112),
        ("share/avance%2F2.1/0", "value_text", 124),
    ]


def test_a_paragraph_whose_boxes_do_not_hold_its_letters_gives_all_of_them() -> None:
    ledger = Ledger(DOCUMENT_ID, Habits())
    lines = printed("Uno sube.", "Otro baja.")
    other = type(lines)("Uno sube. Nadie baja.", lines.pieces, "test")
    add_statements(ledger, [RawStatement("avance", other)])
    assert [row.part for row in ledger.dataset.provenance] == [1, 2, 1, 2]


def test_what_is_too_long_for_a_sentence_is_kept_and_not_read() -> None:
    """Quadratic patterns would make a page without a stop cost seconds."""
    text = "el 50% de los indicadores superaron su meta " * 400
    normalized = told(prose=[("avance", text)])
    assert [row.figure for row in normalized.dataset.figures] == ["statement"]
    checks, _ = audit(normalized)
    assert {check.outcome for check in checks if check.rule == "MON05"} == {"not_applicable"}
