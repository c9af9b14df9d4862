"""The engine: views, merging of answers, identifiers, stored numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from normalize.schema import Document
from tests.build import normalized_from_json, piimss, unread
from tests.rules_help import audited, ficha, found, series
from validate import engine, rule
from validate.engine import audit, stored_decimal, views
from validate.rule import Answer, Evidence, failed, not_applicable, passed
from validate.view import IndicatorView


def test_a_view_orders_variables_by_position_and_series_by_year() -> None:
    given = ficha(
        target_series={"2022": "65", "2020": "62", "2021": "64"},
        variables=list(reversed(ficha()["variables"])),
    )
    view = views(normalized_from_json([given])).indicators[0]
    assert [row.year for row in view.targets] == [2020, 2021, 2022]
    assert [row.position for row in view.variables] == [1, 2]
    assert [row.year for row in view.historical] == list(range(2012, 2019))


def test_notes_go_with_their_indicator_and_the_rest_with_the_document() -> None:
    notes = [unread("1.1", 2021, "12,5"), unread("9.9", 2021, "1,2")]
    view = views(normalized_from_json([ficha()], notes))
    assert [note.text for note in view.indicators[0].notes] == ["12,5"]
    assert [note.text for note in view.notes] == ["1,2"]


def test_a_reading_without_a_document_is_refused() -> None:
    normalized = normalized_from_json([])
    normalized.dataset.documents.clear()
    with pytest.raises(ValueError, match="one document"):
        views(normalized)


def test_a_document_of_another_family_is_asked_nothing() -> None:
    normalized = normalized_from_json([])
    other = normalized.dataset.documents[0].model_copy(update={"family": "otra"})
    normalized.dataset.documents[:] = [other]
    assert isinstance(other, Document)
    assert audit(normalized) == ([], [])


def test_a_check_is_one_row_for_its_key() -> None:
    checks, _ = audited(piimss())
    keys = [(c.document_id, c.rule, c.indicator_id, c.record) for c in checks]
    assert len(keys) == len(set(keys))


def only(monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> None:
    """Leave one rule that gives these answers of every indicator."""

    def ask(view: IndicatorView) -> Iterator[Answer]:
        yield from answers

    alone = {"XXX01": rule.Rule("XXX01", "warning", "indicator", ask)}
    monkeypatch.setattr(engine, "REGISTRY", alone)


def test_several_answers_make_one_check_of_the_gravest_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only(
        monkeypatch,
        not_applicable("1.1", "No aplica.", "Not applicable."),
        passed("1.1", "Bien.", "Well.", stated="1"),
        failed("1.1", "Mal.", "Wrong.", stated="2", computed="3"),
        failed("1.1", "Peor.", "Worse.", stated="2", computed="4", severity="error"),
    )
    checks, findings = audited(ficha())
    assert [(c.outcome, c.reason_es, c.stated, c.computed) for c in checks] == [
        ("failed", "Mal. Peor. Bien. No aplica.", "2", "3; 4")
    ]
    assert [(f.message_en, f.severity) for f in findings] == [
        ("Wrong.", "warning"),
        ("Worse.", "error"),
    ]


def test_findings_that_agree_in_all_their_identity_get_identifiers_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    same = failed(
        "1.1", "Uno.", "One.", evidence=(Evidence("indicators", "1.1", "unit", "stated"),)
    )
    only(monkeypatch, same, same, same)
    first = [f.finding_id for f in audited(ficha())[1]]
    assert len(set(first)) == 3
    assert first == [f.finding_id for f in audited(ficha())[1]]


def test_an_identifier_outlives_a_rerelease_and_a_rewording(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only(monkeypatch, failed("1.1", "Antes.", "Before.", stated="1"))
    before = audit(normalized_from_json([ficha()]))[1][0]
    only(monkeypatch, failed("1.1", "Después.", "After.", stated="1"))
    again = audit(normalized_from_json([ficha()], document_id="dffffffffffffffff"))[1][0]
    other = audit(normalized_from_json([ficha()], programme_id="otro"))[1][0]
    assert before.finding_id == again.finding_id
    assert before.finding_id != other.finding_id
    assert before.finding_id[0] == "f" and len(before.finding_id) == 17


def test_without_a_programme_the_document_stands_for_it() -> None:
    given = [ficha(target_text="72")]
    one = audit(normalized_from_json(given, programme_id=None))[1]
    other = audit(normalized_from_json(given, programme_id=None, document_id="d" + "a" * 16))[1]
    assert one[0].finding_id != other[0].finding_id


def test_evidence_is_a_json_list_that_names_fields_of_the_schema() -> None:
    (finding,) = found(ficha(target_text="72"), "SER02")
    assert json.loads(finding.evidence) == [
        {
            "document_id": finding.document_id,
            "table_name": "indicators",
            "record": "1.1",
            "field": "target_value",
            "role": "stated",
        },
        {
            "document_id": finding.document_id,
            "table_name": "observations",
            "record": "1.1/target/2024",
            "field": "value",
            "role": "other",
        },
    ]


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (Fraction(3, 2), Decimal("1.5000000000")),
        (Fraction(-1, 3), Decimal("-0.3333333333")),
        (Fraction(10**28 - 1), Decimal(10**28 - 1).scaleb(0)),
        (Fraction(10**28), None),
        (Fraction(-(10**28)), None),
    ],
)
def test_a_difference_is_stored_exactly_or_not_at_all(
    value: Fraction | None, stored: Decimal | None
) -> None:
    assert stored_decimal(value) == stored


def test_a_programme_without_fichas_is_still_asked_about_its_reading() -> None:
    checks, findings = audited([])
    assert {check.rule for check in checks} >= {"REA01", "REA03", "REA05"}
    assert findings == []


def test_an_unreadable_year_is_no_value_for_any_rule() -> None:
    given = ficha(target_series=series("62", "64", "6x5", "70", "71"))
    assert found(given) == []
