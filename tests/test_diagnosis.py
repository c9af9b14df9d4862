"""Diagnósticos de Monitoreo, read: the published one, and invented ones in other looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.diagnosis_findings import find_findings
from extract.grid import read_grid
from extract.page import read_page
from extract.pdf import open_pdf
from extract.segments import segments_of
from extract.types import RawDocument
from normalize.records import normalize
from samples.diagnosis_fpdf import Style, render
from samples.diagnosis_inventions import findings_of, invented
from samples.diagnosis_source import Block, Diagnosis, read_diagnosis
from tests.producers import turned

SAMPLE = Path(__file__).parent.parent / "samples" / "coneval-diagnostico-imss-2024.pdf"
DERIVED = "Programa Institucional del Instituto Mexicano del Seguro Social"
FIGURES = {
    ("score", "", "0.560"),
    ("level", "", "Medio"),
    ("rank", "", "12"),
    ("rank_total", "", "15"),
    ("programme_count", "", "6"),
    ("objective_count", f"{DERIVED} 2020-2024", "seis"),
    ("indicator_count", f"{DERIVED} 2020-2024", "18"),
    ("score", "50E011", "0.877"),
    ("level", "50E011", "Adecuado"),
    ("score", "50E001", "0.854"),
    ("level", "50E001", "Adecuado"),
    ("score", "50E007", "0.673"),
    ("level", "50E007", "Medio"),
    ("score", "50E004", "0.661"),
    ("level", "50E004", "Medio"),
    ("score", "50E003", "0.631"),
    ("level", "50E003", "Medio"),
    ("score", "50E012", "0.584"),
    ("level", "50E012", "Medio"),
    ("score", f"dependencia/{DERIVED}", "0.440"),
    ("level", f"dependencia/{DERIVED}", "Básico"),
}


def figures(raw: RawDocument) -> set[tuple[str, str, str]]:
    assert {figure.year for figure in raw.figures} <= {0}
    return {(f.figure, f.subject, f.value.text) for f in raw.figures}


def sections(raw: RawDocument) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in raw.statements:
        found.setdefault(each.section, []).append(each.text.text)
    return found


def assert_boxes(path: Path, raw: RawDocument) -> None:
    """The text inside the box of every figure is the figure's."""
    with pypdfium2.PdfDocument(path) as document:
        for figure in raw.figures:
            (piece,) = figure.value.pieces
            page = document[piece.box.page - 1]
            height = page.get_height()
            shown = page.get_textpage().get_text_bounded(
                left=piece.box.x0 - 0.5,
                bottom=height - piece.box.bottom,
                right=piece.box.x1 + 0.5,
                top=height - piece.box.top,
            )
            assert shown.strip() == piece.text == figure.value.text


@pytest.fixture(scope="module")
def sample() -> RawDocument:
    return extract.read(SAMPLE)


def test_every_figure_of_the_sample(sample: RawDocument) -> None:
    assert sample.family == "diagnostico_monitoreo"
    assert figures(sample) == FIGURES
    assert len(sample.figures) == len(FIGURES)
    assert_boxes(SAMPLE, sample)
    assert sample.problems == []


def test_whose_report_the_sample_is(sample: RawDocument) -> None:
    read = normalize(sample, "test")
    document = read.dataset.documents[0]
    assert document.title == "Diagnóstico de Monitoreo de Políticas y Programas Sociales 2024"
    assert document.institution == "Instituto Mexicano del Seguro Social"
    assert document.programme_id == "instituto-mexicano-del-seguro-social"
    assert (document.period_start, document.period_end) == (2024, 2024)
    assert [note for note in read.notes if note.rule != "REA05"] == []


def plain(block: Block) -> str:
    return block.text.replace("*", "")


def test_the_prose_of_the_sample_is_whole_and_in_its_sections(sample: RawDocument) -> None:
    found = sections(sample)
    blocks = read_diagnosis().blocks
    assert found["consideraciones"] == [plain(b) for b in blocks if b.kind == "bullet"]
    paragraphs = [plain(block) for block in blocks if block.kind == "paragraph"]
    assert found["introduccion"] == paragraphs[:4]
    assert found["programas"] == [paragraphs[6], paragraphs[7]]
    said = [text for texts in found.values() for text in texts]
    assert len(said) == len(set(said))
    tables = [block.rows[1:] for block in blocks if block.kind == "findings"]
    expected = [[" ".join(row[1]) for row in rows] for rows in tables]
    assert [
        found[name]
        for name in (
            "programas-objetivos",
            "programas-indicadores",
            "dependencia-indicadores",
            "dependencia-institucional",
        )
    ] == expected


