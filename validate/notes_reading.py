"""What the notes of an indicator claim: a growth of its targets, or the parts of one of them.

Nothing is a claim unless its words make it one: a percentage needs a word of growth that governs
it, a level that is to be reached ("al 95 %", "de 30 a 45 %") is none, and parts need nouns in
keeping with what the indicator counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from normalize.numbers import FoundNumber, Number, find_numbers
from normalize.text import match_key
from validate.notes_context import (
    EMPTY_SUBJECT,
    has_its_own_subject,
    is_about,
    is_hedged,
    is_of_a_driver,
    is_past,
    speaks_of_it,
    subject_of,
)
from validate.units import in_keeping, kind_of, nouns, scale_of_unit
from validate.view import IndicatorView

Measure = Literal["percent", "points", "absolute"]
Pace = Literal["annual", "total", "open"]

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÁÉÍÓÚÑ(¿0-9])|\s*[;•]\s*")
_UP = (
    r"crec(?:imiento|e|er|erá|erán|iendo|en)|crezcan?|increment\w*|aument\w*|alza|ampli(?:ar|ación)"
    r"|se (?:suma|agrega|adiciona)(?:n|rá|rán)?|(?:sum|agreg|adicion)(?:ar(?:án?)?|ando)"
)
_DOWN = (
    r"decrec\w*|decrement\w*|reduc\w*|reduzc\w*|disminu\w*|descen(?:so|der|derá)|abat(?:ir|imiento)"
    r"|baja(?:r|rá|n)?|bajen?|caída"
)
_EITHER = r"tasa (?:media|promedio|anual|de variación)\w*(?: anual)?|variación|ritmo|tcma|tmca|tmac"
_GROWTH = re.compile(
    rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP})|(?P<either>{_EITHER}))\b", re.IGNORECASE
)
_IMPROVES = re.compile(
    r"\b(?:avan(?:zar(?:án?)?|ce)|elev(?:ar(?:án?)?|ando|ación)|mejor(?:ar(?:án?)?|ando|ía|a)"
    r"|subir(?:án?)?|recuper(?:ar(?:án?)?|ación))\b",
    re.IGNORECASE,
)
"""Words of growth for points and percentages alone: to improve 20 houses is no growth of them."""
_NOUN_OF_GROWTH = re.compile(
    r"crecimiento|decrecimiento|incrementos?|decrementos?|aumentos?|reducción|reducciones|descenso"
    r"|disminución|alza|ampliación|abatimiento|caída|tasa|variación|ritmo|baja|tcma|tmca|tmac",
    re.IGNORECASE,
)
_FILLER = (
    r"(?:anual(?:es|mente)?|promedio|medi[oa]|sostenid[oa]|constante|mínim[oa]|máxim[oa]|de|del|en"
    r"|por|un|una|el|al menos|por lo menos|aproximadamente|alrededor|cerca|cada|año|al|equivalente"
    r"|a|porcentual|adicional(?:es)?|total|acumulad[oa]|esperad[oa]|estimad[oa]|lineal|gradual"
    r"|inercial|tendencial|tasa|ritmo|razón|manera|forma)"
)
_ONLY_FILLER = re.compile(rf"(?:[\s:,=]*{_FILLER}\b)*[\s:=]*", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s*(?:el|la|los|las)\s(?:(?:número|cantidad|total) de )?[^,;.\d]{3,60}\sen\s(?:un\s)?"
    r"(?:total de\s)?",
    re.IGNORECASE,
)
"""The object of a verb of growth: "incrementar el número de personas en 300"."""
_LEVEL_BEFORE = re.compile(
    r"(?:(?<!equivalente )(?<!igual )\bal?|\bhasta|\balcanzar|\blograr|\bllegar|\bsuperar"
    r"|\bcubrir|\bmantener|\bpasa\w* de)"
    r"(?: (?:el|la|un|una|los|las|nivel|valor|de|del|menos|más|ser))*\s*$"
    r"|[<>≥≤]=?\s*$",
    re.IGNORECASE,
)
_HEDGE_AT_LEAST = re.compile(
    r"\b(?:al menos|por lo menos)(?: (?:el|un|una|en))*\s*$", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\s*(?:%|por ciento)?\s*(?:al?|hasta)\s+(?:un |el )?(?!(?:19|20)\d\d\b)[\d.]", re.IGNORECASE
)
_OTHER_THOUGHT = re.compile(
    r"\b(?:para|fin de|lograr|alcanzar|llegar|cubrir|representa\w*|equivale\w*|correspond\w*|donde"
    r"|que|cual)\b",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(r"\s*(?:de|del)\s+(?!crec|increm|aument|reduc|dismin)", re.IGNORECASE)
_GROWTH_AFTER = re.compile(
    r"\s*(?:(?:puntos? )?porcentual(?:es)?\s+)?(?:anual(?:es)?\s+)?(?:de|como)\s+"
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b"
    r"|\s*(?:(?P<more>más|adicional(?:es)?|mayor|superior)|(?P<less>menos|menor|inferior))\s+"
    r"(?:que|a|al|cada|por|respecto|con|del)\b",
    re.IGNORECASE,
)
_MORE_OF_THEM = re.compile(
    r"\s*(?:[^\W\d_]+\s+){1,5}?(?P<more>más|adicionales|(?P<less>menos))\b"
    r"(?!\s+(?:que(?!\s+(?:en\s+)?(?:el|las?|los)\s+(?:del\s+)?(?:año|ejercicio)\s+(?:anterior|previo))|de)\b)",
    re.IGNORECASE,
)
"""``8 bibliotecas más``: the things that a yearly amount adds, whatever the verb."""
_ANNUAL = re.compile(
    r"\b(?:anual(?:es|mente)?|interanual|tcma|tmca|tmac|(?:cada|por|al) año"
    r"|año (?:con|tras|a) año|todos los años"
    r"|año (?:anterior|previo|inmediato)|por ejercicio|cada ejercicio)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:(?:en|durante|para) el (?:periodo|período|sexenio|horizonte|quinquenio)|sexenal"
    r"|acumulad[oa]|en total|al (?:cierre|final|término|año)\b|(?:al|a|hacia|para|en) 20\d\d"
    r"|(?:respecto|relación|comparación|comparad[oa])\b[^.;]*(?:20\d\d|base)"
    r"|en (?:dos|tres|cuatro|cinco|seis|\d) años)",
    re.IGNORECASE,
)
_START = re.compile(
    r"\b(?:a partir d|desde |con base en |tomando como base|(?P<about>respecto (?:a|d)))"
    r"(?P<between>[^.;]{0,60}?)\b(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_A_VALUE = re.compile(
    r"\b(?:metas?|valor|resultados?|dato|cifras?|nivel|alcanzad\w*|logrado|observad\w*|registrad\w*"
    r"|línea|base)\b",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"\s*(?:años|año|meses|mes|días|día|horas|semanas|trimestres?|°|º|/)", re.IGNORECASE
)
_MULTIPLES = re.compile(
    r"(?<!no )(?<!sin )(?<!evitar )\b(?:(?P<times>du|tri|cuadru)plic(?:ar|ará|arán|ando|a|an)"
    r"|(?:reducir|disminuir|bajar|abatir)(?:á|án)? a la mitad"
    r"|(?:el|al) (?P<fold>doble|triple)(?= (?:de|del|que|respecto)\b))\b",
    re.IGNORECASE,
)
_TIMES = {
    "doble": Fraction(1),
    "triple": Fraction(2),
    "du": Fraction(1),
    "tri": Fraction(2),
    "cuadru": Fraction(3),
    "": Fraction(1, 2),
}
"""What is added in "duplicar", "triplicar"; what is taken away in "a la mitad"."""
_SINCE = re.compile(
    r"\b(?:que|respecto|comparad[oa])\b[^.;]*?\b(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
_QUE = re.compile(r"\bque\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:medi[oa]|promedio|tcma|tmca|tmac)\b", re.IGNORECASE)
_POINTS = re.compile(r"\s*puntos?\b(?:\s+porcentual|(?!\s+de\b))", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"\b(?:en|para|al|a|hacia) (20\d\d)\b", re.IGNORECASE)
FAR = 120
"""Characters after which a word of growth no longer governs a number."""
TOGETHER = 20
"""Characters between two words of growth that make one claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated growth. ``amount`` carries its sign where words or print give one.

    ``direction`` is 1, -1 or 0 (neutral words); ``start`` is the year that growth starts from and
    ``start_is_value`` whether the words mean the value of that year; ``sure`` says that the words
    speak of this very indicator; ``mean`` that the rate is an average over the years.
    """

    field: str
    measure: Measure
    amount: Number
    value: Fraction
    direction: int
    pace: Pace
    mean: bool
    hedged: bool
    start: int | None
    start_is_value: bool
    sure: bool


def claims(view: IndicatorView) -> list[Claim]:
    """The growths that the notes state of the targets, each once.

    The target's note is about the targets; the baseline's note and the remarks only where they
    name them.
    """
    row = view.indicator
    found: list[Claim] = []
    for field, text in (
        ("target_note", row.target_note),
        ("baseline_note", row.baseline_note),
        ("remarks", row.remarks),
    ):
        for sentence in _SENTENCE.split(text or ""):
            if field == "target_note" or re.search(r"\bmetas?\b", sentence or "", re.IGNORECASE):
                found.extend(_claims_in(sentence or "", field, view))
    distinct: dict[object, Claim] = {}
    for claim in found:
        distinct.setdefault((claim.measure, claim.value, claim.pace, claim.start), claim)
    return list(distinct.values())


def _claims_in(sentence: str, field: str, view: IndicatorView) -> Iterator[Claim]:
    own = match_key(f"{view.indicator.name} {view.indicator.unit}")
    numbers = [each for each in find_numbers(sentence, view.habits) if not _is_year(sentence, each)]
    for found in numbers:
        if not found.number.value:
            continue
        measure = _measure(sentence, found)
        governed = _governing(sentence, found, measure, view)
        if governed is not None and not is_of_a_driver(sentence, governed[1], found, numbers, own):
            yield _claim(sentence, found, measure, governed, field, view)
    for multiple in _MULTIPLES.finditer(sentence):
        word = multiple["times"] or multiple["fold"] or ""
        times = _TIMES[word.lower()]
        since = _SINCE.search(sentence, multiple.end())
        other = since is not None and int(since["year"]) != view.indicator.baseline_year
        percent = Decimal(100 * times.numerator) / times.denominator
        yield Claim(
            field=field,
            measure="percent",
            amount=Number(multiple.group().lower(), "number", percent, percent=True),
            value=times,
            direction=1 if word else -1,
            pace="total",
            mean=False,
            hedged=False,
            start=None,
            start_is_value=False,
            sure=field == "target_note"
            and not other
            and is_about(subject_of(_QUE.split(sentence[multiple.end() :])[0]), view),
        )


def _claim(
    sentence: str,
    found: FoundNumber,
    measure: Measure,
    governed: tuple[int, int, str],
    field: str,
    view: IndicatorView,
) -> Claim:
    direction, begin, between = governed
    start = _START.search(sentence)
    around = sentence[begin : found.end + 80]
    # "a partir de … 2019" says where growth starts, not that it is one growth until then.
    pace = _pace(around if start is None or start["about"] else around.replace(start.group(), " "))
    words = sentence[max(0, begin - 15) : found.start], sentence[found.end : found.end + 20]
    named = [int(year) for year in _NAMED_YEAR.findall(around)]
    elsewhere = pace == "total" and any(
        year not in (view.indicator.target_year, view.indicator.baseline_year) for year in named
    )
    about = speaks_of_it(f"{between} {subject_of(sentence[found.end :])}", measure, view)
    word = re.match(r"\w*", sentence[begin:])
    other = has_its_own_subject(sentence, begin, word.group() if word else "", view)
    past = is_past(sentence, begin, found.end, view)
    return Claim(
        field=field,
        measure=measure,
        amount=found.number,
        value=_amount(found.number, measure, view),
        direction=direction,
        pace=pace,
        mean=any(_MEAN.search(part) for part in words),
        hedged=is_hedged(sentence, begin, found),
        start=int(start["year"]) if start else None,
        start_is_value=bool(start and _A_VALUE.search(start["between"])),
        sure=field == "target_note" and about and not (elsewhere or other or past),
    )


def _is_year(sentence: str, found: FoundNumber) -> bool:
    number = found.number
    bare = number.places == 0 and not (number.percent or number.unit or number.currency)
    return bare and bool(re.fullmatch(r"(?:19|20)\d\d", sentence[found.start : found.end].strip()))


def _measure(sentence: str, found: FoundNumber) -> Measure:
    if found.number.percent:
        return "percent"
    points = found.number.unit.lower().startswith("punto") or _POINTS.match(sentence, found.end)
    return "points" if points else "absolute"


def _amount(number: Number, measure: Measure, view: IndicatorView) -> Fraction:
    """The amount in the indicator's own unit; a rate as a fraction of one."""
    if measure == "percent":
        return number.fraction / 100
    if number.unit.lower().endswith("base"):
        return number.fraction / 100
    own = scale_of_unit(view)
    return number.fraction * Fraction(10) ** (number.scale - own if number.scale else 0)


