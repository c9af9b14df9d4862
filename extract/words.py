"""Characters to words, lines and printed texts, by geometry and not by the order in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import add, attrgetter
from statistics import median

from extract.breaks import Joined, cut_words, full_lines, join_broken, join_known
from extract.geometry import Rect, clip, union
from extract.page import RISE, SUPERSCRIPTS, WORD_GAP, Char, Page
from extract.types import Piece, Printed
from extract.vocabulary import Vocabulary
from normalize.text import join_lines

SAME_LINE = 0.5
"""Part of the lower character's height that two characters of one line share at least."""
OVERPRINT = 0.25
"""Part of its width by which a character printed twice (bold by overprinting) may be off."""
COLUMN_GAP = 3.0
"""Gap, in character heights, that parts two texts on one line outside of tables."""
OVERLAID = 0.4
"""Part of the narrower one's width by which one character covers another that it does not belong
to; kerned and slanted letters cover less."""
HANGING = 0.2
"""Part of its height by which the middle of a line must be inside its cell not to hang out."""
MIXED = 2
"""Such characters from which a text is two texts over each other."""
FEW, FULL = 8, 0.8
"""Lines, and the part of them that end where their cells do, from which that is no accident."""
CUT = 2
"""Lines that end inside of words from which that is no accident."""
RAISED = 0.85
"""Height of a raised or lowered mark, as a part of its neighbour's."""


@dataclass(slots=True)
class Word:
    """Characters without white space between them, in reading order."""

    chars: tuple[Char, ...]
    text: str = field(init=False)
    rect: Rect = field(init=False)

    def __post_init__(self) -> None:
        self.text = "".join([char.text for char in self.chars])
        self.rect = union([char.rect for char in self.chars])


Line = tuple[Word, ...]


class _Cluster:
    """Characters on one line. The height of ``typical`` is that of most of them."""

    __slots__ = ("chars", "middle", "typical")

    def __init__(self, chars: list[Char]) -> None:
        self.chars = chars
        _, tops, _, bottoms = zip(*[char.rect for char in chars], strict=True)
        self.typical = Rect(0.0, median(tops), 0.0, median(bottoms))
        self.middle = median(map(add, tops, bottoms)) / 2


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """The lines of one block of text (a cell, say), top to bottom, words left to right."""
    clusters: list[list[Char]] = []
    home: list[Char] = []
    before = Rect(0.0, 0.0, 0.0, 0.0)
    for char in chars:
        rect = char.rect
        level = home and rect.top == before.top and rect.bottom == before.bottom
        if not level:
            home = _on_line(rect, clusters) or []
            if not home:
                clusters.append(home)
        home.append(char)
        before = rect
    if len(clusters) < 2:
        return [_words(cluster) for cluster in clusters]
    merged: list[_Cluster] = []
    for cluster in sorted(map(_Cluster, clusters), key=lambda c: c.middle):
        if merged and is_level(cluster.typical, merged[-1].typical):
            merged[-1] = _Cluster([*merged[-1].chars, *cluster.chars])
        else:
            merged.append(cluster)
    return [_words(cluster.chars) for cluster in merged]


def _on_line(rect: Rect, clusters: Sequence[list[Char]]) -> list[Char] | None:
    """The last of some lines that a character is on: level with their first and last one."""
    for cluster in reversed(clusters):
        if is_level(rect, cluster[-1].rect) and is_level(rect, cluster[0].rect):
            return cluster
    return None


def is_level(a: Rect, b: Rect) -> bool:
    """Whether two boxes are on one line."""
    _, top, _, bottom = a
    _, other_top, _, other_bottom = b
    height, other_height = bottom - top, other_bottom - other_top
    end = bottom if bottom < other_bottom else other_bottom
    start = top if top > other_top else other_top
    return end - start >= SAME_LINE * (height if height < other_height else other_height)


def _words(chars: Sequence[Char]) -> Line:
    """Characters of one line as words.

    The file's order knows of the space between two where they follow each other in it; otherwise
    the gap decides. (A line break between the two is pdfium's own guess: where a page has few texts
    it puts one after every character.) A raised or lowered digit is apart from the number it marks:
    ``29.99¹`` is no 29.991.
    """
    words: list[list[Char]] = []
    before: Char | None = None
    for char in sorted(sorted(chars, key=_order), key=_left):
        if before is None:
            words.append([char])
            before = char
            continue
        text, _, order, gap = char
        if text == before.text and _is_overprint(before, char):
            continue
        told = order == before.order + 1 and gap != "\n"
        apart = gap == " " if told else _is_far(before, char)
        raised = text.isdecimal() and _is_raised(before, char)
        if raised and before.text.isalpha() and not apart:
            char = char._replace(text=SUPERSCRIPTS.get(text, text))
            words[-1].append(char)
        elif apart or (raised and before.text.isdecimal()):
            words.append([char])
        else:
            words[-1].append(char)
        before = char
    return tuple([Word(tuple(word)) for word in words])


_order = attrgetter("order")
_left = attrgetter("rect.x0")


