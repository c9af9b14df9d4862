"""The same Fichas de Monitoreo printed in every way that must read the same.

As :mod:`samples.variants` for fichas of programmes; the truth is a
:class:`~samples.monitoring_source.Monitoring`, an invented one or a published one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics

from samples.card_inventions import Invention
from samples.card_print import GREY, WHITE, Print, Tables, print_sheets, print_tables
from samples.monitoring_layout import Look, lay_out, scrambled
from samples.monitoring_source import Monitoring
from samples.pages import cropped, enlarged, turned, unmapped
from samples.typed import decomposed, ligated, softened, spelt, thin, unbreaking

if TYPE_CHECKING:
    from extract.types import RawDocument
    from samples.tally import Tally


@dataclass(frozen=True, slots=True)
class CardVariant:
    """One way to print a Ficha de Monitoreo; attributes as of :class:`samples.variants.Variant`."""

    name: str
    group: str
    monitoring: Monitoring
    build: Callable[[Path], None] = field(repr=False)
    may_flag: float = 0.0

    def count(self, raw: RawDocument) -> Tally:
        from samples.card_tally import card_tally

        return card_tally(raw, self.monitoring)


def card_variants(seed: int = 5) -> Iterator[CardVariant]:
    """All variants, each of a document made up from a seed."""
    monitoring = Invention(seed, objectives=4, cards=(1, 5)).monitoring()
    for group, looks in _LOOKS.items():
        for name, (look, how, change) in looks.items():
            may_flag = _MAY_FLAG.get(name, 0.0)
            build = _by_boxes(monitoring, look, how, change)
            yield CardVariant(name, f"monitoreo, {group}", monitoring, build, may_flag)
    for name, (keys, first) in _KEYS.items():
        keyed = Invention(seed, objectives=4, cards=(1, 5), keys=keys, first=first).monitoring()
        for rules, look in (("ruled", _WIDE), ("no rules", _BARE)):
            build = _by_boxes(keyed, look, Print(), None)
            yield CardVariant(f"{name}, {rules}", "monitoreo, wording", keyed, build)
    for name, tables in _TABLES.items():
        may_flag = _MAY_FLAG.get(name, 0.0)
        build = _by_tables(monitoring, tables)
        yield CardVariant(name, "monitoreo, tables", monitoring, build, may_flag)


Change = Callable[[Path], None]


def _by_boxes(monitoring: Monitoring, look: Look, how: Print, change: Change | None) -> Change:
    def build(path: Path) -> None:
        for font in {look.font, look.bold} & set(pdfmetrics.standardFonts):
            pdfmetrics.getFont(font)
        sheets = [scrambled(sheet, at) for at, sheet in enumerate(lay_out(monitoring, look))]
        print_sheets(sheets, look, path, how)
        if change is not None:
            change(path)

    return build


def _by_tables(monitoring: Monitoring, tables: Tables) -> Change:
    def build(path: Path) -> None:
        print_tables(monitoring, path, tables)

    return build


_WIDE = Look(own_lines=False, per_page=2)
_BARE = replace(_WIDE, rules="none", coloured=False)
_SYSTEM = replace(_WIDE, font="DejaVuSans", bold="DejaVuSans-Bold")
_UNSHADED = replace(_WIDE, coloured=False)
_Way = tuple[Look, Print, Change | None]


def _way(look: Look = _WIDE, how: Print | None = None, change: Change | None = None) -> _Way:
    return look, how or Print(), change


_LOOKS: Mapping[str, Mapping[str, _Way]] = {
    "rules": {
        "plain": _way(),
        "thin filled rectangles": _way(replace(_WIDE, rules="rects")),
        "segments": _way(_UNSHADED, Print(rules="segments")),
        "thousands of segments": _way(_UNSHADED, Print(rules="segments", step=1.5)),
        "doubled": _way(_UNSHADED, Print(rules="double")),
        "with gaps": _way(_UNSHADED, Print(rules="gaps")),
        "light grey": _way(_UNSHADED, Print(colour=GREY)),
        "white on paper": _way(_UNSHADED, Print(colour=WHITE)),
        "white on shaded cells": _way(_WIDE, Print(colour=WHITE)),
        "shading alone": _way(replace(_WIDE, rules="none")),
        "horizontal alone": _way(_UNSHADED, Print(rules="horizontal")),
        "none": _way(_BARE),
        "none, features below each other": _way(replace(_BARE, features="lines")),
        "none, prose at the left": _way(replace(_BARE, prose="left", align="left")),
    },
    "pages": {
        "A3": _way(replace(_WIDE, width=1191.0, height=842.0, size=7.5)),
        "half letter": _way(
            replace(_WIDE, width=396.0, height=612.0, size=3.6, per_strip=2, stacked_head=True)
        ),
        "portrait": _way(
            replace(_WIDE, width=612.0, height=792.0, size=5.2, prose="below", stacked_head=True)
        ),
        "one card a strip": _way(replace(_WIDE, per_strip=1, per_page=1)),
        "shown on its side": _way(change=lambda path: turned(path, 0, 90)),
        "content turned 90": _way(change=lambda path: turned(path, 1, 90)),
        "content turned 180": _way(change=lambda path: turned(path, 2, 180)),
        "content turned 270": _way(change=lambda path: turned(path, 3, 270)),
        "cropped": _way(change=lambda path: cropped(path, 10.0)),
        "user unit 2.5": _way(change=lambda path: enlarged(path, 2.5)),
    },
    "text": {
        "decomposed accents": _way(_SYSTEM, Print(typed=decomposed)),
        "ligatures": _way(how=Print(typed=ligated)),
        "no-break spaces": _way(how=Print(typed=unbreaking)),
        "thin spaces": _way(_SYSTEM, Print(typed=thin)),
        "letter-spaced": _way(how=Print(spacing=0.9)),
        "letter-spaced, no rules": _way(_BARE, Print(spacing=0.9)),
        "printed twice": _way(how=Print(overprint=0.3)),
        "printed twice, same place": _way(how=Print(overprint=0.0)),
        "invisible text": _way(how=Print(invisible="Superado 12, 45% Retroceso")),
        "footnote marks": _way(how=Print(marks=True)),
        "soft hyphens": _way(how=Print(typed=softened)),
        "letters apart": _way(how=Print(typed=spelt)),
        "without letters' names": _way(change=unmapped),
        "built-in font": _way(replace(_WIDE, font="Helvetica", bold="Helvetica-Bold")),
    },
}
_KEYS: Mapping[str, tuple[str, int]] = {
    "keys like 1.10": ("{0}.{1}", 8),
    "keys like 2.1.a": ("{0}.{1}.{2}", 1),
    "no keys": ("", 1),
}
_LANDSCAPE = (792.0, 612.0)
_RUNNING = "Consejo Nacional de Evaluación de la Política de Desarrollo Social"
_TABLES: Mapping[str, Tables] = {
    "ruled, in the middle": Tables(),
    "ruled, at the top": Tables(stand="TOP", page=_LANDSCAPE),
    "ruled, at the bottom": Tables(stand="BOTTOM", per_strip=2, centred=False),
    "ruled, features in cells": Tables(features="cells", page=_LANDSCAPE),
    "ruled, narrow cells": Tables(features="cells", size=9.0),
    "ruled, objective aside": Tables(aside=True, page=_LANDSCAPE),
    "ruled, running head": Tables(head=_RUNNING, size=9.0, per_strip=2),
    "ruled in white": Tables(colour=1.0, page=_LANDSCAPE),
    "shaded rows": Tables(rules="none", shaded=True, per_strip=2, page=_LANDSCAPE),
    "rows ruled": Tables(rules="rows", page=_LANDSCAPE, stand="TOP"),
    "no rules": Tables(rules="none", page=_LANDSCAPE, stand="TOP"),
    "no rules, in the middle": Tables(rules="none", page=_LANDSCAPE),
}
_MAY_FLAG: Mapping[str, float] = {
    "without letters' names": 1.0,
    "letters apart": 0.2,
    "ruled, at the bottom": 0.02,
    "shaded rows": 0.02,
}
