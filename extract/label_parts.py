"""Labels that stand so close behind each other that they are one text on their line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.labelled import Mark, is_text, said
from extract.segments import Segment, segment
from extract.words import Line

LONGEST = 10
"""Words that a label has at most."""


def part_labels(segments: Sequence[Segment], marks: Sequence[Mark]) -> list[Segment]:
    """The segments; those cut that are nothing but labels, alone or with their values ("Localidades
    Hombres atendidos", "Meta: 94.00 Valor: 70.33")."""
    return [part for each in segments for part in _parted(each, marks)]


def _parted(each: Segment, marks: Sequence[Mark]) -> list[Segment]:
    cuts: list[int] = []
    at = 0
    while at < len(each.words):
        length, mark, _ = _label_at(each.words, at, marks)
        if mark is not None and (not cuts or _is_labelled(each.words[cuts[-1] : at], marks)):
            cuts.append(at)
            at += length
        elif not cuts:
            return [each]
        else:
            at += 1
    parts = [each.words[start:end] for start, end in pairwise([*cuts, len(each.words)])]
    if len(parts) < 2 or not all(_is_labelled(part, marks) for part in parts):
        return [each]
    return [segment(each.page, part, each.cell, each.doubtful) for part in parts]


def _label_at(words: Line, at: int, marks: Sequence[Mark]) -> tuple[int, Mark | None, bool]:
    """The longest label that begins at a word: how many words, which, and whether with a colon."""
    for end in range(min(len(words), at + LONGEST), at, -1):
        found = said(words[at:end], marks)
        if found is not None:
            return end - at, found[0], found[2]
    return 0, None, False


def _is_labelled(words: Line, marks: Sequence[Mark]) -> bool:
    """Whether words are a label, alone or with what can be its value behind it."""
    length, mark, colon = _label_at(words, 0, marks)
    rest = " ".join(word.text for word in words[length:])
    if mark is None or not rest:
        return mark is not None
    return colon if mark.value is is_text else mark.value(rest)
