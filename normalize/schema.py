"""The canonical schema: one model per table, the only place where a column is declared.

From these models come the DuckDB tables, the CSV and Parquet files, the data package, the headings
of the workbook and the data dictionary. A column is a field; its Spanish and English title and
description stand beside it; the order of the fields is the order of the columns.

Conventions: numbers are exact (``Decimal``, stored as DECIMAL(38,10)); beside each stands a
``…_text`` with the characters as printed. Pages, positions and parts count from 1. Boxes are in
points on the page as displayed, from the top left of its CropBox.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

Family = Literal[
    "programa_derivado",
    "ficha_monitoreo_programa",
    "ficha_monitoreo_pp",
    "diagnostico_monitoreo",
    "otra",
]
Measure = Literal["meta_para_el_bienestar", "parametro"]
Trend = Literal["ascendente", "descendente", "constante"]
Accumulation = Literal["acumulado", "periodico"]
Series = Literal["historical", "target"]
Outcome = Literal["passed", "failed", "not_applicable"]
Severity = Literal["error", "warning", "info"]

NUMBER_PRECISION = 38
NUMBER_SCALE = 10


def column(title_es: str, description_es: str, title_en: str, description_en: str) -> Any:
    """Declare a required column (``None`` included where the type allows it) in both languages."""
    return Field(
        json_schema_extra={
            "title_es": title_es,
            "description_es": description_es,
            "title_en": title_en,
            "description_en": description_en,
        }
    )


def optional(title_es: str, description_es: str, title_en: str, description_en: str) -> Any:
    """Declare a column that is ``None`` unless it is given."""
    return Field(
        default=None,
        json_schema_extra={
            "title_es": title_es,
            "description_es": description_es,
            "title_en": title_en,
            "description_en": description_en,
        },
    )


def _document_id() -> Any:
    return column(
        "Documento",
        "Identificador del documento: «d» y los primeros 16 dígitos hexadecimales de su SHA-256.",
        "Document",
        "Identifier of the document: “d” and the first 16 hexadecimal digits of its SHA-256.",
    )


def _indicator_id() -> Any:
    return column(
        "Indicador",
        "Clave impresa del indicador («1.1»); «#2» si se repite, «p<página>.<n>» si falta.",
        "Indicator",
        "Printed key of the indicator (“1.1”); “#2” where it recurs, “p<page>.<n>” where missing.",
    )


def encode_record(*parts: object) -> str:
    """Join the parts of a key to a ``record``: each percent-encoded, separated by ``/``.

    >>> encode_record("1.1", "target", 2024)
    '1.1/target/2024'
    """
    return "/".join([_encoded(str(part)) for part in parts])


@lru_cache(maxsize=4096)
def _encoded(part: str) -> str:
    return quote(part, safe=" ,;:()[]áéíóúñÁÉÍÓÚÑüÜ#")


class Row(BaseModel):
    """One row of one table. ``table``, ``key`` and the titles describe the table itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    title_es: ClassVar[str]
    title_en: ClassVar[str]
    description_es: ClassVar[str]
    description_en: ClassVar[str]

    @property
    def record_key(self) -> str:
        """The row's key after ``document_id``, percent-encoded and joined by ``/``."""
        return encode_record(*(getattr(self, name) for name in self.key if name != "document_id"))


