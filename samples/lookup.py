"""What a competent user gets out of a table library's cells: each label's value, by looking it up.

The label is found as the program finds it (so a slip or another wording costs a peer nothing); its
value is the next filled cell to the right, or below; years stand over their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.labels import Matcher, are_years, is_year
from extract.template import TEMPLATES
from normalize.text import fold, key_of, strip_enumerator, strip_final_stop
from samples.fichas_layout import Ficha
from samples.tally import FieldKey, printed_values

Rows = Sequence[Sequence[str | None]]
_NAMES = {"baseline": "baseline_text", "target": "target_text"}
_SERIES = {"historical": "historical", "targets": "target"}


def cells_found(tables: Sequence[Rows], fichas: Sequence[Ficha]) -> float:
    """The part of the printed values that are the whole text of some cell."""
    texts = {_ink(cell) for rows in tables for row in rows for cell in row}
    wanted = [
        {_ink(text), _ink(text + ".")}
        for (_, _, name), text in printed_values(fichas).items()
        if text and name not in ("name", "measure", "objective_number", "target_year")
    ]
    return sum(bool(each & texts) for each in wanted) / max(len(wanted), 1)


def fields_found(tables: Sequence[Rows], fichas: Sequence[Ficha]) -> float:
    """The part of the printed fields whose value the look-up gives."""
    found = dict(_looked_up(tables))
    wanted = {key: text for key, text in printed_values(fichas).items() if text}
    right = sum(_ink(found.get(key)) == _ink(text) for key, text in wanted.items())
    return right / max(len(wanted), 1)


def _looked_up(tables: Sequence[Rows]) -> Iterator[tuple[FieldKey, str]]:
    matcher = Matcher(TEMPLATES[0])
    at, section = -1, ""
    for rows in tables:
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                match = matcher.match(fold(cell or ""))
                if match is None or match.label.within not in ("", section):
                    continue
                label = match.label
                section = label.opens or section
                at += label.field == "name"
                if label.at == "grid":
                    yield from _series(rows, r, at, _SERIES[label.field])
                    continue
                beside = next((text for text in row[c + 1 :] if text and text.strip()), None)
                under = next(
                    (low[c] for low in rows[r + 1 : r + 3] if c < len(low) and low[c]), None
                )
                value = beside if label.at == "right" else under
                if label.field and value:
                    yield _key(at, label.field, match.numbers), _value(label.field, value)
                if label.year_field and "year" in match.numbers:
                    yield (at, "", label.year_field), match.numbers["year"]


def _series(rows: Rows, title: int, at: int, series: str) -> Iterator[tuple[FieldKey, str]]:
    for above, below in zip(rows[title + 1 : title + 5], rows[title + 2 : title + 6], strict=False):
        if are_years(fold(cell or "") for cell in above if cell):
            for year, value in zip(above, below, strict=False):
                text = fold(year or "")
                if is_year(text) and value:
                    yield (at, f"{series}/{text}", "value_text"), fold(value)
            return


def _key(at: int, name: str, numbers: dict[str, str]) -> FieldKey:
    if name.startswith("variable."):
        part = name.removeprefix("variable.")
        row = f"variables/{numbers.get('n', '')}"
        return at, row, "value_text" if part == "value" else part
    return at, "", _NAMES.get(name, name)


def _value(name: str, text: str) -> str:
    """The value without what the schema leaves out: key, enumerator, final stop, capitals."""
    value = fold(text)
    if name == "name":
        return strip_final_stop(key_of(value)[1])
    if name == "variable.name":
        return strip_final_stop(strip_enumerator(value))
    if name in ("trend", "accumulation"):
        return value.lower().replace("ó", "o")
    return value


def _ink(text: str | None) -> str:
    return "".join((text or "").split())
