"""MON07 and MON10: stated ratios beside their parts, parts beside their wholes."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.figure_codes import BY_CODE, FigureCode
from normalize.numbers import grouped, plain
from normalize.schema import Figure
from normalize.text import match_key
from validate.comparison import AGREEING, relation
from validate.formula.evaluate import Span
from validate.rule import Answer, failed, not_applicable, passed, rule
from validate.stated import Stated, figures_of, sibling, stated_of
from validate.view import DocumentView

RATIOS = (
    ("coverage", "population_attended", "population_target"),
    ("budget_share", "programme_budget", "branch_budget"),
)
"""A stated ratio, what is divided, and by what."""

WHOLES = (
    ("population_attended", "population_target"),
    ("population_target", "population_potential"),
    ("population_attended", "population_potential"),
    ("men_attended", "population_attended"),
    ("women_attended", "population_attended"),
)
"""A part and its whole."""

PLACES = (
    ("states_attended", 32, "entidades federativas", "federal entities"),
    ("municipalities_attended", 2478, "municipios y demarcaciones", "municipalities"),
)
"""How many places the country has (INEGI, Marco Geoestadístico 2024; never more before)."""

INSIDE = (
    ("states_attended", "municipalities_attended"),
    ("municipalities_attended", "localities_attended"),
)
"""Places that each hold one of the others at least: where one is attended, one inside it is."""


@rule("MON07", "error", scope="document")
def ratios_follow_from_their_parts(document: DocumentView) -> Iterator[Answer]:
    """Una razón declarada no sale de sus partes.

    Qué revisa. Población atendida entre población objetivo, y presupuesto del programa entre el del
    ramo de cada año, contra el porcentaje impreso. Las poblaciones son exactas; los montos en
    millones son todos los que redondean a lo impreso. Si el porcentaje impreso es el calculado
    pero truncado, es advertencia.

    Por qué importa. La cobertura y el peso en el presupuesto son lo que se cita del programa.

    Ejemplo. 577,288 / 40,497,488 = 1.4255 %: «1.43 %» está bien, «1.34 %» no. 1,419.37 de
    487,852.24 millones son 0.29 %.

    ---

    A stated ratio does not follow from its stated parts.

    What it checks. Attended by target population, and the programme's budget by its branch's for
    each year, against the printed percentage. Populations are exact; amounts in millions are all
    that round to what is printed. Where the printed percentage is the computed one cut off, it is
    a warning.

    Why it matters. Coverage and share of the budget are what is quoted of the programme.

    Example. 577,288 / 40,497,488 = 1.4255 %: “1.43 %” is right, “1.34 %” is not. 1,419.37 of
    487,852.24 million are 0.29 %.
    """
    for code, above, below in RATIOS:
        for figure in figures_of(document, code):
            yield _ratio(document, figure, above, below)


def _ratio(document: DocumentView, figure: Figure, above: str, below: str) -> Answer:
    record = figure.record_key
    stated = stated_of(document, figure)
    parts = [_sibling(document, figure, code) for code in (above, below)]
    if stated is None or parts[0] is None or parts[1] is None:
        return not_applicable(
            record,
            "Falta la razón o una de sus partes (no disponible o no leída).",
            "The ratio or one of its parts is missing (not available or not read).",
        )
    part, whole = parts[0], parts[1]
    if whole.span.low <= 0:
        return not_applicable(record, "El divisor es cero.", "The divisor is zero.")
    if not _one_scale(part, whole):
        return not_applicable(
            record, "Las partes tienen unidades distintas.", "The parts have different units."
        )
    factor = 100 if stated.number.percent or "%" in (figure.unit or "") else 1
    span = Span(part.span.low / whole.span.high * factor, part.span.high / whole.span.low * factor)
    value = part.number.fraction / whole.number.fraction * factor
    kind = relation(value, span, stated.number)
    sign = " %" if factor == 100 else ""
    written = f"{part.printed} / {whole.printed} = {grouped(value)}{sign}"
    name = BY_CODE[figure.figure]
    year = f", {figure.year}" if figure.year else ""
    more = {
        "stated": plain(stated.number.fraction, stated.number.places),
        "computed": plain(value),
        "difference": stated.number.fraction - value,
        "evidence": (stated.evidence("stated"), part.evidence("input"), whole.evidence("input")),
    }
    if kind in AGREEING:
        return passed(
            record,
            f"{written}, impreso {stated.number.text}.",
            f"{written}, printed {stated.number.text}.",
            **more,
        )
    cut = kind == "truncated"
    return failed(
        record,
        f"{name.title_es}{year}: {written}, y se imprime {stated.number.text}"
        f"{' (truncado, no redondeado)' if cut else ''}.",
        f"{name.title_en}{year}: {written}, and {stated.number.text} is printed"
        f"{' (cut off, not rounded)' if cut else ''}.",
        severity="warning" if cut else None,
        **more,
    )


_ARTICLES = {
    "población": "la",
    "hombres": "los",
    "mujeres": "las",
    "entidades": "las",
    "municipios": "los",
    "localidades": "las",
}


@rule("MON10", "error", scope="document")
def parts_fit_their_wholes(document: DocumentView) -> Iterator[Answer]:
    """Una parte es mayor que su todo.

    Qué revisa. Población atendida ≤ objetivo ≤ potencial; hombres y mujeres atendidos, cada uno y
    sumados, ≤ población atendida (si se cuenta en personas); entidades atendidas ≤ 32 y municipios
    ≤ 2,478, los del país; entidades ≤ municipios ≤ localidades atendidas, pues donde se atiende una
    entidad se atiende al menos un municipio suyo. Poblaciones en unidades distintas no se comparan.

    Por qué importa. La población objetivo es parte de la potencial y la atendida de la objetivo,
    por definición; un todo menor que su parte es un dato mal puesto.

    Ejemplo. Población objetivo 97,837,470 y potencial 40,497,488: están cambiadas. Entidades
    atendidas 33.

    ---

    A part is larger than its whole.

    What it checks. Attended ≤ target ≤ potential population; men and women attended, each and added
    up, ≤ attended population (where it counts persons); states attended ≤ 32 and municipalities
    ≤ 2,478, those of the country; states ≤ municipalities ≤ localities attended, since where a
    state is attended one of its municipalities is. Populations in different units are not compared.

    Why it matters. The target population is part of the potential one and the attended one part of
    the target, by definition; a whole smaller than its part is a misplaced figure.

    Example. Target population 97,837,470 and potential 40,497,488: they are swapped. States
    attended 33.
    """
    for code, limit, places_es, places_en in PLACES:
        for figure in figures_of(document, code):
            yield _place(document, figure, limit, places_es, places_en)
    for code, inside in INSIDE:
        for figure in figures_of(document, code):
            yield from _inside(document, figure, inside)
    for part_code, whole_code in WHOLES:
        for figure in figures_of(document, part_code):
            whole = sibling(document, figure, whole_code)
            if whole is not None and not _is_between(document, figure, whole_code):
                yield _part(document, figure, whole)
    for men in figures_of(document, "men_attended"):
        yield from _both(document, men)


def _is_between(document: DocumentView, part: Figure, whole_code: str) -> bool:
    """Whether attended and potential population have the target between them, told apart there."""
    if (part.figure, whole_code) != ("population_attended", "population_potential"):
        return False
    target = sibling(document, part, "population_target")
    return target is not None and stated_of(document, target) is not None


def _place(
    document: DocumentView, figure: Figure, limit: int, places_es: str, places_en: str
) -> Answer:
    stated = stated_of(document, figure)
    if stated is None:
        return _unknown(figure)
    answer = passed if stated.number.fraction <= limit else failed
    name = BY_CODE[figure.figure]
    return answer(
        figure.record_key,
        f"{name.title_es}: {stated.number.text}; el país tiene {limit:,} {places_es}.",
        f"{name.title_en}: {stated.number.text}; the country has {limit:,} {places_en}.",
        stated=plain(stated.number.fraction),
        computed=str(limit),
        difference=stated.number.fraction - limit,
        evidence=(stated.evidence("stated"),),
    )


def _inside(document: DocumentView, figure: Figure, inside: str) -> Iterator[Answer]:
    """Places beside those that they are made of; nothing where one of them is not stated."""
    places, smaller = stated_of(document, figure), _sibling(document, figure, inside)
    if places is None or smaller is None or smaller.number.fraction == 0:
        return
    names = BY_CODE[figure.figure], BY_CODE[inside]
    more = places.number.fraction > smaller.number.fraction
    answer = failed if more else passed
    one, other = places.number.text, smaller.number.text
    yield answer(
        figure.record_key,
        f"{_the(names[0]).capitalize()} ({one}){' ' if more else ' no '}son más que "
        f"{_the(names[1])} ({other}).",
        f"{names[0].title_en} ({one}) are {'' if more else 'not '}more than "
        f"{names[1].title_en.lower()} ({other}).",
        stated=plain(places.number.fraction),
        computed=plain(smaller.number.fraction),
        difference=places.number.fraction - smaller.number.fraction,
        evidence=(places.evidence("stated"), smaller.evidence("input")),
    )


def _the(code: FigureCode) -> str:
    """A figure's Spanish title in small letters with its article."""
    title = code.title_es.lower()
    return f"{_ARTICLES[title.partition(' ')[0]]} {title}"