class Document(Row):
    table = "documents"
    key = ("document_id",)
    title_es = "Documentos"
    title_en = "Documents"
    description_es = "Un renglón por documento leído, también los de otra familia."
    description_en = "One row per document read, those of another family included."

    document_id: str = _document_id()
    sha256: str = column(
        "SHA-256", "Huella del archivo leído.", "SHA-256", "Digest of the file that was read."
    )
    file_name: str = column("Archivo", "Nombre del archivo.", "File", "Name of the file.")
    source_uri: str = column(
        "Origen", "De dónde se leyó (ruta o URI).", "Source", "Where it was read (path or URI)."
    )
    family: Family = column(
        "Familia",
        "Familia del documento; «otra» si no es ninguna de las conocidas.",
        "Family",
        "Document family; “otra” where it is none of those known.",
    )
    title: str | None = optional(
        "Título", "Título como está impreso.", "Title", "Title as printed."
    )
    institution: str | None = optional(
        "Institución",
        "Institución responsable, como está impresa.",
        "Institution",
        "Responsible institution, as printed.",
    )
    programme_id: str | None = optional(
        "Programa",
        "Identificador del programa, igual en todos sus documentos.",
        "Programme",
        "Identifier of the programme, the same in all of its documents.",
    )
    period_start: int | None = optional(
        "Inicio", "Primer año del periodo.", "Start", "First year of the period."
    )
    period_end: int | None = optional(
        "Fin", "Último año del periodo.", "End", "Last year of the period."
    )
    page_count: int = column("Páginas", "Número de páginas.", "Pages", "Number of pages.")
    producer: str | None = optional(
        "Productor",
        "Programa que produjo el PDF, según el propio archivo.",
        "Producer",
        "Program that made the PDF, as the file itself says.",
    )
    reading_version: str = column(
        "Versión de lectura",
        "Versión de los lectores que leyeron el documento.",
        "Reading version",
        "Version of the readers that read the document.",
    )
    superseded_by: str | None = optional(
        "Sustituido por",
        "Documento posterior del mismo programa, familia y periodo.",
        "Superseded by",
        "Later document of the same programme, family and period.",
    )


class Indicator(Row):
    table = "indicators"
    key = ("document_id", "indicator_id")
    title_es = "Indicadores"
    title_en = "Indicators"
    description_es = "Un renglón por ficha de indicador, con los textos como están impresos."
    description_en = "One row per indicator ficha, its texts as printed."

    document_id: str = _document_id()
    indicator_id: str = _indicator_id()
    name: str | None = optional(
        "Nombre",
        "Nombre sin clave ni punto final.",
        "Name",
        "Name without key and final stop.",
    )
    measure: Measure | None = optional(
        "Medida",
        "Meta para el bienestar o parámetro.",
        "Measure",
        "Meta para el bienestar or parámetro.",
    )
    objective_number: int | None = optional(
        "Núm. de objetivo",
        "Número del objetivo prioritario.",
        "Objective no.",
        "Number of the priority objective.",
    )
    objective: str | None = optional(
        "Objetivo prioritario", "Texto del objetivo.", "Objective", "Text of the objective."
    )
    definition: str | None = optional(
        "Definición o descripción",
        "Qué mide el indicador.",
        "Definition",
        "What the indicator measures.",
    )
    disaggregation: str | None = optional(
        "Nivel de desagregación",
        "Nivel al que se publica.",
        "Disaggregation",
        "Level at which it is published.",
    )
    frequency: str | None = optional(
        "Periodicidad o frecuencia de medición",
        "Cada cuánto se mide.",
        "Frequency",
        "How often it is measured.",
    )
    kind: str | None = optional("Tipo", "Estratégico o de gestión.", "Kind", "Strategic or not.")
    accumulation: Accumulation | None = optional(
        "Acumulado o periódico",
        "Si los valores se acumulan o son de cada periodo.",
        "Accumulation",
        "Whether values accumulate or belong to each period.",
    )
    unit: str | None = optional(
        "Unidad de medida", "Unidad como está impresa.", "Unit", "Unit as printed."
    )
    collection_period: str | None = optional(
        "Periodo de recolección de datos",
        "Meses que cubren los datos.",
        "Collection period",
        "Months that the data cover.",
    )
    dimension: str | None = optional(
        "Dimensión", "Eficacia, eficiencia, calidad o economía.", "Dimension", "Dimension measured."
    )
    availability: str | None = optional(
        "Disponibilidad de la información",
        "Cuándo se publica el dato.",
        "Availability",
        "When the figure is published.",
    )
    trend: Trend | None = optional(
        "Tendencia esperada", "Sentido del indicador.", "Expected trend", "Expected direction."
    )
    responsible_unit: str | None = optional(
        "Unidad responsable de reportar el avance",
        "Ramo y unidad responsable.",
        "Responsible unit",
        "Budget branch and responsible unit.",
    )
    method: str | None = optional(
        "Método de cálculo", "Fórmula en palabras.", "Method", "Formula in words."
    )
    remarks: str | None = optional(
        "Observaciones", "Observaciones de la ficha.", "Remarks", "Remarks of the ficha."
    )
    substitution: str | None = optional(
        "Sustitución en método de cálculo",
        "La fórmula con sus números y el resultado que declara.",
        "Substitution",
        "The formula with its numbers and the result that it states.",
    )
    baseline_value: Decimal | None = optional(
        "Línea base", "Valor de la línea base.", "Baseline", "Value of the baseline."
    )
    baseline_text: str | None = optional(
        "Línea base (texto)",
        "Línea base como está impresa.",
        "Baseline (text)",
        "Baseline as printed.",
    )
    baseline_year: int | None = optional(
        "Año de la línea base", "Año base.", "Baseline year", "Base year."
    )
    baseline_note: str | None = optional(
        "Nota sobre la línea base", "Nota como está impresa.", "Baseline note", "Note as printed."
    )
    target_year: int | None = optional(
        "Año de la meta", "Año de la meta final.", "Target year", "Year of the final target."
    )
    target_value: Decimal | None = optional(
        "Meta", "Valor de la meta final.", "Target", "Value of the final target."
    )
    target_text: str | None = optional(
        "Meta (texto)", "Meta como está impresa.", "Target (text)", "Target as printed."
    )
    target_note: str | None = optional(
        "Nota sobre la meta", "Nota como está impresa.", "Target note", "Note as printed."
    )


