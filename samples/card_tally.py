"""Counts what a reading of a Ficha de Monitoreo got right, said it could not read, and got wrong.

As :mod:`samples.tally` does for fichas: a field that differs is *flagged* where a problem or note
names it (its card, its table), else it is *wrong*.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from extract.types import RawCard, RawDocument
from normalize.records import normalize
from normalize.text import fold
from samples.figure_tally import UNDECODED
from samples.monitoring_source import Monitoring
from samples.tally import Difference, Tally

Values = dict[str, str]

_UNREAD = "no tiene tarjetas que se puedan leer"
"""What a strip is told by of which no card was read."""
_FIGURES = ("count", "level")


def card_tally(raw: RawDocument, monitoring: Monitoring) -> Tally:
    """Compare a reading with what was printed, cards by their names and then by their order."""
    result = Tally()
    _compare_cards(raw, monitoring, result)
    _compare_tables(raw, monitoring, result)
    if any(problem.message_es.startswith(UNDECODED) for problem in raw.problems):
        result.flagged += result.wrong  # all that OCR read is told to be read by it
        result.wrong = []
    return result


def printed_cards(monitoring: Monitoring) -> list[Values]:
    """The fields of the cards, in the order of the document."""
    return [
        {
            "name": fold("\n".join(card.name.lines)),
            "objective": objective.text.words,
            "measure": card.measure.words,
            "trend": card.trend.words,
            "quality": card.quality.words,
            "milestone_status": card.milestone_status.words,
            "target_progress": card.target_progress.words,
        }
        for objective in monitoring.objectives
        for card in objective.cards
    ]


def _compare_cards(raw: RawDocument, monitoring: Monitoring, result: Tally) -> None:
    printed = printed_cards(monitoring)
    told = [problem.message_es for problem in raw.problems]
    told += [problem.message_es for card in raw.cards for problem in card.problems]
    pairs = dict(_pairs([card["name"] for card in printed], raw.cards))
    for at, card in enumerate(printed):
        found = raw.cards[pairs[at]] if at in pairs else None
        doubted = {problem.field for problem in found.problems} if found else set()
        for name, text in card.items():
            read = found.fields[name].text if found and name in found.fields else None
            key = (at, "", name)
            if read == text:
                result.exact += 1
                if name in doubted:
                    result.noise.append(f"{card['name']}: {name}")
            elif name in doubted or (
                found is None and any(card["name"][:12] in said or _UNREAD in said for said in told)
            ):
                result.flagged.append(Difference(key, text, read))
            else:
                result.wrong.append(Difference(key, text, read))
    for at, extra in enumerate(raw.cards):
        if at not in pairs.values():
            name = extra.fields["name"].text if "name" in extra.fields else None
            result.wrong.append(Difference((at, "extra", "name"), None, name))


def _pairs(names: list[str], cards: list[RawCard]) -> Iterator[tuple[int, int]]:
    """Which printed card is which one that was read."""
    read = [card.fields["name"].text[:25] if "name" in card.fields else "" for card in cards]
    matcher = SequenceMatcher(None, [name[:25] for name in names], read, autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        yield from zip(range(a0, a1), range(b0, b1), strict=False)


def _compare_tables(raw: RawDocument, monitoring: Monitoring, result: Tally) -> None:
    heads, *rows = monitoring.table
    printed = {
        f"{row[0].words} / {head.words}": cell.words
        for row in rows
        for head, cell in zip(heads[1:], row[1:], strict=True)
    }
    read = {
        f"{c.approach.text} / {c.category.text}": c.value.text.rstrip("³").rstrip()
        for c in raw.cells
    }
    notes = [n for n in normalize(raw, "tally").notes if n.table_name == "distributions"]
    doubted = bool(notes) or any(p.field.startswith("distributions") for p in raw.problems)
    for key in sorted(printed.keys() | read.keys()):
        _count(result, ("distribution", key), printed.get(key), read.get(key), doubted=doubted)
    figures = {figure.figure: figure.value.text for figure in raw.figures}
    for what, group in zip(("objective", "indicator"), monitoring.levels, strict=True):
        for part, at in zip(_FIGURES, (1, -1), strict=True):
            if len(group) > 1:
                code = f"{what}_{part}"
                told = any(p.field.startswith(f"figures.{code}") for p in raw.problems)
                _count(result, ("figure", code), group[at].words, figures.get(code), doubted=told)
    title = raw.title.text if raw.title else None
    told = any("título" in problem.message_es for problem in raw.problems)
    _count(result, ("document", "title"), monitoring.title.words, title, doubted=told)


def _count(
    result: Tally, where: tuple[str, str], printed: str | None, read: str | None, *, doubted: bool
) -> None:
    if printed == read:
        result.exact += 1
    else:
        found = result.flagged if doubted else result.wrong
        found.append(Difference((0, *where), printed, read))
