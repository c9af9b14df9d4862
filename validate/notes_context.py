"""What the words around a stated growth say of it: whose it is, of which time, and how firm.

A growth counts as the indicator's own only where nothing around it speaks of something else: of
what the programme assumes of the world, of the years before the baseline, of another subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from normalize.numbers import FoundNumber
from normalize.text import match_key
from validate.units import in_keeping, nouns, ordered_nouns
from validate.view import IndicatorView

_SUBJECT_ENDS = re.compile(
    r"[,;.:()]|\b(?:para|hasta|a fin|respecto|con relación|en relación|con base|a partir|desde"
    r"|durante|equivalente|entre (?:19|20)\d\d|al (?:cierre|final|término)"
    r"|en el (?:periodo|período|sexenio)|(?:en|al|a|hacia) 20\d\d)\b",
    re.IGNORECASE,
)
EMPTY_SUBJECT = frozenset(
    """anual anualmente medio media promedio periodo meta base linea sexenio indicador valor
    cada ejercicio adicional resultado relacion considerando ano porcentual inmediato
    sostenido constante total acumulado acumulada tasa crecimiento incremento aumento
    reduccion disminucion cobertura porcentaje punto ciento aproximadamente menos sobre
    anterior previo tcma gradual lineal ambito mismo dicho este esta instituto secretaria
    comision gobierno empresa organismo dependencia sector consejo federal federacion
    intermedia final inercial tendencial avance manera forma razon sera seran""".split()
)
"""Nouns that name no subject: measures and times, and who acts."""
SURE_SUBJECT = Fraction(1, 2)
"""Share of a claim's own nouns that the indicator's name or unit must know, the first included."""

_IN_PERCENT = re.compile(r"\b(?:porcentaje|porcentual|por ciento|proporcion)\b|^$")
_SHARE = re.compile(
    r"\b(?:porcentaje|proporcion|cobertura|indicador|tasa|nivel|grado|eficiencia|indice)\b"
)

_DRIVER = re.compile(
    r"\b(?:inflaci[oó]n|inflacionari\w*|inpc|pib|producto interno|econ[oó]mic[oa]|econom[ií]a"
    r"|salari\w*|presupuest\w*|precios?|tipo de cambio|demogr[aá]fic\w*|poblacional)\b",
    re.IGNORECASE,
)
"""What a programme assumes of the world; its growth is no indicator's but its own."""
_NEAR_DRIVER = 60
_DRIVER_AND_ITS_NUMBER = 40
"""Characters within which a driver's own number follows it."""

_PAST = re.compile(
    r"\b(?:creció|aumentó|disminuyó|incrementó|redujo|registró|observó|obtuvo"
    r"|presentó|tuvo|fue|hab[ií]a|ha(?:n)? (?:sido|tenido|crecido|aumentado|disminuido|observado"
    r"|registrado|incrementado|reducido)|observad[oa]s?|registrad[oa]s?|hist[oó]ric\w*"
    r"|[uú]ltim[oa]s (?:\w+ )?(?:años|ejercicios|ciclos|periodos))\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:19|20)\d\d\s*(?:-|–|/|al?|y|hasta)\s*(?:el año )?(?P<end>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_APPLIED = re.compile(
    r"\b(?:aplic\w+|manten\w+|mantien\w+|consider\w+|utiliz\w+|proyect\w+|extrapol\w+|mism[oa]"
    r"|se toma|tom[oó]|suponiendo|supone)\b",
    re.IGNORECASE,
)

_HEDGED = re.compile(
    r"\b(?:al menos|por lo menos|mínimo|máximo|hasta|aproximad\w*|alrededor|cerca|más de|mayor"
    r"|superior|no menos|no más|entre|casi)\b|[~≈±]",
    re.IGNORECASE,
)
_HEDGE_BEFORE = re.compile(
    r"\b(?:al menos|por lo menos|como mínimo|mínimo|aproximadamente|alrededor de|cerca de|hasta"
    r"|no menos de)\s+(?:un |una |el |la )?$",
    re.IGNORECASE,
)
_AFTER_HEDGED = re.compile(
    r"\s*(?:o más|como mínimo|aproximadamente|o mayor|y \d"
    r"|(?:a|al|o)\s+\d+(?:[.,]\d+)?\s*(?:%|por))",
    re.IGNORECASE,
)