class Variable(Row):
    table = "variables"
    key = ("document_id", "indicator_id", "position")
    title_es = "Variables"
    title_en = "Variables"
    description_es = "Las variables con que se aplica el método, en el orden de la ficha."
    description_en = "The variables that the method is applied to, in the order of the ficha."

    document_id: str = _document_id()
    indicator_id: str = _indicator_id()
    position: int = column(
        "Posición", "Número de la variable, desde 1.", "Position", "Number of the variable, from 1."
    )
    name: str | None = optional(
        "Nombre de la variable",
        "Nombre sin numeración ni punto final.",
        "Variable name",
        "Name without enumerator and final stop.",
    )
    value: Decimal | None = optional(
        "Valor", "Valor de la variable.", "Value", "Value of the variable."
    )
    value_text: str | None = optional(
        "Valor (texto)", "Valor como está impreso.", "Value (text)", "Value as printed."
    )
    source: str | None = optional(
        "Fuente de información", "Fuente como está impresa.", "Source", "Source as printed."
    )


class Observation(Row):
    table = "observations"
    key = ("document_id", "indicator_id", "series", "year")
    title_es = "Serie histórica y metas intermedias"
    title_en = "Historical series and intermediate targets"
    description_es = "Un renglón por año impreso de cada serie."
    description_en = "One row per printed year of each series."

    document_id: str = _document_id()
    indicator_id: str = _indicator_id()
    series: Series = column(
        "Serie",
        "«historical» (serie histórica) o «target» (metas intermedias).",
        "Series",
        "“historical” or “target” (intermediate targets).",
    )
    year: int = column("Año", "Año impreso.", "Year", "Printed year.")
    value: Decimal | None = optional(
        "Valor", "Valor del año; nulo si no está disponible.", "Value", "Null where not available."
    )
    value_text: str | None = optional(
        "Valor (texto)", "Valor como está impreso.", "Value (text)", "Value as printed."
    )


class Assessment(Row):
    table = "assessments"
    key = ("document_id", "indicator_id")
    title_es = "Valoraciones del CONEVAL"
    title_en = "CONEVAL's assessments"
    description_es = "Una tarjeta de indicador de las Fichas de Monitoreo por renglón."
    description_en = "One indicator card of a Ficha de Monitoreo per row."

    document_id: str = _document_id()
    indicator_id: str = _indicator_id()
    name: str | None = optional("Nombre", "Nombre sin clave.", "Name", "Name without its key.")
    measure: Measure | None = optional(
        "Medida", "Meta para el bienestar o parámetro.", "Measure", "Meta or parámetro."
    )
    objective_number: int | None = optional(
        "Núm. de objetivo", "Número del objetivo.", "Objective no.", "Number of the objective."
    )
    objective: str | None = optional(
        "Objetivo", "Texto del objetivo.", "Objective", "Text of the objective."
    )
    trend: Trend | None = optional("Tendencia", "Sentido.", "Trend", "Direction.")
    quality: str | None = optional(
        "Calidad", "Calificación como está impresa.", "Quality", "Grade as printed."
    )
    milestone_status: str | None = optional(
        "Cumplimiento meta intermedia",
        "Cumplimiento como está impreso.",
        "Milestone status",
        "Status as printed.",
    )
    target_progress: str | None = optional(
        "Avance meta sexenal", "Avance como está impreso.", "Target progress", "As printed."
    )


