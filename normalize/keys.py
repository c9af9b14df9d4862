"""The identity of every ficha and card of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from normalize.ledger import Ledger, place
from normalize.schema import Assessment, Indicator, Row, encode_record
from normalize.text import fold, key_of

if TYPE_CHECKING:
    from extract.types import Printed, RawCard, RawFicha


@dataclass(frozen=True, slots=True)
class Key:
    """The identity of a ficha or card: its id, its name without it, where the key is printed."""

    indicator_id: str
    name: str
    printed: Printed | None


class Keyed(NamedTuple):
    """What a key can be read from: the printed name, a heading above it, and the page (from 1)."""

    name: Printed | None
    heading: Printed | None
    page: int


def assign_keys(fichas: Sequence[RawFicha], ledger: Ledger) -> list[Key]:
    """Give every ficha its id: the printed key, ``#2`` where it recurs, ``p<page>.<n>`` without."""
    keyed = [Keyed(ficha.fields.get("name"), ficha.heading, ficha.first_page) for ficha in fichas]
    return _assign(keyed, ledger, Indicator)


def assign_card_keys(cards: Sequence[RawCard], ledger: Ledger) -> list[Key]:
    """Give every card its id, as :func:`assign_keys` does."""
    keyed = [Keyed(card.fields.get("name"), None, _page(card)) for card in cards]
    return _assign(keyed, ledger, Assessment)


def _page(card: RawCard) -> int:
    """The page where a card begins, by what it prints."""
    own = [printed for name, printed in card.fields.items() if name != "objective"]
    return min((piece.box.page for printed in own for piece in printed.pieces), default=1)


def _assign(keyed: Sequence[Keyed], ledger: Ledger, row: type[Row]) -> list[Key]:
    keys: list[Key] = []
    recurring: Counter[str] = Counter()
    keyless: Counter[int] = Counter()
    for named, heading, page in keyed:
        printed_key, name = key_of(named.text) if named else (None, "")
        where = named
        if printed_key is None and heading is not None:
            printed_key, where = _key_in_heading(heading.text), heading
        if printed_key is None:
            keyless[page] += 1
            indicator_id = f"p{page}.{keyless[page]}"
            keys.append(Key(indicator_id, name, None))
            _note_key(
                ledger,
                row,
                indicator_id,
                fold(named.text) if named else "",
                f"El indicador de la página {page} no tiene clave impresa.",
                f"The indicator on page {page} has no printed key.",
            )
            continue
        recurring[printed_key] += 1
        count = recurring[printed_key]
        indicator_id = printed_key if count == 1 else f"{printed_key}#{count}"
        keys.append(Key(indicator_id, name, where))
        if count > 1:
            _note_key(
                ledger,
                row,
                indicator_id,
                printed_key,
                f"La clave {printed_key} se repite (página {page}).",
                f"The key {printed_key} recurs (page {page}).",
            )
    return keys


def _key_in_heading(heading: str) -> str | None:
    """A key that only the heading prints ("Parámetro 1.2"); an objective's number is none."""
    key, _ = key_of(heading)
    return key if key and "." in key else None


def _note_key(
    ledger: Ledger, row: type[Row], indicator_id: str, text: str, es: str, en: str
) -> None:
    record = encode_record(indicator_id)
    ledger.note("REA05", place(row, indicator_id, record, "indicator_id"), text, es, en)
