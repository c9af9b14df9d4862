"""The cheap text of all pages: which of them can hold a ficha."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.template import Template
from normalize.text import match_key

CLOSE = 88.0
"""Likeness (0 to 100) from which a page's text holds a wording somewhere."""
MARK = 17
"""Letters from which a label is rare enough in prose to tell a page of a ficha."""

_PLACE = re.compile(r"\{\w+\}")


def candidate_pages(texts: Sequence[str], template: Template) -> list[int]:
    """Pages (from 1) that can hold a ficha or a part of one, in order; none without a start.

    After a page with a start come the pages that hold labels, one more where they end (for the
    rest of a cut row), and a page without any between two with labels.
    """
    keys = [match_key(text) for text in texts]
    starts = [match_key(wording) for wording in template.start]
    marks = {
        match_key(_PLACE.sub("", label.wordings[0])): label.at in ("none", "grid")
        for label in template.labels
    }
    begins = [_holds(key, starts) for key in keys]
    goes_on = [
        begin or any(mark in key and (title or len(mark) > MARK) for mark, title in marks.items())
        for begin, key in zip(begins, keys, strict=True)
    ]
    pages: list[int] = []
    reach = -1
    for index in range(len(keys)):
        if begins[index]:
            reach = index + 2
        elif index <= reach and goes_on[index]:
            reach = max(reach, index + 1)
        if index <= reach and (index < reach or begins[index - 1] or goes_on[index - 1]):
            pages.append(index + 1)
    return pages


def _holds(key: str, wordings: Sequence[str]) -> bool:
    """Whether a page's text holds one of some wordings, up to slips."""
    if any(wording in key for wording in wordings):
        return True
    longest = max(wordings, key=len)
    return fuzz.partial_ratio(longest, key, score_cutoff=CLOSE) > 0
