"""The grades that CONEVAL prints, as canonical words: printed words in, canonical ones out.

A Ficha de Monitoreo grades each indicator three times (quality, fulfilment of the intermediate
target, progress towards the target of the six-year term); a Diagnóstico gives levels. Gender,
number, case, accents and small slips make no difference; a word outside the lists is ``None``, so
that a rule which needs the grade does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeVar

from rapidfuzz import fuzz

from normalize.text import match_key
from normalize.words import LIKENESS

Milestone = Literal[
    "retroceso",
    "no_alcanzada",
    "alcanzada",
    "superada",
    "muy_superada",
    "meta_cero",
    "no_reportada",
]
"""Fulfilment of the intermediate target. ``meta_cero``: the target is 0, no ratio can be taken."""

Progress = Literal[
    "muy_rezagado",
    "rezagado",
    "insuficiente",
    "adecuado",
    "avanzado",
    "superado",
    "no_reportado",
    "constante",
]
"""Progress towards the final target. ``constante``: not measured, the indicator is to stay."""

Quality = Literal["destacado", "adecuado", "moderado", "oportunidad_de_mejora"]

MILESTONES: tuple[Milestone, ...] = (
    "retroceso",
    "no_alcanzada",
    "alcanzada",
    "superada",
    "muy_superada",
)
"""The milestone grades that have an order, the worst first."""

PROGRESS: tuple[Progress, ...] = (
    "muy_rezagado",
    "rezagado",
    "insuficiente",
    "adecuado",
    "avanzado",
    "superado",
)
"""The grades of progress that have an order, the worst first."""

QUALITIES: tuple[Quality, ...] = ("oportunidad_de_mejora", "moderado", "adecuado", "destacado")
"""The grades of quality, the worst first."""

LEVELS: Mapping[str, int] = {
    "muy bajo": 0,
    "incipiente": 0,
    "bajo": 1,
    "basico": 1,
    "medio bajo": 2,
    "medio": 3,
    "medio alto": 4,
    "adecuado": 4,
    "alto": 5,
    "destacado": 5,
    "muy alto": 6,
    "optimo": 6,
}
"""Monitoring levels and their place; different words in one place are in no certain order."""

BROKEN = 80
"""Least likeness (0 to 100) of a grade's letters and those of its pieces."""

_G = TypeVar("_G", bound=str)

_MILESTONE_WORDS: Mapping[str, Milestone] = {
    "retroceso": "retroceso",
    "retrocedida": "retroceso",
    "retrocedio": "retroceso",
    "en retroceso": "retroceso",
    "no alcanzada": "no_alcanzada",
    "meta no alcanzada": "no_alcanzada",
    "meta alcanzada": "alcanzada",
    "meta superada": "superada",
    "no alcanzo": "no_alcanzada",
    "alcanzada": "alcanzada",
    "superada": "superada",
    "muy superada": "muy_superada",
    "muy superior": "muy_superada",
    "reporte de metas es 0": "meta_cero",
    "reporte de metas es cero": "meta_cero",
    "reporte de meta es 0": "meta_cero",
    "meta es 0": "meta_cero",
    "meta igual a 0": "meta_cero",
    "meta 0": "meta_cero",
    "meta cero": "meta_cero",
}
_PROGRESS_WORDS: Mapping[str, Progress] = {
    "muy rezagada": "muy_rezagado",
    "rezagada": "rezagado",
    "insuficiente": "insuficiente",
    "adecuada": "adecuado",
    "avanzada": "avanzado",
    "superada": "superado",
    "sentido constante": "constante",
    "sentido del indicador es constante": "constante",
    "indicador de sentido constante": "constante",
    "indicador constante": "constante",
    "constante": "constante",
}
_QUALITY_WORDS: Mapping[str, Quality] = {
    "destacada": "destacado",
    "adecuada": "adecuado",
    "moderada": "moderado",
    "oportunidad de mejora": "oportunidad_de_mejora",
    "op de mejora": "oportunidad_de_mejora",
    "op mejora": "oportunidad_de_mejora",
    "oport de mejora": "oportunidad_de_mejora",
    "area de mejora": "oportunidad_de_mejora",
}
_NOT_REPORTED = (
    "nr",
    "n r",
    "no reportada",
    "no reporta",
    "no reporto",
    "sin reporte",
    "sin reportar",
    "no reporta informacion",
    "sin informacion",
    "no reporta avance",
    "sin avance reportado",
)
_OTHER_WORDS = frozenset("meta parametro parametros ascendente descendente".split())
"""Words of a card that are in no grade."""
_FILLERS = frozenset("el la los las logro avance nivel calidad con un una en de".split())
"""Words before a grade that say nothing of it: "Logro muy superado", "El sentido …"."""


