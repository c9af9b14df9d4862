"""Fichas as other programmes print them: methods, substitutions and values in all their spellings.

Written after what the ministries' programmes, CONEVAL's manuals and the budget's indicator matrices
look like; most numbers are invented. Each ficha adds up, or gives the one finding that it names.
"""

from __future__ import annotations

from dataclasses import dataclass

Variables = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wild:
    """The arithmetic of one ficha; ``codes`` are the CAL and REA04 findings it must give."""

    method: str
    substitution: str
    variables: Variables
    baseline: str
    unit: str = "Porcentaje"
    note: str = ""
    codes: frozenset[str] = frozenset()


def wild(
    method: str,
    substitution: str,
    variables: dict[str, str],
    baseline: str,
    unit: str = "Porcentaje",
    *codes: str,
    note: str = "",
) -> Wild:
    return Wild(
        method, substitution, tuple(variables.items()), baseline, unit, note, frozenset(codes)
    )


SOUND: dict[str, Wild] = {
    "a comma that groups what is divided": wild(
        "Afiliados al cierre del año menos afiliados al inicio del año, entre afiliados al inicio "
        "del año, por 100",
        "((20,421,442 - 20,079,365) / 20,079,365) x 100 = 1.70",
        {
            "Afiliados al cierre del año": "20,421,442",
            "Afiliados al inicio del año": "20,079,365",
        },
        "1.70",
    ),
    "a currency sign behind a name": wild(
        "Saldo total de ahorro ($) / Trabajadores con cuenta",
        "$3,512,440,118.50 / 65,812 = $53,370.82",
        {"Saldo total de ahorro ($)": "$3,512,440,118.50", "Trabajadores con cuenta": "65,812"},
        "$53,370.82",
        "Pesos por trabajador",
    ),
    "weights written to their symbols": wild(
        "IG = 0.4A + 0.6B, donde: A es acceso; B es calidad",
        "IG = 0.4 x 71.2 + 0.6 x 63.5 = 66.58",
        {"A: acceso": "71.2", "B: calidad": "63.5"},
        "66.58",
        "Índice",
    ),
    # --- shares, and how the legend, the scale and the result are written ---
    "share": wild(
        "(Obras concluidas en el año t / Obras programadas en el año t) * 100",
        "(1,284 / 1,530) * 100 = 83.92",
        {"Obras concluidas en el año t": "1,284", "Obras programadas en el año t": "1,530"},
        "83.92",
    ),
    "legend with Donde": wild(
        "PCA = (PA / PT) x 100 Donde: PCA = Porcentaje de cobertura de agua; PA = Población con "
        "acceso a agua entubada; PT = Población total",
        "PCA = (112,345,678 / 119,938,473) x 100 = 93.67",
        {"Población con acceso a agua entubada": "112,345,678", "Población total": "119,938,473"},
        "93.67",
    ),
    "legend with donde, dashes": wild(
        "PCA=(PA/PT)*100 donde PA – población con acceso a agua entubada, PT – población total",
        "(112 345 678/119 938 473)*100=93.7%",
        {"Población con acceso a agua entubada": "112 345 678", "Población total": "119 938 473"},
        "93.7",
    ),
    "legend with En donde": wild(
        "TMM_t = (DM_t / NV_t) × 100,000 En donde: TMM_t: Tasa de mortalidad materna en el año t. "
        "DM_t: Defunciones maternas en el año t. NV_t: Nacidos vivos en el año t.",
        "TMM_2018 = (713 / 2,064,507) × 100,000 = 34.5",
        {
            "Defunciones maternas en el año t (DM_t)": "713",
            "Nacidos vivos en el año t (NV_t)": "2,064,507",
        },
        "34.5",
        "Defunciones por cada 100 mil nacidos vivos",
    ),
    "legend with Siendo": wild(
        "TMM = [DM / NV] x 100 000, siendo DM las defunciones maternas y NV los nacidos vivos",
        "TMM = [713 / 2 064 507] x 100 000 = 34.54",
        {"Defunciones maternas (DM)": "713", "Nacidos vivos (NV)": "2 064 507"},
        "34.54",
        "Tasa",
    ),
    "legend without a word": wild(
        "PVRP=(VRP/TV)*100 PVRP: porcentaje de viviendas rentadas o prestadas VRP: viviendas "
        "rentadas o prestadas TV: total de viviendas particulares habitadas",
        "Porcentaje de viviendas rentadas o prestadas= 9,941,077/34,155,613*100=29.11",
        {
            "Viviendas rentadas o prestadas (propias o en proceso de pago)": "9,941,077",
            "Total de viviendas particulares habitadas": "34,155,613",
        },
        "29.11",
        "Porcentaje de viviendas en renta o prestadas",
    ),
    "names that explain themselves": wild(
        "PVRH = (VFRH/TV)*100 Esta meta se calculará como el porcentaje de viviendas en rezago "
        "habitacional publicado por la ENIGH de forma bienal",
        "PVRH= (9409845/34155615)*100=27.55",
        {
            "VFRH =Viviendas en rezago en 2018": "9409845",
            "TV = Total de viviendas en 2018": "34155615",
        },
        "27.55",
    ),
    "a sentence before the formula": wild(
        "Se toman los registros acumulados de cada año, según su ubicación. % de viviendas "
        "registradas fuera de PCUs=[(Número de viviendas registradas en el RUV fuera de PCU)/"
        "(Número de viviendas registradas en el RUV)] x100",
        "% de viviendas registradas fuera de PCUs=(31,800/262,978)*100",
        {
            "Número de viviendas registradas en el RUV fuera de PCU": "31,800",
            "Número de viviendas registradas en el RUV total": "262,978",
        },
        "12.1",
    ),
    "a remark behind the result": wild(
        "PVRH = (VFRH/TV)*100",
        "PVRH= (9409845/34155615)*100=27.55 Número de viviendas en rezago: 27.55% del total",
        {
            "VFRH =Viviendas en rezago en 2018": "9409845",
            "TV = Total de viviendas en 2018": "34155615",
        },
        "27.55",
    ),
    "subscripts": wild(
        "PAₜ = (PCₜ / PTₜ) × 100",
        "PA₂₀₁₈ = (450 / 600) × 100 = 75.0",
        {"Personas capacitadas en el año t (PCₜ)": "450", "Personas totales (PTₜ)": "600"},
        "75.0",
    ),
    "small letters": wild(
        "PAt = (PCt/PTt)*100",
        "PAt=(450/600)*100=75%",
        {"PCt: Personas capacitadas": "450", "PTt: Personas en la plantilla": "600"},
        "75%",
    ),
    "abbreviations in brackets": wild(
        "[Número de Trámites Digitalizados (NTD) / Número Total de Trámites (NTT)] x 100",
        "[NTD (63) / NTT (84)] x 100 = 75",
        {
            "Número de trámites digitalizados (NTD)": "63",
            "Número total de trámites (NTT)": "84",
        },
        "75",
    ),
    "one-letter variables": wild(
        "I = (a / b) x 100",
        "I = (63 / 84) x 100 = 75.00",
        {"a = Solicitudes resueltas": "63", "b = Solicitudes recibidas": "84"},
        "75.00",
    ),
    "x 100%": wild(
        "(Solicitudes resueltas / Solicitudes recibidas) x 100%",
        "(63 / 84) x 100% = 75%",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75%",
    ),
    "(100)": wild(
        "(Solicitudes resueltas / Solicitudes recibidas) (100)",
        "(63 / 84) (100) = 75",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75",
    ),
    "100 in front": wild(
        "100*(Solicitudes resueltas/Solicitudes recibidas)",
        "100*(63/84)=75",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75",
    ),
    "in words": wild(
        "Solicitudes resueltas entre solicitudes recibidas por 100",
        "63 entre 84 por 100 igual a 75",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75",
    ),
    "in more words": wild(
        "El total de solicitudes resueltas dividido entre el total de solicitudes recibidas, "
        "multiplicado por cien",
        "63 / 84 x 100 = 75 por ciento",
        {"Total de solicitudes resueltas": "63", "Total de solicitudes recibidas": "84"},
        "75",
    ),
    "curly and square": wild(
        "{[Solicitudes resueltas en línea + Solicitudes resueltas en ventanilla] / [Solicitudes "
        "recibidas]} x 100",
        "{[21 + 42] / [84]} x 100 = 75",
        {
            "Solicitudes resueltas en línea": "21",
            "Solicitudes resueltas en ventanilla": "42",
            "Solicitudes recibidas": "84",
        },
        "75",
    ),
    "percent unit without × 100": wild(
        "Solicitudes resueltas / Solicitudes recibidas",
        "63 / 84 = 75%",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75%",
    ),
    "a result in words": wild(
        "(Solicitudes resueltas / Solicitudes recibidas) x 100",
        "(63 / 84) x 100 = 75 por ciento",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75 %",
    ),
    "a share of quotients, running": wild(
        "(Solicitudes resueltas / Solicitudes recibidas) x 100",
        "(63 / 84) = 0.75 x 100 = 75",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75",
    ),
    "a running calculation, all repeated": wild(
        "(Obras concluidas / Obras programadas) x 100",
        "(1,284 / 1,530) x 100 = (0.8392) x 100 = 83.92",
        {"Obras concluidas": "1,284", "Obras programadas": "1,530"},
        "83.92",
    ),
    "named values": wild(
        "(PA/PT)*100",
        "PA = 120; PT = 200; (120/200)*100 = 60",
        {"Población atendida (PA)": "120", "Población total (PT)": "200"},
        "60",
    ),
    "named values, then the name of the result": wild(
        "PC = (PA/PT)*100",
        "PA = 120, PT = 200, PC = (120/200)*100 = 60%",
        {"Población atendida (PA)": "120", "Población total (PT)": "200"},
        "60",
    ),
    "formula repeated, then numbers": wild(
        "PC = (PA/PT)*100",
        "PC = (PA/PT)*100 = (120/200)*100 = 60",
        {"Población atendida (PA)": "120", "Población total (PT)": "200"},
        "60",
    ),
    "words with numbers in brackets": wild(
        "(Personas beneficiarias / Población objetivo) x 100",
        "(Personas beneficiarias (4,512) / Población objetivo (9,024)) x 100 = 50",
        {"Personas beneficiarias": "4,512", "Población objetivo": "9,024"},
        "50",
    ),
    "words with numbers behind": wild(
        "(Personas beneficiarias / Población objetivo) x 100",
        "(4,512 personas beneficiarias / 9,024 personas de la población objetivo) x 100 = 50 %",
        {"Personas beneficiarias": "4,512", "Población objetivo": "9,024"},
        "50",
    ),
    "long names with years": wild(
        "(Número de planteles de educación media superior con infraestructura para personas con "
        "discapacidad en el ciclo escolar 2018-2019 / Planteles de educación media "
        "superior en el ciclo escolar 2018-2019) X 100",
        "(4,016/ 16,424) X 100 = 24.5",
        {
            "Número de planteles de educación media superior con infraestructura para personas con "
            "discapacidad en el ciclo escolar 2018-2019": "4,016",
            "Planteles de educación media superior en el ciclo escolar 2018-2019": "16,424",
        },
        "24.5",
    ),
    "names with slashes and hyphens": wild(
        "(Convenios marco y/o contratos-ley suscritos / Convenios y/o contratos en "
        "negociación) x 100",
        "(18 / 24) x 100 = 75",
        {
            "Convenios marco y/o contratos-ley suscritos": "18",
            "Convenios y/o contratos en negociación": "24",
        },
        "75",
    ),
    "names with commas and numbers": wild(
        "(Niñas, niños y adolescentes de 3 a 17 años inscritos / Niñas, niños y adolescentes de 3 "
        "a 17 años) x 100",
        "(28,350,112 / 33,158,022) x 100 = 85.5",
        {
            "Niñas, niños y adolescentes de 3 a 17 años inscritos": "28,350,112",
            "Niñas, niños y adolescentes de 3 a 17 años": "33,158,022",
        },
        "85.5",
    ),
    "footnote marks": wild(
        "(Usuarios con servicio 24/7* / Usuarios totales*) x 100",
        "(63 / 84) x 100 = 75",
        {"Usuarios con servicio 24/7*": "63", "Usuarios totales*": "84"},
        "75",
    ),
    "number signs": wild(
        "% de vivienda vulnerable = ((# de viviendas con riesgo alto + # de viviendas con riesgo "
        "muy alto) / # de viviendas totales) X 100",
        "% de vivienda vulnerable = ((540,141 + 99,011) / 6,631,256) X 100",
        {
            "Número de viviendas con riesgo alto en 2018": "540,141",
            "Número de viviendas con riesgo muy alto en 2018": "99,011",
            "Número de viviendas totales en 2018": "6,631,256",
        },
        "9.6",
    ),
    "a fraction bar flattened, by another programme": wild(
        "% de vivienda vulnerable = (# de viviendas con riesgo alto + # de viviendas con riesgo "
        "muy alto / # de viviendas totales) X 100",
        "% de vivienda vulnerable = (540,141 + 99,011 / 6,631,256) X 100 = 9.6",
        {
            "Número de viviendas con riesgo alto en 2018": "540,141",
            "Número de viviendas con riesgo muy alto en 2018": "99,011",
            "Número de viviendas totales en 2018": "6,631,256",
        },
        "9.6",
        "Porcentaje",
        "CAL06",
    ),
    "extra brackets": wild(
        "Porcentaje de gasto en vivienda=(( Gasto destinado a vivienda))/(Gastos totales) x 100",
        "32,035,801/( 299,939,010 ) x 100=10.7%",
        {
            "Gasto destinado a vivienda en 2018 en miles de pesos": "32,035,801",
            "Gastos totales en 2018 en miles de pesos": "299,939,010",
        },
        "10.7",
    ),
    "a missing final bracket": wild(
        "((Solicitudes resueltas / Solicitudes recibidas) x 100",
        "(63 / 84) x 100 = 75",
        {"Solicitudes resueltas": "63", "Solicitudes recibidas": "84"},
        "75",
        "Porcentaje",
        "REA04",
    ),
    "hectares": wild(
        "(Hectáreas restauradas / Hectáreas degradadas) x 100",
        "(12,345.6 ha / 98,765.4 ha) x 100 = 12.50",
        {"Hectáreas restauradas": "12,345.6", "Hectáreas degradadas": "98,765.4"},
        "12.50",
    ),
    # --- rates, ratios and indices ---
    "growth, t-1": wild(
        "((Exportaciones en el año t / Exportaciones en el año t-1) - 1) * 100",
        "((1,523.4 / 1,411.9) - 1) * 100 = 7.9",
        {"Exportaciones en el año t": "1,523.4", "Exportaciones en el año t-1": "1,411.9"},
        "7.9",
        "Tasa de variación",
    ),
    "growth, difference": wild(
        "[(VPt – VPt-1) / VPt-1] x 100 Donde: VPt = Valor de la producción en el año t; VPt-1 = "
        "Valor de la producción en el año t-1",
        "[(1,523.4 – 1,411.9) / 1,411.9] x 100 = 7.90",
        {
            "Valor de la producción en el año t": "1,523.4",
            "Valor de la producción en el año t-1": "1,411.9",
        },
        "7.90",
        "Tasa de variación",
    ),
    "growth, negative": wild(
        "((Accidentes en el año t - Accidentes en el año t-1) / Accidentes en el año t-1) x 100",
        "((1,210 - 1,356) / 1,356) x 100 = -10.77",
        {"Accidentes en el año t": "1,210", "Accidentes en el año t-1": "1,356"},
        "-10.77",
        "Tasa de variación",
    ),
    "growth, negative in brackets": wild(
        "((Accidentes en el año t - Accidentes en el año t-1) / Accidentes en el año t-1) x 100",
        "((1,210 - 1,356) / 1,356) x 100 = (10.77)",
        {"Accidentes en el año t": "1,210", "Accidentes en el año t-1": "1,356"},
        "(10.77)",
        "Tasa de variación",
    ),
    "growth, years as indices": wild(
        "TC = [(PIB2018 / PIB2017) – 1] × 100",
        "TC = [(18,551.6 / 18,156.6) – 1] × 100 = 2.2",
        {
            "PIB2018 = Producto interno bruto de 2018": "18,551.6",
            "PIB2017 = Producto interno bruto de 2017": "18,156.6",
        },
        "2.2",
    ),
    "compound rate, power": wild(
        "TMCA = [(Valor final / Valor inicial)^(1/6) - 1] x 100",
        "TMCA = [(5,890.4 / 4,231.7)^(1/6) - 1] x 100 = 5.67",
        {"Valor final": "5,890.4", "Valor inicial": "4,231.7"},
        "5.67",
        "Tasa media de crecimiento anual",
    ),
    "compound rate, root": wild(
        "(Raíz cuadrada de (Valor final / Valor inicial) - 1) x 100",
        "(√(144 / 100) - 1) x 100 = 20",
        {"Valor final": "144", "Valor inicial": "100"},
        "20",
        "Tasa",
    ),
    "geometric mean": wild(
        "Índice = (Subíndice de salud x Subíndice de educación x Subíndice de ingreso)^(1/3)",
        "Índice = (1.05 x 1.12 x 0.98)^(1/3) = 1.05",
        {
            "Subíndice de salud": "1.05",
            "Subíndice de educación": "1.12",
            "Subíndice de ingreso": "0.98",
        },
        "1.05",
        "Índice",
    ),
    "index base 100": wild(
        "(Índice de volumen en el año t / Índice de volumen en el año base) x 100",
        "(118.4 / 104.2) x 100 = 113.6",
        {"Índice de volumen en el año t": "118.4", "Índice de volumen en el año base": "104.2"},
        "113.6",
        "Índice base 2013 = 100",
    ),
    "per thousand": wild(
        "(Camas censables / Población total) x 1,000 habitantes",
        "(12,870 / 126,014,024) x 1,000 = 0.10",
        {"Camas censables": "12,870", "Población total": "126,014,024"},
        "0.10",
        "Camas por cada mil habitantes",
    ),
    "per hundred thousand, in words": wild(
        "(Defunciones por cáncer / Población de mujeres) por 100,000",
        "(7,257 / 64,540,634) por 100,000 = 11.2",
        {"Defunciones por cáncer": "7,257", "Población de mujeres": "64,540,634"},
        "11.2",
        "Defunciones por cada 100,000 mujeres",
    ),
    "per million, power of ten": wild(
        "(Solicitudes de patente / Población) x 10^6",
        "(1,555 / 125,327,797) x 10^6 = 12.4",
        {"Solicitudes de patente": "1,555", "Población": "125,327,797"},
        "12.4",
        "Solicitudes por millón de habitantes",
    ),
    "days": wild(
        "Días estancia / Egresos hospitalarios",
        "1,284,903 / 102,344 = 12.55 días",
        {"Días estancia": "1,284,903", "Egresos hospitalarios": "102,344"},
        "12.55",
        "Días",
    ),
    "times": wild(
        "Ingreso del decil X / Ingreso del decil I",
        "166,750 / 9,113 = 18.3 veces",
        {"Ingreso del decil X": "166,750", "Ingreso del decil I": "9,113"},
        "18.3",
        "Veces",
    ),
    "money and millions": wild(
        "(Presupuesto ejercido / Presupuesto autorizado) x 100",
        "($1,419.37 mdp / $1,512.00 mdp) x 100 = 93.87%",
        {
            "Presupuesto ejercido (mdp)": "$1,419.37",
            "Presupuesto autorizado (mdp)": "$1,512.00",
        },
        "93.87",
    ),
    "millions in the substitution only": wild(
        "(Recursos recuperados / Recursos auditados) x 100",
        "(34.1 millones / 952.9 millones) x 100 = 3.6",
        {"Recursos recuperados": "34,112,345", "Recursos auditados": "952,871,004"},
        "3.6",
    ),
    "sum in millions, off by rounding": wild(
        "Cartera de crédito puente=Cartera de crédito puente de la SHF+Cartera de crédito puente "
        "de la banca comercial",
        "Cartera de crédito puente = 26,256 + 81,296",
        {
            "Cartera de crédito puente de la SHF en millones de pesos en 2018": "26,256",
            "Cartera de crédito puente de la banca comercial en millones de pesos": "81,296",
        },
        "107,553",
        "Millones de pesos",
    ),
    "per capita": wild(
        "Producto interno bruto / Población",
        "24,145.6 miles de millones de pesos / 126.0 millones de personas = 191.63",
        {"Producto interno bruto": "24,145.6", "Población": "126.0"},
        "191.63",
        "Miles de pesos por persona",
    ),
    # --- differences, complements, sums ---
    "percentage points": wild(
        "Cobertura urbana - Cobertura rural",
        "85.6 - 79.2 = 6.4",
        {"Cobertura urbana": "85.6", "Cobertura rural": "79.2"},
        "6.4",
        "Puntos porcentuales",
    ),
    "percentage points, with signs": wild(
        "Porcentaje de cobertura urbana – Porcentaje de cobertura rural",
        "85.6% – 79.2% = 6.4 puntos porcentuales",
        {"Porcentaje de cobertura urbana": "85.6%", "Porcentaje de cobertura rural": "79.2%"},
        "6.4",
        "Puntos porcentuales",
    ),
    "complement": wild(
        "[1 - (Unidades fuera de servicio / Unidades totales)] x 100",
        "[1 - (312 / 4,160)] x 100 = 92.5",
        {"Unidades fuera de servicio": "312", "Unidades totales": "4,160"},
        "92.5",
    ),
    "complement to 100": wild(
        "100 - ((Unidades fuera de servicio / Unidades totales) x 100)",
        "100 - ((312 / 4,160) x 100) = 92.5",
        {"Unidades fuera de servicio": "312", "Unidades totales": "4,160"},
        "92.5",
    ),
    "losses": wild(
        "((Energía recibida - Energía entregada) / Energía recibida) x 100",
        "((36,012.4 - 31,245.9) / 36,012.4) x 100 = 13.24",
        {"Energía recibida": "36,012.4", "Energía entregada": "31,245.9"},
        "13.24",
    ),
    "a negative balance": wild(
        "Ingresos propios - Gastos de operación",
        "685.3 - 715.1 = -29.8",
        {"Ingresos propios": "685.3", "Gastos de operación": "715.1"},
        "-29.8",
        "Millones de pesos",
    ),
    "a negative balance in brackets": wild(
        "Ingresos propios menos gastos de operación",
        "685.3 menos 715.1 = (29.8)",
        {"Ingresos propios": "685.3", "Gastos de operación": "715.1"},
        "(29.8)",
        "Millones de pesos",
    ),
    "sum of three, X1": wild(
        "Acciones = X1+X2+X3 Donde: X1=Subsidios a hombres de municipios indígenas X2= Subsidios a "
        "mujeres (de todas las edades) X3=Subsidios a hombres de 60 años o más",
        "Acciones de subsidio= 22,958+489,395+21,248",
        {
            "Subsidios a hombres de municipios indígenas en 2018": "22,958",
            "Subsidios a mujeres en 2018": "489,395",
            "Subsidios a hombres de 60 años o más en 2018": "21,248",
        },
        "533,601",
        "Número de acciones",
    ),
    "sum of twelve": wild(
        "Ene + Feb + Mar + Abr + May + Jun + Jul + Ago + Sep + Oct + Nov + Dic",
        "10 + 12 + 9 + 14 + 11 + 13 + 10 + 8 + 15 + 12 + 9 + 17 = 140",
        dict(
            zip(
                "Ene Feb Mar Abr May Jun Jul Ago Sep Oct Nov Dic".split(),
                "10 12 9 14 11 13 10 8 15 12 9 17".split(),
                strict=True,
            )
        ),
        "140",
        "Eventos",
    ),
    "sum with a Sumatoria": wild(
        "Sumatoria de (Becas básicas + Becas medias + Becas superiores)",
        "5,320,114 + 3,752,019 + 300,421 = 9,372,554",
        {"Becas básicas": "5,320,114", "Becas medias": "3,752,019", "Becas superiores": "300,421"},
        "9,372,554",
        "Becas",
    ),
    "the one sum of everything": wild(
        "Suma de los kilómetros construidos en el año t",
        "740.6",
        {"Kilómetros construidos": "740.6"},
        "740.6",
        "Kilómetros",
    ),
    "number from elsewhere": wild(
        "El indicador ya está calculado por el Banco Mundial y se reporta en su publicación anual",
        "82.1 (Se tomará el número publicado por el Banco Mundial)",
        {"Número de días que se requieren para obtener un permiso en 2017-2018": "82.1"},
        "82.1",
        "Días",
    ),
    "sum and share": wild(
        "[(Mujeres en mandos medios + Mujeres en mandos superiores) / (Plazas de mando medio + "
        "Plazas de mando superior)] x 100",
        "[(312 + 45) / (814 + 206)] x 100 = 35.0",
        {
            "Mujeres en mandos medios": "312",
            "Mujeres en mandos superiores": "45",
            "Plazas de mando medio": "814",
            "Plazas de mando superior": "206",
        },
        "35.0",
    ),
    # --- means and weighted sums ---
    "mean of three": wild(
        "(Satisfacción en consulta + Satisfacción en urgencias + Satisfacción en "
        "hospitalización) / 3",
        "(81.3 + 76.9 + 88.2) / 3 = 82.1",
        {
            "Satisfacción en consulta": "81.3",
            "Satisfacción en urgencias": "76.9",
            "Satisfacción en hospitalización": "88.2",
        },
        "82.1",
    ),
    "mean named": wild(
        "Promedio de (Satisfacción en consulta; Satisfacción en urgencias; Satisfacción en "
        "hospitalización)",
        "(81.3 + 76.9 + 88.2) / 3 = 82.13",
        {
            "Satisfacción en consulta": "81.3",
            "Satisfacción en urgencias": "76.9",
            "Satisfacción en hospitalización": "88.2",
        },
        "82.13",
    ),
    "mean of ratios": wild(
        "[(A1/B1) + (A2/B2) + (A3/B3)] / 3 x 100",
        "[(45/60) + (30/50) + (72/80)] / 3 x 100 = 75",
        {"A1": "45", "B1": "60", "A2": "30", "B2": "50", "A3": "72", "B3": "80"},
        "75",
    ),
    "weights as fractions": wild(
        "(0.40 x Calidad) + (0.35 x Oportunidad) + (0.25 x Trato)",
        "(0.40 x 82.5) + (0.35 x 61.2) + (0.25 x 90) = 76.92",
        {"Calidad": "82.5", "Oportunidad": "61.2", "Trato": "90"},
        "76.92",
        "Puntos",
    ),
    "weights in per cent": wild(
        "40% Calidad + 35% Oportunidad + 25% Trato",
        "40%(82.5) + 35%(61.2) + 25%(90) = 76.92",
        {"Calidad": "82.5", "Oportunidad": "61.2", "Trato": "90"},
        "76.92",
        "Puntos",
    ),
    "weights behind": wild(
        "(Calidad*0.40)+(Oportunidad*0.35)+(Trato*0.25)",
        "(82.5*0.40)+(61.2*0.35)+(90*0.25)=76.9",
        {"Calidad": "82.5", "Oportunidad": "61.2", "Trato": "90"},
        "76.9",
        "Puntos",
    ),
    "weights that fall short": wild(
        "(0.40 x Calidad) + (0.35 x Oportunidad) + (0.20 x Trato)",
        "(0.40 x 82.5) + (0.35 x 61.2) + (0.20 x 90) = 72.42",
        {"Calidad": "82.5", "Oportunidad": "61.2", "Trato": "90"},
        "72.42",
        "Puntos",
        "CAL07",
    ),
    "nested weights": wild(
        "0.5 x (Avance físico + 0.3 x Avance financiero)",
        "0.5 x (71.4 + 0.3 x 20.1) = 38.7",
        {"Avance físico": "71.4", "Avance financiero": "20.1"},
        "38.7",
        "Puntos",
    ),
    "percentages as variables": wild(
        "(Porcentaje de avance en norma + Porcentaje de avance en obra) / 2",
        "(83.5% + 76.5%) / 2 = 80%",
        {"Porcentaje de avance en norma": "83.5%", "Porcentaje de avance en obra": "76.5%"},
        "80.0",
    ),
    # --- one value, no value ---
    "one value with its name": wild(
        "Número de municipios con atlas de riesgo actualizado",
        "Número de municipios con atlas de riesgo actualizado = 370",
        {"Número de municipios con atlas de riesgo actualizado en 2018": "370"},
        "370",
        "Municipios",
    ),
    "a count with its year": wild(
        "Entidades con prevalencia de corrupción",
        "Número de entidades con prevalencia en el año base (2017) = 20",
        {"Entidades con prevalencia de corrupción": "20"},
        "20",
        "Entidades federativas",
    ),
    "no baseline yet": wild(
        "(Acciones concluidas / Acciones registradas) X 100",
        "No se dispone de línea base",
        {"Acciones concluidas": "n.d.", "Acciones registradas": "n.d."},
        "n.d.",
    ),
    "not available anywhere": wild(
        "(Acciones concluidas / Acciones registradas) X 100",
        "n.d.",
        {"Acciones concluidas": "n.d.", "Acciones registradas": "n.d."},
        "n.d.",
    ),
    "no application": wild(
        "(Acciones concluidas / Acciones registradas) X 100",
        "No aplica",
        {"Acciones concluidas": "NA", "Acciones registradas": "NA"},
        "NA",
    ),
    "zero share": wild(
        "(Acciones concluidas / Acciones registradas) X 100",
        "(0 / 120) X 100 = 0",
        {"Acciones concluidas": "0", "Acciones registradas": "120"},
        "0",
    ),
    "all zero": wild(
        "Centros construidos + Centros rehabilitados",
        "0 + 0 = 0",
        {"Centros construidos": "0", "Centros rehabilitados": "0"},
        "0",
        "Centros",
        "CAL09",
    ),
    "an index at its base": wild(
        "(Ingreso en el año t / Ingreso en 2018) x 100",
        "(5,410.2 / 5,410.2) x 100 = 100",
        {"Ingreso en el año t": "5,410.2", "Ingreso en 2018": "5,410.2"},
        "100",
        "Índice",
        "CAL09",
    ),
    "equal but no index": wild(
        "Hombres beneficiados + Mujeres beneficiadas",
        "250 + 250 = 500",
        {"Hombres beneficiados": "250", "Mujeres beneficiadas": "250"},
        "500",
        "Personas",
    ),
    "nothing yet, by the note": wild(
        "Número de sucursales instaladas",
        "0",
        {"Sucursales instaladas": "0"},
        "0",
        "Sucursales",
        "CAL09",
        note="Indicador de nueva creación; aún no se cuenta con información",
    ),
    "only the result": wild(
        "(Obras concluidas / Obras programadas) x 100",
        "83.92",
        {"Obras concluidas": "1,284", "Obras programadas": "1,530"},
        "83.92",
    ),
    # --- what is no formula, or one that nobody can compute ---
    "a maximum": wild(
        "Máx (Avance físico, Avance financiero)",
        "71.4",
        {"Avance físico": "71.4", "Avance financiero": "20.1"},
        "71.4",
        "Porcentaje",
        "REA04",
    ),
    "a conditional": wild(
        "Si el avance es mayor a 90 se asigna 1; en otro caso, 0",
        "1",
        {"Avance": "95"},
        "1",
        "Valor",
        "REA04",
    ),
    "a sum with indices": wild(
        "Σ_{i=1}^{n} X_i / n",
        "82.1",
        {"X_i: Calificación del programa i": "82.1", "n: número de programas": "12"},
        "82.1",
        "Puntos",
        "REA04",
    ),
    "a sum with indices, flattened": wild(
        "x =Suma2 i=1 Costo operativo anual del organismo Xi en el año t / Número de hogares en el "
        "año t - Número de hogares en el año t - 1",
        "x = 2809 / 1.2 = 2,340",
        {
            "Costo operativo anual de FOVISSSTE (millones de pesos)": "975",
            "Costo operativo anual de SHF (millones de pesos)": "1,834",
            "Número de hogares en el año t": "34,100,000",
            "Número de hogares en el año t - 1": "32,900,000",
        },
        "2,340",
        "Pesos",
        "REA04",
    ),
    "prose with a sum inside": wild(
        "Se sumarán las entidades en las que la corrupción está entre los tres principales "
        "trámites, conforme a la encuesta",
        "Número de entidades en el año base (2017) = 20",
        {
            "Entidades en primer lugar": "1",
            "Entidades en segundo lugar": "10",
            "Entidades en tercer lugar": "9",
        },
        "20",
        "Entidades",
    ),
}
