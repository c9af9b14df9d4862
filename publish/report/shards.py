"""One document as the page takes it: rows, checks, boxes, and its findings worked out.

Repeated texts (reasons, records, fields) are written once and named by number, which halves a
shard. Numbers travel as texts: JavaScript's would not be exact.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from normalize.schema import Finding, Row
from publish.columns import short
from publish.report.pictures import Pages
from publish.report.stored import Box, Details
from validate.explain import Explainer, Step
from validate.explain.values import Place

_ROWS = ("indicators", "variables", "observations", "assessments", "distributions", "figures")


class _Numbered:
    """Texts in the order in which they first appear, each under its number."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}

    def __call__(self, item: object) -> int:
        return self.numbers.setdefault(item, len(self.numbers))

    @property
    def items(self) -> list[object]:
        return list(self.numbers)


def shard(details: Details, pages: Pages, texts: Mapping[Place, str]) -> object:
    """Everything that the views of one document show, ready for JSON.

    ``texts`` gives, by document, table, record and field, the values of evidence that stands in
    other documents.
    """
    dataset = details.dataset
    document = dataset.documents[0]
    explainer = Explainer(dataset, texts)
    return {
        "document": _row(document),
        **{table: [_row(row) for row in dataset.rows(table)] for table in _ROWS},
        "checks": _checks(details),
        "boxes": _boxes(details.boxes),
        "sizes": pages.sizes,
        "pictures": pages.pictures,
        "missing": pages.missing,
        "findings": {
            finding.finding_id: _finding(finding, explainer.steps(finding))
            for finding in dataset.findings
        },
    }


def _row(row: Row) -> dict[str, object]:
    """A row without its empty columns; its key in provenance as ``record``."""
    values = {name: _cell(value) for name, value in row if value is not None}
    if row.table != "documents":
        del values["document_id"]
        values["record"] = row.record_key
    return values


def _cell(value: object) -> object:
    return short(value) if isinstance(value, Decimal) else value


def _checks(details: Details) -> dict[str, object]:
    reasons = _Numbered()
    return {
        "rows": [
            [row.rule, row.indicator_id, row.record, row.outcome[0], reasons(row[-2:])]
            for row in details.checks
        ],
        "reasons": reasons.items,
    }


def _boxes(boxes: Sequence[Box]) -> dict[str, object]:
    tables, records, fields, readers = (_Numbered() for _ in range(4))
    rows = [
        [
            tables(box.table_name),
            records(box.record),
            fields(box.field),
            readers(box.reader),
            box.part,
            box.page,
            *(round(side, 2) for side in (box.x0, box.top, box.x1, box.bottom)),
        ]
        for box in boxes
    ]
    return {
        "rows": rows,
        "tables": tables.items,
        "records": records.items,
        "fields": fields.items,
        "readers": readers.items,
    }


def _finding(finding: Finding, steps: Sequence[Step]) -> dict[str, object]:
    evidence = json.loads(finding.evidence)
    for item in evidence:
        if item["document_id"] == finding.document_id:
            del item["document_id"]
    return {
        **{
            name: value
            for name, value in _row(finding).items()
            if name not in ("finding_id", "document_id", "record")
        },
        "evidence": evidence,
        "steps": [
            {
                "title": step.title,
                "lines": [[line.label, line.text, line.kind] for line in step.lines],
            }
            for step in steps
        ],
    }
