"""The family ``ficha_monitoreo_programa``: CONEVAL's Ficha de Monitoreo of a derived programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extract.card_furniture import running_lines
from extract.card_grid import RuledStrip, ruled_strips, with_columns
from extract.card_labels import (
    Label,
    ObjectiveLabel,
    find_labels,
    find_objectives,
    letters,
    unglued,
)
from extract.card_rows import read_strip
from extract.card_strips import Content, Strip, find_strips
from extract.cards import read_cards
from extract.distribution import find_distribution
from extract.distribution_grid import ruled_distribution
from extract.free_text import Segment, blocks_of, printed_of, segments_of
from extract.geometry import Rect, share_y
from extract.grid import Grid, read_grid
from extract.monitoring_head import COUNTED, identify, levels
from extract.monitoring_objectives import Objective, Objectives, objective_aside
from extract.monitoring_prose import (
    FAR,
    SECTIONS,
    Anchor,
    find_headings,
    paragraph_statements,
    remnants,
    statements,
    usual_gap,
)
from extract.pdf import Pdf
from extract.scan import read_pages
from extract.types import Printed, Problem, RawDocument, RawFigure, RawStatement
from extract.vocabulary import Vocabulary
from normalize.figure_codes import BY_CODE
from normalize.text import key_of

if TYPE_CHECKING:
    from normalize.schema import Family

FAMILY: Family = "ficha_monitoreo_programa"

HEADING = ("ficha", "monitoreo")
"""Words of the heading that stands on every one of them."""
MOST_PAGES = 40
"""A longer document is none of two pages, or of a few more."""
ROWS = ("cumplim", "intermedia", "avance", "sexenal", "tendencia", "caracter")
"""Words, or their beginnings, of the rows that every strip of cards repeats."""
CARD_ROWS = ("features", "milestone", "progress")
"""The rows whose labels stand nowhere but beside cards."""
ENOUGH = 4
"""How many of them a page with cards holds, although some may be misspelt or lack."""


def pages(texts: Sequence[str]) -> Sequence[int]:
    """The pages (from 1) that are parsed, told by their texts: all, or none."""
    return range(1, len(texts) + 1) if len(texts) <= MOST_PAGES and is_kind(texts) else ()


def read(pdf: Pdf, texts: Sequence[str], raw: RawDocument, reader: str) -> bool:
    """Fill ``raw`` from a Ficha de Monitoreo; False where the document is none.

    Raises :class:`~extract.types.UnreadableDocument`.
    """
    numbers = pages(texts)
    if not numbers:
        return False
    segments: list[Segment] = []
    grids: list[Grid] = []
    for page in read_pages(pdf, numbers):
        segments += unglued(segments_of(page))
        grids.append(with_columns(read_grid(page)))
    reading = _Reading(segments, grids, Vocabulary(texts), raw, reader)
    if not reading.strips:
        return False
    reading.read()
    return True


def is_kind(texts: Sequence[str]) -> bool:
    """Whether the cheap text of a document may be that of a Ficha de Monitoreo of a programme.

    Words only: a box may be broken to lines anywhere, and its lines stand anywhere in the file.
    What only speaks of such things has no strips of cards, which :func:`read` finds out.
    """
    keys = [letters(text) for text in texts]
    whole = "".join(keys)
    return all(word in whole for word in HEADING) and any(
        sum(word in key for word in ROWS) >= ENOUGH for key in keys
    )


class _Reading:
    """One pass over the pages' segments; what is taken is left out of the running text."""

    def __init__(
        self,
        segments: Sequence[Segment],
        grids: Sequence[Grid],
        known: Vocabulary,
        raw: RawDocument,
        reader: str,
    ) -> None:
        self.segments = list(segments)
        self.grids = grids
        self.raw = raw
        self.reader = reader
        self.used: set[int] = set()
        pages = dict.fromkeys(each.page.number for each in segments)
        by_page = [[e for e in segments if e.page.number == page] for page in pages]
        self.ruled: list[RuledStrip] = ruled_strips(grids)
        ruled = {id(each) for strip in self.ruled for each in self._covered(strip)}
        self.labels: list[Label] = [
            label
            for own in by_page
            for label in find_labels([each for each in own if id(each) not in ruled])
        ]
        self.objectives: list[ObjectiveLabel] = [
            label
            for label in find_objectives(segments)
            if not any(id(part) in ruled for part in label.parts)
        ]
        self.strips: list[Strip] = sorted(
            [*find_strips(self.labels), *(ruled.content.strip for ruled in self.ruled)],
            key=lambda s: (s.first.page.number, s.first.rect.top, s.first.rect.x0),
        )
        self.known = known
        self.gap = usual_gap(self.segments)
        self.anchors: list[Anchor] = []
        self.prose: list[RawStatement] = []

    def read(self) -> None:
        for anchor, own in list(find_headings(self.segments)):
            self.anchors.append(anchor)
            self._take(own)
        identify(blocks_of(self._free()), self.raw, self.reader)
        self._take(part for label in self.objectives if label.whole for part in label.parts)
        self._take(running_lines(self.segments))
        for ruled in self.ruled:
            self._take(self._covered(ruled))
        self._distribution()
        for strip in self.strips:
            self._take(part for label in strip.labels for part in label.segments)
        contents = [self._content(strip) for strip in self.strips]
        self._cards(contents)
        for content in contents:
            if not content.columns:
                self._no_cards(content.strip.first)
        self._note_unread([each for content in contents for each in content.prose])
        figures, own = levels(self._free(), self.labels, self.strips, self.grids, self.reader)
        self.raw.figures.extend(figures)
        self._note_absent(figures)
        self._take(own)
        found = [*self.prose, *statements(self._free(), self.anchors, self.gap, self.reader)]
        self.raw.statements.extend(sorted(found, key=_place))
        self.raw.problems.extend(remnants(self._free(), self.anchors, self.reader))

    def _covered(self, strip: RuledStrip) -> list[Segment]:
        """The segments that stand in a strip's cells."""
        return [
            each
            for each in self.segments
            if any(
                each.page is page and rect.holds(each.centre, each.middle)
                for page, rect in strip.covered
            )
        ]

    def _take(self, segments: Iterable[Segment]) -> None:
        self.used.update(id(each) for each in segments)

    def _free(self) -> list[Segment]:
        return [each for each in self.segments if id(each) not in self.used]

    def _note_unread(self, aside: Sequence[Segment]) -> None:
        """Say which texts look like an indicator's name, or a card's label, and are in no card;
        ``aside`` is the prose beside cards, which may cite the indicators of other cards."""
        free = [*self._free(), *aside]
        cited = {id(each) for each in aside}
        names = (card.fields.get("name") for card in self.raw.cards)
        known = {key_of(name.text)[0] for name in names if name is not None}
        for each in free:
            key, name = key_of(each.text)
            if key is None or "." not in key or (id(each) in cited and key in known):
                continue
            text = each.text if name else f"{each.text} {_behind(each, free)}"
            if key_of(text)[1][:1].isupper():
                self._tell(
                    "assessments",
                    [each],
                    f"El texto «{text}» parece un indicador y no está en ninguna tarjeta.",
                    f"The text “{text}” looks like an indicator and is in no card.",
                )
        own = {id(label) for strip in self.strips for label in strip.labels}
        for label in self.labels:
            if id(label) not in own and label.kind in CARD_ROWS:
                self._no_cards(label)
        if self.raw.title is None:
            self._tell(
                "documents.title",
                [],
                "No se encontró el título del programa.",
                "The programme's title was not found.",
            )

    def _note_absent(self, figures: Sequence[RawFigure]) -> None:
        """Say which count or level of objectives and indicators the head of the ficha lacks; one
        without any has none to state."""
        found = {figure.figure for figure in figures}
        for code in (code for codes in COUNTED.values() for code in codes):
            if found and code not in found:
                es, en = (name.lower() for name in BY_CODE[code].name)
                self.raw.problems.append(
                    Problem(
                        "REA01",
                        f"figures.{code}",
                        f"No se encontró en la cabeza de la ficha: {es}.",
                        f"Not found at the head of the ficha: {en}.",
                    )
                )

    def _no_cards(self, label: Label) -> None:
        text = " ".join(part.text for part in label.segments)
        self._tell(
            "assessments",
            label.segments,
            f"La etiqueta «{text}» no tiene tarjetas que se puedan leer.",
            f"The label “{text}” has no cards that can be read.",
        )

    def _tell(self, field: str, segments: Sequence[Segment], spanish: str, english: str) -> None:
        pieces = printed_of(segments, self.reader).pieces if segments else ()
        self.raw.problems.append(Problem("REA01", field, spanish, english, pieces))

    def _distribution(self) -> None:
        ruled = ruled_distribution(self.grids, self.reader)
        if ruled is not None:
            self.raw.cells.extend(ruled.cells)
            self.raw.problems.extend(ruled.problems)
            self._take(
                each
                for each in self.segments
                for page, rect in ruled.covered
                if each.page is page and rect.holds(each.centre, each.middle)
            )
            return
        for page in dict.fromkeys(each.page.number for each in self.segments):
            own = [e for e in self._free() if e.page.number == page]
            found = find_distribution(own, self.reader)
            if found is not None:
                self.raw.cells.extend(found.cells)
                self._take(found.used)
                return
        self.raw.problems.append(
            Problem(
                "REA01",
                "distributions",
                "No se encontró la tabla Enfoque / Avance.",
                "The table Enfoque / Avance was not found.",
            )
        )

    def _content(self, strip: Strip) -> Content:
        """A strip's cards and prose, of what stands between it and the next ones."""
        for ruled in self.ruled:
            if ruled.content.strip is strip:
                return ruled.content
        first, last = strip.first, strip.last
        left, right = 0.0, float("inf")
        low: dict[int, float] = {}
        high: dict[int, float] = {}
        for other in self.strips:
            if other is strip:
                continue
            for label in other.labels:
                own = strip.on(label.page)
                if not own:
                    continue
                number = label.page.number
                beside = own[0].rect.top <= label.middle <= own[-1].rect.bottom
                if beside and label.rect.x0 > strip.right:
                    right = min(right, label.rect.x0 - 1.0)
                elif beside:
                    left = float("inf")  # the other one's cards stand there
                elif label.rect.bottom <= own[0].rect.top:
                    low[number] = max(low.get(number, 0.0), label.rect.bottom)
                elif label.rect.top >= own[-1].rect.bottom:
                    high[number] = min(high.get(number, FAR), label.rect.top)
        for objective in self.objectives:
            each = objective.segment
            if each.page is last.page and each.rect.top >= last.rect.bottom:
                number = each.page.number
                high[number] = min(high.get(number, FAR), each.rect.top)
        for anchor in self.anchors:
            if anchor.page == last.page.number and anchor.rect.top >= last.rect.bottom:
                high[anchor.page] = min(high.get(anchor.page, FAR), anchor.rect.top)
            if anchor.page == first.page.number and anchor.rect.bottom <= first.rect.top:
                low[anchor.page] = max(low.get(anchor.page, 0.0), anchor.rect.bottom)
        mine = [
            each
            for each in self._free()
            if low.get(each.page.number, 0.0) <= each.middle <= high.get(each.page.number, FAR)
        ]
        content = read_strip(strip, mine, left, right)
        content.objective, content.prose = objective_aside(content, self.objectives, self.gap)
        for column in content.columns:
            for cell in column.cells.values():
                self._take(cell)
        self._take([*content.objective, *content.prose])
        return content

    def _cards(self, contents: Sequence[Content]) -> None:
        """All cards with their objectives, and the prose beside them."""
        objectives = Objectives(self.objectives, self.segments, self.used, self.gap, self.reader)
        unsure: set[int | None] = set()
        for content in contents:
            cards = read_cards(content, self.known, self.reader)
            number = _objective_of([card.fields.get("name") for card in cards])
            found = objectives.of(content, number)
            if number is None and any("indicators" in c.crossing for c in content.columns):
                unsure.add(found.number)
            for card in cards:
                if found.text is None:
                    card.problems.append(_no_objective(found.number))
                else:
                    card.fields["objective"] = found.text
                    if found.number in unsure or found.cut:
                        card.problems.append(_unsure_objective(found.text))
                self.raw.cards.append(card)
            if found.number is None:
                continue
            section = f"objetivo-{found.number}"
            self._anchor(content, found, section)
            if content.prose:
                self.prose += paragraph_statements(section, content.prose, self.gap, self.reader)

    def _anchor(self, content: Content, objective: Objective, section: str) -> None:
        """Let the text below an objective's heading and cards be of its section."""
        strip = content.strip
        if objective.label is not None:
            each = objective.label.segment
            across = each.rect._replace(x0=0.0, x1=FAR)
            self.anchors.append(Anchor(each.page.number, across, section))
        for page in strip.pages:
            labels = strip.on(page)
            top, bottom = labels[0].rect.top, labels[-1].rect.bottom
            if page is strip.first.page:
                tops = [top, content.top, *([] if objective.top is None else [objective.top])]
                top = min(tops)
            self.anchors.append(Anchor(page.number, Rect(0.0, top, FAR, bottom), section))


