"""Invented Fichas de Monitoreo: other programmes, institutions, names, grades, labels and sizes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from samples.monitoring_source import Card, Monitoring, Objective, Text

_KINDS = ("Institucional", "Sectorial", "Especial", "Regional", "Nacional")
_BODIES = (
    "Instituto del Agua y los Suelos",
    "Comisión Nacional de Caminos",
    "Consejo de la Lectura y el Libro",
    "Servicio Geológico y Volcanológico",
    "Archivo y Biblioteca de la Nación",
)
_SUBJECTS = (
    *("Porcentaje", "Tasa", "Número", "Índice", "Cobertura", "Razón", "Monto", "Proporción"),
)
_THINGS = (
    "pozos rehabilitados",
    "kilómetros de caminos rurales con mantenimiento mayor a 15 días",
    "niñas y niños de 6 a 12 años que leen",
    "bibliotecas con acceso a internet (PBI)",
    "volcanes con monitoreo continuo",
    "expedientes digitalizados y/o catalogados",
    "personas capacitadas en gestión de riesgos",
    "recursos ejercidos respecto de los programados",
    "hogares con acceso diario al agua",
    "solicitudes atendidas en un máximo de 07 días hábiles",
)
_PLACES = (
    "en localidades de alta marginación",
    "por entidad federativa",
    "en términos reales",
    "del Programa NACIONAL-BIENESTAR",
    "respecto del año anterior",
    "de los municipios prioritarios del sur-sureste",
)
_VERBS = ("Garantizar", "Fortalecer", "Contribuir a", "Mejorar", "Impulsar", "Asegurar")
_MEASURES = ("Meta para el Bienestar", "Metas para el bienestar", "META PARA EL BIENESTAR")
_PARAMETERS = ("Parámetro", "Parametro", "PARÁMETRO")
_TRENDS = ("Ascendente", "Descendente", "Constante")
_QUALITIES = ("Destacado", "Adecuado", "Moderado", "Op. de mejora", "Oportunidad de mejora")
_MILESTONES = (
    *("Retroceso", "No alcanzada", "Alcanzada", "Logro muy superado", "Reporte de metas es 0"),
    *("Sin información", "No reporta avance", "N.D.", "Cumplida parcialmente"),
)
_PROGRESS = (
    *("Muy rezagado", "Rezagado", "Insuficiente", "Adecuado", "Avanzado", "Superado", "Superada"),
    *("El sentido del indicador es constante", "Sentido constante", "No aplica"),
)
_LABELS = (
    (
        "Indicadores",
        "Características",
        "Tendencia",
        "Cumplimiento meta intermedia",
        "Avance meta sexenal",
    ),
    (
        "Indicadores",
        "Características",
        "Tendencia",
        "Cumplimiento metas intermedia",
        "Avance meta sexenal",
    ),
    (
        "INDICADORES",
        "CARACTERÍSTICAS",
        "TENDENCIA",
        "CUMPLIMIENTO METAS INTERMEDIAS",
        "AVANCE META SEXENAL",
    ),
    (
        "Indicador",
        "Caracteristicas",
        "Tendencias",
        "Cumplimento de la meta intermedia",
        "Avance de la meta sexenal",
    ),
)
_CATEGORIES = (
    "Superado",
    "Avanzado",
    "Adecuado",
    "Insuficiente",
    "Rezagado",
    "Muy rezagado",
    "NR*",
)
_APPROACHES = ("Resultados", "Coordinación", "Gestión")
_PROSE = (
    "En cuanto a los resultados reportados se observa que {0}; asimismo, {1} y el resto permanece.",
    "En cuanto a los indicadores se observa que: el primero presenta un retroceso en el "
    "cumplimiento de metas intermedias y los demás un logro alcanzado en la meta sexenal.",
)


class Invention:
    """A document made up from a seed; the same seed gives the same document."""

    def __init__(
        self,
        seed: int,
        *,
        objectives: int | None = None,
        cards: tuple[int, int] = (1, 5),
        cell: str | None = None,
        keys: str = "{0}.{1}",
        first: int = 1,
    ) -> None:
        """``keys``: of objective, number of the card and its letter; ``first``: the number that the
        cards of an objective begin with."""
        self.keys, self.first = keys, first
        self.random = Random(seed)
        self.places: Iterator[int] = count()
        self.sizes = [
            self.random.randint(*cards) for _ in range(objectives or self.random.randint(3, 9))
        ]
        self.labels = self.random.choice(_LABELS)
        self.cell = cell or self.random.choice(
            ("{0}, {1}%", "{0} ({1}%)", "{0} / {1} %", "{0} {1}%")
        )

    def text(self, *lines: str) -> Text:
        return Text(lines, next(self.places))

    def monitoring(self) -> Monitoring:
        pick = self.random.choice
        start = pick((2013, 2019, 2025))
        total = sum(self.sizes)
        return Monitoring(
            heading=self.text(
                f"Ficha de Monitoreo de los programas derivados del PND {start}-{start + 5}"
            ),
            title=self.text(f"Programa {pick(_KINDS)} del {pick(_BODIES)}"),
            following=self.text("Seguimiento de los objetivos e indicadores del programa derivado"),
            main=self.text("Información principal del programa"),
            levels=(self.level("Objetivos", len(self.sizes)), self.level("Indicadores", total)),
            approach_title=self.text(
                "Tipo de enfoque de los objetivos y calidad de los indicadores1"
            ),
            approach=(
                self.text(
                    "La mayoría de los objetivos del programa se refieren a la solución de un "
                    "problema público, y un tercio de los objetivos a la entrega de bienes."
                ),
                self.text(
                    "La mitad de los indicadores se clasifican como moderados porque no miden "
                    "resultados; los demás indicadores cumplen con los criterios de calidad."
                ),
            ),
            progress_title=self.text(
                "Distribución del avance de los indicadores respecto de su meta sexenal, "
                f"{start + 1} o {start + 2} según último valor reportado 2"
            ),
            progress=self.text(
                "El 67% de indicadores tienen un enfoque de gestión. También es importante "
                "destacar que todos los indicadores reportan avance."
            ),
            table=self.table(),
            objectives=tuple(
                self.objective(number, size) for number, size in enumerate(self.sizes, start=1)
            ),
            conclusions_title=self.text("Conclusiones y sugerencias"),
            conclusions=self.text(
                "La mayoría de los indicadores que reportaron avances alcanzaron lo establecido "
                "por el programa. Destaca el esfuerzo que hace el programa por reportar la mayor "
                "información posible sobre el cumplimiento de sus metas."
            ),
            notes=(
                self.text(
                    "1 Para conocer la metodología consultar: https://www.coneval.org.mx/a.pdf"
                ),
                self.text(
                    "2 La metodología se puede consultar en: https://www.coneval.org.mx/b.pdf"
                ),
                self.text("* También se consideran los indicadores que tienen sentido constante"),
            ),
            stray=(),
        )

    def level(self, label: str, number: int) -> tuple[Text, ...]:
        level = self.random.choice(_QUALITIES[:3])
        return self.text(label), self.text(str(number)), self.text(level)

    def table(self) -> tuple[tuple[Text, ...], ...]:
        """Counts at random: what it adds up to is for the rules."""
        categories = list(_CATEGORIES)
        self.random.shuffle(categories)
        approaches = list(_APPROACHES)
        self.random.shuffle(approaches)
        heads = ("Enfoque / Avance", *categories, "Total general")
        rows = [tuple(self.text(head) for head in heads)]
        for approach in (*approaches, "Total general"):
            cells = [self.text(approach)]
            for category in heads[1:]:
                number = self.random.randint(0, 19)
                whole = "Total general" in (approach, category) and approach != category
                share = self.random.randint(0, 100)
                cells.append(self.text(self.cell.format(number, share) if whole else str(number)))
            rows.append(tuple(cells))
        return tuple(rows)

    def objective(self, number: int, size: int) -> Objective:
        pick = self.random.choice
        return Objective(
            number=number,
            page=1,
            heading=self.text(f"Objetivo {number}"),
            text=self.text(
                f"{number}. {pick(_VERBS)} el acceso a {pick(_THINGS)} {pick(_PLACES)}, "
                f"privilegiando {pick(_THINGS)} y la atención {pick(_PLACES)}."
            ),
            prose=self.text(
                " ".join(_PROSE).format(
                    f"disminuyó el número de {pick(_THINGS)}", f"aumentó el de {pick(_THINGS)}"
                )
            ),
            labels=tuple(self.text(label) for label in self.labels),
            cards=tuple(self.card(number, at) for at in range(self.first, self.first + size)),
        )

    def card(self, number: int, at: int) -> Card:
        pick = self.random.choice
        key = self.keys.format(number, at, "abcdefghijkl"[at % 12])
        long = self.random.random() < 0.6
        name = f"{key} {pick(_SUBJECTS)} de {pick(_THINGS)}" + (f" {pick(_PLACES)}" if long else "")
        measure = pick(_MEASURES if at == self.first else _PARAMETERS)
        return Card(
            key,
            self.text(name.strip() + pick(("", "."))),
            self.text(measure),
            self.text(pick(_TRENDS)),
            self.text(pick(_QUALITIES)),
            self.text(pick(_MILESTONES)),
            self.text(pick(_PROGRESS)),
        )
