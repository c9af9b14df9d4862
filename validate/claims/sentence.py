"""The sentences of a document as the rules about prose look at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from normalize.mentions import Mention, find_mentions
from normalize.numbers import Habits
from normalize.schema import Figure, encode_record
from normalize.sentences import LONGEST, plain_text
from validate.rule import Evidence


@dataclass(frozen=True)
class Sentence:
    """One statement of a document, its section and its number in the section (from 1)."""

    figure: Figure
    section: str
    number: int
    habits: Habits

    @property
    def text(self) -> str:
        return self.figure.value_text or ""

    @cached_property
    def plain(self) -> str:
        """The text in small letters without accents, character for character; empty where it is
        too long for a sentence, so that no claim is read in it."""
        return plain_text(self.text) if len(self.text) <= LONGEST else ""

    @cached_property
    def mentions(self) -> list[Mention]:
        """Its counts and shares, in the order in which they are figures of it."""
        return find_mentions(self.text, self.habits)

    @property
    def record(self) -> str:
        return self.figure.record_key

    @property
    def evidence(self) -> Evidence:
        return Evidence("figures", self.record, "value_text", "stated")

    def mention_record(self, at: int, figure: str) -> str:
        """The record of its ``count`` or ``share`` number ``at`` (from 0)."""
        return encode_record(figure, f"{self.figure.subject}.{at + 1}", 0)


def sentences_among(figures: Iterable[Figure], habits: Habits) -> tuple[Sentence, ...]:
    """The sentences among the figures of a document, in its order."""
    found = []
    for figure in figures:
        if figure.figure == "statement":
            section, _, number = figure.subject.rpartition("/")
            place = int(number) if number.isdecimal() else 0
            found.append(Sentence(figure, section, place, habits))
    return tuple(found)
