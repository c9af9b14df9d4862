"""The transcribed Fichas de Monitoreo as boxes of lines, each with its place in the file.

The text of these files is scrambled: a box stands where it was drawn, not where it is read. Boxes
are found by what they say; the witness says which grade belongs to which card.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples.source import SOURCES, joined

NAMES = (
    "coneval-ficha-monitoreo-imss-2020-2021",
    "coneval-ficha-monitoreo-issste-2020-2021",
)

_OBJECTIVE = re.compile(r"^(?P<number>\d)\. .+$", re.MULTILINE)
_STRIP = re.compile(
    r"^ ?(?P<heading>Objetivo (?P<number>\d))\s+(?P<indicators>Indicadores)\s+"
    r"(?P<features>Características) (?P<values>.+)\s+(?P<trend>Tendencia)\s+"
    r"(?P<milestone>Cumplimiento metas? intermedia)\s+(?P<progress>Avance meta sexenal)$",
    re.MULTILINE,
)
_LABELS = ("indicators", "features", "trend", "milestone", "progress")
_FEATURES = re.compile(
    r"(?P<measure>Metas? para el [Bb]ienestar|Parámetro) "
    r"(?P<trend>Ascendente|Descendente|Constante) "
    r"(?P<quality>.+?)(?= Meta| Parámetro| *$)"
)
_HEAD = re.compile(
    r"(Enfoque / Avance) (Superado) (Avanzado) (Adecuado) (Insuficiente) (Rezagado) (Muy rezagado) "
    r"(NR\*) (Total general)"
)
_ROW = re.compile(
    r"^(Resultados|Coordinación|Gestión|Total general)" + 8 * r" (\d+(?:, \d+%)?)" + "$",
    re.MULTILINE,
)
_LEVELS = (
    re.compile(r"^ ?(Objetivos) (Indicadores)$", re.MULTILINE),
    re.compile(r"^(\d+) (\d+)$", re.MULTILINE),
    re.compile(r"^(l) (l)$", re.MULTILINE),  # the needles of two gauges
    re.compile(r"^([A-Z]\w{4,}) ([A-Z]\w{4,})$", re.MULTILINE),
)
_PROSE = re.compile(r"En cuanto a los resultados[^\0]+\.")
_NOTE = re.compile(r"^(?:[12]|\*) .+$", re.MULTILINE)
_RUN = re.compile(r"[^\0\s][^\0]*[^\0\s]|[^\0\s]")
_FOLLOWING = "Seguimiento de los objetivos e indicadores del programa derivado"
_HEADING = "Ficha de Monitoreo de los programas derivados del PND 2019-2024"
_MAIN = "Información principal del programa"
_CONCLUSIONS = "Conclusiones y sugerencias"
_PARAGRAPH = 60
"""Letters from which a run that nothing else took is a paragraph."""


@dataclass(frozen=True, slots=True)
class Text:
    """Lines in one box; ``at`` is where they begin in the source, the order of drawing."""

    lines: tuple[str, ...]
    at: int

    @property
    def words(self) -> str:
        return joined(self.lines)


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator card; ``name`` has its key on it."""

    key: str
    name: Text
    measure: Text
    trend: Text
    quality: Text
    milestone_status: Text
    target_progress: Text


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective: its heading, text and prose, the labels of its rows and its cards."""

    number: int
    page: int
    heading: Text
    text: Text
    prose: Text
    labels: tuple[Text, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A whole Ficha de Monitoreo. ``table`` is the distribution by rows, its heads first;
    ``levels`` are a label, a count, a gauge's needle and a level for objectives and for indicators,
    as far as they are there; ``stray`` is text that belongs to the drawings."""

    heading: Text
    title: Text
    following: Text
    main: Text
    levels: tuple[tuple[Text, ...], tuple[Text, ...]]
    approach_title: Text
    approach: tuple[Text, Text]
    progress_title: Text
    progress: Text
    table: tuple[tuple[Text, ...], ...]
    objectives: tuple[Objective, ...]
    conclusions_title: Text
    conclusions: Text
    notes: tuple[Text, ...]
    stray: tuple[Text, ...]


def load(name: str, folder: Path = SOURCES) -> Monitoring:
    """One of :data:`NAMES`. Raises ``ValueError`` where its text is not as expected."""
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    witness = json.loads((folder / f"{name}.cards.json").read_text(encoding="utf-8"))
    return _Loading(text, witness).monitoring()


