"""Measure, trend and quality of an indicator card: three texts of one row, however they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extract.card_words import rejoined
from extract.free_text import Segment, printed_of, segment, text_lines
from extract.geometry import Rect, overlap
from extract.types import Printed
from extract.words import Word
from normalize.grades import grade_phrases
from normalize.text import match_key
from normalize.words import measure_of, trend_of

FEATURES = ("measure", "trend", "quality")
"""What the row of features says of an indicator, in the usual order."""
PHRASES: dict[str, Sequence[str]] = {
    "measure": (
        "parametro",
        "meta para el bienestar",
        "metas para el bienestar",
        "meta de bienestar",
    ),
    "trend": ("ascendente", "descendente", "constante"),
    "quality": grade_phrases("quality"),
    "milestone_status": grade_phrases("milestone_status"),
    "target_progress": grade_phrases("target_progress"),
}
"""The words that a field usually says, for comparing."""
APART = 1.0
"""Gap, in line heights, from which two features stand side by side."""
_MARKS = frozenset(",;/|•·-–—:")


def features_of(cell: Sequence[Segment], reader: str) -> dict[str, Printed]:
    """Measure, trend and quality of a cell where they stand below each other or side by side.

    The trend is one word of three; what is the measure before it, and what the quality behind it,
    need not be known words.
    """
    parts = parts_of(cell)
    if not parts:
        return {}
    if len(frames_of(cell)) == len(FEATURES):
        return _by_cells(cell, reader)
    words = [(word, at) for at, part in enumerate(parts) for word in _words(part)]
    ends = [_broken_end(word, words[at + 1 :]) for at, word in enumerate(words)]
    place = next(
        (at for at, (word, _) in enumerate(words) if _is_trend(word) or ends[at] is not None), None
    )
    if place is None:
        return _by_place(parts, reader)
    before, after = words[:place], words[place + 1 :]
    end = ends[place]
    trend = [words[place], *([after.pop(end)] if end is not None else [])]
    measure, rest = before, after
    if not before or measure_of(_text(before)) is None:
        measure, rest = _measure_among([*before, *after]) or (before, after)
    measure, rest = _whole_measure(measure, rest)
    texts = {"measure": measure, "trend": trend, "quality": rest}
    return {
        name: _printed(cell, [word for word, _ in found], reader)
        for name, found in texts.items()
        if found
    }


def frames_of(cell: Sequence[Segment]) -> list[Rect]:
    """The ruled cells that segments stand in, from the left."""
    return sorted({each.frame for each in cell if each.frame is not None})


def are_among(some: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some words stand among others in their order."""
    rest = iter(words)
    return all(word in rest for word in some)


def _whole_measure(
    measure: list[tuple[Word, int]], rest: list[tuple[Word, int]]
) -> tuple[list[tuple[Word, int]], list[tuple[Word, int]]]:
    """A measure with its words that stand among the quality's, where three narrow columns were
    read as lines."""
    said = _text(measure).split()
    for phrase in PHRASES["measure"]:
        whole = phrase.split()
        if len(said) >= len(whole) or said[:1] != whole[:1] or not are_among(said, whole):
            continue
        lacking = list(whole)
        for word in said:
            lacking.remove(word)
        moved = [each for each in rest if match_key(each[0].text) in lacking]
        if sorted(match_key(word.text) for word, _ in moved) == sorted(lacking):
            known = {match_key(word.text): (word, at) for word, at in [*measure, *moved]}
            kept = [each for each in rest if not any(each is other for other in moved)]
            return [known[word] for word in whole], kept
    return measure, rest


def _by_cells(cell: Sequence[Segment], reader: str) -> dict[str, Printed]:
    """Three features in three ruled cells, whatever their order."""
    texts = [
        printed_of([each for each in cell if each.frame == frame], reader)
        for frame in frames_of(cell)
    ]
    found: dict[str, Printed] = {}
    for name, of in (("trend", trend_of), ("measure", measure_of)):
        phrases = PHRASES[name]
        own = [text for text in texts if of(rejoined(text, phrases).text)]
        if len(own) == 1:
            found[name] = own[0]
            texts.remove(own[0])
    rest = [name for name in FEATURES if name not in found]
    return found | dict(zip(rest, texts, strict=True))


