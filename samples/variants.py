"""The same fichas printed in every way that must read the same.

:func:`variants` is the one list of them: the tests hold the reader to it, ``tools/variants.py``
counts over it, the accuracy bench compares readers upon it. Use it so::

    for variant in variants():
        variant.build(path)                              # writes a PDF
        tally = samples.tally.tally(extract.read(path), variant.fichas)
        # tally.exact, tally.flagged, tally.wrong: fields; wrong must stay empty

``variant.fichas`` is the truth, in the form of ``samples/sources/*.fichas.json``;
``variant.may_flag`` the part of its fields that may be flagged and not read (0 for most).
``samples.tally.printed_values`` gives the same truth field by field. Pages are those of
``samples.fichas_reportlab``; every PDF is written anew and alike at each call.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from samples.fichas_layout import Ficha
from samples.fichas_reportlab import Style, render
from samples.invented import invented
from samples.pages import cropped, enlarged, turned

if TYPE_CHECKING:
    from extract.types import RawDocument
    from samples.tally import Tally

SOURCES = Path(__file__).parent / "sources" / "piimss-2020-2024.fichas.json"

A3, HALF_LETTER = (841.9, 1190.6), (396.0, 612.0)
LANDSCAPE = (792.0, 612.0)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to print some fichas. ``group``: rules, pages, text or wording."""

    name: str
    group: str
    fichas: tuple[Ficha, ...]
    build: Callable[[Path], None]
    may_flag: float = 0.0

    def count(self, raw: RawDocument) -> Tally:
        """What a reading of the printed document got right, flagged and got wrong."""
        from samples.tally import tally

        return tally(raw, self.fichas)


def published() -> list[Ficha]:
    """The 18 fichas of the sample programme."""
    fichas: list[Ficha] = json.loads(SOURCES.read_text(encoding="utf-8"))
    return fichas


def variants(fichas: Sequence[Ficha] | None = None) -> Iterator[Variant]:
    """All variants, each of these fichas (by default the published and the invented ones)."""
    chosen = tuple(fichas if fichas is not None else [*published(), *invented()])
    for group, styles in _STYLES.items():
        for name, style in styles.items():
            yield Variant(name, group, chosen, _printer(chosen, style), _MAY_FLAG.get(name, 0.0))
    for name, change in _CHANGES.items():
        yield Variant(name, "pages", chosen, _printer(chosen, Style(), change))


def _printer(
    fichas: Sequence[Ficha], style: Style, change: Callable[[Path], None] | None = None
) -> Callable[[Path], None]:
    def build(path: Path) -> None:
        render(fichas, path, style=style)
        if change is not None:
            change(path)

    return build


_BARE = Style(rules="none")
_RUNNING = "Programa Institucional del Instituto Mexicano del Seguro Social"
_RULES: Mapping[str, Style] = {
    "plain": Style(),
    "strokes in segments": Style(rules="segments"),
    "thousands of segments": Style(rules="segments", step=1.5),
    "thin filled rectangles": Style(rules="bars"),
    "doubled": Style(rules="double"),
    "with gaps": Style(rules="gaps"),
    "light grey": Style(colour=0.9),
    "white on shaded cells": Style(colour=1.0, shading="cells"),
    "white on paper": Style(colour=1.0),
    "white bars": Style(rules="bars", colour=1.0),
    "shaded cells alone": Style(rules="none", shading="cells"),
    "shaded labels alone": Style(rules="none", shading="labels"),
    "shaded rows alone": Style(rules="none", shading="rows"),
    "horizontal alone": Style(rules="horizontal"),
    "horizontal, at the top": Style(rules="horizontal", middle=False),
    "horizontal, shaded labels": Style(rules="horizontal", shading="labels"),
    "outer alone": Style(rules="outer"),
    "none": _BARE,
    "none, at the top": replace(_BARE, middle=False),
    "none, centred": replace(_BARE, centred=True),
    "none, tight": replace(_BARE, middle=False, cell_padding=0.25),
    "none, wide": replace(_BARE, middle=False, cell_padding=0.9),
    "none, titles between": replace(_BARE, section_titles="text"),
    "none, one after the other": replace(_BARE, page_per_ficha=False, cut_rows=False),
    "none, cut by pages": replace(_BARE, page_per_ficha=False, middle=False),
    "none, cut by pages, in the middle": replace(_BARE, page_per_ficha=False),
    "none, landscape": replace(_BARE, page_size=LANDSCAPE),
}
_MAY_FLAG: Mapping[str, float] = {
    "none, cut by pages": 0.02,
    "none, cut by pages, in the middle": 0.02,
}
_PAGES: Mapping[str, Style] = {
    "landscape": Style(page_size=LANDSCAPE),
    "A3": Style(page_size=A3, size=11.0),
    "half letter": Style(page_size=HALF_LETTER, margin=25.0, size=5.0),
    "one after the other": Style(page_per_ficha=False),
    "rows whole": Style(page_per_ficha=False, cut_rows=False),
    "running heads, repeated titles": Style(
        page_per_ficha=False, running_head=_RUNNING, repeat_title=True
    ),
    "over three pages": Style(size=13.0, margin=36.0, running_head=_RUNNING),
    "cut at the top": Style(page_per_ficha=False, middle=False, size=9.0),
}


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _ligated(text: str) -> str:
    return text.replace("fi", "\ufb01").replace("fl", "\ufb02")


