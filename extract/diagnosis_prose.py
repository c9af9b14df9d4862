"""The numbers that a Diagnóstico states in its prose: score, level and rank of the institution, and
how many programmes, objectives and indicators it speaks of.

Each is read from a sentence that says it in full; a number that only looks like one is left to the
checks of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.report_flow import Block
from extract.segments import Segment
from extract.types import Piece, Printed, RawFigure
from extract.words import Word, chars_piece, printed
from normalize.text import fold

SOFT_HYPHEN = "\u00ad"

_WORDS = (
    r"un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
    r"|dieci\w+|veinte|veinti\w+|treinta(?:\sy\s\w+)?|cuarenta(?:\sy\s\w+)?"
)
_COUNT = rf"(?P<value>\d{{1,3}}|{_WORDS})"
_TITLE = (
    r"(?P<title>Programa\s(?:Institucional|Sectorial|Especial|Nacional|Regional)\b[^.;:()]{3,200}?"
    r"20\d\d\s?[-–—]\s?20\d\d)"
)
_SCORE = re.compile(
    r"\bInMonitoreo\b\s?\S{0,2}\s(?:(?!\d)\S+\s){0,5}?(?P<value>\d[.,]\d+)"
    r"|(?P<again>\d[.,]\d{2,})\s(?:(?!\d)\S+\s){0,4}?InMonitoreo",
)
_SCORE_GLUED = re.compile(
    r"\bInMonitoreo[\d¹²³⁴-⁹*]{0,2}\s(?:(?!\d)\S+\s){0,5}?(?P<value>\d[.,]\d+)"
)
_LEVEL = re.compile(
    r"\b(?:nivel|categor[ií]a)\s(?:de\s)?(?:monitoreo\s)?(?:de\s)?[“\"«]?"
    r"(?P<value>[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?:[\s-](?:alto|bajo|Alto|Bajo)\b)?)"
)
_ORDINAL = (
    r"primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[eé]ptim[oa]|octav[oa]"
    r"|noven[oa]|und[eé]cim[oa]|duod[eé]cim[oa]|(?:d[eé]cim|vig[eé]sim|trig[eé]sim)[oa]"
    r"(?:\s(?:primer|segund|tercer|cuart|quint|sext|s[eé]ptim|octav|noven)[oa]?)?"
)
# OCR takes the raised sign of an ordinal for a quotation mark
_OF_TOTAL = rf"\s(?:de|entre)\s(?:las|los|un\stotal\sde)\s(?P<total>\d{{1,3}}|{_WORDS})\b"
_RANKS = (
    re.compile(
        rf"\b(?:(?P<rank>\d{{1,3}})\s?(?:[.°ºª”“’\x22*?]|er|o|a|vo|mo|to|no|do|ro)*|(?P<word>{_ORDINAL}))\s"
        rf"(?:lugar|posici[oó]n|sitio){_OF_TOTAL}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:lugar|posici[oó]n|sitio)\s(?:n[uú]mero\s)?(?P<rank>\d{{1,3}})(?P<word>)?[°º]?"
        rf"{_OF_TOTAL}",
        re.IGNORECASE,
    ),
)
_PROGRAMMES = re.compile(
    rf"\b(?:sus|los|con|de)\s{_COUNT}\sprogramas\s(?:presupuestarios\s)?(?:y\sacciones\s)?"
    r"(?:sociales|de\sdesarrollo\ssocial)",
    re.IGNORECASE,
)
_OBJECTIVES = re.compile(
    rf"{_TITLE}\s(?:\([^)]*\)\s)?(?:cuenta\scon|tiene|contiene|establece|integra|incluye|consta\sde"
    rf"|se\s(?:compone|integra)\s(?:de|por)|plantea|define)\s{_COUNT}\sobjetivos",
)
_INDICATORS = re.compile(
    rf"\b(?:los|sus|con|tiene)\s{_COUNT}\sindicadores\b[^.]{{0,80}}?{_TITLE}",
)
_INDICATORS_AFTER = re.compile(
    rf"{_TITLE}\s(?:\([^)]*\)\s)?(?:cuenta\scon|tiene|contiene|establece|integra|incluye)\s{_COUNT}\s"
    r"indicadores"
)
_SENTENCE = re.compile(r"(?<=[.?!])\s(?=[A-ZÁÉÍÓÚÑ¿«“])")


@dataclass(slots=True)
class _Text:
    """A block as one text, each word with the place where it begins."""

    text: str
    words: list[tuple[int, Segment, Word]]

    def printed(self, start: int, end: int, reader: str) -> Printed:
        """What stands between two places, with a box for each line of it."""
        pieces: list[Piece] = []
        for at, each, word in self.words:
            letters = [char for char in word.chars for _ in char.text if char.text != SOFT_HYPHEN]
            part = letters[max(start - at, 0) : max(end - at, 0)]
            if part:
                pieces.append(chars_piece(each.page, part))
        return printed(pieces, reader, fold(self.text[start:end]))


def _text_of(block: Block) -> _Text:
    text, words = "", []
    for each, word in block.words():
        words.append((len(text), each, word))
        text += word.text.replace(SOFT_HYPHEN, "") + " "
    return _Text(text.rstrip(), words)


def figures_of(items: Sequence[tuple[str, Block]], reader: str) -> Iterator[RawFigure]:
    """The figures that the blocks state, in order; ``items`` are blocks with their section."""
    told: set[tuple[str, str]] = set()
    for section, block in items:
        text = _text_of(block)
        found = [*_institution(text, reader), *_counts(section, text, reader)]
        for figure in found:
            if (figure.figure, figure.subject) not in told:
                yield figure
        told |= {(figure.figure, figure.subject) for figure in found}


def _institution(text: _Text, reader: str) -> Iterator[RawFigure]:
    """Score, level and rank of the institution: the level is the one that the sentence of the score
    or the next names."""
    sentences = _sentences(text.text)
    for number, (start, end) in enumerate(sentences):
        match = _SCORE_GLUED.search(text.text, start, end) or _SCORE.search(text.text, start, end)
        if match is None:
            continue
        name = "value" if match["value"] else "again"
        yield RawFigure("score", "", 0, text.printed(*match.span(name), reader))
        after = sentences[number + 1][1] if number + 1 < len(sentences) else end
        level = _LEVEL.search(text.text, match.end(), after)
        if level:
            yield RawFigure("level", "", 0, text.printed(*level.span("value"), reader))
        break
    rank = next((match for rank in _RANKS if (match := rank.search(text.text))), None)
    if rank:
        name = "rank" if rank["rank"] else "word"
        yield RawFigure("rank", "", 0, text.printed(*rank.span(name), reader))
        yield RawFigure("rank_total", "", 0, text.printed(*rank.span("total"), reader))


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.start() for match in _SENTENCE.finditer(text)]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))


def _counts(section: str, text: _Text, reader: str) -> Iterator[RawFigure]:
    programmes = _PROGRAMMES.search(text.text) if section == "programas" else None
    if programmes:
        yield RawFigure("programme_count", "", 0, text.printed(*programmes.span("value"), reader))
    for code, patterns in (
        ("objective_count", (_OBJECTIVES,)),
        ("indicator_count", (_INDICATORS, _INDICATORS_AFTER)),
    ):
        for pattern in patterns:
            for match in pattern.finditer(text.text):
                subject = re.sub(r"(?<=\d)\s?([-–—])\s?(?=\d)", r"\1", fold(match["title"]))
                value = text.printed(*match.span("value"), reader)
                yield RawFigure(code, subject, 0, value)