@lru_cache(maxsize=4096)
def milestone_of(text: str | None) -> Milestone | None:
    """The canonical fulfilment of the intermediate target.

    >>> milestone_of("Logro muy superado"), milestone_of("No Alcanzadas"), milestone_of("Verde")
    ('muy_superada', 'no_alcanzada', None)
    """
    return "no_reportada" if _is_not_reported(text) else _nearest(text, _MILESTONE_WORDS)


@lru_cache(maxsize=4096)
def progress_of(text: str | None) -> Progress | None:
    """The canonical progress towards the final target.

    >>> progress_of("Superada"), progress_of("El sentido del indicador es constante")
    ('superado', 'constante')
    """
    return "no_reportado" if _is_not_reported(text) else _nearest(text, _PROGRESS_WORDS)


@lru_cache(maxsize=4096)
def quality_of(text: str | None) -> Quality | None:
    """The canonical quality of an indicator.

    >>> quality_of("Op. de mejora"), quality_of("Oportunidad de mejora")
    ('oportunidad_de_mejora', 'oportunidad_de_mejora')
    """
    return _nearest(text, _QUALITY_WORDS)


@lru_cache(maxsize=4096)
def level_of(text: str | None) -> str | None:
    """The canonical monitoring level, a key of :data:`LEVELS`.

    >>> level_of("Básico"), level_of("Medio Alto")
    ('basico', 'medio alto')
    """
    return _nearest(text, {level: level for level in LEVELS})


_PROGRESS_MEN = frozenset(f"{words[:-1]}o" for words in _PROGRESS_WORDS if words.endswith("a"))

_FIELDS: Mapping[str, Mapping[str, str]] = {
    "quality": _QUALITY_WORDS,
    "milestone_status": _MILESTONE_WORDS,
    "target_progress": _PROGRESS_WORDS,
}


def grade_phrases(field: str) -> tuple[str, ...]:
    """The known words of a grade (a column of ``assessments``) in every gender and number."""
    phrases = dict.fromkeys((*_FIELDS[field], *_NOT_REPORTED, "no aplica"))
    for phrase in tuple(phrases):
        stem = phrase[:-1] if phrase[-1] in "ao" else ""
        phrases.update(dict.fromkeys(f"{stem}{end}" for end in ("o", "a", "os", "as") if stem))
    logro = [f"logro {phrase}" for phrase in phrases]
    return (*phrases, *logro, "el sentido del indicador es constante", "cumplida parcialmente")


def is_part(text: str, field: str) -> bool:
    """Whether a text is the beginning or end of a grade whose other words are missing.

    ``field`` is a grade's column in the table ``assessments``.

    >>> is_part("Oportunidad de", "quality"), is_part("Oportunidad de mejora", "quality")
    (True, False)
    >>> is_part("El sentido del indicador es", "target_progress")
    True
    """
    key = match_key(text)
    known = _FIELDS[field]
    if not key or _graded(key, known):
        return False
    part = _without_fillers(key.split())
    begins = any(words.startswith(f"{part} ") for words in (*known, *_NOT_REPORTED))
    return begins or any(words.endswith(f" {part}") for words in known)


def is_exact(text: str, field: str) -> bool:
    """Whether a text is a grade letter for letter, but for gender, number, case and accents.

    >>> is_exact("Destacada", "quality"), is_exact("Destacad o", "quality")
    (True, False)
    """
    return _is_exact(match_key(text), field)


def _is_exact(key: str, field: str) -> bool:
    return key in _NOT_REPORTED or _stem(key.split()) in _stems(field)


@lru_cache
def _stems(field: str) -> frozenset[str]:
    return frozenset(_stem(known.split()) for known in _FIELDS[field])


def _exact_runs(words: Sequence[str], field: str) -> Iterator[int]:
    """How many words each run of some has that is a grade letter for letter, with the words that
    may stand before one. (A cell may hold pages of words: none is longer than the longest grade.)
    """
    most = max(len(known.split()) for known in (*_FIELDS[field], *_NOT_REPORTED))
    for start in range(len(words)):
        for end in range(start + 1, min(start + most, len(words)) + 1):
            if _is_exact(" ".join(words[start:end]), field):
                first = start
                while first and _is_exact(" ".join(words[first - 1 : end]), field):
                    first -= 1
                yield end - first


def is_broken(text: str, field: str) -> bool:
    """Whether a text is a grade with its words broken or run together, or with stray letters.

    A slip inside a word ("Adecudo") is the document's own, and no such thing.

    >>> is_broken("Oportuni dad de mejora", "quality"), is_broken("Adecuado e", "quality")
    (True, True)
    >>> is_broken("Adecudo", "quality"), is_broken("Suficiente", "quality")
    (False, False)
    """
    if is_exact(text, field):
        return False
    words = match_key(text).split()
    stray = any(len(word) == 1 for word in words)
    for known in (*_FIELDS[field], *_NOT_REPORTED):
        own = known.split()
        if sorted(own) == sorted(words):
            return True
        alike = fuzz.ratio("".join(words), "".join(own)) >= BROKEN
        if alike and (stray or len(words) != len(own)):
            return True
    return False