def _is_overprint(before: Char, char: Char) -> bool:
    """Whether a character stands on the same one before it."""
    off = max(abs(before.rect.x0 - char.rect.x0), abs(before.rect.top - char.rect.top))
    return off < OVERPRINT * max(char.rect.width, 0.4)


def _is_far(before: Char, char: Char) -> bool:
    gap = char.rect.x0 - before.rect.x1
    return gap > WORD_GAP * max(char.rect.height, before.rect.height)


def are_overlaid(lines: Sequence[Line]) -> bool:
    """Whether two texts are printed over each other, so that their letters come mixed."""
    return sum(map(_mixed, lines)) >= MIXED


def _mixed(line: Line) -> int:
    """How many characters of a line stand on one that is no neighbour of theirs in the file."""
    chars = [char for word in line for char in word.chars]
    strangers = [
        (before.rect, char.rect)
        for before, char in pairwise(chars)
        if char.order - before.order not in (1, -1)
    ]
    return sum(a.x1 - b.x0 > OVERLAID * min(a.width, b.width) for a, b in strangers)


def _is_raised(before: Char, char: Char) -> bool:
    height = before.rect.height
    if char.rect.height >= RAISED * height:
        return False
    if before.text.isdecimal():
        return abs(_centre(char) - _centre(before)) > 0.1 * height
    return before.rect.bottom - char.rect.bottom > RISE * height


def _centre(char: Char) -> float:
    return (char.rect.top + char.rect.bottom) / 2


def parted(line: Line) -> list[Line]:
    """A line as the texts that wide gaps make of it, as where columns stand side by side."""
    parts: list[list[Word]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.rect.x0 - before.rect.x1 > COLUMN_GAP * word.rect.height:
            parts.append([])
        parts[-1].append(word)
    return [tuple(part) for part in parts]


def text_of(*blocks: tuple[Sequence[Line], Rect | None]) -> str:
    """Blocks of lines as one text, folded (see :func:`normalize.text.fold`), each block with the
    cell that broke its lines, if any."""
    return join_broken(
        ([[word.chars for word in line] for line in lines], frame) for lines, frame in blocks
    )


def text_known(
    blocks: Iterable[tuple[Sequence[Line], Rect | None]], vocabulary: Vocabulary, anywhere: bool
) -> Joined:
    """The same, told by the words of the document what it cuts inside. ``anywhere``: lines end
    where their cells do, be it inside of words."""
    return join_known(
        (([[word.chars for word in line] for line in lines], frame) for lines, frame in blocks),
        vocabulary,
        anywhere,
    )


def are_cut_anywhere(blocks: Sequence[tuple[Sequence[Line], Rect]], vocabulary: Vocabulary) -> bool:
    """Whether the lines of cells end where these do, whatever is cut by it: nearly all are full,
    or some end inside of words of the document."""
    cells = [
        ([[word.chars for word in line] for line in lines], frame)
        for lines, frame in blocks
        if len(lines) > 1
    ]
    counted = [full_lines(lines, frame) for lines, frame in cells]
    count = sum(each for _, each in counted)
    if count >= FEW and sum(full for full, _ in counted) > FULL * count:
        return True
    return sum(cut_words(lines, frame, vocabulary) for lines, frame in cells) >= CUT


def block_piece(
    page: Page, lines: Sequence[Line], frame: Rect | None = None, text: str | None = None
) -> Piece:
    """A whole block as one piece: the box around its words, kept inside ``frame`` (its cell) where
    no line of it hangs out. ``text`` is what it says, if that is known already."""
    rect = union(word.rect for line in lines for word in line)
    if frame is not None and not (_hangs_out(lines[0], frame) or _hangs_out(lines[-1], frame)):
        rect = clip(rect, frame)
    return Piece(page.box(rect), text_of((lines, frame)) if text is None else text)


def _hangs_out(line: Line, frame: Rect) -> bool:
    char = line[0].chars[0]
    reach = HANGING * char.rect.height
    return not frame.top + reach < _centre(char) < frame.bottom - reach


def chars_piece(page: Page, chars: Sequence[Char]) -> Piece:
    """A part of a line as one piece.

    The box leaves out what the font reserves above and below the letters, where the lines above
    and below may reach in.
    """
    rect = union(char.rect for char in chars)
    margin = 0.15 * rect.height
    tight = Rect(rect.x0, rect.top + margin, rect.x1, rect.bottom - margin)
    return Piece(page.box(tight), "".join(char.text for char in chars))


def words_piece(page: Page, words: Sequence[Word]) -> Piece:
    """Some words of a line as one piece, spaces between them."""
    piece = chars_piece(page, [char for word in words for char in word.chars])
    return Piece(piece.box, " ".join(word.text for word in words))


def printed(pieces: Sequence[Piece], reader: str, text: str | None = None) -> Printed:
    """Pieces in reading order as one printed text; empty for none. ``text`` is what they say
    together, where that is known better than by joining them as lines."""
    filled = tuple(piece for piece in pieces if piece.text)
    if text is None:
        text = join_lines([piece.text for piece in filled])
    return Printed(text, filled, reader)
