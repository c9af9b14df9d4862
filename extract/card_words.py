"""Words that a narrow ruled cell breaks, joined where the document or the lists of grades tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.free_text import Segment
from extract.geometry import Rect
from extract.types import Printed
from normalize.text import match_key

Vocabulary = frozenset[str]
"""Words that stand whole in a document, for comparing."""


def vocabulary_of(segments: Sequence[Segment]) -> Vocabulary:
    """The words that no break of a line has cut: neither the first nor the last of a line."""
    return frozenset(
        match_key(word.text.strip(".,;:()")) for each in segments for word in each.line[1:-1]
    )


def mended(text: Printed, cell: Sequence[Segment], known: Vocabulary) -> tuple[Printed, bool]:
    """A cell's text with its broken words joined, and whether it may hold one that is not.

    A line that is one word and fills its cell may end inside of it: it does where the document has
    the two parts as one word elsewhere, and does not where it has them as two.
    """
    whole, doubtful = text.text, False
    for last, rest in _breaks(cell):
        first = rest.split(" ")[0]
        pair = f"{last} {first}"
        if pair not in whole:
            continue
        parts = {match_key(last), match_key(first.strip(".,;:()"))}
        if match_key(last + first.strip(".,;:()")) in known and not parts <= known:
            whole = whole.replace(pair, last + first, 1)
        elif not parts <= known:
            doubtful = True
    return Printed(whole, text.pieces, text.reader), doubtful


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


def _breaks(cell: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """The ends and beginnings of lines that may be parts of one word."""
    for above, below in pairwise(cell):
        frame = above.frame
        if frame is None or below.frame != frame or len(above.line) > 1:
            continue
        last, rest = above.line[0].text, below.line[0].text
        if not (last.isalpha() and last[-1].islower() and rest[0].islower()):
            continue
        if below.line[0].chars[0].gap != " " and _is_full(above, below, frame):
            yield last, below.text


def _is_full(above: Segment, below: Segment, frame: Rect) -> bool:
    """Whether the next line's first letter would not have fitted behind a line."""
    padding = max(min(above.rect.x0 - frame.x0, frame.x1 - above.rect.x1), 0.0)
    room = frame.width - above.rect.width - 2 * min(padding, above.size)
    return room < below.line[0].chars[0].rect.width + 1.0