class Distribution(Row):
    table = "distributions"
    key = ("document_id", "approach", "category")
    title_es = "Distribuciones"
    title_en = "Distributions"
    description_es = "La tabla Enfoque / Avance, con sus totales («Total general»)."
    description_en = "The table Enfoque / Avance, its totals (“Total general”) included."

    document_id: str = _document_id()
    approach: str = column("Enfoque", "Renglón de la tabla.", "Approach", "Row of the table.")
    category: str = column("Avance", "Columna de la tabla.", "Category", "Column of the table.")
    count: int | None = optional("Indicadores", "Conteo.", "Count", "Number of indicators.")
    percent: Decimal | None = optional(
        "Porcentaje", "Porcentaje junto al conteo.", "Percent", "Percentage beside the count."
    )
    value_text: str | None = optional(
        "Valor (texto)", "Celda como está impresa.", "Value (text)", "Cell as printed."
    )


class Figure(Row):
    table = "figures"
    key = ("document_id", "figure", "subject", "year")
    title_es = "Otras cifras"
    title_en = "Other figures"
    description_es = "Las demás cifras declaradas, con la clave que declara cada familia."
    description_en = "The other stated numbers, under the codes that each family declares."

    document_id: str = _document_id()
    figure: str = column("Cifra", "Clave de la cifra.", "Figure", "Code of the figure.")
    subject: str = column("Sujeto", "De quién o de qué.", "Subject", "Of whom or what.")
    year: int = column("Año", "Año; 0 si no tiene.", "Year", "Year; 0 where it has none.")
    value: Decimal | None = optional("Valor", "Valor.", "Value", "Value.")
    value_text: str | None = optional(
        "Valor (texto)", "Valor como está impreso.", "Value (text)", "Value as printed."
    )
    unit: str | None = optional("Unidad", "Unidad de la cifra.", "Unit", "Unit of the figure.")


class Check(Row):
    table = "checks"
    key = ("document_id", "rule", "indicator_id", "record")
    title_es = "Revisiones"
    title_en = "Checks"
    description_es = "Cada regla preguntada a cada registro, con su resultado y su razón."
    description_en = "Every rule asked of every record, with its outcome and the reason."

    document_id: str = _document_id()
    rule: str = column("Regla", "Clave de la regla.", "Rule", "Code of the rule.")
    indicator_id: str = column(
        "Indicador",
        "Indicador; vacío en las revisiones del documento entero.",
        "Indicator",
        "Indicator; empty for checks of the whole document.",
    )
    record: str = column(
        "Registro",
        "Clave del registro revisado.",
        "Record",
        "Key of the record that was checked.",
    )
    outcome: Outcome = column(
        "Resultado",
        "«passed», «failed» o «not_applicable».",
        "Outcome",
        "“passed”, “failed” or “not_applicable”.",
    )
    reason_es: str = column(
        "Razón", "Qué se comparó o por qué no aplica.", "Reason (Spanish)", "In Spanish."
    )
    reason_en: str = column(
        "Razón (inglés)", "La razón en inglés.", "Reason", "What was compared or why it is not."
    )
    stated: str | None = optional("Declarado", "Valor declarado.", "Stated", "Stated value.")
    computed: str | None = optional("Calculado", "Valor calculado.", "Computed", "Computed value.")
    reading: str | None = optional(
        "Lectura", "Lectura con que se calculó.", "Reading", "Reading under which it was computed."
    )


