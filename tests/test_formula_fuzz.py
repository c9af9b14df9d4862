"""Whatever is printed where a formula should stand: an answer or a FormulaError, and soon."""

from __future__ import annotations

import gc
import random
from time import process_time

import pytest
from formula_fichas import Wild
from test_formula_wild import failed_codes

from normalize.numbers import Habits
from validate.formula.parse import parse_method
from validate.formula.scan import FormulaError
from validate.formula.substitution import parse_substitution

SLOWEST = 0.2
"""Seconds of processor time that the reading of one text may take."""

NAMES = ["PA: Población atendida", "Total de camas (PT)", "obras y/o servicios", "A"]
BITS = (
    "( ) [ ] { } + - – * / × x X ^ √ Σ = : ; , . % $ 100 1,284 0.5 .25 2018 t-1 PA PT PA_t Xi "
    "población camas por entre más menos dividido multiplicado Donde: donde siendo promedio de "
    "≤ ² ¹ raíz 1/6 n.d. mil 12,5 1.234 _ ---- i=1 (a) mdp a/b y/o # igual a"
).split()
WORDS = ("PA", "PT", "camas", "obras y/o servicios", "t-1", "100", "1,284", "0.5", "25%", "2018")
SIGNS = (" / ", "/", " x ", "*", " + ", " - ", "–", " por ", " entre ", " ", "^", "²", " = ", "; ")
HEAVY = {
    "deep brackets": "(" * 500 + "1" + ")" * 500,
    "as deep as allowed": "(" * 25 + "1 + 2" + ")" * 25 + " = 3",
    "thousands of digits": "9" * 5000 + " + 1 = 2",
    "grouped digits": ",".join(["123"] * 900) + " + 1",
    "spaced groups": " ".join(["123"] * 700),
    "a long sum": "+".join(["1"] * 1000),
    "powers of powers": "((((10^64)^64)^64)^64)^64 = 1",
    "a power of billions": "10^999999999 = 3",
    "minus minus": "-" * 500 + "1",
    "roots of roots": "√" * 300 + "4 = 2",
    "open slashes": "a/b " * 200,
    "tight slashes": "/".join("abcdefghij" * 20),
    "words": "palabra " * 5000,
    "brackets of words": "(palabra) " * 200,
    "legend": "A / B donde " + "A = palabra; B: otra " * 300,
    "legends": "A / B donde " * 500,
    "equals signs": "= " * 3000,
    "semicolons": "; " * 1500,
    "spaces": " " * 50_000 + "1",
    "stops": "." * 20_000,
    "sentences": "A / B. " * 400,
    "operators in words": "por " * 700,
    "stars": "*" * 2900,
    "years": "2018-2019 " * 290,
}


def _read(text: str) -> None:
    for parse in (
        lambda: parse_method(text, NAMES, Habits()),
        lambda: parse_substitution(text, Habits()),
    ):
        gc.disable()  # garbage of the tests before this one is none of its time
        start = process_time()
        try:
            parse()
        except FormulaError as problem:
            assert problem.message_es
            assert problem.message_en
        finally:
            gc.enable()
        assert process_time() - start < SLOWEST


def test_random_texts_are_read_or_refused() -> None:
    chance = random.Random(20)
    for _ in range(500):
        size = chance.choice([3, 8, 20, 40])
        _read("".join(chance.choice(BITS) + chance.choice(("", " ")) for _ in range(size)))


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY.keys())
def test_heavy_texts_take_no_time(text: str) -> None:
    _read(text)


def _formula(chance: random.Random, depth: int) -> str:
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(WORDS)
    if chance.random() < 0.35:
        opening, closing = chance.choice(("()", "[]", "{}"))
        before = chance.choice(("", "", "√", "promedio ", "Σ"))
        return f"{before}{opening}{_formula(chance, depth - 1)}{closing}"
    return _formula(chance, depth - 1) + chance.choice(SIGNS) + _formula(chance, depth - 1)


def test_rules_answer_whatever_formulas_say() -> None:
    chance = random.Random(21)
    for _ in range(300):
        values = [chance.choice(("12", "0", "-3", "1,284", "n.d.", "25%", "12,5")) for _ in NAMES]
        wild = Wild(
            method=_formula(chance, chance.choice((2, 3, 4))),
            substitution=_formula(chance, 3) + chance.choice(("", " = 50", " = 0.5 x 100 = 50")),
            variables=tuple(zip(NAMES, values, strict=True)),
            baseline=chance.choice(("50", "0", "-3", "n.d.", "0.5")),
            unit=chance.choice(("Porcentaje", "Tasa por cada 100 mil", "Número")),
        )
        start = process_time()
        failed_codes(wild)
        assert process_time() - start < SLOWEST
