"""Whose programme a document is: title, institution and period as printed.

A title is a run of text, "Programa Sectorial de Salud 2020-2024", anywhere on a page; or, where the
years stand inside it ("Programa Institucional 2020-2024 del Instituto …"), a block of its own,
since in running text nothing would tell where it ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.geometry import Rect, union
from extract.page import Page, read_page
from extract.pdf import Pdf
from extract.types import Piece, Printed, RawFicha
from extract.words import Word, lines_of_runs, parted, printed, words_piece
from normalize.text import fold, match_key

FRONT = 3
"""Pages at the start where the programme's own title is printed."""
FRONT_WEIGHT = 3
"""How much more a title weighs there: a programme cites others further on."""
SAME_TYPE = 0.1
"""Part by which the height of two lines of one block may differ."""
LEADING = 1.0
"""Gap between two lines of one block, in line heights."""

_KINDS = "Institucional|Sectorial|Especial|Regional|Nacional"
_YEARS = r"(?P<start>20\d\d)\s*[-–—]\s*(?P<end>20\d\d)"
_TITLE = re.compile(
    rf"\b(?P<title>Programa\s+(?:{_KINDS})\b[^.;:\d]{{3,160}}?)\s*,?\s*{_YEARS}", re.IGNORECASE
)
_YEARS_INSIDE = re.compile(
    rf"(?P<title>Programa\s+(?:{_KINDS}))\s+{_YEARS}\s+(?P<rest>(?:del?|para|en)\b[^.;:\d]{{3,160}})",
    re.IGNORECASE,
)
_KIND = re.compile(rf"Programa\s+(?:{_KINDS})\b", re.IGNORECASE)
_SPAN = re.compile(r"20\d\d\W*20\d\d")
_HIDDEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
"""What folding takes out, be it from inside a year."""
_ACRONYM = re.compile(r"\s*\([^()]*\)")
_OTHER_PLAN = re.compile(r"plan nacional de desarrollo|derivado del", re.IGNORECASE)
_UNFINISHED = re.compile(r"\b(?:del?|el|l[ao]s?|[yea]|para|en)$", re.IGNORECASE)
_BRANCH = re.compile(r"^\s*\d{1,3}\s*[.\-–—]*\s*(?P<name>\D.*?)(?=\s+\w{3}\s*[.\-–—]|$)")
_INSTITUTIONAL = re.compile(
    r"^Programa\s+Institucional\s+(?:del\s+|de\s+la\s+|de\s+los\s+|de\s+las\s+|de\s+)?(?P<name>.+)$",
    re.IGNORECASE,
)

Key = tuple[str, int, int]
"""A title for comparing, without its acronym, and its years."""
Placed = tuple[Word, int]
"""A word and the number of its line."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose programme a document is. ``period`` are its first and last year."""

    title: Printed | None = None
    institution: Printed | None = None
    period: tuple[int, int] | None = None
    period_printed: Printed | None = None


def identify(pdf: Pdf, texts: Sequence[str], fichas: Sequence[RawFicha], reader: str) -> Identity:
    """Title and period as the document prints them most, and the institution.

    The institution is the one that the title names, or else the one that most fichas make
    responsible. Everything is ``None`` where nothing of the kind is printed.
    """
    weights: Counter[Key] = Counter()
    pages: dict[Key, list[int]] = {}
    parsed: dict[int, Page] = {}
    for number, text in enumerate(texts, start=1):
        if not (_HIDDEN.search(text) or (_SPAN.search(text) and _KIND.search(text))):
            continue  # no title: most pages, in a tenth of the time of folding
        folded = fold(text)
        keys = {_key(match) for match in _matches(_TITLE, folded)}
        if len(parsed) < FRONT and _YEARS_INSIDE.search(folded):
            parsed[number] = read_page(pdf, number)
            keys |= {_key(match) for match, _ in _block_titles(parsed[number])}
        for key in keys:
            weights[key] += FRONT_WEIGHT if number <= FRONT else 1
            pages.setdefault(key, []).append(number)
    if not weights:
        return Identity(institution=_responsible(pdf, texts, fichas, reader))
    key = max(weights, key=lambda k: (weights[k], -pages[k][0]))
    title = period = None
    for number in pages[key][:FRONT]:
        title, period = _locate(parsed.get(number) or read_page(pdf, number), key, reader)
        if title is not None:
            break
    institution = named_institution(title, reader) if title else None
    return Identity(
        title, institution or _responsible(pdf, texts, fichas, reader), (key[1], key[2]), period
    )


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [
        match
        for match in pattern.finditer(text)
        if not _OTHER_PLAN.search(match[0]) and int(match["start"]) < int(match["end"])
    ]


def _key(match: re.Match[str]) -> Key:
    title = f"{match['title']} {match.groupdict().get('rest') or ''}"
    return match_key(_ACRONYM.sub("", title)), int(match["start"]), int(match["end"])


def running_text(words: Sequence[Placed]) -> tuple[str, list[int]]:
    """The words as one text, and where in it each begins."""
    starts: list[int] = []
    text = ""
    for word, _ in words:
        starts.append(len(text))
        text += word.text + " "
    return text, starts


