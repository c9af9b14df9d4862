"""The objectives that a programme's indicators, or a ficha's cards, are of."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.schema import Assessment, Indicator
from normalize.text import match_key


def objectives_of(rows: Sequence[Indicator | Assessment]) -> list[Indicator | Assessment]:
    """The first row of each objective, told by its number, or else by the key, or else by its text.

    Empty where some row says none of these as the others do.
    """
    for keys in (
        [row.objective_number for row in rows],
        [_first_part(row.indicator_id) for row in rows],
        [match_key(row.objective or "") or None for row in rows],
    ):
        if all(key is not None for key in keys):
            found: dict[object, Indicator | Assessment] = {}
            for key, row in zip(keys, rows, strict=True):
                found.setdefault(key, row)
            return list(found.values())
    return []


def _first_part(indicator_id: str) -> str | None:
    """The 6 of 6.3."""
    head, dot, rest = indicator_id.partition(".")
    return head if dot and rest and head.isdecimal() else None
