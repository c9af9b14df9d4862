"""What SER, CRO and REA say of fichas as other programmes print them: exactly this, no more."""

from __future__ import annotations

import pytest

from tests.rules_help import codes, outcome
from tests.wild_notes import GROWTH, NO_CLAIM, PARTS
from tests.wild_series import SERIES, Case


def said(given: Case) -> set[str]:
    return set(codes(given[0], "SER", "CRO", "REA"))


@pytest.mark.parametrize("given", SERIES.values(), ids=SERIES.keys())
def test_series_and_units_as_other_programmes_print_them(given: Case) -> None:
    assert said(given) == given[1]


@pytest.mark.parametrize("given", NO_CLAIM.values(), ids=NO_CLAIM.keys())
def test_notes_that_state_no_growth_of_their_indicator(given: Case) -> None:
    assert said(given) == given[1]


@pytest.mark.parametrize("given", GROWTH.values(), ids=GROWTH.keys())
def test_notes_that_state_a_growth(given: Case) -> None:
    assert said(given) == given[1]
    assert outcome(given[0], "SER05") == ("failed" if "SER05" in given[1] else "passed")


@pytest.mark.parametrize("given", PARTS.values(), ids=PARTS.keys())
def test_notes_that_list_numbers(given: Case) -> None:
    assert said(given) == given[1]
