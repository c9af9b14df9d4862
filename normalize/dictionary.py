"""The data dictionary, generated from the models: ``python -m normalize.dictionary``."""

from __future__ import annotations

import types
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from normalize.figure_codes import CODES
from normalize.schema import NUMBER_PRECISION, NUMBER_SCALE, TABLES, Figure, Row

_HEAD = """\
# Diccionario de datos · Data dictionary

<!-- Generado con `python -m normalize.dictionary`. Generated, do not edit. -->

Números exactos, nunca binarios; junto a cada uno, su `…_text`: los caracteres impresos. Páginas, \
posiciones y partes cuentan desde 1; los recuadros, en puntos de la página como se ve, desde la \
esquina superior izquierda de su CropBox. 🔑 es parte de la llave; ∅ puede ser nulo.

Numbers are exact, never binary; beside each stands its `…_text`, the characters as printed. \
Pages, positions and parts count from 1; boxes are in points on the page as displayed, from the \
top left of its CropBox. 🔑 is part of the key; ∅ may be null.
"""

_TYPES: dict[Any, str] = {
    str: "text",
    int: "integer",
    Decimal: f"decimal({NUMBER_PRECISION},{NUMBER_SCALE})",
}


def markdown() -> str:
    """The whole dictionary as Markdown: one section per table, one row per column."""
    contents = "\n".join(
        f"- [`{row.table}`](#{row.table}): {row.title_es} · {row.title_en}" for row in TABLES
    )
    return "\n".join([_HEAD, contents, "", *map(_section, TABLES)])


def _figure_codes() -> list[str]:
    """The codes of the column ``figure``, one row each."""
    lines = [
        "Las cifras y las familias que las declaran.  ",
        "*The figures and the families that declare them.*",
        "",
        "| `figure` | cifra · figure | sujeto · subject | familias · families |",
        "|---|---|---|---|",
    ]
    for code in CODES:
        subject = f"{code.subject_es} · {code.subject_en}" if code.subject_es else ""
        families = ", ".join(f"`{family}`" for family in code.families)
        titles = f"**{code.title_es}** · {code.title_en}"
        lines.append(f"| `{code.code}` | {titles} | {subject} | {families} |")
    return [*lines, ""]


def _section(row: type[Row]) -> str:
    lines = [
        f"## {row.table}",
        "",
        f"**{row.title_es}** · *{row.title_en}*",
        "",
        f"{row.description_es}  ",
        f"*{row.description_en}*",
        "",
        "| columna · column | tipo · type | descripción | description |",
        "|---|---|---|---|",
        *(_column(row, name, info) for name, info in row.model_fields.items()),
        "",
        *(_figure_codes() if row is Figure else []),
    ]
    return "\n".join(lines)


def _column(row: type[Row], name: str, info: FieldInfo) -> str:
    extra: dict[str, Any] = dict(info.json_schema_extra)  # type: ignore[arg-type]
    mark = " 🔑" if name in row.key else ""
    kind, nullable = column_type(info.annotation)
    cells = (
        f"`{name}`{mark}",
        f"{kind}{' ∅' if nullable else ''}",
        f"**{extra['title_es']}**: {extra['description_es']}",
        f"**{extra['title_en']}**: {extra['description_en']}",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def column_type(annotation: Any) -> tuple[str, bool]:
    """A column's type in the words of SQL, the values of a closed list, and whether null may be.

    Raises ``KeyError`` for a type that no table uses.
    """
    options = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()
    nullable = type(None) in options
    if nullable:
        (annotation,) = (option for option in options if option is not type(None))
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation)), nullable
    return _TYPES[annotation], nullable


if __name__ == "__main__":
    print(markdown(), end="")
