"""The values that a finding compared, under the names that the document gives them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any
from urllib.parse import unquote

from normalize.figure_codes import BY_CODE
from normalize.numbers import Number, grouped, parse_number, rounds_to
from normalize.schema import (
    TABLES,
    Assessment,
    Distribution,
    Figure,
    Finding,
    Observation,
    Row,
    Variable,
)
from validate.explain.step import (
    COMPARISON,
    COMPUTED,
    DIFFERENCE,
    STATED,
    Kind,
    Line,
    Step,
    Text,
    signed,
    work,
)
from validate.view import DocumentView

Place = tuple[str, str, str, str]
"""Document, table, record and field."""

LONGEST = 1200
"""Characters of a printed text that a line shows; the rest stands on the page."""
MOST_TERMS = 12
"""Numbers that are tried as the terms of a sum."""

_COMPARED = Text("Valores que se comparan", "Values compared")
_OPERATION = Text("Operación", "Operation")
_COUNT = Text("Cuántas veces está cada una", "How often each occurs")
_TOTAL = Text("En total", "In all")
_SERIES = {
    "historical": Text("Serie histórica", "Historical series"),
    "target": Text("Meta intermedia", "Intermediate target"),
}


def _title(info: Any) -> Text:
    return Text(info.json_schema_extra["title_es"], info.json_schema_extra["title_en"])


_TITLES = {
    (model.table, name): _title(info)
    for model in TABLES
    for name, info in model.model_fields.items()
}


def compared_values(
    view: DocumentView, finding: Finding, elsewhere: Mapping[Place, str]
) -> list[Step]:
    """The evidence with its values, the operation that joins them, and stated beside computed.

    An operation is shown only where the stored numbers are that operation, digit for digit.
    """
    evidence = json.loads(finding.evidence)
    lines: list[Line] = []
    inputs: list[Number] = []
    words: Counter[str] = Counter()
    for item in evidence:
        label, text = _value(view, finding, item, elsewhere)
        if not text:
            continue
        stated = item["role"] == "stated"
        kind: Kind = "stated" if stated else "printed"
        lines.append(Line(label, _cut(text), kind))
        number = parse_number(text, view.habits)
        if not stated and number.value is not None:
            inputs.append(number)
        elif item["role"] == "input" and item["table_name"] == "assessments":
            words[text] += 1
    steps = [Step(_COMPARED, tuple(lines))] if lines else []
    operation = _operation(inputs, finding.computed)
    if operation:
        steps.append(Step(_OPERATION, (work(operation),)))
    if sum(words.values()) > len(words) > 0:
        counted = tuple(
            Line(Text(word, word), str(number), "work") for word, number in words.most_common()
        )
        total = Line(_TOTAL, str(sum(words.values())), "computed")
        steps.append(Step(_COUNT, (*counted, total)))
    return steps + comparison(finding)


def comparison(finding: Finding) -> list[Step]:
    """Stated beside computed with their difference, as the finding holds them."""
    lines: list[Line] = []
    if finding.computed:
        lines.append(Line(COMPUTED, _number(finding.computed), "computed"))
    if finding.stated:
        lines.append(Line(STATED, _number(finding.stated), "stated"))
    if finding.difference is not None:
        lines.append(Line(DIFFERENCE, signed(Fraction(finding.difference)), "difference"))
    return [Step(COMPARISON, tuple(lines))] if lines else []


def label_of(row: Row | None, table: str, record: str, field: str) -> Text:
    """What a value is called: ``Meta intermedia 2022``, ``Variable 2: …``, ``Línea base``."""
    title = _TITLES.get((table, field), Text(field, field))
    match row:
        case Observation():
            name = _SERIES[row.series]
            return Text(f"{name.es} {row.year}", f"{name.en} {row.year}")
        case Variable():
            named = f" {row.position}: {row.name}" if row.name else f" {row.position}"
            return Text(f"Variable{named}", f"Variable{named}")
        case Assessment():
            return Text(f"{row.indicator_id} · {title.es}", f"{row.indicator_id} · {title.en}")
        case Distribution():
            cell = f"{row.approach} / {row.category}"
            return Text(cell, cell)
        case Figure():
            code = BY_CODE.get(row.figure)
            es, en = code.name if code else (row.figure, row.figure)
            rest = "".join(f" · {part}" for part in (row.subject, row.year) if part)
            return Text(f"{es}{rest}", f"{en}{rest}")
    parts = [unquote(part) for part in record.split("/")]
    if table == "observations" and len(parts) == 3 and parts[1] in _SERIES:
        name = _SERIES[parts[1]]
        return Text(f"{name.es} {parts[2]}", f"{name.en} {parts[2]}")
    return title


def _value(
    view: DocumentView, finding: Finding, item: Mapping[str, str], elsewhere: Mapping[Place, str]
) -> tuple[Text, str]:
    table, record, field = item["table_name"], item["record"], item["field"]
    if item["document_id"] != finding.document_id:
        place = (item["document_id"], table, record, field)
        label = label_of(None, table, record, field)
        return (
            Text(f"{label.es} (otro documento)", f"{label.en} (other document)"),
            elsewhere.get(place, ""),
        )
    row = view.rows.get((table, record))
    label = label_of(row, table, record, field)
    if table == "indicators" and row is not None and finding.indicator_id != record:
        label = Text(f"{unquote(record)} · {label.es}", f"{unquote(record)} · {label.en}")
    return label, printed_value(row, field)


def printed_value(row: Row | None, field: str) -> str:
    """A field as printed: the text that stands beside a number, else the value itself."""
    if row is None:
        return ""
    beside = getattr(row, f"{field.removesuffix('_value')}_text", None)
    beside = beside if field.endswith("value") else None
    value = getattr(row, field, None)
    if beside is not None:
        return str(beside)
    if isinstance(value, Decimal):
        return grouped(value)
    if isinstance(row, Distribution) and field in ("count", "percent") and row.value_text:
        return str(value) if value is not None else row.value_text
    return "" if value is None else str(value)


def _operation(inputs: Sequence[Number], computed: str | None) -> str:
    """The sum or the ratio of the inputs that is the computed value; empty where neither is."""
    result = parse_number(computed or "")
    if result.value is None or len(inputs) < 2:
        return ""
    values = [number.fraction for number in inputs]
    if len(values) <= MOST_TERMS and rounds_to(sum(values, Fraction(0)), result):
        return f"{' + '.join(map(grouped, values))} = {grouped(result.fraction, result.places)}"
    if len(values) == 2:
        for over, under in permutations(values):
            for scale in (1, 100):
                if under and rounds_to(over / under * scale, result):
                    times = f" × {scale}" if scale != 1 else ""
                    exact = over / under * scale == result.fraction
                    sign = "=" if exact else "≈"
                    written = f"{grouped(over)} / {grouped(under)}{times}"
                    return f"{written} {sign} {grouped(result.fraction, result.places)}"
    return ""


def _number(text: str) -> str:
    """A stated or computed text, its thousands grouped where it is one plain number."""
    number = parse_number(text)
    if number.value is not None and number.text == text and not number.unit:
        return grouped(number.fraction, number.places).replace("-", "−")
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
