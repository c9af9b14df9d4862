"""Parts that a note lists behind their names: "Maestría: 120. Doctorado: 80.", "- Norte: 40".

Nothing in such a list says that its numbers are parts of the whole, so that it counts as one only
where the sum is the whole or comes near it.
"""

from __future__ import annotations

import re
from fractions import Fraction

from normalize.numbers import find_numbers
from normalize.text import match_key
from validate.parts import Part
from validate.units import in_keeping, nouns
from validate.view import IndicatorView

NEAR = Fraction(1, 10)
"""How far from the whole, as a share of it, the sum may be for the numbers to be its parts."""

_ENTRY = re.compile(
    r"(?:^|[.;,:•]\s*|\s[-–•]\s*|\s[ye]\s)\s*(?P<label>[^\W\d_][^\d:.;,•]{1,40}?)\s*:\s*(?=\d)"
)
_AFTER = re.compile(r"\s*(?P<words>[^\W\d_]*)\s*(?:$|[.;,•]|\s[-–•]|\s?[ye]\s)")
_NO_PART = re.compile(
    r"\b(?:metas?|linea|base|total|anos?|periodo|valor|fuente|nota|pagina|numero|inversion|montos?"
    r"|presupuesto|costo|poblacion|vigencia|ciclo|ejercicio|indicador|avance|programad[oa]s?)\b"
)


def labelled_parts(text: str | None, view: IndicatorView, total: Fraction) -> tuple[Part, ...]:
    """The labelled numbers of a note that add up to about ``total``; nothing where they do not."""
    found: list[Part] = []
    wanted = nouns(view.indicator.unit) | nouns(view.indicator.name)
    numbers = {each.start: each for each in find_numbers(text or "", view.habits)}
    for entry in _ENTRY.finditer(text or ""):
        number = numbers.get(entry.end())
        after = _AFTER.match(text or "", number.end) if number else None
        if number is None or after is None or _NO_PART.search(match_key(entry["label"])):
            return ()
        if any(not in_keeping(noun, wanted) for noun in nouns(after["words"])):
            return ()
        printed = number.number
        if printed.value is None or printed.percent or printed.currency or printed.places:
            return ()
        found.append(Part(printed.fraction, entry["label"], None, among_others=False))
    sum_of = sum((part.value for part in found), Fraction(0))
    smaller = all(part.value < total for part in found)
    near = abs(sum_of - total) <= NEAR * abs(total)
    return tuple(found) if len(found) > 1 and smaller and near else ()
