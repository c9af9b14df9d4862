"""The tables of a Diagnóstico that set questions beside findings ("¿Qué se valora?", "Hallazgos").

Told by their heading. Questions and findings stand on both sides of a white strip, ruled or not; a
table that a page break cuts goes on at the top of the next page, with its heading again or without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from extract.geometry import share_y, union
from extract.report_flow import CAPTION, SOURCE
from extract.segments import Segment, segment
from normalize.text import match_key

QUESTION, FINDING = "que se valora", "hallazgos"
CLOSE = 85.0
"""Likeness (0 to 100) from which a heading is one with a slip."""
END = 4.0
"""Line heights of white after which a table has ended."""
FOLLOWING = 0.6
"""Line heights between two lines of one finding, where no rule parts findings."""
CLOSE_BY = 0.4
"""Line heights between a question and a finding beside it at least."""
FEW = 2
"""Lines from which their beginning shows where findings begin."""
RULE = 2.0
"""Points by which a cell's border may be off the rule between questions and findings."""
SAME_SIZE = 0.1
"""Part by which the heights of two texts of a table differ at most."""
FOOT = 0.6
"""Part of its page down to which a table reaches that may go on on the next one."""


@dataclass(slots=True, eq=False)
class Findings:
    """A table, or the part of one on a page: its questions, and the segments of each finding.

    ``edge`` and ``start`` are where the questions end and the findings begin, in points.
    """

    questions: list[Segment]
    findings: list[list[Segment]]
    segments: list[Segment]
    edge: float
    start: float
    height: float
    continues: bool = False
    """Whether it is the rest of the table before."""


def find_findings(segments: Sequence[Segment], before: Findings | None) -> list[Findings]:
    """The tables of a page, from the top. ``before`` is the last one of the page before."""
    found: list[Findings] = []
    rest = _continued(segments, before) if before is not None else None
    if rest is not None:
        found.append(rest)
    for head in segments:
        if not _begins(head.text, QUESTION):
            continue
        other = [
            each
            for each in segments
            if _begins(each.text, FINDING) and share_y(head.rect, each.rect) > 0.4
        ]
        if len(other) == 1:
            found.append(_below(head, other[0], segments))
    return found


def _begins(text: str, heading: str) -> bool:
    """Whether a text begins with a heading, up to a slip."""
    words = match_key(text).split()[: heading.count(" ") + 1]
    return fuzz.ratio(" ".join(words), heading) >= CLOSE


def _below(head: Segment, other: Segment, segments: Sequence[Segment]) -> Findings:
    """The table under its heading."""
    heads = union([head.cell or head.rect, other.cell or other.rect])
    below = [each for each in segments if each.rect.top > heads.bottom - 0.4 * each.height]
    edge, start = head.rect.x1, other.rect.x0
    if head.cell is None:
        below = _at_margin(below, head, other)
    if head.cell is not None and other.cell is not None and head.cell != other.cell:
        edge = start = (head.cell.x1 + other.cell.x0) / 2
    table = _read(below, edge, start, head.rect.bottom)
    table.segments += [head, other]
    return table


def _at_margin(below: Sequence[Segment], head: Segment, other: Segment) -> list[Segment]:
    """The segments below a heading, those cut in which a question and a finding stand so close
    that they seem one: where most of the findings begin."""
    starts = [
        round(each.rect.x0)
        for each in below
        if head.rect.x0 < each.rect.x0 < other.rect.x1 and each.height <= 1.1 * head.height
    ]
    if not starts:
        return list(below)
    margin, lines = Counter(starts).most_common(1)[0]
    if lines < FEW:
        return list(below)
    return [part for each in below for part in _cut(each, margin)]


def _cut(each: Segment, margin: float) -> Iterator[Segment]:
    for at, (before, word) in enumerate(pairwise(each.words), start=1):
        gap = word.rect.x0 - before.rect.x1
        if abs(word.rect.x0 - margin) <= 1.0 and gap > CLOSE_BY * each.height:
            yield segment(each.page, each.words[:at], each.cell, each.doubtful)
            yield segment(each.page, each.words[at:], each.cell, each.doubtful)
            return
    yield each


def _continued(segments: Sequence[Segment], before: Findings) -> Findings | None:
    """The rest of a table at the top of a page, on both sides of the same strip."""
    if not segments or not before.segments:
        return None
    last = max(before.segments, key=lambda each: each.rect.bottom)
    if last.page.number != segments[0].page.number - 1:
        return None
    if last.rect.bottom < FOOT * last.page.reading.size[1]:
        return None
    if before.edge < before.start:  # no rule parts them
        segments = [part for each in segments for part in _cut(each, before.start)]
    top = min(each.rect.top for each in segments)
    table = _read(segments, before.edge, before.start, top, before.height)
    table.continues = bool(before.findings)  # else its heading stands alone there
    return table if table.findings else None


def _read(
    below: Sequence[Segment], edge: float, start: float, bottom: float, height: float = 0.0
) -> Findings:
    """The texts on both sides of the strip, down to one that runs across it or is no part."""
    left: list[Segment] = []
    right: list[Segment] = []
    ruled = edge == start
    for each in sorted(below, key=lambda each: each.rect.top):
        height = height or each.height
        text = each.text.strip()
        if CAPTION.match(text) or SOURCE.match(text) or _begins(text, QUESTION):
            break
        other = abs(each.height - height) > SAME_SIZE * height
        if each.rect.top - bottom > END * height or (
            other and not (ruled and _borders(each, edge))
        ):
            break
        if each.rect.x1 <= start + 1 and each.rect.x0 < edge:
            left.append(each)
            edge = edge if ruled else max(edge, each.rect.x1)
        elif each.rect.x0 >= edge - 1:
            right.append(each)
            start = start if ruled else min(start, each.rect.x0)
        else:
            break
        bottom = max(bottom, each.rect.bottom)
    return Findings(left, _rows(right), [*left, *right], edge, start, height)


def _borders(each: Segment, edge: float) -> bool:
    """Whether a text's cell begins or ends where a rule parts questions and findings: it is of the
    table, whatever its size."""
    return each.cell is not None and min(abs(each.cell.x0 - edge), abs(each.cell.x1 - edge)) < RULE


def _rows(texts: Sequence[Segment]) -> list[list[Segment]]:
    """The segments of each finding: those of one cell, or those that follow each other."""
    rows: list[list[Segment]] = []
    for each in texts:
        home = next((row for row in reversed(rows[-2:]) if _is_one(row, each)), None)
        if home is None:
            rows.append([each])
        else:
            home.append(each)
    return rows


def _is_one(row: Sequence[Segment], each: Segment) -> bool:
    last = row[-1]
    if each.cell is not None or last.cell is not None:
        return each.cell == last.cell
    level = share_y(last.rect, each.rect) > 0.5
    return level or each.rect.top - last.rect.bottom < FOLLOWING * each.height
