"""A dataset of many documents, made from a stored one: the same rows under other identifiers."""

from __future__ import annotations

from pathlib import Path

import duckdb

from normalize.schema import TABLES
from publish.columns import columns, quoted


def multiply(directory: Path, copies: int) -> None:
    """Add ``copies`` documents to a stored dataset of one, each of a programme of its own."""
    with duckdb.connect(str(directory / "cuadra.duckdb")) as connection:
        (original,) = connection.execute("SELECT document_id FROM documents").fetchone() or ("",)
        for model in TABLES:
            values = ", ".join(
                _changed(model.table, column.name, original) for column in columns(model)
            )
            connection.execute(
                f"INSERT INTO {quoted(model.table)} SELECT {values} FROM {quoted(model.table)}, "
                "(SELECT printf('d%016x', n) AS copy FROM range(1, ?) AS numbers(n)) "
                "WHERE document_id = ?",
                [copies + 1, original],
            )


def _changed(table: str, column: str, original: str) -> str:
    name = quoted(column)
    return {
        "document_id": "copy",
        "sha256": "md5(copy) || md5(copy || 'b')",
        "programme_id": f"{name} || '-' || copy",
        "title": f"{name} || ' ' || copy" if table == "documents" else name,
        "finding_id": "'f' || left(md5(finding_id || copy), 16)",
        "evidence": f"replace({name}, '{original}', copy)",
    }.get(column, name)
