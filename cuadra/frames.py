"""Rows as pandas data frames. Importing this module imports pandas (0.7 s)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from normalize.schema import Row
from publish.columns import columns

# Numbers stay Decimal objects: a binary float would not be the number that is printed.
_DTYPES = {"VARCHAR": "str", "INTEGER": "Int64", "DECIMAL": "object"}


def frame(model: type[Row], rows: Sequence[Row]) -> pd.DataFrame:
    """A data frame with the table's columns, also where there are no rows."""
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [getattr(row, column.name) for row in rows], dtype=_DTYPES[column.kind]
            )
            for column in columns(model)
        }
    )
