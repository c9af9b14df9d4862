"""Characters to words, lines and printed texts, by geometry and not by the order in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import add, attrgetter
from statistics import median

from extract.breaks import Joined, join_broken, join_known, never
from extract.characters import RISE, SUPERSCRIPTS, WORD_GAP
from extract.geometry import Rect, clip, share_x, union
from extract.page import Char, Page
from extract.runs import Reach, chars_of
from extract.runs import Word as Word
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
STRUCK = 0.6
"""Part of their height by which two lines are apart at least, not to be over each other."""
MIXED = 2
"""Such characters from which a text is two texts over each other."""
RAISED = 0.85
"""Height of a raised or lowered mark, as a part of its neighbour's."""


Line = tuple[Word, ...]


class _Cluster:
    """Characters on one line. The height of ``typical`` is that of most of them."""

    __slots__ = ("chars", "middle", "typical")

    def __init__(self, chars: list[Char]) -> None:
        self.chars = chars
        _, tops, _, bottoms = zip(*[char.rect for char in chars], strict=True)
        self.typical = Rect(0.0, median(tops), 0.0, median(bottoms))
        self.middle = median(map(add, tops, bottoms)) / 2


def lines_of_runs(runs: Sequence[Word]) -> list[Line]:
    """The lines of one block of text (a cell, say), top to bottom, words left to right.

    They are what :func:`lines_of` makes of the characters, in a fifth of the time: even runs are
    asked first, and where these do not tell for certain, each character.
    """
    if len(runs) == 1 and runs[0].even:
        return [tuple(runs)]
    lines = [_row_of(row) for row in _rows(runs)]
    whole = [line for line in lines if line is not None]
    return whole if whole and len(whole) == len(lines) else lines_of(chars_of(runs))


def _rows(runs: Sequence[Word]) -> list[list[Word]]:
    """Even runs by their lines, from the top; none where two of them may be on one line or on two,
    as their characters are higher or lower."""
    rows: list[_Row] = []
    for run in runs:
        if not run.even:
            return []
        for row in reversed(rows):
            level = row.holds(run.reach)
            if level is None:
                return []
            if level:
                row.runs.append(run)
                break
        else:
            rows.append(_Row(run))
    rows.sort(key=attrgetter("reach"))
    for above, below in pairwise(rows):
        (_, lowest_top, _, bottom), (top, _, highest_bottom, _) = above.reach, below.reach
        mixed = lowest_top + bottom >= top + highest_bottom
        if mixed or _are_level(above.reach, below.reach) is not False:
            return []
    return [row.runs for row in rows]


class _Row:
    """Runs on one line, and how high all of them reach."""

    __slots__ = ("_sure", "reach", "runs")

    def __init__(self, run: Word) -> None:
        self.runs = [run]
        self.reach = run.reach
        self._sure = True
        """Whether any two characters that reach no farther are on one line."""

    def holds(self, reach: Reach) -> bool | None:
        """Whether characters that reach so high are on the line; those that are belong to it."""
        top, lowest_top, highest_bottom, bottom = reach
        upper, low, high, lower = self.reach
        within = upper <= top and lowest_top <= low and high <= highest_bottom and bottom <= lower
        if within and self._sure:
            return True  # as most are, when a few are on it
        level = _are_level(reach, self.reach)
        if level:
            self.reach = (
                min(upper, top),
                max(low, lowest_top),
                min(high, highest_bottom),
                max(lower, bottom),
            )
            self._sure = _are_level(self.reach, self.reach) is True
        return level


def _are_level(a: Reach, b: Reach) -> bool | None:
    """Whether any two characters that reach so high are on one line (see :func:`is_level`);
    ``None`` where some are and some may not be."""
    top, lowest_top, highest_bottom, bottom = a
    top_b, lowest_top_b, highest_bottom_b, bottom_b = b
    least = min(highest_bottom, highest_bottom_b) - max(lowest_top, lowest_top_b)
    if least >= SAME_LINE * min(bottom - top, bottom_b - top_b):
        return True
    most = min(bottom, bottom_b) - max(top, top_b)
    lowest = min(highest_bottom - lowest_top, highest_bottom_b - lowest_top_b)
    return None if most >= SAME_LINE * lowest else False


