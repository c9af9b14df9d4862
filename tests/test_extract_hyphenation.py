"""Hyphens at the ends of lines: the writer's stay, a typesetter's go, the others are told."""

from __future__ import annotations

import pytest

from extract.hyphenation import Hyphenation, is_repeated
from extract.vocabulary import Vocabulary

CUT = "la inves-\ntigación de la pobla-\nción y de la socio-\neconomía de EN-\nSANUT"
WHOLE = "una investigación de toda población; agua-energía; agua-\nenergía"


def judged(*texts: str) -> Hyphenation:
    return Hyphenation(texts, Vocabulary(texts).knows)


@pytest.mark.parametrize(
    ("last", "rest", "verdict"),
    [
        ("la inves-", "tigación de", "soft"),
        ("muni-", "cipal", "soft"),
        ("agua-", "energía", "kept"),
        ("socio-", "economía", "unsure"),
        ("IMSS-", "Bienestar", "kept"),
        ("EN-", "SANUT", "unsure"),
        ("COVID-", "19", "kept"),
        ("2019-", "2024", "kept"),
        ("50.-", "Instituto", "kept"),
    ],
)
def test_words_of_a_document_that_hyphenates_tell_which_hyphens_are_its_own(
    last: str, rest: str, verdict: str
) -> None:
    assert judged(CUT, WHOLE).judge(last, rest) == verdict


def test_a_document_that_cuts_no_word_keeps_all_its_hyphens() -> None:
    told = judged("de IMSS-\nBIENESTAR y físico-\nquímica", "una investigación")
    assert told.judge("inves-", "tigación") == "kept"
    assert told.judge("físico-", "química") == "kept"


def test_one_word_that_looks_cut_is_no_proof() -> None:
    assert judged("la inves-\ntigación", "una investigación").judge("muni-", "cipal") == "kept"


def test_a_sign_that_only_ends_lines_is_the_typesetters() -> None:
    told = judged("la muni\u2010\ncipal y la esta\u2010\ntal de COVID-19, IMSS-\nBIENESTAR")
    assert told.judge("fede\u2010", "ral") == "soft"
    assert told.judge("IMSS-", "BIENESTAR") == "kept"


def test_a_sign_that_stands_inside_of_lines_too_is_the_writers() -> None:
    told = judged("la muni\u2010\ncipal y la esta\u2010\ntal de COVID\u201019")
    assert told.judge("IMSS\u2010", "BIENESTAR") == "kept"


def test_a_hyphen_repeated_on_the_next_line_is_one_of_the_writers() -> None:
    assert is_repeated("anexo-", "-metodologico-2020.pdf")
    assert not is_repeated("50.-", "-3.2")
    assert not is_repeated("anexo-", "metodologico")


def test_lines_that_pdfium_ends_at_a_hyphen_are_no_words() -> None:
    assert not Vocabulary(["la inves\x02tigación"]).knows("inves-tigación")