def _governing(
    sentence: str, found: FoundNumber, measure: Measure, view: IndicatorView
) -> tuple[int, int, str] | None:
    """The word of growth that governs a number: (direction, where it begins, words between)."""
    after = _GROWTH_AFTER.match(sentence, found.end)
    if after and measure != "absolute":
        down = bool(after["down"] or after["less"])
        return (-1 if down else 1), found.start, ""
    more = _MORE_OF_THEM.match(sentence, found.end) if measure == "absolute" else None
    if more and _ANNUAL.search(sentence) and _counts_the_indicator(sentence, found, view):
        return (-1 if more["less"] else 1), _clause_start(sentence, found.start), ""
    words = list(_GROWTH.finditer(sentence, 0, found.start))
    improves = list(_IMPROVES.finditer(sentence, 0, found.start)) if measure == "points" else []
    if improves and not words and not _FROM_TO.match(sentence, found.end):
        lead = sentence[improves[-1].end() : found.start]
        if len(lead) > FAR or _LEVEL_BEFORE.search(lead) or _OTHER_THOUGHT.search(lead):
            return None
        return 0, improves[-1].start(), lead
    if not words or _FROM_TO.match(sentence, found.end):
        return None
    word = words[-1]
    lead = sentence[word.end() : found.start]
    if _LEVEL_BEFORE.search(lead) and not _HEDGE_AT_LEAST.search(lead):
        return None
    plain = _ONLY_FILLER.fullmatch(lead) is not None
    if measure == "absolute":
        own = _OBJECT.fullmatch(lead) is not None and is_about(lead, view)
        if not (plain or own) or not _counts_the_indicator(sentence, found, view):
            return None
    elif not plain and (
        _OTHER_THOUGHT.search(lead)
        or len(lead) > FAR
        or (measure != "points" and _is_attribute(sentence, found, word.group(), lead))
    ):
        return None
    directions = {-1 if m["down"] else 1 for m in words if not m["either"]}
    direction = directions.pop() if len(directions) == 1 else 0
    if not word["either"]:
        direction = -1 if word["down"] else 1
    # "tasa media anual de crecimiento del …": what stands right before belongs to the claim.
    begin = word.start()
    for earlier in reversed(words[:-1]):
        if begin - earlier.end() > TOGETHER:
            break
        begin = earlier.start()
    return direction, begin, lead


