"""CONEVAL's indicator cards to rows of ``assessments``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from normalize.keys import Key
from normalize.ledger import Ledger, Place, place
from normalize.schema import Assessment, encode_record
from normalize.text import fold, key_of
from normalize.words import measure_of, trend_of

if TYPE_CHECKING:
    from extract.types import RawCard

GRADES = ("quality", "milestone_status", "target_progress")
"""The fields that are kept as printed."""


def add_card(ledger: Ledger, card: RawCard, key: Key) -> None:
    """Write the row, provenance and notes of one card into the ledger.

    The objective's number is the one that it is printed with, or else the first of the card's key.
    What the reader doubted (REA03) is None; its note keeps the text.
    """
    reading = _CardReading(ledger, card, key)
    reading.note_problems()
    ledger.dataset.assessments.append(reading.assessment())


class _CardReading:
    """The reading of one card, with what all its parts share."""

    def __init__(self, ledger: Ledger, card: RawCard, key: Key) -> None:
        self.ledger = ledger
        self.card = card
        self.key = key
        self.record = encode_record(key.indicator_id)
        doubtful = {problem.field for problem in card.problems if problem.rule == "REA03"}
        self.fields = {n: text for n, text in card.fields.items() if n not in doubtful}

    def place(self, field: str) -> Place:
        return place(Assessment, self.key.indicator_id, self.record, field)

    def note_problems(self) -> None:
        for problem in self.card.problems:
            known = problem.field in Assessment.model_fields
            where = self.place(problem.field if known else "indicator_id")
            text = fold(" ".join(piece.text for piece in problem.pieces))
            self.ledger.note(problem.rule, where, text, problem.message_es, problem.message_en)

    def assessment(self) -> Assessment:
        fields, ledger = self.fields, self.ledger
        if self.key.printed:
            ledger.trace("assessments", self.record, ["indicator_id"], self.key.printed)
        if self.key.name and "name" in fields:
            ledger.trace("assessments", self.record, ["name"], fields["name"])
        number, objective = self._objective()
        grades = {name: ledger.text(fields.get(name), self.place(name)) for name in GRADES}
        return Assessment.model_validate(
            {
                **grades,
                "document_id": ledger.document_id,
                "indicator_id": self.key.indicator_id,
                "name": (self.key.name or None) if "name" in fields else None,
                "measure": self._word("measure", measure_of, "meta para el bienestar, parámetro"),
                "trend": self._word("trend", trend_of, "ascendente, descendente, constante"),
                "objective_number": number,
                "objective": objective,
            }
        )

    def _objective(self) -> tuple[int | None, str | None]:
        """The objective's number and its text without it (the text keeps its final stop)."""
        printed = self.fields.get("objective")
        text = fold(printed.text) if printed else ""
        number, _ = key_of(text)
        rest = text
        if number is not None:
            rest = text[text.index(number) + len(number) :].lstrip(".-–—) ")
        if printed is not None and text:
            fields = ["objective_number", "objective"] if number else ["objective"]
            self.ledger.trace("assessments", self.record, fields, printed)
        if number is None and self.key.printed is not None:
            number, where = self.key.indicator_id.split(".")[0], self.key.printed
            if not number.isdigit():
                return None, rest or None
            self.ledger.trace("assessments", self.record, ["objective_number"], where)
        return int(number.split(".")[0]) if number else None, rest or None

    def _word(self, field: str, canonical: Callable[[str], str | None], known: str) -> str | None:
        return self.ledger.word(self.fields.get(field), self.place(field), canonical, known)
