"""Turns of phrase that a hurried reader takes for something else: exceptions, denials, the rest,
"respectively", other years, other subjects.

``told_turns.txt`` has a sentence a line, with what it comes to and the section where it stands; the
programme is that of ``test_claims_indicators``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_claims_indicators import outcome

TURNS = Path(__file__).with_name("told_turns.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", TURNS)
def test_a_turn_of_phrase_is_taken_for_what_it_says(line: str) -> None:
    expected, section, text = line.split("|")
    assert outcome(section, text) == expected
