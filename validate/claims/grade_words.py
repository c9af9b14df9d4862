"""The grades that words name, by the fields of a card that they may be about, and their order."""

from __future__ import annotations

from typing import Literal

Domain = Literal["milestone", "progress", "quality", "trend", "approach", "reported", "either"]
"""The field of a card that a predicate is about. ``either``: milestone or progress, not said."""

LABELS = {
    "retroceso": "Retroceso",
    "no_alcanzada": "No alcanzada",
    "alcanzada": "Alcanzada",
    "superada": "Superada",
    "muy_superada": "Logro muy superado",
    "superado": "Superado",
    "avanzado": "Avanzado",
    "adecuado": "Adecuado",
    "insuficiente": "Insuficiente",
    "rezagado": "Rezagado",
    "muy_rezagado": "Muy rezagado",
    "constante": "Constante",
    "no_reportado": "No reportado",
    "destacado": "Destacado",
    "moderado": "Moderado",
    "oportunidad_de_mejora": "Oportunidad de mejora",
    "reported": "Reportado",
    "ascendente": "Ascendente",
    "descendente": "Descendente",
}
"""The grades as cards print them."""

M, P, Q = "milestone", "progress", "quality"
BETTER = ("superada", "muy_superada")
NOUNS: dict[str, dict[str, tuple[str, ...]]] = {
    "retroceso": {M: ("retroceso",)},
    "muy_superado": {M: ("muy_superada",)},
    "superado": {M: ("superada",), P: ("superado",)},
    "reached": {M: ("alcanzada",), P: ("superado", "avanzado")},
    "missed": {M: ("no_alcanzada", "retroceso")},
    "not_reached": {M: ("no_alcanzada",)},
    "muy_rezagado": {P: ("muy_rezagado",)},
    "rezagado": {P: ("rezagado",)},
    "avanzado": {P: ("avanzado",)},
    "adecuado": {P: ("adecuado",), Q: ("adecuado",)},
    "insuficiente": {P: ("insuficiente",)},
    "destacado": {Q: ("destacado",)},
    "moderado": {Q: ("moderado",)},
    "oportunidad_de_mejora": {Q: ("oportunidad_de_mejora",)},
    "constant": {"trend": ("constante",)},
    "ascendente": {"trend": ("ascendente",)},
    "descendente": {"trend": ("descendente",)},
    "not_measured": {P: ("constante", "no_reportado")},
    "reports": {"reported": ("reported",)},
    "gestion": {"approach": ("gestion",)},
    "resultados": {"approach": ("resultados",)},
    "coordinacion": {"approach": ("coordinacion",)},
}
"""What each word says where it names a grade, by the field that it may be about."""
VERBS: dict[str, dict[str, tuple[str, ...]]] = {
    "superado": {M: BETTER, P: ("superado",)},
    "reached": {M: ("alcanzada", *BETTER), P: ("superado", "avanzado")},
    "not_reached": {M: ("no_alcanzada", "retroceso")},
}
"""What it says where it tells a fact."""

ORDERS: dict[str, tuple[str, ...]] = {
    P: ("superado", "avanzado", "adecuado", "insuficiente", "rezagado", "muy_rezagado"),
    M: ("muy_superada", "superada", "alcanzada", "no_alcanzada", "retroceso"),
    Q: ("destacado", "adecuado", "moderado", "oportunidad_de_mejora"),
}
"""The grades of each field, the best one first."""


def beyond(grades: frozenset[str], field: str, *, better: bool) -> frozenset[str]:
    """The grades of a field from one of those given upwards, or downwards."""
    order = ORDERS.get(field, ())
    places = [at for at, grade in enumerate(order) if grade in grades]
    if not places:
        return frozenset()
    return frozenset(order[: max(places) + 1] if better else order[min(places) :])
