"""Readings to rows: what is kept, what is null, what is noted."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Box, Piece, Printed, Problem, RawDocument, RawFicha, RawVariable
from normalize.fichas import PLAIN_TEXTS
from normalize.numbers import parse_number
from normalize.records import Normalized, normalize, programme_id_of
from normalize.schema import Indicator

SOURCE = Path(__file__).parents[1] / "samples" / "sources" / "piimss-2020-2024.fichas.json"
FICHAS: list[dict[str, Any]] = json.loads(SOURCE.read_text(encoding="utf-8"))
SHA256 = "0123456789abcdef" * 4


def printed(text: str, page: int = 5) -> Printed:
    pieces = (Piece(Box(page, 72.1, 100.004, 200.0, 110.5), text),) if text else ()
    return Printed(text, pieces, "test")


def ficha(**fields: str) -> RawFicha:
    """A complete small ficha; a field given as "" is an empty cell."""
    texts = {
        "name": "1.1 Porcentaje de niñas y niños atendidos.",
        "measure": "Meta para el bienestar del Objetivo prioritario 1",
        "objective_number": "Meta para el bienestar del Objetivo prioritario 1",
        "method": "(A / B) x 100.",
        "trend": "Ascendente",
        "accumulation": "Periódico",
        "baseline": "29.99",
        "baseline_year": "2018",
        "target": "32.84",
        "target_year": "META 2024",
        **fields,
    }
    return RawFicha(
        template="elementos-2020",
        first_page=5,
        last_page=6,
        fields={name: printed(text) for name, text in texts.items()},
    )


def document(
    *fichas: RawFicha, title: str | None = "Programa Institucional 2020-2024"
) -> RawDocument:
    return RawDocument(
        sha256=SHA256,
        file_name="programa.pdf",
        source_uri="programa.pdf",
        family="programa_derivado",
        page_count=9,
        producer=None,
        title=printed(title) if title else None,
        institution=printed("Instituto  de Prueba"),
        period=(2020, 2024),
        period_printed=printed("2020-2024", page=1),
        fichas=list(fichas),
    )


def read(*fichas: RawFicha) -> Normalized:
    return normalize(document(*fichas), "test-1")


def only(normalized: Normalized) -> Indicator:
    (indicator,) = normalized.dataset.indicators
    return indicator


def rules(normalized: Normalized) -> list[tuple[str, str, str]]:
    return [(note.rule, note.record, note.field) for note in normalized.notes]


def raw_from_json(source: dict[str, Any]) -> RawFicha:
    """A ficha of the published programme as its cells print it."""
    same = {
        name: source[name] for name in (*PLAIN_TEXTS, "trend", "accumulation") if name in source
    }
    measure = {"parametro": "Parámetro", "meta_para_el_bienestar": "Meta del bienestar"}
    heading = f"{measure[source['measure']]} del Objetivo prioritario {source['indicator_id'][0]}"
    raw = ficha(
        **same,
        name=f"{source['indicator_id']} {source['name']}.",
        measure=heading,
        objective_number=heading,
        baseline=source["baseline_text"],
        baseline_year=str(source["baseline_year"]),
        target=source["target_text"],
    )
    raw.variables = [
        RawVariable(
            each["position"],
            printed(f"{each['position']}.- {each['name']}"),
            printed(each["value_text"]),
            printed(each["source"]),
        )
        for each in source["variables"]
    ]
    raw.historical = [(printed(y), printed(v)) for y, v in source["historical_series"].items()]
    raw.targets = [(printed(y), printed(v)) for y, v in source["target_series"].items()]
    return raw


@pytest.fixture(scope="module")
def piimss() -> Normalized:
    return read(*map(raw_from_json, FICHAS))


def test_the_published_programme_is_read_without_a_doubt(piimss: Normalized) -> None:
    assert piimss.notes == []
    assert [row.indicator_id for row in piimss.dataset.indicators] == [
        each["indicator_id"] for each in FICHAS
    ]


@pytest.mark.parametrize("source", FICHAS, ids=lambda each: str(each["indicator_id"]))
def test_every_field_of_the_published_fichas(piimss: Normalized, source: dict[str, Any]) -> None:
    (row,) = [
        each for each in piimss.dataset.indicators if each.indicator_id == source["indicator_id"]
    ]
    expected = {name: value for name, value in source.items() if name in Indicator.model_fields} | {
        "accumulation": source["accumulation"].lower().replace("ó", "o"),
        "trend": source["trend"].lower(),
        "target_year": 2024,
        "objective_number": int(source["indicator_id"][0]),
    }
    found = row.model_dump()
    assert {name: found[name] for name in expected} == expected
    number = source["baseline_text"].replace(",", "")
    assert row.baseline_value == Decimal(number)
    variables = [
        (each.position, each.name, each.value_text, each.source, each.value)
        for each in piimss.dataset.variables
        if each.indicator_id == source["indicator_id"]
    ]
    assert variables == [
        (
            v["position"],
            v["name"],
            v["value_text"],
            v["source"],
            Decimal(v["value_text"].replace(",", "")),
        )
        for v in source["variables"]
    ]
    series = {
        name: {
            str(each.year): each.value_text
            for each in piimss.dataset.observations
            if each.indicator_id == source["indicator_id"] and each.series == name
        }
        for name in ("historical", "target")
    }
    assert series == {"historical": source["historical_series"], "target": source["target_series"]}


# --- keys and names


def test_a_key_that_recurs_and_a_missing_one() -> None:
    normalized = read(
        ficha(name="1.1 Uno."),
        ficha(name="1.1 Otro."),
        ficha(name="Sin clave"),
        ficha(name="Tampoco"),
        ficha(name="1.1 Tercero"),
    )
    ids = [row.indicator_id for row in normalized.dataset.indicators]
    assert ids == ["1.1", "1.1#2", "p5.1", "p5.2", "1.1#3"]
    assert [row.name for row in normalized.dataset.indicators][:3] == ["Uno", "Otro", "Sin clave"]
    assert rules(normalized) == [
        ("REA05", "1.1#2", "indicator_id"),
        ("REA05", "p5.1", "indicator_id"),
        ("REA05", "p5.2", "indicator_id"),
        ("REA05", "1.1#3", "indicator_id"),
    ]


def test_a_key_that_only_the_heading_prints() -> None:
    raw = ficha(name="Porcentaje de niños")
    raw.heading = printed("Parámetro 2.3")
    raw.fields["measure"] = raw.heading
    raw.fields["objective_number"] = raw.heading
    row = only(read(raw))
    assert (row.indicator_id, row.measure, row.objective_number) == ("2.3", "parametro", 2)


def test_heading_and_key_that_name_different_objectives_leave_it_open() -> None:
    normalized = read(ficha(name="2.1 Tasa"))
    assert only(normalized).objective_number is None
    assert rules(normalized) == [("REA05", "2.1", "objective_number")]


def test_an_objective_number_comes_from_the_key_where_no_heading_gives_it() -> None:
    raw = ficha(name="3.2 Unidades")
    del raw.fields["objective_number"]
    assert only(read(raw)).objective_number == 3
    assert (
        only(read(ficha(name="3.2 Unidades", objective_number="Parámetro 1"))).objective_number == 3
    )


# --- words


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("trend", "Ascendente", "ascendente"),
        ("trend", "ASCENDENTE.", "ascendente"),
        ("trend", "Asendente", "ascendente"),
        ("trend", "Decendente", "descendente"),
        ("trend", "Descendentes", "descendente"),
        ("trend", "constante", "constante"),
        ("trend", "scendente", None),  # a letter from either: opposite meanings
        ("trend", "Creciente", None),
        ("trend", "Ascendente / Descendente", None),
        ("accumulation", "Periódico", "periodico"),
        ("accumulation", "PERIÓDICA", "periodico"),
        ("accumulation", "Períodico", "periodico"),
        ("accumulation", "Acumulada", "acumulado"),
        ("accumulation", "Acumlado", "acumulado"),
        ("accumulation", "Acumulable", None),
        ("accumulation", "No acumulado", None),
        ("accumulation", "Acumulado o periódico", None),
        ("measure", "Meta del bienestar del Objetivo prioritario 1", "meta_para_el_bienestar"),
        ("measure", "METAS PARA EL BIENESTAR", "meta_para_el_bienestar"),
        ("measure", "Meta para el bienestar 1.1", "meta_para_el_bienestar"),
        ("measure", "Parámetro 1", "parametro"),
        ("measure", "Parametro del objetivo prioritario 1", "parametro"),
        ("measure", "Elementos de meta para el bienestar o parámetro", None),
        ("measure", "Indicador", None),
    ],
)
def test_words_of_a_closed_list(field: str, text: str, value: str | None) -> None:
    normalized = read(ficha(**{field: text}))
    assert getattr(only(normalized), field) == value
    assert rules(normalized) == ([] if value else [("REA05", "1.1", field)])
    traced = {row.field for row in normalized.dataset.provenance if row.record == "1.1"}
    assert (field in traced) == (value is not None)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", 2018),
        ("2018*", 2018),
        ("2018 1/", 2018),
        ("Dic. 2018", 2018),
        ("año 2018", 2018),
        ("2018-2019", None),
        ("18", None),
        ("12018", None),
        ("2,018", None),
        ("n.d.", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    normalized = read(ficha(baseline_year=text))
    assert only(normalized).baseline_year == year
    assert rules(normalized) == ([] if year else [("REA03", "1.1", "baseline_year")])


# --- numbers


def test_a_number_that_could_be_read_two_ways_is_null_and_told() -> None:
    normalized = read(ficha(target="32,8"))
    row = only(normalized)
    assert (row.target_value, row.target_text) == (None, "32,8")
    (note,) = normalized.notes
    assert (note.rule, note.indicator_id, note.field, note.text) == (
        "REA03",
        "1.1",
        "target_value",
        "32,8",
    )
    assert note.message_es == "Meta del indicador 1.1: «32,8» puede leerse como 32.8 o como 328."
    assert note.message_en == "Target of indicator 1.1: “32,8” can be read as 32.8 or as 328."


def test_the_documents_own_habits_decide() -> None:
    commas = ficha(baseline="29,99", target="32,84")
    commas.historical = [(printed("2017"), printed("1.234"))]
    normalized = read(commas)
    assert only(normalized).baseline_value == Decimal("29.99")
    assert normalized.dataset.observations[0].value == 1234
    assert normalized.notes == []


@pytest.mark.parametrize(
    ("text", "value", "noted"),
    [
        ("n.d.", None, False),
        ("7,995,24", None, True),
        ("1.00000000000", Decimal(1), False),
        ("1.00000000001", None, True),
        ("1" * 28, Decimal("1" * 28), False),
        ("1" * 29, None, True),
        ("-" + "1" * 28 + ".1234567891", Decimal("-" + "1" * 28 + ".1234567891"), False),
        ("1" * 28 + ".12345678912", None, True),
        ("9" * 5000, None, True),
        ("-860", Decimal(-860), False),
        ("≥70%", Decimal(70), False),
    ],
)
def test_what_the_dataset_holds_of_a_number(text: str, value: Decimal | None, noted: bool) -> None:
    normalized = read(ficha(baseline=text))
    row = only(normalized)
    assert (row.baseline_value, row.baseline_text) == (value, text)
    assert rules(normalized) == ([("REA03", "1.1", "baseline_value")] if noted else [])
    traced = {each.field for each in normalized.dataset.provenance}
    assert "baseline_text" in traced
    assert ("baseline_value" in traced) == (value is not None)


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("baseline", "baseline_value"),
        ("baseline_year", "baseline_year"),
        ("target", "target_value"),
        ("method", "method"),
    ],
)
def test_required_cells_that_are_empty_or_missing(field: str, column: str) -> None:
    empty = read(ficha(**{field: " "}))
    assert rules(empty) == [("REA01", "1.1", column)]
    assert getattr(only(empty), column) is None
    raw = ficha()
    del raw.fields[field]
    assert rules(read(raw)) == [("REA01", "1.1", column)]
    raw.problems = [Problem("REA01", field, "No está.", "Missing.")]
    missing = read(raw)
    assert rules(missing) == [("REA01", "1.1", column)], "told once"
    assert missing.notes[0].message_es == "No está."


def test_optional_cells_may_be_empty() -> None:
    normalized = read(ficha(remarks="", target_note="", trend="", unit=""))
    row = only(normalized)
    assert (row.remarks, row.target_note, row.trend, row.unit) == (None, None, None, None)
    assert normalized.notes == []


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("baseline_value", ("indicators", "1.1", "baseline_value")),
        ("variables.2.value", ("variables", "1.1/2", "value")),
        ("target_series.2021", ("observations", "1.1/target/2021", "value")),
        ("historical.2017", ("observations", "1.1/historical/2017", "value")),
        ("historical_series.2018 (línea base)", ("observations", "1.1/historical/2018", "value")),
        ("heading", ("indicators", "1.1", "indicator_id")),
    ],
)
def test_a_readers_problem_becomes_a_note_in_its_place(
    path: str, where: tuple[str, str, str]
) -> None:
    raw = ficha()
    raw.problems = [Problem("REA03", path, "Dudoso.", "Doubtful.", printed("12 | 3").pieces)]
    (note,) = read(raw).notes
    assert (note.table_name, note.record, note.field) == where
    assert (note.rule, note.text, note.message_en) == ("REA03", "12 | 3", "Doubtful.")


@pytest.mark.parametrize("rule", ["REA02", "REA03"])
def test_a_number_that_the_reader_doubts_is_null_and_keeps_its_text(rule: str) -> None:
    raw = ficha()
    raw.variables = [variable(1, "Población", "7,995,246"), variable(2, "Hogares", "12")]
    raw.targets = [(printed("2024 p/"), printed("32.84"))]
    raw.problems = [
        Problem(rule, field, "Dudoso.", "Doubtful.")
        for field in (
            *("variables.1.value", "baseline_value", "baseline_year"),
            "target_series.2024 p/",
        )
    ]
    normalized = read(raw)
    first, second = normalized.dataset.variables
    assert (first.value, first.value_text, second.value) == (None, "7,995,246", Decimal(12))
    row = only(normalized)
    assert (row.baseline_value, row.baseline_text, row.baseline_year) == (None, "29.99", None)
    assert (row.target_value, row.target_year) == (Decimal("32.84"), 2024)
    (target,) = normalized.dataset.observations
    assert (target.value, target.value_text) == (None, "32.84")
    assert [note.message_en for note in normalized.notes] == ["Doubtful."] * 4


@given(
    st.lists(
        st.text(alphabet="0123456789.,-()$% nd/\u2212\n\x02xé", max_size=12), min_size=6, max_size=6
    )
)
def test_reading_never_raises_and_nothing_is_lost_silently(texts: list[str]) -> None:
    baseline, target, value, year, observed, name = texts
    raw = ficha(baseline=baseline, target=target, name=name)
    raw.variables = [RawVariable(1, printed(name), printed(value), None)]
    raw.targets = [(printed(year), printed(observed))]
    normalized = read(raw)
    noted = {(note.table_name, note.field) for note in normalized.notes}
    row = only(normalized)
    for text, number, field in (
        (baseline, row.baseline_value, "baseline_value"),
        (target, row.target_value, "target_value"),
    ):
        status = parse_number(text, normalized.habits).status
        assert number is not None or status == "not_available" or ("indicators", field) in noted


# --- variables


def variable(number: int | None, name: str, value: str = "5") -> RawVariable:
    return RawVariable(number, printed(name), printed(value), printed("Fuente."))


def positions(normalized: Normalized) -> list[tuple[int, str | None]]:
    return [(row.position, row.name) for row in normalized.dataset.variables]


def test_variables_lose_enumerator_and_stop_and_keep_the_rest() -> None:
    raw = ficha()
    raw.variables = [variable(1, "1.- Población.", "7,995,246"), variable(2, "B", "n.d.")]
    normalized = read(raw)
    first, second = normalized.dataset.variables
    assert (first.name, first.value, first.value_text) == (
        "Población",
        Decimal(7995246),
        "7,995,246",
    )
    assert first.source == "Fuente."
    assert (second.value, second.value_text) == (None, "n.d.")
    assert normalized.notes == []


def test_a_variables_number_shows_where_it_is_printed() -> None:
    raw = ficha()
    raw.variables = [variable(1, "Población"), variable(2, "2.- Hogares")]
    raw.variables[0].label = printed("1", page=7)
    rows = [row for row in read(raw).dataset.provenance if row.field == "position"]
    assert [(row.record, row.page, row.text) for row in rows] == [
        ("1.1/1", 7, "1"),
        ("1.1/2", 5, "2.- Hogares"),
    ]


def test_template_filler_is_dropped_silently() -> None:
    raw = ficha()
    raw.variables = [variable(1, "A"), RawVariable(2), RawVariable(3, printed(""), printed(" "))]
    normalized = read(raw)
    assert positions(normalized) == [(1, "A")]
    assert normalized.notes == []


def test_a_number_of_a_variable_that_is_missing_or_recurs_is_noted() -> None:
    raw = ficha()
    raw.variables = [variable(1, "A"), variable(1, "B"), variable(4, "C"), variable(None, "D")]
    normalized = read(raw)
    assert positions(normalized) == [(1, "A"), (2, "B"), (4, "C"), (5, "D")]
    assert rules(normalized) == [
        ("REA05", "1.1/1", "position"),
        ("REA05", "1.1/2", "position"),
        ("REA05", "1.1/3", "position"),
    ]


def test_variables_without_numbers_stand_in_their_order() -> None:
    raw = ficha()
    raw.variables = [variable(None, "A"), variable(None, "B")]
    normalized = read(raw)
    assert positions(normalized) == [(1, "A"), (2, "B")]
    assert normalized.notes == []


# --- series


def test_series_keep_every_printed_year() -> None:
    raw = ficha()
    raw.historical = [
        (printed("2016"), printed("n.d.")),
        (printed("2017"), None),
        (printed("2018"), printed("29.99")),
    ]
    raw.targets = [(printed("2020*"), printed("30,5")), (printed(""), printed(""))]
    normalized = read(raw)
    assert [
        (row.series, row.year, row.value, row.value_text) for row in normalized.dataset.observations
    ] == [
        ("historical", 2016, None, "n.d."),
        ("historical", 2017, None, None),
        ("historical", 2018, Decimal("29.99"), "29.99"),
        ("target", 2020, None, "30,5"),
    ]
    assert rules(normalized) == [("REA03", "1.1/target/2020", "value")]


def test_years_that_recur_or_cannot_be_read() -> None:
    raw = ficha()
    raw.targets = [
        (printed("2020"), printed("1")),
        (printed("2020"), printed("2")),
        (printed("2021-2022"), printed("3")),
        (printed(""), printed("4")),
    ]
    normalized = read(raw)
    assert [(row.year, row.value) for row in normalized.dataset.observations] == [
        (2020, Decimal(1))
    ]
    assert [(note.rule, note.field) for note in normalized.notes] == [
        ("REA05", "year"),
        ("REA03", "year"),
        ("REA03", "year"),
    ]


# --- the document and where things were read


def test_the_document_row() -> None:
    (row,) = read().dataset.documents
    assert row.document_id == "d0123456789abcdef"
    assert (row.title, row.programme_id) == (
        "Programa Institucional 2020-2024",
        "programa-institucional",
    )
    assert (row.institution, row.period_start, row.period_end) == (
        "Instituto de Prueba",
        2020,
        2024,
    )
    assert row.reading_version == "test-1"
    untitled = normalize(document(title=None), "test-1").dataset.documents[0]
    assert (untitled.title, untitled.programme_id) == (None, None)


def test_one_programme_has_one_id_whatever_years_its_documents_print() -> None:
    titles = (
        "Programa Institucional del IMSS 2020-2024",
        "Programa Institucional del IMSS 2019 – 2024",
        "Programa Institucional del IMSS (PIIMSS) 2019-24",
        "PROGRAMA INSTITUCIONAL DEL IMSS, 2020 a 2024",
    )
    assert {programme_id_of(title) for title in titles} == {"programa-institucional-del-imss"}


READ_FIELDS = {
    "documents": ("title", "institution", "period_start", "period_end"),
    "indicators": tuple(name for name in Indicator.model_fields if name != "document_id"),
    "variables": ("position", "name", "value", "value_text", "source"),
    "observations": ("year", "value", "value_text"),
}


def test_every_value_that_was_read_says_where(piimss: Normalized) -> None:
    traced = {(row.table_name, row.record, row.field) for row in piimss.dataset.provenance}
    read_values = {
        (table, "" if table == "documents" else row.record_key, name)
        for table, names in READ_FIELDS.items()
        for row in piimss.dataset.rows(table)
        for name in names
        if getattr(row, name) is not None
    }
    assert traced == read_values


def test_a_value_cut_by_a_page_break_has_a_box_on_each_page() -> None:
    raw = ficha()
    pieces = (
        Piece(Box(5, 72.1, 700.004, 200.0, 710.5), "Base de datos de la"),
        Piece(Box(6, 72.1, 50.0, 200.0, 60.0), "Dirección de"),
    )
    raw.fields["remarks"] = Printed("Base de datos de la Dirección de", pieces, "pdfium")
    boxes = [row for row in read(raw).dataset.provenance if row.field == "remarks"]
    assert [(row.part, row.page, row.text, row.reader) for row in boxes] == [
        (1, 5, "Base de datos de la", "pdfium"),
        (2, 6, "Dirección de", "pdfium"),
    ]
    assert (boxes[0].x0, boxes[0].top) == (Decimal("72.10"), Decimal("700.00"))
    assert (boxes[0].x1, boxes[0].bottom) == (Decimal("200.00"), Decimal("710.50"))
