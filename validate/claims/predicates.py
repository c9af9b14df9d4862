"""What a clause says of indicators: the grades it gives them, over plain text.

A grade is said by an adjective or a noun ("un logro alcanzado", "un retroceso") or by a verb
("alcanzaron su meta"). The noun names the very grade; the verb tells a fact that better or worse
grades imply too: whoever exceeded a target has reached it, whoever fell back has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from validate.claims.grade_words import LABELS, NOUNS, VERBS, Domain, M, P, Q, beyond

TYPO_LIKENESS = 86
"""Likeness (rapidfuzz ``ratio``) that a slip leaves of a grade's word ("interemdias")."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One grade or set of grades said of a subject; with ``negated``, said not to be theirs.

    ``start`` and ``end`` are places in the repaired clause, ``consequence`` is whether it is said
    to follow from what stands before ("lo que se traduce en …").
    """

    domain: Domain
    grades: frozenset[str]
    negated: bool
    start: int
    end: int
    consequence: bool = False

    def goes_with(self, other: Predicate) -> bool:
        """Whether both may be said of one indicator: they are about two fields, or agree."""
        if self.domain != other.domain or self.negated != other.negated:
            return self.domain != other.domain
        return self.negated or bool(self.grades & other.grades)

    @property
    def label(self) -> str:
        """The grades in Spanish words, as cards print them."""
        words = " / ".join(LABELS.get(grade, grade) for grade in sorted(self.grades))
        return f"no: {words}" if self.negated else words


@dataclass(frozen=True, slots=True)
class _Word:
    """A grade's word where it stands. ``verb``: it tells a fact and does not name the grade."""

    kind: str
    start: int
    end: int
    verb: bool = False
    negated: bool = False


_KNOWN_WORDS = tuple(
    """retroceso retrocesos retrocedio retrocedieron alcanzado alcanzada alcanzados alcanzadas
    alcanzo alcanzaron superado superada superados superadas superaron rezagado rezagada rezagados
    rezagadas avanzado avanzada avanzados avanzadas adecuado adecuada adecuados adecuadas
    insuficiente insuficientes destacado destacada destacados destacadas moderado moderada moderados
    moderadas oportunidad intermedia intermedias sexenal sexenales constante constantes
    cumplimiento""".split()
)
_NOT_SLIPS = frozenset(
    """alcanzar superar superan supera superior avanzar avanzan moderar alcanzan alcanza retroceder
    retroceden intermedio intermedios destaca destacan destacar""".split()
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "not_measured",
            r"\bno (?:se (?:puede|pudo|pueden)|es posible|fue posible) \w+ (?:\w+ )?"
            r"(?:avances?|progreso)\b"
            r"|\bno (?:fue|fueron|ha sido|han sido|es|son) (?:valorad|calificad|evaluad)[oa]s?\b",
        ),
        (
            "constant",
            r"\b(?:sentido|tendencia|comportamiento)(?: \w+){0,3}? constantes?\b"
            r"|\b(?:es|son|ser|sean) (?:un |de |indicador(?:es)? )*constantes?\b",
        ),
        ("retroceso", r"\bretroces\w+\b|\bretroced\w+\b"),
        (
            "muy_superado",
            r"\bmuy superad[oa]s?\b|\bmuy superior(?:es)?\b"
            r"|\b(?:super|rebas)(?:o|aron) (?:ampliamente|por mucho|con creces)\b",
        ),
        (
            "superado",
            r"\bsuperad[oa]s?\b|\bsuper(?:o|aron|ar|an|a)\b|\brebas(?:o|aron|ar|an|a)\b"
            r"|\brebasad[oa]s?\b|\bsuperior(?:es)? a (?:l[ao]s?|sus?)\b",
        ),
        (
            "reached",
            r"\balcanzad[oa]s?\b|\balcanz(?:o|aron|ar|an|a)\b"
            r"|\b(?:cumpl(?:io|ieron|ir|en|e)|logr(?:o|aron))"
            r"(?= (?:con )?(?:l[ao]s?|sus?) metas?\b)",
        ),
        (
            "missed",
            r"\bincumpl(?:io|ieron|en|e)\b"
            r"|\b(?:qued|encuentr|encontr|ubic|estuv|esta)\w* por debajo de (?:las?|sus?) metas? "
            r"(?:intermedias?|anual(?:es)?|20\d\d|establecidas?|programadas?|planteadas?)\b",
        ),
        ("muy_rezagado", r"\bmuy rezagad[oa]s?\b"),
        ("rezagado", r"\brezagad[oa]s?\b"),
        ("avanzado", r"\bavanzad[oa]s?\b"),
        ("adecuado", r"\badecuad[oa]s?\b"),
        ("insuficiente", r"\binsuficientes?\b"),
        ("destacado", r"\bdestacad[oa]s?\b"),
        ("moderado", r"\bmoderad[oa]s?\b"),
        ("oportunidad_de_mejora", r"\b(?:op|oport|oportunidad(?:es)?|areas?)\.? de mejora\b"),
        ("reports", r"\breport(?:an?|o|aron|en|e) (?:\w+ ){0,2}?(?:avances?|informacion|datos)\b"),
        (
            "gestion",
            r"\b(?:enfoque|orientacion) (?:de |a |en )?(?:la )?gestion\b"
            r"|\b(?:enfoca|orienta|centra)n? (?:en|a|hacia) (?:la )?gestion\b"
            r"|\b(?:son|es|como) de gestion\b|\bcorresponden? a (?:la )?gestion\b"
            r"|\bmiden? (?:aspectos|cuestiones|elementos) de (?:la )?gestion\b"
            r"|^\s*,?\s*de gestion\b(?=\s*(?:[,;.)]|[ye]\b|$))",
        ),
        (
            "resultados",
            r"\b(?:enfoque|orientacion) (?:de |a |en )?resultados\b"
            r"|\b(?:enfoca|orienta|centra)n? (?:en|a|hacia) (?:los )?resultados\b"
            r"|\b(?:son|es|como) de resultados\b"
            r"|^\s*,?\s*de resultados\b(?=\s*(?:[,;.)]|[ye]\b|$))",
        ),
        (
            "coordinacion",
            r"\b(?:enfoque|orientacion) (?:de |a |en )?(?:la )?coordinacion\b"
            r"|\b(?:enfoca|orienta|centra)n? (?:en|a|hacia) (?:la )?coordinacion\b"
            r"|\b(?:son|es|como) de coordinacion\b"
            r"|^\s*,?\s*de coordinacion\b(?=\s*(?:[,;.)]|[ye]\b|$))",
        ),
        ("ascendente", r"\b(?:son|es|sentido|tendencia) ascendentes?\b"),
        ("descendente", r"\b(?:son|es|sentido|tendencia) descendentes?\b"),
    )
)