class _Loading:
    """Takes boxes out of the source until nothing is left; what is taken leaves blanks."""

    def __init__(self, source: str, witness: dict[str, Any]) -> None:
        self.left = source
        self.second_page = source.index("\n Objetivo")
        self.cards: list[dict[str, str]] = witness["cards"]

    def monitoring(self) -> Monitoring:
        table = self._table()
        strips = {int(m["number"]): m for m in list(_STRIP.finditer(self.left))}
        names = {card["indicator_id"]: self._name(card) for card in self.cards}
        texts = {int(m["number"]): self._cut(m, 0) for m in list(_OBJECTIVE.finditer(self.left))}
        parts = {number: self._strip(match) for number, match in strips.items()}
        following, heading, main, conclusions_title = (
            self._line(re.escape(words)) for words in (_FOLLOWING, _HEADING, _MAIN, _CONCLUSIONS)
        )
        title = self._line("Programa Institucional del .+")
        approach_title = self._line("Tipo de enfoque .+")
        progress_title = self._line("Distribución del avance .+")
        approach = self._approach(approach_title, progress_title)
        notes = [self._cut(match, 0) for match in list(_NOTE.finditer(self.left))]
        levels = self._levels()
        proses = self._proses(names)
        grades = self._grades(proses, parts)
        rest = [self._cut(match, 0) for match in list(_RUN.finditer(self.left))]
        paragraphs = [box for box in rest if len(box.words) > _PARAGRAPH]
        progress, conclusions = paragraphs
        objectives = []
        for number, (opening, labels, features) in sorted(parts.items()):
            keys = [c["indicator_id"] for c in self.cards if c["indicator_id"][0] == str(number)]
            cards = [
                Card(key, names[key], *three, grades[key, 0], grades[key, 1])
                for key, three in zip(keys, features, strict=True)
            ]
            page = 1 if opening.at < self.second_page else 2
            objectives.append(
                Objective(
                    number, page, opening, texts[number], proses[number], labels, tuple(cards)
                )
            )
        return Monitoring(
            heading=heading,
            title=title,
            following=following,
            main=main,
            levels=levels,
            approach_title=approach_title,
            approach=approach,
            progress_title=progress_title,
            progress=progress,
            table=table,
            objectives=tuple(objectives),
            conclusions_title=conclusions_title,
            conclusions=conclusions,
            notes=tuple(notes),
            stray=tuple(box for box in rest if box not in paragraphs),
        )

    def _cut(self, match: re.Match[str], group: int | str, within: int = 0) -> Text:
        start, end = match.start(group) + within, match.end(group) + within
        lines = (line.strip(" \0") for line in self.left[start:end].split("\n"))
        self.left = (
            self.left[:start] + re.sub(r"[^\n]", "\0", self.left[start:end]) + self.left[end:]
        )
        return Text(tuple(line for line in lines if line), start)

    def _find(self, pattern: str) -> re.Match[str]:
        match = re.search(pattern, self.left, re.MULTILINE)
        if match is None:
            raise ValueError(f"not in the source: {pattern}")
        return match

    def _line(self, pattern: str) -> Text:
        return self._cut(self._find(f"^{pattern}$"), 0)

    def _name(self, card: dict[str, str]) -> Text:
        """A name with its key, which line breaks may cut, and its final stop if it has one."""
        words = f"{card['indicator_id']} {card['name']}".split()
        spaced = r"\s+".join(map(re.escape, words)).replace(r"\-", r"\-\s*")
        return self._cut(self._find(spaced + r"\.?"), 0)

    def _table(self) -> tuple[tuple[Text, ...], ...]:
        rows = [self._find(_HEAD.pattern), *_ROW.finditer(self.left)]
        return tuple(tuple(self._cut(row, at) for at in range(1, 10)) for row in rows)

    def _strip(
        self, match: re.Match[str]
    ) -> tuple[Text, tuple[Text, ...], list[tuple[Text, Text, Text]]]:
        start = match.start("values")
        features = [
            (
                self._cut(found, "measure", start),
                self._cut(found, "trend", start),
                self._cut(found, "quality", start),
            )
            for found in _FEATURES.finditer(match["values"])
        ]
        heading = self._cut(match, "heading")
        return heading, tuple(self._cut(match, label) for label in _LABELS), features

    def _approach(self, above: Text, below: Text) -> tuple[Text, Text]:
        """The two paragraphs that a stop and a blank line part."""
        between = re.compile(r"([^\0]+?\.) *\n\s*\n([^\0]+)")
        match = between.search(self.left, above.at + len(above.words) + 1, below.at)
        if match is None:
            raise ValueError("no two paragraphs about approach and quality")
        return self._cut(match, 1), self._cut(match, 2)

    def _levels(self) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
        pairs = []
        for level in _LEVELS:
            if match := level.search(self.left):
                pairs.append((self._cut(match, 1), self._cut(match, 2)))
        return tuple(left for left, _ in pairs), tuple(right for _, right in pairs)

    def _proses(self, names: dict[str, Text]) -> dict[int, Text]:
        """Each text column, by the objective whose indicators' names stand before it."""
        proses: dict[int, Text] = {}
        for match in list(_PROSE.finditer(self.left)):
            before = [key for key, name in names.items() if name.at < match.start()]
            nearest = max(before, key=lambda key: names[key].at)
            proses[int(nearest[0])] = self._cut(match, 0)
        return proses

    def _grades(
        self, proses: dict[int, Text], strips: dict[int, Any]
    ) -> dict[tuple[str, int], Text]:
        """The grades of every card (0 its milestone, 1 its progress), as the witness has them: of
        alike ones on a page those nearest behind their objective's prose."""
        open_slots = {
            (card["indicator_id"], at): card[field]
            for at, field in enumerate(("milestone_status", "target_progress"))
            for card in self.cards
        }
        words = sorted(set(open_slots.values()), key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
        grades: dict[tuple[str, int], Text] = {}
        for match in list(pattern.finditer(self.left)):
            box = self._cut(match, 0)
            before = [number for number, prose in proses.items() if prose.at < box.at]
            near = max(before, key=lambda number: proses[number].at, default=0)
            alike = [
                slot
                for slot, word in open_slots.items()
                if word == box.words
                and (strips[int(slot[0][0])][0].at < self.second_page)
                == (box.at < self.second_page)
            ]
            slot = min(alike, key=lambda s: (s[0][0] != str(near), s))
            grades[slot] = box
            del open_slots[slot]
        return grades
