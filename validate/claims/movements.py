"""What a sentence says rose, fell or stayed: movements with the noun phrase that each is said of.

Works on plain text (small letters, no accents), whose places are those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz, process

from validate.claims.naming import stems

Direction = Literal["up", "down", "stay"]
Doubt = Literal["", "year", "unclear"]
"""Why a movement is not judged: it is from one year to the next, or not certain."""

SLIP_LIKENESS = 88
"""Likeness (rapidfuzz ``ratio``) that a slip leaves of a movement's word ("incementó")."""
_SHORTEST_SLIP = 8

_WORDS: dict[str, Direction] = {
    **dict.fromkeys(
        """incremento incrementaron incrementa incrementan incrementado aumento aumentaron aumenta
        aumentan aumentado crecio crecieron crece crecen crecido crecimiento subio subieron elevo
        elevaron repunto repuntaron repunte repuntes alza incrementar aumentar incrementos
        aumentos""".split(),
        "up",
    ),
    **dict.fromkeys(
        """disminuyo disminuyeron disminuye disminuyen disminuido disminucion redujo redujeron
        reduce reducen reducido reduccion decrecio decrecieron decremento cayo cayeron caida
        descendio descendieron descenso bajaron decrecimiento disminuir reducir disminuciones
        reducciones""".split(),
        "down",
    ),
    **dict.fromkeys("mantuvo mantuvieron permanecio permanecieron permanencia".split(), "stay"),
}
_INFINITIVES = frozenset("incrementar aumentar disminuir reducir".split())
_LONG_WORDS = tuple(word for word in _WORDS if len(word) >= _SHORTEST_SLIP)
_PARTICIPLES = frozenset("incrementado aumentado crecido disminuido reducido".split())
_WISHES = frozenset(
    "disminuya disminuyan aumente aumenten incremente incrementen reduzca reduzcan crezca crezcan"
    " descienda desciendan".split()
)
_SUBJUNCTIVE = re.compile(r"(?:[aei]ran?|[aei]sen?|ri?an?|ndo)$")
_HAS = re.compile(r"\b(?:ha|han|habia|habian)\s+$")
_CONTRASTS = re.compile(r";|\b(?:mientras que|en tanto que|en cambio|por el contrario)\b")
_STOP = re.compile(r",|;| [ye] ")
_LOWERED = re.compile(r"\bbajó\b|(?<=\buna )baja\b", re.IGNORECASE)
"""Without its accent the verb is a preposition, without its article the noun an adjective."""

