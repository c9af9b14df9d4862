"""Fichas whose method is told in words, and labels and asides around a substitution."""

from __future__ import annotations

from formula_fichas import Wild, wild

WORDED: dict[str, Wild] = {
    "se divide": wild(
        "Se divide el número de escuelas con conectividad entre el "
        "total de escuelas y el resultado se multiplica por 100.",
        "(9,123 / 26,451) x 100 = 34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "dividir": wild(
        "Dividir el número de escuelas con conectividad entre el "
        "total de escuelas, multiplicado por 100",
        "(9,123/26,451)*100=34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "resultado de dividir": wild(
        "Resultado de dividir las escuelas con conectividad entre el total de escuelas por 100",
        "(9,123/26,451)*100=34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "cociente de": wild(
        "Cociente de las escuelas con conectividad entre el total de escuelas, por cien",
        "(9,123/26,451)*100=34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "cociente entre": wild(
        "Cociente entre las escuelas con conectividad y el total de escuelas, multiplicado por 100",
        "(9,123/26,451)*100=34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "an introduction": wild(
        "El indicador es el cociente de dividir las escuelas con "
        "conectividad entre el total de escuelas multiplicado por 100",
        "(9,123/26,451)*100=34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "división de": wild(
        "División de las escuelas con conectividad entre el total de "
        "escuelas, multiplicada por 100",
        "(9,123/26,451)*100=34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "a colon between names": wild(
        "Escuelas con conectividad : Total de escuelas",
        "9,123 : 26,451 = 0.345",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "0.345",
        "Razón",
    ),
    "a colon between symbols": wild(
        "A : B donde A = Escuelas con conectividad y B = Total de escuelas",
        "9,123:26,451 = 0.345",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "0.345",
        "Razón",
    ),
    "por cada": wild(
        "Escuelas con conectividad / Total de escuelas por cada 100",
        "(9,123/26,451)*100 = 34.5",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.5",
        "Porcentaje",
    ),
    "a list": wild(
        "Suma de empresas exportadoras, empresas importadoras y empresas mixtas",
        "1,204 + 987 + 311 = 2,502",
        {
            "Empresas exportadoras": "1,204",
            "Empresas importadoras": "987",
            "Empresas mixtas": "311",
        },
        "2,502",
        "Empresas",
    ),
    "a list with articles": wild(
        "Sumatoria de las empresas exportadoras, las empresas importadoras y las empresas mixtas.",
        "1,204 + 987 + 311 = 2,502",
        {
            "Empresas exportadoras": "1,204",
            "Empresas importadoras": "987",
            "Empresas mixtas": "311",
        },
        "2,502",
        "Empresas",
    ),
    "a list that shares its noun": wild(
        "La suma del número de empresas exportadoras, importadoras y mixtas",
        "1,204 + 987 + 311 = 2,502",
        {
            "Empresas exportadoras": "1,204",
            "Empresas importadoras": "987",
            "Empresas mixtas": "311",
        },
        "2,502",
        "Empresas",
    ),
    "se suman": wild(
        "Se suman las empresas exportadoras, las empresas importadoras y las empresas mixtas",
        "1,204 + 987 + 311 = 2,502",
        {
            "Empresas exportadoras": "1,204",
            "Empresas importadoras": "987",
            "Empresas mixtas": "311",
        },
        "2,502",
        "Empresas",
    ),
    "a list of symbols": wild(
        "TE = Suma (EE, EI, EM)",
        "1,204 + 987 + 311 = 2,502",
        {
            "EE: Empresas exportadoras": "1,204",
            "EI: Empresas importadoras": "987",
            "EM: Empresas mixtas": "311",
        },
        "2,502",
        "Empresas",
    ),
    "a sum over a total": wild(
        "Suma de empresas exportadoras y empresas importadoras entre el total de empresas, por 100",
        "((1,204 + 987)/ 5,000) x 100 = 43.82",
        {
            "Empresas exportadoras": "1,204",
            "Empresas importadoras": "987",
            "Total de empresas": "5,000",
        },
        "43.82",
        "Porcentaje",
    ),
    "menos": wild(
        "Diferencia de la cobertura urbana menos la cobertura rural",
        "85.6 - 79.2 = 6.4",
        {"Cobertura urbana": "85.6", "Cobertura rural": "79.2"},
        "6.4",
        "Puntos porcentuales",
    ),
    "a mean": wild(
        "Promedio de la calificación de atención, la calificación de "
        "tiempo y la calificación de trato",
        "(8.1+9.0+8.4)/3 = 8.5",
        {
            "Calificación de atención": "8.1",
            "Calificación de tiempo": "9.0",
            "Calificación de trato": "8.4",
        },
        "8.5",
        "Calificación",
    ),
    "a rate in words": wild(
        "Número de médicos entre la población total por mil habitantes",
        "(98,412 / 66,521,804) x 1,000 = 1.48",
        {"Número de médicos": "98,412", "Población total": "66,521,804"},
        "1.48",
        "Médicos por 1,000 habitantes",
    ),
    "100 mil": wild(
        "(Defunciones por diabetes / Población de 20 años y más) * 100 mil",
        "(101,257 / 82,101,334) * 100 mil = 123.3",
        {"Defunciones por diabetes": "101,257", "Población de 20 años y más": "82,101,334"},
        "123.3",
        "Tasa",
    ),
    "razón sobre": wild(
        "Razón de acciones sobre total",
        "12,345 / 45,678 = 0.27",
        {"Acciones": "12,345", "Total": "45,678"},
        "0.27",
        "Razón",
    ),
    "producto": wild(
        "Producto de la población objetivo por la cobertura",
        "5,000 x 0.45 = 2,250",
        {"Población objetivo": "5,000", "Cobertura": "0.45"},
        "2,250",
        "Personas",
    ),
    "symbols in small letters": wild(
        "((Vi - Vmin)/(Vmax - Vmin)) * 100",
        "((62.4 - 20)/(95 - 20)) * 100 = 56.53",
        {"Vi Valor observado": "62.4", "Vmin Valor mínimo": "20", "Vmax Valor máximo": "95"},
        "56.53",
        "Índice",
    ),
    "the legend first": wild(
        "Numerador: Acciones realizadas. Denominador: Acciones "
        "programadas. (Numerador / Denominador) * 100",
        "(12,345 / 45,678) * 100 = 27.03",
        {"Acciones realizadas": "12,345", "Acciones programadas": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "a label with a colon": wild(
        "(Acciones / Total) x 100",
        "Línea base 2018: (12,345/45,678)*100 = 27.03",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "a label with a year": wild(
        "(Acciones / Total) x 100",
        "LB 2018 (12,345/45,678)*100 = 27.03",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "a label with a comma": wild(
        "(Acciones / Total) x 100",
        "En 2018, (12,345/45,678)*100 = 27.03",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "a label with an age": wild(
        "(Acciones / Total) x 100",
        "Porcentaje de mujeres de 15 años y más: (12,345/45,678)*100 = 27.03",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "a year behind the result": wild(
        "(Acciones / Total) x 100",
        "(12,345/45,678)*100 = 27.03 (2018)",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "the result twice": wild(
        "(Acciones / Total) x 100",
        "(12,345/45,678)*100 = 27.03 (27%)",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "the result rounded": wild(
        "(Acciones / Total) x 100",
        "(12,345/45,678)*100 = 27.03 ~ 27",
        {"Acciones": "12,345", "Total": "45,678"},
        "27.03",
        "Porcentaje",
    ),
    "a number is itself": wild(
        "Número de acuerdos suscritos",
        "83 = 83",
        {"Número de acuerdos suscritos": "83"},
        "83",
        "Acuerdos",
    ),
    "a logarithm": wild(
        "ln(PIB del año / PIB del año anterior) x 100",
        "ln(120/100) x 100 = 18.23",
        {"PIB del año": "120", "PIB del año anterior": "100"},
        "18.23",
        "Tasa",
        "REA04",
    ),
    "a percentage in words, without a scale": wild(
        "Cociente de escuelas con conectividad entre el total de escuelas",
        "(9,123/26,451)*100 = 34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "dividir por": wild(
        "Dividir escuelas con conectividad por el total de escuelas y multiplicar por 100",
        "(9,123/26,451)*100 = 34.49",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "34.49",
        "Porcentaje",
    ),
    "a sum in words inside a formula": wild(
        "(Suma de obras nuevas y obras rehabilitadas / Total de obras) x 100",
        "((12+30)/60) x 100 = 70",
        {"Obras nuevas": "12", "Obras rehabilitadas": "30", "Total de obras": "60"},
        "70",
        "Porcentaje",
    ),
}

NOT_READ: dict[str, Wild] = {
    "more than a quotient": wild(
        "Cociente de escuelas con conectividad entre el total de escuelas, menos 1, por 100",
        "((9,123/26,451) - 1)*100 = -65.51",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "-65.51",
        "Variación",
    ),
    "a complement": wild(
        "El complemento a 100 del cociente de escuelas con conectividad entre el total de "
        "escuelas por 100",
        "100 - (9,123/26,451)*100 = 65.51",
        {"Escuelas con conectividad": "9,123", "Total de escuelas": "26,451"},
        "65.51",
        "Porcentaje",
    ),
    "weights that the words do not say": wild(
        "Promedio ponderado de la calidad y el trato",
        "0.4 x 80 + 0.6 x 70 = 74",
        {"Calidad": "80", "Trato": "70"},
        "74",
        "Puntos",
    ),
    "a list with a variable that is no part": wild(
        "Promedio de hombres y mujeres atendidos por unidad",
        "(120+130)/5 = 50",
        {"Hombres atendidos": "120", "Mujeres atendidas": "130", "Unidades": "5"},
        "50",
        "Personas",
    ),
}
