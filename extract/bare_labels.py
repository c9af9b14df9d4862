"""Labels among text without rules: chunks, one under the other, whose words are a label's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.chunks import ALIGNED, Chunk, Sheet
from extract.geometry import Rect, union
from extract.labels import EXACT, HeadingMatch, Match, Matcher
from normalize.text import join_lines

LINES = 7
"""Lines that a label may take in a narrow column."""
STEP = 1.35
"""Leadings to the next line of a label at most."""
CENTRED = 3.0
"""Points by which the middles of two lines of a centred label may differ."""
NO_WORSE, SLIPPED = 1.0, 8.0
"""Likeness that a longer text may lose and still be the label; the same where both are one."""
STRETCH = 8.0
"""Character heights between two words of a justified line at most."""
SURE = 95.0
"""Likeness from which the first words of a chunk are a label, and the others its value."""
MORE = 1.15
"""Times the usual gap between the words of a chunk before one that begins a column."""
CLOSE = 1.15
"""Leadings up to which the line above is of the same paragraph."""


@dataclass(frozen=True, slots=True)
class Block:
    """Chunks that are a label, a ficha's title (``start``) or the heading above it."""

    chunks: tuple[Chunk, ...]
    match: Match | None = None
    heading: HeadingMatch | None = None
    start: bool = False

    @property
    def rect(self) -> Rect:
        return union(chunk.rect for chunk in self.chunks)

    @property
    def first(self) -> float:
        return self.chunks[0].level

    @property
    def last(self) -> float:
        return self.chunks[-1].level

    @property
    def text(self) -> str:
        return join_lines([chunk.text for chunk in self.chunks])

    @property
    def at(self) -> str:
        return self.match.label.at if self.match else "none"

    @property
    def is_inner(self) -> bool:
        """Whether it stands under the heading of a column (*Valor* and *Año*)."""
        return self.match is not None and self.match.label.within != "" and self.at == "right"

    @property
    def field(self) -> str:
        return self.match.label.field if self.match else ""


def find_blocks(sheet: Sheet, matcher: Matcher) -> list[Block]:
    """The labels, titles and headings of a strip, from the top; chunks that hold a label and its
    value are parted in ``sheet``."""
    blocks = _search(sheet, matcher)
    if _part(sheet, matcher, blocks):
        blocks = _search(sheet, matcher)
    return blocks


def _search(sheet: Sheet, matcher: Matcher) -> list[Block]:
    chunks = sorted(sheet.chunks, key=lambda c: (round(c.level, 1), c.rect.x0))
    used: set[int] = set()
    blocks: list[Block] = []
    for at, chunk in enumerate(chunks):
        if id(chunk) in used:
            continue
        block = _block(chunk, chunks[at + 1 :], sheet.leading, matcher)
        if block is None or (block.match and (block.match.score < EXACT or len(block.chunks) < 2)):
            # ("Periodicidad" is a label by itself, and the beginning of another.)
            stretched = _stretched(chunk, chunks, sheet.leading, matcher)
            # One of fewer pieces is the first line of a label whose second one is misspelt.
            pieces = len(block.chunks) if block is not None else 0
            if stretched is not None and len(stretched.chunks) > pieces:
                block = stretched
        if block is not None:
            blocks.append(block)
            used.update(id(part) for part in block.chunks)
    kept = [block for block in blocks if not _in_paragraph(block, chunks, used, sheet.leading)]
    heads = [block.first for block in kept if block.at == "below"]
    # A heading may stand close under the text of another column, level with its neighbour.
    return [
        block
        for block in blocks
        if block in kept
        or (block.at == "below" and any(abs(block.first - at) < ALIGNED for at in heads))
    ]


