"""A subject of a sentence, and the words that name indicators by their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.mentions import ORDINAL_STEMS
from validate.claims.quantifiers import Quantifier

APPROACHES = r"gestion|resultados|coordinacion"
ORDINALS = {"primer": 1, "segund": 2, **ORDINAL_STEMS, "ultim": -1}
ORDINAL = rf"(?:{'|'.join(ORDINALS)})o?\b"
VERBS = (
    r"no\b|ni\b|se\b|si\b|solo\b|tambien\b|tampoco\b|ademas\b|al\b|l[ao]s?\s+(?:alcanz|super|rebas)"
    r"|present|tuv|tien|report|alcanz|logr|consig|super|muestr|mostr|registr|obtuv|obtien|cuent"
    r"|mant|cumpl|rebas|fue\b|fueron\b|esta|qued|avanz"
    r"|retroced|retroces|clasific|ubic|posicion|encuentr|encontr|exhib|observ|result|lleg|permanec"
    r"|sigue|continu|experiment|sufri|disminuy|increment|aument|incumpl|son\b|es\b|respecto|con\b"
)
STRICT_VERBS = (
    r"no\b|se\b|l[ao]s?\s+(?:alcanz|super|rebas)|present|tuv|tien|report|alcanz|logr|consig|super"
    r"|muestr|mostr|registr|obtuv|obtien"
    r"|cumpl|rebas|fue\b|fueron\b|esta\b|estan\b|qued|avanz|retroced|clasific|ubic|posicion"
    r"|encuentr|encontr|exhib|result|lleg|permanec|sigue|continu|incumpl|son\b|es\b|cuenta"
)
OWN_OBJECTIVE = 0
"""In place of an objective's number: that of the section, "los indicadores del objetivo"."""
KEY = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom something is said, ``plain[start:end]``.

    Either known indicators, by their place in the objective (``ordinals``, -1 the last; empty with
    ``others``: those that the sentence has not named) or by key (``keys``), or as many as
    ``quantifier`` says, of the ``noun`` (empty: that of the sentence before) that ``approach``
    and ``objective`` restrict. ``excluded`` are places that an exception takes out and
    ``excluded_keys`` keys, ``beside`` are the same amount told in other words ("la mitad (9)"),
    ``noun_said`` that it ends with its noun, ``only`` says that it holds for no other; ``whole``
    marks "de los 18 indicadores," of which parts follow; ``sole`` marks "el indicador" of an
    objective that has one; ``inferred``, that the approach is told from what the indicators
    measure.
    """

    start: int
    end: int
    ordinals: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    others: bool = False
    quantifier: Quantifier | None = None
    noun: str = ""
    approach: str = ""
    objective: int | None = None
    excluded: tuple[int, ...] = ()
    only: bool = False
    denied: bool = False
    name: str = ""
    bare: bool = False
    measure: str = ""
    unknown: bool = False
    whole: bool = False
    inferred: bool = False
    sole: bool = False
    excluded_keys: tuple[str, ...] = ()
    beside: tuple[Quantifier, ...] = ()
    noun_said: bool = False


def places_of(listed: str) -> tuple[int, ...]:
    return tuple(
        place
        for word in re.findall(r"[a-z]+", listed)
        for stem, place in ORDINALS.items()
        if word.startswith(stem)
    )