def _by_place(parts: Sequence[Sequence[Segment]], reader: str) -> dict[str, Printed]:
    """Three parts in their usual order, where the trend is no word that is known."""
    if len(parts) == 3:
        return {
            name: printed_of(part, reader)
            for name, part in zip(("measure", "trend", "quality"), parts, strict=True)
        }
    whole = [(word, at) for at, part in enumerate(parts) for word in _words(part)]
    found = _measure_among(whole)
    if found is None:
        return {}
    texts = {"measure": found[0], "quality": found[1]}
    return {
        name: _printed(parts[0], [word for word, _ in text], reader)
        for name, text in texts.items()
        if text
    }


def _measure_among(
    words: Sequence[tuple[Word, int]],
) -> tuple[list[tuple[Word, int]], list[tuple[Word, int]]] | None:
    """The words that are a measure, and the others; ``None`` where there are none."""
    for count in range(len(words), 0, -1):
        for start in range(len(words) - count + 1):
            run = list(words[start : start + count])
            if measure_of(_text(run)) is not None:
                return run, [*words[:start], *words[start + count :]]
    return None


def parts_of(cell: Sequence[Segment]) -> list[list[Segment]]:
    """The cell's texts in the order of reading: columns from the left where they stand side by
    side, else lines from the top."""
    ordered = sorted(cell, key=lambda each: each.rect.x0)
    columns: list[list[Segment]] = []
    reach = 0.0
    for each in ordered:
        if columns and each.rect.x0 < reach:
            columns[-1].append(each)
        else:
            columns.append([each])
            reach = each.rect.x1
        reach = max(reach, each.rect.x1)
    if len(columns) > 1:
        return [sorted(column, key=lambda each: each.rect.top) for column in columns]
    lines: list[list[Segment]] = []
    for each in sorted(cell, key=lambda each: each.rect.top):
        level = lines and overlap(
            each.rect.top, each.rect.bottom, lines[-1][0].rect.top, lines[-1][0].rect.bottom
        )
        if level and level > 0.5 * each.size:
            lines[-1].append(each)
        else:
            lines.append([each])
    return lines


def _words(part: Sequence[Segment]) -> list[Word]:
    """The words of a part without separators and without labels ("Tendencia:")."""
    words = [word for line in text_lines(part) for word in line]
    kept = [word for word in words if any(mark.isalnum() for mark in word.text)]  # no arrows
    return [word for word in kept if not word.text.endswith(":")]


def _is_trend(word: Word) -> bool:
    return trend_of(word.text) is not None


def _broken_end(word: tuple[Word, int], after: Sequence[tuple[Word, int]]) -> int | None:
    """Which word is the end that a narrow box broke off a trend: "ascendent", "e"."""
    if match_key(word[0].text) == trend_of(word[0].text):
        return None
    wholes = [match_key(word[0].text + end.text) for end, _ in after]
    return next((at for at, whole in enumerate(wholes) if trend_of(whole) == whole), None)


def _text(words: Sequence[tuple[Word, int]]) -> str:
    return match_key(" ".join(word.text for word, _ in words))


def _printed(cell: Sequence[Segment], words: Sequence[Word], reader: str) -> Printed:
    """Some words as printed, line by line, without the mark that parts them from the next ones."""
    kept = [word for word in words if word.chars]
    if kept[-1].text[-1] in _MARKS:
        kept[-1] = Word(kept[-1].chars[:-1])
    lines = [list(group) for _, group in groupby(kept, key=lambda word: round(word.rect.bottom))]
    frames = {char.order: each.frame for each in cell for char in each.chars}
    own = [segment(cell[0].page, line, frames.get(line[0].chars[0].order)) for line in lines]
    return printed_of(own, reader)
