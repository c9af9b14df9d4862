"""The slots of one strip as a ficha: each label's value, the variables and the series."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from extract.breaks import are_cut_anywhere
from extract.cut_rows import SAME_COLUMN
from extract.doubts import PROBLEM_FIELDS, Doubts, pieces_of
from extract.geometry import Rect, overlap
from extract.grid import TextLine
from extract.labels import Matcher
from extract.page import Page
from extract.places import SURE, grid_pairs, in_row_of, value_of
from extract.strip import Slot, Strip
from extract.template import Label, Template
from extract.types import OCR_DOUBTFUL, Piece, Printed, Problem, RawFicha, RawVariable
from extract.undecoded import UNREAD
from extract.vocabulary import Vocabulary
from extract.words import (
    Word,
    block_piece,
    chars_piece,
    parted,
    printed,
    text_known,
    text_of,
    words_piece,
)
from normalize.text import join_lines


def read_ficha(
    strip: Strip, matcher: Matcher, reader: str, vocabulary: Vocabulary | None = None
) -> RawFicha:
    """A strip as a ficha. What is not found, or not sure, stands in its ``problems``.

    ``vocabulary`` has the words of the document, for those that lines cut.
    """
    ficha = RawFicha(matcher.template.name, strip.first_page, strip.last_page)
    if matcher.template.headings:
        _read_heading(strip, ficha, reader)
    if not strip.slots:
        ficha.problems.append(_no_table(strip.first_page))
        return ficha
    reading = _Reading(strip, ficha, matcher, reader, vocabulary)
    reading.read()
    _missing(ficha, matcher.template, reading.found)
    _missing_parts(ficha)
    return ficha


def _read_heading(strip: Strip, ficha: RawFicha, reader: str) -> None:
    heading = strip.heading
    if heading is None:
        ficha.problems.append(
            Problem(
                "REA01",
                "measure",
                "No se encontró, sobre la ficha, el encabezado que dice si es meta o parámetro.",
                "The heading above the ficha that says whether it is a meta or a parámetro was "
                "not found.",
            )
        )
        return
    words = heading.line
    ficha.heading = printed([words_piece(heading.page, words)], reader)
    measure = words[: heading.match.measure_words]
    ficha.fields["measure"] = printed([words_piece(heading.page, measure)], reader)
    number = heading.match.numbers.get("objective")
    if number:
        piece = _digits_piece(heading.page, words, number)
        ficha.fields["objective_number"] = printed([piece], reader)


def _digits_piece(page: Page, words: Sequence[Word], digits: str) -> Piece:
    """The last place in a line where the digits stand, as a piece."""
    word = [w for w in words if digits in w.text][-1]
    at = word.text.rfind(digits)
    letters = [char for char in word.chars for _ in char.text]
    return chars_piece(page, letters[at : at + len(digits)])


def _no_table(page: int) -> Problem:
    return Problem(
        "REA01",
        "",
        f"La ficha de la página {page} no tiene celdas con líneas: no se encontró ninguna de sus "
        "etiquetas y no se leyó ningún valor.",
        f"The ficha on page {page} has no ruled cells: none of its labels was found and no value "
        "was read.",
    )


class _Reading:
    """One pass over the slots of a ficha, in reading order."""

    def __init__(
        self,
        strip: Strip,
        ficha: RawFicha,
        matcher: Matcher,
        reader: str,
        vocabulary: Vocabulary | None,
    ) -> None:
        self.slots = sorted(strip.slots, key=lambda s: (round(s.rect.top, 1), s.rect.x0))
        self.stray = strip.stray
        self.ficha = ficha
        self.doubts = Doubts(ficha)
        self.matcher = matcher
        self.reader = reader
        self.vocabulary = vocabulary
        self.found: set[str] = set()
        self._claimed: set[int] = set()
        self._unclaimed = self.slots
        self._stale = False
        self._fields: dict[int, str] = {}
        self._lost: list[Slot] = []  # labels without a value
        self._section = ""
        self._rows: list[tuple[Slot, RawVariable]] = []

    def read(self) -> None:
        for slot in self.slots:
            if slot.match is None or id(slot) in self._claimed:
                continue
            label = slot.match.label
            if label.within and label.within != self._section:
                continue
            self._section = label.opens or self._section
            self._claim([slot])
            self._take(slot, label)
        self._doubt_wide()
        self._leftovers()

    def _claim(self, slots: Sequence[Slot]) -> None:
        self._claimed.update(map(id, slots))
        self._stale = True

    @property
    def _free(self) -> list[Slot]:
        """The slots that are not claimed, in order."""
        if self._stale:
            claimed = self._claimed
            self._unclaimed = [slot for slot in self._unclaimed if id(slot) not in claimed]
            self._stale = False
        return self._unclaimed

    def _take(self, slot: Slot, label: Label) -> None:
        if label.at == "none":
            return
        if label.at == "grid":
            self._take_series(slot, label)
            return
        values = value_of(slot, self._free, self._section)
        if label.field.startswith("variable."):
            self._take_variable(slot, label.field.removeprefix("variable."), values)
            return
        again = label.field in self.found
        self.found.add(label.field)
        if label.year_field and not again:
            self._take_year(slot, label.year_field)
        if values is None:
            self.doubts.no_value(label.field, slot)
            self._lost.append(slot)
            return
        self._claim(values)
        value = self._printed(values, label.field)
        if not again:
            self.ficha.fields[label.field] = value
        elif value.text != self.ficha.fields.get(label.field, value).text:
            self.doubts.twice(label.field, slot, value)

    def _printed(self, slots: Sequence[Slot], field: str) -> Printed:
        for slot in slots:
            self._fields[id(slot)] = field
            self._join(field, slot)
            for text in slot.crossed:
                self.doubts.crossed(field, text, slot)
            if slot.overlaid:
                self.doubts.overlaid(field, slot)
            if slot.unsure:
                self.doubts.unsure(field, slot)
            if UNREAD in slot.text:
                self.doubts.unread(field, slot)
            for texts in slot.otherwise:
                self.doubts.read_otherwise(field, *texts, slot)
            for label in self._labels_inside(slot):
                self.doubts.unparted(field, label, slot)
        pieces = [piece for slot in slots for piece in pieces_of(slot)]
        reader = self.reader if all(slot.agreed for slot in slots) else OCR_DOUBTFUL
        return printed(pieces, reader, join_lines([slot.text for slot in slots]))

    def _join(self, field: str, slot: Slot) -> None:
        """Join the lines of a slot again, with the words of the document."""
        if self.vocabulary is None or sum(len(lines) for _, lines, _ in slot.parts) < 2:
            return
        blocks = ((lines, rect) for _, lines, rect in slot.parts)
        joined = text_known(blocks, self.vocabulary, lambda: self._cuts_anywhere)
        slot.text = joined.text
        for words in joined.unsure:
            self.doubts.cut(field, words, slot)

    @cached_property
    def _cuts_anywhere(self) -> bool:
        """Whether the lines of this ficha end where their cells do."""
        parts = [(lines, rect) for slot in self.slots for _, lines, rect in slot.parts]
        return self.vocabulary is not None and are_cut_anywhere(parts, self.vocabulary)

    def _take_year(self, slot: Slot, field: str) -> None:
        year = slot.match.numbers.get("year") if slot.match else None
        found = self._printed_digits(slot, year) if year else None
        if found is not None:
            self.ficha.fields[field] = found
            self.found.add(field)

    def _printed_digits(self, slot: Slot, digits: str) -> Printed | None:
        """The last place in a slot where the digits stand."""
        for page, lines, _ in reversed(slot.parts):
            words = [word for line in lines for word in line]
            if any(digits in word.text for word in words):
                return printed([_digits_piece(page, words, digits)], self.reader)
        return None

    def _take_variable(self, slot: Slot, part: str, values: list[Slot] | None) -> None:
        digits = slot.match.numbers.get("n") if slot.match else None
        number = int(digits) if digits else None
        variable = self._row_of(slot, part, number)
        if variable.label is None and digits and number == variable.number:
            variable.label = self._printed_digits(slot, digits)
        position = self.ficha.variables.index(variable) + 1
        field = f"variables.{variable.number or position}.{part}"
        self.found.add(f"variable.{part}")
        if number != variable.number:
            self.doubts.other_number(field, slot)
        if values is None:
            self.doubts.no_value(field, slot)
            return
        self._claim(values)
        value = self._printed(values, field)
        if getattr(variable, part) is None:
            setattr(variable, part, value)
        else:
            self.doubts.twice(field, slot, value)

    def _row_of(self, slot: Slot, part: str, number: int | None) -> RawVariable:
        """The variable of a label: the one named in its row, else the one of its number. (The label
        of its value may stand a little higher than that of its name.)"""
        rows = [row for row in self._rows if part != "name" or row[1].name is None]
        for other_slot, variable in rows:
            if in_row_of(other_slot, slot):
                return variable
        for _, variable in rows:
            if variable.number == number and (part != "name" or number is not None):
                return variable
        variable = RawVariable(number)
        self.ficha.variables.append(variable)
        self._rows.append((slot, variable))
        return variable

    def _take_series(self, slot: Slot, label: Label) -> None:
        self.found.add(label.field)
        name = PROBLEM_FIELDS[label.field]
        series: list[tuple[Printed, Printed | None]] = []
        for year_slot, value_slot in grid_pairs(slot, self._free):
            year = self._printed([year_slot], name)
            self._claim([year_slot])
            value = None
            field = f"{name}.{year.text}"
            if value_slot is None:
                self.doubts.no_value(field, year_slot)
            else:
                self._claim([value_slot])
                value = self._printed([value_slot], field)
            series.append((year, value))
        if not series:
            self.doubts.no_value(name, slot)
        getattr(self.ficha, label.field).extend(series)

    def _labels_inside(self, slot: Slot) -> list[str]:
        """Labels that stand in a value's cell, apart from its text: a rule is missing there."""
        apart = (
            parts for _, lines, _ in slot.parts for line in lines if len(parts := parted(line)) > 1
        )
        texts = [text_of(([part], None)) for parts in apart for part in parts]
        found = [(text, self.matcher.match(text)) for text in texts]
        return [text for text, match in found if match and match.score >= SURE]

    def _doubt_wide(self) -> None:
        """Doubt the values at the height of a label that has none, if their lines are several texts
        side by side: one may be the label's."""
        for slot in self.slots:
            field = self._fields.get(id(slot))
            lines = [line for _, own, _ in slot.parts for line in own]
            apart = field and any(len(parted(line)) > 1 for line in lines)
            if field and apart and any(in_row_of(label, slot) for label in self._lost):
                self.doubts.unsure(field, slot)

    def _leftovers(self) -> None:
        for slot in self._free:
            if slot.text and slot.match is None:
                self.doubts.problem(
                    "REA01",
                    "",
                    f"El texto «{slot.text}» no está bajo ninguna etiqueta conocida; no se leyó.",
                    f"The text “{slot.text}” stands under no known label; it was not read.",
                    slot,
                )
        for line in self.stray:
            self._doubt_rest(line)
            self.ficha.problems.append(
                Problem(
                    "REA01",
                    "",
                    f"El texto «{line.text}» está junto a la tabla, en ninguna celda; no se leyó.",
                    f"The text “{line.text}” is beside the table, in no cell; it was not read.",
                    (block_piece(line.page, [line.line]),),
                )
            )

    def _doubt_rest(self, line: TextLine) -> None:
        """Doubt the values that end the page before a line, and stand over it: it may be the rest
        of one whose cell is not closed."""
        page = line.page.number - 1
        before = [slot for slot in self.slots if slot.parts and slot.parts[-1][0].number == page]
        end = max((slot.rect.bottom for slot in before), default=0.0)
        for slot in before:
            over = overlap(*_sides(slot.parts[-1][2]), *_sides(line.rect)) > 0
            if slot.text and over and slot.rect.bottom > end - SAME_COLUMN:
                field = self._fields.pop(id(slot), "")  # of several lines, one is told
                if field:
                    self.doubts.rest(field, line.text, slot)


