"""What SER, CRO and REA find in the sample programme: all that is there and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from normalize.schema import Check, Finding
from tests.build import normalized_from_json, piimss
from validate.engine import audit

EXPECTED = {
    # 29.99 × 1.0057⁶ = 31.03 and not 32.84; 29.99 + 5 × 0.57 = 32.84.
    ("SER05", "1.1"),
    # Rising trend, baseline 64, final target 61.
    ("SER03", "6.3"),
    # 130.53 × 0.981 = 128.05, … × 0.981 = 120.89 (four steps); 130.53 / 0.981² = 135.64.
    ("SER09", "2.1"),
    # 15,699,795 × 1.03 = 16,170,788.85; 16,170,788.85 × 1.03 = 16,655,912.5 …
    ("SER09", "4.1"),
    # 82, 84, 86, 88, 90.
    ("SER09", "6.2"),
}


@pytest.fixture(scope="module")
def audited() -> tuple[list[Check], list[Finding]]:
    return audit(normalized_from_json(piimss()))


def the(findings: list[Finding], rule: str, indicator_id: str) -> Finding:
    return next(f for f in findings if (f.rule, f.indicator_id) == (rule, indicator_id))


def test_the_findings_are_exactly_those_checked_by_hand(
    audited: tuple[list[Check], list[Finding]],
) -> None:
    own = [item for item in audited[1] if item.rule[:3] in ("SER", "CRO", "REA")]
    assert sorted((item.rule, item.indicator_id) for item in own) == sorted(EXPECTED)


def test_the_arithmetic_behind_the_findings_holds() -> None:
    rate, points = (
        Fraction("29.99") * Fraction("1.0057") ** 6,
        Fraction("29.99") + 5 * Fraction(57, 100),
    )
    assert (round(rate, 2), points) == (Fraction("31.03"), Fraction("32.84"))
    falling = [Fraction("130.53") * Fraction("0.981") ** n for n in range(5)]
    printed = ["130.53", "128.05", "125.62", "123.23", "120.89"]
    assert [round(value, 2) for value in falling] == [Fraction(value) for value in printed]
    assert round(Fraction("130.53") / Fraction("0.981") ** 2, 2) == Fraction("135.64")
    grown = [15_242_519 * Fraction("1.03") ** n for n in range(1, 6)]
    assert [round(value) for value in grown] == [
        15_699_795,
        16_170_788,
        16_655_912,
        17_155_589,
        17_670_257,
    ]


def test_1_1_says_which_reading_gives_the_targets(
    audited: tuple[list[Check], list[Finding]],
) -> None:
    finding = the(audited[1], "SER05", "1.1")
    assert (finding.stated, finding.computed) == ("32.84", "31.0304")
    assert "0.57 por ciento" in finding.message_es
    assert "con un solo paso de la línea base a la primera meta" in (finding.reading or "")
    assert '"role": "note"' in finding.evidence


def test_6_3_compares_the_final_target_with_the_baseline(
    audited: tuple[list[Check], list[Finding]],
) -> None:
    finding = the(audited[1], "SER03", "6.3")
    assert finding.message_es == (
        "La meta final (61) es peor que la línea base (64): la tendencia esperada es ascendente."
    )
    assert (finding.stated, finding.computed, finding.difference) == ("61", "64", -3)


def test_the_line_of_2_1_confirms_the_printed_baseline_against_the_method(
    audited: tuple[list[Check], list[Finding]],
) -> None:
    message = the(audited[1], "SER09", "2.1").message_es
    assert "-1.9 % anual" in message
    assert "(135.64, 2018) en 2 pasos" in message
    assert "Confirma la línea base impresa y no lo que da el método (135.588)" in message


def test_the_line_of_4_1_reaches_the_baseline_in_one_step(
    audited: tuple[list[Check], list[Finding]],
) -> None:
    message = the(audited[1], "SER09", "4.1").message_es
    assert "3 % anual" in message
    assert "(15,242,519, 2018) en un paso" in message


@pytest.mark.parametrize(
    ("rule", "indicator_id", "outcome", "said"),
    [
        # 15,414,033 × 1.01⁵ = 16,200,303.6
        ("SER05", "1.2", "passed", "uno por ciento"),
        # 57, 58, 59, 60, 61 among themselves; the value of 2019 is not printed.
        ("SER05", "6.3", "passed", "1 punto porcentual"),
        ("SER06", "3.2", "passed", "116 + 132 = 248"),
        ("SER06", "3.2", "passed", "3 + 1 = 4"),
        ("SER01", "1.2", "not_applicable", "2019 no está en la serie"),
        ("SER01", "5.3", "passed", "100.00"),
        ("SER02", "1.3", "passed", "95.0"),
        ("SER03", "1.3", "passed", "constante"),
        ("SER04", "4.2", "passed", "no bajan"),
        ("SER07", "5.3", "not_applicable", "no limita"),
        ("SER05", "2.2", "not_applicable", "Ninguna nota"),
        ("SER05", "2.3", "not_applicable", "Ninguna nota"),
    ],
)
def test_what_passes_and_what_does_not_apply_is_recorded(
    audited: tuple[list[Check], list[Finding]],
    rule: str,
    indicator_id: str,
    outcome: str,
    said: str,
) -> None:
    check = next(c for c in audited[0] if (c.rule, c.record) == (rule, indicator_id))
    assert check.outcome == outcome
    assert said in check.reason_es


def test_every_rule_is_asked_of_every_indicator(
    audited: tuple[list[Check], list[Finding]],
) -> None:
    asked = {(check.rule, check.indicator_id) for check in audited[0]}
    rules = {check.rule for check in audited[0]}
    fichas = piimss()
    # CRO01 is asked of variables, and each ficha has one at least; CRO06 of the whole document.
    assert all((rule, f["indicator_id"]) in asked for rule in rules - {"CRO06"} for f in fichas)
    assert {f"SER0{n}" for n in range(1, 10)} | {"CRO01", "REA01", "REA03", "REA05"} <= rules
