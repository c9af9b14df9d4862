"""What holds of the checks and findings of any reading, whatever its fichas say."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from normalize.records import Normalized, Note
from normalize.schema import Check, Dataset, Finding, Row
from tests.build import normalized_from_json, piimss, unread
from tests.test_rules_wild_documents import SHARED, YEARS
from tests.wild_notes import GROWTH, NO_CLAIM, PARTS
from tests.wild_series import SERIES
from validate.engine import audit
from validate.rule import REGISTRY

FICHAS = [
    *(given[0] for table in (SERIES, NO_CLAIM, GROWTH, PARTS) for given in table.values()),
    *(ficha for fichas, _ in (*SHARED.values(), *YEARS.values()) for ficha in fichas),
    *piimss(),
]
NUMBERS = (
    "0",
    "-3.5",
    "7,995,246",
    ".68",
    "n.d.",
    "1.2 millones",
    "100.00",
    "12,5",
    "1e5",
    "93.9%",
)


@st.composite
def fichas(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some fichas with keys of their own, a few of their printed numbers replaced."""
    drawn = draw(st.lists(st.sampled_from(FICHAS), min_size=1, max_size=5))
    found = [ficha | {"indicator_id": f"{n % 2 + 1}.{n + 8}"} for n, ficha in enumerate(drawn)]
    for ficha in found:
        place = draw(st.sampled_from(("baseline_text", "target_text", "target_series", "")))
        number = draw(st.sampled_from(NUMBERS))
        if place == "target_series" and ficha[place]:
            year = draw(st.sampled_from(sorted(ficha[place])))
            ficha[place] = ficha[place] | {year: number}
        elif place.endswith("text"):
            ficha[place] = number
    return found


def doubts(given: list[dict[str, Any]]) -> list[Note]:
    """A doubt about the first ficha, twice the same, and one about the document."""
    key = given[0]["indicator_id"]
    lost = Note("REA01", "", "documents", "", "title", "", "Falta el título.", "No title.")
    return [unread(key, 2021, "6x4"), unread(key, 2021, "6x4"), lost]


def rows_of(dataset: Dataset) -> dict[tuple[str, str], Row]:
    rows: list[Row] = [*dataset.indicators, *dataset.variables, *dataset.observations]
    return {(row.table, row.record_key): row for row in rows}


def read(given: list[dict[str, Any]], **changes: Any) -> Normalized:
    return normalized_from_json(given, doubts(given), **changes)


quick = settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@seed(20201)
@quick
@given(fichas())
def test_checks_and_findings_are_whole(drawn: list[dict[str, Any]]) -> None:
    normalized = read(drawn)
    checks, findings = audit(normalized)
    keys = Counter((check.rule, check.indicator_id, check.record) for check in checks)
    assert [key for key, count in keys.items() if count > 1] == []
    asked = {(check.rule, check.indicator_id) for check in checks}
    # MON rules are about CONEVAL's documents, CRO06 about a document's counts: of no ficha.
    of_fichas = {code for code in REGISTRY if not code.startswith("MON")} - {"CRO06"}
    assert {(rule, f["indicator_id"]) for rule in of_fichas for f in drawn} <= asked
    assert len({finding.finding_id for finding in findings}) == len(findings)
    failed = {(c.rule, c.indicator_id) for c in checks if c.outcome == "failed"}
    assert failed == {(f.rule, f.indicator_id or "") for f in findings}
    rows = rows_of(normalized.dataset)
    for finding in findings:
        for item in json.loads(finding.evidence):
            row = rows[item["table_name"], item["record"]]
            assert getattr(row, item["field"]) is not None, (finding.rule, item)


@seed(20202)
@quick
@given(fichas())
def test_an_identifier_outlives_a_rerelease_in_another_order(drawn: list[dict[str, Any]]) -> None:
    again = read(drawn, document_id="dfedcba9876543210")
    again.dataset.indicators.reverse()
    again.dataset.variables.reverse()
    again.dataset.observations.reverse()
    renamed = again.dataset.documents[0].model_copy(update={"file_name": "otro.pdf"})
    again.dataset.documents[:] = [renamed]
    before, after = audit(read(drawn))[1], audit(again)[1]
    assert {f.finding_id: f.message_es for f in before} == {
        f.finding_id: f.message_es for f in after
    }


ILL_FORMED = re.compile(
    r"\bNone\b|\bnan\b|\d[eE][-+]\d|\.\d*0{7}|\.\d*9{7}|\b[aA] el\b|\bde el\b|\bun (?:tasa|meta)\b"
    r"| {2}|\s[.,;:](?!\d)|\.\.|Fraction|Decimal|[{}]|\blos 1\b"
)
"""What no sentence for an auditor holds: Python's own words, floats' tails, unjoined articles."""


def sentences(checks: list[Check], findings: list[Finding]) -> set[str]:
    said = {text for check in checks for text in (check.reason_es, check.reason_en)}
    return said | {text for f in findings for text in (f.message_es, f.message_en)}


@seed(20203)
@quick
@given(fichas())
def test_what_is_said_is_whole_sentences(drawn: list[dict[str, Any]]) -> None:
    checks, findings = audit(read(drawn))
    own = [c for c in checks if not c.rule.startswith("CAL")]
    for text in sentences(own, [f for f in findings if not f.rule.startswith("CAL")]):
        assert not ILL_FORMED.search(text.replace("n..a.", "")), text
        assert text[0].isupper() or text[0] in "«“¿", text
        assert text[-1] in ".?", text
    for finding in findings:
        for number in (finding.stated, finding.computed):
            assert number is None or not re.search(r"\d[eE][-+]?\d+$|\bNone\b", number), number


@pytest.mark.parametrize("ficha", FICHAS[:40], ids=lambda ficha: str(ficha["target_note"])[:30])
def test_what_is_computed_is_written_without_grouping(ficha: dict[str, Any]) -> None:
    for finding in audit(normalized_from_json([ficha]))[1]:
        if finding.rule in ("SER01", "SER02", "SER03", "SER04", "SER05", "SER06", "CRO01"):
            assert re.fullmatch(r"-?\d+(?:\.\d+)?", finding.computed or "0"), finding