_OR_BEYOND = re.compile(
    r" ?,? [oy] (?:(?P<up>superior(?:es)?|mejor(?:es)?|mayor(?:es)?|mas)"
    r"|(?P<down>inferior(?:es)?|peor(?:es)?|menor(?:es)?|menos))\b(?! (?:a|al|de|del|que)\b)"
)
"""Behind a grade: also those that are better, or worse ("un avance adecuado o superior")."""

_SIXTH_YEAR = r"sexenal(?:es)?|metas? finale?s?"
_MILESTONE_ASPECT = (
    r"(?:metas? )?intermedias?|metas? (?:\w+ ){0,3}?20\d\d|lineas? bases?"
    r"|metas? (?:planteada|programada|establecida|anual)(?:s|es)?"
    r"|lo (?:planteado|programado|establecido)|(?:sus?|las?) metas?(?! sexenal| final| 20\d\d)"
)
_PROGRESS_BEFORE = re.compile(r"\b(?:avances?|progresos?) $")
_BARE = re.compile(r"(?:sus?|las?) metas?")
_QUALITY_ASPECT = r"calidad|se clasifican?"
_ASPECT = re.compile(
    rf"\b(?:(?P<progress>{_SIXTH_YEAR})|(?P<milestone>{_MILESTONE_ASPECT})"
    rf"|(?P<quality>{_QUALITY_ASPECT}))\b"
)
_NEGATION = re.compile(r"\b(?:no|ni|sin(?! embargo)|tampoco|nunca)\b(?: [a-zñ]+){0,4} ?$")
_SPLITS = re.compile(r"[,;:]| (?:y|e|o|u|pero|aunque|mientras|sino) ")
_JOINS = re.compile(
    r"\s*(?:,|y/o|[yoeu]|ni|,\s*[yo])\s+(?:(?:en|como|de|con|a|un|una|el|la|los|logro|avance|categoria)"
    r" )*"
)
_PARTICIPLE = re.compile(r"\b(?:ha|han|habia|habian|haya|hayan|fue|fueron) $")
_LIGHT_OBJECT = re.compile(
    r"\s+(?:una?|el|los|las|la) (?:\w+ )?(?:logros?|avances?|niveles|nivel|grado"
    r"|calidad|categoria|clasificacion|calificacion)\b"
)
_PARTLY = re.compile(
    r"[^,;]{0,60}?\d ?%|\s+(?:en |con )?(?:el |un |una )?\d|\s+(?:casi|la mitad|apenas|parcial)"
)
_MANAGED = re.compile(r"\b(?:logr|consigu|consigui|pudo|pudieron|permitio)\w* (?:\w+ )?$")
_UNSURE = re.compile(
    r"\b(?:esper|deb(?:e|en|er|ia)|podri|podra|puede[n]? |busc|requier|recomiend|sugier|necesari"
    r"|convien|pretend|para que|con el fin|a fin de|por (?=alcanz|super)|cerca de|parcial"
    r"|en caso|si no|casi|anterior|previ[oa]s?\b|antes)\w*"
)
_SUBJUNCTIVE = re.compile(r"(?:ara|aran|ase|asen|iera|ieran|iese|iesen)$")
_LOOSE = frozenset("adecuado avanzado moderado insuficiente destacado".split())
"""Words that name a grade only after one of :data:`_HEADS`: not in "un seguimiento adecuado"."""
_HEADS = re.compile(
    r"(?:\b(?:avances?|progresos?|logros?|cumplimientos?|nivel(?:es)?|calidad|categorias?"
    r"|clasificaci\w+|clasific\w+|consider\w+|calific\w+|valorad[oa]s?|como|son|es|estan?|encuentran?|ubican?"
    r"|posicionan?|quedo|quedaron|grado|estatus|de|en|y|o|e|u|ni)|,)\s+"
    r"(?:(?:de|en|como|el|la|los|un|una|avance|nivel|categoria|categorias|logro|grado)\s+)*$"
)
_OR = re.compile(r"(?<!\d) [ou] (?!\d)")
_CONSEQUENCE = re.compile(r"\b(?:lo que|por lo que|lo cual|por ello|con ello|por tanto)\b")
_FURTHER = re.compile(r"[;:]|,? (?:por lo que|aunque|pero|si bien|sin embargo|pues|ya que) ")
_INFINITIVE = re.compile(r"(?:alcanzar|superar|rebasar|cumplir)$")


