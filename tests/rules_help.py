"""Fichas that hold nothing amiss, to be changed in one respect, and what the rules say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from normalize.records import Note
from normalize.schema import Check, Finding
from tests.build import normalized_from_json
from validate.engine import audit


def series(*values: str, start: int = 2020) -> dict[str, str]:
    """A series of consecutive years."""
    return {str(start + index): value for index, value in enumerate(values)}


def ficha(**changes: Any) -> dict[str, Any]:
    """A ficha of a share, 60 of 100 in 2018, that rises unevenly to 71; nothing in it is amiss."""
    return {
        "indicator_id": "1.1",
        "name": "Porcentaje de escuelas con agua potable",
        "unit": "Porcentaje",
        "frequency": "Anual",
        "trend": "Ascendente",
        "accumulation": "Periódico",
        "method": "(Escuelas con agua potable / Total de escuelas) x 100",
        "substitution": "(60 / 100) x 100 = 60",
        "variables": [
            {
                "position": 1,
                "name": "Escuelas con agua potable",
                "value_text": "60",
                "source": "Censo",
            },
            {"position": 2, "name": "Total de escuelas", "value_text": "100", "source": "Censo"},
        ],
        "baseline_text": "60",
        "baseline_year": 2018,
        "baseline_note": "Ninguna",
        "target_text": "71",
        "target_note": "Ninguna",
        "historical_series": series("52", "53", "55", "54", "57", "58", "60", start=2012),
        "target_series": series("62", "64", "65", "70", "71"),
    } | changes


def planned(
    base: str, targets: Iterable[str], note: str = "Ninguna", year: int = 2018, **changes: Any
) -> dict[str, Any]:
    """A ficha of which only baseline, targets and note matter."""
    values = list(targets)
    given = {
        "method": None,
        "substitution": None,
        "variables": [],
        "baseline_text": base,
        "baseline_year": year,
        "historical_series": {str(year): base},
        "target_text": values[-1],
        "target_series": series(*values),
        "target_note": note,
    }
    return ficha(**(given | changes))


def count(**changes: Any) -> dict[str, Any]:
    """The changes that make a ficha one of a count of medical units."""
    return {
        "name": "Unidades médicas nuevas",
        "unit": "Número de unidades médicas nuevas",
        "accumulation": "Acumulado",
    } | changes


def audited(
    fichas: Mapping[str, Any] | list[dict[str, Any]], notes: Iterable[Note] = ()
) -> tuple[list[Check], list[Finding]]:
    given = fichas if isinstance(fichas, list) else [fichas]
    return audit(normalized_from_json(given, notes))


def found(fichas: Mapping[str, Any] | list[dict[str, Any]], *rules: str) -> list[Finding]:
    """The findings, of these rules (by the beginning of their codes) where some are named."""
    _, findings = audited(fichas)
    return [item for item in findings if not rules or item.rule.startswith(rules)]


def codes(fichas: Mapping[str, Any] | list[dict[str, Any]], *rules: str) -> list[str]:
    return [item.rule for item in found(fichas, *rules)]


def outcome(given: Mapping[str, Any], rule: str) -> str:
    """The outcome of a rule for the only indicator."""
    checks, _ = audited(dict(given))
    return next(item.outcome for item in checks if item.rule == rule and item.record == "1.1")
