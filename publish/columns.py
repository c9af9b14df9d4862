"""Columns of the tables as storage sees them, derived from the models and declared nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from normalize.schema import NUMBER_PRECISION, NUMBER_SCALE, Row

SqlType = Literal["VARCHAR", "INTEGER", "DECIMAL"]

NUMBER_TYPE = f"DECIMAL({NUMBER_PRECISION},{NUMBER_SCALE})"
_SQL_TYPES: dict[type, SqlType] = {str: "VARCHAR", int: "INTEGER", Decimal: "DECIMAL"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``choices`` is empty where any value goes; ``required`` forbids null."""

    name: str
    kind: SqlType
    required: bool
    choices: tuple[str, ...]
    title_es: str
    description_es: str
    title_en: str
    description_en: str

    @property
    def sql_type(self) -> str:
        """The type as DuckDB spells it, in DDL as in its catalogue."""
        return NUMBER_TYPE if self.kind == "DECIMAL" else self.kind

    @property
    def sql_name(self) -> str:
        """The name quoted: ``table``-like words are reserved in SQL."""
        return quoted(self.name)


def quoted(identifier: str) -> str:
    """An SQL identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string literal, for statements that take no parameters (ATTACH, COPY, COMMENT)."""
    return "'" + text.replace("'", "''") + "'"


@cache
def columns(model: type[Row]) -> tuple[Column, ...]:
    """The columns of a table, in the order of the model's fields.

    Raises ``TypeError`` for a field whose type has no column type.
    """
    return tuple(_column(name, info) for name, info in model.model_fields.items())


def _column(name: str, info: Any) -> Column:
    annotation, required = _without_none(info.annotation)
    choices: tuple[str, ...] = ()
    if get_origin(annotation) is Literal:
        choices, annotation = get_args(annotation), str
    if annotation not in _SQL_TYPES:
        raise TypeError(f"column {name}: no column type for {annotation!r}")
    return Column(name, _SQL_TYPES[annotation], required, choices, **info.json_schema_extra)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The type without ``None``, and whether ``None`` was absent."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, True
    others = [item for item in get_args(annotation) if item is not type(None)]
    if len(others) != 1:
        raise TypeError(f"a column has one type, not {annotation!r}")
    return others[0], False


def short(number: Decimal) -> str:
    """A number as short as it is exact: no exponent, no trailing zeros, no minus on zero.

    >>> short(Decimal("29.9900000000")), short(Decimal("1E+2")), short(Decimal("-0.0"))
    ('29.99', '100', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
