"""Stated figures as numbers: how they are printed and which values they can stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normalize.numbers import Number
from normalize.schema import Figure
from normalize.text import match_key
from validate.comparison import input_span
from validate.formula.evaluate import Span
from validate.rule import Evidence
from validate.view import DocumentView


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that has a value, its printed number and the values that it can stand for.

    Whole numbers are exact, decimals and amounts in thousands or millions are their interval.
    """

    figure: Figure
    number: Number
    span: Span

    @property
    def printed(self) -> str:
        unit = self.figure.unit
        text = self.number.text
        return f"{text} {unit}" if unit and match_key(unit) == "mdp" else text

    def evidence(self, role: str) -> Evidence:
        return Evidence("figures", self.figure.record_key, "value", role)


def stated_of(document: DocumentView, figure: Figure) -> Stated | None:
    """A figure as a number, or ``None`` where it has none, or bounds one ("más de 500")."""
    number = document.number(figure.value_text)
    if figure.value is None or number.value != figure.value or number.relation:
        return None
    return Stated(figure, number, input_span(number, figure.unit or ""))


def figures_of(document: DocumentView, code: str) -> Iterator[Figure]:
    return (figure for figure in document.figures if figure.figure == code)


def sibling(document: DocumentView, figure: Figure, code: str) -> Figure | None:
    """The figure of another code for the same subject and year.

    Where a year is printed with only one of them, the only figure of that code and subject.
    """
    same = [each for each in figures_of(document, code) if each.subject == figure.subject]
    exact = [each for each in same if each.year == figure.year]
    if exact:
        return exact[0]
    loose = len(same) == 1 and (figure.year == 0 or same[0].year == 0)
    return same[0] if loose else None
