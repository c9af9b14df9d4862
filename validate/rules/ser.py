"""SER01 to SER04: the series against the *línea base*, the *meta* and the expected trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalize.numbers import printed_agree
from normalize.schema import Trend
from validate.rule import Answer, failed, not_applicable, passed, rule
from validate.series import (
    Point,
    baseline,
    final_target,
    goes_against,
    has_no_value_yet,
    observed,
    of_indicator,
    target_path,
    worse,
)
from validate.units import kind_of
from validate.view import IndicatorView

_TREND_EN: dict[Trend, str] = {
    "ascendente": "rising",
    "descendente": "falling",
    "constante": "constant",
}


@rule("SER01", "error")
def base_year_in_history(view: IndicatorView) -> Iterator[Answer]:
    """El valor histórico del año base no es la línea base.

    Qué revisa. Que la serie histórica imprima, en el año de la línea base, el mismo valor que la
    línea base. Dos impresiones son la misma si la más fina redondea a la otra (100.00 y 100). No
    aplica si el año base no está en la serie o su valor no está disponible.

    Por qué importa. Es el mismo dato impreso dos veces; si difiere, uno de los dos es un error y
    todo avance que se mida desde ahí es dudoso.

    Ejemplo. Línea base 29.99 (2018) y serie histórica 2018: 29.89. La serie dice 0.10 menos.

    ---

    The historical value of the base year is not the baseline.

    What it checks. That the historical series prints, in the year of the baseline, the same value
    as the baseline. Two printings are the same when the finer rounds to the coarser (100.00 and
    100). Not applicable when the base year is not in the series or its value is not available.

    Why it matters. It is one figure printed twice; where it differs one of the two is wrong, and
    any progress measured from it is in doubt.

    Example. Baseline 29.99 (2018) and historical series 2018: 29.89. The series says 0.10 less.
    """
    base, year = baseline(view), view.indicator.baseline_year
    if base is None or year is None:
        yield not_applicable(
            view.record,
            "La línea base o su año no están disponibles.",
            "The baseline or its year is not available.",
        )
        return
    row = next((row for row in view.historical if row.year == year), None)
    if row is None:
        yield not_applicable(
            view.record,
            f"El año base {year} no está en la serie histórica.",
            f"The base year {year} is not in the historical series.",
        )
        return
    historical = observed(view, row)
    if historical is None:
        yield not_applicable(
            view.record,
            f"El valor histórico de {year} no está disponible ({row.value_text or 'vacío'}).",
            f"The historical value of {year} is not available ({row.value_text or 'empty'}).",
        )
        return
    yield _same(
        view,
        base,
        historical,
        f"El valor histórico de {year} ({historical.shown}) es la línea base ({base.shown}).",
        f"The historical value of {year} ({historical.shown}) is the baseline ({base.shown}).",
        f"El valor histórico de {year} ({historical.shown}) no es la línea base ({base.shown}).",
        f"The historical value of {year} ({historical.shown}) is not the baseline ({base.shown}).",
    )


@rule("SER02", "error")
def last_target_is_final(view: IndicatorView) -> Iterator[Answer]:
    """La última meta intermedia no es la meta final.

    Qué revisa. Que la meta intermedia del año de la meta final (la última, si su año no está
    impreso) tenga el mismo valor que la meta final. Dos impresiones son la misma si la más fina
    redondea a la otra. No aplica si la serie termina antes del año de la meta o, si este no está
    impreso, antes que el periodo del programa.

    Por qué importa. Es el mismo compromiso impreso dos veces; con dos valores no se puede decir si
    se cumplió.

    Ejemplo. Meta intermedia 2024: 32.84; meta final 2024: 32.48.

    ---

    The last intermediate target is not the final one.

    What it checks. That the intermediate target of the final target's year (the last one where
    that year is not printed) has the value of the final target. Two printings are the same when
    the finer rounds to the coarser. Not applicable when the series ends before the target's year
    or, where that is not printed, before the programme's period.

    Why it matters. It is one commitment printed twice; with two values nobody can say whether it
    was met.

    Example. Intermediate target 2024: 32.84; final target 2024: 32.48.
    """
    final = final_target(view)
    if final is None or not view.targets:
        yield not_applicable(
            view.record,
            "La meta final o las metas intermedias no están disponibles.",
            "The final target or the intermediate targets are not available.",
        )
        return
    last_year = view.targets[-1].year
    year = final.year or max(last_year, view.document.period_end or last_year)
    row = next((row for row in view.targets if row.year == year), None)
    if row is None:
        yield not_applicable(
            view.record,
            f"No hay meta intermedia de {year}, el año de la meta final: la serie termina en "
            f"{last_year}.",
            f"There is no intermediate target of {year}, the year of the final target: the series "
            f"ends in {last_year}.",
        )
        return
    last = observed(view, row)
    if last is None:
        yield not_applicable(
            view.record,
            f"La meta intermedia de {year} no está disponible ({row.value_text or 'vacía'}).",
            f"The intermediate target of {year} is not available ({row.value_text or 'empty'}).",
        )
        return
    yield _same(
        view,
        final,
        last,
        f"La meta intermedia de {year} ({last.shown}) es la meta final ({final.shown}).",
        f"The intermediate target of {year} ({last.shown}) is the final target ({final.shown}).",
        f"La meta intermedia de {year} ({last.shown}) no es la meta final ({final.shown}).",
        f"The intermediate target of {year} ({last.shown}) is not the final target "
        f"({final.shown}).",
    )


def _same(
    view: IndicatorView,
    stated: Point,
    other: Point,
    yes_es: str,
    yes_en: str,
    no_es: str,
    no_en: str,
) -> Answer:
    """One figure printed twice: passed where both printings agree."""
    agree = printed_agree(stated.number, other.number)
    answer = passed if agree else failed
    return answer(
        view.record,
        yes_es if agree else no_es,
        yes_en if agree else no_en,
        stated=stated.plain,
        computed=other.plain,
        difference=stated.value - other.value,
        evidence=(stated.evidence("stated"), other.evidence("other")),
    )


@rule("SER03", "warning")
def targets_follow_trend(view: IndicatorView) -> Iterator[Answer]:
    """Las metas van en contra de la tendencia esperada.

    Qué revisa. Con tendencia ascendente, que ninguna meta sea menor que la anterior y que la meta
    final no sea menor que la línea base; con descendente, lo contrario; con constante, que las
    metas sean iguales entre sí. Los tramos planos están bien. Una línea base de cero cuya nota dice
    que aún no hay dato no se compara.

    Por qué importa. O la tendencia está mal declarada, o una meta está mal impresa, o el programa
    se propone empeorar sin decirlo.

    Ejemplo. Tendencia ascendente, línea base 64 (2018), metas 57, 58, 59, 60 y 61: la meta final
    (61) queda 3 por debajo de la línea base.

    ---

    The targets go against the expected trend.

    What it checks. With a rising trend, that no target is below the one before and that the final
    one is not below the baseline; with a falling trend, the reverse; with a constant one, that the
    targets equal each other. Flat stretches are fine. A zero baseline whose note says that there is
    no value yet is not compared.

    Why it matters. The trend is declared wrongly, or a target is misprinted, or the programme plans
    to get worse without saying so.

    Example. Rising trend, baseline 64 (2018), targets 57, 58, 59, 60 and 61: the final target (61)
    is 3 below the baseline.
    """
    trend = view.indicator.trend
    path, final = target_path(view), final_target(view)
    if trend is None:
        yield not_applicable(
            view.record,
            "La tendencia esperada no está disponible.",
            "The expected trend is not available.",
        )
        return
    goal = final or (path[-1] if path else None)
    base = None if trend == "constante" or has_no_value_yet(view) else baseline(view)
    if goal is None or (len(path) < 2 and base is None):
        yield not_applicable(
            view.record,
            "No hay dos valores que comparar entre metas y línea base.",
            "There are no two values to compare among targets and baseline.",
        )
        return
    steps = _against(trend, path)
    behind = base if base is not None and worse(trend, goal, base) else None
    if not steps and behind is None:
        yield passed(
            view.record,
            f"Las metas van con la tendencia esperada ({trend}).",
            f"The targets go with the expected trend ({_TREND_EN[trend]}).",
        )
        return
    yield _against_trend(view, trend, steps, goal, behind)


def _against(trend: Trend, path: Sequence[Point]) -> list[tuple[Point, Point]]:
    """The pairs (earlier, later) of targets that go against the trend."""
    if trend == "constante":
        return [(path[0], later) for later in path[1:] if worse(trend, later, path[0])]
    return [(a, b) for a, b in pairwise(path) if goes_against(trend, b, a)]


def _against_trend(
    view: IndicatorView,
    trend: Trend,
    steps: Sequence[tuple[Point, Point]],
    goal: Point,
    behind: Point | None,
) -> Answer:
    parts_es, parts_en = [], []
    if steps:
        listed = "; ".join(f"{a.year}: {a.shown} → {b.year}: {b.shown}" for a, b in steps)
        if trend == "constante":
            parts_es.append(f"las metas no son iguales entre sí ({listed})")
            parts_en.append(f"the targets do not equal each other ({listed})")
        else:
            verb_es, verb_en = ("bajan", "fall") if trend == "ascendente" else ("suben", "rise")
            parts_es.append(f"las metas {verb_es} de un año a otro ({listed})")
            parts_en.append(f"the targets {verb_en} between years ({listed})")
    if behind is not None:
        parts_es.append(f"la meta final ({goal.shown}) es peor que la línea base ({behind.shown})")
        parts_en.append(
            f"the final target ({goal.shown}) is worse than the baseline ({behind.shown})"
        )
    sentence_es, sentence_en = " y ".join(parts_es), " and ".join(parts_en)
    stated, computed = (goal, behind) if behind is not None else (steps[0][1], steps[0][0])
    involved = dict.fromkeys(
        [point for pair in steps for point in pair] + ([goal, behind] if behind else [])
    )
    return failed(
        view.record,
        f"{sentence_es[0].upper()}{sentence_es[1:]}: la tendencia esperada es {trend}.",
        f"{sentence_en[0].upper()}{sentence_en[1:]}: the expected trend is {_TREND_EN[trend]}.",
        stated=stated.plain,
        computed=computed.plain,
        difference=stated.value - computed.value,
        evidence=(
            *(point.evidence("stated" if point == stated else "other") for point in involved),
            of_indicator(view, "trend"),
        ),
    )


@rule("SER04", "warning")
def accumulated_targets_never_fall(view: IndicatorView) -> Iterator[Answer]:
    """Las metas de un indicador acumulado bajan.

    Qué revisa. Que en un indicador acumulado ninguna meta sea menor que la anterior. Solo mira las
    metas. No aplica a variaciones, desviaciones, índices y saldos, que pueden bajar al acumularse,
    ni a tasas y porcentajes de tendencia descendente; sí a conteos y montos de cualquier tendencia.

    Por qué importa. Lo acumulado no puede disminuir; o el indicador es periódico, o una meta está
    mal impresa.

    Ejemplo. Unidades nuevas acumuladas 39, 212, 243, 238, 248: la meta de 2023 (238) es menor que
    la de 2022 (243).

    ---

    The targets of an accumulated indicator fall.

    What it checks. That in an accumulated indicator no target is below the one before. It looks at
    targets only. Not applicable to variations, deviations, indices and balances, which may fall
    while they accumulate, nor to rates and percentages with a falling trend; counts and amounts are
    checked whatever their trend.

    Why it matters. What accumulates cannot shrink; the indicator is periodic after all, or a target
    is misprinted.

    Example. New units, accumulated, 39, 212, 243, 238, 248: the target of 2023 (238) is below that
    of 2022 (243).
    """
    row = view.indicator
    if row.accumulation != "acumulado":
        known = row.accumulation == "periodico"
        yield not_applicable(
            view.record,
            "El indicador es periódico." if known else "No se sabe si el indicador es acumulado.",
            "The indicator is periodic." if known else "Whether it accumulates is not known.",
        )
        return
    kind = kind_of(view)
    if kind == "change" or (row.trend == "descendente" and kind not in ("count", "amount")):
        yield not_applicable(
            view.record,
            "Un valor de esta clase puede bajar aunque se acumule.",
            "A value of this kind may fall although it accumulates.",
        )
        return
    path = target_path(view)
    if len(path) < 2:
        yield not_applicable(
            view.record, "No hay dos metas que comparar.", "There are no two targets to compare."
        )
        return
    falls = _against("ascendente", path)
    if not falls:
        yield passed(
            view.record, "Las metas acumuladas no bajan.", "The accumulated targets do not fall."
        )
        return
    listed = "; ".join(f"{a.year}: {a.shown} → {b.year}: {b.shown}" for a, b in falls)
    earlier, later = falls[0]
    although = row.trend == "descendente"
    yield failed(
        view.record,
        f"Las metas bajan ({listed}), y el indicador se declara acumulado"
        f"{' aunque de tendencia descendente' if although else ''}.",
        f"The targets fall ({listed}), and the indicator is declared to accumulate"
        f"{' although with a falling trend' if although else ''}.",
        stated=later.plain,
        computed=earlier.plain,
        difference=later.value - earlier.value,
        evidence=(
            *(
                point.evidence("stated")
                for point in dict.fromkeys(point for pair in falls for point in pair)
            ),
            of_indicator(view, "accumulation"),
        ),
    )
