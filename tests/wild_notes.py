"""Notes on targets as other programmes word them, and what SER05, SER06 and SER09 must say.

Most notes state no growth of their indicator, or one that gives the targets. The numbers are
invented; the arithmetic of each growth stands beside it.
"""

from __future__ import annotations

from typing import Any

from tests.wild_series import DOWN, Case, case

UNEVEN = "62 64 65 70 71"
UNITS: dict[str, Any] = {
    "name": "Unidades médicas nuevas",
    "unit": "Número de unidades médicas nuevas",
    "accumulation": "Acumulado",
}
PEOPLE: dict[str, Any] = {"name": "Personas capacitadas", "unit": "Personas"}


def quiet(note: str, **changes: Any) -> Case:
    """A note that states no growth of the targets: nothing is to be said of it."""
    return case("60", UNEVEN, target_note=note, **changes)


NO_CLAIM: dict[str, Case] = {
    note: quiet(note)
    for note in (
        # levels, shares and hedges
        "Equivalente al 100% de la población objetivo.",
        "95% de cobertura.",
        "Se espera alcanzar una cobertura del 71% al final del sexenio.",
        "Se busca incrementar la cobertura hasta llegar al 71 por ciento.",
        "Se prevé aumentar la cobertura a 71%.",
        "Incrementar la proporción de escuelas de 60% a 71%.",
        "Se pasará de 60% en 2018 a 71% en 2024.",
        "Como mínimo 70% de las escuelas contará con agua.",
        "La meta representa un 11% más de lo observado, aproximadamente.",
        "Se espera un crecimiento anual de entre 2% y 3%.",
        "Crecimiento mínimo de 2% anual.",
        "Se estima un crecimiento anual del 2 al 4 por ciento.",
        "Al menos un incremento de 1% por año.",
        "El aumento será gradual, conforme a la disponibilidad presupuestaria (hasta 3% anual).",
        # the world around
        "Considera un crecimiento del PIB de 2.1% anual.",
        "Se consideró una inflación anual de 3.4% y un tipo de cambio de 19.9 pesos.",
        "Equivale a 2.5 por ciento del PIB.",
        "El presupuesto crecerá 5% anual en términos reales.",
        "Sujeto a un incremento presupuestal de 10% cada año.",
        "10% del presupuesto asignado al programa.",
        "La población de 15 años y más crecerá 1.2% anual, según CONAPO.",
        "De acuerdo con CONAPO, la población en edad escolar disminuirá 0.8% cada año.",
        "Se supone que el salario mínimo aumentará 20% en 2020.",
        # the past
        "La tasa de crecimiento promedio anual observada en 2012-2018 fue de 1.2%.",
        "Con base en la tasa de crecimiento promedio anual de 1.2% observada en 2012-2018.",
        "Durante el periodo 2013-2018 el indicador creció 4.2% anual.",
        "En los últimos seis años aumentó 5 puntos porcentuales.",
        "Entre 2014 y 2018 se registró una reducción de 3 puntos porcentuales.",
        "De 2012 a 2018 la cobertura se incrementó en 8%.",
        "Históricamente se ha observado un incremento anual de 1.5%.",
        # ages, dates, laws, money
        "Población de 20 años y más; se incrementa conforme al artículo 277 C de la Ley.",
        "El aumento se hará conforme al Decreto publicado el 12 de julio de 2019.",
        "Se invertirán 2,500 millones de pesos, un aumento de 300 millones de pesos.",
        "Se incrementará la inversión en 1,200 millones de pesos cada año.",
        "Aumentará el número de supervisores en 25 por año.",
        "Reducción de 30 minutos en el tiempo de traslado.",
        "Se ampliará el horario en 2 horas.",
        "Crecimiento conforme al PRODESEN 2019-2033.",
        "Se mantendrá el incremento logrado en 2019.",
        "La meta podrá ajustarse en caso de aumento o reducción de 5% o más del presupuesto.",
        "No aplica",
        "N/A",
        "La meta se definió con el promedio de los últimos 3 años.",
        "Se estima un margen de error de 2%.",
        "El indicador podrá variar ±2 puntos porcentuales.",
        "Se considera una reducción de 5% de las fugas para aumentar la cobertura.",
        "Se construirán 40 pozos y 15 plantas para incrementar la cobertura de agua.",
        "Se proyecta un aumento del 15% de las escuelas con agua.",
        "Incremento de 0.5% anual, con base en la tendencia histórica 2012-2018.",
        "Con la TCMA 2012-2018 de 1.2%.",
        "Se considera un aumento de la matrícula del 2% anual.",
        "Se considera una disminución de 1% en el gasto.",
        "Incremento anual de 2% hasta 2022 y de 3% a partir de 2023.",
        "Aumento del 2% en 2020, 3% en 2021 y 4% en 2022.",
        "Disminución de la brecha en 20%.",
        "El 100% de las escuelas; incremento de 0%.",
        "Aumento de 1,000 escuelas en el sexenio.",
        "Se espera reducir la brecha de cobertura en 2 puntos porcentuales por año.",
        "El crecimiento no es lineal; se recuperarán 3 puntos en 2021.",
        "Se sumarán 3 municipios más cada año al programa.",
        "Cada año se publicarán 2 convocatorias más.",
        "Para 2024 se espera el doble de recursos que en 2012.",
    )
}

