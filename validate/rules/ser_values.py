"""SER07 and SER08: values outside their unit, years missing from a series."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.schema import Observation, Series, Severity
from normalize.text import match_key
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.series import Point, baseline, final_target, of_indicator, points
from validate.units import Kind, kind_of
from validate.view import DocumentView, IndicatorView

ENOUGH_FICHAS = 5
"""So many other fichas make a habit of a document's template."""

_KIND_ES: dict[Kind, str] = {
    "share": "un porcentaje de un todo",
    "execution": "un cociente de lo ejecutado entre lo programado",
    "ratio": "un cociente de dos cosas distintas",
    "count": "un conteo",
    "rate": "una tasa",
}
_KIND_EN: dict[Kind, str] = {
    "share": "a percentage of a whole",
    "execution": "a ratio of executed to programmed",
    "ratio": "a ratio of two unlike things",
    "count": "a count",
    "rate": "a rate",
}
_NEVER_NEGATIVE = re.compile(r"\b(?:tasa|por cada|por (?:mil|100|1 000)|x (?:mil|100|1 ?000))\b")
_SERIES_ES: dict[Series, str] = {
    "historical": "la serie histórica",
    "target": "las metas intermedias",
}
_SERIES_EN: dict[Series, str] = {
    "historical": "the historical series",
    "target": "the intermediate targets",
}
_EVERY_SO_MANY_YEARS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\b(?:decenal|cada (?:diez|10) anos)"), 10),
    (re.compile(r"\b(?:sexenal|cada (?:seis|6) anos)"), 6),
    (re.compile(r"\b(?:quinquenal|cada (?:cinco|5) anos)"), 5),
    (re.compile(r"\b(?:cuatrienal|cuadrienal|cada (?:cuatro|4) anos)"), 4),
    (re.compile(r"\b(?:trienal|cada (?:tres|3) anos)"), 3),
    (re.compile(r"\b(?:bienal|bianual|cada (?:dos|2) anos)"), 2),
    (re.compile(r"\b(?:anual|semestral|(?:cua)?trimestral|bimestral|mensual|quincenal|diari)"), 1),
)
"""What the words of a frequency mean in years, the longest first."""


@rule("SER07", "warning")
def values_fit_their_unit(view: IndicatorView) -> Iterator[Answer]:
    """Un valor está fuera de lo que permite su unidad.

    Qué revisa. En línea base, meta, serie histórica y metas intermedias: que el porcentaje de un
    todo no sea negativo ni mayor que 100, que un conteo no sea negativo ni tenga fracción y que una
    tasa por habitantes no sea negativa. Lo ejecutado entre lo programado puede pasar de 100 (se
    informa). Variaciones, desviaciones, índices, diferencias y saldos pueden tomar cualquier valor.
    Si las palabras de la ficha no dicen qué clase de valor es, la regla no aplica.

    Por qué importa. Suele ser un punto decimal perdido, una unidad equivocada o un dato de otro
    renglón.

    Ejemplo. «Porcentaje de unidades supervisadas» con meta 2022: 895: falta el punto de 89.5.

    ---

    A value is outside what its unit allows.

    What it checks. In baseline, target, historical series and intermediate targets: that the
    percentage of a whole is neither negative nor above 100, that a count is neither negative nor
    fractional, and that a rate per inhabitants is not negative. Executed over programmed may exceed
    100 (said as information). Variations, deviations, indices, differences and balances may take
    any value. Where the words of the ficha do not tell the kind of value, the rule does not apply.

    Why it matters. It tends to be a lost decimal point, a wrong unit or a figure of another row.

    Example. “Porcentaje de unidades supervisadas” with target 2022: 895: the point of 89.5 is lost.
    """
    kind = kind_of(view)
    values = _stated_values(view)
    if not values:
        yield not_applicable(
            view.record, "No hay valores disponibles.", "There are no values available."
        )
        return
    negative = _NEVER_NEGATIVE.search(match_key(view.indicator.unit or "")) is not None
    if kind not in _KIND_ES or (kind == "rate" and not negative):
        unit = view.indicator.unit or ""
        yield not_applicable(
            view.record,
            f"La unidad «{unit}» no limita sus valores, o no se sabe cómo.",
            f"The unit “{unit}” does not bound its values, or how it does is not known.",
        )
        return
    offences: tuple[tuple[list[Point], str, str, Severity | None], ...] = (
        ([p for p in values if p.value < 0], "menor que 0", "below 0", None),
        (
            [p for p in values if kind == "count" and p.value.denominator != 1],
            "con fracción",
            "with a fraction",
            None,
        ),
        (
            [p for p in values if kind in ("share", "execution", "ratio") and p.value > 100],
            "mayor que 100",
            "above 100",
            None if kind == "share" else "info",
        ),
    )
    if not any(found for found, *_ in offences):
        yield passed(
            view.record,
            f"Los valores impresos ({len(values)}) son los de {_KIND_ES[kind]}.",
            f"The printed values ({len(values)}) are those of {_KIND_EN[kind]}.",
        )
    for found, what_es, what_en, severity in offences:
        if found:
            may_be = severity == "info"
            judged_es = "Puede darse" if may_be else "No es de esperar"
            judged_en = "may occur" if may_be else "is not to be expected"
            yield failed(
                view.record,
                f"{judged_es} en {_KIND_ES[kind]} un valor {what_es}: {_listed(found, 'es')}.",
                f"A value {what_en} {judged_en} in {_KIND_EN[kind]}: {_listed(found, 'en')}.",
                stated=found[0].plain,
                evidence=(
                    *(point.evidence("stated") for point in found),
                    of_indicator(view, "unit"),
                ),
                severity=severity,
            )


