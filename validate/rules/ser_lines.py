"""SER09: the constant rate or step that targets follow and no note declares."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.numbers import grouped, plain
from validate.arithmetic import arithmetic
from validate.comparison import Comparison, Evaluated
from validate.formula.evaluate import Span
from validate.growth import case_of, declares
from validate.growth import shown as shown_beside
from validate.lines import Followed, followed, is_flat, meets, reaches
from validate.notes_reading import claims
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.series import Point, baseline, target_path
from validate.view import IndicatorView


@rule("SER09", "info")
def targets_follow_a_line(view: IndicatorView) -> Iterator[Answer]:
    """Las metas siguen una tasa o un paso constante que ninguna nota declara.

    Qué revisa. Que cuatro metas o más avancen por un mismo paso, o que una misma tasa pase por
    todas ellas (o por todas menos una de en medio) dentro de su redondeo, tan exactamente que no
    puede ser casualidad. Dice la tasa o el paso, y si llega hasta la línea base.

    Por qué importa. Es el método no declarado con que se fijaron las metas. Además, si dos números
    se contradicen, el que está sobre la línea es el que se usó.

    Ejemplo. 130.53, 128.05, 125.62, 123.23 y 120.89 bajan 1.9 % cada año; dos años antes la línea
    pasa por 135.64, la línea base impresa (130.53 / 0.981² = 135.64).

    ---

    The targets follow a constant rate or step that no note declares.

    What it checks. Whether four targets or more advance by one step, or one rate passes through all
    of them (or all but one in the middle) within their rounding, so exactly that it cannot be
    coincidence. It says the rate or step, and whether it reaches back to the baseline.

    Why it matters. It is the undeclared method by which the targets were set. Besides, where two
    numbers contradict each other, the one on the line is the one that was used.

    Example. 130.53, 128.05, 125.62, 123.23 and 120.89 fall by 1.9 % a year; two years before, the
    line passes through 135.64, the printed baseline (130.53 / 0.981² = 135.64).
    """
    path = target_path(view)
    if len(path) < 3:
        yield not_applicable(
            view.record, "No hay tres metas que comparar.", "There are no three targets to compare."
        )
        return
    if is_flat(path):
        yield not_applicable(view.record, "Todas las metas son iguales.", "All targets are equal.")
        return
    case, falling = case_of(view, path), view.indicator.trend == "descendente"
    if any(declares(claim, case, falling) for claim in claims(view)):
        yield not_applicable(
            view.record,
            "Una nota declara el crecimiento: lo revisa SER05.",
            "A note states the growth: SER05 checks it.",
        )
        return
    found = followed(view)
    if found is None:
        yield passed(
            view.record,
            "Las metas no siguen una tasa ni un paso constante.",
            "The targets follow neither a constant rate nor a constant step.",
        )
        return
    yield _on_a_line(view, found)


def _on_a_line(view: IndicatorView, found: Followed) -> Answer:
    if found.growth == "compound":
        amount = f"{plain(found.amount * 100)} %"
        what_es, what_en = (
            f"una tasa constante de {amount} anual",
            f"a constant rate of {amount} a year",
        )
    else:
        amount = grouped(found.amount)
        what_es, what_en = (
            f"un paso constante de {amount} por año",
            f"a constant step of {amount} a year",
        )
    listed = ", ".join(point.shown for point in found.path)
    es = f"Las metas ({listed}) siguen {what_es} que ninguna nota declara."
    en = f"The targets ({listed}) follow {what_en} that no note declares."
    if found.corrected:
        final = found.path[-1]
        es += f" La línea confirma la meta final ({final.shown}) y no la última meta intermedia."
        en += f" The line confirms the final target ({final.shown}), not the last intermediate one."
    if found.off is not None:
        years = (found.off.year or 0) - (found.path[0].year or 0)
        would = shown_beside(found.path[0].value * (1 + found.amount) ** years, found.off)
        es += f" La de {found.off.year} ({found.off.shown}) no: sobre la línea sería {would}."
        en += f" That of {found.off.year} ({found.off.shown}) does not: on the line it is {would}."
    base = baseline(view)
    reached_es, reached_en, evidence = _reach(view, found, base)
    return failed(
        view.record,
        es + reached_es,
        en + reached_en,
        stated=listed,
        computed=amount,
        evidence=(
            *(point.evidence("stated") for point in found.path),
            *((found.off.evidence("other"),) if found.off is not None else ()),
            *evidence,
        ),
    )


def _reach(
    view: IndicatorView, found: Followed, base: Point | None
) -> tuple[str, str, tuple[Evidence, ...]]:
    """What the line says of the baseline, and of a method that gives another value for it."""
    if base is None:
        return "", "", ()
    steps = reaches(found, base)
    sums = arithmetic(view)
    computed = sums.by_method
    # Where it is not certain which phrase is which variable, nobody knows what the method gives.
    sure = isinstance(sums.method_against_baseline, Comparison)
    rival = computed.span if sure and isinstance(computed, Evaluated) else None
    disagree = rival is not None and not rival.meets(*base.interval)
    evidence = (base.evidence("input"),)
    if steps is not None:
        es = f" Llega a la línea base ({base.shown}, {base.year}) en {_paces(steps, 'es')}."
        en = f" It reaches the baseline ({base.shown}, {base.year}) in {_paces(steps, 'en')}."
        if disagree and rival is not None and not meets(found, rival.low, rival.high, steps):
            es += (
                f" Confirma la línea base impresa y no lo que da el método ({_about(rival, base)})."
            )
            en += (
                " It confirms the printed baseline, not what the method gives "
                f"({_about(rival, base)})."
            )
        return es, en, evidence
    if disagree and rival is not None and base.year is not None and found.path[0].year is not None:
        years = found.path[0].year - base.year
        if years > 0 and any(meets(found, rival.low, rival.high, n) for n in {years, 1}):
            return (
                f" Confirma lo que da el método ({_about(rival, base)}) y no la línea base impresa "
                f"({base.shown}).",
                f" It confirms what the method gives ({_about(rival, base)}), not the printed "
                f"baseline ({base.shown}).",
                evidence,
            )
    return " No llega a la línea base.", " It does not reach the baseline.", ()


def _about(span: Span, base: Point) -> str:
    return grouped(span.middle, base.places + 1)


def _paces(steps: int, language: str) -> str:
    if language == "es":
        return "un paso" if steps == 1 else f"{steps} pasos"
    return "one step" if steps == 1 else f"{steps} steps"
