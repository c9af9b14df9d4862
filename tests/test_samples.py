"""The committed sample PDFs carry the published programme: text, layout, page breaks, links.

Everything here reads what is committed; neither LibreOffice nor Chromium is needed.
"""

from __future__ import annotations

import ctypes
import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

import extract
from samples import printing
from samples.ficha import TITLE, Ficha, printed_parts, read_fichas
from samples.source import FOOTNOTE_RULE, WITNESS, SourcePage, joined, read_pages

SAMPLES = Path(__file__).parent.parent / "samples"
MAIN = SAMPLES / "piimss-2020-2024.pdf"
OTHER = SAMPLES / "other-producers" / "piimss-2020-2024.pdf"
PAGES_ADDED = 2  # cover and index, which the transcription lacks

# What the original prints first on the page behind each forced break of a ficha.
BREAKS = {
    "1.1": "32.84 Se considera",
    "2.1": "METAS INTERMEDIAS",
    "3.1": "METAS INTERMEDIAS",
    "4.1": "Económicas y Sociales Nombre variable 9",
    "5.1": "METAS INTERMEDIAS",
    "5.2": "SERIE HISTÓRICA DE LA META",
    "6.1": "atendidas en tiempo (QS) Sustitución",
    "6.2": "n.d. n.d. n.d. n.d. 20 48 70",
    "6.3": "2012 2013 2014 2015 2016 2017 2018 22",
}


def squeezed(text: str) -> str:
    """The text without spaces and breaks (pdfium gives U+0002 for a hyphen at a line's end)."""
    return re.sub(r"\s", "", re.sub(r"[\x02\ufffe]", "-", text))


@cache
def texts(path: Path) -> tuple[str, ...]:
    """The squeezed text of every page."""
    with pypdfium2.PdfDocument(path) as document:
        return tuple(squeezed(page.get_textpage().get_text_range()) for page in document)


@cache
def drawn(path: Path) -> tuple[str, ...]:
    """The squeezed text of every page in the order in which it is drawn, cell after cell."""
    with pypdfium2.PdfDocument(path) as document:
        return tuple(
            squeezed("".join(item.extract() for item in _text_objects(page))) for page in document
        )


def _text_objects(page: Any) -> list[Any]:
    return list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()))


@cache
def source_pages() -> tuple[SourcePage, ...]:
    return tuple(read_pages())


@cache
def fichas() -> tuple[Ficha, ...]:
    pages = source_pages()
    start = next(at for at, page in enumerate(pages) if page.lines[0].startswith("8.- "))
    end = next(at for at, page in enumerate(pages) if page.lines[0].startswith("9.- "))
    return tuple(read_fichas(pages[start:end]))


@cache
def witness() -> dict[str, dict[str, Any]]:
    entries = json.loads(WITNESS.read_text("utf-8"))
    return {entry["indicator_id"]: entry for entry in entries}


@cache
def ficha_pages(path: Path) -> dict[str, tuple[int, ...]]:
    """The pages (from 0) of every ficha, the pages behind the last one included."""
    pages = texts(path)
    starts = [at for at, text in enumerate(pages) if squeezed(TITLE) in text]
    ends = [*starts[1:], len(pages)]
    keys = [ficha.key for ficha in fichas()]
    return {
        key: tuple(range(start, end)) for key, start, end in zip(keys, starts, ends, strict=True)
    }


def links(path: Path) -> Counter[tuple[int, str]]:
    """How many link annotations each page (from 0) has for each target."""
    found: Counter[tuple[int, str]] = Counter()
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page.raw, at, link):
                action = pdfium.FPDFLink_GetAction(link)
                size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
                buffer = ctypes.create_string_buffer(size)
                pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, size)
                found[number, buffer.value.decode()] += 1
    return found


def test_the_transcription_gives_the_pages_that_its_printed_number_counts() -> None:
    number = next(
        at for at, page in enumerate(source_pages()) if "Alineación PND" in " ".join(page.lines)
    )
    assert number + 1 + PAGES_ADDED == 15  # the one page number that the transcription kept
    assert len(source_pages()) == 74


def plain_cells(ficha: Ficha) -> dict[str, str]:
    """Label to value, each as one line."""
    cells: dict[str, str] = {}
    for row in ficha.rows:
        printed = [cell and joined([*cell.lines, *cell.tail]) for cell in row.cells]
        roles = [cell and cell.role for cell in row.cells]
        for (label, value), pair in zip(pairwise(printed), pairwise(roles), strict=True):
            if pair[0] == "label" and pair[1] in ("text", "value"):
                cells[label or ""] = value or ""
    return cells


