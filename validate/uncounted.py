"""What was not wholly read is not counted: where cards are, or may be, missing from the reading.

A lost card leaves no doubtful value behind, so that nothing else would suspect the reading before
the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from normalize.schema import Assessment, Figure, Finding
from validate.beside import FICHA, PROGRAMME
from validate.claims.totals import stated_of
from validate.distribution import table_of
from validate.rule import Answer, not_applicable
from validate.view import DocumentView, Related

COUNTING_RULE: Final = "MON04"
"""The rule whose check without a record says why a document's cards are not counted."""
UNREAD_RULE: Final = "REA01"
"""The rule whose finding about a whole document says that pages of it were not read."""
_PROSE = ("MON05", "MON09")
"""Rules of claims: of how many cards, or of one that is found among all by place or name."""
_BESIDE = ("CRO02", "CRO06")
_OBJECTIVE = "objective"
"""The one field of a card that no card is lost with: a ficha may print no objective."""
_KEY = re.compile(r"(\d+)\.(\d+)")

Reason = tuple[str, str]


def unless_uncounted(code: str, answer: Answer, document: DocumentView, related: Related) -> Answer:
    """The answer of a rule, or that it cannot be applied where it accuses by cards that are, or
    may be, missing from the reading."""
    if answer.outcome != "failed":
        return answer
    by_cards = any(item.table_name == "assessments" for item in answer.evidence)
    reason: Reason | None = None
    if code == COUNTING_RULE or (code in _PROSE and by_cards):
        reason = why_uncounted(document)
        if _is_named(answer, document):
            return answer  # the card contradicts it, whatever others there are
    elif code in _BESIDE:
        reason = next(
            filter(None, map(why_uncounted, _counted_on(code, answer, document, related))), None
        )
    if reason is None:
        return answer
    return replace(not_applicable(answer.record, *reason), indicator_id=answer.indicator_id)


def _counted_on(
    code: str, answer: Answer, document: DocumentView, related: Related
) -> Iterator[DocumentView]:
    """The documents that must have been read wholly for an answer beside others to be sure: the
    Ficha de Monitoreo by its cards, and the programme where it is said to lack an indicator or is
    counted by its fichas."""
    tables = {item.table_name for item in answer.evidence}
    if code == "CRO02" or "assessments" in tables:
        yield from (each for each in (document, *related.others) if _is(each, FICHA))
    if code == "CRO02" or "indicators" in tables:
        yield from (each for each in related.others if _is(each, PROGRAMME))


def _is(document: DocumentView, family: str) -> bool:
    return document.document.family == family


def is_unread(finding: Finding) -> bool:
    """Whether a finding says that pages of a document were not read, hence perhaps whole fichas."""
    of_all = finding.rule == UNREAD_RULE and finding.indicator_id is None
    return of_all and finding.evidence == "[]"


def _is_named(answer: Answer, document: DocumentView) -> bool:
    """Whether a sentence names by its key the one card that contradicts it; that it is the last,
    or one of the others, is told of a place among all."""
    if not answer.indicator_id or document.doubtful_keys:
        return False
    key = re.compile(rf"(?<![\d.]){re.escape(answer.indicator_id)}(?!\.?\d)")
    rows = [document.rows.get((item.table_name, item.record)) for item in answer.evidence]
    return any(isinstance(row, Figure) and key.search(row.value_text or "") for row in rows)


def why_uncounted(document: DocumentView) -> Reason | None:
    """Why not all cards of a document are known to be read (in Spanish and English); ``None``
    where nothing speaks against it.

    Of any document, the reading itself may say so. A scan must also be borne out: its keys run
    without a gap, and the document states as many indicators as were read, if it states a number.
    """
    if document.uncounted is not None:
        return document.uncounted
    if _is_told(document):
        return (
            "La lectura dice que le falta algo de las tarjetas o la tabla (REA01): no se cuenta.",
            "The reading says that something of the cards or the table is missing (REA01): nothing "
            "is counted.",
        )
    if not document.scanned:
        return None
    count, stated = len(document.assessments), _stated(document)
    if stated and count not in stated:
        said = ", ".join(map(str, sorted(stated)))
        return (
            f"De un escaneo se leyeron {count} tarjetas y el documento dice {said}: puede que no "
            "se leyeran todas.",
            f"{count} cards were read in a scan and the document says {said}: perhaps not all of "
            "them were read.",
        )
    if _has_gaps(document.assessments) or (document.doubtful_keys and not stated):
        return (
            "Las claves de las tarjetas de un escaneo son dudosas o no son seguidas: puede que no "
            "se leyeran todas.",
            "The keys of a scan's cards are doubtful or have gaps: perhaps not all of them were "
            "read.",
        )
    return None


def _is_told(document: DocumentView) -> bool:
    """Whether REA01 says that cards are missing; of a scan, that anything of cards or table is."""
    return any(
        note.rule == "REA01"
        and (
            (note.table_name in ("assessments", "documents") and not (note.record or note.field))
            or (
                document.scanned
                and note.table_name in ("assessments", "distributions")
                and note.field != _OBJECTIVE
            )
        )
        for note in document.all_notes
    )


def _stated(document: DocumentView) -> set[int]:
    """How many indicators a document says it has: its table, its head and its sentences."""
    counts = (
        int(row.value)
        for row in document.figures
        if row.figure == "indicator_count"
        and row.value is not None
        and not row.subject.partition("#")[0]
    )
    sums = map(int, table_of(document).sums())
    return {*sums, *counts, *stated_of(document.sentences, "indicador")}


def _has_gaps(cards: Sequence[Assessment]) -> bool:
    """Whether some of the keys N.1, N.2 … are missing, or some card has no key of this form."""
    objectives: defaultdict[int, set[int]] = defaultdict(set)
    numbered = 0
    for match in map(_KEY.fullmatch, (card.indicator_id for card in cards)):
        if match is not None:
            numbered += 1
            objectives[int(match[1])].add(int(match[2]))
    if not numbered:
        return False
    orders = (*objectives.values(), set(objectives))
    return numbered < len(cards) or any(max(order) > len(order) for order in orders)
