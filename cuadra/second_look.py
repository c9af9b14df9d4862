"""Asks the second reader: about every ficha, or about those that the first reading leaves in doubt.

camelot is imported only here and only when there is something to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cuadra.second_process import Begun, Request, begin, read_again
from extract.template import TEMPLATES
from normalize.second import compare

if TYPE_CHECKING:
    from extract.types import RawDocument, RawFicha
    from normalize.records import Normalized

NO_TABLE = (
    "camelot no encontró en estas páginas una tabla con líneas que sea esta ficha; no hay segunda "
    "lectura.",
    "camelot found no ruled table on these pages that is this ficha; there is no second reading.",
)


class SecondLook:
    """The second reading of a document, which was read from ``path``.

    ``begin`` may be left out; what is asked in the end is compared, whatever was begun.
    """

    def __init__(
        self, path: Path, raw: RawDocument, normalized: Normalized, password: str | None = None
    ) -> None:
        self._path = path
        self._raw = raw
        self._normalized = normalized
        self._password = password
        self._ids = [row.indicator_id for row in normalized.dataset.indicators]
        self._begun: Begun | None = None

    def begin(self, asked: Collection[str]) -> None:
        """Have indicators read again that will be asked about, while this process goes on."""
        at = self._places(asked)
        self._begun = begin(self._request(at)) if at else None

    def finish(self, asked: Collection[str]) -> None:
        """Read the indicators ``asked`` again and compare; the document's rows are changed.

        Numbers on which the readings differ become null and noted (REA02). Where camelot cannot
        read the file, that is said of each indicator; it is no error.
        """
        from extract.camelot_reader import READER
        from normalize.records import normalize

        second = self._normalized.second
        at = self._places(asked)
        if not at:
            return
        try:
            again = read_again(self._request(at), self._begun)
        except Exception as error:  # whatever camelot stumbles over, the first reading stands
            reason = f"camelot: {type(error).__name__}: {error}".splitlines()[0]
            silent = (f"No hay segunda lectura ({reason}).", f"No second reading ({reason}).")
            second.silent.update({self._ids[index]: silent for index in at})
            return
        paired = _paired(self._raw.fichas, again)
        fichas = [paired.get(n, ficha) for n, ficha in enumerate(self._raw.fichas)]
        version = self._normalized.dataset.documents[0].reading_version
        seen = [index for index in at if index in paired]
        other = normalize(replace(self._raw, fichas=fichas), version, only=seen)
        keys = [row.indicator_id for row in other.dataset.indicators]
        own = [self._ids[index] for index in seen]
        compare(self._normalized, other, dict(zip(own, keys, strict=True)), READER)
        second.silent.update({self._ids[index]: NO_TABLE for index in at if index not in paired})

    def _places(self, asked: Collection[str]) -> list[int]:
        """The fichas to read again, by their place in the document."""
        compared = self._normalized.second.compared
        return [n for n, key in enumerate(self._ids) if key in asked and key not in compared]

    def _request(self, at: Sequence[int]) -> Request:
        fichas = [self._raw.fichas[index] for index in at]
        pages = {page for ficha in fichas for page in range(ficha.first_page, ficha.last_page + 1)}
        template = next(each for each in TEMPLATES if each.name == fichas[0].template)
        return Request(self._path, tuple(sorted(pages)), template, self._password)


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