@pytest.mark.parametrize("key", list(witness()))
def test_the_transcription_and_the_witness_agree(key: str) -> None:
    ficha = next(ficha for ficha in fichas() if ficha.key == key)
    known, cells = witness()[key], plain_cells(ficha)
    assert cells["Nombre"].removesuffix(".") == f"{key} {known['name']}"
    assert {
        field: cells[label]
        for label, field in (
            ("Objetivo prioritario", "objective"),
            ("Definición o descripción", "definition"),
            ("Nivel de desagregación", "disaggregation"),
            ("Periodicidad o frecuencia de medición", "frequency"),
            ("Tipo", "kind"),
            ("Acumulado o periódico", "accumulation"),
            ("Unidad de medida", "unit"),
            ("Periodo de recolección de datos", "collection_period"),
            ("Dimensión", "dimension"),
            ("Disponibilidad de la información", "availability"),
            ("Tendencia esperada", "trend"),
            ("Unidad Responsable de reportar el avance", "responsible_unit"),
            ("Método de cálculo", "method"),
            ("Observaciones", "remarks"),
            ("Valor", "baseline_text"),
        )
    } == {
        field: known[field]
        for field in (
            *("objective", "definition", "disaggregation", "frequency", "kind", "accumulation"),
            *("unit", "collection_period", "dimension", "availability", "trend"),
            *("responsible_unit", "method", "remarks", "baseline_text"),
        )
    }
    assert cells["Año"] == str(known["baseline_year"])
    variables = [
        {
            "position": number,
            "name": cells[f"Nombre variable {number}"].removeprefix(f"{number}.- "),
            "value_text": cells[f"Valor variable {number}"],
            "source": cells[f"Fuente de información variable {number}"],
        }
        for number in range(1, len(known["variables"]) + 1)
    ]
    assert [{**v, "name": v["name"].removesuffix(".")} for v in variables] == known["variables"]
    assert f"Nombre variable {len(variables) + 1}" not in cells


@pytest.mark.parametrize("path", [MAIN, OTHER], ids=["main", "other"])
@pytest.mark.parametrize("key", list(witness()))
def test_every_text_of_a_ficha_stands_on_its_pages(path: Path, key: str) -> None:
    known = witness()[key]
    pages = [drawn(path)[number] for number in ficha_pages(path)[key]]
    cut = [
        joined([*cell.lines, *cell.tail])
        for ficha in fichas()
        for row in ficha.rows
        for cell in row.cells
        if cell is not None and cell.tail
    ]
    wanted = [
        *(known[field] for field in ("objective", "definition", "method", "remarks")),
        *(known[field] for field in ("substitution", "baseline_note", "target_note")),
        *(known[field] for field in ("responsible_unit", "baseline_text", "target_text")),
        f"{key} {known['name']}",
        *(f"{variable['position']}.- {variable['name']}" for variable in known["variables"]),
        *(variable["source"] for variable in known["variables"]),
        *(f"Valor variable {v['position']} {v['value_text']}" for v in known["variables"]),
    ]
    for series in ("historical_series", "target_series"):
        wanted += [" ".join(known[series]), " ".join(known[series].values())]
    missing = [
        text
        for text in wanted
        if text not in cut and not any(squeezed(text) in page for page in pages)
    ]
    assert missing == []


def test_every_page_of_the_main_sample_carries_the_text_of_its_page() -> None:
    pages = texts(MAIN)
    assert len(pages) == len(source_pages()) + PAGES_ADDED
    for number, page in enumerate(source_pages(), start=1 + PAGES_ADDED):
        wanted = squeezed("".join(page.lines).replace(FOOTNOTE_RULE, ""))
        printed = pages[number - 1].replace("•", "").removesuffix(str(number))
        assert Counter(printed) == Counter(wanted), f"page {number}"


@pytest.mark.parametrize("key", list(witness()))
def test_the_main_sample_breaks_its_pages_where_the_original_does(key: str) -> None:
    pages = [texts(MAIN)[number] for number in ficha_pages(MAIN)[key]]
    if key == "6.3":
        pages = pages[:2]  # the chapters behind the fichas follow
    assert len(pages) == (2 if key in BREAKS else 1)
    if key in BREAKS:
        assert pages[1].startswith(squeezed(BREAKS[key]))
    assert len(printed_parts(next(f for f in fichas() if f.key == key))) == len(pages)


