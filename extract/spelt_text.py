"""Texts in which words typed letter by letter are left: told, never taken for words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.page import Page, read_page
from extract.pdf import Pdf
from extract.scan.pages import Glance, glance
from extract.spelt import ONE_LETTER_WORDS
from extract.types import Printed, Problem, RawDocument, RawFicha

OFTEN = 3
"""Such words from which a document that no family takes, or that is read for its figures, is told
to have them: a heading or label may be among them."""

_SPELT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ \u00a0]+){3,}[^\W\d_](?![^\W_])")
_ALONE = re.compile(r"[ \u00a0][^\W\d_][ \u00a0]+[^\W\d_][ \u00a0]")
"""The second and the third letter of such a word: looked for first, at a third of the price."""
_GROUP = re.compile(r"(?<!\w)\d[ \u00a0]+,(?:[ \u00a0]+\d){3}(?!\w)")
"""Three digits of a number that are typed so, behind the sign that parts thousands."""
_TIMES = re.compile(r"\w(?:\W+[xX]\W+\w)+")


def known_page(pdf: Pdf, number: int) -> Glance:
    """What is asked of every page (from 1); such words of its text are read by their geometry.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    page = glance(pdf, number)
    return page._replace(text=_text(read_page(pdf, number))) if is_spelt(page.text) else page


def _text(page: Page) -> str:
    return "".join(char.gap.replace("\n", "\r\n") + char.text for char in page.chars)


def is_spelt(text: str) -> bool:
    """Whether a text has a word typed letter by letter."""
    return _ALONE.search(text) is not None and _count(text) > 0


def _count(text: str) -> int:
    return sum(_is_stray(found[0]) for found in _SPELT.finditer(text))


def _is_stray(letters: str) -> bool:
    """Whether letters in a row are neither words nor factors (``a x b x c``)."""
    strays = [letter for letter in letters.split() if letter not in ONE_LETTER_WORDS]
    return len(strays) > 1 and not _TIMES.fullmatch(letters)


def doubt_spelt(raw: RawDocument, texts: Iterable[str]) -> None:
    """Say of each text that is read what words typed letter by letter it still has; and of a
    document (``texts`` of its pages) that no family takes, that its text has them."""
    for ficha in raw.fichas:
        ficha.problems += [_problem(name, text) for name, text in _spelt_of(_texts(ficha))]
    for card in raw.cards:
        card.problems += [_problem(name, text) for name, text in _spelt_of(card.fields.items())]
    for figure in raw.figures:
        if is_spelt(figure.subject) or is_spelt(figure.value.text):
            path = f"figures.{figure.figure}.{figure.year}.{figure.subject}"
            raw.problems.append(_problem(path, figure.value))
    said = [("", each.text) for each in raw.statements]
    raw.problems += [_problem(*each) for each in _spelt_of([*said, *_head(raw)])]
    counts = [_count(text) for text in texts]
    if sum(counts) >= OFTEN and raw.figures:
        raw.problems.append(_left([at for at, count in enumerate(counts, start=1) if count]))
    if sum(counts) >= OFTEN and raw.family == "otra":
        raw.problems.append(
            Problem(
                "REA03",
                "",
                "El documento tiene palabras escritas letra por letra, con espacios que no se "
                "distinguen de los que separan palabras; por eso puede no haberse reconocido.",
                "The document has words typed letter by letter, with spaces that cannot be told "
                "from those between words; it may not have been recognized for that.",
            )
        )


def _texts(ficha: RawFicha) -> Iterator[tuple[str, Printed | None]]:
    yield from ficha.fields.items()
    for position, row in enumerate(ficha.variables, start=1):
        for part in ("name", "value", "source"):
            yield f"variables.{row.number or position}.{part}", getattr(row, part)


def _head(raw: RawDocument) -> list[tuple[str, Printed | None]]:
    return [("", raw.title), ("", raw.institution)]


def _left(pages: list[int]) -> Problem:
    said = ", ".join(map(str, pages))
    return Problem(
        "REA03",
        "",
        f"Hay palabras escritas letra por letra que no se distinguen (páginas: {said}); puede "
        "faltar lo que dicen.",
        f"There are words typed letter by letter that cannot be told (pages: {said}); what they "
        "say may lack.",
    )


def _spelt_of(texts: Iterable[tuple[str, Printed | None]]) -> Iterator[tuple[str, Printed]]:
    return (
        (name, text)
        for name, text in texts
        if text is not None and (is_spelt(text.text) or _GROUP.search(text.text))
    )


def _problem(field: str, text: Printed) -> Problem:
    return Problem(
        "REA03",
        field,
        f"En «{text.text}» hay palabras o cifras escritas letra por letra; no es seguro dónde "
        "termina cada una.",
        f"In “{text.text}” words or figures are typed letter by letter; where each ends is not "
        "certain.",
        text.pieces,
    )
