"""Foresees, while a document is being read, that the second reader will be asked about it.

Loading camelot then passes beside the reading. It is foreseen by what decides it in the end: a
ficha's own doubts and sums, as far as these can be told from it alone. Whether camelot is asked is
decided later, from the whole document: nothing here changes an answer.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from cuadra import second_process
from extract.types import RawDocument, nobody

if TYPE_CHECKING:
    from extract.types import Noticed, RawFicha

QUICK = ("CAL01", "CAL02", "SER01", "SER02")
"""Rules of sums that are asked of a ficha in a few milliseconds."""


def foreseeing(everything: bool) -> Noticed:
    """What is to be told of each ficha; where ``everything`` is read again, the first one tells.

    Only where loading camelot would have a document wait: not in a process that reads again by
    itself, and not for the later documents of a run.
    """
    asking = second_process.asking
    if asking is None or not asking.early:
        return nobody

    def noticed(ficha: RawFicha) -> None:
        with suppress(Exception):  # what is amiss with a ficha is told where it is read in earnest
            if not asking.told and (everything or _is_suspect(ficha)):
                asking.get_ready()

    return noticed


def _is_suspect(ficha: RawFicha) -> bool:
    from normalize.records import normalize
    from validate.doubts import suspects
    from validate.engine import ask, views
    from validate.rule import REGISTRY
    from validate.view import ALONE

    alone = RawDocument(
        sha256="",
        file_name="",
        source_uri="",
        family="programa_derivado",
        page_count=1,
        producer=None,
        fichas=[ficha],
    )
    normalized = normalize(alone, "")
    _, findings = ask(views(normalized), [REGISTRY[code] for code in QUICK], ALONE)
    return bool(suspects(normalized.notes, findings))
