"""The annex tables of a Diagnóstico: programmes, or the institution, with scores and levels.

They are found by the words of their headings. Columns are those of the heading's cells, or stand
under its words where nothing is ruled; a table that a page break cuts goes on at the top of the
next page, with its heading again or without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.geometry import Rect, overlap, share_x, share_y, union
from extract.label_parts import part_labels
from extract.labelled import Found, Mark, find_labels
from extract.report_flow import CAPTION, SOURCE, rows_of
from extract.segments import Segment, cut_at, segment
from extract.words import Word
from normalize.text import match_key

END = 8.0
"""Line heights without anything in a table's columns after which it has ended."""
CELL = 0.5
"""Gap in line heights between two cells of a row."""
NAME_LINES = 8
"""Lines that a name has at most."""
OFF = 0.4
"""Line heights by which a name may stand above or below its score."""
CONTINUED = 0.3
"""Part of the page at its top where the rest of a table begins."""

_KEY_BEGINS = re.compile(r"(?:\d{1,3}[\s.-]?)?[A-Z]?-?\d{0,2}")
"""What a narrow cell leaves of a key on its first line."""
KEY = re.compile(r"(?:\d{1,3}[\s.-]?)?[A-Z]-?\d{3}(?!\d)")
"""A programme's budget key, perhaps behind its branch's number."""
_ANNEX = re.compile(r"Anexo\s+\w+\s*[.:]", re.IGNORECASE)


def _any(text: str) -> bool:
    return False


MARKS = (
    Mark(
        "level",
        ("nivel de monitoreo", "nivel", "categoria de monitoreo", "categoria"),
        _any,
    ),
    Mark(
        "score",
        (
            "valoracion de monitoreo",
            "valoracion del monitoreo",
            "valoracion",
            "calificacion",
            "puntaje",
            "inmonitoreo",
        ),
        _any,
    ),
    Mark(
        "subindex",
        (
            "subindice dependencia",
            "subindice de la dependencia",
            "subindice de dependencia",
            "subindice dependencias",
            "subindice entidad",
            "subindice",
        ),
        _any,
    ),
    Mark("key", ("clave", "clave presupuestaria", "clave del programa", "clave pp"), _any),
    Mark(
        "name",
        ("nombre programa", "nombre del programa", "programa", "programa presupuestario"),
        _any,
    ),
    Mark("institution", ("dependencia", "dependencia o entidad", "entidad", "institucion"), _any),
)
"""The headings of the annexes' columns."""

_FIRST_WORDS = frozenset(wording.split(" ")[0] for mark in MARKS for wording in mark.wordings)


@dataclass(slots=True, eq=False)
class AnnexRow:
    """One row: what stands in each column (by the mark's name), None where nothing does."""

    score: Segment
    level: Segment | None
    key: Segment | None
    name: list[Segment] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Annex:
    """An annex table: the columns of its heading by name, its rows, and keys without a score."""

    columns: dict[str, Rect]
    rows: list[AnnexRow]
    lonely: list[Segment] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    @property
    def is_of_institution(self) -> bool:
        return "subindex" in self.columns or (
            "institution" in self.columns and "key" not in self.columns
        )


def find_annexes(pages: Sequence[Sequence[Segment]]) -> list[Annex]:
    """The annex tables of a report, from its first page to its last."""
    found: list[Annex] = []
    for page in pages:
        segments = part_labels([part for each in page for part in _at_headings(each)], MARKS)
        headings = _headings(segments)
        limit = min((bottom for _, _, bottom in headings), default=None)
        if found and found[-1].segments:
            _continue(found[-1], segments, limit)
        for at, (columns, labels, bottom) in enumerate(headings):
            following = headings[at + 1][2] if at + 1 < len(headings) else float("inf")
            zone = _zone(segments, columns, bottom, following)
            annex = Annex(columns, [])
            annex.segments += [each for label in labels for each in label.segments]
            _read_rows(annex, zone)
            found.append(annex)
    return [annex for annex in found if annex.rows or annex.lonely]


def _at_headings(whole: Segment) -> list[Segment]:
    """A segment cut where a gap stands before a word that begins a column's heading: without rules
    two headings may stand so close that they seem one."""
    parts: list[list[Word]] = [[whole.words[0]]]
    for before, word in pairwise(whole.words):
        gap = word.rect.x0 - before.rect.x1
        begins = word.text[:1].isupper() and match_key(word.text) in _FIRST_WORDS
        if begins and gap > CELL * whole.height:
            parts.append([])
        parts[-1].append(word)
    if len(parts) == 1:
        return [whole]
    return [segment(whole.page, tuple(part), whole.cell, whole.doubtful) for part in parts]