def _block_titles(page: Page) -> Iterator[tuple[re.Match[str], list[Placed]]]:
    """Blocks that are a title with its years inside."""
    for words in blocks(page):
        text, _ = running_text(words)
        for match in _matches(_YEARS_INSIDE, text):
            rest = _ACRONYM.sub("", text[match.end() :]).strip(" .")
            whole = match.start() == 0 and not rest
            if whole and not _UNFINISHED.search(match["rest"].rstrip()):
                yield match, words


def blocks(page: Page) -> Iterator[list[Placed]]:
    """Lines of one type size that follow each other closely."""
    block: list[Placed] = []
    before: Rect | None = None
    for number, line in enumerate(lines_of_runs(page.runs)):
        for part in parted(line):
            rect = union(word.rect for word in part)
            if before is not None and not _goes_on(before, rect):
                yield block
                block = []
            block.extend((word, number) for word in part)
            before = rect
    yield block


def _goes_on(above: Rect, below: Rect) -> bool:
    alike = abs(above.height - below.height) <= SAME_TYPE * above.height
    return alike and -above.height / 2 < below.top - above.bottom < LEADING * above.height


def _locate(page: Page, key: Key, reader: str) -> tuple[Printed | None, Printed | None]:
    """Title (without acronym and years) and period where they stand on the page, line by line."""
    placed = [(word, line) for line, words in enumerate(lines_of_runs(page.runs)) for word in words]
    found = [(match, placed) for match in _matches(_TITLE, running_text(placed)[0])]
    found.extend(_block_titles(page))
    for match, words in found:
        if _key(match) == key:
            return _printed_title(page, match, words, reader)
    return None, None


def _printed_title(
    page: Page, match: re.Match[str], words: Sequence[Placed], reader: str
) -> tuple[Printed, Printed]:
    text, starts = running_text(words)
    gaps = [found.span() for found in _ACRONYM.finditer(text, match.start(), match.end())]
    first, last = match.start("start"), match.end("end")
    title: list[list[Placed]] = [[]]
    period: list[Placed] = []
    for start, (word, line) in zip(starts, words, strict=True):
        if not match.start() <= start < match.end() and not first - len(word.text) < start < last:
            continue
        if first - len(word.text) < start < last:
            period.append((word, line))
            title.append([])
        elif any(a <= start < b for a, b in gaps):
            title.append([])
        else:
            title[-1].append((word, line))
    return line_by_line(page, title, reader), line_by_line(page, [period], reader)


def words_within(words: Sequence[Placed], starts: Sequence[int], a: int, b: int) -> list[Placed]:
    """The words of a running text that have letters between two of its positions."""
    return [
        (word, line)
        for (word, line), start in zip(words, starts, strict=True)
        if start < b and start + len(word.text) > a
    ]


def line_by_line(page: Page, runs: Sequence[Sequence[Placed]], reader: str) -> Printed:
    """Runs of words as one printed text, a piece for each line of each run."""
    pieces: list[Piece] = []
    for run in runs:
        lines: dict[int, list[Word]] = {}
        for word, line in run:
            lines.setdefault(line, []).append(word)
        pieces.extend(words_piece(page, line) for line in lines.values())
    return printed(pieces, reader)


def _part(whole: Printed, text: str, reader: str) -> Printed:
    """A part of a printed text, with the boxes of the whole."""
    return Printed(text, whole.pieces, reader)


def named_institution(title: Printed, reader: str) -> Printed | None:
    match = _INSTITUTIONAL.match(title.text)
    return _part(title, match["name"], reader) if match else None


def _responsible(
    pdf: Pdf, texts: Sequence[str], fichas: Sequence[RawFicha], reader: str
) -> Printed | None:
    """The branch that most fichas make responsible: the name after its number, or the ministry of
    that name ("Secretaría de Turismo" for "21.- Turismo") where the document prints it."""
    units = [
        ficha.fields["responsible_unit"] for ficha in fichas if "responsible_unit" in ficha.fields
    ]
    named = [(match["name"], unit) for unit in units if (match := _BRANCH.match(unit.text))]
    if not named:
        return None
    name, _ = Counter(name for name, _ in named).most_common(1)[0]
    branch = next(_part(unit, name, reader) for other, unit in named if other == name)
    return _ministry(pdf, texts, name, reader) or branch


def _ministry(pdf: Pdf, texts: Sequence[str], branch: str, reader: str) -> Printed | None:
    """Where the document first prints the ministry of a budget branch, by its name."""
    spaced = r"\s+".join(map(re.escape, fold(branch).split()))
    wanted = re.compile(rf"\bSecretar[ií]a\s+del?\s+(?:la\s+)?{spaced}(?!\w)", re.IGNORECASE)
    for number, text in enumerate(texts, start=1):
        if not wanted.search(fold(text)):
            continue
        page = read_page(pdf, number)
        placed = [
            (word, line) for line, words in enumerate(lines_of_runs(page.runs)) for word in words
        ]
        running, starts = running_text(placed)
        if found := wanted.search(running):
            words = words_within(placed, starts, found.start(), found.end())
            whole = line_by_line(page, [words], reader)
            return _part(whole, fold(found.group()), reader)
    return None
