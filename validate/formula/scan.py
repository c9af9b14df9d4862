"""From a printed formula to items: words, numbers, signs and brackets, each with its place.

Nothing is decided here that needs the variables: a ``/`` or an ``x`` that may belong to a phrase is
still an item of kind ``sign`` or ``word``; ``operands.py`` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from normalize.numbers import Habits, Number, parse_number

Kind = Literal[
    "word",
    "number",
    "sign",
    "open",
    "close",
    "equal",
    "relation",
    "comma",
    "stop",
    "percent",
    "root",
]

# Longest first: a grouped number is one number, "100, 000" and "1 000" included.
_NUMBER = (
    r"\$?\s?(?:\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?(?![\d])"
    r"|\d{1,3}['’]\d{3}(?:,\d{3})*(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?(?!\d|,\d)"
    r"|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+)"
)
_ITEMS = re.compile(
    # "Usuarios* / Total 1/ x 100", "LGBTTTIQ+)": what no operand follows is a footnote mark.
    r"(?P<footnote>(?<=[\w)])(?:\*+|\+)(?=\s*(?:[)\]}/+÷×=]|$))"
    r"|(?<=[^\W\d_]\s)\d/(?=\s*(?:[)\]}/+÷×*=]|[-–xX]\s|$)))"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<times>(?<![^\W\d_])[xX](?=\s?[\d.(\[{$]))"
    # A superscript behind a bracket or a number is a power, behind a letter a unit ("m²").
    r"|(?P<power>\*\*|\^|(?<=[)\]}\d])[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<word>[^\W\d_][\w'’]*|[\u00ba\u00aa#&@])"
    r"|(?P<bar>[_\-–—─]{3,})|(?P<ratio>(?<=\d)(?<!\b(?:19|20)\d\d)(?:\s:\s|:)(?=\d))"
    r"|(?P<sign>[+\-–—−‐‑/÷⁄∕×·∙•⋅∗*])"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<relation><=|>=|[≤≥<>≠])"
    r"|(?P<equal>=|≈|≅|≃|~|∼)"
    r"|(?P<comma>,)|(?P<stop>[.;:])|(?P<percent>%)|(?P<root>[√∛∜Σ∑])"
)
_WORD = re.compile(r"(?P<word>[^\W\d_][\w'’]*)")
_SIGNS = {
    **dict.fromkeys("-–—−‐‑", "-"),
    **dict.fromkeys("/÷⁄∕", "/"),
    **dict.fromkeys("×·∙•⋅∗*", "*"),
    "+": "+",
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONGEST = 3000
"""Characters of the longest text without its legend that is taken for a formula."""

MOST_DIGITS = 50
"""Characters of the longest number that is read; the dataset stores 38 digits."""

DEEPEST = 25
"""Brackets inside brackets beyond which a text is no formula."""

PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its kind, its text as printed, what it means, and its place in the text."""

    kind: Kind
    text: str
    value: str
    start: int
    end: int
    number: Number | None = None


class FormulaError(Exception):
    """A formula that cannot be read. ``message_es``/``message_en`` say what is in the way."""

    def __init__(self, message_es: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_es = message_es
        self.message_en = message_en


def scan(text: str, habits: Habits) -> list[Item]:
    """Cut a text into items; characters that mean nothing in a formula are passed over.

    Raises :class:`FormulaError` for a text that is longer than any formula, or holds such a number.
    """
    if len(text) > LONGEST:
        raise FormulaError("la fórmula es demasiado larga", "the formula is too long")
    items: list[Item] = []
    at = 0
    while found := _ITEMS.search(text, at):
        if found.lastgroup == "times" and not _ends_operand(items):
            found = _WORD.match(text, found.start()) or found  # "X1 + X2": a symbol
        at = found.end()
        kind, raw = str(found.lastgroup), found.group()
        if kind == "footnote":
            continue
        if kind == "bar":
            raise FormulaError(
                "una raya de quebrado no dice, en un renglón, qué va abajo",
                "a fraction bar does not say, on one line, what stands below",
            )
        start, end = found.span()
        if kind == "number":
            # A number glued to letters is part of a word ("2do", "5a"), not an operand.
            if end < len(text) and text[end].isalpha() and text[end] not in "xX":
                items.append(Item("word", raw, raw, start, end))
                continue
            raw = raw.strip()
            if len(raw) > MOST_DIGITS:
                raise FormulaError("hay un número demasiado largo", "a number is too long")
            items.append(Item("number", raw, raw, end - len(raw), end, parse_number(raw, habits)))
        elif kind == "times":
            items.append(Item("sign", raw, "*", start, end))
        elif kind == "power":
            items.append(Item("sign", raw, "^", start, end))
            if raw[0] not in "*^":
                digits = raw.translate(_SUPERSCRIPTS)
                number = parse_number(digits, habits)
                items.append(Item("number", raw, digits, start, end, number))
        elif kind == "ratio":
            items.append(Item("sign", ":", "/", start, end))
        elif kind == "sign":
            items.append(Item("sign", raw, _SIGNS[raw], start, end))
        else:
            items.append(Item(kind, raw, raw, start, end))  # type: ignore[arg-type]
    return items


def _ends_operand(items: list[Item]) -> bool:
    last = items[-1] if items else None
    return last is not None and (
        last.kind in ("number", "close", "percent")
        or (last.kind == "word" and last.text not in "xX")
    )


def matching_close(items: list[Item], at: int) -> int:
    """The index of the bracket that closes the one at ``at``.

    Raises :class:`FormulaError` where none does or where another kind of bracket stands.
    """
    expected: list[str] = []
    for index in range(at, len(items)):
        if items[index].kind == "open":
            expected.append(PAIRS[items[index].text])
        elif items[index].kind == "close":
            if not expected or items[index].text != expected.pop():
                raise FormulaError("los paréntesis no se corresponden", "the brackets do not match")
            if not expected:
                return index
    raise FormulaError("falta cerrar un paréntesis", "a bracket is not closed")


def check_brackets(items: list[Item]) -> None:
    """Raise :class:`FormulaError` unless every bracket has its partner, not too deep inside."""
    depth = 0
    for item in items:
        depth += (item.kind == "open") - (item.kind == "close")
        if depth > DEEPEST:
            raise FormulaError("hay demasiados paréntesis", "there are too many brackets")
    index = 0
    while index < len(items):
        if items[index].kind == "open":
            index = matching_close(items, index)
        elif items[index].kind == "close":
            raise FormulaError("sobra un paréntesis", "a bracket too many is closed")
        index += 1


def split_sides(items: list[Item]) -> list[list[Item]]:
    """Split at the equals signs that stand outside all brackets."""
    sides: list[list[Item]] = [[]]
    depth = 0
    for item in items:
        depth += (item.kind == "open") - (item.kind == "close")
        if item.kind == "equal" and depth == 0:
            sides.append([])
        else:
            sides[-1].append(item)
    return sides
