"""Whether a sentence speaks of the document's own indicators as they are now: not of another time,
of others, or in another's words."""

from __future__ import annotations

import re

from validate.claims.predicates import find_predicates, repaired
from validate.claims.sentence import Sentence
from validate.claims.subject import Subject

_WISHED = re.compile(
    r"\b(?:se (?:espera|esperaba|esperaria|busca|pretende|recomienda|sugiere)|deseable|necesario"
    r"|importante|conveniente|para)\s+que\b(?!.*\b(?:ya que|porque|debido a)\b)|^\W*si (?!bien\b)"
    r"|\bsi (?!bien\b)[^,;]{0,20}$"
)
_ANOTHER_TIME = re.compile(
    r"\ben (?:la ficha|el diagnostico|la edicion|el periodo|el ejercicio|el año) "
    r"(?:anterior|previ[oa]|pasad[oa])|\banteriormente\b|\bantes\b"
)
_BEFORE_NOW = re.compile(
    r"\b(?:respecto|comparacion|comparado)\s+(?:del?|al?|con)\s+(?:el\s+|la\s+|lo\s+)?\w+\s+"
    r"(?:anterior|previ[oa]|pasad[oa])|\ben la (?:edicion|ficha|medicion) (?:de )?(?:19|20)\d\d"
)
_ANOTHER_VOICE = re.compile(
    r"\bsegun (?:el|la|los|las) (?:auditoria|secretaria|dependencia|entidad|institucion|instituto"
    r"|informe|organismo)|\ba nivel (?:sectorial|nacional|federal|del? )"
    r"|\bconjunto de (?:los )?programas"
    r"|\bde acuerdo con (?:el|la) (?:auditoria|secretaria|dependencia|entidad|institucion)"
)
_IN_WHICH = re.compile(
    r"\ben (?:el|la|los|las) (?:que|cual(?:es)?)\s+(?:el\s+|la\s+|los\s+)?$"
    r"|\bindicadores (?:[a-z]+(?:[ai]d[oa]s|[aei]ntes)|que|con|cuy[oa]s?)\b[^;]*, en su may\w*\s*$"
    r"|\bindicadores (?:[a-z]+(?:[ai]d[oa]s|[aei]ntes)|que|con|cuy[oa]s?)\b[^;]*,\s+$"
)
_OF_SOME = re.compile(
    r"\bde (?:los|las|sus) (?:\w+ )?indicadores (?:muy )?"
    r"(?:(?!(?:asoci|deriv|vincul|evalu|analiz)ad)[a-z]+(?:[ai]d[oa]s|[aei]ntes)\b"
    r"|que (?!si report|report)|cuy[oa]s\b|con (?!(?:el )?enfoque))"
)
"""Some indicators, of whom only the amounts behind are parts."""
_OF_THOSE = re.compile(r"\bde (?:l[oa]s cuales|est[oa]s|ell[oa]s)\b")
_QUOTATION = re.compile(r"[«“\"]([^»”\"]+)[»”\"]")
TARGET_YEAR = re.compile(r"\bmetas?(?: intermedias?)?(?: de| del| para)? (?P<year>20\d\d)\b")
_IN_YEAR = re.compile(r"\b(?:en|durante|a|al cierre de) (?P<year>20\d\d)\b")
_YEARS = re.compile(r"\b20\d\d\b")
_EITHER_YEAR = re.compile(r"\b20\d\d [oy] 20\d\d\b")


def of_others(sentence: Sentence, subject: Subject) -> bool:
    """Whether an amount is told of before, of other programmes, or in another's words."""
    plain = sentence.plain
    return (
        _BEFORE_NOW.search(plain) is not None
        or _IN_WHICH.search(plain[: subject.start]) is not None
        or _OF_SOME.search(plain[: subject.start].rpartition(";")[2]) is not None
        or _of_those(plain[: subject.start])
        or _ANOTHER_VOICE.search(plain) is not None
        or any(match.start() < subject.start < match.end() for match in _QUOTATION.finditer(plain))
    )


def _of_those(before: str) -> bool:
    """Whether an amount is of some of whom a grade was said before: "… , de los cuales dos …"."""
    match = _OF_THOSE.search(before)
    return match is not None and find_predicates(repaired(before[: match.start()])) != []


def of_another_time(before: str, segment: str, latest: int | None) -> bool:
    """Whether it is wished for, or said of a year that the cards are not of."""
    if _WISHED.search(before) or _ANOTHER_TIME.search(f"{before} {segment}"):
        return True
    years = {int(match["year"]) for match in _IN_YEAR.finditer(before)}
    years |= {int(match["year"]) for match in TARGET_YEAR.finditer(segment)}
    if any(year != latest for year in years):
        return not _EITHER_YEAR.search(segment)
    return len(set(_YEARS.findall(segment))) > 1 and not _EITHER_YEAR.search(segment)