class Finding(Row):
    table = "findings"
    key = ("finding_id",)
    title_es = "Hallazgos"
    title_en = "Findings"
    description_es = "Lo que no cuadra, con su evidencia."
    description_en = "What does not add up, with its evidence."

    finding_id: str = column(
        "Hallazgo",
        "Identificador que sobrevive a una reedición del mismo contenido.",
        "Finding",
        "Identifier that outlives a re-release of the same content.",
    )
    document_id: str = _document_id()
    indicator_id: str | None = optional(
        "Indicador",
        "Indicador; nulo si el hallazgo no es de ninguno.",
        "Indicator",
        "Indicator; null where the finding belongs to none.",
    )
    rule: str = column("Regla", "Clave de la regla.", "Rule", "Code of the rule.")
    severity: Severity = column(
        "Gravedad", "«error», «warning» o «info».", "Severity", "“error”, “warning” or “info”."
    )
    message_es: str = column("Mensaje", "Mensaje.", "Message (Spanish)", "Message in Spanish.")
    message_en: str = column("Mensaje (inglés)", "En inglés.", "Message", "Message in English.")
    stated: str | None = optional("Declarado", "Valor declarado.", "Stated", "Stated value.")
    computed: str | None = optional("Calculado", "Valor calculado.", "Computed", "Computed value.")
    difference: Decimal | None = optional(
        "Diferencia",
        "Declarado menos calculado.",
        "Difference",
        "Stated minus computed.",
    )
    reading: str | None = optional(
        "Lectura", "Lectura con que se calculó.", "Reading", "Reading under which it was computed."
    )
    evidence: str = column(
        "Evidencia",
        "Lista JSON de {document_id, table_name, record, field, role}.",
        "Evidence",
        "JSON list of {document_id, table_name, record, field, role}.",
    )


class Provenance(Row):
    table = "provenance"
    key = ("document_id", "table_name", "record", "field", "reader", "part")
    title_es = "Procedencia"
    title_en = "Provenance"
    description_es = "Dónde se leyó cada valor: página, recuadro y texto."
    description_en = "Where each value was read: page, box and text."

    document_id: str = _document_id()
    table_name: str = column("Tabla", "Tabla del valor.", "Table", "Table of the value.")
    record: str = column(
        "Registro",
        "Clave del registro en su tabla; vacía para el documento.",
        "Record",
        "Key of the record in its table; empty for the document itself.",
    )
    field: str = column("Campo", "Columna del valor.", "Field", "Column of the value.")
    reader: str = column(
        "Lector",
        "Qué lector lo leyó: pdfium, camelot (segunda lectura), ocr (escaneo, lecturas iguales) u "
        "ocr-doubtful (escaneo, lecturas distintas o una sola).",
        "Reader",
        "Which reader read it: pdfium, camelot (second reading), ocr (scan, equal readings) or "
        "ocr-doubtful (scan, readings that differ, or a single one).",
    )
    part: int = column(
        "Parte",
        "Número del recuadro, desde 1; varios si un salto de página parte el valor.",
        "Part",
        "Number of the box, from 1; several where a page break cuts the value.",
    )
    page: int = column("Página", "Página, desde 1.", "Page", "Page, from 1.")
    x0: Decimal = column("x0", "Borde izquierdo, en puntos.", "x0", "Left edge, in points.")
    top: Decimal = column("top", "Borde superior, en puntos.", "top", "Top edge, in points.")
    x1: Decimal = column("x1", "Borde derecho, en puntos.", "x1", "Right edge, in points.")
    bottom: Decimal = column("bottom", "Borde inferior.", "bottom", "Bottom edge, in points.")
    text: str = column("Texto", "El texto en el recuadro.", "Text", "The text inside the box.")


TABLES: tuple[type[Row], ...] = (
    Document,
    Indicator,
    Variable,
    Observation,
    Assessment,
    Distribution,
    Figure,
    Check,
    Finding,
    Provenance,
)
"""All tables, in the order in which they are published."""


@dataclass
class Dataset:
    """Rows of all tables, in memory; the field names are the table names."""

    documents: list[Document] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    distributions: list[Distribution] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    provenance: list[Provenance] = field(default_factory=list)

    def extend(self, other: Dataset) -> None:
        """Append all rows of another dataset, table by table."""
        for item in fields(self):
            getattr(self, item.name).extend(getattr(other, item.name))

    def rows(self, table: str) -> list[Row]:
        """The rows of one table by its name. Raises ``AttributeError`` for an unknown table."""
        rows: list[Row] = getattr(self, table)
        return rows