def _block(
    chunk: Chunk, following: Sequence[Chunk], leading: float, matcher: Matcher
) -> Block | None:
    """The longest label that begins with a chunk."""
    lines = [chunk]
    found: list[tuple[float, Block]] = []
    while len(lines) <= LINES:
        whole = tuple(lines)
        text = join_lines([line.text for line in whole])
        match = matcher.match(text)
        heading = matcher.heading(text)
        rest = join_lines([line.text for line in whole[1:]])
        if matcher.heading(rest) or matcher.is_start(rest):
            break  # what stands over a title is no part of it
        if match is not None and not _is_rest_better(whole, match, matcher):
            found.append((match.score, Block(whole, match)))
        elif start := matcher.start(text):
            found.append((start, Block(whole, start=True)))
        elif heading is not None:
            found.append((heading.score, Block(whole, heading=heading)))
        below = _below(lines[-1], chunk, following, leading)
        if below is None:
            break
        lines.append(below)
    if not found:
        return None
    best = max(score for score, _ in found)
    first = next(block for score, block in found if score == best)
    return [block for score, block in found if score >= best - _leave(block, first)][-1]


def _stretched(
    first: Chunk, chunks: Sequence[Chunk], leading: float, matcher: Matcher
) -> Block | None:
    """The label that begins with a chunk and whose lines are justified, so that their words are
    chunks of their own: only one that is worded as declared."""
    parts: list[Chunk] = [first]
    start, found = first, None
    while matcher.begins(text := join_lines([part.text for part in parts])):
        match = matcher.match(text)
        if match is not None and match.score >= EXACT:
            found = Block(tuple(parts), match)
        beside = _next_on_line(parts[-1], chunks)
        longer = join_lines([text, beside.text]) if beside is not None else ""
        if beside is not None and matcher.begins(longer):
            parts.append(beside)
            continue
        below = _below(start, first, chunks[chunks.index(start) + 1 :], leading)
        if below is None:
            break
        parts.append(below)
        start = below
    return found


def _next_on_line(chunk: Chunk, chunks: Sequence[Chunk]) -> Chunk | None:
    """The nearest chunk to the right of one, where a justified line may have set it."""
    reach = STRETCH * chunk.rect.height
    level = [
        other
        for other in chunks
        if abs(other.level - chunk.level) < ALIGNED and 0 < other.rect.x0 - chunk.rect.x1 < reach
    ]
    return min(level, key=lambda other: other.rect.x0, default=None)


def _leave(block: Block, best: Block) -> float:
    """How much less like its wording a longer text may be than the best: more where it is the same
    label in a longer wording, with a slip in its second line; nothing where its words are no more
    than the best's with others behind them, which are the value's."""
    if not block.match or not best.match or block.match.label is not best.match.label:
        return NO_WORSE
    return SLIPPED if block.match.wording != best.match.wording else 0.0


def _is_rest_better(lines: Sequence[Chunk], match: Match, matcher: Matcher) -> bool:
    """Whether the first line is none of the label's: a number over it, say."""
    rest = matcher.match(join_lines([line.text for line in lines[1:]])) if lines[1:] else None
    return rest is not None and rest.score > match.score


def _below(last: Chunk, first: Chunk, following: Sequence[Chunk], leading: float) -> Chunk | None:
    """The line under the last one of a block, in its column."""
    for chunk in following:
        step = chunk.level - last.level
        if step > STEP * leading:
            return None
        if step < leading / 2:
            continue
        left = abs(chunk.rect.x0 - first.rect.x0)
        if left <= ALIGNED or _is_centred(chunk, last):
            return chunk
    return None


def _middle(chunk: Chunk) -> float:
    return (chunk.rect.x0 + chunk.rect.x1) / 2


def _in_paragraph(block: Block, chunks: Sequence[Chunk], used: set[int], leading: float) -> bool:
    """Whether a label is a line of running text: another line stands directly over it.

    A section's title may stand that close under a value, but begins with a capital: «de la línea
    base.» ends a sentence.
    """
    first = block.chunks[0]
    if block.at in ("none", "grid") and not first.text[:1].islower():
        return block.match is not None and _goes_on(block, chunks, used, leading)
    return any(
        0 < first.level - chunk.level <= CLOSE * leading
        and abs(chunk.rect.x0 - first.rect.x0) <= ALIGNED
        and id(chunk) not in used
        for chunk in chunks
    )


