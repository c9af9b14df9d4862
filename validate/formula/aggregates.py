"""Sums over an index, weights in words, and fractions whose bar was not printed as text.

These name their operands without a sign between them: what makes them readable is that the stated
variables are what they run over, all of them and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

from rapidfuzz import fuzz

from normalize.numbers import parse_number
from normalize.text import match_key
from validate.formula.names import bare, own_symbols
from validate.formula.spelled import (
    Spelled,
    bare_operand,
    binary,
    phrase_alone,
    power_of_ten,
    times,
)
from validate.formula.tree import Binary, Constant, Node, Quantity

SAME = 95.0
"""Likeness from which words are two names one behind the other, but for a slip."""

_NAMED = r"(?:[^=:]{0,80}=\s*)?"
_INDEXED = re.compile(
    rf"{_NAMED}(?:[Σ∑]|(?:la\s+)?suma(?:toria)?\s+del?\s+)\s*"
    r"(?:[_^]?[({]?\s*[ijkn]\s*=\s*1\s*[)}]?\s*(?:[_^]?[({]?[a-zA-Z\d]{1,2}[)}]?)?(?=[\s(\[]))?\s*"
    r"[(\[{]?\s*(?:(?P<symbol>[A-Z]{1,6})_?[ijkn]|(?P<term>[^()\[\]{}+*/×÷=]{5,}?)[\s_]+[ijkn])"
    r"\s*[)\]}]?"
)
_LEAST_WORDS = 2
"""So many words of a term must begin each variable's name, its index and what it counts apart."""

_LITTLE = frozenset("de del la las el los en por cada un una".split())

_WEIGHTED = re.compile(
    r"(?:promedio|suma|sumatoria|media)\s+ponderad[oa]\s+(?:del?|por|con)?\s*", re.IGNORECASE
)
_WEIGHT = re.compile(
    r"\s*,?\s*(?:\(|\bcon\s+(?:un\s+|una\s+)?(?:peso|ponderaci[oó]n)\s+)?\s*"
    r"(?:(?:con\s+)?(?:un\s+|una\s+)?(?:peso|ponderaci[oó]n)\s+)?(?:del?\s+|:\s*)?"
    r"(?P<weight>\d{1,3}(?:\.\d+)?\s?%|0?\.\d+)\s*\)?"
)
_JOINT = re.compile(r"^[\s,;.]*(?:(?:y|e|m[aá]s|\+)\s+)?")
_OF = re.compile(r"^(?:de\s+)?(?:la|las|los|el)?\s*(?=[^\W\d_])", re.IGNORECASE)
_SIGN = re.compile(r"[-+*/×÷·−–_—:√Σ∑^]|(?<![^\W\d_])\d|\b(?:entre|por|más|menos|x)\b")
_SCALE = re.compile(r"\s*(?:[xX×*]|\bpor\b)\s*\(?(?P<scale>10+|\d{1,3}(?:,\d{3})+)\)?%?(?!\w)\s*")


_ENUMERATOR = re.compile(r"^\s*(?:\d{1,2}\s?\.\s?[-–)]|\d{1,2}\)|[a-zA-Z]\))\s*(?=[^\W\d_]|[(\[{])")


def indexed_sum(body: str, variables: Sequence[str]) -> Spelled | None:
    """``Σ Vi`` over ``V1: …``, ``V2: …``; ``Σ Superficie en el estado i`` over "Superficie en …".

    ``None`` unless each of two and more variables is one that the index runs over.
    """
    found = _INDEXED.fullmatch(body)
    if found is None or len(variables) < 2:
        return None
    if found["symbol"]:
        counted = re.compile(rf"{re.escape(found['symbol'].lower())}\d{{1,2}}")
        runs = all(any(map(counted.fullmatch, own_symbols(name))) for name in variables)
    else:
        words = _content(found["term"])
        # "en el estado i" is "en el estado de Chiapas" and "en Chiapas": the class may be left out.
        shared = words[:-1] if len(words) > _LEAST_WORDS else words
        runs = len(shared) >= _LEAST_WORDS and all(
            _content(name)[: len(shared)] == shared for name in variables
        )
    return _sum(tuple(variables)) if runs else None


def _content(text: str) -> list[str]:
    return [word for word in match_key(text).split() if word not in _LITTLE]


def _sum(phrases: tuple[str, ...]) -> Spelled:
    slots: list[Node] = [Quantity(at, phrase) for at, phrase in enumerate(phrases)]
    return Spelled(reduce(_plus, slots), phrases, symmetric=True)


def _plus(left: Node, right: Node) -> Node:
    return Binary("+", left, right)


def weighted(body: str) -> Iterator[Spelled]:
    """``Promedio ponderado de las calificaciones: A (40 %), B (35 %) y C (25 %)``."""
    found = _WEIGHTED.search(body)
    if found is None:
        return
    head, _, listed = body[found.end() :].rpartition(":")
    marks = list(_WEIGHT.finditer(listed))
    if len(marks) < 2 or listed[marks[-1].end() :].strip(" .;)"):
        return
    starts = [0, *(mark.end() for mark in marks[:-1])]
    names = [
        bare_operand(_JOINT.sub("", listed[start : mark.start()]))
        for start, mark in zip(starts, marks, strict=True)
    ]
    if not all(names):
        return
    kinds = [""] if not head else ["", f"{_OF.sub('', head.strip())} de "]
    for kind in kinds:
        phrases = tuple(f"{kind}{name}" for name in names)
        terms = [
            _weighed(mark["weight"], at, phrase)
            for at, (mark, phrase) in enumerate(zip(marks, phrases, strict=True))
        ]
        yield Spelled(reduce(_plus, terms), phrases)


def _weighed(text: str, at: int, phrase: str) -> Node:
    percent = text.endswith("%")
    value: Fraction = parse_number(text.rstrip("% ")).fraction
    return Binary("*", Constant(value, text.rstrip("% "), percent), Quantity(at, phrase))


def unbarred(body: str, variables: Sequence[str]) -> Spelled | None:
    """``A B x 100``, or ``A x 100 B``: a fraction of which only the words were printed as text.

    Its scale must be printed, and its words be the names of the two variables, one behind the
    other: nothing else stands in two lines like that.
    """
    if len(variables) != 2:
        return None
    said = body.rpartition("=")[2]
    scales = list(_SCALE.finditer(said))
    scale = power_of_ten(scales[0]["scale"]) if len(scales) == 1 else None
    if scale is None:
        return None
    without_scale = _SCALE.sub(" ", said)
    if len(_SIGN.findall(without_scale)) > sum(len(_SIGN.findall(name)) for name in variables):
        return None
    words = match_key(without_scale)
    for above, below in (variables, tuple(reversed(variables))):
        if fuzz.ratio(words, f"{bare(above)} {bare(below)}") >= SAME:
            return times(binary("/", phrase_alone(above), phrase_alone(below)), scale)
    return None


def without_key(text: str, key: str) -> str:
    """The text without an enumerator or the indicator's own key in front: ``1.1 (A / B) x 100``.

    A key of one part is left alone: it could be a number of the formula.
    """
    text = _ENUMERATOR.sub("", text)
    if not re.fullmatch(r"\d{1,2}(?:\.\w{1,3})+", key):
        return text
    return re.sub(rf"^\s*{re.escape(key)}(?![\w%]|[.,]\d)[.\s:)–-]*(?=[^\W\d_]|[(\[{{])", "", text)