def _headings(
    segments: Sequence[Segment],
) -> list[tuple[dict[str, Rect], list[Found], float]]:
    """The annex headings of a page: their columns, labels, and where they end."""
    labels = find_labels(segments, MARKS)
    found: list[tuple[dict[str, Rect], list[Found], float]] = []
    for level in (label for label in labels if label.mark.name == "level"):
        band = [label for label in labels if _is_level(label, level)]
        columns = {label.mark.name: _column(label) for label in band}
        if not {"score", "subindex"} & columns.keys() or len(band) != len(columns):
            continue
        columns |= _unknown(segments, band)
        found.append((columns, band, max(label.rect.bottom for label in band)))
    return found


def _unknown(segments: Sequence[Segment], band: Sequence[Found]) -> dict[str, Rect]:
    """The columns of a heading that say nothing known, by numbers: what stands in them is no part
    of a column beside."""
    known = {id(each) for label in band for each in label.segments}
    row = union(label.rect for label in band)
    columns: list[Rect] = []
    for each in segments:
        middle = (each.rect.top + each.rect.bottom) / 2
        if id(each) in known or not row.top <= middle <= row.bottom:
            continue
        rect = each.cell or each.rect
        near = [at for at, other in enumerate(columns) if share_x(rect, other) > 0]
        if near:
            columns[near[0]] = union([columns[near[0]], rect])
        elif not any(share_x(rect, label.rect) > 0 for label in band):
            columns.append(rect)
    return {f"#{at}": rect for at, rect in enumerate(columns)}


def _is_level(a: Found, b: Found) -> bool:
    return a is b or overlap(a.rect.top, a.rect.bottom, b.rect.top, b.rect.bottom) > 0


def _column(label: Found) -> Rect:
    return label.segments[0].cell or label.rect


def _zone(
    segments: Sequence[Segment], columns: dict[str, Rect], top: float, limit: float
) -> list[Segment]:
    """The segments of a table below its heading."""
    zone: list[Segment] = []
    bottom = top
    for each in sorted(segments, key=lambda each: each.rect.top):
        if not top - 0.4 * each.height <= each.rect.top < limit:
            continue
        text = each.text.strip()
        ended = SOURCE.match(text) or _ANNEX.match(text) or CAPTION.match(text)
        if ended or each.rect.top - bottom > END * each.height:
            break
        zone += [part for cell in cut_at(each, CELL) for part in _behind_key(cell, columns)]
        bottom = max(bottom, each.rect.bottom)
    return zone


def _behind_key(cell: Segment, columns: dict[str, Rect]) -> list[Segment]:
    """A text cut behind a programme's key, where the table has a column of keys: the name may
    stand as close as to touch it."""
    first = cell.words[0]
    key = KEY.match(first.text) if "key" in columns else None
    letters = [char for char in first.chars for _ in char.text]
    if key is None or key[0] == cell.text or len(letters) != len(first.chars):
        return [cell]
    end = key.end()
    parts: list[tuple[Word, ...]] = [(Word(tuple(letters[:end])),)]
    rest = (Word(tuple(letters[end:])),) if letters[end:] else ()
    parts.append((*rest, *cell.words[1:]))
    return [segment(cell.page, part, cell.cell, cell.doubtful) for part in parts]


def _continue(annex: Annex, segments: Sequence[Segment], limit: float | None) -> None:
    """The rest of a table at the top of the next page, where its columns go on there."""
    if not segments or (limit is not None and _starts_first(segments, limit)):
        return
    page = segments[0].page
    last = annex.segments[-1]
    if last.page.number != page.number - 1 or last.rect.bottom < 0.5 * page.reading.size[1]:
        return
    top = min(each.rect.top for each in segments)
    if top > CONTINUED * page.reading.size[1]:
        return
    zone = _zone(segments, annex.columns, top, limit or float("inf"))
    if _in(zone, annex.columns, _score_name(annex.columns)):
        _read_rows(annex, zone)


def _starts_first(segments: Sequence[Segment], limit: float) -> bool:
    """Whether a page's own table heading is the first thing on it."""
    return min(each.rect.top for each in segments) > limit - 6 * segments[0].height


def _score_name(columns: dict[str, Rect]) -> str:
    return "score" if "score" in columns else "subindex"


def _in(zone: Sequence[Segment], columns: dict[str, Rect], name: str) -> list[Segment]:
    """The segments of one column, from the top."""
    return [each for each in zone if name in columns and _home(each, columns) == name]