def _part(document: DocumentView, figure: Figure, whole_figure: Figure) -> Answer:
    part, whole = stated_of(document, figure), stated_of(document, whole_figure)
    if part is None or whole is None:
        return _unknown(figure)
    sexes = figure.figure in ("men_attended", "women_attended")
    if not _one_scale(part, whole) or (sexes and not _persons(whole_figure)):
        return not_applicable(
            figure.record_key,
            "Parte y todo tienen unidades distintas.",
            "Part and whole have different units.",
        )
    names = BY_CODE[figure.figure], BY_CODE[whole_figure.figure]
    more = {
        "stated": plain(part.number.fraction),
        "computed": plain(whole.number.fraction),
        "difference": part.number.fraction - whole.number.fraction,
        "evidence": (part.evidence("stated"), whole.evidence("input")),
    }
    one, other = part.number.text, whole.number.text
    larger = "son más" if sexes else "es mayor"
    if part.span.low > whole.span.high:
        return failed(
            figure.record_key,
            f"{_the(names[0]).capitalize()} ({one}) {larger} que {_the(names[1])} ({other}).",
            f"{names[0].title_en} ({one}) is larger than {names[1].title_en.lower()} ({other}).",
            **more,
        )
    return passed(
        figure.record_key,
        f"{_the(names[0]).capitalize()} ({one}) no {larger} que {_the(names[1])} ({other}).",
        f"{names[0].title_en} ({one}) is not larger than {names[1].title_en.lower()} ({other}).",
        **more,
    )


