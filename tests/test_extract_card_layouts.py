"""Invented Fichas de Monitoreo in many layouts and from several producers are read exactly.

Whatever the page, the rules, the order of the text or the labels' wording: each card, cell and
figure is the printed one. What cannot be told may be doubted, and must not be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from card_producers import by_browser, by_fpdf, by_reportlab, turned, words_apart

import extract
from extract.types import RawDocument
from normalize.text import fold
from samples.card_inventions import Invention
from samples.card_tally import printed_cards
from samples.monitoring_layout import Look, Sheet, lay_out, scrambled
from samples.monitoring_source import NAMES, Monitoring, Text, load

Producer = Callable[[Sequence[Sheet], Look, Path], None]
Size = Literal["wide", "slide", "a4", "a4 landscape", "letter", "a3", "half letter"]

SIZES: dict[Size, tuple[float, float, float]] = {
    "wide": (1224, 612, 7.0),
    "slide": (960, 540, 5.6),
    "a4": (595, 842, 5.0),
    "a4 landscape": (842, 595, 5.2),
    "letter": (612, 792, 5.2),
    "a3": (1191, 842, 7.5),
    "half letter": (396, 612, 3.6),
}
"""Width and height of the paper and size of the type, in points."""


def a_look(random: Random, size: Size) -> Look:
    width, height, type_size = SIZES[size]
    portrait = height > width
    return Look(
        width=width,
        height=height,
        size=type_size,
        margin=random.choice((12.0, 22.0)),
        rules=random.choice(("strokes", "rects", "none")),
        coloured=random.random() < 0.5,
        align=random.choice(("left", "center")),
        per_strip=random.choice((1, 2, 3)) if portrait else random.choice((2, 3)),
        prose=random.choice(("below", "right") if portrait else ("right", "left", "below")),
        features=random.choice(("lines", "beside")),
        own_lines=False,
        per_page=random.choice((1, 2, 3)),
        stacked_head=portrait or random.random() < 0.3,
        gap=random.choice((2.0, 3.0, 5.0)),
    )


def printed(
    monitoring: Monitoring, look: Look, path: Path, producer: Producer = by_reportlab
) -> RawDocument:
    """The document as it is read; its lines go into the file in no order."""
    sheets = [scrambled(sheet, number) for number, sheet in enumerate(lay_out(monitoring, look))]
    producer(sheets, look, path)
    return extract.read(path)


def assert_exact(raw: RawDocument, monitoring: Monitoring) -> None:
    assert raw.family == "ficha_monitoreo_programa"
    assert raw.title is not None and raw.title.text == monitoring.title.words
    found = [{name: text.text for name, text in card.fields.items()} for card in raw.cards]
    assert found == printed_cards(monitoring)
    assert [card.problems for card in raw.cards] == [[] for _ in found]
    heads, *rows = monitoring.table
    assert [(c.approach.text, c.category.text, c.value.text) for c in raw.cells] == [
        (row[0].words, head.words, cell.words)
        for row in rows
        for head, cell in zip(heads[1:], row[1:], strict=True)
    ]
    figures = {figure.figure: figure.value.text for figure in raw.figures}
    known = {
        f"{what}_{part}": group[at].words
        for what, group in zip(("objective", "indicator"), monitoring.levels, strict=True)
        for part, at in (("count", 1), ("level", -1))
        if len(group) > 1
    }
    assert figures == known
    assert raw.problems == []


def prose_of(raw: RawDocument) -> dict[str, str]:
    sections: dict[str, list[str]] = {}
    for statement in raw.statements:
        sections.setdefault(statement.section, []).append(statement.text.text)
    return {section: " ".join(texts) for section, texts in sections.items()}


def assert_prose(raw: RawDocument, monitoring: Monitoring) -> None:
    assert prose_of(raw) == {
        "enfoque": monitoring.approach[0].words,
        "calidad": monitoring.approach[1].words,
        "avance": monitoring.progress.words,
        "conclusiones": monitoring.conclusions.words,
        "notas": " ".join(note.words for note in monitoring.notes),
        **{f"objetivo-{o.number}": fold("\n".join(o.prose.lines)) for o in monitoring.objectives},
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_invented_ficha_is_read_exactly(size: Size, seed: int, tmp_path: Path) -> None:
    key = 100 * seed + list(SIZES).index(size)
    monitoring = Invention(key, objectives=3 + key % 4).monitoring()
    raw = printed(monitoring, a_look(Random(key), size), tmp_path / "ficha.pdf")
    assert_exact(raw, monitoring)
    assert_prose(raw, monitoring)


@pytest.mark.parametrize("rules", ["strokes", "rects", "none"])
@pytest.mark.parametrize("producer", [by_fpdf, by_browser], ids=["fpdf2", "chromium"])
def test_another_producer_gives_the_same(
    producer: Producer, rules: Literal["strokes", "rects", "none"], tmp_path: Path
) -> None:
    monitoring = Invention(7, objectives=3).monitoring()
    look = replace(a_look(Random(7), "wide"), rules=rules)
    raw = printed(monitoring, look, tmp_path / "ficha.pdf", producer)
    assert_exact(raw, monitoring)
    assert_prose(raw, monitoring)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", ["a4", "slide"])
def test_the_samples_without_rules_on_other_paper(name: str, size: Size, tmp_path: Path) -> None:
    monitoring = load(name)
    look = replace(a_look(Random(5), size), rules="none", coloured=False)
    raw = printed(monitoring, look, tmp_path / "ficha.pdf")
    assert_exact(raw, monitoring)
    assert_prose(raw, monitoring)


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_turned_page_gives_the_same(quarter: int, tmp_path: Path) -> None:
    monitoring = Invention(11, objectives=3).monitoring()
    look = a_look(Random(11), "slide")
    straight = printed(monitoring, look, tmp_path / "straight.pdf")
    raw = extract.read(turned(tmp_path / "straight.pdf", quarter, tmp_path / "turned.pdf"))
    assert_exact(straight, monitoring)
    assert_exact(raw, monitoring)
    assert_prose(raw, monitoring)


@pytest.mark.parametrize("cards", [1, 2, 3, 4, 7])
def test_any_number_of_cards_in_strips_of_any_width(cards: int, tmp_path: Path) -> None:
    monitoring = Invention(cards, objectives=3, cards=(cards, cards)).monitoring()
    for per_strip in {1, 2, min(cards, 4)}:
        look = replace(a_look(Random(cards), "a3"), per_strip=per_strip)
        assert_exact(printed(monitoring, look, tmp_path / f"{per_strip}.pdf"), monitoring)


@pytest.mark.parametrize(
    "cell", ["{0}, {1}%", "{0} ({1}%)", "{0} / {1} %", "{0} {1} %", "{0}; {1}%"]
)
def test_a_count_with_its_percentage_is_one_cell(cell: str, tmp_path: Path) -> None:
    monitoring = Invention(3, objectives=3, cell=cell).monitoring()
    raw = printed(monitoring, a_look(Random(3), "wide"), tmp_path / "ficha.pdf")
    assert_exact(raw, monitoring)


def dropped(sheets: Sequence[Sheet], *texts: Text) -> list[Sheet]:
    """The sheets without some texts."""
    gone = {round(text.at + 0.001 * line, 6) for text in texts for line in range(9)}
    return [
        replace(sheet, lines=[line for line in sheet.lines if round(line.at, 6) not in gone])
        for sheet in sheets
    ]


def without(
    monitoring: Monitoring, path: Path, *texts: Text, look: Look | None = None
) -> RawDocument:
    look = look or replace(a_look(Random(4), "wide"), features="lines", prose="right")
    by_reportlab(dropped(lay_out(monitoring, look), *texts), look, path)
    return extract.read(path)


def doubts(raw: RawDocument) -> Counter[tuple[str, str]]:
    return Counter((problem.rule, problem.field) for card in raw.cards for problem in card.problems)


@pytest.mark.parametrize(
    "field", ["measure", "trend", "quality", "milestone_status", "target_progress"]
)
def test_what_one_card_lacks_is_no_other_cards(field: str, tmp_path: Path) -> None:
    monitoring = Invention(21, objectives=3, cards=(2, 3)).monitoring()
    card = monitoring.objectives[1].cards[0]
    raw = without(monitoring, tmp_path / "ficha.pdf", getattr(card, field))
    expected = printed_cards(monitoring)
    at = [row["name"] for row in expected].index(fold(card.name.words))
    del expected[at][field]
    assert [{n: text.text for n, text in c.fields.items()} for c in raw.cards] == expected
    assert doubts(raw) == {("REA01", field): 1}


def test_rows_are_read_without_the_labels_that_are_not_needed(tmp_path: Path) -> None:
    monitoring = Invention(22, objectives=3).monitoring()
    for row in (0, 2):  # the names are known by their keys, the trend is a drawing
        labels = [objective.labels[row] for objective in monitoring.objectives]
        assert_exact(without(monitoring, tmp_path / f"{row}.pdf", *labels), monitoring)


@pytest.mark.parametrize(("row", "lacking"), [(1, "quality"), (3, "milestone_status")])
@pytest.mark.parametrize("rules", ["strokes", "none"])
def test_a_label_that_lacks_leaves_nothing_wrong(
    row: int, lacking: str, rules: Literal["strokes", "none"], tmp_path: Path
) -> None:
    monitoring = Invention(23, objectives=3).monitoring()
    labels = [objective.labels[row] for objective in monitoring.objectives]
    look = replace(a_look(Random(4), "wide"), rules=rules)
    raw = without(monitoring, tmp_path / "ficha.pdf", *labels, look=look)
    expected = printed_cards(monitoring)
    assert len(raw.cards) == len(expected)
    for card, row_of in zip(raw.cards, expected, strict=True):
        told = {problem.field for problem in card.problems}
        assert lacking in told
        sure = {name: text.text for name, text in card.fields.items() if name not in told}
        assert sure.items() <= row_of.items()


def test_indicators_without_keys_are_read_by_their_columns(tmp_path: Path) -> None:
    monitoring = Invention(24, objectives=3, cards=(2, 3)).monitoring()
    bare = replace(
        monitoring,
        objectives=tuple(
            replace(
                objective,
                cards=tuple(
                    replace(card, name=Text((card.name.words.split(" ", 1)[1],), card.name.at))
                    for card in objective.cards
                ),
            )
            for objective in monitoring.objectives
        ),
    )
    assert_exact(printed(bare, a_look(Random(24), "wide"), tmp_path / "ficha.pdf"), bare)


def test_words_that_stand_in_the_file_in_no_order(tmp_path: Path) -> None:
    monitoring = Invention(25, objectives=3).monitoring()
    look = a_look(Random(25), "slide")
    sheets = [words_apart(sheet, look) for sheet in lay_out(monitoring, look)]
    by_reportlab([scrambled(sheet, 3) for sheet in sheets], look, tmp_path / "ficha.pdf")
    raw = extract.read(tmp_path / "ficha.pdf")
    assert_exact(raw, monitoring)
    assert_prose(raw, monitoring)


def test_bold_by_printing_twice(tmp_path: Path) -> None:
    monitoring = Invention(26, objectives=3).monitoring()
    look = a_look(Random(26), "slide")
    sheets = lay_out(monitoring, look)
    twice = [
        replace(
            sheet, lines=[m for line in sheet.lines for m in (line, replace(line, x=line.x + 0.2))]
        )
        for sheet in sheets
    ]
    by_reportlab(twice, look, tmp_path / "twice.pdf")
    assert_exact(extract.read(tmp_path / "twice.pdf"), monitoring)


def test_an_indicator_in_no_card_is_reported(tmp_path: Path) -> None:
    monitoring = Invention(27, objectives=3, cards=(2, 2)).monitoring()
    last = monitoring.objectives[-1]
    raw = without(monitoring, tmp_path / "ficha.pdf", *last.labels)
    known = [row["name"] for row in printed_cards(monitoring)]
    assert [card.fields["name"].text for card in raw.cards] == known[:-2]
    told = " ".join(problem.message_es for problem in raw.problems)
    assert all(card.key in told for card in last.cards)