def _row_of(runs: Sequence[Word]) -> Line | None:
    """Even runs of one line as words, by the rules of :func:`_words`; none where one of them
    begins before another's last character, or repeats it: then each character tells."""
    words: list[list[Word]] = []
    before: Word | None = None
    for run in sorted(runs, key=_place) if len(runs) > 1 else runs:
        if before is None:
            words.append([run])
            before = run
            continue
        left, right = run.rect.x0, before.rect.x1
        if left < right and left <= before.rect_at(-1).x0:
            return None
        first, last = run.text[0], before.text[-1]
        if first == last and _is_over(before.rect_at(-1), run.rect_at(0)):
            return None
        told = run.order == before.last_order + 1 and run.gap != "\n"
        apart = run.gap == " " if told else _are_far(before.rect_at(-1), run.rect_at(0))
        raised = first.isdecimal() and _is_raised(before.rect_at(-1), run.rect_at(0), last)
        if raised and last.isalpha() and not apart:
            return None
        if apart or (raised and last.isdecimal()):
            words.append([run])
        else:
            words[-1].append(run)
        before = run
    return tuple([word[0] if len(word) == 1 else Word(tuple(chars_of(word))) for word in words])


def _place(run: Word) -> tuple[float, int]:
    return run.rect.x0, run.order


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """The same of characters."""
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
        text, rect, order, gap = char
        if text == before.text and _is_over(before.rect, rect):
            continue
        told = order == before.order + 1 and gap != "\n"
        apart = gap == " " if told else _are_far(before.rect, rect)
        raised = text.isdecimal() and _is_raised(before.rect, rect, before.text)
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


def _is_over(before: Rect, rect: Rect) -> bool:
    """Whether a character stands on the same one before it."""
    off = max(abs(before.x0 - rect.x0), abs(before.top - rect.top))
    return off < OVERPRINT * max(rect.width, 0.4)


def _are_far(before: Rect, rect: Rect) -> bool:
    return rect.x0 - before.x1 > WORD_GAP * max(rect.height, before.height)


def _is_raised(before: Rect, rect: Rect, text: str) -> bool:
    """Whether a digit is a raised mark behind a character of that text, or a lowered one behind
    another digit."""
    height = before.height
    if rect.height >= RAISED * height:
        return False
    if text.isdecimal():
        return abs(rect.middle - before.middle) > 0.1 * height
    return before.bottom - rect.bottom > RISE * height


def are_overlaid(lines: Sequence[Line]) -> bool:
    """Whether two texts are printed over each other, so that their letters come mixed, or their
    lines."""
    return sum(map(_mixed, lines)) >= MIXED or any(
        _is_struck(above, below) for above, below in pairwise(lines)
    )


def _is_struck(above: Line, below: Line) -> bool:
    """Whether a line is printed over the lower part of one of its size."""
    upper, lower = above[0].rect_at(0), below[0].rect_at(0)
    step, height = lower.bottom - upper.bottom, max(upper.height, lower.height)
    if step >= STRUCK * height or min(upper.height, lower.height) < RAISED * height:
        return False
    return any(share_x(a.rect, b.rect) > 0 for a in above for b in below)


def _mixed(line: Line) -> int:
    """How many characters of a line stand on one that is no neighbour of theirs in the file."""
    if all(word.even for word in line):
        return sum(_is_mixed(before, word) for before, word in pairwise(line))
    chars = chars_of(line)
    strangers = [
        (before.rect, char.rect)
        for before, char in pairwise(chars)
        if char.order - before.order not in (1, -1)
    ]
    return sum(a.x1 - b.x0 > OVERLAID * min(a.width, b.width) for a, b in strangers)


def _is_mixed(before: Word, word: Word) -> bool:
    """The same of two words, even ones, that follow each other."""
    if before.rect.x1 <= word.rect.x0 or word.order - before.last_order in (1, -1):
        return False
    a, b = before.rect_at(-1), word.rect_at(0)
    return a.x1 - b.x0 > OVERLAID * min(a.width, b.width)


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
    return join_broken(blocks)


def text_known(
    blocks: Iterable[tuple[Sequence[Line], Rect | None]],
    vocabulary: Vocabulary,
    anywhere: Callable[[], bool] = never,
) -> Joined:
    """The same, told by the words of the document what it cuts inside. ``anywhere`` is asked,
    where it matters, whether lines end where their cells do, be it inside of words."""
    return join_known(blocks, vocabulary, anywhere)


def block_piece(
    page: Page, lines: Sequence[Line], frame: Rect | None = None, text: str | None = None
) -> Piece:
    """A whole block as one piece: the box around its words, kept inside ``frame`` (its cell) where
    no line of it hangs out. ``text`` is what it says, if that is known already."""
    rect = union(word.rect for line in lines for word in line)
    ends = lines if len(lines) == 1 else (lines[0], lines[-1])
    if frame is not None and not any(_hangs_out(line, frame) for line in ends):
        rect = clip(rect, frame)
    return Piece(page.box(rect), text_of((lines, frame)) if text is None else text)


def _hangs_out(line: Line, frame: Rect) -> bool:
    rect = line[0].rect_at(0)
    reach = HANGING * rect.height
    return not frame.top + reach < rect.middle < frame.bottom - reach


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
