"""The legend behind a formula: "Donde: PA = Población atendida; PT = Población total".

A legend begins with a word that says so, or, where no word does, where a symbol that the formula
used is used again with an explanation behind it. Only symbols of the formula have entries, so that
a colon or an equals sign inside an explanation is no new entry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from normalize.text import fold, match_key
from validate.formula.scan import PAIRS

SYMBOL = r"[^\W\d_]\w{0,14}(?:\s?[-–]\s?\d)?"
"""A symbol as formulas print it: ``PA``, ``TMM_t``, ``PAₜ``, ``VPt-1``."""

_INTRODUCTION = re.compile(
    r"\b(?P<word>(?:en\s+)?d[oó]nde|siendo|en\s+(?:la|el)\s+cual)\b\s*(?P<colon>:?)",
    re.IGNORECASE,
)
MOST_BEGINNINGS = 20
"""So many places are tried as the beginning of a legend."""

_SYMBOL_IN_BODY = re.compile(rf"(?<![\w]){SYMBOL}")
_UNANNOUNCED = re.compile(rf"(?<=[\s;,.])(?P<key>{SYMBOL})\s*[=:]\s*(?=[^\W\d_])")
_SUBSCRIPT = re.compile(r"_\{([^{}]{1,12})\}")
_TIME = re.compile(r"(?<=[^\W\d_])\((t(?:\s?[-–+]\s?\d)?)\)")
_SPACED = re.compile(r"\b([A-ZÁÉÍÓÚÑ]{1,8}) (t(?:\s?[-–+]\s?\d)?)(?!\w)")
_SUPERSCRIPT = re.compile(r"\^\{([^{}]{1,12})\}")
_THOUSANDS = re.compile(
    r"(?<=[xX×*·]) ?(?P<count>10{0,2}) mil\b|(?<=\bpor )(?P<said>10{0,2}) mil\b"
)
_EACH = re.compile(r"\bpor cada (?=\d|mil\b|cien\b)", re.IGNORECASE)
_STATED_FIRST = re.compile(rf"(?P<key>{SYMBOL})\s*[=:]\s*(?=[^\W\d_])")
_EXPLAINED = r"\s*(?:[=:]|\s[-–—]|\s+(?:es|son)\b(?=\s)|(?=\s+(?:el|la|los|las)\s))\s*"
_OPERATES = re.compile(
    r"[-+*/×÷·=–−√Σ∑^]|\w\s?:\s?\w|\b(?:x|X|entre|por|más|menos|promedio|suma)\b"
)
_OPERATOR = re.compile(r"[-+*/×÷=–−(]\s*$")
_CURRENCY = re.compile(r"\s{0,2}\(\s{0,2}\$\s{0,2}\)")
_COEFFICIENT = re.compile(
    r"(?<![\w.,])(?P<factor>\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(?P<symbol>[^\W\d_]\w{0,7})\b(?!\s+[^\W\d_]{2})"
)


def plain_scripts(text: str) -> str:
    """``X_{t}``, ``X(t)`` and ``X t`` as ``X_t``, ``10^{6}`` as ``10^(6)``, ``x 100 mil`` as
    ``x 100,000``: no brackets of a formula, and no words; ``($)`` is a unit mark."""
    text = _CURRENCY.sub(" ", text)
    text = _THOUSANDS.sub(lambda m: f" {m['count'] or m['said']},000", text)
    plain = _TIME.sub(r"_\1", _SUPERSCRIPT.sub(r"^(\1)", _SUBSCRIPT.sub(r"_\1", fold(text))))
    return _SPACED.sub(r"\1_\2", plain)


def without_each(text: str) -> str:
    """``por cada 1,000`` as ``por 1,000``, which a method multiplies by."""
    return _EACH.sub("por ", text)


def multiplied_out(text: str, symbols: Collection[str]) -> str:
    """``0.4A`` as ``0.4 × A``, where ``A`` is one of the symbols (as :func:`symbol_key`) and
    ``0.4A`` is none."""

    def product(found: re.Match[str]) -> str:
        known = symbol_key(found["symbol"]) in symbols and symbol_key(found.group()) not in symbols
        return f"{found['factor']} × {found['symbol']}" if known else found.group()

    return _COEFFICIENT.sub(product, text)


def split_legend(text: str) -> tuple[str, dict[str, str]]:
    """The formula without its legend, and what the legend explains: ``pa`` → ``Población …``."""
    if _STATED_FIRST.match(text) and (split := _split_leading(text)):
        return split
    for found in islice(_INTRODUCTION.finditer(text), MOST_BEGINNINGS):
        body, rest = text[: found.start()], text[found.end() :]
        if not _OPERATES.search(body) or _opens(body):
            continue
        entries = _entries(rest, _symbols(body))
        if entries or found["colon"]:
            return trim(body), entries
    return _split_unannounced(text)


def _split_unannounced(text: str) -> tuple[str, dict[str, str]]:
    for found in islice(_UNANNOUNCED.finditer(text), MOST_BEGINNINGS):
        body = text[: found.start()]
        if (
            _OPERATOR.search(body)
            or body.count("(") != body.count(")")
            or not re.search(r"[/*+×÷xX·]|entre|por", body)
            or found["key"] not in _symbols(body)
        ):
            continue
        entries = _entries(text[found.start() :], _symbols(body))
        if entries:
            return trim(body), entries
    return trim(text), {}


def _split_leading(text: str) -> tuple[str, dict[str, str]] | None:
    """``Numerador: … Denominador: … (Numerador / Denominador) x 100``: the legend goes before.

    The formula begins at a bracket, and all words from there on are symbols explained before.
    """
    explained = {found["key"] for found in _STATED_FIRST.finditer(text)}
    for found in islice(re.finditer(r"[(\[{]", text), MOST_BEGINNINGS):
        body = trim(text[found.start() :])
        words = set(re.findall(r"[^\W\d_]\w*", body)) - {"x", "X"}
        if len(words) > 1 and words <= explained and _OPERATES.search(body):
            entries = _entries(text[: found.start()], sorted(words, key=len, reverse=True))
            return (body, entries) if {symbol_key(word) for word in words} <= set(entries) else None
    return None


def _opens(body: str) -> bool:
    """Whether a bracket is still open: what follows is inside the formula."""
    return any(body.count(mark) > body.count(PAIRS[mark]) for mark in PAIRS)


def _symbols(body: str) -> list[str]:
    """The symbols in a formula, longest first; long words in small letters are none."""
    found = {match.group() for match in _SYMBOL_IN_BODY.finditer(body)}
    found |= {re.split(r"\s?[-–]", symbol)[0] for symbol in found}
    return sorted((s for s in found if len(s) <= 3 or not s.islower()), key=len, reverse=True)


def _entries(text: str, symbols: Sequence[str]) -> dict[str, str]:
    if not symbols:
        return {}
    keys = "|".join(re.escape(symbol) for symbol in symbols)
    marks = list(re.finditer(rf"(?<![\w])(?P<key>{keys})(?!\w){_EXPLAINED}", text))
    if not marks:
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {
        symbol_key(mark["key"]): re.sub(r"(?:\s+[ye]|[\s.;,])+$", "", text[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
        if text[mark.end() : end].strip(" .;,")
    }


def symbol_key(symbol: str) -> str:
    """``PA_t``, ``PAₜ`` and ``PA t`` as one key, ``pat``."""
    return match_key(symbol).replace(" ", "")


def trim(text: str) -> str:
    """The text without white space around it, its final stop, or a bracket that opens nothing."""
    return text.strip().rstrip(".;,( ")
