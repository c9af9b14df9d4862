"""Counts and shares as sentences state them: "6 (33%)", "los tres indicadores", "la mitad"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from normalize.numbers import FoundNumber, Habits, Number, find_numbers
from normalize.sentences import LONGEST, plain_text

NOUNS = re.compile(
    r"(?P<noun>indicador(?:es)?|objetivos?|programas?|metas?|parametros?|dependencias?|entidades"
    r"|instituciones)\b"
)
"""What these documents count, over :func:`~normalize.sentences.plain_text`."""

ORDINAL_STEMS: dict[str, int] = {
    "tercer": 3,
    "cuart": 4,
    "quint": 5,
    "sext": 6,
    "septim": 7,
    "octav": 8,
    "noven": 9,
    "decim": 10,
}
"""How ordinals begin, those from the third to the tenth, which are also the names of parts."""
_DENOMINATORS = {"terci": 3, **ORDINAL_STEMS}
_SMALL = {"un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5}
_SMALL |= {"seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10}
_TEENS = {"once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15}
_ORDINALS = "|".join(stem for stem in ORDINAL_STEMS if stem != "tercer")
_NUMERAL = rf"(?:{'|'.join(_SMALL)}|{'|'.join(_TEENS)}|\d{{1,3}})"
_FRACTION = re.compile(
    rf"""\b(?:
        (?P<half>la\ mitad|mitad)
      | (?P<of>{_NUMERAL})\ de\ cada\ (?P<each>{_NUMERAL})
      | (?P<parts>{_NUMERAL}|la)\ (?P<part>tercer|{_ORDINALS})as?\ partes?
      | (?P<thirds>{_NUMERAL})\ tercios?
      | (?P<shares>{_NUMERAL})\ (?P<share>{_ORDINALS})os?(?=\ de)
    )\b""",
    re.VERBOSE,
)
_BETWEEN_PERCENTS = re.compile(r"\s*(?:-|a|y|al?)\s*(?:el\s*)?")
_ADJOIN = re.compile(r"\s*,?\s*[(\[]?\s*")
_OPENS = re.compile(r"\s*[(\[]\s*$")
_CLOSES = re.compile(r"\s*[)\]]")
_OF = re.compile(
    r"\s*(?:indicador(?:es)?|objetivos?|programas?)?\s*de\s+(?:los|las|sus|un total de)?\s*"
)
_ADJECTIVE = re.compile(
    r"(?:primer[ao]s|ultim[ao]s|otr[ao]s|restantes?|de (?:los|las|sus|est[ao]s)|de|sus|los|las)\s+"
)
_REST = re.compile(r"\s*(?:\w+\s+){0,3}?restantes?\b")
_DOES = re.compile(
    r"\s+(?:no\s+)?(?:no|si|se|l[ao]s?)?\s*(?:present|super|alcanz|logr|tien|tuv|retroced|report|muestr|mostr|registr"
    r"|cumpl|son|esta|fueron|obtuv|rebas|encuentr|encontr|ubic|clasific|qued|avanz|cuenta)\w*|\s+no\b"
)
_GRADED = re.compile(
    r"\s+(?:en|como|muy|destacad|adecuad|moderad|superad|avanzad|insuficient|rezagad|alcanzad"
    r"|de (?:gestion|resultados|coordinacion)\b)"
)
_OF_ALL = re.compile(r"\b(?:del total de(?: los)?|de (?:los|sus)) indicadores\b")
_ONE = re.compile(r"\b(?:un|el primer) indicador\b")
_ONLY = re.compile(
    r"\b(?:solo|solamente|unicamente)\s+(?P<one>un|una)\s+"
    rf"|\b(?P<first>un[oa])(?=\s+de\s+(?:los|las|sus)\s+{_NUMERAL}\b)"
)
_NOT_COUNTED = re.compile(r"\s*(?:[°ºª]|/|dias?\b|años?\b|veces\b|meses\b|horas\b)")


@dataclass(frozen=True, slots=True)
class Mention:
    """One number that a sentence states of what it counts, ``text[start:end]``.

    ``count`` and ``percent`` stand both where they are printed as a pair; ``share`` is the percent
    or the fraction in words as a fraction of one. ``noun`` is what is counted, in the singular
    (``indicador``), or empty; ``of`` the count of its whole where that follows ("3 de sus 6"), and
    ``is_whole`` says that a mention is such a whole; ``rest`` whether it counts what is left ("los
    tres restantes").
    """

    start: int
    end: int
    count: int | None = None
    count_text: str = ""
    percent: Number | None = None
    share: Fraction | None = None
    share_text: str = ""
    noun: str = ""
    noun_text: str = ""
    of: int | None = None
    is_whole: bool = False
    rest: bool = False


def find_mentions(text: str, habits: Habits) -> list[Mention]:
    """The counts and shares of a folded sentence, in its order.

    Counts are whole numbers of what :data:`NOUNS` names, or beside a percentage, or parts of such;
    years, ages, ranks, ranges of percentages and negative percentages (changes) are none. What is
    too long for a sentence has none.
    """
    if len(text) > LONGEST:
        return []
    plain = plain_text(text)
    fractions = [_fraction(text, match) for match in _FRACTION.finditer(plain)]
    numbers = [
        found
        for found in find_numbers(text, habits)
        if not any(each.start <= found.start < each.end for each in fractions)
    ]
    mentions = [*fractions, *_only_one(text, plain), *_of_numbers(text, plain, numbers)]
    joined = _with_wholes(plain, _pairs(plain, sorted(mentions, key=lambda each: each.start)))
    return [
        each
        for at, each in enumerate(joined)
        if _says_something(each) or _is_partitive(plain, joined[:at], each)
    ]


def _fraction(text: str, match: re.Match[str]) -> Mention:
    if match["half"]:
        value = Fraction(1, 2)
    elif match["each"]:
        value = Fraction(small_number(match["of"]), small_number(match["each"]))
    else:
        numerator = match["parts"] or match["thirds"] or match["shares"]
        denominator = _DENOMINATORS[match["part"] or match["share"] or "terci"]
        value = Fraction(small_number(numerator), denominator)
    printed = text[match.start() : match.end()]
    return Mention(match.start(), match.end(), share=value, share_text=printed)


def small_number(word: str) -> int:
    """The number that "dos" or "12" is, up to fifteen in words; "la" is one part, as in "la cuarta
    parte". Raises ``ValueError`` for other words."""
    return 1 if word == "la" else _SMALL.get(word) or _TEENS.get(word) or max(int(word), 1)


def _only_one(text: str, plain: str) -> Iterator[Mention]:
    """ "Solo un indicador": elsewhere "un" is an article."""
    for match in _ONLY.finditer(plain):
        start, end = match.span("one" if match["one"] else "first")
        yield _with_noun(Mention(start, end, 1, text[start:end]), text, plain)


def _of_numbers(text: str, plain: str, numbers: Sequence[FoundNumber]) -> Iterator[Mention]:
    for at, each in enumerate(numbers):
        number = each.number
        if number.percent and number.value is not None:
            if number.value >= 0 and not _in_range(plain, numbers, at):
                share = Fraction(number.value) / 100
                mention = Mention(each.start, each.end, None, "", number, share, number.text)
                yield _with_noun(mention, text, plain)
        elif number.value is not None and _is_count(plain, each):
            mention = Mention(each.start, each.end, int(number.value), number.text)
            yield _with_noun(mention, text, plain)


def _is_count(plain: str, found: FoundNumber) -> bool:
    number = found.number
    value = number.value
    if value is None or value < 0 or value != value.to_integral_value():
        return False
    plainly = not (number.unit or number.currency or number.scale or number.places)
    year = not found.words and 1900 <= value <= 2099
    return plainly and not year and not _NOT_COUNTED.match(plain, found.end)


def _in_range(plain: str, numbers: Sequence[FoundNumber], at: int) -> bool:
    """Whether a percentage is an end of a range ("90% - 110%")."""
    return any(
        first.number.percent
        and second.number.percent
        and _BETWEEN_PERCENTS.fullmatch(plain, first.end, second.start)
        for first, second in pairwise(numbers[max(at - 1, 0) : at + 2])
    )


def _with_noun(mention: Mention, text: str, plain: str) -> Mention:
    """The mention with the noun that follows, adjectives and articles between them skipped."""
    close = _CLOSES.match(plain, mention.end)
    position = close.end() if close else mention.end
    rest = _REST.match(plain, position) is not None
    while position < len(plain) and plain[position] == " ":
        position += 1
    while match := _ADJECTIVE.match(plain, position):
        position = match.end()
    noun = NOUNS.match(plain, position)
    if noun is None:
        return replace(mention, rest=rest)
    word = noun["noun"]
    singular = word.removesuffix("es") if word.endswith(("res", "des", "nes")) else word
    return replace(
        mention,
        rest=rest,
        noun=singular.removesuffix("s"),
        noun_text=text[noun.start() : noun.end()],
    )


def _pairs(plain: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, a count and its percentage made one: "6, 33%", "6 indicadores … (33%)"."""
    found: list[Mention] = []
    for each in mentions:
        before = found[-1] if found else None
        if before is not None and _belong(plain, before, each):
            found[-1] = _joined(plain, before, each)
        else:
            found.append(each)
    return found


def _belong(plain: str, first: Mention, second: Mention) -> bool:
    between = plain[first.end : second.start]
    bracketed = _OPENS.search(between) is not None
    if first.count is not None and first.share is None and second.count is None:
        close = bracketed and _CLOSES.match(plain, second.end) is not None
        if second.percent is None:
            return False
        return _ADJOIN.fullmatch(between) is not None or (
            close and bool(first.noun) and ";" not in between
        )
    if first.share is not None and first.count is None and second.count is not None:
        return second.share is None and _OPENS.fullmatch(between) is not None
    return False


def _joined(plain: str, first: Mention, second: Mention) -> Mention:
    counted, shared = (first, second) if first.count is not None else (second, first)
    close = _CLOSES.match(plain, second.end)
    named = next((each for each in (first, second) if each.noun), first)
    return replace(
        counted,
        start=first.start,
        end=close.end() if close and _OPENS.search(plain[first.end : second.start]) else second.end,
        percent=shared.percent,
        share=shared.share,
        share_text=shared.share_text,
        noun=named.noun,
        noun_text=named.noun_text,
        rest=first.rest or second.rest,
    )


def _with_wholes(plain: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, each part tied to the whole that follows it; a noun serves both."""
    found = list(mentions)
    for at, (part, whole) in enumerate(pairwise(mentions)):
        if part.count is None or whole.count is None:
            continue
        if not _OF.fullmatch(plain, part.end, whole.start):
            continue
        named = part if part.noun else whole
        part = replace(part, of=whole.count, noun=named.noun, noun_text=named.noun_text)
        whole = replace(whole, is_whole=True, noun=named.noun, noun_text=named.noun_text)
        if part.percent is None:  # "6 de 18 (33%)": the percentage is the part's
            part = replace(
                part, percent=whole.percent, share=whole.share, share_text=whole.share_text
            )
            whole = replace(whole, percent=None, share=None, share_text="")
        found[at : at + 2] = part, whole
    return found


def _says_something(each: Mention) -> bool:
    """Whether it is known what a number counts; a bare one may be anything."""
    known = bool(each.noun) or each.rest or each.of is not None or each.is_whole
    return known or each.share is not None


def _is_partitive(plain: str, before: Sequence[Mention], each: Mention) -> bool:
    """Whether a bare number does something of which others were counted before: "De los 18
    indicadores, 6 superaron su meta y 10 no", "4 son destacados y 2 adecuados"."""
    counted = any(other.count is not None and other.noun for other in before)
    counted = counted or _OF_ALL.search(plain, 0, each.start) is not None
    counted = counted or _ONE.search(plain, 0, each.start) is not None
    does = _DOES.match(plain, each.end) or _GRADED.match(plain, each.end)
    return counted and does is not None


def stored_percent(share: Fraction) -> Decimal | None:
    """A share in per cent as the dataset stores it; ``None`` where no decimal is exact (a third).

    >>> stored_percent(Fraction(1, 2)), stored_percent(Fraction(1, 3))
    (Decimal('50'), None)
    """
    percent = share * 100
    places = next((n for n in range(11) if (percent * 10**n).denominator == 1), None)
    return None if places is None else Decimal(int(percent * 10**places)).scaleb(-places)
