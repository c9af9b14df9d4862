"""Methods that name their operands without a sign between them, and keys and units around them."""

from __future__ import annotations

from formula_broken import Broken
from formula_fichas import Wild, wild

_LOANS = {"Número de créditos formalizados": "312,450", "Número de créditos solicitados": "420,118"}
_MARKS = {
    "Calificación de consulta externa": "8.1",
    "Calificación de urgencias": "7.2",
    "Calificación de hospitalización": "8.8",
}
_VOLUMES = {
    "V1: Volumen recuperado en la región norte": "120.5",
    "V2: Volumen recuperado en la región centro": "85.2",
    "V3: Volumen recuperado en la región sur": "44.1",
}
_TOWNS = {"Municipios con atlas de riesgo actualizado": "412", "Total de municipios": "2,465"}
_INCOME = {"Ingreso total (miles de pesos)": "4,512,300", "Unidades económicas": "45,120"}
_GDP = {"Gasto en salud 2018 (millones de pesos)": "612,345.2", "PIB 2018 (millones de pesos)":
        "23,523,247.3"}  # fmt: skip

UNSIGNED: dict[str, Wild] = {
    "a lost fraction bar": wild(
        "Número de créditos formalizados Número de créditos solicitados X 100",
        "(312,450 / 420,118) X 100 = 74.4", _LOANS, "74.4",
    ),
    "a lost fraction bar, its scale between the lines": wild(
        "PCF = Número de créditos formalizados x 100 Número de créditos solicitados",
        "(312,450 / 420,118) X 100 = 74.4", _LOANS, "74.4",
    ),
    "weights in words": wild(
        "Promedio ponderado de las calificaciones: consulta externa (40%), urgencias (35%) y "
        "hospitalización (25%)",
        "8.1 x 0.40 + 7.2 x 0.35 + 8.8 x 0.25 = 7.96", _MARKS, "7.96", "Puntos",
    ),
    "weights in words, with a weight of": wild(
        "Suma ponderada de la calificación de consulta externa con un peso de 40%, la calificación "
        "de urgencias con un peso de 35% y la calificación de hospitalización con un peso de 25%.",
        "8.1 x 40% + 7.2 x 35% + 8.8 x 25% = 7.96", _MARKS, "7.96", "Puntos",
    ),
    "weights in words that do not add up": wild(
        "Promedio ponderado de las calificaciones: consulta externa (40%), urgencias (30%) y "
        "hospitalización (25%)",
        "8.1 x 0.40 + 7.2 x 0.30 + 8.8 x 0.25 = 7.60", _MARKS, "7.60", "Puntos", "CAL07",
    ),
    "a sum over an index": wild(
        "VAR = Σ Vi, donde Vi es el volumen recuperado en la región i",
        "120.5 + 85.2 + 44.1 = 249.8", _VOLUMES, "249.8", "Millones de metros cúbicos",
    ),
    "a sum over an index in words": wild(
        "∑ (Superficie reforestada en el estado i)", "1,200 + 3,450 = 4,650",
        {"Superficie reforestada en el estado de Chiapas": "1,200",
         "Superficie reforestada en el estado de Oaxaca": "3,450"},
        "4,650", "Hectáreas",
    ),
    "respecto al total": wild(
        "Municipios con atlas de riesgo actualizado con respecto al total de municipios, por cien",
        "(412 / 2,465) x 100 = 16.7", _TOWNS, "16.7",
    ),
    "respecto al total, its scale left to the unit": wild(
        "Porcentaje de municipios con atlas de riesgo actualizado respecto al total de municipios",
        "(412 / 2,465) x 100 = 16.7", _TOWNS, "16.7",
    ),
    "a difference between two": wild(
        "Diferencia entre la tasa de ocupación de los hombres y la tasa de ocupación de las "
        "mujeres",
        "78.2 - 41.7 = 36.5",
        {"Tasa de ocupación de los hombres": "78.2", "Tasa de ocupación de las mujeres": "41.7"},
        "36.5", "Puntos porcentuales",
    ),
    "a difference told the other way round": wild(
        "Diferencia entre la tasa rural y la tasa urbana", "85.6 - 79.2 = 6.4",
        {"Tasa urbana": "85.6", "Tasa rural": "79.2"}, "6.4", "Puntos porcentuales",
    ),
    "the indicator's key in front": wild(
        "1.1 (Trámites en línea / Total de trámites) x 100", "1.1 (84 / 212) x 100 = 39.6",
        {"Trámites en línea": "84", "Total de trámites": "212"}, "39.6",
    ),
    "an enumerator in front": wild(
        "1.- Trámites en línea / Total de trámites x 100", "84 / 212 x 100 = 39.6",
        {"Trámites en línea": "84", "Total de trámites": "212"}, "39.6",
    ),
    "a one that is taken from": wild(
        "1 - Trámites en línea / Total de trámites", "1 - 84 / 212 = 0.604",
        {"Trámites en línea": "84", "Total de trámites": "212"}, "0.604", "Índice",
    ),
    "weights in words, the shared noun before them": wild(
        "Promedio ponderado por población de la distancia: norte (0.25), centro (0.45) y sur "
        "(0.30)",
        "0.25 x 42.0 + 0.45 x 12.5 + 0.30 x 31.2 = 25.5",
        {"Distancia norte": "42.0", "Distancia centro": "12.5", "Distancia sur": "31.2"},
        "25.5", "Kilómetros",
    ),
    "a sum with one noun for several": wild(
        "Sumatoria del valor de la producción de captura y de acuacultura",
        "25,340.1 + 18,220.7 = 43,560.8",
        {"Valor de la producción de captura (mdp)": "25,340.1",
         "Valor de la producción de acuacultura (mdp)": "18,220.7"},
        "43,560.8", "Millones de pesos",
    ),
    "parts rounded to thousands of millions": wild(
        "Recaudación de cuotas + recaudación de aprovechamientos", "345.1 + 12.3 = 357.4",
        {"Recaudación de cuotas (millones de pesos)": "345,120.4",
         "Recaudación de aprovechamientos (millones de pesos)": "12,330.6"},
        "357.4", "Miles de millones de pesos",
    ),
    "a sum over areas": wild(
        "Σ superficie decretada de cada área i", "383,567 + 723,185 = 1,106,752",
        {"Superficie decretada del área Sierra Gorda": "383,567",
         "Superficie decretada del área Calakmul": "723,185"},
        "1,106,752", "Hectáreas",
    ),
    "quarters by their numerals": wild(
        "(I + II + III + IV) / 4", "(81.0 + 83.0 + 85.0 + 88.0) / 4 = 84.25",
        {"I trimestre": "81.0", "II trimestre": "83.0", "III trimestre": "85.0",
         "IV trimestre": "88.0"},
        "84.25",
    ),
    "como porcentaje de": wild(
        "Créditos a mujeres como porcentaje del total de créditos",
        "112,300 / 345,120 x 100 = 32.5",
        {"Créditos a mujeres": "112,300", "Total de créditos": "345,120"}, "32.5",
    ),
    "a factor that is no key": wild(
        "1.2 x (Trámites en línea / Total de trámites)", "1.2 x (84 / 212) = 0.475",
        {"Trámites en línea": "84", "Total de trámites": "212"}, "0.475", "Índice",
    ),
    "thousands turned into pesos on the way": wild(
        "Ingreso total / Unidades económicas", "(4,512,300 x 1,000) / 45,120 = 100,007", _INCOME,
        "100,007", "Pesos",
    ),
    "names without the unit behind them": wild(
        "(Gasto en salud 2018 / PIB 2018) * 100", "(612,345.2 / 23,523,247.3) * 100 = 2.60", _GDP,
        "2.60",
    ),
}  # fmt: skip

