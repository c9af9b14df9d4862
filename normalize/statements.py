"""The prose of a document to rows of ``figures``: sentences, and the numbers that they state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from extract.types import Printed
from normalize.ledger import Ledger
from normalize.mentions import Mention, find_mentions, stored_percent
from normalize.schema import Figure, encode_record
from normalize.sentences import sentences
from normalize.text import fold

if TYPE_CHECKING:
    from extract.types import Piece, RawStatement


def add_statements(ledger: Ledger, statements: Sequence[RawStatement]) -> None:
    """Write the sentences of all paragraphs into the ledger, with their counts and shares.

    Sentences are numbered within their section (``statement`` of ``avance/2``), the numbers within
    their sentence: ``count`` and ``share`` of ``avance/2.1`` are the pair "6 (33%)". A share is in
    per cent; a fraction that no decimal is exact for (a third) keeps its words and has no value.
    """
    numbers: Counter[str] = Counter()
    for raw in statements:
        for sentence, pieces in _placed(raw.text):
            numbers[raw.section] += 1
            subject = f"{raw.section}/{numbers[raw.section]}"
            placed = _Placed(ledger, sentence, pieces, raw.text.reader)
            placed.add("statement", subject, None, sentence, None)
            for at, mention in enumerate(find_mentions(sentence, ledger.habits), start=1):
                _add_mention(placed, f"{subject}.{at}", mention)


class _Placed:
    """A sentence where it stands, ready to give figures."""

    def __init__(
        self, ledger: Ledger, sentence: str, pieces: tuple[Piece, ...], reader: str
    ) -> None:
        self._ledger = ledger
        self._printed = Printed(sentence, pieces, reader)

    def add(
        self, figure: str, subject: str, value: Decimal | None, text: str, unit: str | None
    ) -> None:
        self._ledger.dataset.figures.append(
            Figure(
                document_id=self._ledger.document_id,
                figure=figure,
                subject=subject,
                year=0,
                value=value,
                value_text=text,
                unit=unit,
            )
        )
        fields = ["value_text"] if value is None else ["value", "value_text"]
        record = encode_record(figure, subject, 0)
        self._ledger.trace(Figure.table, record, fields, self._printed)


def _add_mention(placed: _Placed, subject: str, mention: Mention) -> None:

    if mention.count is not None:
        noun = mention.noun_text or None
        placed.add("count", subject, Decimal(mention.count), mention.count_text, noun)
    if mention.share is not None:
        percent = stored_percent(mention.share)
        placed.add("share", subject, percent, mention.share_text, "%")


def _placed(printed: Printed) -> list[tuple[str, tuple[Piece, ...]]]:
    """The sentences of a paragraph, each with the boxes that its letters stand in.

    Where the boxes do not hold the paragraph's letters in its order, a sentence has all of them.
    """
    text = fold(printed.text)
    found = sentences(text)
    letters = _letters(text)
    if _letters(" ".join(piece.text for piece in printed.pieces)) != letters:
        return [(sentence, printed.pieces) for sentence in found]
    ends = [0]
    for piece in printed.pieces:
        ends.append(ends[-1] + len(_letters(piece.text)))
    placed, position = [], 0
    for sentence in found:
        start = letters.index(_letters(sentence), position)
        position = start + len(_letters(sentence))
        pieces = tuple(
            piece
            for piece, begins, closes in zip(printed.pieces, ends, ends[1:], strict=False)
            if begins < position and closes > start
        )
        placed.append((sentence, pieces))
    return placed


def _letters(text: str) -> str:
    """What is compared: no spaces, nor the hyphens that a line's end may have added."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
