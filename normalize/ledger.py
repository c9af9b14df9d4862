"""The book of a reading: rows, where each value was read, and what was doubtful."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from normalize.numbers import Habits, Number, grouped, parse_number
from normalize.schema import NUMBER_PRECISION, NUMBER_SCALE, Dataset, Provenance, Row
from normalize.text import fold

if TYPE_CHECKING:
    from extract.types import Piece, Printed

_TOO_LARGE: int = 10**NUMBER_PRECISION
_STEPS: int = 10**NUMBER_SCALE
_GRAIN = Decimal("0.01")  # a hundredth of a point, outwards: a box never loses its text


@dataclass(frozen=True, slots=True)
class Note:
    """What the reading was not sure of: the fact behind REA01, REA03 and REA05.

    ``indicator_id`` is empty for the document; ``table_name``, ``record`` and ``field`` are the
    schema's; ``text`` is as printed and may be empty.
    """

    rule: str
    indicator_id: str
    table_name: str
    record: str
    field: str
    text: str
    message_es: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the schema, with its names for messages ("Línea base del indicador 1.1").

    ``indicator_id`` is empty where the field belongs to none.
    """

    indicator_id: str
    table_name: str
    record: str
    field: str
    title_es: str
    title_en: str

    @property
    def name_es(self) -> str:
        about = f" del indicador {self.indicator_id}" if self.indicator_id else ""
        return self.title_es + about

    @property
    def name_en(self) -> str:
        return self.title_en + (f" of indicator {self.indicator_id}" if self.indicator_id else "")


def place(row: type[Row], indicator_id: str, record: str, field: str) -> Place:
    """A field of the schema with the titles that the schema gives it."""
    extra = row.model_fields[field].json_schema_extra
    titles = extra if isinstance(extra, dict) else {}
    return Place(
        indicator_id=indicator_id,
        table_name=row.table,
        record=record,
        field=field,
        title_es=str(titles["title_es"]),
        title_en=str(titles["title_en"]),
    )


def fits(value: Decimal) -> bool:
    """Whether a value fits DECIMAL(38,10) exactly."""
    # By way of a fraction: Decimal's own operations round to the context's 28 digits.
    shifted = Fraction(value) * _STEPS
    return shifted.denominator == 1 and abs(shifted) < _TOO_LARGE


@dataclass
class Ledger:
    """The rows and notes of one document so far."""

    document_id: str
    habits: Habits
    dataset: Dataset = field(default_factory=Dataset)
    notes: list[Note] = field(default_factory=list)
    _doubtful: set[tuple[str, str, str]] = field(default_factory=set)

    def distrust(self, place: Place) -> None:
        """Say that the number there was not read with certainty: it will be None."""
        self._doubtful.add((place.table_name, place.record, place.field))

    def doubts(self, place: Place) -> bool:
        """Whether a number was not read with certainty."""
        return (place.table_name, place.record, place.field) in self._doubtful

    def note(self, rule: str, place: Place, text: str, message_es: str, message_en: str) -> None:
        self.notes.append(
            Note(
                rule=rule,
                indicator_id=place.indicator_id,
                table_name=place.table_name,
                record=place.record,
                field=place.field,
                text=text,
                message_es=message_es,
                message_en=message_en,
            )
        )

    def trace(self, table: str, record: str, fields: Sequence[str], printed: Printed) -> None:
        """Write down where the fields of a record were read."""
        for name in fields:
            for part, piece in enumerate(printed.pieces, start=1):
                row = self._provenance(table, record, name, printed.reader, part, piece)
                self.dataset.provenance.append(row)

    def _provenance(
        self, table: str, record: str, name: str, reader: str, part: int, piece: Piece
    ) -> Provenance:
        box = piece.box
        return Provenance(
            document_id=self.document_id,
            table_name=table,
            record=record,
            field=name,
            reader=reader,
            part=part,
            page=box.page,
            x0=_points(box.x0, ROUND_FLOOR),
            top=_points(box.top, ROUND_FLOOR),
            x1=_points(box.x1, ROUND_CEILING),
            bottom=_points(box.bottom, ROUND_CEILING),
            text=fold(piece.text),
        )

    def text(self, printed: Printed | None, place: Place) -> str | None:
        """A text field: folded, None where the cell is empty; its provenance is written down."""
        text = fold(printed.text) if printed else ""
        if not text or printed is None:
            return None
        self.trace(place.table_name, place.record, [place.field], printed)
        return text

    def word(
        self,
        printed: Printed | None,
        place: Place,
        canonical: Callable[[str], str | None],
        known: str,
    ) -> str | None:
        """One of the schema's words; another one is None and noted (REA05)."""
        text = fold(printed.text) if printed else ""
        if printed is None or not text:
            return None
        word = canonical(text)
        if word is None:
            self.note(
                "REA05",
                place,
                text,
                f"{place.name_es}: «{text}» no está en su lista ({known}).",
                f"{place.name_en}: “{text}” is not in its list ({known}).",
            )
            return None
        self.trace(place.table_name, place.record, [place.field], printed)
        return word

    def number(
        self, printed: Printed | None, place: Place, text_field: str
    ) -> tuple[Decimal | None, str | None]:
        """A number and the text beside it; what cannot be read is None and noted (REA03).

        A number that the reader doubted is None too; the reader's own note says why.
        """
        number = parse_number(printed.text if printed else "", self.habits)
        if printed is None or number.status == "empty":
            return None, None
        doubtful = self.doubts(place)
        fitting = number.value is not None and fits(number.value) and not doubtful
        value = number.value if fitting else None
        fields = [text_field] if value is None else [place.field, text_field]
        self.trace(place.table_name, place.record, fields, printed)
        if value is None and number.status != "not_available" and not doubtful:
            self.note("REA03", place, number.text, *doubt(number, place))
        return value, number.text


@lru_cache(maxsize=4096)
def _points(value: float, rounding: str) -> Decimal:
    # By way of six decimals: 72.1 is 72.0999…9 in binary and must not widen to 72.09.
    return Decimal(f"{value:.6f}").quantize(_GRAIN, rounding=rounding)


def doubt(number: Number, place: Place) -> tuple[str, str]:
    """Say in both languages why a printed number has no value in the dataset."""
    head_es, head_en = f"{place.name_es}: «{number.text}»", f"{place.name_en}: “{number.text}”"
    if number.status == "number":
        return (
            f"{head_es} no cabe en {NUMBER_PRECISION} cifras con {NUMBER_SCALE} decimales.",
            f"{head_en} does not fit {NUMBER_PRECISION} digits with {NUMBER_SCALE} decimals.",
        )
    readings = [grouped(each) for each in number.candidates]
    if len(readings) > 1:
        return (
            f"{head_es} puede leerse como {' o como '.join(readings)}.",
            f"{head_en} can be read as {' or as '.join(readings)}.",
        )
    if readings:
        return (
            f"{head_es} no se escribe como los demás números del documento; podría ser "
            f"{readings[0]}.",
            f"{head_en} is not written as the document's other numbers; it could be {readings[0]}.",
        )
    return f"{head_es} no se lee como un número.", f"{head_en} cannot be read as one number."
