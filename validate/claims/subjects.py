"""Of whom a sentence speaks: "el primero y el segundo", "los tres indicadores", "el 67 % de …".

A sentence about indicators is cut at its subjects: what stands between one and the next is said of
the first of them. Everything here works on plain text (small letters, no accents), whose places
are those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from normalize.mentions import Mention, small_number
from validate.claims.amounts import AGAIN, GRADED, quantified
from validate.claims.quantifiers import Quantifier
from validate.claims.subject import KEY, ORDINAL, STRICT_VERBS, VERBS, Subject, places_of

_LIST = re.compile(
    rf"""\b(?P<article>(?:el|la|los|las|del|al)\s+)?
        (?P<list>{ORDINAL}(?:(?:\s*,\s*(?:el\s+)?{ORDINAL})*
          \s*,?\s*(?:[ye]|ni|como)\s+(?:el\s+|al\s+)?{ORDINAL})*)
        (?P<noun>\s+(?:de\s+los\s+)?(?:indicador(?:es)?|(?P<measure>parametros?))\b
          |\s+de\s+(?:ellos|estos|los\s+indicadores))?
        (?=(?P<next>\s*[^\W\d_]+|\s*[,;:.(]|$))""",
    re.VERBOSE,
)
_NEXT = re.compile(
    rf"\s*(?:{VERBS}|un\s+(?:retroceso|logro|avance)|(?:muy\s+)?(?:superad|avanzad|adecuad|insuficient"
    r"|rezagad|destacad|moderad))|\s*[,;:.(]|$"
)
_FIRST_N = re.compile(
    r"\blos\s+(?:(?P<a>dos|tres|cuatro|cinco|[2-5])\s+(?P<which>primeros|ultimos)"
    r"|(?P<which2>primeros|ultimos)\s+(?P<b>dos|tres|cuatro|cinco|[2-5]))"
    r"(?:\s+indicadores)?\b"
)
_KEYS = re.compile(
    r"\b(?:el\s+|los\s+)?indicador(?:es)?\s+(?P<keys>\d{1,2}\.\d{1,2}(?:\s*(?:,|,?\s*[ye]\b)\s*\d{1,2}\.\d{1,2})*)"
)
_BARE_KEYS = re.compile(
    r"\b(?:el|los|del|al)\s+(?P<keys>\d{1,2}\.\d{1,2}(?:\s*(?:,|,?\s*[ye]\b)\s*(?:el\s+)?\d{1,2}\.\d{1,2})*)"
    rf"(?=\s+(?:{VERBS}|retroc))"
)
_INDICATOR_NUMBERS = re.compile(
    r"\b(?:el\s+|los\s+)?indicador(?:es)?\s+(?P<list>[1-9]\d?(?:\s*(?:,|,?\s*[ye]\b)\s*[1-9]\d?)*)"
    r"(?![\d.%/])(?!\s*%)"
)
_NAME = re.compile(
    rf"\b(?:el|del|al)\s+indicador\s+(?:denominado\s+|relativo\s+a\s+|sobre\s+|de\s+)?"
    rf"(?!{STRICT_VERBS})(?=[a-z\"'«“])(?P<name>(?:(?!indicador)[a-zñ0-9,()/%\"'«»“”-]+\s+){{1,30}}?)(?=(?:{STRICT_VERBS}))"
)
_MEASURED = (
    r"(?:porcentaje|tasa|indice|numero|proporcion|razon|cobertura|promedio|tiempo|monto|cantidad"
    r"|relacion|variacion|grado|nivel|costo|participacion|eficiencia|densidad)"
)
_CHANGED = r"empeor|mejoro\b|mejoraron\b|ha\b|han\b|deterior|alej|acerc"
_BARE_NAME = re.compile(
    rf"(?:^|[,;:.]|\b(?:que|y|e|pero|asimismo|ademas|ya que|mientras))\s*\b(?P<whole>(?:el|la)\s+"
    rf"(?P<name>{_MEASURED}\s+(?:(?!indicador)[a-zñ0-9()/%\"'«»“”-]+,?\s+){{1,25}}?))"
    rf"(?=(?:{STRICT_VERBS}|{_CHANGED}))"
)
"""An indicator called by its name alone: "el porcentaje de docentes capacitados alcanzó …"."""
_OPENING = re.compile(
    r"(?:(?:asimismo|ademas|adicionalmente|por\s+su\s+parte|por\s+otr[ao]\s+(?:parte|lado)),?\s+)?"
    rf"(?P<whole>(?:el|la|los|las)\s+(?P<name>[a-zñ][^,;:.]{{4,150}}?))\s+(?={STRICT_VERBS})"
)
_AS_TO_NAME = re.compile(
    r"\b(?P<whole>(?:con\s+)?(?:respecto|en\s+cuanto|en\s+relacion|con\s+relacion)\s+"
    r"(?:al|a\s+la|del|de\s+la|con\s+el|con\s+la)\s+"
    rf"(?P<name>{_MEASURED}\s[^,;:.]{{4,150}}),)\s*(?=(?:est[ea]\s+|se\s+observa\s+que\s+)?(?:{STRICT_VERBS}))"
)
_ONLY_ONE_THAT = re.compile(r"\s*(?:es|fue)\s+(?:el|la)\s+unic[oa](?:\s+indicador)?\s+(?:que|en)\b")
_SOLE = re.compile(
    rf"\b(?:el|al)\s+(?:unico\s+)?indicador(?:\s+unico)?(?:\s+del\s+objetivo)?,?(?=(?:\s+(?:este|ha|lo))?\s+(?:{STRICT_VERBS}))"
)
_MEASURES = re.compile(
    rf"""\b(?:
        (?P<target>(?:la|el\s+indicador\s+de\s+la|el\s+indicador\s+de)\s+meta\s+(?:para\s+el|de|del)
          \s+bienestar(?:\s+del\s+objetivo)?)
      | (?P<all>los\s+(?:dos\s+|tres\s+)?parametros|ambos\s+parametros|el\s+parametro)
    )(?=\s+(?:{STRICT_VERBS}))""",
    re.VERBOSE,
)
_OTHERS = re.compile(
    r"\b(?:el\s+resto(?:\s+de\s+los\s+indicadores)?"
    r"|l[oa]s\s+(?:demas|otros|otras|restantes)(?:\s+(?P<a>dos|tres|cuatro))?(?:\s+indicadores)?"
    r"|los\s+(?P<b>dos|tres|cuatro)\s+(?:indicadores\s+)?restantes"
    r"|el\s+(?:otro|indicador\s+restante))\b"
)
_ALL_BUT = re.compile(rf"\blos\s+indicadores(?=\s+(?:{STRICT_VERBS}))")
_SOMEONE = re.compile(r"\b(?:uno|otr[oa]s?)\b(?!\s+(?:de\s+(?:los|sus)\s+)?(?:solo\s+)?indicador)")
_EXCEPT = re.compile(
    r"\b(?:a\s+excepcion|con\s+excepcion|excepto|salvo|exceptuando)\s+(?:de\s+|del\s+|por\s+)?"
    r"|(?<!al )(?<!lo )(?<!cuando )\bmenos\s+(?=(?:un[oa]?|dos|tres|el|los|[1-9])\b(?!\s*%))"
)
_ASIDE = re.compile(
    r"\b(?:a\s+diferencia|en\s+contraste|en\s+comparacion|al\s+igual\s+que|igual\s+que"
    r"|lo\s+mismo\s+que|junto\s+con)\s+(?:de\s+|con\s+)?$"
)
_DENIED = re.compile(r"\b(?:ni|tampoco)\s+$")
_OTHER = re.compile(r"\botr[oa]s?\s+$")
_NOT_ALL = re.compile(r"\bno\s+$")
_ONLY = re.compile(r"\b(?:unicamente|solo|solamente)\s+$")
_LEAD = re.compile(
    rf"\b(?:en|para|respecto\s+del|sobre)\s+el\s+(?:objetivo\s+(?P<number>\d{{1,2}})"
    rf"|(?P<ordinal>{ORDINAL})\s+objetivo)\b,?\s*(?:tanto\s+)?(?:los\s+|el\s+)?$"
)
_EXCEPTED_KEYS = re.compile(
    r"(?:(?:el|los|del|de)\s+)?(?:indicador(?:es)?\s+)?"
    r"(?P<keys>\d{1,2}\.\d{1,2}(?:\s*(?:,|,?\s*[ye]\b)\s*(?:el\s+)?\d{1,2}\.\d{1,2})*)(?!\s*%)"
)


def find_subjects(plain: str, mentions: Sequence[Mention]) -> list[Subject]:
    """The subjects of a plain sentence from left to right, none inside another.

    None where an exception ("todos excepto uno") does not say which are excepted.
    """
    exceptions = []
    for match in _EXCEPT.finditer(plain):
        listed = _EXCEPTED_KEYS.match(plain, match.end()) or _LIST.match(plain, match.end())
        if listed is None:
            return []
        exceptions.append((match.start(), listed))
    found = [*_named(plain), *quantified(plain, mentions)]
    found += _all_but(plain, exceptions)
    found.sort(key=lambda each: (each.start, each.unknown, -each.end))
    kept: list[Subject] = []
    for each in found:
        inside = kept and each.start < kept[-1].end
        excepted = any(start <= each.start < listed.end() for start, listed in exceptions)
        if not inside and not excepted and not _ASIDE.search(plain[: each.start]):
            kept.append(_told(plain, _in_objective(plain, each), kept))
    for start, listed in exceptions:
        _except(plain, kept, start, listed)
    return kept


def opening(plain: str) -> Subject | None:
    """What a sentence opens with, before its verb, as the name that an indicator may have."""
    match = _OPENING.match(plain)
    if match is None:
        return None
    return Subject(match.start("whole"), match.end("whole"), name=match["name"], bare=True)


def _told(plain: str, subject: Subject, before: Sequence[Subject]) -> Subject:
    """The subject with what is denied of it; unknown where "the third" may be of some others."""
    denied = _DENIED.search(plain[: subject.start]) is not None
    alone = _ONLY_ONE_THAT.match(plain, subject.end)
    if alone is not None and subject.quantifier is None:
        subject = replace(subject, end=alone.end(), only=True)
    share = subject.quantifier is not None and subject.quantifier.percent is not None
    if subject.quantifier is not None and _OTHER.search(plain[: subject.start]) and not share:
        return Subject(subject.start, subject.end, unknown=True)
    if subject.ordinals and any(each.unknown for each in before):
        return Subject(subject.start, subject.end, unknown=True)
    if subject.quantifier is not None and (
        denied or _NOT_ALL.search(plain[: subject.start]) is not None
    ):
        if subject.quantifier.kind != "all":
            return Subject(subject.start, subject.end, unknown=True)
        return replace(subject, quantifier=replace(subject.quantifier, kind="not_all"))
    return replace(subject, denied=denied)


def _all_but(plain: str, exceptions: Sequence[tuple[int, re.Match[str]]]) -> Iterator[Subject]:
    """ "Los indicadores" right behind an exception, which are all the others."""
    for _, listed in exceptions:
        match = _ALL_BUT.match(plain, _after_comma(plain, listed.end()))
        if match is not None:
            everyone = Quantifier("all", match[0])
            yield Subject(match.start(), match.end(), quantifier=everyone, noun="indicador")


def _after_comma(plain: str, at: int) -> int:
    return at + len(plain[at:]) - len(plain[at:].lstrip(" ,"))


def _in_objective(plain: str, subject: Subject) -> Subject:
    """The subject with the objective that its part of the sentence opens with."""
    lead = _LEAD.search(plain[: subject.start].rpartition(";")[2])
    if subject.objective is not None or lead is None:
        return subject
    number = int(lead["number"]) if lead["number"] else places_of(lead["ordinal"])[0]
    return replace(subject, objective=number) if number > 0 else subject


def _except(plain: str, subjects: list[Subject], start: int, listed: re.Match[str]) -> None:
    """Take the excluded out of the subject before the exception, or right behind it, in place."""
    begin = _after_comma(plain, listed.end())
    after = [at for at, each in enumerate(subjects) if each.start == begin]
    before = [at for at, each in enumerate(subjects) if each.start < start]
    if not (before or after):
        subjects.clear()  # of whom it is an exception is not known
        return
    at = before[-1] if before else after[0]
    subject = subjects[at]
    adjoins = before and not plain[subject.end : start].strip(" ,")
    kept = replace(subject, end=listed.end() if adjoins else subject.end)
    if "keys" in listed.groupdict():
        subjects[at] = replace(kept, excluded_keys=tuple(KEY.findall(listed["keys"])))
    else:
        subjects[at] = replace(kept, excluded=places_of(listed["list"]))


def _named(plain: str) -> Iterator[Subject]:
    for match in _LIST.finditer(plain):
        named = match["noun"] is not None
        if not (named or (match["article"] and _NEXT.match(plain, match.end()))):
            continue
        only = _ONLY.search(plain[: match.start()]) is not None
        measure = "parametro" if match["measure"] else ""
        places = places_of(match["list"])
        yield Subject(match.start(), match.end(), places, only=only, measure=measure)
    for match in _FIRST_N.finditer(plain):
        number = small_number(match["a"] or match["b"])
        first = (match["which"] or match["which2"]) == "primeros"
        places = tuple(range(1, number + 1) if first else range(-number, 0))
        yield Subject(match.start(), match.end(), places)
    for match in (*_KEYS.finditer(plain), *_BARE_KEYS.finditer(plain)):
        yield Subject(match.start(), match.end(), keys=tuple(KEY.findall(match["keys"])))
    for match in _INDICATOR_NUMBERS.finditer(plain):
        places = tuple(map(int, re.findall(r"\d+", match["list"])))
        yield Subject(match.start(), match.end(), places)
    for match in _NAME.finditer(plain):
        yield Subject(match.start(), match.end(), name=match["name"].strip())
    for match in (*_BARE_NAME.finditer(plain), *_AS_TO_NAME.finditer(plain)):
        yield Subject(
            match.start("whole"), match.end("whole"), name=match["name"].strip(" ,"), bare=True
        )
    for match in _SOLE.finditer(plain):
        yield Subject(match.start(), match.end(), sole=True)
    for match in _MEASURES.finditer(plain):
        measure = "meta_para_el_bienestar" if match["target"] else "parametro"
        yield Subject(match.start(), match.end(), measure=measure)
    for match in _OTHERS.finditer(plain):
        yield Subject(match.start(), match.end(), others=True)
    for match in _SOMEONE.finditer(plain):
        graded = match[0] == "uno" and GRADED.match(plain, match.end()) is not None
        if graded and AGAIN.search(plain[: match.start()]):
            one = Quantifier("count", match[0], Fraction(1))
            yield Subject(match.start(), match.end(), quantifier=one)
        else:
            yield Subject(match.start(), match.end(), unknown=True)