def _clause_start(sentence: str, at: int) -> int:
    """Where the clause begins that a place is in."""
    return max(sentence.rfind(mark, 0, at) for mark in ",;:.") + 1


def _is_attribute(sentence: str, found: FoundNumber, word: str, lead: str) -> bool:
    """Whether the percentage belongs to the object ("incrementar la cobertura del 95 % de …")."""
    governed_by_en = re.search(r"\b(?:en|un)\s*(?:un\s*)?$", lead, re.IGNORECASE)
    if governed_by_en:
        return False
    if not _NOUN_OF_GROWTH.fullmatch(word) and not word.lower().startswith(("tasa", "variac")):
        return True
    return bool(_OF_SOMETHING.match(sentence, found.end))


def _counts_the_indicator(sentence: str, found: FoundNumber, view: IndicatorView) -> bool:
    """Whether an absolute number is one of the indicator's unit."""
    if _NOT_COUNTED.match(sentence, found.end) or (found.words and found.number.fraction < 2):
        return False
    if kind_of(view) not in ("count", "amount"):
        return False
    following = nouns(subject_of(sentence[found.end :])) - EMPTY_SUBJECT
    money = found.number.currency or "peso" in following or found.number.unit.endswith("pesos")
    wanted = nouns(view.indicator.unit) | nouns(view.indicator.name)
    if money:
        return "peso" in wanted or bool(wanted & {"mdp", "mmdp"})
    return not following or any(in_keeping(noun, wanted) for noun in following)


def _pace(around: str) -> Pace:
    if _ANNUAL.search(around):
        return "annual"
    return "total" if _TOTAL.search(around) else "open"