def repaired(clause: str) -> str:
    """The plain clause with the slips in its grades' words put right, spaces folded."""
    words = (
        match[0] if match[0].isspace() else _repaired_word(match[0])
        for match in re.finditer(r"[a-zñ]+|\s+|[^a-zñ\s]+", clause)
    )
    return re.sub(r"\s+", " ", "".join(words))


def _repaired_word(word: str) -> str:
    if len(word) < 6 or word in _NOT_SLIPS or word in _KNOWN_WORDS or _SUBJUNCTIVE.search(word):
        return word
    near = process.extractOne(word, _KNOWN_WORDS, scorer=fuzz.ratio, score_cutoff=TYPO_LIKENESS)
    return near[0] if near else word


def find_predicates(clause: str, hint: Domain | None = None) -> list[Predicate] | None:
    """The predicates of a repaired clause; ``None`` where it says something not certain.

    ``hint`` is the field that the clause's section is about, for words of two fields ("adecuado").
    Uncertain is what is wished, demanded, nearly so, said of another time, or one of two things.
    """
    if "respectivamente" in clause:
        return None
    words = list(_words(clause))
    groups = _groups(clause, words)
    found: list[Predicate] = []
    for at, group in enumerate(groups):
        before = groups[at - 1][-1].end if at else 0
        after = groups[at + 1][0].start if at + 1 < len(groups) else len(clause)
        if _UNSURE.search(clause, before, group[0].start):
            return None
        if at and _OR.search(clause, before, group[0].start):
            return None
        predicate = _predicate(clause, group, before, after, hint)
        if predicate is None:
            return None
        found.append(predicate)
    return found


