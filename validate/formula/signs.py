"""Which signs between words are operators.

A sign between two words may be an operator or part of a name ("obrero-patronales", "y/o",
"Personal médico / paramédico"). Three things decide, in this order: a stated variable's name that
stands there word for word is one phrase, whatever signs it holds; brackets and numbers beside a
sign make it an operator; what remains open is tried both ways by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normalize.numbers import Habits, Number
from normalize.text import match_key
from validate.formula.legend import symbol_key
from validate.formula.names import abbreviations
from validate.formula.scan import Item, scan

Mode = Literal["method", "substitution"]

WORD_SIGNS = {"x": "*", "X": "*", "por": "*", "entre": "/", "más": "+", "menos": "-"}
LEADS = {
    "dividido": "/", "dividida": "/", "divididos": "/", "divididas": "/",
    "multiplicado": "*", "multiplicada": "*", "multiplicados": "*", "multiplicadas": "*",
    "multiplica": "*", "multiplicar": "*",
}  # fmt: skip
"""First words of operators of two words ("dividido entre", "multiplicado por")."""

SCALE_WORDS = {
    "cien": "100",
    "mil": "1000",
    "diez mil": "10000",
    "cien mil": "100000",
    "un millon": "1000000",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stated variable's name, word for word, at items ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


def find_names(items: Sequence[Item], names: Sequence[str], habits: Habits) -> list[Phrase]:
    """Where the names stand word for word as a whole operand; longest names first."""
    words = [(key, i) for i, item in enumerate(items) for key in _words(item)]
    keys = tuple(key for key, _ in words)
    found: list[Phrase] = []
    taken: set[int] = set()
    spelled = sorted(
        {tuple(k for item in _without_abbreviations(scan(name, habits)) for k in _words(item))
         for name in names},
        key=len,
        reverse=True,
    )  # fmt: skip
    for sequence in spelled:
        for at in range(len(words) - len(sequence) + 1 if sequence else 0):
            if keys[at] != sequence[0] or keys[at : at + len(sequence)] != sequence:
                continue
            first, last = words[at][1], words[at + len(sequence) - 1][1]
            last = _close_of(items, first, last)
            span = range(first, last + 1)
            inside = _within(items, first, last) and not taken & set(span)
            if inside and _stands_alone(items, first, last + 1):
                found.append(Phrase(first, last + 1))
                taken |= set(span)
    return sorted(found, key=lambda mask: mask.start)


def _within(items: Sequence[Item], first: int, last: int) -> bool:
    """Whether no bracket closes in the span that opened before it: "(… año t) - 1"."""
    depth = 0
    for item in items[first : last + 1]:
        depth += (item.kind == "open") - (item.kind == "close")
        if depth < 0:
            return False
    return True


def _words(item: Item) -> tuple[str, ...]:
    return _split(item.text) if item.kind in ("word", "number") else ()


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    return tuple(match_key(text).split())


def _without_abbreviations(items: Sequence[Item]) -> list[Item]:
    """The items of a name without a bracket that holds only an abbreviation."""
    kept: list[Item] = []
    skip = 0
    for index, item in enumerate(items):
        if index < skip:
            continue
        if item.kind == "open" and (end := _abbreviation_end(items, index)):
            skip = end
            continue
        kept.append(item)
    return kept


def _abbreviation_end(items: Sequence[Item], at: int) -> int:
    """Past the bracket at ``at`` if it holds only an abbreviation; 0 otherwise."""
    for index in range(at + 1, len(items)):
        if items[index].kind == "close":
            inner = "".join(item.text for item in items[at + 1 : index])
            return index + 1 if abbreviations(f"({inner})") else 0
        if items[index].kind == "open":
            return 0
    return 0


def _close_of(items: Sequence[Item], first: int, last: int) -> int:
    """Extend a span over the brackets that it opens."""
    depth = 0
    for index in range(first, len(items)):
        depth += (items[index].kind == "open") - (items[index].kind == "close")
        if depth < 0:
            return last
        if index >= last and depth == 0:
            return index
    return last


def _stands_alone(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether what stands before and after is the edge of an operand."""
    before = items[start - 1] if start else None
    if not (
        before is None
        or before.kind in ("open", "equal", "root", "sign", "stop")
        or before.text in WORD_SIGNS
        or match_key(before.text) in ("de", "promedio", "suma", "sumatoria", "media")
    ):
        return False
    if before is not None and before.text == "-" and before.end == items[start].start:
        return False
    if end < len(items) and items[end].kind == "open":
        end = _abbreviation_end(items, end) or end
    after = items[end] if end < len(items) else None
    return (
        after is None
        or after.kind in ("close", "equal", "sign", "relation", "stop", "percent")
        or after.text in WORD_SIGNS
        or after.text in LEADS
        or (after.kind == "comma" and end + 1 == len(items))
    )


