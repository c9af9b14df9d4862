"""Hand-made documents for the tests of what is stored: every table that has rows today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from normalize.schema import (
    Check,
    Dataset,
    Document,
    Finding,
    Indicator,
    Observation,
    Provenance,
    Severity,
    Variable,
)
from publish.staging import Staged, stage

AWKWARD = 'NA, "comillas"; línea\nnueva \u2028 ≥ 70 % — ñ'
"""A text that a careless CSV reader or writer would break."""


def document(
    letter: str = "a", *, programme_id: str | None = "piimss", end: int | None = 2024
) -> Document:
    """A document whose SHA-256 is one hex digit, repeated."""
    return Document(
        document_id=f"d{letter * 16}",
        sha256=letter * 64,
        file_name=f"{letter}.pdf",
        source_uri=f"carpeta/{letter}.pdf",
        family="programa_derivado",
        title="Programa de prueba",
        programme_id=programme_id,
        period_start=2020,
        period_end=end,
        page_count=80,
        reading_version="1",
    )


def finding(document_id: str, finding_id: str, severity: Severity = "error") -> Finding:
    place = {
        "document_id": document_id,
        "table_name": "indicators",
        "record": "1.1",
        "field": "baseline_value",
        "role": "stated",
    }
    return Finding(
        finding_id=finding_id,
        document_id=document_id,
        indicator_id="1.1",
        rule="CAL02",
        severity=severity,
        message_es="La línea base [29.99] no es 30.",
        message_en="The baseline [29.99] is not 30.",
        stated="29.99",
        computed="30",
        difference=Decimal("-0.01"),
        evidence=json.dumps([place]),
    )


def dataset(
    of: Document,
    finding_ids: Sequence[str] = ("f0000000000000001",),
    name: str = "Porcentaje de prueba",
) -> Dataset:
    """One indicator, 1.1, with a variable, two observations, checks and findings."""
    key = of.document_id
    return Dataset(
        documents=[of],
        indicators=[
            Indicator(
                document_id=key,
                indicator_id="1.1",
                name=name,
                measure="parametro",
                remarks=AWKWARD,
                baseline_value=Decimal("29.9900"),
                baseline_text="29.9900",
                baseline_year=2018,
            )
        ],
        variables=[
            Variable(
                document_id=key,
                indicator_id="1.1",
                position=1,
                name="Población",
                value=Decimal("1E+6"),
                value_text="1,000,000",
            )
        ],
        observations=[
            Observation(
                document_id=key,
                indicator_id="1.1",
                series="historical",
                year=2018,
                value=Decimal("0.0000000001"),
                value_text="0.0000000001",
            ),
            Observation(
                document_id=key, indicator_id="1.1", series="target", year=2024, value_text="n.d."
            ),
        ],
        checks=[
            Check(
                document_id=key,
                rule=rule,
                indicator_id=indicator_id,
                record=indicator_id,
                outcome=outcome,
                reason_es="Porque sí.",
                reason_en="Because.",
            )
            for rule, indicator_id, outcome in (
                ("CAL02", "1.1", "failed" if finding_ids else "passed"),
                ("CAL01", "1.1", "not_applicable"),
                ("REA03", "", "passed"),
            )
        ],
        findings=[finding(key, finding_id) for finding_id in finding_ids],
        provenance=[
            Provenance(
                document_id=key,
                table_name="indicators",
                record="1.1",
                field="baseline_value",
                reader="pdfium",
                part=part,
                page=40 + part,
                x0=Decimal("72.25"),
                top=Decimal("100.1"),
                x1=Decimal("90"),
                bottom=Decimal("110.123"),
                text="29.9900",
            )
            for part in (2, 1)
        ],
    )


def staged(of: Document, finding_ids: Sequence[str] = ("f0000000000000001",)) -> Staged:
    return stage(dataset(of, finding_ids))