_BY_PARTS = re.compile(
    r"[^.;\d]*\b20\d\d\b[^.;\d]*(?:\by\b|,|\bluego\b|\bdespués\b|\bposteriormente\b)[^.;\d]*"
    r"\d+(?:\.\d+)?\s*(?:%|por ciento|punto)",
    re.IGNORECASE,
)
"""Another amount for other years: "2 % hasta 2022 y 3 % a partir de 2023"."""

_OF_A_SUBJECT = re.compile(
    r"(?:^|[,;:.]|\b(?:que|pues|porque|como|donde))\s*(?P<subject>(?:el|la|los|las)\s[^,;:]*?)"
    r"\s*(?:\bse\s*)?$",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"(?:(?:de)?crece(?:n|rá|rán)?|(?:de)?crezcan?|aumenta(?:rá|rán|n)?|aumenten?"
    r"|incrementa(?:rá|rán|n)?|incrementen?|disminu(?:yen?|yan?|irá|irán)"
    r"|reduc(?:en?|irá|irán)|reduzcan?|baja(?:rá|rán|n)?|bajen?|desciend[ea]n?|descende(?:rá|rán))",
    re.IGNORECASE,
)


def subject_of(following: str) -> str:
    """What a number is said of: the words behind it, to the next mark or other thought."""
    return _SUBJECT_ENDS.split(following, maxsplit=1)[0]


def is_about(words: str, view: IndicatorView) -> bool:
    """Whether the words speak of the indicator: the first noun is its own, and half of them are."""
    subject = [noun for noun in ordered_nouns(words) if noun not in EMPTY_SUBJECT]
    own = nouns(view.indicator.name) | nouns(view.indicator.unit)
    known = [in_keeping(noun, own) for noun in subject]
    return not subject or (known[0] and Fraction(sum(known), len(known)) >= SURE_SUBJECT)


def speaks_of_it(words: str, measure: str, view: IndicatorView) -> bool:
    """Whether the words that go with a growth are about the indicator's own value.

    Of an indicator in per cent a growth in per cent is only where the words say so: 15 % more
    schools with water are no 15 % more of their share.
    """
    if not is_about(words, view):
        return False
    in_percent = _IN_PERCENT.search(match_key(view.indicator.unit or "")) is not None
    of_things = any(noun not in EMPTY_SUBJECT for noun in ordered_nouns(words))
    of_the_share = _SHARE.search(match_key(words)) is not None
    return measure != "percent" or not in_percent or not of_things or of_the_share


def has_its_own_subject(sentence: str, begin: int, word: str, view: IndicatorView) -> bool:
    """Whether a verb of growth that begins at ``begin`` has a subject that is not the indicator:
    "la población de 15 años y más crecerá 1.2 %"."""
    if not _FINITE.fullmatch(word):
        return False
    before = _OF_A_SUBJECT.search(sentence[:begin])
    return before is not None and not is_about(before["subject"], view)


def is_of_a_driver(
    sentence: str, begin: int, found: FoundNumber, numbers: Sequence[FoundNumber], own: str
) -> bool:
    """Whether a number belongs to something that the programme assumes of the world.

    A word such as *inflación* claims the first number that follows it closely, else the one
    before it. ``own`` is the indicator's name and unit: its own words are no drivers.
    """
    low, high = max(0, begin - _NEAR_DRIVER), found.end + _NEAR_DRIVER
    for driver in _DRIVER.finditer(sentence, low, min(high, len(sentence))):
        if match_key(driver.group()) in own:
            continue
        following = next((each for each in numbers if each.start >= driver.end()), None)
        close = following is not None and following.start - driver.end() < _DRIVER_AND_ITS_NUMBER
        if not close or following == found:
            return True
    return False


def is_past(sentence: str, begin: int, end: int, view: IndicatorView) -> bool:
    """Whether a growth is told of the years up to the baseline, and not said to be applied."""
    if _APPLIED.search(sentence):
        return False
    clause = sentence[sentence.rfind(";", 0, begin) + 1 : end + 80]
    base = view.indicator.baseline_year
    spans = [int(span["end"]) for span in _SPAN.finditer(clause)]
    over = any(base is not None and year <= base for year in spans)
    return over or _PAST.search(clause) is not None


def is_hedged(sentence: str, begin: int, found: FoundNumber) -> bool:
    """Whether the amount is said to be a bound or a range, or about right."""
    return bool(
        found.number.relation
        or _HEDGED.search(sentence[max(begin, found.start - 30) : found.start])
        or _HEDGE_BEFORE.search(sentence[:begin])
        or _AFTER_HEDGED.match(sentence, found.end)
        or _BY_PARTS.match(sentence, found.end)
    )
