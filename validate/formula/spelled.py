"""What a method in words says, before its operands are known to be variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from normalize.numbers import parse_number
from normalize.text import match_key
from validate.formula.signs import SCALE_WORDS
from validate.formula.tree import Binary, Constant, Group, Node, Operator, Quantity, renumber

MOST_CUTS = 12
"""A list with more commas and conjunctions is no list of variables."""

ARTICLE = re.compile(r"^(?:(?:de|a)\s+)?(?:el|la|los|las|del|al|de)\s+", re.IGNORECASE)
CUTS = re.compile(r"\s*[,;]\s*(?:y\s+|e\s+|m[aá]s\s+)?|\s+(?:y|e|m[aá]s)\s+", re.IGNORECASE)

_COMMA_BEFORE_BETWEEN = re.compile(
    r"^(?P<head>[^=]*=\s*)?(?P<left>[^,()\[\]{}/*×÷=]{1,300}(?<!\sy)\s(?:menos|más)\s[^,()\[\]{}/*×÷=]{1,300}),\s+"
    r"(?=(?:dividid[oa]s?\s+)?entre\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A reading: a tree whose slot ``i`` is ``phrases[i]``.

    ``symmetric`` tells that it is a sum or a mean: which phrase is which variable is no matter.
    """

    node: Node
    phrases: tuple[str, ...]
    symmetric: bool = False


def power_of_ten(text: str) -> Fraction | None:
    """``100``, ``cien mil``, ``100 mil`` as a number; ``None`` for what is no power of ten."""
    digits = re.sub(r"[,\s](?=\d{3})", "", text)
    head, _, word = digits.partition(" ")
    if match_key(text) in SCALE_WORDS:
        value = parse_number(SCALE_WORDS[match_key(text)]).fraction
    elif head.isdigit() and (not word or match_key(word) == "mil"):
        value = Fraction(int(head) * (1000 if word else 1))
    else:
        return None
    return value if re.fullmatch(r"10+", str(value)) else None


def times(part: Spelled, scale: Fraction | None) -> Spelled:
    if scale is None:
        return part
    node = Binary("*", part.node, Constant(scale, f"{int(scale):,}"))
    return Spelled(node, part.phrases, part.symmetric)


def lists(text: str) -> Iterator[list[str]]:
    """The text cut at commas and conjunctions, at all of them first."""
    cuts = list(CUTS.finditer(text))
    if not 0 < len(cuts) <= MOST_CUTS:
        return
    for count in range(len(cuts), 0, -1):
        for chosen in combinations(cuts, count):
            starts = [0, *(cut.end() for cut in chosen)]
            ends = [*(cut.start() for cut in chosen), len(text)]
            parts = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
            if all(parts):
                yield parts


def binary(operator: Operator, left: Spelled, right: Spelled) -> Spelled:
    shift = len(left.phrases)
    slots: dict[int, Node] = {
        at: Quantity(at + shift, phrase) for at, phrase in enumerate(right.phrases)
    }
    one, two = (
        node if isinstance(node, Quantity) else Group(node)
        for node in (left.node, renumber(right.node, slots))
    )
    return Spelled(Binary(operator, one, two), left.phrases + right.phrases)


def phrase_alone(text: str) -> Spelled:
    return Spelled(Quantity(0, bare_operand(text)), (bare_operand(text),))


def bare_operand(text: str) -> str:
    """An operand without its article and the marks around it."""
    return ARTICLE.sub("", text.strip(" ,;."), count=1)


def grouped_by_comma(text: str) -> str:
    """The text with brackets where a comma says them: "A menos B, entre B" divides the difference.

    >>> grouped_by_comma("Altas menos bajas, entre plantilla")
    '(Altas menos bajas) entre plantilla'
    """
    return _COMMA_BEFORE_BETWEEN.sub(r"\g<head>(\g<left>) ", text)
