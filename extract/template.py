"""Templates as data: which labels a ficha has, how they may be worded, where their values stand.

The template of another administration is another :class:`Template` in :data:`TEMPLATES`; no code
changes. Labels are compared without accents, case and punctuation, and a slip of a letter or two
is forgiven (:mod:`extract.labels`); only other wordings need to be listed here. In a wording,
``{n}`` stands for a small number, ``{year}`` for a year; a wording with a number does not match a
label without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

At = Literal["right", "below", "grid", "none"]
"""Where a label's value stands: in the cell to its right; in the cells under it, down to the next
label; in rows of years over rows of values under it; nowhere (a section's title). Where a label
has nothing to its right but another label, its value is looked for below, and the reverse."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label. ``field`` is the name in :class:`~extract.types.RawFicha` (``variable.name`` and
    so on for the numbered rows, ``historical`` and ``targets`` for the grids, "" for titles).

    ``within``: the section it belongs to, where its wording alone does not tell. ``opens``: the
    section that begins with it. ``year_field``: the field that the year in the label gives.
    """

    field: str
    at: At
    wordings: tuple[str, ...]
    within: str = ""
    opens: str = ""
    year_field: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a ficha: a ``measure`` in its wordings, and what may follow it.

    ``{objective}`` is the number of the objective; ``{n}`` is a number of no further meaning.
    """

    measure: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """``start`` are the wordings of the title with which a ficha begins; ``identity`` is the field
    that no ficha has twice; ``least`` how many of its fields make a ficha, where the title alone
    does not tell."""

    name: str
    start: tuple[str, ...]
    identity: str
    headings: tuple[Heading, ...]
    labels: tuple[Label, ...]
    least: int = 0

    @property
    def fields(self) -> frozenset[str]:
        """What its labels give, years included; other fields are null and no loss."""
        years = (label.year_field for label in self.labels)
        return frozenset({*(label.field for label in self.labels), *years} - {""})


_ENDINGS = (
    "",
    "{n}",
    "del objetivo prioritario {objective}",
    "del objetivo {objective}",
    "objetivo prioritario {objective}",
    "{n} del objetivo prioritario {objective}",
    "{n} del objetivo {objective}",
    "{n} objetivo prioritario {objective}",
)

