"""REA01, REA03 and REA05: one finding for each doubt of the reading, passed without."""

from __future__ import annotations

import json

import pytest

from normalize.records import Note
from tests.build import unread
from tests.rules_help import audited, ficha


def note(rule: str, record: str = "1.1", indicator_id: str = "1.1", text: str = "") -> Note:
    return Note(rule, indicator_id, "indicators", record, "trend", text, "Duda.", "Doubt.")


@pytest.mark.parametrize("rule", ["REA01", "REA03", "REA05"])
def test_without_notes_each_indicator_and_the_document_pass(rule: str) -> None:
    checks, findings = audited([ficha(), ficha(indicator_id="1.2")])
    rows = [(c.indicator_id, c.record, c.outcome) for c in checks if c.rule == rule]
    assert rows == [("", "", "passed"), ("1.1", "1.1", "passed"), ("1.2", "1.2", "passed")]
    assert [f for f in findings if f.rule == rule] == []


def test_a_doubtful_number_is_a_finding_at_its_record() -> None:
    checks, findings = audited(ficha(), [unread("1.1", 2021, "12,5")])
    (finding,) = [f for f in findings if f.rule == "REA03"]
    assert (finding.severity, finding.stated, finding.indicator_id) == ("warning", "12,5", "1.1")
    (evidence,) = json.loads(finding.evidence)
    assert (evidence["table_name"], evidence["record"]) == ("observations", "1.1/target/2021")
    rows = [(c.record, c.outcome) for c in checks if c.rule == "REA03" and c.indicator_id]
    assert rows == [("1.1/target/2021", "failed")]


def test_each_note_goes_to_its_own_rule_and_makes_a_finding_of_its_own() -> None:
    notes = [note("REA05", text="Mixta"), note("REA05", text="Otra"), note("REA01")]
    _, findings = audited(ficha(), notes)
    assert sorted((f.rule, f.stated) for f in findings if f.rule == "REA05") == [
        ("REA05", "Mixta"),
        ("REA05", "Otra"),
    ]
    assert [f.stated for f in findings if f.rule == "REA01"] == [None]
    assert len({f.finding_id for f in findings}) == len(findings)


def test_a_note_of_no_indicator_is_a_finding_of_the_document() -> None:
    _, findings = audited(ficha(), [note("REA01", record="", indicator_id="")])
    (finding,) = [f for f in findings if f.rule == "REA01"]
    assert finding.indicator_id is None
