"""Subjects that are an amount: "el 67 % de los indicadores", "la mitad (9)", "todos", "uno".

Places are those of the plain sentence, as in :mod:`validate.claims.subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from normalize.mentions import Mention, small_number
from normalize.numbers import parse_number
from validate.claims.quantifiers import Hedge, Kind, Quantifier
from validate.claims.subject import (
    APPROACHES,
    ORDINAL,
    OWN_OBJECTIVE,
    STRICT_VERBS,
    Subject,
    places_of,
)

_ONLY_ONE = re.compile(
    rf"\bel\s+unico\s+indicador\s+(?:del?|con)\s+(?:enfoque\s+)?(?:de\s+|a\s+)?(?P<approach>{APPROACHES})\b"
)
_THOSE_OF = re.compile(
    rf"(?<!\bde )(?<!\ba )(?<!\ben )(?<!\bentre )(?<!\bcon )(?<!\bpara )\blos\s+indicadores"
    rf"\s+del\s+objetivo\s+(?P<objective>\d{{1,2}})(?=\s+(?:{STRICT_VERBS}))"
)
_THEM = re.compile(
    rf"\b(?:los|ambos)(?:\s+(?P<number>dos|tres|cuatro|cinco))?(?=\s+(?:{STRICT_VERBS}))"
)
_HEDGE_WORDS: tuple[tuple[Hedge, str], ...] = (
    ("only", "unicamente|solo|solamente|tan solo|apenas"),
    ("about", "cerca del?|alrededor del?|aproximadamente"),
    ("just_over", "poco mas del?"),
    ("just_under", "poco menos del?"),
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
AGAIN = re.compile(
    r"(?:[,;:]|\b(?:y|e|que))\s+(?:(?:otro|el|un|unicamente|solo|solamente|apenas)\s+)*$"
)
GRADED = re.compile(
    rf"\s*(?:\([^)]*\)\s*)?(?:(?:en|como)\s|de\s+(?:{APPROACHES})\b|(?:muy\s+)?(?:destacad|adecuad|moderad|superad|avanzad"
    r"|insuficient|rezagad|alcanzad))"
)
_ADVERB = re.compile(r"mayormente|mayoritariamente|en su may")
_NOUN = re.compile(
    r"\s*(?:(?:de|del)\s+)?(?:(?:los|las|sus|estos|dichos|el total de)\s+)*"
    r"(?:(?:dos|tres|cuatro|cinco|seis|[2-6])\s+(?=indicadores))?(?:solo\s+)?(?P<noun>[a-zñ]+)"
)
_ADVERB_ENDS = re.compile(r"\s*,\s*(?:los\s+indicadores\s+)?")
_THEM_ALL = re.compile(r"\s+de\s+ell[oa]s\b")
_MORE = re.compile(r"\s+(?:mas|menos|adicionales|nuevos)\b")
_BESIDE = re.compile(
    r"\s*(?:\(\s*|,\s*es\s+decir,?\s+)(?:el\s+)?(?P<number>\d{1,3}(?:\.\d+)?)"
    r"(?P<percent>\s*(?:%|por\s+ciento))?(?(percent)|(?!\.))(?:\s+indicadores)?\s*[),]"
)
_FILTER = re.compile(
    rf"""\s+(?:
        (?:del|de\s+este|de\s+dicho)\s+programa(?:\s+(?:institucional|sectorial|especial|derivado))?
      | (?:del?|con)\s+(?:el\s+)?(?:enfoque\s+)?(?:de\s+|a\s+)?(?P<approach>{APPROACHES})\b
      | (?P<results>que\s+miden\s+(?:[a-z]+\s+){{0,8}}?(?:problem[a-z]+|resultados)
          (?:\s+(?:concret[oa]s|public[oa]s|sociales|a\s+20\d\d))*)
      | del\s+objetivo\s+(?P<objective>\d{{1,2}})\b
      | del\s+(?P<ordinal>{ORDINAL})\s+objetivo\b
      | (?P<own>de(?:l|\s+este|\s+dicho)\s+objetivo)\b
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
_OF_BEFORE = re.compile(r"\b(?:indicador|indicadores|es|son|como|\d{1,3})\s+$")
_WHOLE_BEFORE = re.compile(r"(?:^|[\s,;:])de\s+(?:los|las|sus|un\s+total\s+de)\s+$")


def quantified(plain: str, mentions: Sequence[Mention]) -> Iterator[Subject]:
    at = 0
    while at < len(mentions):
        mention = mentions[at]
        whole = mentions[at + 1] if mention.of is not None else None
        quantifier = _of_mention(plain, mention)
        end = whole.end if whole else mention.end
        if quantifier is not None and not mention.rest:
            inside = bool(whole) or mention.noun in _words_of(plain[mention.start : end])
            named = mention.noun if inside else ""
            beside = _other_half(mention)
            subject = Subject(mention.start, end, quantifier=quantifier, noun=named, beside=beside)
            yield from _with_noun(plain, subject)
        at += 2 if whole else 1
    for match in _THEM.finditer(plain):
        number = Fraction(small_number(match["number"] or "dos"))
        if match["number"] or plain.startswith("ambos", match.start()):
            quantifier = Quantifier("count", match[0], number, definite=True)
            yield Subject(match.start(), match.end(), quantifier=quantifier, noun="indicador")
    for match in re.finditer(r"\bambos indicadores\b", plain):
        quantifier = Quantifier("count", match[0], Fraction(2), definite=True)
        yield Subject(match.start(), match.end(), quantifier=quantifier, noun="indicador")
    for match in _ONLY_ONE.finditer(plain):
        everyone = Quantifier("all", match[0])
        yield Subject(
            *match.span(), quantifier=everyone, noun="indicador", approach=match["approach"]
        )
    for match in _THOSE_OF.finditer(plain):
        everyone = Quantifier("all", match[0], hedge="loosely")
        objective = int(match["objective"])
        yield Subject(*match.span(), quantifier=everyone, noun="indicador", objective=objective)
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


def _words_of(plain: str) -> frozenset[str]:
    return frozenset(filter(None, map(_noun, re.findall(r"[a-zñ]+", plain))))


def _other_half(mention: Mention) -> tuple[Quantifier, ...]:
    """The percentage of a pair: its count is what the mention says first of all."""
    if mention.count is None or mention.percent is None or mention.of is not None:
        return ()
    return (Quantifier("share", mention.share_text, mention.share, mention.percent),)


def _hedge(plain: str, start: int) -> Hedge:
    before = plain[:start]
    return next((hedge for hedge, pattern in _HEDGES if pattern.search(before)), "")


def _with_noun(plain: str, subject: Subject) -> Iterator[Subject]:
    """The subject with its noun and what restricts it; nothing where it is of something else."""
    told = _BESIDE.match(plain, subject.end)
    if told is not None and not subject.beside:  # "casi la mitad (42 %) de los indicadores"
        subject = replace(subject, end=told.end(), beside=(_quantity(told),))
    match = _NOUN.match(plain, subject.end)
    between = plain[subject.end : match.start("noun")] if match else ""
    noun = _noun(match["noun"]) if match else ""
    whole = _WHOLE_BEFORE.search(plain[: subject.start]) is not None
    restricted = _BEFORE.search(plain[: subject.start])
    if restricted is not None and not _OF_BEFORE.search(plain[: restricted.start()]):
        approach = restricted["a"] or restricted["b"]
        subject = replace(subject, start=restricted.start(), approach=approach)
    end, graded = match.end() if match and noun else subject.end, False
    if match is None or not noun:
        adverb = _ADVERB.match(plain, subject.start) is not None
        them = _THEM_ALL.match(plain, subject.end)
        spoken = (
            re.match(rf"\s*(?:\([^)]*\)\s*)?(?:{STRICT_VERBS})", plain[subject.end :]) is not None
        )
        of_another = _PART_OF.search(plain[: subject.start]) is not None
        again = subject.quantifier is not None and subject.quantifier.kind in ("share", "count")
        if again and AGAIN.search(plain[: subject.start]):
            graded = GRADED.match(plain, subject.end) is not None
            between = "" if graded else between
            spoken = spoken or graded
        spoken = spoken and not of_another
        if not (
            adverb
            or subject.noun
            or them
            or (spoken and not re.search(r"\b(?:de|del|los|las|sus)\s+$", between))
        ):
            return
        comma = _ADVERB_ENDS.match(plain, subject.end) if adverb else None
        said = comma or them
        end, noun = said.end() if said else subject.end, subject.noun
        if comma and "indicadores" in comma[0]:
            noun = "indicador"
    elif _MORE.match(plain, end):
        yield Subject(subject.start, end, unknown=True)
        return
    approach, objective, inferred = subject.approach, None, False
    while not graded and (found := _FILTER.match(plain, end)):
        end = found.end()
        approach = found["approach"] or approach
        if found["results"]:
            approach, inferred = "resultados", True
        if found["objective"]:
            objective = int(found["objective"])
        elif found["ordinal"]:
            objective = places_of(found["ordinal"])[0]
        elif found["own"]:
            objective = OWN_OBJECTIVE
    beside = _BESIDE.match(plain, end)
    if beside is not None:
        end = beside.end()
        subject = replace(subject, beside=(*subject.beside, _quantity(beside)))
    yield replace(
        subject,
        end=end,
        noun=noun,
        noun_said=plain[:end].endswith(("indicador", "indicadores")),
        approach=approach,
        inferred=inferred,
        objective=objective,
        whole=whole,
    )


def _quantity(match: re.Match[str]) -> Quantifier:
    """The count or percentage of an apposition, "(9)", "(67 %)"."""
    number = parse_number(match["number"] + ("%" if match["percent"] else ""))
    value = number.fraction
    if match["percent"]:
        return Quantifier("share", number.text, value / 100, number)
    return Quantifier("count", match["number"], value)


def _noun(word: str) -> str:
    for noun in ("indicador", "objetivo", "programa"):
        if word in (noun, f"{noun}s", f"{noun}es"):
            return noun
    return ""