def _sides(rect: Rect) -> tuple[float, float]:
    return rect.x0, rect.x1


def _missing_parts(ficha: RawFicha) -> None:
    """A problem for each cell that the other variables have and one has not, if none is yet."""
    told = {problem.field for problem in ficha.problems}
    for part in ("name", "value", "source"):
        if not any(getattr(row, part) for row in ficha.variables):
            continue
        for position, row in enumerate(ficha.variables, start=1):
            field = f"variables.{row.number or position}.{part}"
            if getattr(row, part) is None and field not in told:
                ficha.problems.append(
                    Problem(
                        "REA01",
                        field,
                        f"No se encontró, en la variable {row.number or position}, la celda que "
                        "tienen las demás.",
                        f"The cell that the other variables have was not found in variable "
                        f"{row.number or position}.",
                    )
                )


def _missing(ficha: RawFicha, template: Template, found: set[str]) -> None:
    """A problem for each label of the template that is nowhere on the ficha."""
    for label in template.labels:
        if label.field and label.field not in found:
            field = "variables" if label.field.startswith("variable.") else label.field
            wording = label.wordings[0]
            ficha.problems.append(
                Problem(
                    "REA01",
                    PROBLEM_FIELDS.get(field, field),
                    f"No se encontró la etiqueta «{wording}».",
                    f"The label “{wording}” was not found.",
                )
            )