def test_two_rows_are_cut_by_a_page_break_in_both_samples() -> None:
    for path in (MAIN, OTHER):
        first, second = (texts(path)[number] for number in ficha_pages(path)["4.1"])
        assert "DireccióndePrestaciones" in first[-40:]
        assert "EconómicasySociales" in second[:30]
        first, second = (texts(path)[number] for number in ficha_pages(path)["6.1"])
        assert "5.-Porcentajedequejasdeservicio" in first
        assert "atendidasentiempo(QS)" in second[:40]


def test_links_are_annotations_where_the_original_has_them() -> None:
    listed = Counter(
        (number, url)
        for number, page in enumerate(source_pages(), start=PAGES_ADDED)
        for url in page.urls
    )
    assert links(MAIN) == listed  # one for each line that the link takes
    targets = {url for _, url in listed}
    assert {url for _, url in links(OTHER)} == targets
    assert sum(listed.values()) == 10 and len(targets) == 3


def test_the_table_has_the_columns_of_the_template() -> None:
    with pdfplumber.open(MAIN) as document:
        (table,) = document.pages[ficha_pages(MAIN)["1.2"][0]].extract_tables()
    widths = {
        re.sub(r"\s+", " ", row[0] or ""): sum(cell is not None for cell in row) for row in table
    }
    assert widths[TITLE] == 1
    assert widths["Nombre"] == 2
    assert widths["Tipo"] == 4
    assert widths["Nombre variable 1"] == 6
    assert widths["Línea base"] == 2
    assert widths["Valor"] == 3
    assert widths["Año"] == 2  # the note covers both rows
    assert widths["2012"] == 7
    assert widths["2020"] == 5


@pytest.mark.parametrize("path", [MAIN, OTHER], ids=["main", "other"])
def test_fonts_are_embedded_and_the_file_is_small(path: Path) -> None:
    assert path.stat().st_size < 2_000_000
    with pypdfium2.PdfDocument(path) as document:
        for number in (0, 2, *(pages[0] for pages in ficha_pages(path).values())):
            fonts = [
                pdfium.FPDFTextObj_GetFont(item.raw) for item in _text_objects(document[number])
            ]
            assert fonts
            assert all(pdfium.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)


def test_the_two_samples_come_from_two_producers() -> None:
    producers = set()
    for path in (MAIN, OTHER):
        with pypdfium2.PdfDocument(path) as document:
            producers.add(document.get_metadata_value("Producer").split(" ")[0].split("/")[0])
    assert producers == {"LibreOffice", "Skia"}


@pytest.mark.parametrize(
    "path", [MAIN, OTHER, *sorted((SAMPLES / "originals").glob("*.pdf"))], ids=lambda p: p.stem
)
def test_what_is_read_stands_inside_the_pages(path: Path) -> None:
    """Needs no expected values: an original put into ``originals/`` runs through it too."""
    raw = extract.read(path)
    with pypdfium2.PdfDocument(path) as document:
        sizes = [page.get_size() for page in document]
    assert raw.page_count == len(sizes)
    for ficha in raw.fichas:
        pieces = [piece for printed in ficha.fields.values() for piece in printed.pieces]
        assert pieces
        for box, text in pieces:
            width, height = sizes[box.page - 1]
            assert ficha.first_page <= box.page <= ficha.last_page
            assert 0 <= box.x0 < box.x1 <= width and 0 <= box.top < box.bottom <= height, text


def test_printing_twice_gives_one_file() -> None:
    made = [
        b"/CreationDate(D:2026%02d01120000Z')/ID [ <%s> ]/DocChecksum /%s" % (month, name, name)
        for month, name in ((1, b"0A" * 16), (2, b"0B" * 16))
    ]
    first, second = (printing.settled(data) for data in made)
    assert first == second
    assert len(first) == len(made[0])
    assert printing.settled(made[0].replace(b"12", b"13")) == first
    assert printing.settled(made[0] + b" ") != first + b" "  # other content, other identifier


def test_a_missing_program_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(printing.PrintingFailed, match="apt-get install chromium"):
        printing.program(*printing.BROWSER)
