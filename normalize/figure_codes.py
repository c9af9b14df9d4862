"""The codes of the table ``figures``: which stated numbers each family of documents declares.

One source for the readers (which codes they may give), the rules (which figures make a ratio or a
whole) and the data dictionary (which lists them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the readers know the codes, and do without the models
    from normalize.schema import Family


@dataclass(frozen=True, slots=True)
class FigureCode:
    """One code: whose figure it is, and what it is called in both languages.

    ``subject_es``/``subject_en`` say what stands in the column ``subject`` (empty: nothing does).
    A word (``is_word``) has no value: what is printed stands in ``value_text``.
    """

    code: str
    families: tuple[Family, ...]
    title_es: str
    title_en: str
    subject_es: str = ""
    subject_en: str = ""
    is_word: bool = False

    @property
    def name(self) -> tuple[str, str]:
        """What a person calls it (Spanish, English): titles without remarks."""
        return (_REMARK.sub("", self.title_es), _REMARK.sub("", self.title_en))


_REMARK = re.compile(r": .*| \((?:palabra|a word)\b.*")

_PROGRAMA: tuple[Family, ...] = ("ficha_monitoreo_programa",)
_PP: tuple[Family, ...] = ("ficha_monitoreo_pp",)
_DIAGNOSTICO: tuple[Family, ...] = ("diagnostico_monitoreo",)
_PROSE: tuple[Family, ...] = (*_PROGRAMA, *_PP, *_DIAGNOSTICO)
_COUNTED: tuple[Family, ...] = (*_PROGRAMA, *_DIAGNOSTICO)
_OF_SENTENCE = ("apartado/enunciado.número", "section/sentence.number")

CODES: tuple[FigureCode, ...] = (
    FigureCode(
        "statement",
        _PROSE,
        "Enunciado: una frase del documento, sin valor; su texto es la cifra impresa",
        "Statement: a sentence of the document, without a value; its text stands as printed",
        "apartado/enunciado",
        "section/sentence",
        is_word=True,
    ),
    FigureCode(
        "share", _PROSE, "Proporción dicha en una frase o tabla (%)", "Share (%)", *_OF_SENTENCE
    ),
    FigureCode("count", _PROSE, "Conteo dicho en una frase o tabla", "Count", *_OF_SENTENCE),
    FigureCode(
        "objective_count",
        _COUNTED,
        "Número de objetivos",
        "Number of objectives",
        "programa, si no es el del documento",
        "programme, if not the document's own",
    ),
    FigureCode(
        "indicator_count",
        _COUNTED,
        "Número de indicadores",
        "Number of indicators",
        "programa, si no es el del documento",
        "programme, if not the document's own",
    ),
    FigureCode(
        "programme_count",
        _DIAGNOSTICO,
        "Número de programas sociales",
        "Number of social programmes",
    ),
    FigureCode(
        "objective_level",
        _PROGRAMA,
        "Nivel de los objetivos (palabra, sin valor)",
        "Level of the objectives (a word, no value)",
        is_word=True,
    ),
    FigureCode(
        "indicator_level",
        _PROGRAMA,
        "Nivel de los indicadores (palabra, sin valor)",
        "Level of the indicators (a word, no value)",
        is_word=True,
    ),
    FigureCode(
        "result",
        _PP,
        "Resultado del indicador principal",
        "Result of the main indicator",
        "indicador, si se nombra",
        "indicator, where named",
    ),
    FigureCode(
        "goal",
        _PP,
        "Meta del indicador principal",
        "Goal of the main indicator",
        "indicador, si se nombra",
        "indicator, where named",
    ),
    FigureCode(
        "base_year", _PP, "Año base del indicador principal", "Base year of the main indicator"
    ),
    FigureCode(
        "baseline",
        _PP,
        "Línea base del indicador principal",
        "Baseline of the main indicator",
        "indicador, si se nombra",
        "indicator, where named",
    ),
    FigureCode("start_year", _PP, "Año de inicio del programa", "First year of the programme"),
    FigureCode("population_potential", _PP, "Población potencial", "Potential population"),
    FigureCode("population_target", _PP, "Población objetivo", "Target population"),
    FigureCode("population_attended", _PP, "Población atendida", "Attended population"),
    FigureCode(
        "coverage",
        _PP,
        "Población atendida / población objetivo (%)",
        "Attended population / target population (%)",
    ),
    FigureCode("states_attended", _PP, "Entidades atendidas", "States attended"),
    FigureCode("municipalities_attended", _PP, "Municipios atendidos", "Municipalities attended"),
    FigureCode("localities_attended", _PP, "Localidades atendidas", "Localities attended"),
    FigureCode("men_attended", _PP, "Hombres atendidos", "Men attended"),
    FigureCode("women_attended", _PP, "Mujeres atendidas", "Women attended"),
    FigureCode("programme_budget", _PP, "Presupuesto del programa", "Budget of the programme"),
    FigureCode("branch_budget", _PP, "Presupuesto del ramo", "Budget of the branch"),
    FigureCode(
        "budget_share",
        _PP,
        "Presupuesto del programa / del ramo (%)",
        "Budget of the programme / of the branch (%)",
    ),
    FigureCode(
        "score",
        _DIAGNOSTICO,
        "Valoración de monitoreo",
        "Monitoring score",
        "clave (o nombre) del programa; «dependencia/» y el programa: su subíndice; vacío: la"
        " dependencia",
        "programme key (or name); “dependencia/” and the programme: its sub-index; empty: the"
        " institution",
    ),
    FigureCode(
        "level",
        _DIAGNOSTICO,
        "Nivel de monitoreo (palabra, sin valor)",
        "Monitoring level (a word, no value)",
        "clave (o nombre) del programa; «dependencia/» y el programa: su subíndice; vacío: la"
        " dependencia",
        "programme key (or name); “dependencia/” and the programme: its sub-index; empty: the"
        " institution",
        is_word=True,
    ),
    FigureCode(
        "rank",
        _DIAGNOSTICO,
        "Lugar entre las dependencias valoradas",
        "Rank among the institutions assessed",
    ),
    FigureCode("rank_total", _DIAGNOSTICO, "Dependencias valoradas", "Institutions assessed"),
)

BY_CODE: dict[str, FigureCode] = {code.code: code for code in CODES}
