"""Fichas of budget programmes, read: the published one, and invented ones in other looks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, landscape, letter

import extract
from extract.types import RawDocument
from normalize.records import normalize
from normalize.text import join_lines
from samples.budget_ficha import BudgetFicha, read_ficha
from samples.budget_inventions import expected, invented
from samples.budget_reportlab import Style, lay_out, render
from samples.card_print import Print, print_sheets
from samples.monitoring_layout import Look
from tests.producers import turned

SAMPLE = Path(__file__).parent.parent / "samples" / "coneval-ficha-monitoreo-e012-2020-2021.pdf"


def figures(raw: RawDocument) -> set[tuple[str, str, int, str]]:
    return {(f.figure, f.subject, f.year, f.value.text) for f in raw.figures}


def statements(raw: RawDocument) -> dict[str, str]:
    sections: dict[str, str] = {}
    for each in raw.statements:
        sections[each.section] = " ".join([sections.get(each.section, ""), each.text.text]).strip()
    return sections


def assert_boxes(path: Path, raw: RawDocument) -> None:
    """The text inside the box of every figure is the figure's."""
    with pypdfium2.PdfDocument(path) as document:
        for figure in raw.figures:
            (piece,) = figure.value.pieces
            page = document[piece.box.page - 1]
            assert piece.text == figure.value.text
            if page.get_rotation():
                continue  # pdfium takes the unturned page's coordinates
            height = page.get_height()
            shown = page.get_textpage().get_text_bounded(
                left=piece.box.x0 - 0.5,
                bottom=height - piece.box.bottom,
                right=piece.box.x1 + 0.5,
                top=height - piece.box.top,
            )
            assert shown.split() == piece.text.split(), figure


@pytest.fixture(scope="module")
def sample() -> RawDocument:
    return extract.read(SAMPLE)


def test_every_figure_of_the_sample(sample: RawDocument) -> None:
    assert sample.family == "ficha_monitoreo_pp"
    assert figures(sample) == expected(read_ficha())
    assert len(sample.figures) == 28
    assert_boxes(SAMPLE, sample)
    assert sample.problems == []


def test_the_values_of_the_sample_are_exact() -> None:
    rows = normalize(extract.read(SAMPLE), "test").dataset.figures
    values = {(row.figure, row.year): row.value for row in rows if row.figure != "statement"}
    assert values["population_target", 2020] == 40497488
    assert values["coverage", 2020] == Decimal("1.43")
    assert values["branch_budget", 2019] == Decimal("567727.03")
    assert values["budget_share", 2016] == Decimal("0.29")
    assert values["municipalities_attended", 0] is None
    units = {row.figure: row.unit for row in rows}
    assert (units["population_attended"], units["branch_budget"]) == ("Persona", "MDP")


def test_whose_ficha_the_sample_is(sample: RawDocument) -> None:
    assert sample.title is not None and sample.institution is not None
    assert sample.title.text == "Prestaciones sociales"
    assert sample.institution.text == "Instituto Mexicano del Seguro Social"
    assert sample.period == (2020, 2021)
    assert sample.period_printed is not None and sample.period_printed.text == "2020-2021"
    document = normalize(sample, "test").dataset.documents[0]
    assert document.programme_id == "instituto-mexicano-del-seguro-social-e012"


def test_the_prose_of_the_sample_is_whole(sample: RawDocument) -> None:
    ficha = read_ficha()
    assert statements(sample) == {
        "objetivo": join_lines(ficha.objective),
        "resultados": join_lines(ficha.result),
        "definicion": join_lines(ficha.definition),
        "cobertura": join_lines(ficha.analysis),
        "sector": join_lines(ficha.sector),
        "indicador-sectorial": join_lines(ficha.link),
    }


