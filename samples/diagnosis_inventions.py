"""Invented Diagnósticos, and what a reader must find of them."""

from __future__ import annotations

import random
from dataclasses import replace

from samples.diagnosis_source import Block, Diagnosis, Row, read_diagnosis
from samples.figure_tally import Truth

Expected = set[tuple[str, str, str]]
"""Code, subject and printed text of every figure that no helper of prose reads."""

TITLE = "Diagnóstico de Monitoreo de Políticas y Programas Sociales"
NAMES = (
    ("Secretaría de los Bosques", "SB", "Programa Sectorial de Bosques y Selvas"),
    ("Instituto Nacional de Suelos y Semillas", "INSS", "Programa Institucional de Suelos"),
    ("Comisión de Caminos y Puertos Menores", "CCPM", "Programa Especial de Caminos Rurales"),
    ("Secretaría de Faros, Costas y Desarrollo Marítimo", "SFC", "Programa Sectorial de Costas"),
)
PROGRAMMES = (
    "Becas para el bosque",
    "Investigación y desarrollo tecnológico de semillas en zonas de alta marginación rural",
    "Fomento a la miel",
    "Sembrando caminos",
    "Apoyo para el bienestar de las niñas y niños, hijas e hijos de guardabosques",
    "Agua potable, drenaje y tratamiento",
    "Atención a emergencias",
)
SPELLED = {3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 12: "doce"}


def _level(score: float) -> str:
    cuts = ((0.9, "Óptimo"), (0.7, "Adecuado"), (0.5, "Medio"), (0.0, "Básico"))
    return next(level for cut, level in cuts if score >= cut)


def invented(number: int, programmes: int = 5, keys: bool = True) -> tuple[Diagnosis, Expected]:
    """A report of chance and its figures; ``keys``: the annex prints the programmes' keys."""
    dice = random.Random(number)
    institution, short, derived = NAMES[number % len(NAMES)]
    year = dice.choice((2022, 2024, 2026))
    objectives, indicators = dice.choice(list(SPELLED)), dice.randint(9, 30)
    total = dice.randint(12, 40)
    rank = dice.randint(1, total)
    score = dice.uniform(0.2, 0.99)
    plan = f"{derived} 2025-2030"
    rows = _programmes(dice, programmes)
    annex = _annex(rows, keys)
    sub = dice.uniform(0.2, 0.99)
    expected: Expected = {
        ("score", "", f"{score:.3f}"),
        ("level", "", _level(score)),
        ("rank", "", str(rank)),
        ("rank_total", "", str(total)),
        ("programme_count", "", str(programmes)),
        ("objective_count", plan, SPELLED[objectives]),
        ("indicator_count", plan, str(indicators)),
        ("score", f"dependencia/{derived}", f"{sub:.3f}"),
        ("level", f"dependencia/{derived}", _level(sub)),
    }
    for key, name, value, level in rows:
        subject = key if keys else name
        expected |= {("score", subject, value), ("level", subject, level)}
    blocks = (
        Block("heading", "Introducción"),
        Block("paragraph", f"En el caso de {institution} ({short}), los resultados son similares."),
        Block("heading", f"Principales resultados de {short}"),
        Block(
            "paragraph",
            f"En {year} {short} logró una valoración del InMonitoreo¹ de **{score:.3f}**, lo que "
            f"lo ubica en un nivel de monitoreo *{_level(score)}*. Lo anterior lo sitúa en el "
            f"{rank}° lugar de las {total} dependencias y entidades valoradas.",
        ),
        Block("caption", "Figura 1. Valor del InMonitoreo"),
        Block("source", "Fuente: elaborado por el CONEVAL."),
        Block("note", "¹ El InMonitoreo de 0.123 es solo un ejemplo de la metodología."),
        Block("heading", "Principales resultados en el ámbito de los programas"),
        Block(
            "paragraph",
            f"Este apartado presenta los resultados de {short} en el ámbito de sus **{programmes} "
            "programas presupuestarios sociales**, respecto a sus objetivos e indicadores.",
        ),
        Block("findings", rows=_findings(dice)),
        Block("heading", "Principales resultados en el ámbito de la dependencia"),
        Block(
            "paragraph",
            f"El {plan} cuenta con {SPELLED[objectives]} objetivos asociados. Asimismo, se "
            f"examinan los {indicators} indicadores asociados a los objetivos del {plan}.",
        ),
        Block("heading", "Consideraciones finales"),
        Block("bullet", "Se observa que la mayoría de los objetivos tiene vinculación directa."),
        Block("bullet", f"Es pertinente que {short} intensifique el uso de la información."),
        Block("heading", f"Anexo 1. Niveles de monitoreo alcanzados por {short}"),
        Block("annex", rows=annex),
        Block("source", "Fuente: elaborado por el CONEVAL."),
        Block("heading", f"Anexo 2. Nivel de monitoreo alcanzado por {short} en su ámbito"),
        Block("annex", rows=_own_annex(institution, derived, f"{sub:.3f}", _level(sub))),
        Block("source", "Fuente: elaborado por el CONEVAL."),
    )
    title = f"{TITLE} {year}"
    report = replace(
        read_diagnosis(),
        title=title,
        institution=(institution,),
        credits=("Equipo técnico", f"*{title} - {institution}*. Ciudad de México, {year}."),
        head=f"{title} {institution}",
        blocks=blocks,
    )
    return report, expected


