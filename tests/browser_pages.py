"""CONEVAL's documents as web pages, invented, for a browser to print.

Charts bear numbers, legends and years here, as the published ones do: none of them is a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Cells = Sequence[Sequence[str]]

STYLE = """
@page { size: %s; margin: 12mm; } body { font: %s 'DejaVu Sans'; margin: 0; }
.c { display: flex; gap: 14px; } .c > div { flex: 1; } p { margin: 2px 0; text-align: justify; }
h1 { font-size: 1.9em; margin: 2px 0; } h2 { font-size: 1.4em; margin: 4px 0; break-after: avoid; }
h3 { background: #0b6e5f; color: #fff; font-size: 1.1em; padding: 2px 4px; margin: 6px 0 3px; }
table { border-collapse: collapse; width: 100%%; font: inherit; } td, th { padding: 2px 4px; }
table.b td, table.b th { border: 1px solid #888; } table.h tr { border-bottom: 1px solid #888; }
table.r td:last-child { text-align: right; } table.m td { text-align: center; }
small { font-size: .8em; } .new { break-before: page; } .f td:first-child { width: 35%%; }
"""
PROSE = (
    "Los resultados al cierre de 2021 registraron una proporción de 88.12% de personas atendidas; "
    "la meta no se alcanzó y el valor de los indicadores depende de los registros locales."
)
INFO = (("Frecuencia", "Anual"), ("Año base", "2018"), ("Meta", "94.50"), ("Valor", "88.12"))
PLACES = (
    ("Entidades atendidas", "31"),
    ("Municipios atendidos", "1,204"),
    ("Localidades", "ND"),
    ("Hombres atendidos", "5,120"),
    ("Mujeres atendidas", "NA"),
)
POPULATIONS = (
    ("Población Potencial (PP)", "12,345,678"),
    ("Población Objetivo (PO)", "4,321,000"),
    ("Población Atendida (PA)", "432,100"),
    ("Población Atendida/ Población Objetivo", "10.00 %"),
)
BUDGET = (
    ("2018", "2,010.50", "111,222.30", "1.81 %"),
    ("2019", "1,900.00", "121,000.00", "1.57 %"),
    ("2020", "1,800.25", "131,000.55", "1.37 %"),
    ("2021", "1,700.75", "141,000.10", "1.21 %"),
)
BUDGET_HEADING = (
    "Año",
    "Presupuesto del Programa (MDP) (1)",
    "Presupuesto del Ramo (MDP) (2)",
    "% = (1)/(2)",
)


def table(rows: Iterable[Sequence[str]], look: str, heading: Sequence[str] = ()) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in heading)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="{look}">{f"<tr>{head}</tr>" if head else ""}{body}</table>'


def lines(pairs: Iterable[Sequence[str]]) -> str:
    return "".join(f"<div>{label}: {value}</div>" for label, value in pairs)


def across(pairs: Sequence[Sequence[str]], look: str) -> str:
    """Labels in a row, values in the row below."""
    return table(list(zip(*pairs, strict=True)), look)


def _texts(texts: Iterable[tuple[float, float, str]]) -> str:
    return "".join(f'<text x="{x}" y="{y}" font-size="6">{text}</text>' for x, y, text in texts)


def _result_chart() -> str:
    ticks = [(2, 95 - 18 * at, str(25 * at)) for at in range(5)]
    names = [(30, 18, "88.12"), (80, 7, "94.50"), (30, 106, "Avance 2021"), (80, 106, "Meta 2021")]
    bars = '<rect x="30" y="20" width="30" height="75"/><rect x="80" y="8" width="30" height="87"/>'
    return f'<svg width="150" height="110" fill="#0a6">{bars}{_texts([*ticks, *names])}</svg>'


def _coverage_chart() -> str:
    years = [(45 + 28 * at, 98, str(2017 + at)) for at in range(4)]
    ticks = [(0, 85 - 20 * at, f"{at}0,000,000") for at in range(1, 4)]
    legend = [(0, 112, "Población Objetivo"), (80, 112, "Población Atendida")]
    curve = '<polyline points="50,70 90,60 140,50" fill="none" stroke="red"/>'
    return f'<svg width="170" height="120">{curve}{_texts([*years, *ticks, *legend])}</svg>'


def ficha(paper: str, info: str, places: str, populations: str, budget_look: str) -> str:
    """The ficha of a budget programme, its blocks as they are given."""
    return f"""<html lang="es"><meta charset="utf-8"><style>{STYLE % (paper, "7.5pt")}</style><body>
<small>Ficha de Monitoreo 2021-2022</small><h1>Fomento a la Pesca Ribereña</h1>
<h2>Secretaría de Mares y Lagunas</h2><p>Contribuir al bienestar de las personas pescadoras mediante
apoyos directos, capacitación y acompañamiento técnico en las comunidades costeras del país.</p>
<h3>¿Cuáles son los resultados del programa y cómo los mide?</h3>
<div class="c"><div style="flex:2"><p>{PROSE * 2}</p></div><div>{_result_chart()}{info}</div></div>
<div class="c"><div style="flex:.25"><b>Definición de<br>Población Objetivo:</b></div><div><p>
Personas que pescan; población objetivo y población atendida se definen cada año.</p></div></div>
<div class="c"><div><h3>Cobertura</h3>{places}<h3>Cuantificación de Poblaciones</h3>
{populations}</div><div><h3>Evolución de la Cobertura</h3>{_coverage_chart()}</div>
<div><h3>Análisis de la Cobertura</h3><p>{PROSE}</p></div></div>
<div class="c"><div><h3>Análisis del Sector</h3><p>{PROSE}</p></div><div>
<h3>Indicador Sectorial</h3><p>Porcentaje de comunidades con acceso.</p>
<p>Año de inicio del programa: 2013</p></div>
<div style="flex:1.7"><h3>Presupuesto Ejercido *</h3>{table(BUDGET, budget_look, BUDGET_HEADING)}
</div></div><p><small>* Valores a precios constantes. MDP: Millones de Pesos.</small>
<span style="float:right">Clave Presupuestaria S304</span></p></body></html>"""


def populations(look: str, unit: str = "<b>Unidad de Medida<br>PA</b><br>Persona") -> str:
    return table([(unit, "<b>Valor 2021</b>"), *POPULATIONS], look)


INSTITUTION, PLAN = "Secretaría de Mares y Lagunas", "Programa Sectorial de Mares y Lagunas"
PROGRAMMES = (
    ("08S304", "Apoyo a la Infraestructura y Conservación de Suelos en Zonas", "0.912", "Óptimo"),
    ("08S052", "Pesca", "0.855", "Adecuado"),
    ("08S053", "Subsidios a jóvenes de las regiones de atención prioritaria", "0.801", "Adecuado"),
    ("08E001", "Sembrando caminos", "0.655", "Medio"),
    ("08U002", "Fertilizantes", "0.210", "Básico"),
)
ANNEX = ("Clave", "Nombre programa", "Valoración de monitoreo", "Nivel de monitoreo")
OWN = (
    (INSTITUTION, PLAN, "0.640", "Medio"),
    (INSTITUTION, "Programa Especial de Costas Limpias", "0.310", "Básico"),
)
OWN_ANNEX = ("Dependencia", "Nombre programa", "Subíndice dependencia", "Nivel de monitoreo")


def report(paper: str, look: str, size: str, order: Sequence[int] = (0, 1, 2, 3)) -> str:
    """A Diagnóstico; ``order`` is that of the first annex's columns: the key (0) may be absent."""
    findings = [
        (
            f"¿El Propósito de los programas sociales se vincula con el derecho social {number}?",
            f"<p>{number} (20%) de los programas tienen objetivos vinculados con un derecho.</p>"
            "<p>Los restantes deben hacer ajustes mayores en su diseño y su lógica vertical.</p>",
        )
        for number in range(1, 10)
    ]
    rows = [[row[at] for at in order] for row in PROGRAMMES]
    heading = [ANNEX[at] for at in order]
    ambit = "Principales resultados en el ámbito de"
    return f"""<html lang="es"><meta charset="utf-8"><style>{STYLE % (paper, size)}</style><body>
<div style="text-align:center"><p>coneval</p><h1 style="margin-top:30mm">Diagnóstico de Monitoreo de
Políticas y Programas Sociales 2026</h1><h2>{INSTITUTION}</h2></div>
<div class="new"><h2>Contenido</h2><p>Introducción .......... 3</p>
<p>Anexo 1. Niveles ....... 9</p></div>
<h2 class="new">Introducción</h2><p>En el caso de la {INSTITUTION} (SEMAR), pasó de la categoría de
monitoreo <i>Medio</i> a <i>Adecuado</i> entre una valoración y la siguiente.</p>
<h2>Principales resultados de la SEMAR</h2><p>En este apartado se presentan los resultados obtenidos
por la SEMAR; en 2026 logró una valoración del InMonitoreo<sup>1</sup> de <b>0.731</b>, lo que la
ubica en un nivel de monitoreo <i>Adecuado</i>. Lo anterior la sitúa en el tercer lugar de las 15
dependencias y entidades valoradas.</p><p><b>Figura 1. Valor del InMonitoreo</b></p>
<svg width="300" height="90">{_texts([(20, 40, "InMonitoreo de la APF 0.612")])}</svg>
<p><small>Fuente: elaborado por el CONEVAL.</small></p>
<h2 class="new">{ambit} los programas</h2><p>Este apartado presenta los resultados en el ámbito de
sus <b>cinco programas presupuestarios sociales</b>, en particular, respecto a sus objetivos.</p>
{table(findings, look + " f", ("¿Qué se valora?", "Hallazgos"))}
<h2 class="new">{ambit} la dependencia</h2><p>El {PLAN} 2025-2030 cuenta con siete objetivos
asociados. Asimismo, se examinan los 23 indicadores asociados a los objetivos del
{PLAN} 2025-2030.</p>
<h2>Anexo 1. Niveles de monitoreo en el ámbito de los programas</h2>{table(rows, look, heading)}
<p><small>Fuente: elaborado por el CONEVAL.</small></p>
<h2>Anexo 2. Nivel de monitoreo en el ámbito de la dependencia</h2>{table(OWN, look, OWN_ANNEX)}
<p><small>Fuente: elaborado por el CONEVAL.</small></p></body></html>"""