LOOKS = {
    "as the sample": Style(),
    "ruled": Style(rules="cells"),
    "labels above": Style(labels="above", page_size=(638.0, 1100.0)),
    "labels above, ruled": Style(labels="above", rules="cells", page_size=(638.0, 1100.0)),
    "landscape": Style(page_size=landscape(A4), size=5.6),
    "letter": Style(page_size=letter, size=6.2),
    "half letter": Style(page_size=(396.0, 612.0), size=4.2, margin=24.0, gutter=7.0),
    "ragged": Style(justified=False, font="Helvetica", bold="Helvetica-Bold"),
    "other order": Style(seed=5),
    "years across": Style(years="across", page_size=(1191.0, 842.0), size=6.5),
    "years across, ruled": Style(
        years="across", rules="cells", page_size=(1191.0, 842.0), size=6.5
    ),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("number", range(3))
def test_invented_programmes_in_every_look(look: str, number: int, tmp_path: Path) -> None:
    style, ficha = LOOKS[look], invented(number + 10 * len(look))
    path = render(ficha, tmp_path / "ficha.pdf", style)
    raw = extract.read(path)
    assert figures(raw) == expected(ficha)
    assert_boxes(path, raw)
    assert raw.problems == []
    assert raw.title is not None and raw.title.text == ficha.name
    assert raw.institution is not None and raw.institution.text == ficha.institution
    said = statements(raw)
    assert said["sector"] == join_lines(ficha.sector)
    assert said["cobertura"] == join_lines(ficha.analysis)
    assert said["definicion"] == join_lines(ficha.definition)


@pytest.mark.parametrize(("content", "rotate"), [(0, 90), (1, 90), (2, 0), (3, 180)])
def test_a_turned_page_reads_the_same(content: int, rotate: int, tmp_path: Path) -> None:
    ficha = invented(content + rotate)
    path = render(ficha, tmp_path / "ficha.pdf", Style(rules="cells" if rotate else "none"))
    raw = extract.read(turned(path, tmp_path / "turned.pdf", content, rotate))
    assert figures(raw) == expected(ficha)
    assert raw.problems == []


def without_unit_signs(ficha: BudgetFicha) -> BudgetFicha:
    rows = tuple((*row[:3], row[3].removesuffix(" %")) for row in ficha.budget)
    labels, value = ficha.ratio
    return replace(ficha, budget=rows, ratio=(labels, value.removesuffix(" %")))


def without_groups(ficha: BudgetFicha) -> BudgetFicha:
    pairs = tuple((label, value.replace(",", "")) for label, value in ficha.populations)
    rows = tuple(tuple(text.replace(",", "") for text in row) for row in ficha.budget)
    return replace(ficha, populations=pairs, budget=rows)


def two_indicators(ficha: BudgetFicha) -> BudgetFicha:
    (first,) = ficha.indicators
    second = tuple((label, value[::-1].replace(".", "") + ".5") for label, value in first[2:])
    return replace(ficha, indicators=(first, (("Frecuencia:", "Anual"), *second)))


def named_indicators(ficha: BudgetFicha) -> BudgetFicha:
    (first,) = ficha.indicators
    named = (
        (("Indicador:", "Cobertura de becas"), *first),
        (("Indicador:", "Costo medio"), ("Meta:", "1,250"), ("Valor:", "980.5")),
    )
    return replace(ficha, indicators=named)


DATA = {
    "no unit signs": without_unit_signs,
    "no groups": without_groups,
    "two indicators": two_indicators,
    "named indicators": named_indicators,
    "no legend": lambda ficha: replace(ficha, legend=()),
    "no definition": lambda ficha: replace(ficha, definition=(), definition_title=("",)),
    "no places": lambda ficha: replace(ficha, places=()),
    "no year": lambda ficha: replace(ficha, year=""),
    "no ratio": lambda ficha: replace(ficha, ratio=((), "")),
    "one year of budget": lambda ficha: replace(ficha, budget=ficha.budget[-1:]),
    "not stated": lambda ficha: replace(
        ficha,
        populations=tuple((label, "ND") for label, _ in ficha.populations),
        ratio=(ficha.ratio[0], "NA"),
    ),
    "no key, no start": lambda ficha: replace(ficha, key="", start=""),
}


@pytest.mark.parametrize("rules", ["none", "cells"])
@pytest.mark.parametrize("change", DATA)
def test_fichas_that_say_more_or_less(change: str, rules: str, tmp_path: Path) -> None:
    ficha = DATA[change](invented(len(change)))
    look = Style(rules="cells" if rules == "cells" else "none", page_size=(638.0, 1000.0))
    path = render(ficha, tmp_path / "ficha.pdf", look)
    raw = extract.read(path)
    assert figures(raw) == expected(ficha)
    assert_boxes(path, raw)
    assert raw.problems == []


def paths_of(raw: RawDocument) -> set[tuple[str, str]]:
    return {(problem.rule, problem.field) for problem in raw.problems}


def test_blocks_that_are_missing_are_told(tmp_path: Path) -> None:
    ficha = replace(invented(4), populations=(), places=(), budget=(), indicators=())
    raw = extract.read(render(ficha, tmp_path / "ficha.pdf"))
    assert {(f.figure, f.value.text) for f in raw.figures} == {("start_year", ficha.start[-4:])}
    assert paths_of(raw) == {
        ("REA01", "figures.result"),
        ("REA01", "figures.population_attended"),
        ("REA01", "figures.programme_budget"),
    }


def test_a_label_without_its_value_is_told_and_nothing_is_guessed(tmp_path: Path) -> None:
    ficha = invented(7)
    places = (*ficha.places[:2], (ficha.places[2][0], ""), *ficha.places[3:])
    row = (*ficha.budget[1][:2], "", ficha.budget[1][3])
    budget = (ficha.budget[0], row, *ficha.budget[2:])
    ficha = replace(ficha, places=places, budget=budget)
    raw = extract.read(render(ficha, tmp_path / "ficha.pdf"))
    empty = {f for f in expected(ficha) if not f[3]}
    assert figures(raw) == expected(ficha) - empty
    assert paths_of(raw) == {
        ("REA01", "figures.localities_attended.0."),
        ("REA01", f"figures.branch_budget.{row[0]}"),
    }


@pytest.mark.parametrize("bad", ["40,497,48", "4O,497,488", "40,497,488 y 577,288"])
def test_an_unreadable_value_is_told_and_nothing_is_guessed(bad: str, tmp_path: Path) -> None:
    ficha = invented(9)
    pairs = (ficha.populations[0], (ficha.populations[1][0], bad), ficha.populations[2])
    raw = extract.read(render(replace(ficha, populations=pairs), tmp_path / "ficha.pdf"))
    read = normalize(raw, "test")
    rows = [row for row in read.dataset.figures if row.figure == "population_target"]
    assert [row.value for row in rows if row.value is not None] == []
    assert [n.rule for n in read.notes if n.record.startswith("population_target")] != []
    others = {f for f in figures(raw) if f[0] != "population_target"}
    assert others == {f for f in expected(ficha) if f[0] != "population_target"}


def _with_base_year(ficha: BudgetFicha, below: float, path: Path) -> RawDocument:
    """The ficha with its base year so many line heights below the line before, and a text of
    another column half as much."""
    style = Style(page_size=(638.0, 1000.0))
    sheet = lay_out(ficha, style)
    first = next(line for line in sheet.lines if line.text.startswith("Frecuencia"))
    base = next(line for line in sheet.lines if line.text.startswith("Año base"))
    sheet.lines.remove(base)
    for text, x, part in ((base.text, base.x, 1.0), ("de otra columna, entre ellos", 200.0, 0.5)):
        baseline = first.baseline + part * below * first.size
        sheet.lines.append(replace(base, text=text, x=x, baseline=baseline))
    print_sheets([sheet], Look(638.0, 1000.0, size=style.size), path, Print())
    return extract.read(path)


def test_lines_printed_over_each_other_are_told(tmp_path: Path) -> None:
    raw = _with_base_year(invented(6), 0.1, tmp_path / "ficha.pdf")
    assert "base_year" not in {figure.figure for figure in raw.figures}
    assert paths_of(raw) == {("REA03", "")}


def test_a_line_of_another_column_between_two_lines_does_not_mix_them(tmp_path: Path) -> None:
    raw = _with_base_year(invented(6), 0.9, tmp_path / "ficha.pdf")
    assert figures(raw) == expected(invented(6))
    assert raw.problems == []


def test_an_indicators_name_is_read_with_all_its_lines(tmp_path: Path) -> None:
    ficha = invented(6)
    sheet = lay_out(ficha, Style(page_size=(638.0, 1000.0)))
    first = next(line for line in sheet.lines if line.text.startswith("Frecuencia"))
    name = "Nombre del indicador: Tasa de variación de localidades", "atendidas del sur-", "sureste"
    for number, text in enumerate(name):
        baseline = first.baseline - (len(name) - number) * 1.2 * first.size
        sheet.lines.append(replace(first, text=text, baseline=baseline))
    print_sheets([sheet], Look(638.0, 1000.0, size=first.size), tmp_path / "ficha.pdf", Print())
    raw = extract.read(tmp_path / "ficha.pdf")
    subjects = {f.subject for f in raw.figures if f.figure in ("goal", "result", "base_year")}
    assert subjects == {"Tasa de variación de localidades atendidas del sur-sureste"}
    assert raw.problems == []
