"""Printed text: folding, joining, keys and enumerators."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text import (
    enumerator_of,
    fold,
    join_lines,
    key_of,
    match_key,
    slug,
    strip_enumerator,
    strip_final_stop,
)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("IMSS-\nBIENESTAR", "IMSS-BIENESTAR"),
        ("IMSS-  \r\n  BIENESTAR", "IMSS-BIENESTAR"),
        ("IMSS\x02\r\nBIENESTAR", "IMSS-BIENESTAR"),
        ("IMSS\ufffeBIENESTAR", "IMSS-BIENESTAR"),
        ("2019 -\n2024", "2019 - 2024"),
        ("2019 \x02\n2024", "2019 - 2024"),
        ("a\n-\nb", "a - b"),
        ("Enero –\nDiciembre", "Enero – Diciembre"),
        ("2019–\n2024", "2019–2024"),
        ("(20 - 880) = -\n860", "(20 - 880) = -860"),
        ("50.-\nInstituto Mexicano", "50.- Instituto Mexicano"),
        ("la cobertura -en personas-\nalcanzada", "la cobertura -en personas- alcanzada"),
        ("la cobertura -\nen personas- alcanzada", "la cobertura -en personas- alcanzada"),
        ("2019 -\nvalor del IMSS-\nBIENESTAR", "2019 - valor del IMSS-BIENESTAR"),
        ("infor\u00ad\nmación", "información"),
        ("infor\u00admación", "información"),
        ("  a\u00a0\u2009 b\t\nc ", "a b c"),
        ("e\u0301fi", "éfi"),
        ("in\ufb01n", "infin"),
        ("a\u200bb\ufeff", "ab"),
        ("IMSS-BIENESTAR", "IMSS-BIENESTAR"),
        ("", ""),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_folding_is_nfc_and_done_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_lines_of_a_cell() -> None:
    assert join_lines(["COVID-", "19 en 2019-", "2024 –", "hoy"]) == "COVID-19 en 2019-2024 – hoy"
    assert join_lines([]) == ""


@pytest.mark.parametrize(
    ("printed", "key", "name"),
    [
        ("1.1 Porcentaje de niños.", "1.1", "Porcentaje de niños"),
        ("1.10 Tasa", "1.10", "Tasa"),
        ("2.1.a Tasa", "2.1.a", "Tasa"),
        ("1.1.- Tasa", "1.1", "Tasa"),
        ("1.1. Tasa", "1.1", "Tasa"),
        ("1.1) Tasa", "1.1", "Tasa"),
        ("1.1: Tasa", "1.1", "Tasa"),
        ("1.1 – Tasa", "1.1", "Tasa"),
        ("1. 1 Tasa", "1.1", "Tasa"),
        ("1.1Tasa", "1.1", "Tasa"),
        ("Parámetro 1.2 Tasa", "1.2", "Tasa"),
        ("Meta para el bienestar 3.1: Tasa", "3.1", "Tasa"),
        ("3.- Tasa", "3", "Tasa"),
        ("1.1", "1.1", ""),
        ("Tasa de 2.5 micras", None, "Tasa de 2.5 micras"),
        ("3.5% de la población", None, "3.5% de la población"),
        ("1.5 millones de personas", None, "1.5 millones de personas"),
        ("2020 casos", None, "2020 casos"),
        ("20 años o más", None, "20 años o más"),
        ("1.2 Producción de Tequila S.A.", "1.2", "Producción de Tequila S.A."),
        ("1.2 Tasa...", "1.2", "Tasa..."),
    ],
)
def test_keys_of_indicators(printed: str, key: str | None, name: str) -> None:
    assert key_of(printed) == (key, name)


@pytest.mark.parametrize(
    ("printed", "name", "number"),
    [
        ("1.- Población", "Población", 1),
        ("12.-Población", "Población", 12),
        ("1. Población", "Población", 1),
        ("1) Población", "Población", 1),
        ("1 - Población", "Población", 1),
        ("a) Población", "Población", None),
        ("II.- Población", "Población", None),
        ("• Población", "Población", None),
        ("Población", "Población", None),
        ("1.5 veces", "1.5 veces", None),
        ("20-59 años", "20-59 años", None),
        ("60 y más", "60 y más", None),
        ("I. Población", "I. Población", None),
        ("-860", "-860", None),
    ],
)
def test_enumerators_of_variables(printed: str, name: str, number: int | None) -> None:
    assert strip_enumerator(printed) == name
    assert enumerator_of(printed) == number


def test_final_stops() -> None:
    assert strip_final_stop("Ingresos.") == "Ingresos"
    assert strip_final_stop("Ingresos ..") == "Ingresos"
    assert strip_final_stop("Ingresos...") == "Ingresos..."
    assert strip_final_stop("E.U.A.") == "E.U.A."


def test_texts_are_compared_without_case_accents_and_punctuation() -> None:
    assert match_key(" Índice de  Quejas (IQSM): niñas/os ") == "indice de quejas iqsm ninas os"
    assert slug("Programa Institucional del IMSS") == "programa-institucional-del-imss"
