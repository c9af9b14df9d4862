"""What the readers hand on: texts as printed, each with its boxes. No interpretation yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:  # the schema's pydantic would make the import of a type cost 0.1 s
    from normalize.schema import Family


OCR = "ocr"
"""The reader of a text that OCR read in a scan, each of its readings in the same way."""
OCR_DOUBTFUL = "ocr-doubtful"
"""The reader of a text of which the readings by OCR differ in some sign: less sure, and no ground
to accuse a document on."""


class Box(NamedTuple):
    """A rectangle in points on the page as displayed, from the top left of its CropBox.

    A point is the page's own unit: /UserUnit enlarges nothing, as in the viewers and libraries that
    boxes are drawn with (pdfium, pdfplumber).
    """

    page: int  # from 1
    x0: float
    top: float
    x1: float
    bottom: float


class Piece(NamedTuple):
    """The part of a printed text that stands in one box (a page break cuts a text in two)."""

    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One text as printed, lines joined, with the boxes where it stands and who read it."""

    text: str
    pieces: tuple[Piece, ...]
    reader: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the reader saw amiss; it becomes the evidence of a REA rule.

    ``field`` is the schema's field path in the template's spelling (``baseline_value``,
    ``variables.1.value``, ``target_series.2021``); ``pieces`` say where, if anywhere.
    """

    rule: str
    field: str
    message_es: str
    message_en: str
    pieces: tuple[Piece, ...] = ()


@dataclass
class RawVariable:
    """One variable row: its printed number (of "Nombre variable 3") and its three cells.

    ``label`` is where that number is printed.
    """

    number: int | None
    name: Printed | None = None
    value: Printed | None = None
    source: Printed | None = None
    label: Printed | None = None


@dataclass
class RawFicha:
    """One indicator ficha as printed.

    ``fields`` maps the schema's names (``name`` with its key still on it, ``objective``,
    ``definition``, ``disaggregation``, ``frequency``, ``kind``, ``accumulation``, ``unit``,
    ``collection_period``, ``dimension``, ``availability``, ``trend``, ``responsible_unit``,
    ``method``, ``remarks``, ``substitution``, ``baseline``, ``baseline_year``, ``baseline_note``,
    ``target``, ``target_year``, ``target_note``, and ``measure`` / ``objective_number`` from the
    heading above the table) to what is printed there. A label that is found over an empty cell
    gives a ``Printed`` with empty text and no pieces; a label that is not found gives no entry
    and a ``Problem`` with rule REA01.
    """

    template: str
    first_page: int
    last_page: int
    heading: Printed | None = None
    fields: dict[str, Printed] = field(default_factory=dict)
    variables: list[RawVariable] = field(default_factory=list)
    historical: list[tuple[Printed, Printed | None]] = field(default_factory=list)
    targets: list[tuple[Printed, Printed | None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class RawCard:
    """One indicator card of a Ficha de Monitoreo as printed.

    ``fields`` maps the names of the table ``assessments`` (``name`` with its key still on it,
    ``measure``, ``objective`` with its number, ``trend``, ``quality``, ``milestone_status``,
    ``target_progress``) to what is printed there; what the card does not print has no entry and,
    where the family's cards always have it, a ``Problem`` with rule REA01.
    """

    fields: dict[str, Printed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell of the table Enfoque / Avance with its row's and column's headings."""

    approach: Printed
    category: Printed
    value: Printed


@dataclass(frozen=True, slots=True)
class RawFigure:
    """A stated number under the code that its family declares (``normalize.figure_codes``).

    ``subject`` is empty where the figure is the document's own; ``year`` is 0 where none is
    printed; ``unit`` is as printed (``Persona``, ``MDP``, ``%``) or ``None``.
    """

    figure: str
    subject: str
    year: int
    value: Printed
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class RawStatement:
    """A paragraph or bullet of prose, one or more sentences, in its section.

    ``section`` is a short slug that the family's reader declares: ``enfoque``, ``avance``,
    ``objetivo-3``, ``conclusiones``, ``resultados`` …
    """

    section: str
    text: Printed


@dataclass
class RawDocument:
    """What one PDF gave. ``title`` … are as printed; ``producer`` is the file's own word.

    The ``field`` of its ``problems`` is ``distributions``, ``figures.`` with the figure's code, or
    empty. ``programme`` is what tells the programme apart from all others where its title does not
    (institution and budget key).
    """

    sha256: str
    file_name: str
    source_uri: str
    family: Family
    page_count: int
    producer: str | None
    title: Printed | None = None
    programme: str | None = None
    institution: Printed | None = None
    period: tuple[int, int] | None = None
    period_printed: Printed | None = None
    fichas: list[RawFicha] = field(default_factory=list)
    cards: list[RawCard] = field(default_factory=list)
    cells: list[RawCell] = field(default_factory=list)
    figures: list[RawFigure] = field(default_factory=list)
    statements: list[RawStatement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


UnreadableReason = Literal[
    "not_found",
    "not_pdf",
    "empty",
    "encrypted",
    "truncated",
    "damaged",
    "no_text",
    "no_ocr",
    "ocr_failed",
    "page_failed",
    "too_many_pages",
    "inflates",
]


class UnreadableDocument(Exception):
    """A document that cannot be read. ``message_es``/``message_en`` name file, page and remedy."""

    def __init__(
        self,
        reason: UnreadableReason,
        file_name: str,
        message_es: str,
        message_en: str,
        page: int | None = None,
    ) -> None:
        super().__init__(message_es)
        self.reason = reason
        self.file_name = file_name
        self.message_es = message_es
        self.message_en = message_en
        self.page = page

    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel between processes; the default would call the class with one argument."""
        told = (self.reason, self.file_name, self.message_es, self.message_en, self.page)
        return type(self), told


Noticed = Callable[[RawFicha], None]
"""Is told of a ficha as it was first read, while others are still to be read."""


def nobody(_: RawFicha) -> None:
    """Whoever does not care."""