def _programmes(dice: random.Random, count: int) -> list[tuple[str, str, str, str]]:
    """Key, name, score and level of each, from the highest score down."""
    scores = sorted((dice.uniform(0.05, 0.99) for _ in range(count)), reverse=True)
    ramo = dice.randint(10, 60)
    keys = [f"{ramo}{dice.choice('ESUK')}{number:03d}" for number in dice.sample(range(999), count)]
    names = [
        PROGRAMMES[at % len(PROGRAMMES)] + (f" {at}" if at >= len(PROGRAMMES) else "")
        for at in range(count)
    ]
    return [
        (key, name, f"{score:.3f}", _level(score))
        for key, name, score in zip(keys, names, scores, strict=True)
    ]


def _row(*cells: str) -> Row:
    return tuple((cell,) for cell in cells)


def _annex(rows: list[tuple[str, str, str, str]], keys: bool) -> tuple[Row, ...]:
    heading = ("Clave", "Nombre programa", "Valoración de monitoreo", "Nivel de monitoreo")
    start = 0 if keys else 1
    return (_row(*heading[start:]), *(_row(*row[start:]) for row in rows))


def _own_annex(institution: str, derived: str, score: str, level: str) -> tuple[Row, ...]:
    heading = ("Dependencia", "Nombre programa", "Subíndice dependencia", "Nivel de monitoreo")
    return (_row(*heading), _row(institution, derived, score, level))


FINDINGS = (
    "{n} programas cuentan con indicadores que permiten medir su incidencia directa en el acceso a "
    "un derecho social de la población que habita en las zonas de mayor rezago.",
    "Los {n} programas restantes no presentan indicadores que midan el acceso a un derecho social.",
)


def _findings(dice: random.Random) -> tuple[Row, ...]:
    questions = [
        f"¿Los indicadores de Propósito se vinculan con el derecho {number}?"
        for number in range(1, dice.randint(4, 7))
    ]
    body = [
        ((question,), (dice.choice(FINDINGS).format(n=dice.randint(1, 9)),))
        for question in questions
    ]
    return (_row("¿Qué se valora?", "Hallazgos"), *body)


def findings_of(report: Diagnosis) -> list[str]:
    """The findings of a report's table, in order."""
    (table,) = (block for block in report.blocks if block.kind == "findings")
    return [row[1][0] for row in table.rows[1:]]


_CHAPTERS = {
    "Introducción": "introduccion",
    "Principales resultados de": "resultados",
    "Principales resultados en el ámbito de los programas": "programas",
    "Principales resultados en el ámbito de la dependencia": "dependencia",
    "Consideraciones finales": "consideraciones",
}


def truth(report: Diagnosis, figures: Expected) -> Truth:
    """What a reading of a report must hold."""
    year = report.title.split()[-1]
    said: dict[str, list[str]] = {}
    section = ""
    for block in report.blocks:
        if block.kind == "heading":
            starts = [name for start, name in _CHAPTERS.items() if block.text.startswith(start)]
            section = starts[-1] if starts else ""
        elif section and block.kind in ("paragraph", "bullet"):
            said.setdefault(section, []).append(block.text.replace("*", ""))
    said["programas-indicadores"] = findings_of(report)
    return Truth(
        figures={(code, subject, 0): text for code, subject, text in figures},
        statements={name: " ".join(texts) for name, texts in said.items()},
        document={
            "title": report.title,
            "institution": report.institution[0],
            "period_start": year,
            "period_end": year,
        },
    )