_OWN_NAME = re.compile(r"\b(?:que|cuy[oa]s?|de|donde)\s+(?:se\s+|no\s+)?$")
_OWN_PHRASE = re.compile(
    r"(?:se observ\w+|se report\w+|se registr\w+|cabe \w+|destac\w+)\s+que\s+(?:se\s+)?$"
)
_MANAGED = re.compile(r"\b(?:logr|consigui|pudo|pudieron)\w*\s+$")
_DENIED = re.compile(
    r"\b(?:no|sin|ni|nunca|tampoco|dej\w+ de|evit\w+)\s+"
    r"(?:se\s+|un\s+|una\s+|hubo\s+|ningun\s+|ninguna\s+"
    r"|(?:observ|report|registr|present|muestr|mostr|experiment|tuv|tien|sufr|advi|apreci)\w*\s+)*$"
)
_WISHED = re.compile(
    r"\b(?:para|busc\w+|esper\w+|deb\w+|pretend\w+|podri\w+|podra\w*|requier\w+|permit\w+|fin de"
    r"|necesari\w+|recomiend\w+|a pesar de(?:l| la| una?)?|debido a(?:l| la| una?)?|por)"
    r"\s+(?:que\s+|el\s+|la\s+|un\s+|una\s+|se\s+)*$"
)
_NOT_STAYED = re.compile(
    r"\s*(?:(?:por )?(?:debajo|encima|arriba|abajo)|dentro|como|con|en (?:una?|retroceso))\b"
)
_YEAR_TO_YEAR = re.compile(
    r"\b(?:año|ejercicio|periodo|trimestre)s? (?:inmediato )?(?:anterior|previo|pasado)e?s?\b"
    r"|\b(?:respecto|comparacion|comparado|relacion|frente|contra)\b"
    r"(?:(?!linea base)[^,;]){0,25}\b20\d\d\b"
    r"|\b(?:del?|desde|entre) (?:el )?20\d\d (?:a|al|y|hasta) (?:el )?20\d\d\b"
)
_TURNED = re.compile(
    r"\b(?:se recuper\w+|revirti\w+|posteriormente|despues(?! del?\b)|luego|aunque|sin embargo"
    r"|parcialmente|inicialmente|primero)\b"
    r"|\bpero (?!sigue|aun|todavia|por debajo|no (?:alcanz|logr))"
)
_SMALL = (
    r"(?:(?:se|ha|han|un|una|su|ligero|ligera|leve|importante|considerable|significativ[oa]|notable"
    r"|valor|nivel|resultado|ultimo|reportado|present\w+|muestr\w+|mostr\w+|tuvo|registr\w+"
    r"|report\w+|observ\w+|exhib\w+|tambien)\s+)*"
)
_OF_IT = re.compile(rf"\s*{_SMALL}(?P<word>[a-zñ]+)\b")
_TENDS = r"(?:tendencia|evolucion|comportamiento|desempeño|trayectoria)"
_ASSESSED = re.compile(
    r"\s*(?:(?:se|ha|han)\s+)*(?:"
    r"(?P<better>mejor(?:o|aron|a|an|ado)\b|acerc(?:o|aron|a|an) a (?:su|la) meta\b"
    rf"|(?:present|muestr|mostr|tien|tuv|registr|exhib|observ)\w* una? (?:\w+ )?{_TENDS} "
    r"(?:favorable|de mejora)\b)"
    r"|(?P<worse>empeor(?:o|aron|a|an|ado)\b|deterior(?:o|aron|a|an|ado)\b"
    r"|alej(?:o|aron|a|an) de (?:su|la) meta\b"
    rf"|(?:present|muestr|mostr|tien|tuv|registr|exhib|observ)\w* una? (?:\w+ )?{_TENDS} "
    r"(?:desfavorable|adversa|contraria a l[oa] esperad[oa])\b))"
)
"""What is said of an indicator with its trend in mind: "mejoró", "una tendencia favorable"."""
_BELOW = re.compile(r"\b(?:por )?(?:debajo|abajo) de (?:la|su|sus|las) lineas? bases?\b")
_ABOVE = re.compile(r"\b(?:por )?(?:encima|arriba) de (?:la|su|sus|las) lineas? bases?\b")
_GOES_ON = re.compile(
    r"[\s,;]*(?:[ye]\s+)?(?:all? igual que|asi como|de igual (?:forma|manera|modo)|tambien"
    r"|igualmente|lo mismo)\b"
)
_ALONGSIDE = re.compile(
    r",?\s*\b(?:asi como|all? igual que|ademas de|junto con)\b\s*(?:en\s+|de\s+)?"
)


@dataclass(frozen=True, slots=True)
class Movement:
    """A direction said of ``plain[start:end]``, its noun phrase; ``head`` is its word's place.

    ``net`` is the direction as seen from the baseline, where the sentence names it: what rose and
    is still below the baseline has fallen since.
    """

    direction: Direction
    net: Direction
    start: int
    end: int
    head: tuple[int, int]
    doubt: Doubt = ""


@dataclass(frozen=True, slots=True)
class _Word:
    direction: Direction
    start: int
    end: int
    doubt: Doubt = ""


def find_movements(plain: str, text: str, names: Sequence[str]) -> list[Movement]:
    """The movements of a sentence, in its order.

    ``names`` tells by which phrases the sentence may begin: where the first word of movement comes
    after one of them ("el número de camas disminuyó"), the phrases stand before their words, else
    behind them. It holds the stems that :func:`~validate.claims.naming.stems` gives.
    """
    found: list[Movement] = []
    last: _Word | None = None
    for start, end in _clauses(plain):
        words = list(_words(plain, text, start, end))
        if not words:
            if last is not None and _GOES_ON.match(plain, start):
                found.append(_movement(plain, last, start, end))
            continue
        found += _in_clause(plain, start, end, words, set(names))
        last = words[-1]
    return found


