"""The labels and headings of a budget programme's Ficha de Monitoreo, in their wordings."""

from __future__ import annotations

import re

from extract.labelled import Mark, is_number, is_text, is_year

KEY = re.compile(r"(?:\d{2,3}[\s.-]?)?([A-Z]\s?-?\s?\d{3})\b")
"""A programme's budget key: a letter and three digits, behind the branch's number where printed."""


def _is_key(text: str) -> bool:
    return bool(KEY.match(text.strip()))


def _no_value(text: str) -> bool:
    return False


def _heading(name: str, *wordings: str) -> Mark:
    return Mark(name, wordings, _no_value)


INDICATOR = (
    Mark("name", ("indicador", "nombre del indicador", "nombre"), is_text),
    Mark("frequency", ("frecuencia", "frecuencia de medicion", "periodicidad"), is_text),
    Mark("unit", ("unidad de medida", "unidad de medida del indicador"), is_text),
    Mark("base_year", ("ano base", "ano de linea base", "ano de la linea base"), is_year),
    Mark("baseline", ("linea base", "valor de la linea base"), is_number),
    Mark("goal", ("meta", "meta del indicador", "meta programada"), is_number, dated=True),
    Mark(
        "result",
        ("valor", "avance", "resultado", "valor alcanzado", "valor del indicador"),
        is_number,
        dated=True,
    ),
)
"""What is said of the main indicator; those that are numbers bear the codes of the figures."""
NUMBERS = ("base_year", "baseline", "goal", "result")

LETTERS = {
    "pp": "population_potential",
    "po": "population_target",
    "pa": "population_attended",
}
"""The letters that stand for the three populations."""

POPULATIONS = (
    Mark(
        "coverage",
        (
            "poblacion atendida poblacion objetivo",
            "poblacion atendida pa poblacion objetivo po",
            "cobertura pa po",
            "pa po",
            "pa po x 100",
            "porcentaje de cobertura",
            "cobertura poblacion atendida poblacion objetivo",
        ),
        is_number,
    ),
    Mark("population_potential", ("poblacion potencial", "poblacion potencial pp"), is_number),
    Mark("population_target", ("poblacion objetivo", "poblacion objetivo po"), is_number),
    Mark("population_attended", ("poblacion atendida", "poblacion atendida pa"), is_number),
)
PLACES = (
    Mark(
        "states_attended",
        ("entidades atendidas", "entidades federativas atendidas", "estados atendidos"),
        is_number,
    ),
    Mark("municipalities_attended", ("municipios atendidos", "municipios"), is_number),
    Mark("localities_attended", ("localidades", "localidades atendidas"), is_number),
    Mark("men_attended", ("hombres atendidos", "hombres"), is_number),
    Mark("women_attended", ("mujeres atendidas", "mujeres"), is_number),
)
UNITS = (
    Mark(
        "population_unit",
        (
            *(f"unidad de medida {mark}" for mark in LETTERS),
            "unidad de medida de la poblacion",
            "unidad de medida de las poblaciones",
        ),
        is_text,
    ),
)
OTHERS = (
    Mark(
        "start_year",
        ("ano de inicio del programa", "ano de inicio", "ano de inicio de operaciones"),
        is_year,
    ),
    Mark("key", ("clave presupuestaria", "clave presupuestal", "clave del programa"), _is_key),
)
HEADINGS = (
    _heading(
        "resultados",
        "cuales son los resultados del programa y como los mide",
        "cuales son los resultados del programa y como se miden",
        "resultados del programa",
        "resultados",
    ),
    _heading(
        "definicion", "definicion de poblacion objetivo", "definicion de la poblacion objetivo"
    ),
    Mark(
        "quantities",
        ("cuantificacion de poblaciones", "cuantificacion de la poblacion"),
        _no_value,
        dated=True,
    ),
    _heading("places", "cobertura"),
    _heading("evolution", "evolucion de la cobertura"),
    _heading("cobertura", "analisis de la cobertura", "analisis de cobertura"),
    _heading("sector", "analisis del sector", "analisis de sector"),
    _heading("indicador-sectorial", "indicador sectorial"),
    _heading("budget", "presupuesto ejercido", "presupuesto"),
)
SECTIONS = ("resultados", "definicion", "cobertura", "sector", "indicador-sectorial")
"""The headings that prose stands under; a statement's section is the heading's name."""

OTHER_TEXTS = (*SECTIONS, "start_year", "key", "quantities", "evolution")
"""What stands near the budget table and is none of it."""

MARKS = (*INDICATOR, *POPULATIONS, *PLACES, *UNITS, *OTHERS, *HEADINGS)
