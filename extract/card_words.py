"""Words of known phrases that a narrow cell breaks, joined again."""

from __future__ import annotations

from collections.abc import Sequence

from extract.types import Printed
from normalize.text import match_key


def rejoined(text: Printed, phrases: Sequence[str]) -> Printed:
    """A text that is one of some phrases but for spaces inside its words, without these."""
    said = "".join(match_key(text.text).split())
    for phrase in phrases:
        own = phrase.split()
        if "".join(own) == said and len(own) < len(text.text.split()):
            return Printed(_respaced(text.text, own), text.pieces, text.reader)
    return text


def _respaced(text: str, words: Sequence[str]) -> str:
    """A text's own letters and marks, spaced as some words are."""
    left = text.replace(" ", "")
    parts: list[str] = []
    for word in words:
        length = next(
            (n for n in range(len(left) + 1) if match_key(left[:n]).replace(" ", "") == word), 0
        )
        while length < len(left) and not left[length].isalnum():
            length += 1
        parts.append(left[:length])
        left = left[length:]
    return " ".join(parts)