def _goes_on(block: Block, chunks: Sequence[Chunk], used: set[int], leading: float) -> bool:
    """Whether a line that reads like a title is the beginning of a sentence («El valor de la línea
    base es…»): the next one in its column goes on in small letters."""
    last = block.chunks[-1]
    return any(
        0 < chunk.level - last.level <= CLOSE * leading
        and chunk.text[:1].islower()
        and id(chunk) not in used
        and (abs(chunk.rect.x0 - last.rect.x0) <= ALIGNED or _is_centred(chunk, last))
        for chunk in chunks
    )


def _is_centred(chunk: Chunk, other: Chunk) -> bool:
    return abs(_middle(chunk) - _middle(other)) <= CENTRED


def _part(sheet: Sheet, matcher: Matcher, blocks: Sequence[Block]) -> bool:
    """Part the chunks that run into a column of labels, and those that begin where labels do, with
    the words of one; whether there are any."""
    places = Counter(round(block.rect.x0) for block in blocks if block.match)
    columns = [place for place, count in places.items() if count > 1]
    taken = {
        id(chunk)
        for block in blocks
        for chunk in block.chunks
        if len(block.chunks) > 1 or not _holds_value(block, matcher)
    }
    parted: list[Chunk] = []
    for chunk in sheet.chunks:
        if id(chunk) in taken:
            parted.append(chunk)
            continue
        for piece in _by_columns(chunk, columns):
            near = any(abs(place - piece.rect.x0) <= ALIGNED for place in places)
            count = _label_words(piece, matcher) if near else 0
            parted.extend(split(piece, count) if count else [piece])
    found = len(parted) > len(sheet.chunks)
    sheet.chunks = parted
    return found


def _holds_value(block: Block, matcher: Matcher) -> bool:
    """Whether the first words of a block are more like its label than all of them."""
    words = block.chunks[0].words
    score = block.match.score if block.match else 100.0
    count = _label_words(block.chunks[0], matcher)
    match = matcher.match(" ".join(word.text for word in words[:count]))
    return count > 0 and match is not None and match.score > score


def _by_columns(chunk: Chunk, columns: Sequence[float]) -> list[Chunk]:
    """A chunk parted where, behind a gap wider than its others, a column of labels begins."""
    shift = chunk.rect.x0 - chunk.words[0].rect.x0
    gaps = [b.rect.x0 - a.rect.x1 for a, b in pairwise(chunk.words)]
    usual = median(gaps) if len(gaps) > 1 else 0.0
    for at, gap in enumerate(gaps, start=1):
        start = chunk.words[at].rect.x0 + shift
        if gap > MORE * usual and any(abs(place - start) <= ALIGNED for place in columns):
            first, rest = split(chunk, at)
            return [first, *_by_columns(rest, columns)]
    return [chunk]


def _label_words(chunk: Chunk, matcher: Matcher) -> int:
    """How many words at the start of a chunk are a label; 0 where none are."""
    for count in range(min(len(chunk.words) - 1, 10), 0, -1):
        match = matcher.match(" ".join(word.text for word in chunk.words[:count]))
        if match is not None and match.score >= SURE:
            return count
    return 0


def split(chunk: Chunk, count: int) -> tuple[Chunk, Chunk]:
    """A chunk as its first ``count`` words and the rest."""
    dx = chunk.rect.x0 - chunk.words[0].rect.x0
    dy = chunk.rect.top - min(word.rect.top for word in chunk.words)
    first, rest = (
        replace(
            chunk,
            words=words,
            rect=union(word.rect for word in words).shifted(dx, dy),
            order=chunk.order + words[0].chars[0].order - chunk.words[0].chars[0].order,
        )
        for words in (chunk.words[:count], chunk.words[count:])
    )
    return first, rest
