"""Numbers with their nouns, and the messages that say them."""

from __future__ import annotations

from tests.monitoring import card, cells, monitoring
from validate.counted import are_es, with_noun
from validate.engine import audit


def test_a_number_agrees_with_its_noun() -> None:
    assert with_noun(1, "tarjeta", "tarjetas") == "1 tarjeta"
    assert with_noun(0, "tarjeta", "tarjetas") == "0 tarjetas"
    assert with_noun(0, "tarjeta", "tarjetas", "ninguna tarjeta") == "ninguna tarjeta"
    assert (are_es(1), are_es(3)) == ("es 1", "son 3")


def test_a_column_without_cards_says_so() -> None:
    table = cells({"Resultados": [1, 2, 0, 0, 0, 0, 0]})
    cards = [card("1.1"), card("1.2"), card("2.1")]
    _, findings = audit(monitoring(cards, table))
    assert [each.message_es for each in findings if each.rule == "MON04"] == [
        "Columna «Superado»: ninguna tarjeta, pero la tabla dice 1.",
        "Columna «Avanzado»: 3 tarjetas (1.1, 1.2, 2.1), pero la tabla dice 2.",
    ]
