"""What prose repeats of a document's own figures: a result, those attended, the level reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from normalize.grades import level_of
from normalize.numbers import Number, find_numbers, parse_number, plain, printed_agree
from normalize.schema import Figure
from validate.claims.sentence import Sentence
from validate.rule import Answer, Evidence, failed, passed
from validate.view import DocumentView

_RESULT = re.compile(
    r"\bresultados? (?:al cierre )?(?:de|del|en) (?:el ejercicio )?(?P<year>20\d\d)\b"
    r"[^.;%]{0,40}?\b(?:registr|report|obtuv|present|alcanz|fue)\w*\s+(?:una? |el |la |de )*"
    r"(?:proporcion|porcentaje|valor|resultado|avance|cobertura|tasa)\s+(?:de|del)\s+$"
)
_ATTENDED = re.compile(
    r"\batendi(?:o|eron)\s+a\s+(?:un total de\s+)?"
    r"(?P<hedge>(?:un\s+)?poco mas de|mas de|casi|cerca de)?\s*(?P<half>medio millon)?"
)
_PEOPLE = re.compile(
    r"\s*(?:de\s+)?(?:personas|usuari[oa]s|beneficiari[oa]s|derechohabientes)"
    r"(?:\s+(?:beneficiari[oa]s|usuarias|en\s+total|a\s+nivel\s+nacional|en\s+(?:todo\s+)?el\s+pais"
    r"|(?:en|durante)\s+(?:el\s+(?:ano|ejercicio)\b|20\d\d)[^,.;]{0,20}))*\s*(?:[,.;:)]|$|[ye]\s|lo\s+que\b|con\s+lo)"
)
"""The people attended without a word that tells which ("personas en 12 municipios")."""
_OF_ALL = re.compile(
    r"(?:^|[.;:]\s*)(?:(?:en|durante|al\s+cierre\s+de|para)\s"
    r"(?:(?:el|al?|ano|ejercicio|fiscal|cierre|periodo|del?|referencia|20\d\d)\b\s*){1,6},?\s*)?"
    r"(?:se\s+|el\s+(?:programa|pp)\s+)?$"
)
"""What may stand before the verb: a time and the programme, but no part of it."""
_YEAR = re.compile(r"\b20\d\d\b")


_LEVEL = re.compile(
    r"\b(?:se mantiene|se mantuvo|ubica|ubico|situa|clasifica|obtuvo|logro|alcanzo)\b[^.;]{0,40}?"
    r"\b(?:nivel|categoria) de monitoreo[\s«\"“']*(?P<level>[a-z]+(?: (?:alto|bajo))?)"
)


def answers(sentence: Sentence, view: DocumentView) -> Iterator[Answer]:
    """Hold a repeated result, number of people or level against the figure that states it."""
    figures = {row.figure: row for row in view.figures if row.value is not None and not row.subject}
    result, attended = figures.get("result"), figures.get("population_attended")
    if result is not None:
        for found in find_numbers(sentence.text, view.habits):
            told = _RESULT.search(sentence.plain[: found.start])
            if found.number.percent and told and _is_of_its_year(int(told["year"]), view):
                yield _held(sentence, found.number, result, "resultado", "result")
    if attended is not None:
        yield from _attended(sentence, attended, view)
    for row in view.figures:
        if row.figure == "level" and not row.subject:
            yield from _level(sentence, row)


def _is_of_its_year(year: int, view: DocumentView) -> bool:
    """Whether the ficha states its result of a year: that of its populations, where it has any."""
    years = {row.year for row in view.figures if row.figure.startswith("population_") and row.year}
    return not years or year in years


def _level(sentence: Sentence, figure: Figure) -> Iterator[Answer]:
    """The level that the institution is said to have."""
    match = _LEVEL.search(sentence.plain)
    said = level_of(match["level"]) if match else None
    stated = level_of(figure.value_text)
    if match is None or said is None or stated is None:
        return
    if said == stated:
        yield passed(
            sentence.record,
            f"La frase y el documento dan el mismo nivel: {figure.value_text}.",
            f"The sentence and the document give the same level: {figure.value_text}.",
        )
        return
    printed = sentence.text[match.start("level") : match.end("level")]
    yield failed(
        sentence.record,
        f"La frase dice que el nivel de monitoreo es «{printed}»; el documento da "
        f"«{figure.value_text}».",
        f"The sentence says that the monitoring level is “{printed}”; the document gives "
        f"“{figure.value_text}”.",
        stated=printed,
        computed=figure.value_text,
        evidence=(
            sentence.evidence,
            Evidence("figures", figure.record_key, "value_text", "input"),
        ),
    )


def _held(sentence: Sentence, said: Number, figure: Figure, es: str, en: str) -> Answer:
    number = parse_number(figure.value_text or "")
    stated = number if number.value is not None else Number("", "number", figure.value)
    shown = figure.value_text or plain(stated.fraction)
    if said.value is None or printed_agree(said, stated):
        return passed(
            sentence.record,
            f"La frase y la ficha dan el mismo {es}: {shown}.",
            f"The sentence and the ficha give the same {en}: {shown}.",
        )
    return _denied(sentence, said.text, figure, shown, es, en)


def _attended(sentence: Sentence, figure: Figure, view: DocumentView) -> Iterator[Answer]:
    """ "Atendió a poco más de medio millón de usuarios", a hedge allowing half as much again."""
    match = _ATTENDED.search(sentence.plain)
    if match is None or _OF_ALL.search(sentence.plain[: match.start()]) is None:
        return
    years = {int(year) for year in _YEAR.findall(sentence.plain)}
    if figure.year and years and figure.year not in years:
        return
    if match["half"]:
        value, end = Fraction(500_000), match.end()
    else:
        numbers = [
            each for each in find_numbers(sentence.text, view.habits) if each.start == match.end()
        ]
        if not numbers or numbers[0].number.value is None or numbers[0].number.percent:
            return
        number = numbers[0].number
        value, end = number.fraction * 10**number.scale, numbers[0].end
    if not _PEOPLE.match(sentence.plain, end):
        return
    stated = Fraction(figure.value or 0)
    hedge = match["hedge"] or ""
    if "mas de" in hedge:
        agrees = value < stated <= value * Fraction(3, 2)
    elif hedge:
        agrees = value * Fraction(9, 10) <= stated <= value * Fraction(11, 10)
    else:
        agrees = value == stated or match["half"] is not None
    said = sentence.text[match.start() : end]
    if agrees:
        yield passed(
            sentence.record,
            f"«{said}» concuerda con la población atendida, {figure.value_text}.",
            f"“{said}” agrees with the attended population, {figure.value_text}.",
        )
    else:
        answer = _denied(
            sentence,
            said,
            figure,
            figure.value_text or plain(stated),
            "número de población atendida",
            "attended population",
        )
        yield answer


def _denied(sentence: Sentence, said: str, figure: Figure, shown: str, es: str, en: str) -> Answer:
    return failed(
        sentence.record,
        f"La frase dice «{said}»; la ficha da otro {es}: {shown}.",
        f"The sentence says “{said}”; the ficha gives another {en}: {shown}.",
        stated=said,
        computed=shown,
        evidence=(sentence.evidence, Evidence("figures", figure.record_key, "value", "input")),
    )
