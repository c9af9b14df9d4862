"""The prose of a budget programme's ficha, set close to what it is not part of."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

import extract

LINES = (
    (380, 24, "Ficha de Monitoreo 2020-2021", 11),
    (36, 40, "Programa de Apoyos a la Cultura", 12),
    (36, 58, "Secretaría de Cultura", 8),
    (36, 70, "Contribuir a que la población de las localidades con mayor rezago acceda a los", 8),
    (36, 80, "bienes y servicios culturales, y a que los conserve, los produzca y los difunda.", 8),
    (36, 100, "¿Cuáles son los resultados del programa y cómo los mide?", 9),
    (36, 116, "El Pp no cuenta con evaluaciones de impacto.", 8),
    (400, 116, "Frecuencia: Anual", 8),
    (400, 128, "Meta: 80.00", 8),
    (400, 140, "Valor: 75.50", 8),
    (36, 200, "Cuantificación de Poblaciones", 9),
    (150, 214, "Valor 2020", 8),
    (36, 230, "Población Potencial (PP)", 8),
    (150, 230, "9,000,000", 8),
    (36, 246, "Población Objetivo (PO)", 8),
    (150, 246, "5,204,023", 8),
    (36, 262, "Población Atendida (PA)", 8),
    (150, 262, "1,000,000", 8),
    (380, 200, "Análisis de la Cobertura", 9),
    (380, 214, "En 2020 el programa atendió a una parte de la", 8),
    (380, 224, "población objetivo de 5,204,023. La cobertura fue de", 8),
    (380, 234, "una quinta parte en el año.", 8),
)


def test_no_line_of_a_sentence_is_a_label_and_no_paragraph_part_of_a_name(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "close.pdf"), pagesize=(612, 792))
    for x, top, text, size in LINES:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, 792 - top - size, text)
    canvas.save()
    raw = extract.read(tmp_path / "close.pdf")
    assert raw.family == "ficha_monitoreo_pp"
    assert raw.title and raw.title.text == "Programa de Apoyos a la Cultura"
    assert raw.institution and raw.institution.text == "Secretaría de Cultura"
    found = [f.value.text for f in raw.figures if f.figure == "population_target"]
    assert found == ["5,204,023"]
    assert not [problem for problem in raw.problems if problem.rule in ("REA03", "REA05")]
