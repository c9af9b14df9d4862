"""Asks the second reader: about every ficha, or about those that the first reading leaves in doubt.

camelot is imported only here and only when there is something to ask.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.second import compare

if TYPE_CHECKING:
    from extract.types import RawDocument, RawFicha
    from normalize.records import Normalized

NO_TABLE = (
    "camelot no encontró en estas páginas una tabla con líneas que sea esta ficha; no hay segunda "
    "lectura.",
    "camelot found no ruled table on these pages that is this ficha; there is no second reading.",
)


def look_again(
    path: Path,
    raw: RawDocument,
    normalized: Normalized,
    asked: Collection[str],
    password: str | None = None,
) -> None:
    """Read the indicators ``asked`` of a document again and compare; ``normalized`` is changed.

    Numbers on which the readings differ become null and noted (REA02). Where camelot cannot read
    the file, that is said of each indicator; it is no error.
    """
    from cuadra.second_process import read_again
    from extract.camelot_reader import READER
    from extract.template import TEMPLATES
    from normalize.records import normalize

    ids = [row.indicator_id for row in normalized.dataset.indicators]
    second = normalized.second
    at = [index for index, key in enumerate(ids) if key in asked and key not in second.compared]
    if not at:
        return
    fichas = [raw.fichas[index] for index in at]
    pages = sorted(
        {page for ficha in fichas for page in range(ficha.first_page, ficha.last_page + 1)}
    )
    template = next(each for each in TEMPLATES if each.name == fichas[0].template)
    try:
        again = read_again(path, pages, template, password)
    except Exception as error:  # whatever camelot stumbles over, the first reading stands
        reason = f"camelot: {type(error).__name__}: {error}".splitlines()[0]
        silent = (f"No hay segunda lectura ({reason}).", f"No second reading ({reason}).")
        second.silent.update({ids[index]: silent for index in at})
        return
    paired = _paired(raw.fichas, again)
    both = replace(raw, fichas=[paired.get(n, ficha) for n, ficha in enumerate(raw.fichas)])
    version = normalized.dataset.documents[0].reading_version
    seen = [ids[index] for index in at if index in paired]
    compare(normalized, normalize(both, version), seen, READER)
    second.silent.update({ids[index]: NO_TABLE for index in at if index not in paired})


def _paired(first: list[RawFicha], again: list[RawFicha]) -> dict[int, RawFicha]:
    """The second reading of each ficha, by its position in the first: the ficha that begins on the
    same page, the n-th of the page where there are several, unless the readers count them
    differently."""
    paired: dict[int, RawFicha] = {}
    for page in {ficha.first_page for ficha in again}:
        own = [index for index, ficha in enumerate(first) if ficha.first_page == page]
        others = [ficha for ficha in again if ficha.first_page == page]
        if len(own) == len(others):
            paired.update(zip(own, others, strict=True))
    return paired