GROWTH: dict[str, Case] = {
    "a total growth to the year of the target": case(
        "1,000", "1,030 1,080 1,125 1,160 1,200", unit="Becas",
        target_note="Se espera un incremento de 20% respecto a la línea base al 2024.",
    ),
    "a total growth between two years": case(
        "1,000", "1,030 1,080 1,125 1,160 1,200", "SER05", unit="Becas",
        target_note="Crecimiento de 25% entre 2018 y 2024.",
    ),
    "a total growth at the end": case(
        "1,000", "1,030 1,080 1,125 1,160 1,200", "SER05", unit="Becas",
        target_note="Se proyecta un aumento del 25% al cierre de la administración.",
    ),
    # --- they give the targets -----------------------------------------------------------------
    "rate a year": case(  # 100 × 1.025ⁿ
        "100.0", "102.5 105.1 107.7 110.4 113.1", year=2019, unit="Índice",
        target_note="Se estima un crecimiento anual de 2.5%.",
    ),
    "rate every year, in words": case(  # 200 × 1.05ⁿ
        "200.0", "210.0 220.5 231.5 243.1 255.3", year=2019, unit="Índice",
        target_note="Aumentar cinco por ciento cada año.",
    ),
    "falling rate": case(  # 40 × 0.97ⁿ
        "40.00", "38.80 37.64 36.51 35.41 34.35", year=2019, **DOWN,
        target_note="Se prevé una disminución anual del 3 por ciento.",
    ),
    "rate over two years before the first target": case(  # 34,000 × 1.02²
        "34,000", "35,374 36,081 36,803 37,539 38,290", **PEOPLE,
        target_note="Crecimiento anual de 2% en el número de personas.",
    ),
    "points by 2024": case(
        "60", "60 61 61 62 63", target_note="Incremento de 3 puntos porcentuales al 2024."
    ),
    "points in the period, in words": case(
        "20", "20 19.5 19 18.6 18", **DOWN, target_note="Una reducción de dos puntos."
    ),
    "a tenth less than the baseline": case(
        "50.0", "49.5 48.0 47.1 46.0 45.0", **DOWN,
        target_note="Reducir 10% respecto a la línea base.",
    ),
    "total growth of the period": case(  # 1,200 × 1.25 = 1,500
        "1,200", "1,230 1,290 1,377 1,420 1,500", **PEOPLE,
        target_note="Se incrementará 25% el número de personas en el periodo 2020-2024.",
    ),
    "total growth with regard to 2018": case(
        "1,200", "1,230 1,290 1,377 1,420 1,500", **PEOPLE,
        target_note="Un incremento del 25% con respecto a 2018.",
    ),
    "doubled": case(
        "1,000", "1,150 1,300 1,550 1,710 2,000", **PEOPLE,
        target_note="Duplicar el número de personas capacitadas.",
    ),
    "units a year": case(
        "1,000", "1,100 1,200 1,300 1,400 1,500", year=2019, **PEOPLE,
        target_note="Se incrementa en 100 personas por año.",
    ),
    "thousands in words a year": case(
        "10,000", "12,000 14,000 16,000 18,000 20,000", year=2019, **PEOPLE,
        target_note="Incremento anual de 2 mil personas.",
    ),
    "half a point a year": case(
        "9.0", "8.5 8.0 7.5 7.0 6.5", year=2019, **DOWN,
        target_note="Disminución de medio punto porcentual cada año.",
    ),
    "points a year from the first target": case(
        "60", "70 71 72 73 74",
        target_note="Se incrementa 1 punto porcentual anual a partir de la meta de 2020.",
    ),
    "levels and the growth": case(  # 60 + 2 n
        "60", "62 64 66 68 70", year=2019,
        target_note="Para alcanzar el 70% en 2024 se prevé aumentar 2 puntos porcentuales por año.",
    ),
    "growth of the world and its own": case(
        "60", "62 64 66 68 70", year=2019,
        target_note="Con un PIB que crece 2.5% anual, la cobertura aumentará 2 puntos por año.",
    ),
    "the past rate applied": case(  # 100 × 1.012ⁿ
        "100.0", "101.2 102.4 103.6 104.9 106.1", year=2019, unit="Índice",
        target_note="Se aplica la tasa de crecimiento anual de 1.2% observada en 2012-2018.",
    ),
    "TCMA": case(  # 60 × 1.028⁶ = 70.8
        "60", UNEVEN, target_note="Se consideró una TCMA de 2.8% para el periodo 2018-2024.",
    ),
    "amount before its word": case(  # 49 + 2 n
        "49", "51 53 55 57 59", year=2019,
        target_note="Dos puntos porcentuales de incremento anual.",
    ),
    "in the subjunctive": case(  # 200 × 1.05ⁿ
        "200.0", "210.0 220.5 231.5 243.1 255.3", year=2019, unit="Índice",
        target_note="Se espera que crezca 5% cada año.",
    ),
    "halved": case(
        "30", "28 25 21 18 15", **DOWN, target_note="Se busca reducir a la mitad el porcentaje."
    ),
    "more than the baseline": case(
        "1,200", "1,250 1,310 1,370 1,430 1,500", **PEOPLE,
        target_note="25% más que la línea base.",
    ),
    "the object of the verb": case(
        "1,200", "1,250 1,310 1,370 1,430 1,500", **PEOPLE,
        target_note="Se incrementará el número de personas en 300 respecto a 2018.",
    ),
    # --- they do not ---------------------------------------------------------------------------
    "rate a year, last target wrong": case(
        "100.0", "102.5 105.1 107.7 110.4 119.1", "SER05", year=2019, unit="Índice",
        target_note="Se estima un crecimiento anual de 2.5%.",
    ),
    "rate a year, one in between wrong": case(
        "100.0", "102.5 105.1 108.7 110.4 113.1", "SER05", year=2019, unit="Índice",
        target_note="Se estima un crecimiento anual de 2.5%.",
    ),
    "points instead of per cent": case(
        "60.0", "63.0 66.0 69.0 72.0 75.0", "SER05", year=2019,
        target_note="Se considera un incremento de 3% cada año.",
    ),
    "points by 2024 that are four": case(
        "60", "60 61 61 62 64", "SER05",
        target_note="Incremento de 3 puntos porcentuales al 2024.",
    ),
    "a tenth less that is more": case(
        "50.0", "49.5 48.0 47.1 46.0 44.0", "SER05", **DOWN,
        target_note="Reducir 10% respecto a la línea base.",
    ),
    "units a year that are more": case(
        "1,000", "1,100 1,200 1,300 1,400 1,600", "SER05", year=2019, **PEOPLE,
        target_note="Se incrementa en 100 personas por año.",
    ),
    "not doubled": case(
        "1,000", "1,150 1,300 1,550 1,710 1,900", "SER05", **PEOPLE,
        target_note="Duplicar el número de personas capacitadas.",
    ),
    "not tripled": case(
        "1,000", "1,150 1,300 1,550 1,710 2,900", "SER05", **PEOPLE,
        target_note="Se busca triplicar el número de personas capacitadas.",
    ),
    "not halved": case(
        "30", "28 25 21 18 16", "SER05", **DOWN,
        target_note="Se busca reducir a la mitad el porcentaje."
    ),
    "TCMA of another goal": case(
        "60", UNEVEN, "SER05", target_note="Se consideró una TCMA de 2.1% para 2018-2024.",
    ),
    "a mean of points counted from the year before the targets": case(  # 60 + 5 × 2.2
        "60", UNEVEN, "SER05",
        target_note="En promedio, aumentará 2.2 puntos porcentuales por año.",
    ),
    "a sum that is added every year": case(
        "1,300", "1,345 1,390 1,435 1,480 1,525", year=2019, unit="Becas", name="Becas otorgadas",
        target_note="A partir de 2020 se suman 45 becas cada año.",
    ),
    "another sum that is added every year": case(
        "1,300", "1,345 1,390 1,435 1,480 1,525", "SER05", year=2019, unit="Becas",
        name="Becas otorgadas", target_note="A partir de 2020 se suman 54 becas cada año.",
    ),
    "so many more every year": case(
        "15", "23 31 39 47 55", year=2019, unit="Bibliotecas", name="Bibliotecas modernizadas",
        target_note="Cada año se modernizarán 8 bibliotecas más.",
    ),
    "not so many more every year": case(
        "15", "23 31 39 47 55", "SER05", year=2019, unit="Bibliotecas",
        name="Bibliotecas modernizadas",
        target_note="Cada año se modernizarán 9 bibliotecas más.",
    ),
    "growing at a rate in words": case(
        "2,000", "2,200 2,420 2,662 2,928 3,221", year=2019, **PEOPLE,
        target_note="La meta crece a una tasa del diez por ciento anual.",
    ),
    "growing at another rate in words": case(
        "2,000", "2,200 2,420 2,662 2,928 3,221", "SER05", year=2019, **PEOPLE,
        target_note="La meta crece a una tasa del doce por ciento anual.",
    ),
    "points to be advanced": case(
        "60.0", "62.0 64.0 66.0 68.0 70.0", year=2019,
        target_note="La meta implica avanzar 2 puntos porcentuales cada año.",
    ),
    "other points to be advanced": case(
        "60.0", "62.0 64.0 66.0 68.0 70.0", "SER05", year=2019,
        target_note="Se propone elevar el indicador 2.5 puntos porcentuales anuales.",
    ),
    "at a rate of so many points": case(
        "60.0", "62.0 64.0 66.0 68.0 70.0", year=2019,
        target_note="La cobertura crecerá de manera lineal, a razón de 2 puntos porcentuales por "
        "año.",
    ),
    "at a rate of other points": case(
        "60.0", "62.0 64.0 66.0 68.0 70.0", "SER05", year=2019,
        target_note="La cobertura crecerá de manera lineal, a razón de 3 puntos porcentuales por "
        "año.",
    ),
    "to be doubled": case(
        "100", "120 140 160 180 200", year=2019, unit="Becas", name="Becas otorgadas",
        target_note="Para 2024 se espera el doble de becas que en 2019.",
    ),
    "to be doubled, and is not": case(
        "100", "120 140 160 180 210", "SER05", year=2019, unit="Becas", name="Becas otorgadas",
        target_note="Duplicar el número de becas al 2024.",
    ),
    "the double of what it was, and is not": case(
        "100", "120 140 160 180 220", "SER05", year=2019, unit="Becas", name="Becas otorgadas",
        target_note="Para 2024 se espera el doble de becas que en 2019.",
    ),
    "the object of the verb, another amount": case(
        "1,200", "1,250 1,310 1,370 1,430 1,500", "SER05", **PEOPLE,
        target_note="Se incrementará el número de personas en 400 respecto a 2018.",
    ),
    "from a year on the way": case(
        "48.2", "47.0 46.0 45.0 44.0 43.0", unit="Minutos", name="Tiempo de traslado", **DOWN,
        target_note="Reducción de 1 minuto por año a partir de 2021.",
    ),
    "points from a year on the way": case(
        "60.0", "61.0 62.0 64.0 66.0 68.0", name="Porcentaje de cobertura",
        target_note="A partir de 2022 la cobertura crecerá 2 puntos porcentuales por año.",
    ),
    "more than the year before": case(
        "200", "220 240 260 280 300", year=2019, unit="Becas", name="Becas otorgadas",
        target_note="Cada año se otorgarán 20 becas más que en el año previo.",
    ),
    "more than the year before, another number": case(
        "200", "220 240 260 280 300", "SER05", year=2019, unit="Becas", name="Becas otorgadas",
        target_note="Cada año se otorgarán 30 becas más que en el año previo.",
    ),
    "from a year on the way, another number": case(
        "710", "690 660 630 600 570", "SER05", unit="Defunciones", name="Muertes maternas", **DOWN,
        target_note="Se proyecta reducir 50 defunciones por año a partir de 2021.",
    ),
    "the wrong direction": case(
        "40.00", "41.20 42.44 43.71 45.02 46.37", "SER03", "SER05", year=2019, **DOWN,
        target_note="Se prevé una disminución anual del 3 por ciento.",
    ),
}  # fmt: skip

