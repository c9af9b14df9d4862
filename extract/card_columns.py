"""The columns beside a strip's labels: its cards, and the prose at their side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.card_aside import beyond
from extract.card_labels import Kind, begins_measure
from extract.card_strips import Beside, Column
from extract.free_text import Segment, same_box
from extract.geometry import overlap
from normalize.grades import holds_grade
from normalize.words import trend_of

GUTTER = 0.8
"""Points of white space that part two columns at least."""
DRAWN = 0.6
"""Part of its length that must be drawn for a rule to part rows or columns."""
SAME_RULE = 3.0
"""Points within which two rules are one."""
SLACK = 0.3
"""Line heights by which a line above a label may reach into its height."""
FEW = 3
"""Lines from which a column without a key is prose, where the others have keys."""
LONG = 60
"""Letters that it then has at least."""
LINE = 12
"""Letters of a line up to which it may be a word of a card."""
FULL = 22
"""Letters of a line of prose, on average, where nothing else tells it from cards."""

_NUMBERED = re.compile(r"\d{1,2}\.\s+[A-ZÁÉÍÓÚ]")
"""How the text of an objective begins."""

Interval = tuple[float, float]

_GRADES: tuple[Kind, ...] = ("milestone", "progress")


def find_columns(beside: Beside) -> tuple[list[Column], list[Segment]]:
    """The cards of a strip, from the left, and the running text at their side.

    Cards are told by rules where there are any, else by the white space between the texts of all
    rows. What runs down beside them through all rows is prose.
    """
    if not beside.keys:
        _cut_top(beside)
    finder = _Columns(beside)
    columns, prose = finder.find()
    if not prose:
        aside, sure = beyond(beside, finder.upright())
        if sure:
            own = {id(each) for each in aside}
            beside.inside = [each for each in beside.inside if id(each) not in own]
            columns, prose = finder.find(aside)
        elif any(beside.in_row("indicators", each) for each in aside):
            columns[-1].crossing.add("indicators")
    if not prose:
        before = [each for each in beside.before if beside.is_inside(each)]
        prose = before if before and finder.is_prose(before, keyed=True) else []
    return columns, prose


def _cut_top(beside: Beside) -> None:
    """Leave out what stands above the names' label over more than one card, or over the labels'
    own column, as the text of an objective does: no key tells where the names begin."""
    first = beside.strip.first
    grades = [e for e in beside.inside if any(beside.in_row(kind, e) for kind in _GRADES)]
    cards = [_reach(atom) for atom in atoms_of(grades)]
    wide = [
        each
        for each in beside.after
        if each.page is first.page
        and beside.top - each.size <= each.middle
        and each.rect.bottom <= first.rect.top + SLACK * each.size
        and (
            each.rect.x0 < beside.strip.right - each.size
            or sum(overlap(*card, each.rect.x0, each.rect.x1) > 0 for card in cards) > 1
        )
    ]
    if wide:
        beside.top = max(each.rect.bottom for each in wide)
        beside.inside = [
            each
            for each in beside.inside
            if each.page is not first.page or each.middle > beside.top
        ]


class _Columns:
    """One pass over what stands beside the labels."""

    def __init__(self, beside: Beside) -> None:
        self.beside = beside
        self.strip = beside.strip
        self.known = {id(key) for key in beside.keys}

    def find(self, aside: Sequence[Segment] = ()) -> tuple[list[Column], list[Segment]]:
        """The cards from the left, and the running text to their right; ``aside`` is known to be
        that."""
        inside, known = self.beside.inside, self.known
        atoms = atoms_of([each for each in inside if not self.beside.in_row("trend", each)])
        cards: list[list[Segment]] = []
        prose: list[Segment] = list(aside)
        loose: list[list[Segment]] = []
        for atom in self._ruled_together([part for a in atoms for part in self._by_keys(a)]):
            has_key = any(id(each) in known for each in atom)
            running = not known and self._runs_on(atom)
            if not has_key and (running or self.is_prose(atom, keyed=bool(known))):
                prose.extend(atom)
            elif has_key or any(
                self.beside.in_row(kind, each) for each in atom for kind in _GRADES
            ):
                cards.append(atom)
            else:
                loose.append(atom)
        cards, doubtful = self._with_loose(_merged(cards, known) if known else cards, loose)
        if prose:  # the rest of it, at the height of the trend lines
            x0, x1 = _reach(prose)
            own = {id(each) for each in prose}
            prose += [e for e in inside if x0 <= e.centre <= x1 and id(e) not in own]
        ends = [_reach(card) for card in cards]
        side = [_reach(prose)] if prose else []
        columns = _bounded(ends, self.strip.right, side)
        for at in doubtful:
            columns[at].crossing.add("features")
        return columns, prose

    def _by_keys(self, atom: list[Segment]) -> list[list[Segment]]:
        """An atom with the keys of several cards, cut between them where only features run over
        the white space: these may stand so close that they seem one text."""
        keys = sorted((e for e in atom if id(e) in self.known), key=lambda e: e.rect.x0)
        firm = [each for each in atom if not self.beside.in_row("features", each)]
        parts = [atom]
        for key in keys[1:]:
            before = [e.rect.x1 for e in firm if e.centre < key.rect.x0]
            behind = [e.rect.x0 for e in firm if e.centre >= key.rect.x0]
            if not before or max(before) + GUTTER > min(behind):
                return [atom]
            cut = (max(before) + min(behind)) / 2
            last = parts.pop()
            parts.append([each for each in last if each.centre < cut])
            parts.append([each for each in last if each.centre >= cut])
        return parts

    def _ruled_together(self, atoms: Sequence[list[Segment]]) -> list[list[Segment]]:
        """Atoms between the same two upright rules, which run through the grades' rows, as one."""
        cuts = self.upright()
        groups: dict[int, list[list[Segment]]] = {}
        for atom in atoms:
            x0, x1 = _reach(atom)
            groups.setdefault(sum(cut < (x0 + x1) / 2 for cut in cuts), []).append(atom)
        joined: list[list[Segment]] = []
        for place, group in groups.items():
            whole = [each for atom in group for each in atom]
            closed = 0 < place < len(cuts) and sum(id(each) in self.known for each in whole) <= 1
            if closed and len(group) > 1 and not any(self.is_prose(a, keyed=True) for a in group):
                joined.append(whole)
            else:
                joined.extend(group)
        return joined

    def upright(self) -> list[float]:
        """Where upright rules run through the rows of grades, from the left."""
        labels = [label for label in self.strip.labels if label.kind in _GRADES]
        if not labels:
            return []
        page = labels[-1].page
        own = [label for label in labels if label.page is page]
        top, bottom = own[0].rect.top, own[-1].rect.bottom
        found: list[float] = []
        for edge in sorted(e for e in self.beside.rules[page.number] if e.orientation == "v"):
            drawn = overlap(edge.start, edge.end, top, bottom) >= DRAWN * (bottom - top)
            if drawn and (not found or edge.at - found[-1] > SAME_RULE):
                found.append(edge.at)
        return found

    def is_prose(self, atom: Sequence[Segment], *, keyed: bool) -> bool:
        """Whether a column is running text: many letters where the cards have keys, else lines
        without a break at the height of the trend lines, where cards have a drawing."""
        lines = len({round(each.middle) for each in atom})
        if keyed:
            return lines >= FEW and sum(len(each.text) for each in atom) >= LONG
        trend = self.strip.label("trend")
        if trend is None:
            return lines >= FEW and sum(len(each.text) for each in atom) >= FULL * len(atom)
        whole = [
            each
            for each in self.beside.after
            if each.page is trend.page and overlap(*_reach(atom), each.rect.x0, each.rect.x1) > 0
        ]
        return any(
            overlap(each.rect.top, each.rect.bottom, trend.rect.top, trend.rect.bottom) > 0
            and len(each.text) > LINE
            for each in whole
        )

    def _runs_on(self, atom: Sequence[Segment]) -> bool:
        """Whether lines of text stand where the features of a card do, and no feature."""
        row = [each for each in atom if self.beside.in_row("features", each)]
        long = [each for each in row if len(each.text) > LINE]
        features = (
            begins_measure(each.text) or trend_of(each.text) or holds_grade(each.text, "quality")
            for each in row
        )
        return len(atom) >= FEW and bool(long) and not any(features)

    def _with_loose(
        self, cards: list[list[Segment]], loose: Sequence[list[Segment]]
    ) -> tuple[list[list[Segment]], list[int]]:
        """Cards with the features that stand at their sides, and which cards that leaves in doubt.

        Features are three a card, in one order: counted from the left they tell whose they are.
        Where they are not (two may stand so close that they seem one), the measures do alone. What
        else is loose goes to the nearest card.
        """
        cards = sorted(cards, key=lambda card: _reach(card)[0])
        row = [
            each
            for card in (*cards, *loose)
            for each in card
            if self.beside.in_row("features", each)
        ]
        features = atoms_of(row)
        owner = {id(e): at // 3 for at, feature in enumerate(features) for e in feature}
        counted = len(features) == 3 * len(cards)
        measures = [each for each in row if begins_measure(each.text)]
        if not counted and len(measures) == len(cards):
            measures.sort(key=lambda each: each.rect.x0)
            owner = {id(each): at for at, each in enumerate(measures)}
            counted = all(id(atom[0]) in owner for atom in loose)
        doubtful: list[int] = []
        for atom in sorted(loose, key=lambda atom: _reach(atom)[0]):
            x0, x1 = _reach(atom)
            if counted and id(atom[0]) in owner:
                cards[owner[id(atom[0])]].extend(atom)
            elif cards:
                at = _nearest(cards, x0, x1)
                cards[at].extend(atom)
                doubtful.append(at)
        return cards, doubtful


def whole_box(beside: Beside, columns: Sequence[Column], prose: Sequence[Segment]) -> list[Segment]:
    """Prose with the lines of its box that stand higher or lower than the cards.

    Lines of a wider box are none of it: an objective's text may end right above.
    """
    placed = {id(e) for column in columns for cell in column.cells.values() for e in cell}
    free = [
        each
        for each in (*beside.before, *beside.after)
        if id(each) not in placed and not _NUMBERED.match(each.text)
    ]
    box = {id(each) for each in prose}
    whole = list(prose)
    for each in whole:  # grows while it is gone through
        x0, x1 = _reach(prose)
        for other in free:
            slack = 1.5 * other.size
            inside = x0 - slack <= other.rect.x0 and other.rect.x1 <= x1 + slack
            if id(other) in box or not inside or not same_box(each, other):
                continue
            above = (e for e in free if e.rect.top < other.rect.top and same_box(e, other))
            if all(x0 - slack <= e.rect.x0 and e.rect.x1 <= x1 + slack for e in above):
                box.add(id(other))
                whole.append(other)
    return whole


def atoms_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments parted where white space runs down through all of them, from the left."""
    atoms: list[list[Segment]] = []
    reach = 0.0
    for each in sorted(segments, key=lambda s: s.rect.x0):
        if atoms and each.rect.x0 - reach < GUTTER:
            atoms[-1].append(each)
        else:
            atoms.append([each])
            reach = each.rect.x1
        reach = max(reach, each.rect.x1)
    return atoms


def _reach(segments: Sequence[Segment]) -> Interval:
    return min(each.rect.x0 for each in segments), max(each.rect.x1 for each in segments)


def _merged(cards: Sequence[list[Segment]], known: set[int]) -> list[list[Segment]]:
    """Cards that have a key, each with the grades beside its name that stand in no other."""
    keyed = [card for card in cards if any(id(each) in known for each in card)]
    for card in cards:
        if any(card is other for other in keyed):
            continue
        x0, x1 = _reach(card)
        at = _nearest(keyed, x0, x1)
        if len(keyed[at]) < 3 * FEW and _reach(keyed[at])[0] <= x0:
            keyed[at] = [*keyed[at], *card]
        else:
            keyed.append(card)
    return keyed


def _nearest(cards: Sequence[list[Segment]], x0: float, x1: float) -> int:
    """The card with the smallest gap to an interval."""

    def gap(at: int) -> float:
        a, b = _reach(cards[at])
        return max(a - x1, x0 - b)

    return min(range(len(cards)), key=gap)


def _bounded(ends: Sequence[Interval], left: float, aside: Sequence[Interval]) -> list[Column]:
    """Columns that reach to the middle of the white space between them."""
    ordered = sorted(ends)
    after = [x0 for x0, _ in aside if ordered and x0 >= ordered[-1][1]]
    end = (ordered[-1][1] + min(after)) / 2 if after else float("inf")
    edges = [min([left, *(x0 for x0, _ in ordered[:1])]) - 1.0]
    edges += [(a[1] + b[0]) / 2 for a, b in pairwise(ordered)]
    edges.append(end)
    return [Column(a, b) for a, b in pairwise(edges)] if ordered else []
