"""What an explanation is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from normalize.numbers import Number, grouped

Kind = Literal["printed", "formula", "work", "computed", "stated", "difference", "note"]
"""``printed``: as the document prints it; ``formula``: with its numbers put in; ``work``: one
operation; ``computed``, ``stated``, ``difference``: what they say; ``note``: words."""


class Text(NamedTuple):
    """A label in both languages; empty where a line needs none."""

    es: str
    en: str


NOTHING = Text("", "")


class Line(NamedTuple):
    """One line: what it is, and its text (the same in both languages, or in each)."""

    label: Text
    text: str | Text
    kind: Kind


class Step(NamedTuple):
    """A heading and its lines."""

    title: Text
    lines: tuple[Line, ...]


def printed(label: Text, text: str) -> Line:
    return Line(label, text, "printed")


def work(text: str) -> Line:
    return Line(NOTHING, text, "work")


def outcome(
    stated: Text, stated_text: str, computed: Text, computed_text: str, difference: Fraction | None
) -> Step:
    """The last step: stated beside computed, with the difference."""
    lines = [Line(computed, computed_text, "computed"), Line(stated, stated_text, "stated")]
    if difference is not None:
        lines.append(Line(DIFFERENCE, signed(difference), "difference"))
    return Step(COMPARISON, tuple(lines))


def signed(value: Fraction) -> str:
    """A difference with its sign: ``+0.05``, ``−1.9``, ``0``.

    >>> signed(Fraction(-19, 10))
    '−1.9'
    """
    text = grouped(abs(value))
    return text if value == 0 else f"{'−' if value < 0 else '+'}{text}"


def shown(number: Number) -> str:
    """A printed number at its printed places."""
    return grouped(number.fraction, number.places)


COMPARISON = Text("Comparación", "Comparison")
DIFFERENCE = Text("Diferencia (declarado − calculado)", "Difference (stated − computed)")
STATED = Text("Declarado", "Stated")
COMPUTED = Text("Calculado", "Computed")
