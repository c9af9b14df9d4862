"""Baselines, histories, targets and units as other programmes print them, and what SER must say.

Written after published programmes (housing, territory, health, education, energy, water, culture,
transport, labour); the numbers are rounded or invented. Each entry is a ficha and the codes of the
SER, CRO and REA findings that it must give, no more and no less.
"""

from __future__ import annotations

from typing import Any

from tests.rules_help import planned, series

Case = tuple[dict[str, Any], frozenset[str]]


def case(base: str, targets: str, *found: str, start: int = 2020, **changes: Any) -> Case:
    """A ficha of a baseline and targets (``"62 64_% 65"``) that start in a year."""
    values = [value.replace("_", " ") for value in targets.split()]
    given = {"target_series": series(*values, start=start)} | changes
    return planned(base, values, **given), frozenset(found)


def years(text: str) -> dict[str, str]:
    """``"2016:28.06 2018:1.2_millones"`` as a series."""
    return dict(item.replace("_", " ").split(":") for item in text.split())


DOWN = {"trend": "Descendente"}
FLAT = {"trend": "Constante"}

SERIES: dict[str, Case] = {
    "persons by household": case(
        "3.6", "3.5 3.5 3.4 3.4 3.3", **DOWN, unit="Personas", name="Personas por hogar",
        method="Población en hogares / Hogares",
    ),
    # --- directions -----------------------------------------------------------------------------
    "descending rate": case("16.2", "15.6 15.1 14.2 13.9 13.1", **DOWN, unit="Tasa", name="Rezago"),
    "descending rate that rises once": case("16.2", "15.6 15.9 14.2 13.9 13.1", "SER03", **DOWN),
    "descending to zero": case("120", "80 45 20 5 0", **DOWN, unit="Quejas"),
    "ascending with flat stretches": case("60", "60 60 62 62 65"),
    "ascending that ends below the baseline": case("60", "50 52 54 57 59", "SER03"),
    "pandemic dip below the baseline": case("61.4", "44.0 50.2 57.5 62.0 66.3", year=2019),
    "pandemic dip inside the targets": case("61.4", "62.0 44.0 57.5 62.0 66.3", "SER03"),
    "pandemic rise of a falling rate": case("9.1", "12.4 10.2 9.3 9.0 8.1", **DOWN, year=2019),
    "negative balance that improves": case(
        "-180,420", "-92,300 -61,750 -35,000 -12,400 0", unit="Millones de pesos", name="Balance"
    ),
    "negative balance that worsens": case(
        "-10,420", "-12,300 -9,750 -8,000 -7,400 -6,000", unit="Millones de pesos", name="Balance"
    ),
    "negative balance that ends worse": case(
        "-10,420", "-12,300 -19,750 -28,000 -37,400 -46,000", "SER03",
        unit="Millones de pesos", name="Balance",
    ),
    "constant printed with and without decimals": case("93.9", "95.0 95 95.0 95.00 95", **FLAT),
    "constant with per cent signs": case("100", "100% 100 100.0% 100 100", **FLAT),
    "constant away from its baseline": case("88", "100 100 100 100 100", **FLAT),
    "constant that moves": case("95", "95.0 95.0 95.5 95.0 95.0", "SER03", **FLAT),
    "constant that only reaches its level late": case("95", "93 94 95 95 95", "SER03", **FLAT),
    "no trend printed": case("95", "97 93 98 91 99", trend=None),
    "finer baseline than targets": case("60.4", "60 60 61 61 62"),
    "baseline n.d.": case("n.d.", "62 64 65 70 71"),
    "baseline n.d., last target falls": case("n.d.", "62 64 65 70 69", "SER03"),
    "zero baseline of a new indicator, falling": case(
        "0", "90 85 82 80 71", **DOWN,
        baseline_note="El indicador es de nueva creación; se medirá a partir de 2020.",
    ),
    "zero baseline said to be unavailable": case(
        "0", "90 85 82 80 71", **DOWN, baseline_note="No se cuenta con línea base."
    ),
    "targets n.d. in between": case("60", "62 n.d. 65 n.d. 71"),
    "first targets not set": case("60", "N/A N/A 65 70 71"),
    "only a final target": case("60", "71", start=2024),
    # --- precision, units and scales ------------------------------------------------------------
    "last target finer than the final one": case("60", "62 64 65 70 71.4", target_text="71"),
    "last target coarser than the final one": case("60", "62 64 65 70 95", target_text="95.00%"),
    "last target is not the final one": case("60", "62 64 65 70 71", "SER02", target_text="73"),
    "last target cut off": case("60", "62 64 65 70 71.8", "SER02", target_text="71"),
    "final target with its unit": case(
        "900 pesos", "910 920 945 960 990", target_text="990 pesos", unit="Pesos", name="Costo"
    ),
    "final target in millions of words": case(
        "1,000,000", "1,050,000 1,080,000 1,130,000 1,160,000 1,200,000",
        target_text="1.2 millones", unit="Personas", name="Personas atendidas",
    ),
    "final target in other millions": case(
        "1,000,000", "1,050,000 1,080,000 1,130,000 1,160,000 1,200,000", "SER02",
        target_text="1.3 millones", unit="Personas", name="Personas atendidas",
    ),
    "all in millions of words, falling in writing only": case(
        "900 mil", "950 mil", year=2019, target_series=years("2020:950_mil 2024:1.2_millones"),
        target_text="1.2 millones", unit="Personas",
    ),
    "a falling count whose last target is in millions of words": case(
        "1,900,000", "1,800,000", **DOWN, unit="Personas", name="Personas en rezago",
        target_series=years("2022:1,800,000 2024:1.7_millones"), target_text="1.7 millones",
        frequency="Bienal",
    ),
    "thousands with spaces": case("1 200", "1,250 1_300 1,400 1,420 1,500", unit="Becas"),
    "percentages printed with and without the sign": case("60.0 %", "62 64% 65 70.0% 71_%"),
    "deviation negative, in brackets": case(
        "(4.5)", "-3.2 -2.1 -1.5 -1.2 -0.7", unit="Porcentaje", name="Desviación del gasto"
    ),
    # --- baseline and history -------------------------------------------------------------------
    "history ends before the base year": case(
        "60", "62 64 65 70 71", year=2019, historical_series=series("55", "56", "59", start=2015)
    ),
    "history runs beyond the base year": case(
        "12.1", "13 12.5 11 10", **DOWN, start=2021,
        historical_series=series("27.6", "19.4", "20.6", "12.1", "13.6", "14.7", start=2015),
    ),
    "history differs in the base year": case(
        "12.1", "12.0 11.7 11.2 10", "SER01", **DOWN, start=2021,
        historical_series=series("27.6", "19.4", "20.6", "12.6", "13.6", start=2015),
    ),
    "history n.d. in the base year": case(
        "12.1", "12.0 11.7 11.2 10", **DOWN, historical_series=years("2016:14 2017:n.d. 2018:n.d.")
    ),
    "history finer in the base year": case(
        "27.5", "27.0 26.8 26.1 25.9 24.6", **DOWN, historical_series=years("2017:28.1 2018:27.54")
    ),
    "history truncated in the base year": case(
        "27.5", "27.0 26.8 26.1 25.9 24.6", "SER01", **DOWN,
        historical_series=years("2017:28.1 2018:27.58"),
    ),
    "no history": case("60", "62 64 65 70 71", historical_series={}),
    "no baseline year": case("60", "62 64 65 70 71", baseline_year=None),
    # --- accumulation ---------------------------------------------------------------------------
    "accumulated count": case(
        "370", "497 520 580 640 700", unit="Municipios", name="Atlas", accumulation="Acumulado"
    ),
    "accumulated count that falls": case(
        "370", "497 520 510 640 700", "SER03", "SER04", unit="Municipios", name="Atlas",
        accumulation="Acumulado",
    ),
    "accumulated share of a falling rate": case(
        "9.1", "8.2 7.7 7.1 6.6 6.2", **DOWN, accumulation="Acumulado", name="Tasa de deserción"
    ),
    "accumulated falling count": case(
        "90", "80 71 65 58 40", "SER04", **DOWN, accumulation="Acumulado", unit="Accidentes",
        name="Número de accidentes",
    ),
    "accumulated variation that falls": case(
        "4.0", "3.1 5.2 4.4 5.0 6.1", "SER03", accumulation="Acumulado",
        name="Variación porcentual acumulada del empleo",
    ),
    "periodic count that falls with its trend": case("90", "80 71 65 58 40", **DOWN, unit="Quejas"),
    # --- years ----------------------------------------------------------------------------------
    "targets from 2021": case("2,340", "2,072 2,010 1,949 1,891", **DOWN, start=2021, unit="Pesos"),
    "targets to 2023, the goal apart": case(
        "60", "62 64 65 70", target_text="71", target_year=2024
    ),
    "targets beyond the goal": case(
        "60", "62 64 65 70 71 74", target_text="71", target_year=2024
    ),
    "a year missing": case(
        "60", "71", "SER08", target_series=years("2020:62 2021:64 2023:70 2024:71")
    ),
    "a year missing in the history": case(
        "60", "62 64 65 70 71", "SER08", historical_series=years("2014:52 2015:55 2017:58 2018:60")
    ),
    "n.d. for a year is no missing year": case(
        "60", "62 64 65 70 71",
        historical_series=years("2014:52 2015:n.d. 2016:n.a. 2017:5 2018:60")
    ),
    "biennial survey": case(
        "27.54", "24.58", **DOWN, frequency="Bienal", target_series=years("2022:25.54 2024:24.58"),
        historical_series=years("2012:30.68 2014:28.34 2016:28.06 2018:27.54"),
    ),
    "biennial survey that says annual": case(
        "27.54", "24.58", **DOWN, frequency="Anual",
        target_series=years("2020:26.51 2022:25.54 2024:24.58"),
        historical_series=years("2012:30.68 2014:28.34 2016:28.06 2018:27.54"),
    ),
    "biennial survey, one wave missing": case(
        "27.54", "24.58", "SER08", **DOWN, frequency="Bienal",
        target_series=years("2022:25.54 2024:24.58"),
        historical_series=years("2010:31.1 2012:30.68 2016:28.06 2018:27.54"),
    ),
    "odd years and the goal of 2024": case(
        "30.7", "18", **DOWN, frequency="Bienal", baseline_year=2017,
        historical_series=years("2013:24.9 2015:24.8 2017:30.7 2019:25"),
        target_series=years("2021:20 2023:18.5 2024:18"),
    ),
    "every three years": case(
        "41", "47", frequency="Cada tres años", target_series=years("2021:45 2024:47"),
        historical_series=years("2012:35 2015:38 2018:41"),
    ),
    "every three years, one missing": case(
        "41", "47", "SER08", frequency="Trienal", target_series=years("2021:45 2024:47"),
        historical_series=years("2009:35 2015:38 2018:41"),
    ),
    "censuses and surveys": case(
        "9.2", "9.9", frequency="Quinquenal", target_series=years("2020:9.7 2024:9.9"),
        historical_series=years("2000:7.3 2005:8.1 2010:8.6 2015:9.1 2018:9.2"),
        name="Grado promedio de escolaridad", unit="Años",
    ),
    "irregular waves without a frequency": case(
        "9.2", "9.9", frequency=None, target_series=years("2020:9.7 2024:9.9"),
        historical_series=years("2000:7.3 2005:8.1 2010:8.6 2013:9.1 2018:9.2"),
        name="Grado promedio de escolaridad", unit="Años",
    ),
    "a dropped year of three annual ones": case(
        "60", "71", "SER08", target_series=years("2022:65 2024:71")
    ),
    "quarterly, yearly series": case("60", "62 64 65 70 71", frequency="Trimestral"),
    "school cycles": case(
        "60", "62 64 65 70 71", frequency="Anual (ciclo escolar 2018-2019)"
    ),
    # --- units ----------------------------------------------------------------------------------
    "share above 100": case("60", "62 64 650 70 71", "SER03", "SER07"),
    "share negative": case("60", "62 64 65 -70 71", "SER03", "SER07"),
    "coverage above 100": case(
        "96", "98 99 101 103 105", "SER07", name="Cobertura de vacunación en menores de un año"
    ),
    "gross enrolment above 100": case(
        "103.4", "104.1 104.6 105.3 105.4 105.9", "SER07", unit="Porcentaje",
        name="Tasa bruta de cobertura en educación primaria",
        method="(Matrícula / Población de 6 a 11 años) x 100",
    ),
    "executed over programmed above 100": case(
        "96", "98 99 101 103 106", "SER07",
        method="(Kilómetros conservados / Kilómetros programados) x 100",
    ),
    "variation above 100": case("60", "80 95 104 170 210", name="Incremento de la matrícula"),
    "variation below 0": case("-3.2", "-1.1 0.4 1.2 2.9 3.3", name="Variación porcentual del PIB"),
    "index of a base": case("100", "104.2 106.9 109.8 112.8 115.9", unit="Índice base 2018=100"),
    "index between 0 and 1": case("0.41", "0.42 0.44 0.45 0.47 0.50", unit="Índice de Gini"),
    "ratio of people": case("104", "103 103 102 101 100", **DOWN, unit="Razón", name="Hombres"),
    "points": case("-12.1", "-8.1 -5.5 -2 0.5 3", unit="Puntos", name="Saldo de opinión"),
    "megawatts": case("1,240.5", "1,300.2 1,390 1,402.7 1,600 1,640", unit="MW", name="Capacidad"),
    "days": case("35.5", "33.1 30.2 27.4 26 22.5", **DOWN, unit="Días", name="Tiempo de espera"),
    "average of a count": case("3.5", "3.6 3.9 4.1 4.2 4.8", unit="Promedio", name="Consultas"),
    "degree of schooling": case("9.2", "9.3 9.5 9.6 9.8 9.9", unit="Grado", name="Escolaridad"),
    "kilometres": case("375.4", "400.1 512.7 520 633.9 641", unit="Kilómetros", name="Caminos"),
    "litres per head": case("184.5", "190 192.3 195 201 204.8", unit="Litros por habitante al día"),
    "proportion": case("0.30", "0.31 0.34 0.36 0.37 0.41", unit="Proporción", name="Mujeres"),
    "people": case("1,200", "1,250 1,300 1,410 1,444 1,500", unit="Personas capacitadas"),
    "half a person": case("1,200", "1,250 1,300.5 1,410 1,444 1,500", "SER07", unit="Personas"),
    "thousands of people": case("1.2", "1.25 1.31 1.41 1.44 1.5", unit="Miles de personas"),
    "pesos of a base year": case(
        "1,034,129", "1,114,051 1,130,761 1,147,723 1,147,723 1,160,001",
        unit="Millones de pesos constantes (base 2013)", name="Valor de la producción",
    ),
    "net creation of jobs": case(
        "-12,000", "-5,000 4,000 9,000 12,500 15,000", unit="Empleos",
        name="Creación neta de empleos"
    ),
    "negative count": case("12", "-15 18 21 25 29", "SER07", unit="Número de convenios firmados"),
    "rate of deaths negative": case(
        "34.6", "32.1 31.0 -29.2 28.4 26.9", "SER03", "SER07", **DOWN,
        unit="Tasa por cada 100 mil nacidos vivos", name="Razón de mortalidad materna",
    ),
    "beds per thousand": case("0.68", "0.68 .70 .71 0.75 1", unit="Camas por cada mil habitantes"),
    "occupation above 100": case(
        "98", "97 96 94 93 90", "SER07", **DOWN, name="Porcentaje de ocupación hospitalaria",
        historical_series=years("2016:104 2017:101 2018:98"),
        method="(Días paciente / Días cama) x 100",
    ),
    # --- lines ----------------------------------------------------------------------------------
    "equal steps": case("58", "62 64 66 68 70", "SER09"),
    "equal steps, the last one wrong": case(
        "58", "62 64 66 68 77", "SER02", "SER09", target_text="70"
    ),
    "equal steps over two years": case(
        "58", "70", "SER09", frequency="Bienal",
        target_series=years("2018:64 2020:66 2022:68 2024:70"), baseline_year=2016,
    ),
    "a compound rate": case(
        "130.53", "128.05 125.62 123.23 120.89 118.59", "SER09", **DOWN, unit="Tasa x 100,000"
    ),
    "three equal steps": case("58", "62 64 66", start=2022),
    "rounded to fives": case("58", "60 65 75 80 90"),
}  # fmt: skip
