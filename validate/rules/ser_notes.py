"""SER05 and SER06: what the notes say of how the targets came about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from normalize.numbers import grouped, plain
from validate.growth import (
    Case,
    Reading,
    case_of,
    literal_readings,
    other_readings,
    predicted,
    reproduces,
)
from validate.growth import shown as shown_beside
from validate.labelled_parts import labelled_parts
from validate.lines import is_flat
from validate.notes_reading import Claim, claims
from validate.parts import Part, parts
from validate.rule import Answer, failed, not_applicable, passed, rule
from validate.series import (
    Point,
    baseline,
    final_target,
    of_indicator,
    points,
    target_path,
)
from validate.units import kind_of
from validate.view import IndicatorView

LEVEL = Fraction(3, 4)
"""A year's number above this share of the total is no part of it but the level of that year."""


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
    case = case_of(view, path)
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
    if not any(character.isdigit() for character in claim.amount.text):
        return False  # "duplicar"
    stated = [final_target(view), baseline(view), *points(view, "target")]
    return claim.measure != "absolute" and any(
        point is not None and point.value == abs(claim.amount.fraction) for point in stated
    )


def _does_not_follow(
    view: IndicatorView, claim: Claim, case: Case, literal: Reading | None, other: Reading | None
) -> Answer:
    assert literal is not None
    rows = predicted(claim, case, literal)
    off = [(point, value) for point, value in rows if not point.is_rounded(value)]
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
        stated=point.plain,
        computed=plain(value, point.places + 2),
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
    Años, edades, porcentajes y montos no son partes, ni lo son las cantidades de cada año si no
    llegan al del total o el indicador es periódico, ni lo que la nota da como ejemplo («entre
    otras», «de las cuales»). Los números de una lista con nombres («Maestría: 120. Doctorado: 80.»)
    son partes si suman casi el total (a no más de una décima parte).

    Por qué importa. El desglose y el total se publican juntos; si difieren, uno está mal.

    Ejemplo. Meta 248 unidades: «116 hospitales y 132 unidades de medicina familiar» suma 248. Con
    «123 unidades» sumaría 239.

    ---

    The parts that a note lists do not add up to the target.

    What it checks. Where the target's note lists two or more counted parts of what the indicator
    counts, or of kinds of it, that they add up to the target; likewise the baseline's note. Years,
    ages, percentages and amounts of money are no parts, nor are the numbers of each year where they
    do not reach that of the total or the indicator is periodic, nor what the note gives as an
    example (“entre otras”, “de las cuales”). The numbers of a list of names (“Maestría: 120.
    Doctorado: 80.”) are parts where they add up to nearly the total (within a tenth of it).

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
        if total is None:
            continue
        listed = parts(note, view) or labelled_parts(note, view, total.value)
        if not listed or _recites(listed, view, total):
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
    """Whether the numbers are no parts: one is the whole already, or they repeat the series, or
    are tied to years that do not lead to the whole, or leave out some of it."""
    printed = {p.year: p.value for p in (*points(view, "historical"), *points(view, "target"))}
    repeated = sum(
        part.year is not None and printed.get(part.year) == part.value for part in listed
    )
    values = [part.value for part in listed]
    if listed[0].of_whole and sum(values) < total.value:
        return True  # "de las 200 becas, 30 son de maestría": the others are not listed
    if sum(values) == total.value:
        return repeated > 1
    if all(part.year is not None for part in listed):
        last = max(part.year or 0 for part in listed)
        periodic = view.indicator.accumulation == "periodico"
        if periodic or last != total.year or max(values) > LEVEL * total.value:
            return True
    return repeated > 1 or total.value in values


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
    agree = total.is_rounded(value)
    is_es, is_en = ("es", "is") if agree else ("no es", "is not")
    answer = passed if agree else failed
    return answer(
        view.record,
        f"La suma de las partes de la nota ({written} = {grouped(value)}) {is_es} {name_es} "
        f"({total.shown}).",
        f"The sum of the parts in the note ({written} = {grouped(value)}) {is_en} {name_en} "
        f"({total.shown}).",
        stated=total.plain,
        computed=plain(value),
        difference=total.value - value,
        evidence=(total.evidence("stated"), of_indicator(view, field, "note")),
    )