def is_split(text: str, field: str) -> bool:
    """Whether a text is a grade, letter for letter, with a space inside a word.

    >>> is_split("Avanzad o", "target_progress"), is_split("Muy rezagado", "target_progress")
    (True, False)
    """
    words = match_key(text).split()
    whole = _neutral("".join(words))
    return not is_exact(text, field) and any(
        whole == _neutral(known.replace(" ", "")) for known in _FIELDS[field]
    )


def holds_grade(text: str, field: str) -> bool:
    """Whether a grade stands among other words that are none of it.

    >>> holds_grade("alta marginación. Destacado", "quality"), holds_grade("Destacado", "quality")
    (True, False)
    """
    return not is_exact(text, field) and any(_exact_runs(match_key(text).split(), field))


def is_among_prose(text: str, field: str) -> bool:
    """Whether a grade stands among words of running text: two or more, or one that ends a sentence.

    >>> is_among_prose("Logro muy superado objetivos prioritarios.", "milestone_status")
    True
    >>> is_among_prose("Superada parcialmente", "milestone_status")
    False
    """
    words = match_key(text).split()
    known = _FIELDS[field]
    if _graded(" ".join(words), known):
        return False
    longest = max(_exact_runs(words, field), default=0)
    rest = len(words) - longest
    return longest > 0 and rest > (0 if text.rstrip().endswith(".") else 1)


def is_several(text: str, field: str) -> bool:
    """Whether a text is two grades, or a grade and another of a card's words.

    >>> is_several("Insuficiente Avanzado", "target_progress")
    True
    >>> is_several("Moderado Parámetro Ascendente", "quality")
    True
    >>> is_several("Logro muy superado", "milestone_status")
    False
    """
    words = match_key(text).split()
    known = _FIELDS[field]
    return not _graded(" ".join(words), known) and any(
        _graded(" ".join(words[:at]), known) and _begins_another(words[at:], known)
        for at in range(1, len(words))
    )


def _begins_another(words: Sequence[str], known: Mapping[str, str]) -> bool:
    texts = [" ".join(words[:at]) for at in range(1, len(words) + 1)]
    return words[0] in _OTHER_WORDS or any(
        _graded(text, known) or text in _PROGRESS_WORDS or text in _PROGRESS_MEN for text in texts
    )


def _graded(words: str, known: Mapping[str, str]) -> bool:
    return _is_not_reported(words) or _nearest(words, known) is not None


def _is_not_reported(text: str | None) -> bool:
    key = match_key(text or "")
    return key in _NOT_REPORTED or (
        len(key) > 5 and any(fuzz.ratio(key, word) >= LIKENESS for word in _NOT_REPORTED)
    )


def _nearest(text: str | None, known: Mapping[str, _G]) -> _G | None:
    """The one grade whose words are those printed, or alike to :data:`LIKENESS`."""
    said = _stem(match_key(text or "").split())
    if not said:
        return None
    stems = {_stem(words.split()): grade for words, grade in known.items()}
    if said in stems:
        return stems[said]
    near = {
        grade
        for stem, grade in stems.items()
        if _same_sense(said, stem) and fuzz.ratio(said, stem) >= LIKENESS
    }
    return near.pop() if len(near) == 1 else None


def _stem(words: Iterable[str]) -> str:
    """The words without what stands before the grade, and without gender and number."""
    return " ".join(_neutral(word) for word in _without_fillers(words).split())


def _without_fillers(words: Iterable[str]) -> str:
    kept = list(words)
    while len(kept) > 1 and kept[0] in _FILLERS:
        kept.pop(0)
    return " ".join(kept)


def _neutral(word: str) -> str:
    """A word without its ending of gender and number: "superados" and "superada" are one."""
    singular = word[:-1] if word.endswith("s") and len(word) > 3 else word
    return singular[:-1] if len(singular) > 3 and singular[-1] in "ao" else singular


def _same_sense(said: str, stem: str) -> bool:
    """A slip never makes or takes a "no" or a "muy"."""
    one, other = set(said.split()), set(stem.split())
    return not ({"no", "muy", "poco"} & (one ^ other))


HEADINGS = (
    *grade_phrases("target_progress"),
    *("resultados", "coordinacion", "gestion", "servicios", "bienes", "total general", "totales"),
    *("bienes y servicios", "bienes y o servicios", "sin clasificar", "no clasificado"),
)
"""The headings that rows and columns of the table Enfoque / Avance have, for comparing."""