PARTS: dict[str, Case] = {
    "parts behind their names": case(
        "100", "104 151 200", name="Becas otorgadas", unit="Becas",
        target_note="Maestría: 120. Doctorado: 80.",
    ),
    "parts behind their names, too many": case(
        "100", "104 151 200", "SER06", name="Becas otorgadas", unit="Becas",
        target_note="Maestría: 120. Doctorado: 90.",
    ),
    "parts behind dashes and names, too many": case(
        "100", "104 151 200", "SER06", name="Becas otorgadas", unit="Becas",
        target_note="Becas por zona: - Norte: 80 - Centro: 70 - Sur: 58",
    ),
    "numbers of other things behind their names": case(
        "100", "104 151 200", name="Becas otorgadas", unit="Becas",
        target_note="Convocatorias: 12. Instituciones: 90. Inversión: 190.",
    ),
    "what a whole comprises": case(
        "100", "104 151 200", name="Becas otorgadas", unit="Becas",
        target_note="Las 200 becas comprenden 80 en el sureste, 70 en el centro y 50 en el norte.",
    ),
    "what a whole comprises, too many": case(
        "100", "104 151 200", "SER06", name="Becas otorgadas", unit="Becas",
        target_note="Las 200 becas comprenden 80 en el sureste, 70 en el centro y 58 en el norte.",
    ),
    "hospitals and units": case(
        "4", "39 212 248", **UNITS,
        target_note="Se contemplan 116 hospitales y 132 unidades de medicina familiar.",
    ),
    "a list that its verb begins": case(
        "100", "104 109 120", name="Becas otorgadas", unit="Becas",
        target_note="Meta integrada por 45 becas de licenciatura, 50 becas de maestría y 25 becas "
        "de doctorado.",
    ),
    "a list that its verb begins, two short": case(
        "100", "104 109 120", "SER06", name="Becas otorgadas", unit="Becas",
        target_note="Meta integrada por 45 becas de licenciatura, 50 becas de maestría y 23 becas "
        "de doctorado.",
    ),
    "what the target is made of": case(
        "10", "14 31 56", **UNITS,
        target_note="La meta se integra de 30 unidades de primer nivel, 20 de segundo nivel y 6 de "
        "tercer nivel.",
    ),
    "what the target is made of, wrong": case(
        "10", "14 31 56", "SER06", **UNITS,
        target_note="La meta se integra de 30 unidades de primer nivel, 20 de segundo nivel y 9 de "
        "tercer nivel.",
    ),
    "things that the unit alone names": case(
        "110", "340 900 1,500", name="Títulos entregados", unit="Títulos",
        target_note="Se conforma por 900 títulos urbanos + 600 títulos rurales.",
    ),
    "things that the unit alone names, wrong": case(
        "110", "340 900 1,500", "SER06", name="Títulos entregados", unit="Títulos",
        target_note="Se conforma por 900 títulos urbanos + 650 títulos rurales.",
    ),
    "parts of a whole that is named": case(
        "100", "112 155 200", name="Becas otorgadas", unit="Becas",
        target_note="De las 200 becas, 120 son de maestría y 80 de doctorado.",
    ),
    "parts of a whole that is named, too many": case(
        "100", "112 155 200", "SER06", name="Becas otorgadas", unit="Becas",
        target_note="De las 200 becas, 130 son de maestría y 80 de doctorado.",
    ),
    "some parts of a whole that is named": case(
        "100", "112 155 200", name="Becas otorgadas", unit="Becas",
        target_note="De las 200 becas, 30 son de maestría y 20 de doctorado.",
    ),
    "hospitals and units that miss nine": case(
        "4", "39 212 248", "SER06", **UNITS,
        target_note="Se contemplan 116 hospitales y 123 unidades de medicina familiar.",
    ),
    "by year": case(
        "0", "10 30 60", name="Becas otorgadas", unit="Becas", accumulation="Acumulado",
        target_note="10 en 2020, 20 en 2021 y 30 en 2022.",
    ),
    "by year, wrong": case(
        "0", "10 30 65", "SER06", name="Becas otorgadas", unit="Becas", accumulation="Acumulado",
        target_note="10 en 2020, 20 en 2021 y 30 en 2022.",
    ),
    "by year, recited": case(
        "0", "10 30 60", name="Becas otorgadas", unit="Becas", accumulation="Acumulado",
        target_note="10 en 2020, 30 en 2021 y 60 en 2022.",
    ),
    "levels by year": case(
        "900", "950 980 1,200", **PEOPLE, accumulation="Acumulado",
        target_note="900 personas en 2020, 1,000 personas en 2021 y 1,150 personas en 2022.",
    ),
    "by year, of the first years only": case(
        "900", "950 980 1,200", **PEOPLE, accumulation="Acumulado",
        target_note="Se incorporan 50 personas en 2020 y 60 en 2021.",
    ),
    "by year, of a periodic indicator": case(
        "900", "950 980 1,200", **PEOPLE,
        target_note="Mujeres: 450 personas en 2020, 470 en 2021 y 600 en 2022.",
    ),
    "by level, the noun said once": case(
        "1,200", "1,250 1,310 1,500", **PEOPLE,
        target_note="800 personas de básica, 500 de media superior y 200 de superior.",
    ),
    "by level, the noun said once, wrong": case(
        "1,200", "1,250 1,310 1,500", "SER06", **PEOPLE,
        target_note="800 personas de básica, 500 de media superior y 100 de superior.",
    ),
    "new, repaired and equipped": case(
        "0", "2 6 10", **UNITS,
        target_note="5 unidades nuevas, 3 en rehabilitación y 2 en equipamiento.",
    ),
    "new, repaired and equipped, wrong": case(
        "0", "2 6 12", "SER06", **UNITS,
        target_note="5 unidades nuevas, 3 en rehabilitación y 2 en equipamiento.",
    ),
    "women and men": case(
        "900", "950 980 1,200", **PEOPLE, target_note="700 mujeres y 500 hombres."
    ),
    "women and men, wrong": case(
        "900", "950 980 1,200", "SER06", **PEOPLE, target_note="700 mujeres y 600 hombres."
    ),
    "articles of a law": case(
        "900", "950 980 1,200", **PEOPLE, target_note="Artículos 3, 5 y 27 de la Ley General."
    ),
    "age groups": case(
        "900", "950 980 1,200", **PEOPLE,
        target_note="Personas de 15 a 29 años y de 30 a 59 años.",
    ),
    "entities and municipalities": case(
        "900", "950 980 1,200", **PEOPLE,
        target_note="Personas en 32 entidades federativas y 1,200 municipios.",
    ),
    "examples of a part only": case(
        "4", "39 212 248", **UNITS,
        target_note="Entre otras, incluye 12 hospitales y 30 unidades de medicina familiar.",
    ),
    "of which some": case(
        "4", "39 212 248", **UNITS,
        target_note="Son 248 unidades, de las cuales 16 son hospitales y 20 son clínicas.",
    ),
    "budgets beside counts": case(
        "4", "39 212 248", **UNITS,
        target_note="Con 300 millones de pesos en 2020 y 450 millones de pesos en 2021.",
    ),
    "sessions and people": case(
        "900", "950 980 1,200", **PEOPLE,
        target_note="Se impartirán 40 talleres y 12 cursos a las personas.",
    ),
    "percentages of people": case(
        "900", "950 980 1,200", **PEOPLE, target_note="60% mujeres y 40% hombres."
    ),
}  # fmt: skip
