"""Still more fichas: weights, rounding, units, prose, signs in names; each gives what it names."""

from __future__ import annotations

from formula_fichas import Wild, wild

PROSE: dict[str, Wild] = {
    "minus in brackets": wild(
        "(A - B)", "(1,200 - 1,350) = (150)", {"A": "1,200", "B": "1,350"}, "-150", "x"
    ),
    "weights 100": wild(
        "(A x 50 + B x 30 + C x 20) / 100",
        "(80 x 50 + 70 x 30 + 60 x 20)/100 = 73",
        {"A": "80", "B": "70", "C": "60"},
        "73",
        "Puntos",
    ),
    "weights sum .999": wild(
        "0.333 x A + 0.333 x B + 0.334 x C",
        "0.333 x 80 + 0.333 x 70 + 0.334 x 60 = 69.99",
        {"A": "80", "B": "70", "C": "60"},
        "69.99",
        "Puntos",
    ),
    "two weights not sum": wild(
        "0.5 x A + 0.6 x B",
        "0.5 x 80 + 0.6 x 70 = 82",
        {"A": "80", "B": "70"},
        "82",
        "Puntos",
        "CAL07",
    ),
    "linear not weighted": wild(
        "0.5 x A + B", "0.5 x 80 + 70 = 110", {"A": "80", "B": "70"}, "110", "Puntos"
    ),
    "tax not weighted": wild(
        "A x 0.16 + B x 0.16",
        "100 x 0.16 + 200 x 0.16 = 48",
        {"A": "100", "B": "200"},
        "48",
        "Pesos",
        "CAL07",
    ),
    "ratio per 10k": wild(
        "(A / B) x 10,000",
        "(45 / 120,345) x 10,000 = 3.74",
        {"A": "45", "B": "120,345"},
        "3.74",
        "Tasa por 10 mil",
    ),
    "zero baseline by difference": wild("A - B", "50 - 50 = 0", {"A": "50", "B": "50"}, "0", "x"),
    "baseline rounding": wild(
        "(A / B) x 100", "(2/3) x 100 = 66.6667", {"A": "2", "B": "3"}, "66.7"
    ),
    "baseline coarse wrong trunc": wild(
        "(A / B) x 100",
        "(2/3) x 100 = 66.6667",
        {"A": "2", "B": "3"},
        "66.6",
        "Porcentaje",
        "CAL02",
        "CAL05",
    ),
    "half up": wild("(A / B) x 100", "(1/8) x 100 = 12.5", {"A": "1", "B": "8"}, "13"),
    "half even": wild("(A / B) x 100", "(1/8) x 100 = 12.5", {"A": "1", "B": "8"}, "12"),
    "negatives percent paren": wild(
        "((A / B) - 1) x 100", "((95/100) - 1) x 100 = (5.0%)", {"A": "95", "B": "100"}, "-5.0"
    ),
    "sub in thousands": wild(
        "(A / B) x 100",
        "(12.3 / 45.6) x 100 = 27.0",
        {"A": "12,345", "B": "45,612"},
        "27.0",
        "Porcentaje",
        "CAL05",
    ),
    "variable with unit": wild(
        "(A / B) x 100", "(12 / 48) x 100 = 25", {"A": "12 unidades", "B": "48 unidades"}, "25"
    ),
    "variable approx": wild("A", "3.5 millones", {"A": "3.5 millones"}, "3.5 millones", "Personas"),
    "t and t0": wild(
        "((Xt - X0)/X0)*100",
        "((120-100)/100)*100 = 20%",
        {"Xt: valor en el año t": "120", "X0: valor en el año base": "100"},
        "20%",
    ),
    "Σ explicit": wild(
        "Σ (Unidades nuevas + Unidades sustituidas)",
        "12 + 8 = 20",
        {"Unidades nuevas": "12", "Unidades sustituidas": "8"},
        "20",
        "Unidades",
    ),
    "Sumatoria plain": wild(
        "Sumatoria de unidades nuevas y sustituidas",
        "12 + 8 = 20",
        {"Unidades nuevas": "12", "Unidades sustituidas": "8"},
        "20",
        "Unidades",
    ),
    "y as plus": wild(
        "La suma de unidades nuevas y unidades sustituidas entre el total",
        "(12 + 8) / 40 = 0.5",
        {"Unidades nuevas": "12", "Unidades sustituidas": "8", "Total": "40"},
        "0.5",
        "Razón",
    ),
    "promedio prose": wild(
        "Promedio simple de las calificaciones de las unidades evaluadas",
        "(8 + 9 + 10)/3 = 9",
        {
            "Calificación de la unidad 1": "8",
            "Calificación de la unidad 2": "9",
            "Calificación de la unidad 3": "10",
        },
        "9",
        "Calificación",
    ),
    "share prose": wild(
        "Se divide el número de obras concluidas entre el total de obras programadas y se "
        "multiplica por 100",
        "(30/40)*100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "cociente": wild(
        "Cociente de obras concluidas entre obras programadas multiplicado por 100",
        "(30/40)*100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "relación": wild(
        "Porcentaje de obras concluidas respecto al total de obras programadas",
        "(30/40)*100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "relación bare": wild(
        "Porcentaje de obras concluidas respecto al total de obras programadas",
        "75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "percent var used as share": wild(
        "(Población / 100) x Cobertura",
        "(5,000/100) x 45 = 2,250",
        {"Población": "5,000", "Cobertura": "45"},
        "2,250",
        "Personas",
    ),
    "cov %": wild(
        "Población x Cobertura",
        "5,000 x 45% = 2,250",
        {"Población": "5,000", "Cobertura": "45%"},
        "2,250",
        "Personas",
    ),
    "factor conv": wild("Litros / 1000", "5,400 / 1000 = 5.4", {"Litros": "5,400"}, "5.4", "m³"),
    "365": wild(
        "(Días cama ocupados / (Camas x 365)) x 100",
        "(320,450 / (1,020 x 365)) x 100 = 86.07",
        {"Días cama ocupados": "320,450", "Camas": "1,020"},
        "86.07",
    ),
    "year as var": wild(
        "Año de término - Año de inicio",
        "2024 - 2018 = 6",
        {"Año de término": "2024", "Año de inicio": "2018"},
        "6",
        "Años",
    ),
    "ln": wild("ln(A/B)", "0.18", {"A": "120", "B": "100"}, "0.18", "x", "REA04"),
    "dup var names": wild(
        "(Población / Población) x 100",
        "(120 / 200) x 100 = 60",
        {"Población atendida": "120", "Población total": "200"},
        "60",
    ),
    "method numbers of variables": wild(
        "(V1 / V2) * 100",
        "(120 / 200) * 100 = 60",
        {"Población atendida": "120", "Población total": "200"},
        "60",
    ),
    "method Variable 1": wild(
        "(Variable 1 / Variable 2) x 100",
        "(120 / 200) x 100 = 60",
        {"Población atendida": "120", "Población total": "200"},
        "60",
    ),
    "x100 no space mult": wild("(A/B)x100", "(120/200)x100=60", {"A": "120", "B": "200"}, "60"),
    "·": wild("A·B", "12·3=36", {"A": "12", "B": "3"}, "36", "x"),
    "decimal point middle": wild(
        "A + B", "12.50 + 3.25 = 15.75", {"A": "12.50", "B": "3.25"}, "15.75", "x"
    ),
    "millar apostrophe": wild(
        "A + B",
        "1'234,567 + 1'000,000 = 2'234,567",
        {"A": "1'234,567", "B": "1'000,000"},
        "2'234,567",
        "x",
    ),
    "N/A method": wild("No aplica", "75", {"No aplica": "NA"}, "75"),
    "long text then formula": wild(
        "Este indicador se obtiene de la siguiente manera: (obras concluidas / obras "
        "programadas) x 100",
        "(30/40)*100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "formula then prose no stop": wild(
        "(obras concluidas / obras programadas) x 100 El dato se obtiene del informe anual",
        "(30/40)*100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "formula prose stop": wild(
        "(obras concluidas / obras programadas) x 100. Nota: las obras se cuentan al 31 de "
        "diciembre de 2018.",
        "(30/40)*100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "two formulas": wild(
        "PA = (A / B) x 100; PB = (C / D) x 100; PT = (PA + PB) / 2",
        "[(30/40)*100 + (20/40)*100]/2 = 62.5",
        {"A": "30", "B": "40", "C": "20", "D": "40"},
        "62.5",
    ),
    "accum": wild(
        "Obras del año t + Obras acumuladas al año t-1",
        "30 + 120 = 150",
        {"Obras del año t": "30", "Obras acumuladas al año t-1": "120"},
        "150",
        "Obras",
    ),
    "subst with ×100 missing but %": wild(
        "(A/B) x 100", "30/40 = 75%", {"A": "30", "B": "40"}, "75", "Porcentaje", "CAL08"
    ),
    "parenthetical note": wild(
        "(Obras concluidas (incluye rehabilitadas) / Obras programadas) x 100",
        "(30/40)*100 = 75",
        {"Obras concluidas (incluye rehabilitadas)": "30", "Obras programadas": "40"},
        "75",
    ),
    "var with and/or plus sign": wild(
        "(Personas LGBTTTIQ+ atendidas / Personas LGBTTTIQ+) x 100",
        "(30/40)*100 = 75",
        {"Personas LGBTTTIQ+ atendidas": "30", "Personas LGBTTTIQ+": "40"},
        "75",
    ),
    "COVID-19": wild(
        "(Casos de COVID-19 / Población) x 100,000",
        "(300/4,000,000) x 100,000 = 7.5",
        {"Casos de COVID-19": "300", "Población": "4,000,000"},
        "7.5",
        "Tasa",
    ),
    "percent sign name": wild(
        "(% de avance físico + % de avance financiero) / 2",
        "(80 + 60) / 2 = 70",
        {"% de avance físico": "80", "% de avance financiero": "60"},
        "70",
    ),
    "age range": wild(
        "(Mujeres de 15-49 años con anticoncepción / Mujeres de 15-49 años) x 100",
        "(30/40) x 100 = 75",
        {"Mujeres de 15-49 años con anticoncepción": "30", "Mujeres de 15-49 años": "40"},
        "75",
    ),
    "greater sign names": wild(
        "(Población >65 años con pensión / Población >65 años) x 100",
        "(30/40) x 100 = 75",
        {"Población >65 años con pensión": "30", "Población >65 años": "40"},
        "75",
    ),
    "≥ names": wild(
        "(Población ≥ 20 años con diabetes / Población ≥ 20 años) x 100",
        "(30/40) x 100 = 75",
        {"Población ≥ 20 años con diabetes": "30", "Población ≥ 20 años": "40"},
        "75",
    ),
}
