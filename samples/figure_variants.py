"""Fichas of budget programmes and Diagnósticos printed in every way that must read the same.

As :mod:`samples.card_variants`; the truth is a :class:`~samples.figure_tally.Truth`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4, landscape, letter

from samples import budget_inventions, budget_reportlab, diagnosis_fpdf, diagnosis_inventions
from samples.budget_ficha import BudgetFicha
from samples.card_print import GREY, WHITE, Print, print_sheets
from samples.diagnosis_source import Diagnosis
from samples.monitoring_layout import Look, Sheet, cut_up
from samples.pages import cropped, enlarged, turned, unmapped
from samples.typed import decomposed, ligated, softened, spelt, thin, unbreaking

if TYPE_CHECKING:
    from extract.types import RawDocument
    from samples.figure_tally import Truth
    from samples.tally import Tally

Change = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class FigureVariant:
    """One way to print a document; attributes as of :class:`samples.variants.Variant`."""

    name: str
    group: str
    truth: Truth
    build: Change = field(repr=False)
    may_flag: float = 0.0

    def count(self, raw: RawDocument) -> Tally:
        from samples.figure_tally import figure_tally

        return figure_tally(raw, self.truth)


@dataclass(frozen=True, slots=True)
class _Way:
    """How one variant differs from the plain print: the ``looks`` of either family's style, how it
    is drawn, what is done to the pages."""

    how: Print = field(default_factory=Print)
    change: Change | None = None
    bare: bool = False
    system: bool = False
    head: str = ""


SYSTEM = ("DejaVuSans", "DejaVuSans-Bold")
_RULES: Mapping[str, _Way] = {
    "plain": _Way(),
    "thin filled rectangles": _Way(Print(rules="bars")),
    "segments": _Way(Print(rules="segments", shaded=False)),
    "thousands of segments": _Way(Print(rules="segments", step=1.5)),
    "doubled": _Way(Print(rules="double")),
    "with gaps": _Way(Print(rules="gaps")),
    "light grey": _Way(Print(colour=GREY)),
    "white on paper": _Way(Print(colour=WHITE, shaded=False)),
    "horizontal alone": _Way(Print(rules="horizontal", shaded=False)),
    "none": _Way(Print(shaded=False), bare=True),
    "shading alone": _Way(bare=True),
}
_PAGES: Mapping[str, _Way] = {
    "shown on its side": _Way(change=lambda path: turned(path, 0, 90)),
    "content turned 90": _Way(change=lambda path: turned(path, 1, 90)),
    "content turned 180": _Way(change=lambda path: turned(path, 2, 180)),
    "content turned 270": _Way(change=lambda path: turned(path, 3, 270)),
    "content on its side": _Way(change=lambda path: turned(path, 1, 0)),
    "cropped": _Way(change=lambda path: cropped(path, 10.0)),
    "user unit 2.5": _Way(change=lambda path: enlarged(path, 2.5)),
}
_TEXT: Mapping[str, _Way] = {
    "decomposed accents": _Way(Print(typed=decomposed), system=True),
    "ligatures": _Way(Print(typed=ligated)),
    "no-break spaces": _Way(Print(typed=unbreaking)),
    "thin spaces": _Way(Print(typed=thin), system=True),
    "letter-spaced": _Way(Print(spacing=0.9)),
    "letter-spaced, no rules": _Way(Print(spacing=0.9), bare=True),
    "printed twice": _Way(Print(overprint=0.3)),
    "printed twice, same place": _Way(Print(overprint=0.0)),
    "invisible text": _Way(Print(invisible="Valor 12,345.67 Población Objetivo 99")),
    "soft hyphens": _Way(Print(typed=softened)),
    "letters apart": _Way(Print(typed=spelt)),
    "letters apart, no rules": _Way(Print(typed=spelt), bare=True),
    "without letters' names": _Way(change=unmapped),
}
_WAYS = {"rules": _RULES, "pages": _PAGES, "text": _TEXT}
_MAY_FLAG: Mapping[str, float] = {
    "without letters' names": 1.0,
    "cut at 420, cells": 0.05,  # between the label of the unit and the unit
    "cut at 420, none": 0.05,
}


def figure_variants(seed: int = 3) -> Iterator[FigureVariant]:
    """All variants of both families, of documents made up from a seed."""
    yield from _budgets(seed)
    yield from _diagnoses(seed)


# --- budget programmes

_TALL = (638.0, 1000.0)
_BUDGET_LOOKS: Mapping[str, budget_reportlab.Style] = {
    "A3 landscape": budget_reportlab.Style(page_size=(1191.0, 842.0), size=9.5),
    "landscape": budget_reportlab.Style(page_size=landscape(A4), size=5.6),
    "letter, ruled": budget_reportlab.Style(page_size=letter, size=6.0, rules="cells"),
    "half letter": budget_reportlab.Style(page_size=(396.0, 612.0), size=4.2, margin=24, gutter=7),
    "labels above": budget_reportlab.Style(labels="above", page_size=(638.0, 1100.0)),
    "ragged": budget_reportlab.Style(justified=False, font="Helvetica", bold="Helvetica-Bold"),
    "other order": budget_reportlab.Style(seed=5),
}
_SHORTER = {
    "Población Potencial (PP)": "Pob. Potencial (PP)",
    "Población Objetivo (PO)": "Pob. Objetivo (PO)",
    "Población Atendida (PA)": "Pob. Atendida (PA)",
    "Entidades atendidas": "Ent. atendidas",
    "Municipios atendidos": "Mpios. atendidos",
    "Localidades": "Loc.",
    "Hombres atendidos": "Hombres atend.",
    "Mujeres atendidas": "Mujeres atend.",
    "Población Atendida/": "Pob. Atendida/",
    "Población Objetivo": "Pob. Objetivo",
    "Cuantificación de Poblaciones": "Cuantif. de Poblaciones",
    "Presupuesto Ejercido *": "Ppto. Ejercido *",
    "Análisis de la Cobertura": "Anál. de la Cobertura",
    "Unidad de Medida": "Unid. de Medida",
}
_SLIPS = {
    "Población Potencial (PP)": "Poblacion Potencal (PP)",
    "Población Objetivo (PO)": "Población Objectivo (PO)",
    "Población Atendida (PA)": "Población Atendída (PA)",
    "Entidades atendidas": "Entidades atendidads",
    "Municipios atendidos": "Municipos atendidos",
    "Hombres atendidos": "Hombres atentidos",
    "Cuantificación de Poblaciones": "Cuantificacion de Poblaciónes",
    "Análisis del Sector": "Analisis del Setcor",
    "Análisis de la Cobertura": "Análisis de la Cobetura",
    "Frecuencia:": "Frecuenca:",
    "Año base:": "Ano base:",
}


def _said(ficha: BudgetFicha, change: Callable[[str], str]) -> BudgetFicha:
    """A ficha with its labels and headings said otherwise."""

    def pairs(each: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((change(label), value) for label, value in each)

    titles = {
        name: change(getattr(ficha, name))
        for name in (
            "result_title",
            "coverage_title",
            "quantities_title",
            "year",
            "evolution_title",
            "analysis_title",
            "sector_title",
            "link_title",
            "budget_title",
            "start",
        )
    }
    return replace(
        ficha,
        **titles,
        indicators=tuple(pairs(each) for each in ficha.indicators),
        places=pairs(ficha.places),
        populations=pairs(ficha.populations),
        ratio=(tuple(map(change, ficha.ratio[0])), ficha.ratio[1]),
        unit=(change(ficha.unit[0]), *ficha.unit[1:]),
        definition_title=tuple(map(change, ficha.definition_title)),
        budget_header=tuple(tuple(map(change, lines)) for lines in ficha.budget_header),
    )


def _with(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: words.get(text, text)


_BUDGET_WORDING: Mapping[str, Callable[[str], str]] = {
    "labels in capitals": str.upper,
    "labels abbreviated": _with(_SHORTER),
    "labels misspelt": _with(_SLIPS),
}


def _budgets(seed: int) -> Iterator[FigureVariant]:
    ficha = budget_inventions.invented(seed)
    truth = budget_inventions.truth(ficha)
    ruled = budget_reportlab.Style(rules="cells", page_size=_TALL)

    def variant(
        group: str,
        name: str,
        style: budget_reportlab.Style,
        way: _Way,
        printed: BudgetFicha = ficha,
        cut: float = 0.0,
    ) -> FigureVariant:
        def build(path: Path) -> None:
            sheets = [budget_reportlab.lay_out(printed, style)]
            look = _look(style.page_size, style.margin, style.size, style.font, style.bold)
            if cut:
                sheets, look = cut_up(sheets[0], look, cut, way.head)
            _print(sheets, look, path, way)

        may_flag = _MAY_FLAG.get(name, 0.0)
        return FigureVariant(name, f"presupuesto, {group}", truth, build, may_flag)

    for group, ways in _WAYS.items():
        for name, way in ways.items():
            style = replace(ruled, rules="none") if way.bare else ruled
            if way.system:
                style = replace(style, font=SYSTEM[0], bold=SYSTEM[1], size=6.2)
            yield variant(group, name, style, way)
    for name, style in _BUDGET_LOOKS.items():
        yield variant("pages", name, style, _Way())
    for name, change in _BUDGET_WORDING.items():
        yield variant("wording", name, ruled, _Way(), _said(ficha, change))
        bare = replace(ruled, rules="none")
        yield variant("wording", f"{name}, no rules", bare, _Way(), _said(ficha, change))
    for at in (420.0, 500.0, 560.0, 610.0):
        for rules in ("cells", "none"):
            style = replace(ruled, rules=rules)
            way = _Way(head=_RUNNING)
            yield variant("pages", f"cut at {at:.0f}, {rules}", style, way, cut=at)


_RUNNING = "Consejo Nacional de Evaluación de la Política de Desarrollo Social"

# --- Diagnósticos

_DIAGNOSIS_LOOKS: Mapping[str, diagnosis_fpdf.Style] = {
    "A3": diagnosis_fpdf.Style(page_size=(842.0, 1191.0), size=13.0),
    "landscape": diagnosis_fpdf.Style(page_size=landscape(letter), figure_height=90),
    "A4, small": diagnosis_fpdf.Style(page_size=A4, size=7.5),
    "half letter": diagnosis_fpdf.Style(
        page_size=(396.0, 612.0), size=7.0, margin=40.0, figure_height=80
    ),
    "other order": diagnosis_fpdf.Style(seed=3),
    "cut rows": diagnosis_fpdf.Style(cut_rows=True, break_before_annex=False),
    "cut rows, heading once": diagnosis_fpdf.Style(
        cut_rows=True, repeat_heading=False, break_before_annex=False
    ),
    "cut rows, no rules": diagnosis_fpdf.Style(
        cut_rows=True, break_before_annex=False, rules="none", shaded=False
    ),
}
_CHAPTER_WORDS = {
    "Valoración de monitoreo": "Val. de monitoreo",
    "Nivel de monitoreo": "Niv. de monitoreo",
    "Nombre programa": "Nom. programa",
    "Subíndice dependencia": "Subínd. dependencia",
    "Dependencia": "Dep.",
}
_CHAPTER_SLIPS = {
    "Valoración de monitoreo": "Valoracion de montoreo",
    "Nivel de monitoreo": "Nivel de moniotreo",
    "Nombre programa": "Nombre progama",
    "Subíndice dependencia": "Subindice dependecia",
    "Dependencia": "Dependenca",
    "¿Qué se valora?": "¿Que se valora?",
    "Hallazgos": "Hallasgos",
    "Principales resultados en el ámbito de los programas": (
        "Principales resutados en el ambito de los programas"
    ),
}
_DIAGNOSIS_WORDING: Mapping[str, Callable[[str], str]] = {
    "labels in capitals": str.upper,
    "labels abbreviated": _with(_CHAPTER_WORDS),
    "labels misspelt": _with(_CHAPTER_SLIPS),
}


def _worded(report: Diagnosis, change: Callable[[str], str]) -> Diagnosis:
    """A report with its headings, and those of its tables, said otherwise."""
    blocks = []
    for block in report.blocks:
        if block.kind == "heading":
            block = replace(block, text=change(block.text))
        elif block.kind in ("findings", "annex"):
            heading = tuple(tuple(map(change, cell)) for cell in block.rows[0])
            block = replace(block, rows=(heading, *block.rows[1:]))
        blocks.append(block)
    return replace(report, blocks=tuple(blocks))


def _diagnoses(seed: int) -> Iterator[FigureVariant]:
    def variant(
        group: str,
        name: str,
        style: diagnosis_fpdf.Style,
        way: _Way,
        *,
        change: Callable[[str], str] = str,
        programmes: int = 6,
        keys: bool = True,
    ) -> FigureVariant:
        report, figures = diagnosis_inventions.invented(seed, programmes, keys)

        def build(path: Path) -> None:
            sheets = diagnosis_fpdf.lay_out(_worded(report, change), style)
            font, bold = SYSTEM if way.system else ("Vera", "VeraBd")
            look = _look(style.page_size, style.margin, style.size, font, bold)
            _print(sheets, look, path, way)

        truth = diagnosis_inventions.truth(report, figures)
        may_flag = _MAY_FLAG.get(name, 0.0)
        return FigureVariant(name, f"diagnóstico, {group}", truth, build, may_flag)

    plain = diagnosis_fpdf.Style()
    for group, ways in _WAYS.items():
        for name, way in ways.items():
            style = replace(plain, rules="none" if way.bare else "all")
            yield variant(group, name, style, way)
    for name, style in _DIAGNOSIS_LOOKS.items():
        yield variant("pages", name, style, _Way())
    bare = diagnosis_fpdf.Style(rules="none", shaded=False)
    for name, change in _DIAGNOSIS_WORDING.items():
        yield variant("wording", name, plain, _Way(), change=change)
        yield variant("wording", f"{name}, no rules", bare, _Way(), change=change)
    for name, style in {"ruled": plain, "no rules": bare}.items():
        yield variant("wording", f"without keys, {name}", style, _Way(), keys=False)
        yield variant("pages", f"40 programmes, {name}", style, _Way(), programmes=40)
        once = replace(style, repeat_heading=False)
        yield variant("pages", f"40 programmes, heading once, {name}", once, _Way(), programmes=40)


# --- both


def _look(page: tuple[float, float], margin: float, size: float, font: str, bold: str) -> Look:
    return Look(width=page[0], height=page[1], margin=margin, size=size, font=font, bold=bold)


def _print(sheets: list[Sheet], look: Look, path: Path, way: _Way) -> None:
    for font in (look.font, look.bold):
        budget_reportlab.register(font)
    print_sheets(sheets, look, path, way.how)
    if way.change is not None:
        way.change(path)