def _both(document: DocumentView, men_figure: Figure) -> Iterator[Answer]:
    """Men and women together, where each alone fits."""
    women_figure = sibling(document, men_figure, "women_attended")
    whole_figure = sibling(document, men_figure, "population_attended")
    if women_figure is None or whole_figure is None or not _persons(whole_figure):
        return
    men, women = stated_of(document, men_figure), stated_of(document, women_figure)
    whole = stated_of(document, whole_figure)
    if men is None or women is None or whole is None:
        return
    total = men.number.fraction + women.number.fraction
    if max(men.span.low, women.span.low) > whole.span.high:
        return
    answer = failed if men.span.low + women.span.low > whole.span.high else passed
    added = f"{men.number.text} + {women.number.text} = {grouped(total)}"
    yield answer(
        men_figure.record_key,
        f"Hombres y mujeres atendidos: {added}; población atendida: {whole.number.text}.",
        f"Men and women attended: {added}; attended population: {whole.number.text}.",
        stated=plain(total),
        computed=plain(whole.number.fraction),
        difference=total - whole.number.fraction,
        evidence=(men.evidence("stated"), women.evidence("stated"), whole.evidence("input")),
    )


def _sibling(document: DocumentView, figure: Figure, code: str) -> Stated | None:
    found = sibling(document, figure, code)
    return stated_of(document, found) if found is not None else None


def _one_scale(one: Stated, other: Stated) -> bool:
    """Whether two figures can be compared: one unit, or one of them prints none."""
    units = [match_key(each.figure.unit or "") for each in (one, other)]
    singular = [unit.removesuffix("s") for unit in units]
    return one.number.scale == other.number.scale and (
        not all(singular) or singular[0] == singular[1]
    )


def _persons(figure: Figure) -> bool:
    """Whether a population counts persons, as far as is printed."""
    unit = match_key(figure.unit or "")
    return not unit or unit.startswith(("persona", "habitante", "derechohabiente", "beneficiari"))


def _unknown(figure: Figure) -> Answer:
    return not_applicable(
        figure.record_key,
        "No disponible o no leída como un número.",
        "Not available, or not read as a number.",
    )
