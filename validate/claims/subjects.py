"""Of whom a sentence speaks: "el primero y el segundo", "los tres indicadores", "el 67 % de …".

A sentence about indicators is cut at its subjects: what stands between one and the next is said of
the first of them. Everything here works on plain text (small letters, no accents), whose places
are those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from normalize.mentions import Mention
from validate.claims.quantifiers import Hedge, Kind, Quantifier

APPROACHES = r"gestion|resultados|coordinacion"

_ORDINALS: dict[str, int] = {
    "primer": 1,
    "segund": 2,
    "tercer": 3,
    "cuart": 4,
    "quint": 5,
    "sext": 6,
    "septim": 7,
    "octav": 8,
    "noven": 9,
    "decim": 10,
    "ultim": -1,
}
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)})o?\b"
_SMALL = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_VERBS = (
    r"no\b|ni\b|se\b|si\b|solo\b|tambien\b|ademas\b|al\b|present|tuv|tien|report|alcanz|logr|consig"
    r"|super|muestr|mostr|registr|obtuv|obtien|cuent|mant|cumpl|rebas|fue\b|fueron\b|esta|qued|avanz"
    r"|retroced|retroces|clasific|ubic|posicion|encuentr|encontr|exhib|observ|result|lleg|permanec"
    r"|sigue|continu|experiment|sufri|disminuy|increment|aument|incumpl|son\b|es\b|respecto|con\b"
)
_STRICT_VERBS = (
    r"no\b|se\b|present|tuv|tien|report|alcanz|logr|consig|super|muestr|mostr|registr|obtuv|obtien"
    r"|cumpl|rebas|fue\b|fueron\b|esta\b|estan\b|qued|avanz|retroced|clasific|ubic|posicion"
    r"|encuentr|encontr|exhib|result|lleg|permanec|sigue|continu|incumpl|son\b|es\b|cuenta"
)
_LIST = re.compile(
    rf"""\b(?P<article>(?:el|la|los|las|del|al)\s+)?
        (?P<list>{_ORDINAL}(?:(?:\s*,\s*(?:el\s+)?{_ORDINAL})*
          \s*,?\s*(?:[ye]|ni|como)\s+(?:el\s+|al\s+)?{_ORDINAL})*)
        (?P<noun>\s+(?:de\s+los\s+)?(?:indicador(?:es)?|(?P<measure>parametros?))\b
          |\s+de\s+(?:ellos|estos|los\s+indicadores))?
        (?=(?P<next>\s*[^\W\d_]+|\s*[,;:.(]|$))""",
    re.VERBOSE,
)
_NEXT = re.compile(rf"\s*(?:{_VERBS})|\s*[,;:.(]|$")
_FIRST_N = re.compile(
    r"\blos\s+(?:(?P<a>dos|tres|cuatro|cinco|[2-5])\s+(?P<which>primeros|ultimos)"
    r"|(?P<which2>primeros|ultimos)\s+(?P<b>dos|tres|cuatro|cinco|[2-5]))"
    r"(?:\s+indicadores)?\b"
)
_KEYS = re.compile(
    r"\b(?:el\s+|los\s+)?indicador(?:es)?\s+(?P<keys>\d{1,2}\.\d{1,2}(?:\s*(?:,|,?\s*[ye]\b)\s*\d{1,2}\.\d{1,2})*)"
)
_INDICATOR_NUMBERS = re.compile(
    r"\b(?:el\s+|los\s+)?indicador(?:es)?\s+(?P<list>[1-9]\d?(?:\s*(?:,|,?\s*[ye]\b)\s*[1-9]\d?)*)"
    r"(?![\d.%/])(?!\s*%)"
)
_NAME = re.compile(
    rf"\b(?:el|del|al)\s+indicador\s+(?:denominado\s+|relativo\s+a\s+|sobre\s+|de\s+)?"
    rf"(?!{_STRICT_VERBS})(?=[a-z\"'«“])(?P<name>(?:(?!indicador)[a-zñ0-9,()/%\"'«»“”-]+\s+){{1,30}}?)(?=(?:{_STRICT_VERBS}))"
)
_SOLE = re.compile(
    rf"\b(?:el|al)\s+(?:unico\s+)?indicador(?:\s+unico)?,?(?=(?:\s+(?:este|ha|lo))?\s+(?:{_STRICT_VERBS}))"
)
_MEASURES = re.compile(
    rf"""\b(?:
        (?P<target>(?:la|el\s+indicador\s+de\s+la|el\s+indicador\s+de)\s+meta\s+(?:para\s+el|de|del)
          \s+bienestar)
      | (?P<all>los\s+(?:dos\s+|tres\s+)?parametros|ambos\s+parametros|el\s+parametro)
    )(?=\s+(?:{_STRICT_VERBS}))""",
    re.VERBOSE,
)
_OTHERS = re.compile(
    r"\b(?:el\s+resto(?:\s+de\s+los\s+indicadores)?"
    r"|l[oa]s\s+(?:demas|otros|otras|restantes)(?:\s+(?P<a>dos|tres|cuatro))?(?:\s+indicadores)?"
    r"|los\s+(?P<b>dos|tres|cuatro)\s+(?:indicadores\s+)?restantes"
    r"|el\s+(?:otro|indicador\s+restante))\b"
)
_SOMEONE = re.compile(r"\b(?:uno|otr[oa]s?)\b(?!\s+(?:de\s+(?:los|sus)\s+)?(?:solo\s+)?indicador)")
_THEM = re.compile(
    rf"\b(?:los|ambos)(?:\s+(?P<number>dos|tres|cuatro|cinco))?(?=\s+(?:{_STRICT_VERBS}))"
)
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
_HEDGE_WORDS: tuple[tuple[Hedge, str], ...] = (
    ("only", "unicamente|solo|solamente|tan solo|apenas"),
    ("about", "cerca del?|alrededor del?|aproximadamente|poco mas del?|poco menos del?"),
    ("almost", "casi"),
    ("over", "mas del?|mas que"),
    ("under", "menos del?|menos que"),
    ("at_least", "al menos|por lo menos|cuando menos"),
    ("at_most", "hasta|como maximo|a lo mas"),
)
_HEDGES = tuple(
    (hedge, re.compile(rf"\b(?:{words})\s+(?:el\s+|la\s+|un\s+|una\s+|los\s+|del?\s+)*$"))
    for hedge, words in _HEDGE_WORDS
)
_KIND_WORDS: tuple[tuple[Kind, str], ...] = (
    ("all", r"tod[oa]s|la totalidad"),
    ("none", r"ningun[oa]?"),
    (
        "most",
        r"la (?:gran |inmensa |amplia )?mayoria|la mayor parte|mayormente|mayoritariamente"
        r"|en su mayoria|en su mayor parte",
    ),
    ("minority", r"(?:la|una) minoria|la menor parte|pocos"),
    (
        "many",
        r"una? (?:porcentaje|proporcion|parte|numero|cantidad) "
        r"(?:importante|considerable|significativ[oa]|relevante)|gran parte|buena parte",
    ),
    ("some", r"algun[oa]s|vari[oa]s"),
    ("count", r"un(?:o|a)?(?= (?:solo )?(?:de (?:los|sus) )?indicador)"),
)
_WORDS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _KIND_WORDS)
_PART_OF = re.compile(r"\b(?:de|del|con|a|al|en|hasta|por|es|fue|son)\s+(?:una?\s+|el\s+|la\s+)?$")
_AGAIN = re.compile(r"(?:[,;:]|\b(?:y|e|que))\s+(?:(?:otro|el|un)\s+)?$")
_GRADED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:en|como)\s|(?:muy\s+)?(?:destacad|adecuad|moderad|superad|avanzad"
    r"|insuficient|rezagad|alcanzad))"
)
_ADVERB = re.compile(r"mayormente|mayoritariamente|en su may")
_NOUN = re.compile(
    r"\s*(?:(?:de|del)\s+)?(?:(?:los|las|sus|estos|dichos|el total de)\s+)*"
    r"(?:solo\s+)?(?P<noun>[a-zñ]+)"
)
_FILTER = re.compile(
    rf"""\s+(?:
        (?:del|de\s+este|de\s+dicho)\s+programa(?:\s+(?:institucional|sectorial|especial|derivado))?
      | (?:del?|con)\s+(?:el\s+)?(?:enfoque\s+)?(?:de\s+|a\s+)?(?P<approach>{APPROACHES})\b
      | (?P<results>que\s+miden\s+(?:[a-z]+\s+){{0,8}}?(?:problem[a-z]+|resultados)
          (?:\s+(?:concret[oa]s|public[oa]s|sociales|a\s+20\d\d))*)
      | del\s+objetivo\s+(?P<objective>\d{{1,2}})\b
      | del\s+(?P<ordinal>{_ORDINAL})\s+objetivo\b
    )""",
    re.VERBOSE,
)
_BEFORE = re.compile(
    rf"""\b(?:
        l[oa]s\s+(?:indicadores\s+)?(?:del?|con)\s+(?:el\s+)?(?:enfoque\s+)?(?:de\s+|a\s+)?
          (?P<a>{APPROACHES})\s+(?:tienen|presentan|muestran|registran|reportan|cuentan\s+con)
      | (?:en|entre|de|del|dentro\s+del?|para)\s+(?:el\s+|los\s+|los\s+indicadores\s+)?
          (?:del?\s+|con\s+)?
          (?:enfoque\s+)?(?:de\s+|a\s+)?(?P<b>{APPROACHES})\s*,
    )\s*$""",
    re.VERBOSE,
)
_WHOLE_BEFORE = re.compile(r"(?:^|[\s,;:])de\s+(?:los|las|sus|un\s+total\s+de)\s+$")


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom something is said, ``plain[start:end]``.

    Either known indicators, by their place in the objective (``ordinals``, -1 the last; empty with
    ``others``: those that the sentence has not named) or by key (``keys``), or as many as
    ``quantifier`` says, of the ``noun`` (empty: that of the sentence before) that ``approach``
    and ``objective`` restrict. ``excluded`` are places that an exception takes out, ``only`` says
    that it holds for no other; ``whole`` marks "de los 18 indicadores," of which parts follow;
    ``sole`` marks "el indicador" of an objective that has one; ``inferred``, that the approach is
    told from what the indicators measure.
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
    measure: str = ""
    unknown: bool = False
    whole: bool = False
    inferred: bool = False
    sole: bool = False


def find_subjects(plain: str, mentions: Sequence[Mention]) -> list[Subject]:
    """The subjects of a plain sentence from left to right, none inside another.

    None where an exception ("todos excepto uno") does not say which are excepted.
    """
    exceptions = []
    for match in _EXCEPT.finditer(plain):
        listed = _LIST.match(plain, match.end())
        if listed is None:
            return []
        exceptions.append((match.start(), listed))
    found = [*_named(plain), *_quantified(plain, mentions)]
    found.sort(key=lambda each: (each.start, each.unknown, -each.end))
    kept: list[Subject] = []
    for each in found:
        inside = kept and each.start < kept[-1].end
        excepted = any(start <= each.start < listed.end() for start, listed in exceptions)
        if not inside and not excepted and not _ASIDE.search(plain[: each.start]):
            kept.append(_told(plain, each, kept))
    for start, listed in exceptions:
        _except(plain, kept, start, listed)
    return kept


def _told(plain: str, subject: Subject, before: Sequence[Subject]) -> Subject:
    """The subject with what is denied of it; unknown where "the third" may be of some others."""
    denied = _DENIED.search(plain[: subject.start]) is not None
    if subject.quantifier is not None and _OTHER.search(plain[: subject.start]):
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


def _except(plain: str, subjects: list[Subject], start: int, listed: re.Match[str]) -> None:
    """Take the excluded out of the subject that stands before the exception, in place."""
    before = [at for at, each in enumerate(subjects) if each.start < start]
    if before:
        subject = subjects[before[-1]]
        adjoins = not plain[subject.end : start].strip(" ,")
        end = listed.end() if adjoins else subject.end
        subjects[before[-1]] = replace(subject, end=end, excluded=_places(listed["list"]))


def _places(listed: str) -> tuple[int, ...]:
    return tuple(
        place
        for word in re.findall(r"[a-z]+", listed)
        for stem, place in _ORDINALS.items()
        if word.startswith(stem)
    )


def _named(plain: str) -> Iterator[Subject]:
    for match in _LIST.finditer(plain):
        named = match["noun"] is not None
        if not (named or (match["article"] and _NEXT.match(plain, match.end()))):
            continue
        only = _ONLY.search(plain[: match.start()]) is not None
        measure = "parametro" if match["measure"] else ""
        places = _places(match["list"])
        yield Subject(match.start(), match.end(), places, only=only, measure=measure)
    for match in _FIRST_N.finditer(plain):
        number = _SMALL[match["a"] or match["b"]]
        first = (match["which"] or match["which2"]) == "primeros"
        places = tuple(range(1, number + 1) if first else range(-number, 0))
        yield Subject(match.start(), match.end(), places)
    for match in _KEYS.finditer(plain):
        keys = tuple(re.findall(r"\d+\.\d+", match["keys"]))
        yield Subject(match.start(), match.end(), keys=keys)
    for match in _INDICATOR_NUMBERS.finditer(plain):
        places = tuple(map(int, re.findall(r"\d+", match["list"])))
        yield Subject(match.start(), match.end(), places)
    for match in _NAME.finditer(plain):
        yield Subject(match.start(), match.end(), name=match["name"].strip())
    for match in _SOLE.finditer(plain):
        yield Subject(match.start(), match.end(), sole=True)
    for match in _MEASURES.finditer(plain):
        measure = "meta_para_el_bienestar" if match["target"] else "parametro"
        yield Subject(match.start(), match.end(), measure=measure)
    for match in _OTHERS.finditer(plain):
        yield Subject(match.start(), match.end(), others=True)
    for match in _SOMEONE.finditer(plain):
        yield Subject(match.start(), match.end(), unknown=True)


def _quantified(plain: str, mentions: Sequence[Mention]) -> Iterator[Subject]:
    at = 0
    while at < len(mentions):
        mention = mentions[at]
        whole = mentions[at + 1] if mention.of is not None else None
        quantifier = _of_mention(plain, mention)
        end = whole.end if whole else mention.end
        if quantifier is not None and not mention.rest:
            named = mention.noun if whole else ""
            subject = Subject(mention.start, end, quantifier=quantifier, noun=named)
            yield from _with_noun(plain, subject)
        at += 2 if whole else 1
    for match in _THEM.finditer(plain):
        number = Fraction(_SMALL[match["number"] or "dos"])
        if match["number"] or plain.startswith("ambos", match.start()):
            quantifier = Quantifier("count", match[0], number, definite=True)
            yield Subject(match.start(), match.end(), quantifier=quantifier, noun="indicador")
    for match in re.finditer(r"\bambos indicadores\b", plain):
        quantifier = Quantifier("count", match[0], Fraction(2), definite=True)
        yield Subject(match.start(), match.end(), quantifier=quantifier, noun="indicador")
    for kind, pattern in _WORDS:
        for match in pattern.finditer(plain):
            value = Fraction(1) if kind == "count" else None
            hedge = _hedge(plain, match.start())
            quantifier = Quantifier(kind, match[0], value, hedge=hedge)
            subject = Subject(match.start(), match.end(), quantifier=quantifier)
            yield from _with_noun(plain, subject)


def _of_mention(plain: str, mention: Mention) -> Quantifier | None:
    start, text = mention.start, plain[mention.start : mention.end]
    hedge = _hedge(plain, start)
    if mention.count is not None:
        definite = re.search(r"\b(?:los|las|sus)\s+$", plain[:start]) is not None
        count = Fraction(mention.count)
        return Quantifier("count", text, count, None, hedge, definite, mention.of)
    if mention.share is None:
        return None
    return Quantifier("share", text, mention.share, mention.percent, hedge)


def _hedge(plain: str, start: int) -> Hedge:
    before = plain[:start]
    return next((hedge for hedge, pattern in _HEDGES if pattern.search(before)), "")


def _with_noun(plain: str, subject: Subject) -> Iterator[Subject]:
    """The subject with its noun and what restricts it; nothing where it is of something else."""
    match = _NOUN.match(plain, subject.end)
    between = plain[subject.end : match.start("noun")] if match else ""
    noun = _noun(match["noun"]) if match else ""
    whole = _WHOLE_BEFORE.search(plain[: subject.start]) is not None
    restricted = _BEFORE.search(plain[: subject.start])
    if restricted is not None:
        approach = restricted["a"] or restricted["b"]
        subject = replace(subject, start=restricted.start(), approach=approach)
    if match is None or not noun:
        adverb = _ADVERB.match(plain, subject.start) is not None
        spoken = (
            re.match(rf"\s*(?:\([^)]*\)\s*)?(?:{_STRICT_VERBS})", plain[subject.end :]) is not None
        )
        of_another = _PART_OF.search(plain[: subject.start]) is not None
        again = subject.quantifier is not None and subject.quantifier.kind in ("share", "count")
        if again and _AGAIN.search(plain[: subject.start]):
            spoken = spoken or _GRADED.match(plain, subject.end) is not None
        spoken = spoken and not of_another
        if (
            adverb
            or subject.noun
            or (spoken and not re.search(r"\b(?:de|del|los|las|sus)\s+$", between))
        ):
            yield replace(subject, whole=whole)
        return
    end, approach, objective, inferred = match.end(), subject.approach, None, False
    while found := _FILTER.match(plain, end):
        end = found.end()
        approach = found["approach"] or approach
        if found["results"]:
            approach, inferred = "resultados", True
        if found["objective"]:
            objective = int(found["objective"])
        elif found["ordinal"]:
            objective = _places(found["ordinal"])[0]
    yield replace(
        subject,
        end=end,
        noun=noun,
        approach=approach,
        inferred=inferred,
        objective=objective,
        whole=whole,
    )


def _noun(word: str) -> str:
    for noun in ("indicador", "objetivo", "programa"):
        if word in (noun, f"{noun}s", f"{noun}es"):
            return noun
    return ""
