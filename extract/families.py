"""The families of documents that Cuadra reads, one module each behind one small interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from extract import budget_ficha, diagnosis, monitoring, programme
from extract.pdf import Pdf
from extract.types import RawDocument

if TYPE_CHECKING:  # the schema's pydantic would make the import of a type cost 0.1 s
    from normalize.schema import Family


class FamilyReader(Protocol):
    """What the module of a family offers.

    A family to come is a module with these three names and a line in :data:`FAMILIES`.
    """

    @property
    def FAMILY(self) -> Family:
        """Its name in the column ``family``."""

    def pages(self, texts: Sequence[str]) -> Sequence[int]:
        """The pages (from 1) of a document that :meth:`read` would parse, told by their texts."""

    def read(self, pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
        """Fill ``raw`` from a document of this family and say whether it is one.

        ``texts`` is the cheap text of every page, in file order: it must be enough to turn down a
        document that only mentions the family's words, before any page is parsed. ``reader`` goes
        into every :class:`~extract.types.Printed`. ``raw.family`` is set by the caller. Where the
        answer is False, ``raw`` is as it was. Raises
        :class:`~extract.types.UnreadableDocument`.
        """


FAMILIES: tuple[FamilyReader, ...] = (
    budget_ficha,
    diagnosis,
    monitoring,
    programme,
)
"""In the order in which a document is offered to them: CONEVAL's documents quote the programmes
that they are about. A document that none takes is ``otra``."""


def pages_of_all(texts: Sequence[str]) -> set[int]:
    """The pages (from 1) that any family would parse, told by the texts of all pages."""
    return {number for family in FAMILIES for number in family.pages(texts)}
