"""What a document's own cards and distribution say, ready to be counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from normalize.distributions import TOTAL
from normalize.grades import milestone_of, progress_of, quality_of
from normalize.schema import Assessment, Distribution
from normalize.text import match_key
from validate.claims.grade_words import Domain
from validate.claims.predicates import Predicate
from validate.distribution import table_of
from validate.rule import Evidence
from validate.view import DocumentView

_FIELDS: dict[Domain, str] = {
    "milestone": "milestone_status",
    "progress": "target_progress",
    "quality": "quality",
    "trend": "trend",
    "reported": "target_progress",
}
"""The field of a card that a predicate is about."""
FIELD_TITLES = {
    "milestone_status": ("cumplimiento de la meta intermedia", "milestone status"),
    "target_progress": ("avance de la meta sexenal", "target progress"),
    "quality": ("calidad", "quality"),
    "trend": ("tendencia", "trend"),
}


def field_of(domain: Domain) -> str:
    """The field of a card that a predicate of this domain is shown with."""
    return _FIELDS.get(domain, "milestone_status")


_REPORTED_NOT = frozenset({"no_reportado", "no_reportada"})
UNSURE_SHARE = 8
"""No count is made where more than one card in so many does not tell what is counted."""
_NOT_MEASURED = frozenset({"constante", "no_reportado"})


@dataclass(frozen=True)
class Card:
    """One indicator card with its grades as canonical words; ``None`` where not known."""

    row: Assessment

    @property
    def key(self) -> str:
        return self.row.indicator_id

    def grade(self, domain: Domain) -> str | None:
        if domain == "milestone":
            return milestone_of(self.row.milestone_status)
        if domain == "progress":
            return progress_of(self.row.target_progress)
        if domain == "quality":
            return quality_of(self.row.quality)
        return self.row.trend if domain == "trend" else None

    def holds(self, predicate: Predicate) -> bool | None:
        """Whether what is said is true of this indicator; ``None`` where the card does not tell."""
        truth = self._holds(predicate)
        return truth if truth is None or not predicate.negated else not truth

    def _holds(self, predicate: Predicate) -> bool | None:
        if predicate.domain == "reported":
            return self._reported(predicate.negated)
        if predicate.domain == "either":
            grades = self.grade("milestone"), self.grade("progress")
            if predicate.grades & set(grades):
                return True
            return None if None in grades else False
        grade = self.grade(predicate.domain)
        if predicate.domain == "milestone" and grade in _REPORTED_NOT:
            said_so = predicate.negated or "no_alcanzada" in predicate.grades
            return None if said_so else False
        if grade is None or (predicate.domain == "milestone" and grade == "meta_cero"):
            return None
        if predicate.negated and predicate.domain == "progress" and grade in _NOT_MEASURED:
            return None  # what is not measured did not exceed its target, nor did it fail to
        return grade in predicate.grades

    def _reported(self, negated: bool) -> bool | None:
        """Whether progress is reported; that of a constant indicator is, though not graded."""
        grades = {self.grade("milestone"), self.grade("progress")}
        if grades & _REPORTED_NOT:
            return False
        unsure = grades == {None} or (negated and "constante" in grades)
        return None if unsure else True

    def evidence(self, domain: Domain, role: str = "input") -> tuple[Evidence, ...]:
        fields = (
            [_FIELDS["milestone"], _FIELDS["progress"]]
            if domain == "either"
            else [_FIELDS.get(domain, "name")]
        )
        return tuple(Evidence("assessments", self.row.record_key, field, role) for field in fields)

    def printed(self, domain: Domain) -> str:
        fields = (
            ("milestone_status", "target_progress")
            if domain == "either"
            else (_FIELDS.get(domain, "name"),)
        )
        texts = [str(getattr(self.row, field) or "–") for field in fields]
        return " / ".join(texts)


@dataclass(frozen=True)
class Count:
    """How many of a whole a source says: ``of`` are the rows that were counted.

    ``unsure`` are further ones of which the source does not tell.
    """

    count: int
    whole: int
    largest: bool
    source_es: str
    source_en: str
    of: tuple[Evidence, ...]
    unsure: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.count, self.whole)


@dataclass(frozen=True)
class Known:
    """The cards and the distribution of one document."""

    view: DocumentView

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return tuple(Card(row) for row in self.view.assessments)

    def of_objective(self, number: int | None) -> tuple[Card, ...]:
        """The cards of one objective in the document's order; all of them without a number."""
        return tuple(
            card for card in self.cards if number is None or card.row.objective_number == number
        )

    def in_places(self, number: int) -> tuple[Card, ...]:
        """The cards of an objective where "the second" is certain: keys N.1, N.2 … in their order,
        or no numbered keys at all; else nothing."""
        cards = self.of_objective(number)
        places = [re.fullmatch(rf"{number}\.(\d+)", card.key) for card in cards]
        told = [match is not None and int(match[1]) == at for at, match in enumerate(places, 1)]
        loose = all(re.match(r"\d+\.\d", card.key) is None for card in cards)
        return cards if all(told) or loose else ()

    def counts(
        self, predicate: Predicate, approach: str, objective: int | None
    ) -> list[Count] | None:
        """What every source that can tell says; ``None`` where none can."""
        found: list[Count] = []
        if not approach:
            found += self._cards_count(predicate, self.of_objective(objective))
        if objective is None:
            found += self._table_count(predicate, approach)
        return found or None

    def _cards_count(self, predicate: Predicate, cards: Sequence[Card]) -> Iterator[Count]:
        truths = [card.holds(predicate) for card in cards]
        unsure = truths.count(None)
        if not cards or unsure * UNSURE_SHARE > len(cards):
            return
        grades = Counter(card.grade(predicate.domain) for card in cards)
        others = [count for grade, count in grades.items() if grade not in predicate.grades]
        held = sum(map(bool, truths))
        evidence = tuple(item for card in cards for item in card.evidence(predicate.domain))
        largest = held > 0 and held >= max(others, default=0)
        if predicate.domain == "reported" and not predicate.negated:
            # the column NR* counts the constant ones as not reported, their footnote as reported
            constant = sum(card.grade("progress") == "constante" for card in cards)
            held, unsure = held - constant, unsure + constant
        yield Count(held, len(cards), largest, "las tarjetas", "the cards", evidence, unsure)

    @cached_property
    def _contradicted(self) -> frozenset[str]:
        """The records of the cells in rows and columns of the table that do not add up."""
        table = table_of(self.view)
        return frozenset(
            cell.record_key
            for line in (*table.rows, *table.columns)
            if line.off
            for cell in (*line.parts, *([line.total] if line.total else ()))
        )

    def _table_count(self, predicate: Predicate, approach: str) -> Iterator[Count]:
        """The cells of a row of the table, or of its last column, that a predicate is about."""
        if predicate.domain == "progress":
            grades = predicate.grades | (
                _NOT_MEASURED if predicate.grades & _NOT_MEASURED else set()
            )
            row = match_key(approach or TOTAL)
            cells = [cell for cell in self.view.distributions if match_key(cell.approach) == row]
            named: dict[str, str | None] = {
                cell.record_key: progress_of(cell.category) for cell in cells
            }
        elif predicate.domain == "approach" and not approach:
            grades = predicate.grades
            cells = [cell for cell in self.view.distributions if cell.category == TOTAL]
            named = {cell.record_key: match_key(cell.approach) for cell in cells}
        else:
            return
        total = [
            cell
            for cell in cells
            if (cell.approach if predicate.domain == "approach" else cell.category) == TOTAL
        ]
        parts = [cell for cell in cells if cell not in total]
        known = [named[cell.record_key] for cell in parts]
        if len(total) != 1 or None in known or len(set(known)) < len(known):
            return
        if any(cell.count is None for cell in cells) or not grades & set(known):
            return
        used = [cell for cell in parts if named[cell.record_key] in grades]
        if any(cell.record_key in self._contradicted for cell in (*used, *total)):
            return  # which of them is misprinted is not known: the table accuses no sentence
        yield _tallied(predicate, grades, parts, known, total[0])


def _tallied(
    predicate: Predicate,
    grades: frozenset[str] | set[str],
    parts: Sequence[Distribution],
    known: Sequence[str | None],
    total: Distribution,
) -> Count:
    inside = [cell for cell, grade in zip(parts, known, strict=True) if grade in grades]
    outside = [cell.count or 0 for cell in parts if cell not in inside]
    held, whole = sum(cell.count or 0 for cell in inside), total.count or 0
    evidence = tuple(
        Evidence("distributions", cell.record_key, "count", "input") for cell in (*inside, total)
    )
    unsure = 0
    if predicate.negated:  # what is not measured may be among those that did not
        unsure = sum(
            cell.count or 0
            for cell, grade in zip(parts, known, strict=True)
            if grade in _NOT_MEASURED and grade not in grades
        )
    count = whole - held - unsure if predicate.negated else held
    largest = held > 0 and held >= max(outside, default=0)
    return Count(count, whole, largest, "la tabla", "the table", evidence, unsure)