def find_signs(
    items: Sequence[Item], mode: Mode, masked: set[int], symbols: frozenset[str] = frozenset()
) -> tuple[dict[int, str], dict[int, tuple[str, bool]]]:
    """Split signs into certain operators and open ones (with what they are by default).

    Between two of the ``symbols`` that a legend or a variable explains any sign is an operator.
    """
    sure: dict[int, str] = {}
    open_signs: dict[int, tuple[str, bool]] = {}
    for index, item in enumerate(items):
        if index in masked:
            continue
        operator = item.value if item.kind == "sign" else WORD_SIGNS.get(item.text, "")
        lead = LEADS.get(item.text.casefold(), "")
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        if lead and after is not None and after.text in ("entre", "por"):
            sure[index] = "/" if after.text == "entre" else lead
            continue
        if not operator:
            continue
        if after is None:
            if item.kind == "sign":
                sure[index] = operator  # dangling: the parser will say so
            continue
        if before is not None and before.text.casefold() in LEADS:
            continue
        between_symbols = (
            item.kind == "sign"
            and before is not None
            and before.kind == after.kind == "word"
            and symbol_key(before.text) in symbols
            and symbol_key(after.text) in symbols
        )
        verdict = between_symbols or _verdict(items, index, operator, mode, masked)
        if verdict is True:
            sure[index] = operator
        elif verdict is not False:
            open_signs[index] = (operator, verdict == "likely")
    return sure, open_signs


def _verdict(
    items: Sequence[Item], index: int, operator: str, mode: Mode, masked: set[int]
) -> bool | Literal["likely", "unlikely"]:
    """Whether a sign is an operator: for sure, surely not, or likely so or not."""
    item, after = items[index], items[index + 1]
    before = items[index - 1] if index else None
    ends_operand = before is not None and (
        before.kind in ("close", "percent", "number") or index - 1 in masked
    )
    starts_operand = after.kind in ("open", "root") or index + 1 in masked
    if item.kind == "sign" and operator in ("*", "^"):
        return True
    if mode == "substitution":
        return item.kind == "sign" or (
            before is not None and before.kind != "word" and after.kind != "word"
        )
    if before is None:
        return operator in ("-", "+") and item.kind == "sign"
    tight = before.end == item.start and item.end == after.start
    if operator == "-" and _is_index(items, index):
        return False if tight else "unlikely"
    if before.kind in ("open", "equal"):
        return operator == "-"
    sides_are_words = before.kind == "word" and after.kind == "word"
    both_masked = index - 1 in masked and index + 1 in masked
    if item.kind == "word":
        if before.kind == "close" and (starts_operand or after.kind == "number"):
            return True
        if operator == "*" and item.text == "por":
            return _is_scale(items, index + 1) or ("likely" if both_masked else "unlikely")
        if both_masked or (ends_operand and starts_operand):
            return "likely"
        return "likely" if item.text == "x" else "unlikely"
    if operator == "+":
        return True if not sides_are_words or not tight else "likely"
    if before.kind == "close" or after.kind == "open" or both_masked:
        return True if not tight or operator == "/" or both_masked else "likely"
    if before.kind == "number" and after.kind == "number" and tight:
        return "unlikely"
    if tight:
        return "unlikely"
    return "likely"


def _is_index(items: Sequence[Item], index: int) -> bool:
    """``t-1``, ``n - 1``: a small step back from the year's letter, not a subtraction."""
    before, after = items[index - 1], items[index + 1]
    return (
        before.text in ("t", "T", "n", "i", "año")
        and after.kind == "number"
        and len(after.text) == 1
    )


def _is_scale(items: Sequence[Item], index: int) -> bool:
    """A power of ten from 10 on, at the end of an operand: the 100 of "por 100"."""
    words = [item.text for item in items[index : index + 3] if item.kind == "word"]
    if any(match_key(" ".join(words[:n])) in SCALE_WORDS for n in (1, 2) if len(words) == n):
        return True
    number = items[index].number if index < len(items) else None
    if number is None or number.value is None or not is_power_of_ten(number):
        return False
    after = items[index + 1] if index + 1 < len(items) else None
    return after is None or after.kind not in ("word", "number")


def is_power_of_ten(number: Number) -> bool:
    """Whether a number is 10, 100, 1000 …"""
    digits = str(number.value)
    return len(digits) > 1 and digits[0] == "1" and set(digits[1:]) == {"0"}
