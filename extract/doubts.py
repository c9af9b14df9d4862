"""What is amiss with a ficha or not sure, in the words of its problems."""

from __future__ import annotations

from extract.strip import Slot
from extract.types import Piece, Printed, Problem, RawFicha
from extract.words import block_piece

PROBLEM_FIELDS = {
    "baseline": "baseline_value",
    "target": "target_value",
    "historical": "historical_series",
    "targets": "target_series",
}
"""Where the schema's name of a field differs from the template's."""


def pieces_of(slot: Slot) -> list[Piece]:
    known = slot.text if len(slot.parts) == 1 else None
    return [block_piece(page, lines, rect, known) for page, lines, rect in slot.parts if lines]


class Doubts:
    """Notes the problems of one ficha."""

    def __init__(self, ficha: RawFicha) -> None:
        self.ficha = ficha

    def problem(self, rule: str, field: str, spanish: str, english: str, slot: Slot) -> None:
        name = PROBLEM_FIELDS.get(field, field)
        pieces = tuple(pieces_of(slot))
        self.ficha.problems.append(Problem(rule, name, spanish, english, pieces))

    def no_value(self, field: str, slot: Slot) -> None:
        self.problem(
            "REA01",
            field,
            f"La etiqueta «{slot.text}» no tiene junto a sí una celda que sea su valor.",
            f"The label “{slot.text}” has no cell beside it that is its value.",
            slot,
        )

    def twice(self, field: str, slot: Slot, value: Printed) -> None:
        self.problem(
            "REA03",
            field,
            f"La etiqueta «{slot.text}» se repite con otro valor («{value.text}»); se toma el 1.º.",
            f"The label “{slot.text}” recurs with another value (“{value.text}”); the first holds.",
            slot,
        )

    def crossed(self, field: str, text: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            f"El texto «{text}» rebasa las líneas de su celda; no es seguro a qué celda pertenece.",
            f"The text “{text}” runs over the rules of its cell; its cell is not certain.",
            slot,
        )

    def unparted(self, field: str, label: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            f"En la celda está también la etiqueta «{label}»: falta una línea entre las dos.",
            f"The label “{label}” is in the cell as well: a rule is missing between the two.",
            slot,
        )

    def unread(self, field: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            f"En «{slot.text}» hay caracteres que su fuente no dice cuáles son (�).",
            f"In “{slot.text}” there are characters of which the font does not say what they are "
            "(�).",
            slot,
        )

    def unsure(self, field: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            "Sin líneas entre las celdas no es seguro qué texto pertenece a esta; se tomó "
            f"«{slot.text}».",
            "Without rules between the cells it is not certain what text belongs to this one; "
            f"“{slot.text}” was taken.",
            slot,
        )

    def cut(self, field: str, words: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            f"En «{words}» termina un renglón que llena su celda; no es seguro si corta una "
            "palabra en dos.",
            f"In “{words}” a line ends that fills its cell; it is not certain whether it cuts one "
            "word in two.",
            slot,
        )

    def rest(self, field: str, text: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            f"La celda termina con su página; el texto «{text}» de la siguiente, que no está en "
            "ninguna celda, puede ser su resto.",
            f"The cell ends with its page; the text “{text}” of the next one, which is in no cell, "
            "may be its rest.",
            slot,
        )

    def overlaid(self, field: str, slot: Slot) -> None:
        self.problem(
            "REA03",
            field,
            f"En la celda hay dos textos impresos uno sobre otro: «{slot.text}».",
            f"Two texts are printed over each other in the cell: “{slot.text}”.",
            slot,
        )

    def read_otherwise(self, field: str, first: str, second: str, slot: Slot) -> None:
        page = slot.parts[0][0].number
        self.problem(
            "REA02",
            field,
            f"Página {page}: dos lecturas por OCR de la celda difieren: «{first}» y «{second}».",
            f"Page {page}: two readings of the cell by OCR differ: “{first}” and “{second}”.",
            slot,
        )

    def other_number(self, field: str, slot: Slot) -> None:
        self.problem(
            "REA05",
            field,
            f"La etiqueta «{slot.text}» lleva otro número que las demás de su renglón.",
            f"The label “{slot.text}” has another number than the others of its row.",
            slot,
        )