def _home(each: Segment, columns: dict[str, Rect]) -> str:
    """The column that a segment stands in: the one of its cell, or the nearest heading's."""
    rect = each.cell or each.rect

    def away(name: str) -> tuple[float, float]:
        column = columns[name]
        shared = overlap(rect.x0, rect.x1, column.x0, column.x1)
        gap = max(column.x0 - rect.x1, rect.x0 - column.x1, 0.0)
        return gap, -shared

    return min(columns, key=away)


def _read_rows(annex: Annex, zone: Sequence[Segment]) -> None:
    columns = annex.columns
    scores = _in(zone, columns, _score_name(columns))
    levels, names = _in(zone, columns, "level"), _in(zone, columns, "name")
    keys = _in(zone, columns, "key")
    keys = _whole_keys(keys)
    if any(KEY.fullmatch(each.text) for each in keys):  # a short name may stand nearer to "Clave"
        names += [each for each in keys if not KEY.fullmatch(each.text)]
        keys = [each for each in keys if KEY.fullmatch(each.text)]
    annex.segments += zone
    rows = [AnnexRow(score, _beside(score, levels), _beside(score, keys)) for score in scores]
    _share_names(rows, names)
    annex.rows += rows
    used = {id(row.key) for row in rows}
    annex.lonely += [key for key in keys if id(key) not in used]


def _whole_keys(keys: Sequence[Segment]) -> list[Segment]:
    """Keys, those whole that a narrow cell breaks down: "38S26" over "0"."""
    whole: list[Segment] = []
    for each in sorted(keys, key=lambda each: each.rect.top):
        last = whole[-1] if whole else None
        if last is not None and _KEY_BEGINS.fullmatch(last.text):
            chars = tuple(
                char for part in (last, each) for word in part.words for char in word.chars
            )
            joined = segment(each.page, (Word(chars),), last.cell, last.doubtful or each.doubtful)
            if last.page is each.page and KEY.fullmatch(joined.text):
                whole[-1] = joined
                continue
        whole.append(each)
    return whole


def _beside(score: Segment, column: Sequence[Segment]) -> Segment | None:
    """The segment of a column on the score's line, or in the cell of its row."""
    level = [
        each
        for each in column
        if share_y(score.rect, each.rect) > 0.4
        or (score.cell and each.cell and share_y(score.cell, each.cell) > 0.8)
    ]
    return level[0] if len(level) == 1 else None


def _share_names(rows: Sequence[AnnexRow], names: Sequence[Segment]) -> None:
    """Give each row the lines of its name."""
    lines = [each for line in rows_of(names) for each in line]
    if all(each.cell for each in lines) and all(row.score.cell for row in rows):
        for row in rows:
            row.name = [
                each
                for each in lines
                if each.cell and row.score.cell and share_y(each.cell, row.score.cell) > 0.8
            ]
        return
    shares = [_shares(rows, lines, way) for way in (_middle, _first)]
    (_, best) = min(shares, key=lambda share: share[0])
    for row, name in zip(rows, best, strict=False):
        row.name = name


def _middle(lines: Sequence[Segment]) -> float:
    return (lines[0].rect.top + lines[-1].rect.bottom) / 2


def _first(lines: Sequence[Segment]) -> float:
    return (lines[0].rect.top + lines[0].rect.bottom) / 2


def _shares(
    rows: Sequence[AnnexRow],
    lines: Sequence[Segment],
    height_of: Callable[[Sequence[Segment]], float],
) -> tuple[float, list[list[Segment]]]:
    """The lines shared out to the rows, in order, so that each name stands at its score's height;
    and how far they are off in all, in points. Nothing where a name would be far off."""
    costs: dict[tuple[int, int], tuple[float, list[list[Segment]]]] = {(0, 0): (0.0, [])}
    for at, row in enumerate(rows):
        middle = (row.score.rect.top + row.score.rect.bottom) / 2
        for start in range(len(lines)):
            before = costs.get((at, start))
            if before is None:
                continue
            for end in range(start + 1, min(start + NAME_LINES, len(lines)) + 1):
                off = abs(height_of(lines[start:end]) - middle)
                if off > OFF * row.score.height:
                    continue
                cost = before[0] + off
                known = costs.get((at + 1, end))
                if known is None or cost < known[0]:
                    costs[at + 1, end] = (cost, [*before[1], list(lines[start:end])])
    return costs.get((len(rows), len(lines)), (float("inf"), []))
