"""The cheap text of all pages: which of them can hold a ficha."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from extract.template import Template
from normalize.text import match_key

CLOSE = 88.0
"""Likeness (0 to 100) from which a page's text holds a wording somewhere."""
MARK, RARE = 10, 20
"""Letters from which two labels, or one alone, are rare enough in prose to tell a ficha's page."""

_PLACE = re.compile(r"\{\w+\}")

page_key = lru_cache(maxsize=4096)(match_key)
"""A page's cheap text for comparing: every family looks for its own words in the same few pages,
and a key takes longer than the look."""


def letters_of(texts: Sequence[str]) -> str:
    """The letters and digits of all pages' texts for comparing, without anything between them."""
    return "".join(_squeezed(page_key(text)) for text in texts)


def candidate_pages(texts: Sequence[str], template: Template) -> list[int]:
    """Pages (from 1) that can hold a ficha or a part of one, in order; none without a start.

    After a page with a start come the pages that hold labels, one more where they end (for the
    rest of a cut row), and a page without any between two with labels.
    """
    keys = [page_key(text) for text in texts]
    starts = [match_key(wording) for wording in template.start]
    marks = _marks(template)
    pages: list[int] = []
    reach, before = -1, False
    for index, key in enumerate(keys):
        begins = _holds(key, starts)
        goes_on = begins or (index <= reach and _has_labels(key, marks))
        if begins:
            reach = index + 2
        elif goes_on:
            reach = max(reach, index + 1)
        if index <= reach and (index < reach or before):
            pages.append(index + 1)
        before = goes_on
    return pages


def _marks(template: Template) -> dict[str, bool]:
    """The wordings that a page is searched for, without spaces (narrow cells break words), and
    whether one of them is enough."""
    marks: dict[str, bool] = {}
    for label in template.labels:
        for wording in label.wordings:
            key = _squeezed(match_key(_PLACE.sub("", wording)))
            if len(key) >= MARK:
                sure = label.at in ("none", "grid") or len(key) >= RARE
                marks[key] = sure or label.field.startswith("variable.")
    return marks


def _has_labels(key: str, marks: Mapping[str, bool]) -> bool:
    text = _squeezed(key)
    found = [sure for mark, sure in marks.items() if mark in text]
    return any(found) or len(found) > 1


def _squeezed(key: str) -> str:
    return key.replace(" ", "")


def _holds(key: str, wordings: Sequence[str]) -> bool:
    """Whether a page's text holds one of some wordings, up to slips."""
    if any(wording in key for wording in wordings):
        return True
    longest = max(wordings, key=len)
    return fuzz.partial_ratio(longest, key, score_cutoff=CLOSE) > 0