ELEMENTOS_2020 = Template(
    name="elementos-2020",
    start=(
        "Elementos de meta para el bienestar o parámetro",
        "Elementos de la meta para el bienestar o parámetro",
        "Elementos de meta del bienestar o parámetro",
        "Elementos de meta para el bienestar",
        "Elementos de la meta para el bienestar",
        "Elementos del parámetro",
    ),
    identity="name",
    headings=(
        Heading(
            ("Meta para el bienestar", "Meta del bienestar", "Meta de bienestar"),
            _ENDINGS,
        ),
        Heading(("Parámetro",), _ENDINGS),
    ),
    labels=(
        Label("name", "right", ("Nombre", "Nombre del indicador", "Nombre del parámetro")),
        Label(
            "objective",
            "right",
            ("Objetivo prioritario", "Objetivo", "Objetivo prioritario al que corresponde"),
        ),
        Label("definition", "right", ("Definición o descripción", "Definición", "Descripción")),
        Label(
            "disaggregation",
            "right",
            ("Nivel de desagregación", "Desagregación", "Desagregación geográfica"),
        ),
        Label(
            "frequency",
            "right",
            (
                "Periodicidad o frecuencia de medición",
                "Frecuencia de medición",
                "Periodicidad",
                "Periodicidad de medición",
            ),
        ),
        Label("kind", "right", ("Tipo", "Tipo de indicador")),
        Label(
            "accumulation",
            "right",
            ("Acumulado o periódico", "Periódico o acumulado", "Tipo de acumulación"),
        ),
        Label("unit", "right", ("Unidad de medida",)),
        Label(
            "collection_period",
            "right",
            (
                "Periodo de recolección de datos",
                "Periodo de recolección de los datos",
                "Periodo de recolección",
            ),
        ),
        Label("dimension", "right", ("Dimensión", "Dimensión del indicador")),
        Label(
            "availability",
            "right",
            ("Disponibilidad de la información", "Disponibilidad de información"),
        ),
        Label("trend", "right", ("Tendencia esperada", "Tendencia", "Sentido esperado")),
        Label(
            "responsible_unit",
            "right",
            (
                "Unidad responsable de reportar el avance",
                "Unidad responsable de reportar avance",
                "Unidad responsable",
                "UR responsable de reportar el avance",
            ),
        ),
        Label(
            "method",
            "right",
            ("Método de cálculo", "Método de cálculo del indicador", "Fórmula de cálculo"),
        ),
        Label("remarks", "right", ("Observaciones",)),
        Label(
            "",
            "none",
            (
                "Aplicación del método de cálculo del indicador para la obtención del valor de la "
                "línea base",
                "Aplicación del método de cálculo para la obtención del valor de la línea base",
                "Aplicación del método de cálculo para la obtención de la línea base",
                "Aplicación del método de cálculo",
            ),
            opens="application",
        ),
        Label(
            "variable.name",
            "right",
            ("Nombre variable {n}", "Nombre de la variable {n}", "Nombre variable"),
        ),
        Label(
            "variable.value",
            "right",
            ("Valor variable {n}", "Valor de la variable {n}", "Valor variable"),
        ),
        Label(
            "variable.source",
            "right",
            (
                "Fuente de información variable {n}",
                "Fuente de información de la variable {n}",
                "Fuente de la variable {n}",
                "Fuente variable {n}",
                "Fuente de información",
                "Fuente de información variable",
            ),
        ),
        Label(
            "substitution",
            "right",
            (
                "Sustitución en método de cálculo del indicador",
                "Sustitución en el método de cálculo del indicador",
                "Sustitución en método de cálculo",
                "Sustitución en el método de cálculo",
                "Sustitución del método de cálculo",
            ),
        ),
        Label(
            "",
            "none",
            ("Valor de línea base y metas", "Valor de la línea base y metas", "Línea base y metas"),
            opens="baseline",
        ),
        Label("", "none", ("Línea base",), opens="baseline"),
        Label(
            "baseline_note",
            "below",
            ("Nota sobre la línea base", "Notas sobre la línea base", "Nota sobre línea base"),
            within="baseline",
        ),
        Label("baseline", "right", ("Valor", "Valor línea base"), within="baseline"),
        Label("baseline_year", "right", ("Año", "Año línea base"), within="baseline"),
        Label("target", "below", ("Meta {year}",), opens="target", year_field="target_year"),
        Label(
            "target_note",
            "below",
            ("Nota sobre la meta {year}", "Notas sobre la meta {year}", "Nota sobre la meta"),
        ),
        Label(
            "historical",
            "grid",
            (
                "Serie histórica de la meta para el bienestar o parámetro",
                "Serie histórica de la meta del bienestar o parámetro",
                "Serie histórica de la meta para el bienestar",
                "Serie histórica del parámetro",
                "Serie histórica del indicador",
                "Serie histórica",
            ),
            opens="historical",
        ),
        Label(
            "targets",
            "grid",
            ("Metas intermedias", "Metas intermedias del indicador", "Metas anuales"),
            opens="targets",
        ),
    ),
)

FICHA_2013 = Template(
    name="ficha-2013",
    start=("Ficha del indicador", "Ficha de indicador"),
    identity="name",
    headings=(),
    labels=(
        Label("", "none", ("Elemento",)),
        Label("", "none", ("Características",)),
        Label("name", "right", ("Indicador", "Nombre del indicador")),
        Label(
            "objective",
            "right",
            (
                "Objetivo sectorial",
                "Objetivo del programa",
                "Objetivo sectorial o del programa",
                "Objetivo sectorial, especial o regional",
                "Objetivo institucional",
                "Objetivo",
            ),
        ),
        Label("definition", "right", ("Descripción general", "Descripción")),
        Label("remarks", "right", ("Observaciones",)),
        Label("frequency", "right", ("Periodicidad",)),
        Label("source", "right", ("Fuente", "Fuentes", "Fuente de información")),
        Label("references", "right", ("Referencias adicionales", "Referencias")),
        Label("baseline", "below", ("Línea base {year}",), year_field="baseline_year"),
        Label("target", "below", ("Meta {year}",), year_field="target_year"),
    ),
    least=4,
)
"""The programmes of 2013 to 2018. Its formula stands among the remarks and stays there: where it
begins and ends in running text is not certain. ``source`` and ``references`` are told from other
text, but the schema has no field for them."""

TEMPLATES: tuple[Template, ...] = (ELEMENTOS_2020, FICHA_2013)


def fields_of(template: str) -> frozenset[str]:
    """The fields of a template by its name. Raises ``KeyError`` for a name unknown."""
    return {each.name: each.fields for each in TEMPLATES}[template]