UNSIGNED_BROKEN: list[Broken] = [
    Broken(ficha, where, old, new, frozenset(codes.split()))
    for ficha, where, old, new, codes in (
        ("a lost fraction bar", "variable 1", "312,450", "321,450", "CAL03 CAL04"),
        ("a lost fraction bar", "method", "X 100", "X 1,000", "CAL03 CAL04 CAL08"),
        ("a lost fraction bar", "substitution", "312,450 / 420,118", "420,118 / 312,450",
         "CAL01 CAL08"),
        ("weights in words", "variable 2", "7.2", "7.9", "CAL03 CAL04"),
        ("weights in words", "substitution", "0.35", "0.45", "CAL01 CAL04 CAL08"),
        ("a sum over an index", "variable 3", "44.1", "41.4", "CAL03 CAL04"),
        ("a sum over an index in words", "baseline", "4,650", "4,560", "CAL02 CAL03"),
        ("respecto al total", "variable 2", "2,465", "2,645", "CAL03 CAL04"),
        ("a difference between two", "variable 1", "78.2", "87.2", "CAL03 CAL04"),
        ("the indicator's key in front", "method", "/", "+", "CAL03 CAL08"),
        ("thousands turned into pesos on the way", "substitution", "/ 45,120", "/ 45,210",
         "CAL01 CAL04"),
        ("an enumerator in front", "method", "1.-", "1 -", "CAL03 CAL08"),
        ("weights in words, the shared noun before them", "variable 2", "12.5", "15.2",
         "CAL03 CAL04"),
        ("a sum with one noun for several", "variable 2", "18,220.7", "18,202.7", "CAL03 CAL04"),
        ("a sum over areas", "variable 1", "383,567", "383,576", "CAL03 CAL04"),
        ("quarters by their numerals", "variable 4", "88.0", "89.0", "CAL03 CAL04"),
        ("como porcentaje de", "variable 2", "345,120", "354,120", "CAL03 CAL04"),
        ("names without the unit behind them", "method", "/", "+", "CAL03 CAL08"),
    )
]  # fmt: skip