def _stated_values(view: IndicatorView) -> list[Point]:
    """Every known value of an indicator: baseline, final target and both series."""
    single = [point for point in (baseline(view), final_target(view)) if point is not None]
    return [*single, *points(view, "historical"), *points(view, "target")]


def _listed(found: Sequence[Point], language: str) -> str:
    names = {
        "baseline_value": ("línea base", "baseline"),
        "target_value": ("meta final", "final target"),
    }
    series = {"historical": ("histórico", "historical"), "target": ("meta", "target")}
    texts = []
    for point in found:
        pair = names.get(point.field) or series[point.record.split("/")[1]]
        year = f" {point.year}" if point.year is not None else ""
        texts.append(f"{pair[language == 'en']}{year}: {point.shown}")
    return "; ".join(texts)


@rule("SER08", "warning", scope="document")
def no_year_is_missing(document: DocumentView) -> Iterator[Answer]:
    """Falta un año en una serie.

    Qué revisa. Que entre el primer y el último año impresos de cada serie no falte ninguno. Una
    serie que avanza a pasos iguales de varios años está completa, y también la que no se salta más
    años que los de su periodicidad (bienal, trienal, quinquenal) o solo omite años que ninguna otra
    ficha del documento imprime. Si todas las demás fichas (cinco o más) empiezan y terminan en los
    mismos años, se revisa también que no falte el primero o el último, y si las demás llegan hasta
    el año de su meta final, que las metas intermedias lo hagan.

    Por qué importa. Un renglón perdido no se nota a la vista y corre los valores de año.

    Ejemplo. Metas 2020, 2021, 2023 y 2024 de un indicador anual: falta 2022.

    ---

    A year is missing from a series.

    What it checks. That no year is missing between the first and the last that each series prints.
    A series that goes by equal steps of several years is complete, and so is one that skips no more
    years than its frequency does (every two, three or five years) or leaves out only years that no
    other ficha of the document prints. Where all other fichas (five or more) begin and end in the
    same years, that the first or the last one is not missing is checked too, and where the others
    reach the year of their final target, that the intermediate targets do.

    Why it matters. A lost row does not catch the eye and moves values to other years.

    Example. Targets 2020, 2021, 2023 and 2024 of a yearly indicator: 2022 is missing.
    """
    for view in document.indicators:
        for series in ("historical", "target"):
            yield _missing(document, view, series)


def _rows(view: IndicatorView, series: Series) -> tuple[Observation, ...]:
    return view.historical if series == "historical" else view.targets


