"""SER05, SER06 and SER09: what the notes say, or do not say, of how the targets came about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from normalize.numbers import grouped, plain, rounds_to
from validate.arithmetic import Evaluated, arithmetic
from validate.formula.evaluate import Span
from validate.growth import (
    Case,
    Reading,
    declares,
    literal_readings,
    other_readings,
    predicted,
    reproduces,
)
from validate.growth import shown as shown_beside
from validate.lines import Followed, followed, is_flat, meets, reaches
from validate.notes_reading import Claim, claims
from validate.parts import Part, parts
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.series import (
    Point,
    baseline,
    final_target,
    has_no_value_yet,
    of_indicator,
    points,
    target_path,
)
from validate.units import kind_of
from validate.view import IndicatorView


@rule("SER05", "warning")
def stated_growth_gives_targets(view: IndicatorView) -> Iterator[Answer]:
    """El crecimiento que declara una nota no da las metas, o solo con otra lectura.

    Qué revisa. Si una nota declara un crecimiento (en cifras o en palabras: «1 % anual», «uno por
    ciento», «1 punto porcentual», «incremento anual de 500»), calcula las metas con él. Lectura
    literal: una tasa anual se compone cada año desde la línea base; los puntos y las cantidades se
    suman cada año; sin «anual», el crecimiento es del periodo. Si la lectura literal no da las
    metas, busca otra que las dé y la muestra. Un porcentaje sin palabra de crecimiento, o un nivel
    por alcanzar («al 95 %»), no es un crecimiento declarado.

    Por qué importa. La nota es la única justificación impresa de la meta: si no la reproduce, la
    meta no tiene el sustento que dice tener.

    Ejemplo. Línea base 29.99 (2018), «tasa media anual de crecimiento del 0.57 por ciento», metas
    30.56, 31.13, …, 32.84. Con la tasa, 2024 sería 29.99 × 1.0057⁶ = 31.03; sumando 0.57 puntos por
    meta se obtienen todas: 29.99 + 5 × 0.57 = 32.84.

    ---

    The growth that a note states does not give the targets, or only under another reading.

    What it checks. Where a note states a growth (in digits or words: “1 % anual”, “uno por ciento”,
    “1 punto porcentual”, “incremento anual de 500”), it computes the targets from it. Literal
    reading: a yearly rate compounds every year from the baseline; points and amounts are added
    every year; without “anual” the growth is that of the period. Where the literal reading does not
    give the targets it looks for one that does, and shows it. A percentage without a word of
    growth, or a level to be reached (“al 95 %”), states no growth.

    Why it matters. The note is the only printed justification of the target: where it does not
    reproduce the target, the target does not rest on what it is said to rest on.

    Example. Baseline 29.99 (2018), “tasa media anual de crecimiento del 0.57 por ciento”, targets
    30.56, 31.13, …, 32.84. By the rate, 2024 would be 29.99 × 1.0057⁶ = 31.03; adding 0.57 points
    per target gives all of them: 29.99 + 5 × 0.57 = 32.84.
    """
    stated = claims(view)
    path = target_path(view)
    if not stated:
        yield not_applicable(
            view.record, "Ninguna nota declara un crecimiento.", "No note states a growth."
        )
        return
    if not path or is_flat(path):
        yield not_applicable(
            view.record,
            "No hay metas que crezcan o disminuyan.",
            "There are no targets that grow or shrink.",
        )
        return
    case = _case(view, path)
    falling = view.indicator.trend == "descendente"
    for claim in stated:
        literal = next(
            (r for r in literal_readings(claim, case, falling) if reproduces(claim, case, r)), None
        )
        if literal is not None:
            yield passed(
                view.record,
                f"El crecimiento declarado ({claim.amount.text}) da las metas: {literal.name_es}.",
                f"The stated growth ({claim.amount.text}) gives the targets: {literal.name_en}.",
                reading=literal.name_es,
            )
            return
    sure = [claim for claim in stated if claim.sure] or stated
    if len(sure) > 1:
        yield not_applicable(
            view.record,
            "Las notas declaran varios crecimientos y no se puede decidir cuál es el de las metas.",
            "The notes state several growths; which one is that of the targets is undecided.",
        )
        return
    yield _not_literal(view, sure[0], case, falling)


def _case(view: IndicatorView, path: tuple[Point, ...]) -> Case:
    base = None if has_no_value_yet(view) else baseline(view)
    return Case(
        base=base,
        historical=points(view, "historical"),
        path=path,
        exact=kind_of(view) == "count",
    )


def _not_literal(view: IndicatorView, claim: Claim, case: Case, falling: bool) -> Answer:
    """The answer to a claim whose literal readings give other targets, or none at all."""
    literal = next(
        (r for r in literal_readings(claim, case, falling) if predicted(claim, case, r)), None
    )
    other = next(
        (
            r
            for r in other_readings(claim, falling)
            if len(case.path) > 2 and reproduces(claim, case, r)
        ),
        None,
    )
    if literal is None and other is None:
        return not_applicable(
            view.record,
            "El crecimiento declarado parte de un valor que no está impreso.",
            "The stated growth starts from a value that is not printed.",
        )
    if other is None and (claim.hedged or not claim.sure or _is_level(view, claim)):
        return not_applicable(
            view.record,
            f"«{claim.amount.text}» no es con certeza el crecimiento de este indicador.",
            f"“{claim.amount.text}” is not with certainty the growth of this indicator.",
        )
    return _does_not_follow(view, claim, case, literal or other, other)


def _is_level(view: IndicatorView, claim: Claim) -> bool:
    """Whether the amount repeats a value of the series: a level, no growth."""
    stated = [final_target(view), baseline(view), *points(view, "target")]
    return claim.measure != "absolute" and any(
        point is not None and point.value == abs(claim.amount.fraction) for point in stated
    )


def _does_not_follow(
    view: IndicatorView, claim: Claim, case: Case, literal: Reading | None, other: Reading | None
) -> Answer:
    assert literal is not None
    rows = predicted(claim, case, literal)
    off = [(point, value) for point, value in rows if not rounds_to(value, point.number)]
    point, value = (off or rows)[-1]
    would = shown_beside(value, point)
    es = (
        f"El crecimiento declarado ({claim.amount.text}) no da las metas: con su lectura literal "
        f"({literal.name_es}) la meta de {point.year} sería {would} y la ficha dice {point.shown}."
    )
    en = (
        f"The stated growth ({claim.amount.text}) does not give the targets: read literally "
        f"({literal.name_en}) the target of {point.year} would be {would}; the ficha says "
        f"{point.shown}."
    )
    if other is not None:
        es += f" Las metas se obtienen con otra lectura: {other.name_es}."
        en += f" The targets follow from another reading: {other.name_en}."
    else:
        es += " Ninguna otra lectura conocida las da."
        en += " No other known reading gives them."
    start = (case.base,) if case.base is not None else ()
    return failed(
        view.record,
        es,
        en,
        stated=plain(point.value, point.number.places),
        computed=plain(value, point.number.places + 2),
        difference=point.value - value,
        reading=other.name_es if other else literal.name_es,
        evidence=(
            of_indicator(view, claim.field, "note"),
            *(target.evidence("stated") for target in case.path),
            *(base.evidence("input") for base in start),
        ),
    )


@rule("SER06", "warning")
def listed_parts_add_up(view: IndicatorView) -> Iterator[Answer]:
    """Las partes que lista una nota no suman la meta.

    Qué revisa. Si la nota de la meta lista dos o más partes contadas de lo mismo que cuenta el
    indicador, o de clases de ello, que su suma sea la meta; lo mismo con la nota de la línea base.
    Años, edades, porcentajes y montos no son partes.

    Por qué importa. El desglose y el total se publican juntos; si difieren, uno está mal.

    Ejemplo. Meta 248 unidades: «116 hospitales y 132 unidades de medicina familiar» suma 248. Con
    «123 unidades» sumaría 239.

    ---

    The parts that a note lists do not add up to the target.

    What it checks. Where the target's note lists two or more counted parts of what the indicator
    counts, or of kinds of it, that they add up to the target; likewise the baseline's note. Years,
    ages, percentages and amounts of money are no parts.

    Why it matters. Breakdown and total are published together; where they differ one is wrong.

    Example. Target of 248 units: “116 hospitales y 132 unidades de medicina familiar” adds up to
    248. With “123 unidades” it would be 239.
    """
    if kind_of(view) != "count":
        yield not_applicable(
            view.record, "El indicador no es un conteo.", "The indicator is not a count."
        )
        return
    row = view.indicator
    asked = (
        ("target_note", row.target_note, final_target(view), "la meta", "the target"),
        ("baseline_note", row.baseline_note, baseline(view), "la línea base", "the baseline"),
    )
    said = False
    for field, note, total, name_es, name_en in asked:
        listed = parts(note, view)
        if total is None or not listed or _recites(listed, view, total):
            continue
        said = True
        yield _summed(view, field, listed, total, name_es, name_en)
    if not said:
        yield not_applicable(
            view.record,
            "Ninguna nota lista partes de la meta en su unidad.",
            "No note lists parts of the target in its unit.",
        )


def _recites(listed: tuple[Part, ...], view: IndicatorView, total: Point) -> bool:
    """Whether the numbers are no parts: one is the whole already, or they repeat the series."""
    printed = {p.year: p.value for p in (*points(view, "historical"), *points(view, "target"))}
    repeated = sum(
        part.year is not None and printed.get(part.year) == part.value for part in listed
    )
    values = [part.value for part in listed]
    whole = any(value == total.value for value in values) and sum(values) != total.value
    return whole or repeated > 1


def _summed(
    view: IndicatorView,
    field: str,
    listed: tuple[Part, ...],
    total: Point,
    name_es: str,
    name_en: str,
) -> Answer:
    value = sum((part.value for part in listed), Fraction(0))
    written = " + ".join(grouped(part.value) for part in listed)
    agree = rounds_to(value, total.number)
    is_es, is_en = ("es", "is") if agree else ("no es", "is not")
    answer = passed if agree else failed
    return answer(
        view.record,
        f"La suma de las partes de la nota ({written} = {grouped(value)}) {is_es} {name_es} "
        f"({total.shown}).",
        f"The sum of the parts in the note ({written} = {grouped(value)}) {is_en} {name_en} "
        f"({total.shown}).",
        stated=plain(total.value, total.number.places),
        computed=plain(value),
        difference=total.value - value,
        evidence=(total.evidence("stated"), of_indicator(view, field, "note")),
    )


@rule("SER09", "info")
def targets_follow_a_line(view: IndicatorView) -> Iterator[Answer]:
    """Las metas siguen una tasa o un paso constante que ninguna nota declara.

    Qué revisa. Que cuatro metas o más avancen por un mismo paso, o que una misma tasa pase por
    todas ellas dentro de su redondeo, tan exactamente que no puede ser casualidad. Dice la tasa o
    el paso, y si llega hasta la línea base.

    Por qué importa. Es el método no declarado con que se fijaron las metas. Además, si dos números
    se contradicen, el que está sobre la línea es el que se usó.

    Ejemplo. 130.53, 128.05, 125.62, 123.23 y 120.89 bajan 1.9 % cada año; dos años antes la línea
    pasa por 135.64, la línea base impresa (130.53 / 0.981² = 135.64).

    ---

    The targets follow a constant rate or step that no note declares.

    What it checks. Whether four targets or more advance by one step, or one rate passes through all
    of them within their rounding, so exactly that it cannot be coincidence. It says the rate or
    step, and whether it reaches back to the baseline.

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
    case, falling = _case(view, path), view.indicator.trend == "descendente"
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
        amount = plain(found.amount)
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
    base = baseline(view)
    reached_es, reached_en, evidence = _reach(view, found, base)
    return failed(
        view.record,
        es + reached_es,
        en + reached_en,
        stated=listed,
        computed=amount,
        evidence=(*(point.evidence("stated") for point in found.path), *evidence),
    )


def _reach(
    view: IndicatorView, found: Followed, base: Point | None
) -> tuple[str, str, tuple[Evidence, ...]]:
    """What the line says of the baseline, and of a method that gives another value for it."""
    if base is None:
        return "", "", ()
    steps = reaches(found, base)
    computed = arithmetic(view).by_method
    rival = computed.span if isinstance(computed, Evaluated) else None
    disagree = rival is not None and not rival.meets(*base.number.interval)
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
    return grouped(span.middle, base.number.places + 1)


def _paces(steps: int, language: str) -> str:
    if language == "es":
        return "un paso" if steps == 1 else f"{steps} pasos"
    return "one step" if steps == 1 else f"{steps} steps"
