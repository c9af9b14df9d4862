"""Printed numbers: what is read, what is refused, and the algebra of rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbers import (
    Habits,
    Number,
    find_numbers,
    grouped,
    parse_number,
    plain,
    printed_agree,
    rounds_to,
    truncates_to,
)

NOTHING = Habits()
DOT = Habits(dot=5)
COMMA = Habits(comma=5)

NOT_AVAILABLE = (
    "n.d.|n.a.|n..a.|n. d.|n,d.|ND|NA|nd|N/D|N/A|N.D.*|n.d. 1/|(n.d.)|S/D|s.d.|-|—|–|--"
    "|No disponible|no disponble|No aplica|NO APLICA.|sin dato|Sin datos"
    "|Información no disponible|ND 1/|n.d. a/|n.d. (no disponible)|No aplica (NA)"
)
NOT_ONE_NUMBER = (
    "7,995,24|12,34,567|1,23,456|2018 2019|2018 100|1 00|1 234 56|31/12/2018|2018-2024|5 - 10"
    "|IV|1e5|1/2|3 1/2|116 hospitales y 132 unidades|95 (2018)|100 (50)|93. 9|29.99,|1.1.2|10O"
    "|7,995,24l|5t|1er trimestre|2da|5 de diciembre|x 100|100 x|--5|(14.2|14.2)|.|%|$|()|Sí|si"
    "|Ninguna|12:30|135.64 x 100,000|10³|१२|1..5|1,,000|70 a 80|a 70|70 a|70 y|n.d. (12)"
)
READ = [
    # printed, value, decimals
    ("7,995,246", "7995246", 0),
    (".68", "0.68", 2),
    ("0.68", "0.68", 2),
    ("-860", "-860", 0),
    ("−860", "-860", 0),
    ("–860", "-860", 0),
    ("- 860", "-860", 0),
    ("+5", "5", 0),
    ("93.9%", "93.9", 1),
    ("93.9 %", "93.9", 1),
    ("$1,419.37", "1419.37", 2),
    ("$ 1,419.37", "1419.37", 2),
    ("-$860", "-860", 0),
    ("$-860", "-860", 0),
    ("MXN $5", "5", 0),
    ("100, 000", "100000", 0),
    ("7, 995, 246", "7995246", 0),
    ("1 000", "1000", 0),
    ("20 079 365", "20079365", 0),
    ("20\u00a0079\u202f365", "20079365", 0),
    ("1 234.5", "1234.5", 1),
    ("1'234,567.89", "1234567.89", 2),
    ("1’234,567", "1234567", 0),
    ("(14.2)", "-14.2", 1),
    ("($14.2)", "-14.2", 1),
    ("$ (14.2)", "-14.2", 1),
    ("(14.2%)", "-14.2", 1),
    ("(14.2) %", "-14.2", 1),
    ("(0)", "0", 0),
    ("-0", "0", 0),
    ("95.0", "95.0", 1),
    ("95", "95", 0),
    ("3,400", "3400", 0),
    ("1,234.567", "1234.567", 3),
    ("95 por ciento", "95", 0),
    ("248 unidades", "248", 0),
    ("248unidades", "248", 0),
    ("12.5 m²", "12.5", 1),
    ("135.64 por cada 100,000 habitantes", "135.64", 2),
    ("95 (preliminar)", "95", 0),
    ("29.99.", "29.99", 2),
    ("29.99*", "29.99", 2),
    ("29.99 1/", "29.99", 2),
    ("29.99 p/", "29.99", 2),
    ("29.99¹", "29.99", 2),
    ("2 mil 500", "2500", 0),
    ("3 millones 200 mil", "3200000", 0),
    ("3 millones 200 mil 45", "3200045", 0),
]


@pytest.mark.parametrize(("printed", "value", "places"), READ)
@pytest.mark.parametrize("habits", [NOTHING, DOT], ids=["no habits", "dot habits"])
def test_numbers_as_printed_in_mexico(
    printed: str, value: str, places: int, habits: Habits
) -> None:
    number = parse_number(printed, habits)
    assert (number.status, number.value, number.places) == ("number", Decimal(value), places)


@pytest.mark.parametrize("printed", NOT_AVAILABLE.split("|"))
def test_not_available_in_all_its_spellings(printed: str) -> None:
    number = parse_number(printed)
    assert number.status == "not_available"
    assert number.value is None
    assert number.text == printed


@pytest.mark.parametrize("printed", NOT_ONE_NUMBER.split("|"))
@pytest.mark.parametrize("habits", [NOTHING, DOT, COMMA], ids=["none", "dot", "comma"])
def test_what_is_not_one_number_is_not_read(printed: str, habits: Habits) -> None:
    number = parse_number(printed, habits)
    assert (number.status, number.value, number.candidates) == ("unreadable", None, ())


@pytest.mark.parametrize("printed", ["", "  ", "\u00a0", "\u00ad"])
def test_an_empty_cell_is_empty(printed: str) -> None:
    assert parse_number(printed).status == "empty"


@pytest.mark.parametrize(
    ("printed", "unknown", "dot", "comma"),
    [
        # what each habit makes of it; None is ambiguous
        ("1.234", None, "1.234", "1234"),
        ("-1.234%", None, "-1.234", "-1234"),
        ("12,5", None, None, "12.5"),
        ("3,400", "3400", "3400", None),
        ("1,2345", None, None, "1.2345"),
        ("0,234", None, None, "0.234"),
        ("1.234,5", "1234.5", None, "1234.5"),
        ("1.234,567", None, None, "1234.567"),
        ("1,234.5", "1234.5", "1234.5", None),
        ("1.234.567", "1234567", None, "1234567"),
        ("1,234,567", "1234567", "1234567", "1234567"),
        ("12.5", "12.5", "12.5", None),
        (".5", "0.5", "0.5", None),
        (",5", None, None, "0.5"),
        ("20 079,365", None, None, "20079.365"),
        ("20 079.36", "20079.36", "20079.36", None),
    ],
)
def test_the_habits_of_the_document_decide(
    printed: str, unknown: str | None, dot: str | None, comma: str | None
) -> None:
    for habits, value in ((NOTHING, unknown), (DOT, dot), (COMMA, comma)):
        number = parse_number(printed, habits)
        if value is None:
            assert (number.status, number.value) == ("ambiguous", None)
            assert number.candidates
        else:
            assert (number.status, number.value) == ("number", Decimal(value))


def test_an_ambiguous_number_tells_its_readings() -> None:
    assert parse_number("-12,5").candidates == (Decimal("-12.5"), Decimal("-125"))
    assert parse_number("1.234").candidates == (Decimal("1.234"), Decimal("1234"))
    assert parse_number("3,400", COMMA).candidates == (Decimal("3400"), Decimal("3.400"))


def test_what_stands_around_the_digits() -> None:
    assert parse_number("$1,419.37 mdp") == Number(
        "$1,419.37 mdp", "number", Decimal("1419.37"), 2, currency=True, unit="mdp", scale=6
    )
    percent = parse_number("95 por ciento anual")
    assert (percent.percent, percent.unit) == (True, "por ciento anual")
    assert parse_number("14.2 % de la población").unit == "de la población"
    assert parse_number("2.5 puntos porcentuales").percent is False
    scales = {
        "152 mil": 3,
        "152 miles de pesos": 3,
        "1 millón": 6,
        "1.5 millones de pesos": 6,
        "2.5 mil millones": 9,
        "3 mmdp": 9,
        "1 billón": 12,
        "5 militares": 0,
        "5 por cada mil": 0,
    }
    assert {text: parse_number(text).scale for text in scales} == scales


@pytest.mark.parametrize(
    ("printed", "relation"),
    [
        (">= 70", ">="),
        ("≥70%", ">="),
        ("≤ 10", "<="),
        ("> 70", ">"),
        ("Mayor a 70", ">"),
        ("mayor o igual a 70", ">="),
        ("Al menos 70%", ">="),
        ("menos de 70", "<"),
        ("máximo 70", "<="),
        ("70% o más", ">="),
        ("70 unidades o menos", "<="),
        ("≈70", "~"),
        ("=70", ""),
        ("70", ""),
    ],
)
def test_a_relation_is_kept_beside_the_number(printed: str, relation: str) -> None:
    number = parse_number(printed)
    assert number.status == "number"
    assert number.relation == relation


def test_habits_are_learned_from_distinct_unambiguous_numbers() -> None:
    assert Habits.learn(["3,400", "1.234", "5", "2018"]).decimal == ""
    assert Habits.learn(["29.99"]).decimal == "."
    assert Habits.learn(["(3,400 / 7,995,246) x 100"]).decimal == "."
    assert Habits.learn(["93,9", "substitución = 93,9"]).decimal == "", "one number seen twice"
    assert Habits.learn(["93,9", "60,3"]).decimal == ","
    assert Habits.learn(["7.995.246", "26.651.738"]).decimal == ","
    assert Habits.learn(["93,9", "60,3", "29.99", "28.99"]).decimal == "", "no majority"
    assert Habits.learn(["12,5", *(f"{n}.5" for n in range(4))]).decimal == "."


# --- round trips ------------------------------------------------------------------------------

values = st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12
)


def printed_in(value: Decimal, group: str, point: str) -> str:
    return f"{value:,.2f}".translate({44: group, 46: point})


@given(values, st.sampled_from([NOTHING, DOT]), st.sampled_from([",", " ", "", "\u00a0"]))
def test_what_is_printed_with_a_dot_is_read_back(
    value: Decimal, habits: Habits, group: str
) -> None:
    number = parse_number(printed_in(value, group, "."), habits)
    assert (number.value, number.places) == (value, 2)


@given(values, st.sampled_from([".", " ", ""]))
def test_what_is_printed_with_a_comma_is_read_back_in_its_document(
    value: Decimal, group: str
) -> None:
    number = parse_number(printed_in(value, group, ","), COMMA)
    assert (number.value, number.places) == (value, 2)


@given(st.lists(values, min_size=3, max_size=9, unique_by=lambda value: f"{value:.2f}"))
def test_habits_learned_from_a_document_read_the_document(document: list[Decimal]) -> None:
    for group, point in ((",", "."), (".", ","), (" ", "."), (" ", ",")):
        texts = [printed_in(value, group, point) for value in document]
        habits = Habits.learn(texts)
        assert habits.decimal == point
        assert [parse_number(text, habits).value for text in texts] == document


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_grouped_or_not(value: int) -> None:
    for habits in (NOTHING, DOT):
        assert parse_number(f"{value:,}", habits).value == value
        assert parse_number(str(value), habits).value == value
        assert parse_number(f"{value:,}".replace(",", " "), habits).value == value


@given(st.text(alphabet="0123456789.,'() -$%xyn/d\u2212\u00a0", max_size=14))
def test_reading_never_raises_and_never_half_reads(text: str) -> None:
    for habits in (NOTHING, DOT, COMMA):
        number = parse_number(text, habits)
        assert (number.value is not None) == (number.status == "number")
        assert bool(number.candidates) == (number.status == "ambiguous")
        if number.value is not None:
            digits = "".join(sign for sign in text if sign.isdigit())
            footnote_or_base = text.rstrip().endswith("/") or "por" in text
            shown = plain(abs(number.value)).replace(".", "").lstrip("0")
            assert footnote_or_base or digits.lstrip("0") == shown


# --- prose ------------------------------------------------------------------------------------


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [
        (
            text[each.start : each.end],
            None if each.number.value is None else plain(each.number.value),
            each.number.unit,
        )
        for each in find_numbers(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crecimiento anual de uno por ciento en", [("uno por ciento", "1", "por ciento")]),
        (
            "del 0.57 por ciento en localidades rurales (152 mil).",
            [("0.57 por ciento", "0.57", "por ciento"), ("152 mil", "152", "mil")],
        ),
        ("incrementar 1 punto porcentual, a", [("1 punto porcentual", "1", "punto porcentual")]),
        ("medio punto porcentual", [("medio punto porcentual", "0.5", "punto porcentual")]),
        ("uno y medio por ciento", [("uno y medio por ciento", "1.5", "por ciento")]),
        ("cero punto cero cinco", [("cero punto cero cinco", "0.05", "")]),
        ("116 hospitales y 132 unidades", [("116", "116", ""), ("132", "132", "")]),
        ("línea base es cuatro porque", [("cuatro", "4", "")]),
        ("ciento veinte millones", [("ciento veinte millones", "120000000", "")]),
        ("un millón doscientos mil tres", [("un millón doscientos mil tres", "1200003", "")]),
        ("treinta y un mil", [("treinta y un mil", "31000", "")]),
        ("3 mil 400 millones", [("3 mil 400 millones", "3400", "millones")]),
        ("un nuevo indicador y una unidad de los unos", []),
        ("cubrir al cien por ciento", [("cien por ciento", "100", "por ciento")]),
        ("por cada mil", [("mil", "1000", "")]),
        ("COVID-19, IMSS-50, B12", []),
        ("x100", [("100", "100", "")]),
        ("x 100, 000.", [("100, 000", "100000", "")]),
        (
            "(48,240/35,578,474)-1",
            [("48,240", "48240", ""), ("35,578,474", "35578474", ""), ("1", "1", "")],
        ),
        ("715,119 –14,919", [("715,119", "715119", ""), ("14,919", "14919", "")]),
        ("variación de -1.9 % anual", [("-1.9 %", "-1.9", "")]),
        ("Meta 2024>=70%", [("2024", "2024", ""), ("70%", "70", "")]),
        (
            "de 20 079 365 en 2018 2019",
            [("20 079 365", "20079365", ""), ("2018", "2018", ""), ("2019", "2019", "")],
        ),
        ("en 2018, 100 camas", [("2018", "2018", ""), ("100", "100", "")]),
        ("10² y 5", [("5", "5", "")]),
        ("fue 12,5 y no más", [("12,5", None, "")]),
        ("cinco puntos de venta", [("cinco", "5", "")]),
    ],
)
def test_numbers_in_prose(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert found(text) == expected


def test_words_are_marked_as_words() -> None:
    assert [each.words for each in find_numbers("uno por ciento de 248")] == [True, False]


# --- rounding ---------------------------------------------------------------------------------

printed_numbers = st.builds(
    lambda digits, places: parse_number(plain(Decimal(digits).scaleb(-places)), DOT),
    st.integers(-(10**6), 10**6),
    st.integers(0, 4),
)
fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**5)


@pytest.mark.parametrize(
    ("value", "printed", "rounds", "truncates"),
    [
        ("2.5", "3", True, False),  # half up
        ("2.5", "2", True, False),  # half even
        ("3.5", "3", False, True),
        ("-2.5", "-3", True, False),  # half away from zero
        ("-2.9", "-2", False, True),
        ("29.9989", "29.99", False, True),
        ("29.9989", "30.00", True, False),
        ("0.4", "0", True, False),
        ("0.9", "0", False, True),
        ("-0.9", "0", False, True),
        ("22.0020", "22", True, False),
        ("5", "5.00", True, False),
        ("5", "6", False, False),
    ],
)
def test_rounding_and_truncation(value: str, printed: str, rounds: bool, truncates: bool) -> None:
    number = parse_number(printed)
    assert rounds_to(Fraction(value), number) is rounds
    assert truncates_to(Fraction(value), number) is truncates


@given(fractions, printed_numbers)
def test_a_value_that_rounds_lies_in_the_interval_and_does_not_truncate(
    value: Fraction, printed: Number
) -> None:
    low, high = printed.interval
    if rounds_to(value, printed):
        assert low <= value <= high
        assert not truncates_to(value, printed)
    elif low < value < high:
        pytest.fail("inside the interval, yet it does not round to the number")


@given(fractions, st.integers(0, 4))
def test_a_value_rounds_to_what_plain_prints(value: Fraction, places: int) -> None:
    assert rounds_to(value, parse_number(plain(value, places), DOT))


@given(printed_numbers, printed_numbers)
def test_agreeing_is_symmetric_and_reflexive(a: Number, b: Number) -> None:
    assert printed_agree(a, a)
    assert printed_agree(a, b) == printed_agree(b, a)


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("95.0", "95", True),
        ("94.6", "95", True),
        ("94.4", "95", False),
        ("94.5", "95", True),
        ("94.5", "94", True),
        ("0.68", ".68", True),
        ("29.99", "30.0", True),
        ("29.99", "29.9", False),
        ("152 mil", "152", True),
        ("152 mil", "152,345", True),
        ("152,345", "152 mil", True),
        ("152 mil", "153,345", False),
        ("1.5 millones", "1,500 miles", True),
        ("14,246", "14.2 mil", True),
        ("-860", "860", False),
    ],
)
def test_two_printed_numbers_agree_when_the_finer_rounds_to_the_coarser(
    a: str, b: str, agree: bool
) -> None:
    assert printed_agree(parse_number(a), parse_number(b)) is agree


def test_a_number_without_value_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match=r"n\.d\."):
        printed_agree(parse_number("n.d."), parse_number("5"))


# --- writing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "written", "with_groups"),
    [
        (Fraction(7995246), None, "7995246", "7,995,246"),
        (Fraction(-860), None, "-860", "-860"),
        (Fraction(2, 3), None, "0.666667", "0.666667"),
        (Fraction(-123456789, 100), None, "-1234567.89", "-1,234,567.89"),
        (Fraction(1, 3 * 10**9), None, "0.0000000003333", "0.0000000003333"),
        (Fraction(1, 2**10), None, "0.0009765625", "0.0009765625"),
        (Fraction(5, 2), 0, "3", "3"),
        (Fraction(-5, 2), 0, "-3", "-3"),
        (Fraction(-1, 1000), 2, "0.00", "0.00"),
        (Fraction(1999, 2), 1, "999.5", "999.5"),
        (Decimal("95.0"), None, "95.0", "95.0"),
        (Decimal("1E+3"), None, "1000", "1,000"),
        (Decimal("-0.50"), None, "-0.50", "-0.50"),
        (Decimal("-1234.50"), None, "-1234.50", "-1,234.50"),
        (Decimal("-0.0"), None, "0.0", "0.0"),
        (Decimal("1e-12"), None, "0.000000000001", "0.000000000001"),
    ],
)
def test_writing_numbers(
    value: Fraction | Decimal, places: int | None, written: str, with_groups: str
) -> None:
    assert plain(value, places) == written
    assert grouped(value, places) == with_groups
