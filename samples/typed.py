"""What producers type for the same text: other characters, other spaces, letters apart."""

from __future__ import annotations

import unicodedata


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def unbreaking(text: str) -> str:
    return text.replace(" ", "\u00a0")


def thin(text: str) -> str:
    return text.replace(" ", "\u2009")


def ligated(text: str) -> str:
    return text.replace("fi", "\ufb01").replace("fl", "\ufb02")


def softened(text: str) -> str:
    return text.replace("ción", "\u00adción").replace("dores", "\u00addores")


def spelt(text: str) -> str:
    """Letters apart, words further apart, in long lines."""
    return "   ".join(" ".join(word) for word in text.split()) if len(text) > 12 else text
