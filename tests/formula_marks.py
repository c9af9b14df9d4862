"""More fichas in the wild: lines joined, labels, steps, odd marks; each gives what it names."""

from __future__ import annotations

from formula_fichas import Wild, wild

MARKED: dict[str, Wild] = {
    "running, rounded steps": wild(
        "(A / B) x 100",
        "1,284/1,530 = 0.84; 0.84 x 100 = 84.00",
        {"A": "1,284", "B": "1,530"},
        "84.00",
        "Porcentaje",
        "CAL03",
    ),
    "running, rounded steps 2": wild(
        "(A / B) x 100",
        "1,284/1,530 = 0.84 x 100 = 84.00",
        {"A": "1,284", "B": "1,530"},
        "84.00",
        "Porcentaje",
        "CAL03",
    ),
    "steps": wild(
        "[(A / B) + (C / D)] / 2 x 100",
        "(12/20) = 0.6; (14/20) = 0.7; (0.6 + 0.7) / 2 x 100 = 65",
        {"A": "12", "B": "20", "C": "14", "D": "20"},
        "65",
    ),
    "several results": wild(
        "(A / T)*100",
        "PVHMR= (309176/5782349)*100=5.3 (188464/5782349)*100=3.3 (558275/5782349)*100=9.7",
        {"A": "309176", "T": "5782349"},
        "5.3",
        "Proporción",
        "REA04",
    ),
    "lines joined": wild(
        "PC = (PA/PT)*100",
        "PA = 120 PT = 200 PC = (120/200)*100 = 60",
        {"PA: Población atendida": "120", "PT: Población total": "200"},
        "60",
    ),
    "lines joined no label": wild(
        "PC = (PA/PT)*100",
        "PA = 120 PT = 200 (120/200)*100 = 60",
        {"PA: Población atendida": "120", "PT: Población total": "200"},
        "60",
    ),
    "names then formula": wild(
        "(Población atendida / Población total) x 100",
        "Población atendida = 120 Población total = 200 (120/200)*100 = 60%",
        {"Población atendida": "120", "Población total": "200"},
        "60",
    ),
    "inside names": wild(
        "(PA/PT)x100",
        "(PA=120/PT=200)x100=60",
        {"PA: Población atendida": "120", "PT: Población total": "200"},
        "60",
    ),
    "year label": wild(
        "(Viviendas en riesgo / Viviendas) x 100",
        "Porcentaje 2017-2018 = (31,800/262,978)*100 = 12.1",
        {"Viviendas en riesgo": "31,800", "Viviendas": "262,978"},
        "12.1",
    ),
    "year label2": wild(
        "(Viviendas en riesgo / Viviendas) x 100",
        "Porcentaje de viviendas en 2018 = (31,800/262,978)*100 = 12.1",
        {"Viviendas en riesgo": "31,800", "Viviendas": "262,978"},
        "12.1",
    ),
    "year index": wild(
        "(Viviendas en riesgo / Viviendas) x 100",
        "PV2018 = (31,800/262,978)*100 = 12.1%",
        {"Viviendas en riesgo": "31,800", "Viviendas": "262,978"},
        "12.1",
    ),
    "result sentence": wild(
        "(Viviendas en riesgo / Viviendas) x 100",
        "(31,800/262,978)*100 = 12.1. Fuente: SNIIV, 2018",
        {"Viviendas en riesgo": "31,800", "Viviendas": "262,978"},
        "12.1",
    ),
    "precomputed": wild(
        "[(A + B) / (C + D)] x 100",
        "(357 / 1,020) x 100 = 35.0",
        {"A": "312", "B": "45", "C": "814", "D": "206"},
        "35.0",
    ),
    "indicator as variable": wild(
        "PAO=(TAPC/TAE)*100 Donde: PAO= porcentaje de avance "
        "TAPC=Número de acciones en proceso o concluidas "
        "TAE=Número de acciones establecidas",
        "PAO=(30/40)*100=75",
        {
            "PAO porcentaje de avance": "75",
            "TAPC=Número de acciones en proceso o concluidas": "30",
            "TAE=Número de acciones establecidas": "40",
        },
        "75",
    ),
    "donde inside": wild(
        "(Localidades donde opera el programa / Total de localidades) x 100",
        "(30 / 40) x 100 = 75",
        {"Localidades donde opera el programa": "30", "Total de localidades": "40"},
        "75",
    ),
    "donde inside 2": wild(
        "Localidades donde opera el programa / Total de localidades x 100",
        "30 / 40 x 100 = 75",
        {"Localidades donde opera el programa": "30", "Total de localidades": "40"},
        "75",
    ),
    "no scale rate": wild(
        "Defunciones maternas / Nacidos vivos",
        "713 / 2,064,507 = 34.5",
        {"Defunciones maternas": "713", "Nacidos vivos": "2,064,507"},
        "34.5",
        "Defunciones por cada 100 mil nacidos vivos",
        "CAL06",
    ),
    "two IMSS": wild(
        "(Médicos generales (IMSS) / Camas censables (IMSS)) x 100",
        "(30 / 40) x 100 = 75",
        {"Camas censables (IMSS)": "40", "Médicos generales (IMSS)": "30"},
        "75",
    ),
    "comma in legend": wild(
        "IC = (a + b) / c, donde a es el número de quejas, "
        "b es el número de denuncias y c es el total de usuarios",
        "(10+20)/300 = 0.10",
        {
            "Número de quejas (a)": "10",
            "Número de denuncias (b)": "20",
            "Total de usuarios (c)": "300",
        },
        "0.10",
        "Índice",
    ),
    "latex sub": wild(
        "TC_{t} = (V_{t}/V_{t-1} - 1) x 100",
        "(120/100 - 1) x 100 = 20",
        {"V_{t}: Ventas del año t": "120", "V_{t-1}: Ventas del año t-1": "100"},
        "20",
    ),
    "t-1 brackets": wild(
        "[(V(t) - V(t-1)) / V(t-1)] x 100",
        "[(120 - 100)/100] x 100 = 20",
        {"V(t) Ventas del año": "120", "V(t-1) Ventas del año anterior": "100"},
        "20",
    ),
    "t minus spaced": wild(
        "((Ventas en t / Ventas en t - 1) - 1) x 100",
        "((120/100) - 1) x 100 = 20",
        {"Ventas en t": "120", "Ventas en t - 1": "100"},
        "20",
    ),
    "año anterior": wild(
        "((Ventas del año actual - Ventas del año anterior) / Ventas del año anterior) x 100",
        "((120 - 100)/100) x 100 = 20",
        {"Ventas del año actual": "120", "Ventas del año anterior": "100"},
        "20",
    ),
    "sum of weights subst percent": wild(
        "(Calidad x 40%) + (Trato x 60%)",
        "(82.5 x 40%) + (61.2 x 60%) = 69.72",
        {"Calidad": "82.5", "Trato": "61.2"},
        "69.72",
        "Puntos",
    ),
    "weights percent vars percent": wild(
        "(0.4 x Porcentaje de calidad) + (0.6 x Porcentaje de trato)",
        "(0.4 x 82.5%) + (0.6 x 61.2%) = 69.72%",
        {"Porcentaje de calidad": "82.5%", "Porcentaje de trato": "61.2%"},
        "69.72%",
    ),
    "average of percentages %": wild(
        "(P1 + P2 + P3)/3",
        "(80% + 90% + 100%)/3 = 90%",
        {"P1": "80%", "P2": "90%", "P3": "100%"},
        "90%",
    ),
    "average 100": wild(
        "Σ(P1, P2, P3)/3", "(80 + 90 + 100)/3 = 90", {"P1": "80", "P2": "90", "P3": "100"}, "90"
    ),
    "negative minus unicode": wild(
        "Ingresos − Egresos",
        "685.3 − 715.1 = −29.8",
        {"Ingresos": "685.3", "Egresos": "715.1"},
        "−29.8",
        "Millones de pesos",
    ),
    "negative variable": wild(
        "Saldo inicial + Variación",
        "100 + (-20) = 80",
        {"Saldo inicial": "100", "Variación": "-20"},
        "80",
        "Millones",
    ),
    "negative variable 2": wild(
        "Saldo inicial + Variación",
        "100 - 20 = 80",
        {"Saldo inicial": "100", "Variación": "-20"},
        "80",
        "Millones",
    ),
    "decimal comma": wild(
        "(A / B)", "3,4 / 1,7 = 2,0 veces", {"A": "3,4", "B": "1,7"}, "2,0", "Veces"
    ),
    "enumerated": wild(
        "1) Sumar las obras; 2) dividir entre el total",
        "83.9",
        {"Obras": "1,284", "Total": "1,530"},
        "83.9",
        "Porcentaje",
        "REA04",
    ),
    "text only": wild(
        "Encuesta nacional de satisfacción, pregunta 5.1",
        "83.9",
        {"Porcentaje de satisfacción": "83.9"},
        "83.9",
    ),
    "method equals substitution numbers": wild(
        "(Obras concluidas / 1,530 obras programadas) x 100",
        "(1,284 / 1,530) x 100 = 83.92",
        {"Obras concluidas": "1,284"},
        "83.92",
    ),
    "de cada": wild(
        "Personas atendidas / Personas solicitantes * 10",
        "(45 / 60) * 10 = 7.5 de cada 10",
        {"Personas atendidas": "45", "Personas solicitantes": "60"},
        "7.5",
    ),
    "trailing percent": wild(
        "(Personas atendidas / Personas solicitantes) %",
        "(45 / 60) % = 75",
        {"Personas atendidas": "45", "Personas solicitantes": "60"},
        "75",
        "Porcentaje",
        "REA04",
    ),
    "por ciento words": wild(
        "Personas atendidas / Personas solicitantes por ciento",
        "45 / 60 = 75 por ciento",
        {"Personas atendidas": "45", "Personas solicitantes": "60"},
        "75",
        "Porcentaje",
        "CAL06",
    ),
    "m2": wild(
        "Superficie construida (m²) / Personas",
        "1,200 m² / 300 personas = 4 m²/persona",
        {"Superficie construida (m²)": "1,200", "Personas": "300"},
        "4",
        "m² por persona",
    ),
    "usd": wild(
        "(Deuda / PIB) x 100",
        "(USD 10,548.2 / USD 24,145.6) x 100 = 43.7",
        {"Deuda": "10,548.2", "PIB": "24,145.6"},
        "43.7",
        "Porcentaje del PIB",
    ),
    "% del PIB": wild(
        "(Gasto en CyT / PIB) x 100",
        "(82,500 mdp / 23,491,000 mdp) x 100 = 0.35% del PIB",
        {"Gasto en CyT": "82,500", "PIB": "23,491,000"},
        "0.35",
        "Porcentaje del PIB",
    ),
    "100 - x": wild(
        "100 - Porcentaje de pérdidas",
        "100 - 13.24 = 86.76",
        {"Porcentaje de pérdidas": "13.24"},
        "86.76",
    ),
    "single scaled": wild(
        "Inversión ejercida",
        "$12,345.6 millones",
        {"Inversión ejercida (pesos)": "12,345,600,000"},
        "12,345.6",
        "Millones de pesos",
    ),
    "zeros in sum": wild(
        "A + B + C", "0 + 12 + 0 = 12", {"A": "0", "B": "12", "C": "0"}, "12", "x"
    ),
    "pct diff": wild(
        "(PI - PF)",
        "(43.6% - 41.9%) = 1.7",
        {"PI": "43.6%", "PF": "41.9%"},
        "1.7",
        "Puntos porcentuales",
    ),
    "pairs swapped order of vars": wild(
        "(Egresos por defunción / Total de egresos) x 100",
        "(3 / 400) x 100 = 0.75",
        {"Total de egresos": "400", "Egresos por defunción": "3"},
        "0.75",
    ),
    "trailing condition": wild(
        "[(A / B) x 100] ≥ 90", "(95/100) x 100 = 95", {"A": "95", "B": "100"}, "95"
    ),
    "fraction line": wild(
        "Población atendida ------------------------ x 100 Población total",
        "(30/40) x 100 = 75",
        {"Población atendida": "30", "Población total": "40"},
        "75",
        "Porcentaje",
    ),
    "underscore line": wild(
        "Población atendida __________ X 100 Población total",
        "(30/40) x 100 = 75",
        {"Población atendida": "30", "Población total": "40"},
        "75",
        "Porcentaje",
    ),
    "No. abbreviations": wild(
        "(No. de obras concluidas / No. de obras programadas) x 100",
        "(30/40) x 100 = 75",
        {"No. de obras concluidas": "30", "No. de obras programadas": "40"},
        "75",
    ),
    "colon label": wild(
        "Fórmula: Porcentaje = (No. de obras concluidas / No. de obras programadas) x 100",
        "(30/40) x 100 = 75",
        {"Número de obras concluidas": "30", "Número de obras programadas": "40"},
        "75",
    ),
    "semicolon end": wild(
        "(obras concluidas / obras programadas) x 100;",
        "(30/40) x 100 = 75;",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "quotes": wild(
        "(“Obras concluidas” / “Obras programadas”) x 100",
        "(30/40) x 100 = 75",
        {"Obras concluidas": "30", "Obras programadas": "40"},
        "75",
    ),
    "ratio with colon": wild(
        "Mujeres : Hombres", "450 : 900 = 0.5", {"Mujeres": "450", "Hombres": "900"}, "0.5", "Razón"
    ),
    "percent of percent": wild(
        "(Meta alcanzada / Meta programada) x 100",
        "(45.5% / 50.0%) x 100 = 91.0%",
        {"Meta alcanzada": "45.5%", "Meta programada": "50.0%"},
        "91.0",
    ),
    "base in method": wild(
        "(IPC 2018 / IPC 2013) x 100",
        "(103.02 / 82.13) x 100 = 125.4",
        {"IPC 2018": "103.02", "IPC 2013": "82.13"},
        "125.4",
        "Índice",
    ),
    "thousands variable vs units": wild(
        "(Alumnos en escuelas / Población en edad) x 100",
        "(4,850 / 6,100) x 100 = 79.5",
        {"Alumnos en escuelas (miles)": "4,850", "Población en edad (miles)": "6,100"},
        "79.5",
    ),
}
