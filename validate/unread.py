"""What lost a part of its calculation accuses nobody: numbers of a ficha that no cell holds.

A text that stands under no label is told (REA01) and read by nobody. Where it prints a number that
either the variables or the substitution lack and the other has, it is a piece of the one that
lacks it: that the two differ is then the reading's fault as likely as the document's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from normalize.numbers import find_numbers
from validate.rule import Answer, not_applicable
from validate.view import IndicatorView

RULES: Final = frozenset(("CAL01", "CAL02", "CAL03", "CAL04", "CAL05", "CAL06", "CAL08"))
"""Rules that hold substitution, method, variables and *línea base* against each other."""
_UNREAD: Final = "REA01"
_OF_NONE: Final = "indicator_id"
"""The field that a note on a text of no field is put to."""
_TELLING: Final = 10
"""What a smaller number says happens to stand elsewhere too: a page, a footnote, a factor."""
_YEARS: Final = range(1950, 2051)


def with_lost_numbers(views: Iterable[IndicatorView]) -> frozenset[str]:
    """The indicators whose variables or substitution lack a number that an unread text has."""
    return frozenset(view.indicator.indicator_id for view in views if _has_lost(view))


def unless_lost(code: str, indicator_id: str, answer: Answer, lost: frozenset[str]) -> Answer:
    """The answer of a rule, or that it cannot be applied where it accuses a calculation of which a
    part was not read."""
    if answer.outcome != "failed" or code not in RULES or indicator_id not in lost:
        return answer
    unsure = not_applicable(
        answer.record,
        f"Un texto de la ficha que no se leyó ({_UNREAD}) contiene números de este cálculo.",
        f"A text of the ficha that was not read ({_UNREAD}) holds numbers of this calculation.",
    )
    return replace(unsure, indicator_id=answer.indicator_id)


def _has_lost(view: IndicatorView) -> bool:
    unread = set[Fraction]()
    for note in view.notes:
        if note.rule == _UNREAD and note.table_name == "indicators" and note.field == _OF_NONE:
            unread |= _numbers(view, note.text)
    if not unread:
        return False
    substituted = _numbers(view, view.indicator.substitution or "")
    stated = set[Fraction]()
    for variable in view.variables:
        stated |= _numbers(view, variable.value_text or "")
    return not unread.isdisjoint(substituted ^ stated)


def _numbers(view: IndicatorView, text: str) -> set[Fraction]:
    """The telling numbers of a text, without their signs; years stand in labels and sources."""
    values = (found.number.value for found in find_numbers(text, view.habits))
    sizes = {abs(Fraction(value)) for value in values if value is not None}
    return {size for size in sizes if size >= _TELLING and size not in _YEARS}
