"""The whole programme, as every renderer takes it."""

from __future__ import annotations

from dataclasses import dataclass

from samples.ficha import Ficha, read_fichas
from samples.prose import index_entries
from samples.source import SourcePage, read_pages

# The transcription lacks the two pages before chapter 2 (its page with a printed number, 15, is
# the thirteenth). A cover and an index stand in for them; their words are the programme's own.
TITLE = "Programa Institucional del Instituto Mexicano del Seguro Social 2020-2024"
INSTITUTION = "Instituto Mexicano del Seguro Social"
INDEX_HEADING = "1.- Índice"
_PAGES_BEFORE = 2

_FIRST_FICHA_CHAPTER = "8.- "
_CHAPTER_BEHIND = "9.- "


@dataclass(frozen=True, slots=True)
class Programme:
    """Pages before the fichas, the fichas, pages behind them."""

    index: tuple[tuple[str, int], ...]  # chapter, printed page number
    before: tuple[SourcePage, ...]
    fichas: tuple[Ficha, ...]
    after: tuple[SourcePage, ...]


def load() -> Programme:
    """Reads the transcription. Raises ``ValueError`` where it is not in the template's order."""
    pages = read_pages()
    index = index_entries(pages)
    start = next(at for text, at in index if text.startswith(_FIRST_FICHA_CHAPTER))
    end = next(at for text, at in index if text.startswith(_CHAPTER_BEHIND))
    return Programme(
        index=tuple((text, at + 1 + _PAGES_BEFORE) for text, at in index),
        before=tuple(pages[:start]),
        fichas=tuple(read_fichas(pages[start:end])),
        after=tuple(pages[end:]),
    )
