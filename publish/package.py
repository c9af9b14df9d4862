"""``datapackage.json``: the CSV tables with their schemas, the Parquet files beside them.

After the Data Package and Table Schema specifications, version 1 (specs.frictionlessdata.io).
Titles and descriptions are in Spanish; ``title_en`` and ``description_en`` stand beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from normalize.schema import TABLES, Row
from publish.columns import Column, columns

PACKAGE_NAME = "datapackage.json"

_TYPES = {"VARCHAR": "string", "INTEGER": "integer", "DECIMAL": "number"}
_INDICATOR = ("document_id", "indicator_id")
# Checks and findings name an indicator only where they belong to one, and CONEVAL's assessments
# name those of another document: they refer to the document alone.
_FOREIGN_KEYS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "variables": (("indicators", _INDICATOR),),
    "observations": (("indicators", _INDICATOR),),
}
_DOCUMENT: tuple[tuple[str, tuple[str, ...]], ...] = (("documents", ("document_id",)),)


class FileFacts(NamedTuple):
    """A file as published: its size in bytes and its SHA-256 in hex."""

    size: int
    sha256: str


def descriptor(facts: Mapping[str, FileFacts]) -> str:
    """The data package as JSON text. ``facts`` holds every published file by name."""
    package = {
        "profile": "data-package",
        "name": "cuadra",
        "title": "Indicadores de programas publicados y sus revisiones",
        "description": "Lo que dicen las fichas de indicadores, dónde lo dicen y si cuadra.",
        "title_en": "Indicators of published programmes and their checks",
        "description_en": "What the indicators' fichas say, where they say it, and if it adds up.",
        "resources": [
            resource
            for model in TABLES
            for resource in (_csv(model, facts), _parquet(model, facts))
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _csv(model: type[Row], facts: Mapping[str, FileFacts]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        **_file(model, model.table, "csv", facts),
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_field(column) for column in columns(model)],
            "missingValues": [""],
            "primaryKey": list(model.key),
            "foreignKeys": [
                {
                    "fields": list(fields),
                    "reference": {"resource": resource, "fields": list(fields)},
                }
                for resource, fields in _foreign_keys(model)
            ],
        },
    }


def _parquet(model: type[Row], facts: Mapping[str, FileFacts]) -> dict[str, Any]:
    # "file" keeps readers without a Parquet library from opening it as a table.
    return {
        "profile": "data-resource",
        "type": "file",
        **_file(model, f"{model.table}-parquet", "parquet", facts),
        "mediatype": "application/vnd.apache.parquet",
    }


def _file(
    model: type[Row], name: str, suffix: str, facts: Mapping[str, FileFacts]
) -> dict[str, Any]:
    path = f"{model.table}.{suffix}"
    return {
        "name": name,
        "path": path,
        "format": suffix,
        "bytes": facts[path].size,
        "hash": f"sha256:{facts[path].sha256}",
        "title": model.title_es,
        "description": model.description_es,
        "title_en": model.title_en,
        "description_en": model.description_en,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.title_es,
        "description": column.description_es,
        "title_en": column.title_en,
        "description_en": column.description_en,
    }
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
        if column.kind == "VARCHAR":
            field["missingValues"] = []  # an empty text in a column without nulls is a value
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_keys(model: type[Row]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if model.table == "documents":
        return ()
    return _DOCUMENT + _FOREIGN_KEYS.get(model.table, ())
