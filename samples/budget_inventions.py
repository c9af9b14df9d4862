"""Invented budget programmes, and what a reader must find of them."""

from __future__ import annotations

import random
from dataclasses import replace

from normalize.text import join_lines
from samples.budget_ficha import BudgetFicha, Lines, Pairs, read_ficha
from samples.figure_tally import Truth

Expected = set[tuple[str, str, int, str]]
"""Code, subject, year and printed text of every figure."""

PLACES = {
    "Entidades atendidas": "states_attended",
    "Municipios atendidos": "municipalities_attended",
    "Localidades": "localities_attended",
    "Hombres atendidos": "men_attended",
    "Mujeres atendidas": "women_attended",
}
INFO = {"Año base:": "base_year", "Meta:": "goal", "Valor:": "result", "Línea base:": "baseline"}
POPULATIONS = {
    "Población Potencial (PP)": "population_potential",
    "Población Objetivo (PO)": "population_target",
    "Población Atendida (PA)": "population_attended",
}
PROGRAMMES = (
    ("S072", "Programa de Becas para el Bosque", "Secretaría de los Bosques"),
    ("E003", "Investigación en Suelos", "Instituto Nacional de Suelos y Semillas"),
    ("U007", "Apoyos a Ferrocarriles Rurales", "Comisión de Caminos y Puertos Menores"),
    ("S259", "Fomento a la Miel", "Consejo Nacional de Apicultura"),
    ("E012", "Prestaciones sociales", "Instituto de Seguridad de los Faros"),
)
SENTENCE = (
    "En el año de referencia el programa atendió a {n} personas en {m} municipios y la población "
    "objetivo fue menor que la prevista, por lo que la meta no se alcanzó. Los resultados deben "
    "leerse con cuidado, ya que el valor de cada indicador depende de los registros locales."
)


def invented(number: int) -> BudgetFicha:
    """A programme of chance: other names, years and numbers than any that is published."""
    dice = random.Random(number)
    key, name, institution = PROGRAMMES[number % len(PROGRAMMES)]
    year = dice.randint(2016, 2026)
    attended = dice.randint(900, 9_000_000)
    target = attended * dice.randint(2, 30)
    text = (SENTENCE.format(n=f"{dice.randint(1000, 90000):,}", m=dice.randint(3, 90)) * 2,)
    return replace(
        read_ficha(),
        heading=f"Ficha de Monitoreo {year}-{year + 1}",
        name=name,
        institution=institution,
        objective=(
            "Contribuir al bienestar de las personas que habitan en localidades pequeñas mediante "
            "la entrega oportuna de apoyos y el acompañamiento de las comunidades rurales.",
        ),
        result=text,
        indicators=(_info(dice, year),),
        legend=("Avance", f"Meta {year}"),
        definition=(SENTENCE.format(n=target, m=12),),
        places=_places(dice),
        unit=("Unidad de Medida", "PA", dice.choice(("Persona", "Vivienda", "Becaria o becario"))),
        year=f"Valor {year}",
        populations=tuple(
            zip(POPULATIONS, (f"{n:,}" for n in (target * 2, target, attended)), strict=True)
        ),
        ratio=(("Población Atendida/", "Población Objetivo"), f"{100 * attended / target:.2f} %"),
        analysis=text,
        sector=(SENTENCE.format(n=7, m=8),),
        budget=_budget(dice, year, dice.randint(3, 8)),
        start=f"Año de inicio del programa: {year - dice.randint(1, 30)}",
        key=f"Clave Presupuestaria {key}",
    )


def _info(dice: random.Random, year: int) -> Pairs:
    return (
        ("Frecuencia:", dice.choice(("Anual", "Semestral", "Trimestral"))),
        ("Año base:", str(year - dice.randint(1, 9))),
        ("Meta:", f"{dice.uniform(1, 99):.2f}"),
        ("Valor:", f"{dice.uniform(1, 99):.2f}"),
    )


def _places(dice: random.Random) -> Pairs:
    numbers = [
        dice.choice((str(dice.randint(2, 32)), f"{dice.randint(1000, 2469):,}", "ND", "NA", "n.d."))
        for _ in PLACES
    ]
    return tuple(zip(PLACES, numbers, strict=True))


def _budget(dice: random.Random, last: int, years: int) -> tuple[Lines, ...]:
    rows = []
    for year in range(last - years + 1, last + 1):
        programme, branch = dice.uniform(5, 9000), dice.uniform(90_000, 900_000)
        share = 100 * programme / branch
        rows.append((str(year), f"{programme:,.2f}", f"{branch:,.2f}", f"{share:.2f} %"))
    return tuple(rows)


def expected(ficha: BudgetFicha) -> Expected:
    """Every figure that a ficha states."""
    found: Expected = set()
    for number, pairs in enumerate(ficha.indicators, start=1):
        subject = dict(pairs).get("Indicador:", "" if number == 1 else str(number))
        found |= {(INFO[label], subject, 0, value) for label, value in pairs if label in INFO}
    found |= {(PLACES[label], "", 0, value) for label, value in ficha.places}
    year = int(ficha.year.split()[-1]) if ficha.year else 0
    if ficha.populations:
        found |= {(POPULATIONS[label], "", year, value) for label, value in ficha.populations}
        if ficha.ratio[1]:
            found.add(("coverage", "", year, ficha.ratio[1]))
    for row in ficha.budget:
        codes = ("programme_budget", "branch_budget", "budget_share")
        found |= {(code, "", int(row[0]), text) for code, text in zip(codes, row[1:], strict=True)}
    if ficha.start:
        found.add(("start_year", "", 0, ficha.start.split()[-1]))
    return found


def truth(ficha: BudgetFicha) -> Truth:
    """What a reading of a ficha must hold."""
    first, last = ficha.heading.split()[-1].split("-")
    return Truth(
        figures={(code, subject, year): text for code, subject, year, text in expected(ficha)},
        statements={
            "objetivo": join_lines(ficha.objective),
            "resultados": join_lines(ficha.result),
            "definicion": join_lines(ficha.definition),
            "cobertura": join_lines(ficha.analysis),
            "sector": join_lines(ficha.sector),
            "indicador-sectorial": join_lines(ficha.link),
        },
        document={
            "title": ficha.name,
            "institution": ficha.institution,
            "period_start": first,
            "period_end": last,
        },
        units={
            **dict.fromkeys(POPULATIONS.values(), ficha.unit[-1]),
            "programme_budget": "MDP",
            "branch_budget": "MDP",
            "budget_share": "%",
            "coverage": "%",
        },
    )
