"""Short running text at the right of a strip's cards, which its length does not tell from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.card_labels import Kind, begins_measure
from extract.card_strips import Beside, Column
from extract.free_text import Segment, same_box
from extract.geometry import share_x
from normalize.grades import is_exact
from normalize.words import trend_of

APART = 0.5
"""Line heights that at least part a text from the last card where no rule does."""
SAME_END = 3.0
"""Points within which the rules of one table end."""
UNDER = 4.0
"""Line heights that a name's line stands under its first one at most."""
FULL_STOP = re.compile(r"[.!?]$")
"""How a sentence ends for sure: a bracket or a quotation mark may end a word of a drawing."""

_ROWS: tuple[Kind, ...] = ("features", "milestone", "progress")
_GRADES = ("quality", "milestone_status", "target_progress")


def is_sentence(text: str) -> bool:
    """Whether a text is a whole sentence, however short: more than one word, from a capital to a
    full stop.

    >>> is_sentence("Sin avance."), is_sentence("Sin avance"), is_sentence("intermedia.")
    (True, False, False)
    """
    opens = text.lstrip(" ¡¿«“\"'")[:1]
    long = len(re.findall(r"[^\W\d_]{2,}", text)) > 1
    return long and (opens.isupper() or opens.isdecimal()) and bool(FULL_STOP.search(text))


def beyond(beside: Beside, cuts: Sequence[float]) -> tuple[list[Segment], bool]:
    """What stands right of the last card, which a key tells, and whether it surely is none of it:
    behind the rule that closes it (``cuts``: the upright ones, from the left), or a column of
    whole sentences clear of it.

    Empty where there is none, or where it may be a card whose key was not read.
    """
    if not beside.keys:
        return [], False
    key = max(beside.keys, key=lambda each: each.rect.x0)
    right = [
        each
        for each in beside.after
        if beside.is_inside(each) and each.centre > key.rect.x0 and has_word(each)
    ]
    reach = max(each.rect.x1 for each in _card(beside, key, right))
    for cut in (*(at for at in cuts if at >= reach - 1.0), *_ends(beside, reach)):
        found = [each for each in right if each.rect.x0 >= cut - 1.0]
        if found:
            return ([], False) if any(_is_card_word(beside, e) for e in found) else (found, True)
    found = [each for each in right if each.rect.x0 >= reach + APART * each.size]
    whole = _whole(found, beside.after)
    return found, bool(found) and _is_column(whole) and is_sentence(_text(whole))


def stray(columns: Sequence[Column]) -> list[Segment]:
    """Text of words beside the last card's drawing that stands clear of all its other texts: it is
    taken out of the card."""
    if not columns:
        return []
    cells = columns[-1].cells
    reach = max(
        (e.rect.x1 for kind, own in cells.items() if kind != "trend" for e in own), default=0
    )
    found = [
        each
        for each in cells.get("trend", ())
        if reach and each.rect.x0 >= reach + APART * each.size and has_word(each)
    ]
    if found:
        cells["trend"] = [each for each in cells["trend"] if each not in found]
    return found


def has_word(each: Segment) -> bool:
    """Whether a text has a word, and not figures and signs alone."""
    return any(word.isalpha() and len(word) > 2 for word in re.split(r"\W+", each.text))


def _card(beside: Beside, key: Segment, right: Sequence[Segment]) -> list[Segment]:
    """The texts that surely are the last card's: its name, and the words that cards have."""
    own = [key]
    names = [
        each
        for each in right
        if each.page is key.page
        and each.middle > key.middle
        and not any(beside.in_row(kind, each) for kind in _ROWS)
    ]
    for each in sorted(names, key=lambda each: each.rect.top):
        last = own[-1]
        below = each.rect.top - last.rect.bottom
        if share_x(each.rect, last.rect) > 0 and below <= UNDER * each.size:
            own.append(each)
    return [*own, *(each for each in right if _is_card_word(beside, each))]


def _is_card_word(beside: Beside, each: Segment) -> bool:
    """Whether a text is a card's, by its words and the row that it stands in."""
    if begins_measure(each.text) and each.text[-1:].isalpha():
        return True
    if trend_of(each.text) is not None:
        return True
    below = beside.strip.label("features") or beside.strip.first
    if each.page is below.page and each.middle < below.rect.top - each.size:  # beside the names
        return False
    return not FULL_STOP.search(each.text) and any(is_exact(each.text, field) for field in _GRADES)


def _ends(beside: Beside, reach: float) -> list[float]:
    """Where the level rules of the strip's table end, if they end at one place right of a card."""
    strip = beside.strip
    page = strip.first.page
    top, bottom = strip.first.rect.top, strip.on(page)[-1].rect.bottom
    ends = [
        rule.end
        for rule in beside.horizontal(page)
        if top <= rule.at <= bottom and rule.start <= strip.right and rule.end >= reach - 1.0
    ]
    one = len(ends) > 1 and max(ends) - min(ends) <= SAME_END
    return [min(ends)] if one else []


def _whole(found: Sequence[Segment], segments: Sequence[Segment]) -> list[Segment]:
    """A box's lines with those that stand higher or lower than the cards."""
    whole = list(found)
    for each in whole:  # grows while it is gone through
        whole += [e for e in segments if same_box(each, e) and not any(e is w for w in whole)]
    return whole


def _is_column(segments: Sequence[Segment]) -> bool:
    """Whether lines stand below each other, no two of them side by side."""
    lines = sorted(segments, key=lambda each: (each.page.number, each.rect.top))
    return all(
        below.page is not above.page
        or (below.middle > above.rect.bottom and share_x(above.rect, below.rect) > 0)
        for above, below in pairwise(lines)
    )


def _text(segments: Sequence[Segment]) -> str:
    lines = sorted(segments, key=lambda each: (each.page.number, each.rect.top))
    return " ".join(each.text for each in lines)
