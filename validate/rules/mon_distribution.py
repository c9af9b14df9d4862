"""MON01, MON02: rows and columns of a distribution add up to their stated totals."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.numbers import plain
from validate.distribution import Line, Table, evidence, table_of
from validate.rule import Answer, failed, not_applicable, passed, rule
from validate.view import DocumentView


@rule("MON01", "error", scope="document")
def rows_add_up(document: DocumentView) -> Iterator[Answer]:
    """Un renglón de la distribución no suma su total.

    Qué revisa. En la tabla Enfoque / Avance, que los conteos de cada renglón sumen lo que dice su
    columna de total; también el renglón de totales contra el gran total. Si el total es solo un
    porcentaje, suman los porcentajes, y la diferencia que explica el redondeo (medio punto por
    celda: 99 o 102) no es hallazgo. Si una celda no se pudo leer, la regla no aplica a su renglón.

    Por qué importa. De esta tabla salen las frases de la ficha («la mitad de los indicadores…»);
    con un conteo equivocado no se sabe de cuántos indicadores hablan.

    Ejemplo. Gestión: 5 + 1 + 0 + 1 + 0 + 4 + 1 = 12; si el total impreso dice 13, no suma. Si
    también falla una sola columna por lo mismo, se señala la celda en que se cruzan.

    ---

    A row of the distribution does not add up to its total.

    What it checks. In the table Enfoque / Avance, that the counts of each row add up to its total
    column; the row of totals against the grand total as well. Where the total is nothing but a
    percentage the percentages add up, and a difference that rounding explains (half a point a
    cell: 99 or 102) is no finding. Where a cell could not be read, the rule does not apply to its
    row.

    Why it matters. The sentences of the ficha come from this table (“half of the indicators…”);
    with one count wrong, nobody knows of how many indicators they speak.

    Example. Gestión: 5 + 1 + 0 + 1 + 0 + 4 + 1 = 12; a printed total of 13 does not add up. Where
    one single column fails by the same amount, the cell where they cross is pointed out.
    """
    table = table_of(document)
    for line in table.rows:
        yield _added(table, line)


@rule("MON02", "error", scope="document")
def columns_add_up(document: DocumentView) -> Iterator[Answer]:
    """Una columna de la distribución no suma su total.

    Qué revisa. En la tabla Enfoque / Avance, que los conteos de cada columna sumen lo que dice su
    renglón de total; también la columna de totales contra el gran total. Los porcentajes y las
    celdas ilegibles se tratan como en MON01.

    Por qué importa. El total de cada columna es lo que se cita como distribución del avance del
    programa.

    Ejemplo. Muy rezagado: 5 + 0 + 4 = 9; si el total impreso dice 8, no suma.

    ---

    A column of the distribution does not add up to its total.

    What it checks. In the table Enfoque / Avance, that the counts of each column add up to its
    total row; the column of totals against the grand total as well. Percentages and unreadable
    cells are treated as in MON01.

    Why it matters. The total of each column is what is quoted as the programme's distribution of
    progress.

    Example. Muy rezagado: 5 + 0 + 4 = 9; a printed total of 8 does not add up.
    """
    table = table_of(document)
    for line in table.columns:
        yield _added(table, line)


def _added(table: Table, line: Line) -> Answer:
    """The answer of one row or column, recorded under its total (or its first cell)."""
    es, en = _named(line)
    record = (line.total or line.parts[0]).record_key if line.total or line.parts else ""
    if line.total is None:
        return not_applicable(record, f"{es} no tiene total.", f"{en} has no total.")
    if not line.parts or line.stated is None or line.missing:
        return not_applicable(
            record,
            f"{es}: alguna celda no tiene número.",
            f"{en}: some cell has no number.",
        )
    numbers = " + ".join(plain(getattr(part, line.field)) for part in line.parts)
    total = plain(line.stated)
    shown = f"{numbers} = {plain(line.sum)}"
    seen = (
        evidence(line.total, line.field, "stated"),
        *(evidence(part, line.field, "input") for part in line.parts),
    )
    more = {
        "stated": total,
        "computed": plain(line.sum),
        "difference": line.stated - line.sum,
        "evidence": seen,
    }
    if not line.off:
        return passed(record, f"{es}: {shown}.", f"{en}: {shown}.", **more)
    hint_es, hint_en = _hint(table)
    return failed(
        record,
        f"{es}: {shown}, y el total impreso es {total}.{hint_es}",
        f"{en}: {shown}, and the printed total is {total}.{hint_en}",
        **more,
    )


def _named(line: Line) -> tuple[str, str]:
    if line.axis == "row":
        return f"Renglón «{line.heading}»", f"Row “{line.heading}”"
    return f"Columna «{line.heading}»", f"Column “{line.heading}”"


def _hint(table: Table) -> tuple[str, str]:
    cell = table.suspect
    if cell is None:
        return "", ""
    at, printed = f"{cell.approach} / {cell.category}", cell.value_text or cell.count
    return (
        f" Renglón y columna fallan por lo mismo: la celda {at} ({printed}) es la sospechosa.",
        f" Row and column are off by the same: the cell {at} ({printed}) is the suspect.",
    )