def _no_objective(number: int | None) -> Problem:
    return Problem(
        "REA01",
        "objective",
        f"No se encontró el texto del objetivo{'' if number is None else f' {number}'}.",
        f"The text of the objective{'' if number is None else f' {number}'} was not found.",
    )


def _behind(each: Segment, free: Sequence[Segment]) -> str:
    """The text next to one on its line."""
    after = [
        other
        for other in free
        if other.page is each.page
        and share_y(other.rect, each.rect) >= 0.5
        and 0 < other.rect.x0 - each.rect.x1 <= 2 * each.size
    ]
    return min(after, key=lambda other: other.rect.x0).text if after else ""


def _unsure_objective(text: Printed) -> Problem:
    """Where names without keys follow an objective's text, nothing tells where it ends."""
    return Problem(
        "REA03",
        "objective",
        f"No es seguro dónde termina el objetivo «{text.text}».",
        f"It is not certain where the objective “{text.text}” ends.",
        text.pieces,
    )


def _objective_of(names: Sequence[Printed | None]) -> int | None:
    """The objective's number as the keys of its cards have it."""
    for name in names:
        key, _ = key_of(name.text) if name else (None, "")
        if key and "." in key:
            return int(key.split(".")[0])
    return None


def _place(statement: RawStatement) -> tuple[int, int]:
    """Where a statement's section stands among the others."""
    section, _, number = statement.section.partition("-")
    return SECTIONS.index(section), int(number or 0)
