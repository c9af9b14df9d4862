"""The prose of a document to rows of ``figures``: each paragraph stands there as a statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from normalize.ledger import Ledger
from normalize.schema import Figure, encode_record
from normalize.text import fold

if TYPE_CHECKING:
    from extract.types import RawStatement


def add_statements(ledger: Ledger, statements: Sequence[RawStatement]) -> None:
    """Write every paragraph into the ledger, numbered within its section (``enfoque/2``)."""
    numbers: Counter[str] = Counter()
    for raw in statements:
        text = fold(raw.text.text)
        if not text:
            continue
        numbers[raw.section] += 1
        subject = f"{raw.section}/{numbers[raw.section]}"
        record = encode_record("statement", subject, 0)
        ledger.dataset.figures.append(
            Figure(
                document_id=ledger.document_id,
                figure="statement",
                subject=subject,
                year=0,
                value_text=text,
            )
        )
        ledger.trace(Figure.table, record, ["value_text"], raw.text)
