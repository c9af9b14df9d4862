"""Numbers with their nouns, as a sentence says them."""

from __future__ import annotations


def with_noun(number: int, one: str, many: str, none: str | None = None) -> str:
    """A number with its noun, and ``none`` for zero where that has words of its own.

    >>> with_noun(1, "tarjeta", "tarjetas"), with_noun(2, "tarjeta", "tarjetas")
    ('1 tarjeta', '2 tarjetas')
    """
    if number == 0 and none is not None:
        return none
    return f"{number} {one if number == 1 else many}"


def are_es(number: int) -> str:
    """``es 1``, ``son 2``."""
    return f"{'es' if number == 1 else 'son'} {number}"


def are_en(number: int) -> str:
    """``it is 1``, ``they are 2``."""
    return f"{'it is' if number == 1 else 'they are'} {number}"
