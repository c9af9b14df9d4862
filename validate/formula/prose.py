"""Methods in words: "Se divide A entre B y se multiplica por 100", "Suma de A, B y C", "A : B".

Only what can be meant in one way is read, and only where each operand is a stated variable and each
stated variable an operand: a list is cut at the commas and conjunctions at which its parts are the
variables, so that a name may hold a comma or an "y" itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import islice

from normalize.text import match_key
from validate.formula.aggregates import indexed_sum, unbarred, weighted
from validate.formula.names import POSSIBLE, SURE, Pairing, pair
from validate.formula.spelled import (
    ARTICLE,
    Spelled,
    bare_operand,
    binary,
    lists,
    phrase_alone,
    power_of_ten,
    times,
)
from validate.formula.tree import Binary, Mean, Node, Operator, Quantity, renumber

MOST_READINGS = 400
"""So many ways to cut the words are tried."""

MOST_EXPANSIONS = 20
"""So many ways to cut a list inside a formula are tried."""

_SIGNS = re.compile(r"[+*×÷=^√Σ∑%<>|\[\]{}]|\s[-−–/]\s|[)]\s*/|/\s*[(]")
_BAR = re.compile(r"\s*(?:_{3,}|[—–─]{2,}|-{3,})\s*")
_SCALE = (
    r"(?P<scale>(?:\d{1,3}(?:[, ]\d{3})+|10+|cien|diez|un)(?:\s+(?:mil|mill[oó]n(?:es)?))?|mil)"
)
_TAIL = re.compile(
    r"[,;]?\s+(?:y\s+)?(?:(?:el|este|dicho)\s+(?:resultado|cociente)\s+)?(?:se\s+)?"
    r"(?:multiplic\w+\s+)?(?:(?:el|este|dicho)\s+(?:resultado|cociente)\s+)?"
    rf"por\s+(?:cada\s+)?\(?{_SCALE}\)?(?:\s+(?!entre\b)[^\W\d_]+){{0,3}}$",
    re.IGNORECASE,
)
_SIGNED_SCALE = re.compile(r"\s*[xX×*]\s*\(?(?P<scale>10+|\d{1,3}(?:,\d{3})+)\)?%?\s*")
_PERCENT = re.compile(
    r"[,;]?\s+(?:expresad[oa]s?\s+(?:en|como)|para\s+obtener\s+(?:el|un))\s+porcentaje$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:(?:el|este)\s+indicador\s+)?"
    r"(?:(?:se\s+(?:calcula|obtiene|mide|estima|determina)|es|corresponde|resulta)\s+)?"
    r"(?:como\s+|al\s+|a\s+|mediante\s+|de\s+|con\s+)?(?:el\s+|la\s+)?",
    re.IGNORECASE,
)
_QUOTIENT = re.compile(
    r"(?:(?:cociente|resultado)\s+(?:de|que\s+resulta\s+de)\s+(?:la\s+divisi[oó]n\s+de\s+|dividir\s+)?"
    r"|(?:divisi[oó]n|cociente|raz[oó]n)\s+(?:de\s+)?|dividir\s+a?|dividiendo\s+|se\s+dividen?\s+)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"(?:producto\s+de\s+|multiplicar\s+|se\s+multiplican?\s+)", re.IGNORECASE)
_SUM = re.compile(
    r"(?:suma(?:toria)?\s+(?:total\s+)?(?:de\s+|del\s+|(?=\())|sumar\s+|se\s+suman?\s+)",
    re.IGNORECASE,
)
_INNER_SUM = re.compile(
    r"(?:^|(?<=[(\[{/=]))\s*(?:la\s+)?suma(?:toria)?\s+(?:total\s+)?(?:de|del)\s+"
    r"(?P<listed>[^()\[\]{}/*×÷+=]+?)\s*(?=[/)\]}*×÷])",
    re.IGNORECASE,
)
_MEAN = re.compile(
    r"(?:promedio(?:\s+simple|\s+aritm[eé]tico)?|media\s+aritm[eé]tica)\s+(?:de\s+|del\s+)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"(?:(?:diferencia|resta)\s+(?:de\s+|del\s+)"
    r"|(?:diferencia|resta|brecha)\s+(?:(?:aritm[eé]tica|simple)\s+|en\s+puntos\s+porcentuales\s+)?"
    r"(?P<between>entre)\s+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r",?\s+(?:(?:(?:divid|relacion)\w+\s+)?(?:entre|sobre)\s+"
    r"|(?:con\s+)?respecto\s+(?:al?|del?)\s+|en\s+relaci[oó]n\s+(?:con|al?)\s+"
    r"|como\s+(?:porcentaje|proporci[oó]n)\s+del?\s+)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+[ye]\s+", re.IGNORECASE)
_TIMES = re.compile(r"\s+por\s+", re.IGNORECASE)
_MINUS = re.compile(r",?\s+menos\s+", re.IGNORECASE)
_RATIO = re.compile(r"(?P<one>[^:]*[^:\s])(?P<gap>\s?):(?P=gap)(?P<two>[^:\s][^:]*)")
_LITTLE = frozenset("de del la las el los en y a al por con".split())
_OPERATES = frozenset(
    "entre sobre por mas menos suma sumatoria resta diferencia cociente division producto promedio "
    "media raiz cuadrado respecto inverso complemento variacion crecimiento ponderado ponderada "
    "incremento aumento reduccion disminucion cambio brecha "
    "multiplicado multiplicada multiplica multiplicar dividido dividida divide dividir se".split()
)


def read_prose(
    body: str, variables: Sequence[str], legend: Mapping[str, str]
) -> tuple[Node, tuple[str, ...], Pairing] | None:
    """The tree over variables' slots, the phrases and their pairing; ``None`` where the words say
    no calculation, or not in one way.
    """
    best: tuple[float, Node, tuple[str, ...], Pairing] | None = None
    for spelled in islice(_readings(body.strip().rstrip(".;, "), variables), MOST_READINGS):
        pairing = _paired(spelled, variables, legend)
        if pairing is not None and (best is None or pairing.score > best[0]):
            slots: dict[int, Node] = {
                at: Quantity(pairing.slots[match_key(phrase)], phrase)
                for at, phrase in enumerate(spelled.phrases)
            }
            best = (pairing.score, renumber(spelled.node, slots), spelled.phrases, pairing)
    return None if best is None else best[1:]


def expanded_sums(body: str) -> Iterator[str]:
    """A formula with "suma de A, B y C" inside it, its list written with plus signs."""
    found = _INNER_SUM.search(body)
    if found is None:
        return
    for parts in islice(lists(found["listed"]), MOST_EXPANSIONS):
        terms = " + ".join(bare_operand(part) for part in parts)
        yield f"{body[: found.start()]}({terms}){body[found.end() :]}"


def _paired(
    spelled: Spelled, variables: Sequence[str], legend: Mapping[str, str]
) -> Pairing | None:
    """The pairing where it is certain and leaves nothing out."""
    if not len({match_key(phrase) for phrase in spelled.phrases}) == len(variables) > 1:
        return None
    contained = _contained(spelled.phrases, variables)
    if contained is not None:
        keys = {match_key(phrase): slot for phrase, slot in contained.items()}
        return Pairing(keys, dict.fromkeys(keys, SURE), ())
    pairing = pair(spelled.phrases, variables, legend)
    if pairing.unmatched or pairing.rivalled:
        return None
    if spelled.symmetric and min(pairing.likeness.values()) >= POSSIBLE:
        alike = {key: max(value, SURE) for key, value in pairing.likeness.items()}
        pairing = replace(pairing, likeness=alike)
    for key, slot in pairing.slots.items():
        if set(key.split()) & _OPERATES - set(match_key(variables[slot]).split()):
            return None
    return pairing if pairing.sure else None


def _contained(phrases: Sequence[str], variables: Sequence[str]) -> dict[str, int] | None:
    """Each phrase's variable, where its words stand in that one's name alone: "urgencias" is
    "Calificación de urgencias" beside "Calificación de hospitalización"."""
    names = [set(match_key(name).split()) for name in variables]
    found: dict[str, int] = {}
    for phrase in phrases:
        words = set(match_key(phrase).split()) - _LITTLE
        slots = [slot for slot, name in enumerate(names) if words and words <= name]
        if len(slots) != 1:
            return None
        found[phrase] = slots[0]
    return found if len(set(found.values())) == len(variables) else None


def _readings(body: str, variables: Sequence[str]) -> Iterator[Spelled]:
    yield from _bar(body)
    yield from weighted(body)
    whole = indexed_sum(body, variables) or unbarred(body, variables)
    if whole is not None:
        yield whole
    named, _, said = body.partition("=")
    if said and not _SIGNS.search(named):
        body = said.strip()
    if _SIGNS.search(body):
        return
    if ratio := _RATIO.fullmatch(body):
        yield binary("/", phrase_alone(ratio["one"]), phrase_alone(ratio["two"]))
        return
    core, scale = _scaled(body)
    introduced = _INTRODUCTION.match(core)
    assert introduced is not None
    for start in dict.fromkeys((introduced.end(), 0)):
        for part in _value(core[start:]):
            yield times(part, scale)


def _bar(body: str) -> Iterator[Spelled]:
    """``A ______ x 100 B``: a fraction whose bar is printed, its lines one behind the other."""
    above_below = _BAR.split(body)
    if len(above_below) != 2:
        return
    above = above_below[0].rpartition("=")[2].strip()
    scales = list(_SIGNED_SCALE.finditer(above_below[1]))
    if len(scales) > 1 or _SIGNS.search(above):
        return
    below = _SIGNED_SCALE.sub(" ", above_below[1]).strip()
    if above and below and not _SIGNS.search(below):
        scale = power_of_ten(scales[0]["scale"]) if scales else None
        yield times(binary("/", phrase_alone(above), phrase_alone(below)), scale)


def _scaled(body: str) -> tuple[str, Fraction | None]:
    """The words without the scale at their end, and the scale."""
    if found := _PERCENT.search(body):
        return body[: found.start()], Fraction(100)
    found = _TAIL.search(body)
    scale = power_of_ten(found["scale"]) if found else None
    return (body[: found.start()], scale) if found and scale else (body, None)


def _value(text: str) -> Iterator[Spelled]:
    """The calculations that a text says."""
    if lead := _PRODUCT.match(text):
        yield from _pairs("*", text[lead.end() :], _TIMES)
        return
    if lead := _QUOTIENT.match(text):
        rest = text[lead.end() :]
        yield from _pairs("/", rest, _BETWEEN)
        if "div" in lead.group().casefold():
            yield from _pairs("/", rest, _TIMES)
        if re.match(r"entre\s", rest, re.IGNORECASE):
            yield from _pairs("/", rest.partition(" ")[2], re.compile(r"\s+y\s+"))
        return
    quotients = list(_pairs("/", text, _BETWEEN))
    yield from quotients
    if not quotients or _DIFFERENCE.match(text):
        yield from _terms(text)


def _pairs(operator: Operator, text: str, mark: re.Pattern[str]) -> Iterator[Spelled]:
    for found in mark.finditer(text):
        for left in _operand(text[: found.start()]):
            for right in _operand(text[found.end() :]):
                yield binary(operator, left, right)


def _operand(text: str) -> Iterator[Spelled]:
    yield phrase_alone(text)
    yield from _terms(ARTICLE.sub("", text, count=1))


def _terms(text: str) -> Iterator[Spelled]:
    """Sums, means and differences."""
    if lead := _DIFFERENCE.match(text):
        yield from _pairs("-", text[lead.end() :], _AND if lead["between"] else _MINUS)
        return
    lead = _SUM.match(text) or _MEAN.match(text)
    if lead is None:
        return
    listed = text[lead.end() :].strip()
    if listed.startswith("(") and listed.endswith(")"):
        listed = listed[1:-1]
    is_mean = _MEAN.match(text) is not None
    for parts in lists(listed):
        phrases = tuple(bare_operand(part) for part in parts)
        slots: list[Node] = [Quantity(at, phrase) for at, phrase in enumerate(phrases)]
        node = Mean(tuple(slots)) if is_mean else reduce(_plus, slots)
        yield Spelled(node, phrases, symmetric=True)


def _plus(left: Node, right: Node) -> Node:
    return Binary("+", left, right)