def movement_of(plain: str, text: str, start: int, end: int, better: Direction) -> Movement | None:
    """The movement said right behind a subject, ``plain[start:end]``; ``better`` is the direction
    of its indicator's trend, for what is said to be favourable or not."""
    stop = _CONTRASTS.search(plain, end)
    last = stop.start() if stop else len(plain)
    assessed = _ASSESSED.match(plain, end, last)
    if assessed is not None:
        worse: Direction = "down" if better == "up" else "up"
        direction = better if assessed["better"] else worse
        word = _Word(direction, *assessed.span("better" if assessed["better"] else "worse"))
    else:
        told = _OF_IT.match(plain, end, last)
        words = list(_words(plain, text, end, last)) if told else []
        if told is None or not words or words[0].start != told.start("word") or words[1:]:
            return None
        word = words[0]
    return _movement(plain, word, start, end, plain[word.end : last])


def _clauses(plain: str) -> list[tuple[int, int]]:
    edges = [0, *(match.end() for match in _CONTRASTS.finditer(plain)), len(plain)]
    return [(start, end) for start, end in pairwise(edges) if start < end]


def _words(plain: str, text: str, start: int, end: int) -> Iterator[_Word]:
    """The words of movement, without those that belong to a name ("tasa de crecimiento")."""
    lowered = {match.start() for match in _LOWERED.finditer(text)}
    for match in re.compile(r"[a-zñ]+").finditer(plain, start, end):
        direction = _direction(match[0]) or ("down" if match.start() in lowered else None)
        before = plain[start : match.start()]
        if direction is None or (_OWN_NAME.search(before) and not _OWN_PHRASE.search(before)):
            continue
        if match[0] in _INFINITIVES and not _MANAGED.search(before):
            continue
        if match[0] in _PARTICIPLES and not _HAS.search(before):
            continue
        strays = direction == "stay" and _NOT_STAYED.match(plain, match.end())
        unclear = strays or _DENIED.search(before) or _WISHED.search(before)
        yield _Word(direction, match.start(), match.end(), "unclear" if unclear else "")


def _direction(word: str) -> Direction | None:
    if word in _WORDS:
        return _WORDS[word]
    if len(word) < _SHORTEST_SLIP:
        return None
    if word in _WISHES or _SUBJUNCTIVE.search(word):
        return None
    near = process.extractOne(word, _LONG_WORDS, scorer=fuzz.ratio, score_cutoff=SLIP_LIKENESS)
    return _WORDS[near[0]] if near else None


def _in_clause(
    plain: str, start: int, end: int, words: Sequence[_Word], names: set[str]
) -> list[Movement]:
    """The movements of a clause. Of a word without a phrase ("aumentó en 2020 y disminuyó en 2021
    el número de …") it is not clear what it takes back."""
    led = len(names.intersection(stems(plain[start : words[0].start]))) > 1
    found: list[Movement] = []
    unclear = False
    begin = start
    for at, word in enumerate(words):
        after = words[at + 1].start if at + 1 < len(words) else end
        stop = _STOP.search(plain, word.end, after) if at + 1 < len(words) else None
        tail = stop.start() if stop else after
        spans = [(begin, word.start)] if led else list(_pieces(plain, word.end, after))
        if not names.intersection(stems(plain[spans[0][0] : spans[-1][1]])):
            unclear = True
            if led or at + 1 == len(words):
                found[-1:] = [replace(each, doubt="unclear") for each in found[-1:]]
            continue
        around = f"{plain[start : words[0].start]} {plain[word.end : tail]}"
        doubted = replace(word, doubt="unclear") if unclear else word
        found += [_movement(plain, doubted, *span, around) for span in spans]
        unclear = False
        begin = tail
    return found


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The phrases that share one word of movement: "… así como en el porcentaje de …"."""
    for match in _ALONGSIDE.finditer(plain, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _movement(plain: str, word: _Word, start: int, end: int, tail: str = "") -> Movement:
    said = f"{plain[start:end]} {tail}"
    net = word.direction
    if _BELOW.search(said):
        net = "down"
    elif _ABOVE.search(said):
        net = "up"
    doubt = word.doubt
    if not doubt and _YEAR_TO_YEAR.search(said):
        doubt = "year"
    elif not doubt and _TURNED.search(said):
        doubt = "unclear"
    return Movement(word.direction, net, start, end, (word.start, word.end), doubt)
