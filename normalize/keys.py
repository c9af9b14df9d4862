"""The identity of every ficha of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalize.ledger import Ledger, place
from normalize.schema import Indicator, encode_record
from normalize.text import fold, key_of

if TYPE_CHECKING:
    from extract.types import Printed, RawFicha


@dataclass(frozen=True, slots=True)
class Key:
    """The identity of a ficha: its id, the name without it, and where the key is printed."""

    indicator_id: str
    name: str
    printed: Printed | None


def assign_keys(fichas: Sequence[RawFicha], ledger: Ledger) -> list[Key]:
    """Give every ficha its id: the printed key, ``#2`` where it recurs, ``p<page>.<n>`` without."""
    keys: list[Key] = []
    recurring: Counter[str] = Counter()
    keyless: Counter[int] = Counter()
    for ficha in fichas:
        named = ficha.fields.get("name")
        printed_key, name = key_of(named.text) if named else (None, "")
        where = named
        if printed_key is None and ficha.heading is not None:
            printed_key, where = _key_in_heading(ficha.heading.text), ficha.heading
        if printed_key is None:
            keyless[ficha.first_page] += 1
            indicator_id = f"p{ficha.first_page}.{keyless[ficha.first_page]}"
            keys.append(Key(indicator_id, name, None))
            _note_key(
                ledger,
                indicator_id,
                fold(named.text) if named else "",
                f"El indicador de la página {ficha.first_page} no tiene clave impresa.",
                f"The indicator on page {ficha.first_page} has no printed key.",
            )
            continue
        recurring[printed_key] += 1
        count = recurring[printed_key]
        indicator_id = printed_key if count == 1 else f"{printed_key}#{count}"
        keys.append(Key(indicator_id, name, where))
        if count > 1:
            _note_key(
                ledger,
                indicator_id,
                printed_key,
                f"La clave {printed_key} se repite (página {ficha.first_page}).",
                f"The key {printed_key} recurs (page {ficha.first_page}).",
            )
    return keys


def _key_in_heading(heading: str) -> str | None:
    """A key that only the heading prints ("Parámetro 1.2"); an objective's number is none."""
    key, _ = key_of(heading)
    return key if key and "." in key else None


def _note_key(ledger: Ledger, indicator_id: str, text: str, es: str, en: str) -> None:
    record = encode_record(indicator_id)
    ledger.note("REA05", place(Indicator, indicator_id, record, "indicator_id"), text, es, en)
