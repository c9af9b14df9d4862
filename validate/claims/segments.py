"""What is said of one subject: where that part of a sentence ends, what in it is surely its."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from validate.claims.predicates import Predicate
from validate.claims.subject import Subject
from validate.claims.verdicts import Said
from validate.claims.wording import allows

_KNOWN_ENDS = re.compile(r";|,? (?:mientras que|en tanto que|por su parte|en cambio) ")
_AMOUNT_ENDS = re.compile(
    r";|,? (?:mientras que|en tanto que|por su parte|sin embargo|porque|ya que|debido a|es decir"
    r"|aunque|si bien|en cambio) "
    r"|(?:,|\b[ye]) (?:el |los |un )?(?:\d{1,3}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
    r"(?:[.,]\d+)? ?%? "
)
_LINKED = re.compile(
    r"\s*,?\s*(?:en cambio|por su parte|por el contrario|sin embargo|en tanto)\s*,"
)
_ALL_SAID = re.compile(r"\s*(?:[.,;:)]|$|(?:y|e|en|respecto|de su|de la meta)\b)")
_ADJECTIVE = re.compile(r"\s*(?:muy )?[a-z]{3,}(?:[ai]d[oa]s?|[aei]ntes?)\b")
_THOSE_THAT = re.compile(r"\s*(?:que|q)\b")
_AT_ONCE = re.compile(r"[,;:(]| (?:[ye]|pero|aunque|sin|por) ")
_TARGET = re.compile(r"\b(?:metas?|lo (?:programado|planeado|esperado|establecido|planteado))\b")
_GRADES = re.compile(
    r"\b(?:rezag|avanzad|adecuad|insuficien|retroc|superad|alcanzad|constante"
    r"|ascendente|descendente|destacad|moderad|mejora)"
)
_AND = re.compile(r",|\b(?:y|e|lo que|por ello|lo cual|por lo que)\b")
_LOOSELY = {
    "rezagado": ("muy_rezagado",),
    "superada": ("muy_superada",),
    "alcanzada": ("superada", "muy_superada"),
}
"""Grades that an adjective may take in ("los tres rezagados", of which two are "muy rezagados")."""
COUNTED_APART = re.compile(r"[,;:]")


def of_targets(said: Said) -> tuple[Predicate, ...]:
    """The predicates that name a target or a grade: "el porcentaje de … superó al del año anterior"
    exceeds something else."""
    return tuple(
        predicate
        for predicate in said.predicates
        if _GRADES.search(said.segment, predicate.start, predicate.end)
        or _TARGET.search(said.segment, predicate.start, predicate.end)
        or _TARGET.search(_AT_ONCE.split(said.segment[predicate.end :])[0])
    )


def after_last(text: str, predicates: Sequence[Predicate] | None) -> str:
    return text[predicates[-1].end :] if predicates else text


def cut_of(plain: str, subject: Subject, end: int) -> int:
    """Where what is said of a subject stops, before the next one at the latest."""
    ends = _AMOUNT_ENDS if subject.quantifier is not None else _KNOWN_ENDS
    linked = _LINKED.match(plain, subject.end, end)
    match = ends.search(plain, linked.end() if linked else subject.end, end)
    return match.start() if match else end


def consistent(subject: Subject, segment: str, predicates: Sequence[Predicate]) -> list[Predicate]:
    """The predicates that are surely the subject's.

    Not what follows words that may bring in another subject ("… y las unidades rurales presentan
    un retroceso"), nor two grades of one field ("que alcanzó su meta, presenta un retroceso").
    """
    kept: list[Predicate] = []
    for predicate in predicates:
        if kept and not allows(segment[kept[-1].end : predicate.start]):
            break
        kept.append(predicate)
    if subject.quantifier is not None:
        return kept
    return [each for each in kept if all(map(each.goes_with, predicates))]


def _counted_so(said: Said) -> bool:
    """Whether a grade beside its noun is what is counted ("cuatro indicadores destacados.") and not
    which are meant ("la mayoría de los indicadores destacados …", "cuatro … muy rezagados son …").
    """
    quantifier = said.subject.quantifier
    counted = quantifier is not None and quantifier.kind == "count"
    beside = not said.segment[: said.predicates[0].start].strip()
    return counted and beside and _ALL_SAID.match(said.segment, said.predicates[0].end) is not None


def restricted(said: Said) -> bool:
    """Whether a grade beside the noun tells which indicators are meant."""
    beside = _ADJECTIVE.match(said.segment) if said.subject.noun_said else None
    return beside is not None and not _counted_so(said)


def _presupposed(said: Said) -> tuple[Predicate, ...]:
    """The grade of which there are so many whatever is said of them ("los 5 indicadores moderados
    deben …" takes for granted that there are five), in its loosest sense."""
    quantifier, first = said.subject.quantifier, said.predicates[0]
    known = quantifier is not None and quantifier.kind == "count" and quantifier.definite
    if not known or said.segment[: first.start].strip():
        return ()
    further = (grade for stem in first.grades for grade in _LOOSELY.get(stem, ()))
    return (replace(first, grades=first.grades.union(further)),)


def alike(said: Said) -> tuple[Predicate, ...]:
    """The predicates of an amount; nothing where one of them tells which indicators are meant."""
    predicates = said.predicates
    if restricted(said):
        return _presupposed(said)
    if _THOSE_THAT.match(said.segment) and len(predicates) > 1:
        first, second = predicates[:2]
        if not _AND.search(said.segment, first.end, second.start):
            return predicates[1:] if first.domain == "reported" and not first.negated else ()
    return predicates