def test_drawings_footnotes_and_running_heads_are_no_prose(sample: RawDocument) -> None:
    said = " ".join(each.text.text for each in sample.statements)
    for text in ("Figura 1", "Fuente:", "se recomienda consultar", "Método de cálculo"):
        assert text not in said
    assert "Sociales 2024 Instituto" not in said


LOOKS = {
    "as the sample": Style(),
    "horizontal rules": Style(rules="horizontal"),
    "no rules": Style(rules="none", shaded=False),
    "no rules, coloured heading": Style(rules="none"),
    "landscape": Style(page_size=landscape(letter), figure_height=90),
    "A4, small": Style(page_size=A4, size=7.5),
    "half letter": Style(page_size=(396.0, 612.0), size=7.0, margin=40.0, figure_height=80),
    "other order": Style(seed=3),
    "other order, no rules": Style(seed=4, rules="none", shaded=False),
    "cut rows": Style(cut_rows=True, repeat_heading=False, break_before_annex=False),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("number", range(2))
def test_invented_institutions_in_every_look(look: str, number: int, tmp_path: Path) -> None:
    report, expected = invented(number + 7 * len(look), programmes=4 + number)
    path = render(report, tmp_path / "report.pdf", LOOKS[look])
    raw = extract.read(path)
    assert figures(raw) == expected
    assert_boxes(path, raw)
    assert raw.problems == []
    assert raw.institution is not None and raw.institution.text == report.institution[0]
    assert sections(raw)["programas-indicadores"] == findings_of(report)


@pytest.mark.parametrize("rules", ["all", "horizontal", "none"])
@pytest.mark.parametrize("repeat", [True, False])
def test_an_annex_that_a_page_break_cuts(rules: str, repeat: bool, tmp_path: Path) -> None:
    report, expected = invented(31, programmes=40)
    look = Style(
        rules="all" if rules == "all" else "horizontal" if rules == "horizontal" else "none",
        shaded=rules == "all",
        repeat_heading=repeat,
    )
    path = render(report, tmp_path / "report.pdf", look)
    raw = extract.read(path)
    assert figures(raw) == expected
    assert_boxes(path, raw)
    assert raw.problems == []


@pytest.mark.parametrize("rules", ["all", "none"])
def test_an_annex_without_keys_goes_by_names(rules: str, tmp_path: Path) -> None:
    report, expected = invented(12, programmes=6, keys=False)
    look = Style(rules="all" if rules == "all" else "none", shaded=rules == "all")
    raw = extract.read(render(report, tmp_path / "report.pdf", look))
    assert figures(raw) == expected
    assert raw.problems == []


@pytest.mark.parametrize(("content", "rotate"), [(0, 90), (1, 90), (2, 0)])
def test_turned_pages_read_the_same(content: int, rotate: int, tmp_path: Path) -> None:
    report, expected = invented(5)
    path = render(report, tmp_path / "report.pdf")
    raw = extract.read(turned(path, tmp_path / "turned.pdf", content, rotate))
    assert figures(raw) == expected
    assert raw.problems == []


def with_annex(report: Diagnosis, row: int, cell: int, text: str) -> Diagnosis:
    """A report with another text in a cell of its first annex."""
    at = next(n for n, block in enumerate(report.blocks) if block.kind == "annex")
    rows = [list(cells) for cells in report.blocks[at].rows]
    rows[row][cell] = (text,)
    block = replace(report.blocks[at], rows=tuple(tuple(cells) for cells in rows))
    return replace(report, blocks=(*report.blocks[:at], block, *report.blocks[at + 1 :]))


@pytest.mark.parametrize("rules", ["all", "none"])
@pytest.mark.parametrize(
    ("cell", "text", "rule"), [(2, "0.87l", "REA03"), (2, "", "REA01"), (3, "", "REA01")]
)
def test_a_score_or_level_that_cannot_be_read_is_told(
    rules: str, cell: int, text: str, rule: str, tmp_path: Path
) -> None:
    report, expected = invented(8)
    annex = next(block for block in report.blocks if block.kind == "annex")
    key = annex.rows[2][0][0]
    look = Style(rules="all" if rules == "all" else "none", shaded=rules == "all")
    path = render(with_annex(report, 2, cell, text), tmp_path / "report.pdf", look)
    read = normalize(extract.read(path), "test")
    rows = [row for row in read.dataset.figures if row.figure in ("score", "level")]
    own = {row.figure: row.value for row in rows if row.subject == key}
    assert own.get("score") is None or cell == 3
    assert [note.rule for note in read.notes if key in note.record] == [rule]
    others = {(row.figure, row.subject, row.value_text) for row in rows if row.subject != key}
    assert others == {each for each in expected if each[0] in ("score", "level") and each[1] != key}


def test_a_report_without_annexes_or_score_says_so(tmp_path: Path) -> None:
    report, _ = invented(2)
    kept = tuple(
        block
        for block in report.blocks
        if block.kind != "annex" and "InMonitoreo" not in block.text
    )
    raw = extract.read(render(replace(report, blocks=kept), tmp_path / "report.pdf"))
    assert raw.family == "diagnostico_monitoreo"
    assert {f.figure for f in raw.figures} == {
        "programme_count",
        "objective_count",
        "indicator_count",
    }
    missing = [problem.field for problem in raw.problems]
    assert missing == ["figures.score", "figures.level", "figures.score", "figures.score"]


def test_an_annex_whose_heading_cannot_be_told_is_said_to_be_missing(tmp_path: Path) -> None:
    report, expected = invented(3)
    raw = extract.read(render(with_annex(report, 0, 2, "Puntos"), tmp_path / "report.pdf"))
    kept = {each for each in expected if each[1] == "" or each[1].startswith(("dep", "Programa"))}
    assert figures(raw) == kept != expected
    assert [problem.message_es for problem in raw.problems] == [
        "No se encontró en el diagnóstico: el anexo de los programas."
    ]


def test_a_name_that_touches_its_key_is_no_part_of_it(tmp_path: Path) -> None:
    report, expected = invented(21, programmes=4)
    at = next(n for n, block in enumerate(report.blocks) if block.kind == "annex")
    rows = [
        (("Clave Nombre programa",), *row[2:]) if not n else ((row[0][0] + row[1][0],), *row[2:])
        for n, row in enumerate(report.blocks[at].rows)
    ]
    block = replace(report.blocks[at], rows=tuple(rows))
    changed = replace(report, blocks=(*report.blocks[:at], block, *report.blocks[at + 1 :]))
    look = Style(rules="none", shaded=False)
    raw = extract.read(render(changed, tmp_path / "report.pdf", look))
    assert figures(raw) == expected


@pytest.mark.parametrize("rules", ["all", "none"])
def test_keys_and_names_that_a_narrow_cell_breaks_at_a_hyphen_are_whole(
    rules: str, tmp_path: Path
) -> None:
    report, _ = invented(21, programmes=4)
    at = next(n for n, block in enumerate(report.blocks) if block.kind == "annex")
    heading, first, *others = report.blocks[at].rows
    row = (("U-", "219"), ("Apoyos a escuelas del sur-", "sureste"), *first[2:])
    block = replace(report.blocks[at], rows=(heading, row, *others))
    changed = replace(report, blocks=(*report.blocks[:at], block, *report.blocks[at + 1 :]))
    look = Style(rules="all" if rules == "all" else "none", shaded=False)
    raw = extract.read(render(changed, tmp_path / "report.pdf", look))
    assert ("score", "U-219", first[2][0]) in figures(raw)
    assert ("level", "U-219", first[3][0]) in figures(raw)
    nameless = tuple(each[1:] for each in (heading, row, *others))
    block = replace(report.blocks[at], rows=nameless)
    changed = replace(report, blocks=(*report.blocks[:at], block, *report.blocks[at + 1 :]))
    raw = extract.read(render(changed, tmp_path / "names.pdf", look))
    assert ("score", "Apoyos a escuelas del sur-sureste", first[2][0]) in figures(raw)


def test_a_question_so_close_to_its_finding_that_they_seem_one_text_is_parted(
    tmp_path: Path,
) -> None:
    rows = [
        ("¿Los objetivos se vinculan con", "Tres de los cinco programas se vinculan con el"),
        ("el derecho a la salud?", "derecho a la salud de la población."),
        ("¿Los objetivos dan cuenta de la", "Ningún programa da cuenta de la cobertura"),
        ("cobertura?", "de la población objetivo."),
    ]
    path = tmp_path / "table.pdf"
    page = Canvas(str(path), pagesize=letter)
    page.setFont("Helvetica", 10)
    page.drawString(90, 700, "¿Qué se valora?")
    page.drawString(320, 700, "Hallazgos")
    for at, (question, finding) in enumerate(rows):
        start = 207 - page.stringWidth(question, "Helvetica", 10) if at in (0, 2) else 60
        page.drawString(start, 680 - 12 * at - 10 * (at > 1), question)
        page.drawString(212, 680 - 12 * at - 10 * (at > 1), finding)
    page.save()
    with open_pdf(path) as pdf:
        (table,) = find_findings(segments_of(read_grid(read_page(pdf, 1))), None)
    told = [" ".join(each.text for each in finding) for finding in table.findings]
    assert told == [f"{rows[at][1]} {rows[at + 1][1]}" for at in (0, 2)]