def _unbreaking(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _thin(text: str) -> str:
    return text.replace(" ", "\u2009")


def _spelt(text: str) -> str:
    """Letters apart, words further apart, as the text of letter-spaced words comes out."""
    return "   ".join(" ".join(word) for word in text.split())


def _partly_spelt(text: str) -> str:
    """Some words so, and some of their letters together, as hands and converters leave them."""
    words = text.split()
    if not any(len(word) > 7 for word in words):
        return text
    return "   ".join(
        " ".join([*word[:-3], word[-3:]]) if len(word) > 7 else word for word in words
    )


_SYSTEM = {"font": "DejaVuSans", "bold": "DejaVuSans-Bold"}
_TEXT: Mapping[str, Style] = {
    "decomposed accents": Style(typed=_decomposed, **_SYSTEM),
    "ligatures": Style(typed=_ligated),
    "soft hyphens": Style(soft_hyphens=True),
    "no-break spaces": Style(typed=_unbreaking),
    "thin spaces": Style(typed=_thin, **_SYSTEM),
    "letter-spaced": Style(letter_spacing=1.2, size=6.0),
    "letters apart": Style(typed=_spelt, size=4.0),
    "letters apart in long words": Style(typed=_partly_spelt, size=4.0),
    "labels printed twice": Style(overprint=0.3),
    "labels printed twice, same place": Style(overprint=0.0),
    "invisible text": Style(invisible="12,345 oculto"),
    "footnote marks": Style(marks=True),
    "footnote marks, no rules": replace(_BARE, marks=True, middle=False),
    "built-in font": Style(font="Helvetica", bold="Helvetica-Bold"),
    "decomposed, no rules": Style(rules="none", typed=_decomposed, **_SYSTEM),
}

_CAPITALS = {
    text: text.upper()
    for text in (
        "Nombre",
        "Objetivo prioritario",
        "Definición o descripción",
        "Nivel de desagregación",
        "Tipo",
        "Acumulado o periódico",
        "Unidad de medida",
        "Método de cálculo",
        "Observaciones",
        "Línea base",
        "Valor",
        "Año",
    )
}
_SHORTER = {
    "Periodicidad o frecuencia de medición": "Frecuencia de medición",
    "Unidad Responsable de reportar el avance": "UR responsable de reportar el avance",
    "Sustitución en método de cálculo del indicador": "Sustitución en método de cálculo",
    "Nivel de desagregación": "Desagregación",
    "Definición o descripción": "Def. o descripción",
    "Objetivo prioritario": "Obj. prioritario",
    "Unidad de medida": "Unid. de med.",
    "Tendencia esperada": "Tend. esperada",
    "Disponibilidad de la información": "Disp. de la inform.",
}
_SLIPS = {
    "Definición o descripción": "Definicion o descripcíon",
    "Unidad de medida": "Unidad de mediad",
    "Periodo de recolección de datos": "Período de recoleccion de datos",
    "Tendencia esperada": "Tendencia esperda",
    "Método de cálculo": "Metodo de calculo",
    "Nota sobre la línea base": "Nota sobre la linea base",
    "METAS INTERMEDIAS": "Metas intermedias",
}
_WORDING: Mapping[str, Style] = {
    "labels in capitals": Style(labels=_CAPITALS),
    "labels abbreviated": Style(labels=_SHORTER),
    "labels misspelt": Style(labels=_SLIPS),
    "labels in capitals, no rules": replace(_BARE, labels=_CAPITALS),
    "labels abbreviated, no rules": replace(_BARE, labels=_SHORTER),
    "labels misspelt, no rules": replace(_BARE, labels=_SLIPS),
}
_STYLES: Mapping[str, Mapping[str, Style]] = {
    "rules": _RULES,
    "pages": _PAGES,
    "text": _TEXT,
    "wording": _WORDING,
}
_CHANGES: Mapping[str, Callable[[Path], None]] = {
    "content turned 90, shown upright": lambda path: turned(path, 1, 90),
    "content turned 180": lambda path: turned(path, 2, 180),
    "content turned 270": lambda path: turned(path, 3, 270),
    "shown on its side": lambda path: turned(path, 0, 90),
    "content on its side": lambda path: turned(path, 1, 0),
    "cropped": lambda path: cropped(path, 20.0),
    "user unit 2.5": lambda path: enlarged(path, 2.5),
}
