"""What the dataset cannot hold is refused with the document, not with the whole run."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.schema import TABLES, Dataset, Indicator
from publish.columns import columns, short
from publish.staging import UnstorableDocument, stage
from tests.publish_rows import dataset, document


def with_indicator(**values: object) -> Dataset:
    rows = dataset(document())
    rows.indicators[0] = rows.indicators[0].model_copy(update=values)
    return rows


def test_rows_are_laid_out_by_column() -> None:
    tables = stage(dataset(document())).tables
    names = [column.name for column in columns(Indicator)]
    cells = dict(zip(names, tables["indicators"], strict=True))
    assert cells["baseline_value"] == ["29.99"]
    assert cells["baseline_text"] == ["29.9900"]
    assert cells["baseline_year"] == ["2018"]
    assert cells["trend"] == [None]
    assert all(len(tables[model.table]) == len(columns(model)) for model in TABLES)


@pytest.mark.parametrize(
    "number", ["1E+28", "0.12345678901", "NaN", "Infinity", "-10000000000000000000000000000"]
)
def test_a_number_that_does_not_fit_is_refused(number: str) -> None:
    with pytest.raises(UnstorableDocument, match=r"indicators 1\.1, baseline_value"):
        stage(with_indicator(baseline_value=Decimal(number)))


def test_the_largest_and_the_finest_numbers_fit() -> None:
    for text in ("9" * 28 + "." + "9" * 10, "-" + "9" * 28, "0.0000000001"):
        stage(with_indicator(baseline_value=Decimal(text)))


@pytest.mark.parametrize(
    "values", [{"baseline_year": 2**31}, {"name": "mitad \ud800 de un carácter"}]
)
def test_integers_and_texts_that_do_not_fit_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(UnstorableDocument, match="indicators"):
        stage(with_indicator(**values))


def test_a_recurring_key_is_refused() -> None:
    rows = dataset(document())
    rows.variables *= 2
    with pytest.raises(UnstorableDocument, match=r"variables: the key .* recurs"):
        stage(rows)


def test_rows_of_another_document_are_refused() -> None:
    rows = dataset(document("a"))
    rows.checks = dataset(document("b")).checks
    with pytest.raises(UnstorableDocument, match="another document"):
        stage(rows)


def test_exactly_one_document() -> None:
    with pytest.raises(UnstorableDocument, match="0 given"):
        stage(Dataset())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10))
def test_short_keeps_the_number_and_drops_what_says_nothing(number: Decimal) -> None:
    text = short(number)
    assert Decimal(text) == number
    assert "E" not in text and text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))