def _words(clause: str) -> Iterator[_Word]:
    """The grades' words from left to right, none inside another."""
    matches = [(match, kind) for kind, pattern in _PATTERNS for match in pattern.finditer(clause)]
    end = 0
    for match, kind in sorted(matches, key=lambda each: (each[0].start(), -each[0].end())):
        if match.start() < end:
            continue
        word = _as_used(clause, _Word(kind, *match.span()))
        if word is not None:
            end = match.end()
            yield word


def _as_used(clause: str, word: _Word) -> _Word | None:
    """The word as noun or verb, with its negation; ``None`` where it says no grade."""
    text = clause[word.start : word.end]
    before = clause[: word.start]
    participle = _PARTICIPLE.search(before) is not None
    verb = participle or not re.search(r"(?:ad|ad[oa]|ad[oa]s)$", text)
    if word.kind in ("reached", "superado") and verb:
        if _PARTLY.match(clause, word.end):
            return None  # "alcanzó el 98 % de su meta"
        if _LIGHT_OBJECT.match(clause, word.end) and not participle:
            return None  # "alcanzó un avance adecuado"
        if _INFINITIVE.search(text) and not _MANAGED.search(before):
            return None  # "para alcanzar su meta"
    if word.kind in _LOOSE and before.strip(" ,") and not _HEADS.search(before):
        return None
    negated = word.kind != "not_measured" and _is_negated(before)
    if word.kind == "reached" and negated:
        return replace(word, kind="not_reached", verb=verb)
    return replace(word, verb=verb, negated=negated)


def _is_negated(before: str) -> bool:
    own = _SPLITS.split(before)[-1]
    return _NEGATION.search(f" {own}") is not None


def _groups(clause: str, words: Sequence[_Word]) -> list[list[_Word]]:
    """Words that are alternatives of one another: "rezagado o muy rezagado"."""
    groups: list[list[_Word]] = []
    for word in words:
        last = groups[-1][-1] if groups else None
        joined = last is not None and _JOINS.fullmatch(clause, last.end, word.start)
        if joined and last is not None and _fields(last) & _fields(word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _meaning(word: _Word) -> dict[str, tuple[str, ...]]:
    return VERBS.get(word.kind, NOUNS[word.kind]) if word.verb else NOUNS[word.kind]


def _fields(word: _Word) -> frozenset[str]:
    return frozenset(_meaning(word))


def _predicate(
    clause: str, group: Sequence[_Word], before: int, after: int, hint: Domain | None
) -> Predicate | None:
    fields = frozenset.intersection(*map(_fields, group))
    negations = {word.negated for word in group}
    neither = " ni " in clause[group[0].end : group[-1].start]
    if not fields or (len(negations) > 1 and not group[0].negated and not neither):
        return None
    start, end = group[0].start, group[-1].end
    domain = _domain(clause, fields, (before, start), (end, after), hint)
    if domain is None:
        return None
    asked = [M, P] if domain == "either" else [domain]
    grades = frozenset(
        grade for word in group for field in asked for grade in _meaning(word).get(field, ())
    )
    further = _OR_BEYOND.match(clause, end)
    if further is not None:
        for field in asked:
            grades |= beyond(grades, field, better=further["up"] is not None)
    consequence = _CONSEQUENCE.search(clause, before, start) is not None
    return Predicate(domain, grades, group[0].negated, start, end, consequence)


def _domain(
    clause: str,
    fields: frozenset[str],
    before: tuple[int, int],
    after: tuple[int, int],
    hint: Domain | None,
) -> Domain | None:
    """Which field is meant: the only one, or that of the target which the clause names."""
    if len(fields) == 1:
        return _as_domain(next(iter(fields)))
    further = _FURTHER.search(clause, *after)
    if further is not None:
        after = (after[0], further.start())
    for place in (after, before):
        for match in _ASPECT.finditer(clause, *place):
            if hint == "progress" and hint in fields and _BARE.fullmatch(match[0]):
                continue  # "superaron la meta", where the final ones are spoken of
            if match.lastgroup in fields:
                return _as_domain(str(match.lastgroup))
    if hint in fields:
        return hint
    if fields == {P, Q} and _PROGRESS_BEFORE.search(clause, 0, before[1]):
        return "progress"
    return "either" if fields == {M, P} else None


def _as_domain(field: str) -> Domain:
    for domain in ("milestone", "progress", "quality", "trend", "approach", "reported"):
        if domain == field:
            return domain
    raise ValueError(field)