def _missing(document: DocumentView, view: IndicatorView, series: Series) -> Answer:
    rows = _rows(view, series)
    own = view.indicator.indicator_id
    name_es, name_en = _SERIES_ES[series], _SERIES_EN[series]
    if not rows:
        return replace(
            not_applicable(
                view.record, f"No hay años en {name_es}.", f"There are no years in {name_en}."
            ),
            indicator_id=own,
        )
    others = [
        {row.year for row in _rows(other, series)}
        for other in document.indicators
        if other is not view and _rows(other, series)
    ]
    years = [row.year for row in rows]
    span = "-".join(map(str, dict.fromkeys((years[0], years[-1]))))
    inside = _inside(view, years, others)
    edges = _edges(view, years, others)
    if series == "target" and not edges:
        edges = _before_the_final(document, view, years)
    if not inside and not edges:
        return replace(
            passed(
                view.record,
                f"No faltan años en {name_es} ({span}).",
                f"No years are missing in {name_en} ({span}).",
            ),
            indicator_id=own,
        )
    if _has_an_unread_year(view, series):
        return replace(
            not_applicable(
                view.record,
                f"Un año de {name_es} no se pudo leer: no se sabe si falta alguno.",
                f"A year of {name_en} could not be read: whether one is missing is not known.",
            ),
            indicator_id=own,
        )
    missing = sorted({*inside, *edges})
    absent = ", ".join(map(str, missing))
    verb_es, verb_en = ("falta", "is") if len(missing) == 1 else ("faltan", "are")
    why_es = "" if inside else ", que las demás fichas imprimen"
    why_en = "" if inside else ", which the other fichas print"
    return replace(
        failed(
            view.record,
            f"En {name_es} ({span}) {verb_es} {absent}{why_es}.",
            f"In {name_en} ({span}) {absent} {verb_en} missing{why_en}.",
            stated=", ".join(map(str, years)),
            computed=absent,
            evidence=tuple(
                Evidence("observations", row.record_key, "year", "stated") for row in rows
            ),
        ),
        indicator_id=own,
    )


def _has_an_unread_year(view: IndicatorView, series: Series) -> bool:
    """Whether the reading found a year of the series that it could not read (REA03 says so)."""
    return any(
        note.table_name == "observations"
        and note.field == "year"
        and note.rule == "REA03"
        and note.record.split("/")[1:2] == [series]
        for note in view.notes
    )


def _inside(view: IndicatorView, years: Sequence[int], others: Sequence[set[int]]) -> list[int]:
    """The years missing between the first and the last."""
    step = _step(view, [later - earlier for earlier, later in pairwise(years)])
    missing = [
        year
        for earlier, later in pairwise(years)
        if step and (later - earlier) % step == 0
        for year in range(earlier + step, later, step)
    ]
    if len(others) < ENOUGH_FICHAS:
        return missing
    printed = set().union(*others)
    return [year for year in missing if year in printed]


def _stated_interval(view: IndicatorView) -> int | None:
    """The years between two measurements by the words of the frequency, if they say so."""
    frequency = match_key(view.indicator.frequency or "")
    return next((n for words, n in _EVERY_SO_MANY_YEARS if words.search(frequency)), None)


def _step(view: IndicatorView, gaps: Sequence[int]) -> int:
    """The years from one row of a series to the next where none is missing, 0 where it has no
    such step."""
    stated = _stated_interval(view)
    if not gaps or (len(set(gaps)) == 1 and (len(gaps) > 1 or gaps[0] == 1)):
        return 0
    commonest = max(set(gaps), key=lambda gap: (gaps.count(gap), gap))
    if stated is not None and stated > 1:
        return min(stated, commonest)
    if 1 in gaps or (stated == 1 and gaps == [2]):
        return 1
    least = min(gaps)
    habit = 2 * gaps.count(least) > len(gaps) and all(gap % least == 0 for gap in gaps)
    return least if habit else 0


def _edges(view: IndicatorView, years: Sequence[int], others: Sequence[set[int]]) -> list[int]:
    """The year that all other fichas print right before or behind the ones printed here.

    Only one at each end: a lost row. A series that starts years later is a shorter series.
    """
    if len(others) < ENOUGH_FICHAS or (_stated_interval(view) or 1) > 1:
        return []
    spans = {(min(other), max(other)) for other in others}
    if len(spans) != 1:
        return []
    (first, last), common = spans.pop(), set.intersection(*map(set, others))
    ends = ((first, years[0] - 1), (last, years[-1] + 1))
    return [beyond for end, beyond in ends if beyond == end and end in common]


def _before_the_final(
    document: DocumentView, view: IndicatorView, years: Sequence[int]
) -> list[int]:
    """The final target's year where the series stops right before it and those of others do not."""
    final = view.indicator.target_year
    steps = {later - earlier for earlier, later in pairwise(years)}
    if final is None or final != years[-1] + 1 or steps - {1}:
        return []
    reach = Counter(
        other.indicator.target_year in {row.year for row in other.targets}
        for other in document.indicators
        if other is not view and other.targets and other.indicator.target_year is not None
    )
    return [final] if reach[True] >= 2 and reach[True] > reach[False] else []
