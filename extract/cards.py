"""The columns of a strip as indicator cards: each row's text under the name of its field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from extract.card_labels import WORDINGS, Kind, letters
from extract.card_strips import Column, Content, is_under
from extract.card_words import rejoined
from extract.free_text import (
    Segment,
    is_at_edge,
    printed_known,
    printed_of,
    same_box,
    segment,
    text_lines,
)
from extract.geometry import Rect, overlap
from extract.types import Printed, Problem, RawCard
from extract.vocabulary import Vocabulary
from extract.words import Word
from normalize.grades import (
    grade_phrases,
    holds_grade,
    is_broken,
    is_exact,
    is_part,
    is_several,
    quality_of,
)
from normalize.text import match_key
from normalize.words import measure_of, trend_of

FIELDS: dict[Kind, str] = {
    "indicators": "name",
    "milestone": "milestone_status",
    "progress": "target_progress",
}
"""The rows whose whole text is one field."""
FEATURES = ("measure", "trend", "quality")
"""What the row of features says of an indicator, in the usual order."""
PHRASES: dict[str, Sequence[str]] = {
    "measure": (
        "parametro",
        "meta para el bienestar",
        "metas para el bienestar",
        "meta de bienestar",
    ),
    "trend": ("ascendente", "descendente", "constante"),
    "quality": grade_phrases("quality"),
    "milestone_status": grade_phrases("milestone_status"),
    "target_progress": grade_phrases("target_progress"),
}
"""The words that a field usually says, for comparing."""
LONGEST_QUALITY = 30
"""Letters beyond which a text that is no known quality is none."""
LONGEST = 90
"""Letters beyond which a text is no grade."""
APART = 1.0
"""Gap, in line heights, from which two features stand side by side."""

_TITLES = {
    "name": ("el nombre del indicador", "the indicator's name"),
    "measure": ("si es meta o parámetro", "whether it is a meta or a parámetro"),
    "trend": ("la tendencia", "the trend"),
    "quality": ("la calidad", "the quality"),
    "milestone_status": ("el cumplimiento de la meta intermedia", "the milestone status"),
    "target_progress": ("el avance de la meta sexenal", "the target progress"),
}
_MEASURE = re.compile(r"(?:metas?(?:parael|del?)?(?:bienestar)?|bienestar|parametros?)")
_TREND = re.compile(r"(?:a|de)scendente|constante")
_ROWS: dict[str, Kind] = {name: kind for kind, name in FIELDS.items()}
_KEY = re.compile(r"(\d{1,2})\.(\d{1,3})\b")
_KEYED = re.compile(r"\s\d{1,2}\.\d{1,3}[.):]?\s+[A-ZÁÉÍÓÚ]")
_MARKS = frozenset(",;/|•·-–—:")


def read_cards(content: Content, known: Vocabulary, reader: str) -> list[RawCard]:
    """The cards of a strip, left to right; what one does not print is a problem of it.

    ``known`` are the document's words, which tell where a ruled cell breaks one.
    """
    cards = [_card(column, content, known, reader) for column in content.columns]
    for left, right in pairwise(cards):
        name = _text_of(right, "name")
        if "name" in left.fields and not _KEY.match(name) and _KEYED.search(name):
            _doubt(left, "name", "sigue en la tarjeta vecina", "goes on in the next card")
            _doubt(right, "name", "empieza antes de su clave", "begins before its key")
    return cards


def _card(column: Column, content: Content, known: Vocabulary, reader: str) -> RawCard:
    card = RawCard()
    for kind, name in FIELDS.items():
        cell = column.cells.get(kind)
        if cell:
            card.fields[name] = printed_of(cell, reader)
    trend = column.cells.get("trend", [])
    features = _with_last_lines(column.cells.get("features", []), trend)
    if content.strip.label("features") is not None:
        card.fields.update(_features(features, reader))
    if "trend" not in card.fields and trend and trend_of(printed_of(trend, reader).text):
        card.fields["trend"] = printed_of(trend, reader)
    if _frames([each for cell in column.cells.values() for each in cell]):
        _mend(card, column, known, reader)
    _note_doubts(card, column)
    _note_missing(card, content)
    return card


def _frames(cell: Sequence[Segment]) -> list[Rect]:
    """The ruled cells that segments stand in, from the left."""
    return sorted({each.frame for each in cell if each.frame is not None})


def _mend(card: RawCard, column: Column, known: Vocabulary, reader: str) -> None:
    """Join the words that the card's ruled cells break, or say that one may be broken."""
    for name, phrases in PHRASES.items():
        if name in card.fields:
            card.fields[name] = rejoined(card.fields[name], phrases)
    if "name" in card.fields:
        names = column.cells.get("indicators", [])
        card.fields["name"], unsure = printed_known(names, known, reader)
        if unsure:
            _doubt(card, "name", "puede tener una palabra partida", "may hold a broken word")


def _with_last_lines(features: Sequence[Segment], trend: Sequence[Segment]) -> list[Segment]:
    """Features with the lines that a narrow box breaks down into the row of the drawn trend."""
    whole = list(features)
    for each in sorted(trend, key=lambda each: each.rect.top):
        if any(same_box(other, each) and is_under(each, other) for other in whole):
            whole.append(each)
    return whole


def _note_doubts(card: RawCard, column: Column) -> None:
    """Texts that run over the border of their cell, are too long for a grade, or are a part of one
    or more than one: what another card or line says has come in, or is left out."""
    rows: dict[Kind, tuple[str, ...]] = {kind: (name,) for kind, name in FIELDS.items()}
    rows["features"] = ("measure", "trend", "quality")
    for name in (name for kind in column.crossing for name in rows.get(kind, ())):
        if name in card.fields:
            _doubt(card, name, "no cabe en su celda", "does not fit its cell")
    names = column.cells.get("indicators", [])
    last = letters(max(names, key=lambda each: each.rect.top).text) if names else ""
    if last and "measure" not in card.fields and _MEASURE.fullmatch(last):
        _doubt(card, "name", "llega hasta el renglón siguiente", "reaches into the next row")
    for name in ("measure", "quality"):  # a trend that touches its neighbour
        if "trend" not in card.fields and _TREND.search(letters(_text_of(card, name))):
            _doubt(card, name, "toca al texto vecino", "touches its neighbour")
    quality = _text_of(card, "quality")
    more = holds_grade(quality, "quality") and not is_broken(quality, "quality")
    if more and "name" in card.fields:
        _doubt(card, "name", "puede terminar en el renglón siguiente", "may end in the next row")
    if "quality" in card.fields and not _is_whole_quality(card, column):
        _doubt(card, "quality", "no se separa de sus vecinos", "does not part from its neighbours")
    for name in ("quality", "milestone_status", "target_progress"):
        if name not in card.fields:
            continue
        text = card.fields[name].text
        strange = name == "quality" and quality_of(text) is None and len(text) > LONGEST_QUALITY
        if len(text) > LONGEST or strange:
            _doubt(card, name, "es demasiado largo", "is too long")
        elif is_part(text, name):
            _doubt(card, name, "no está completo", "is not complete")
        elif is_broken(text, name):
            _doubt(card, name, "está cortado", "is broken")
        elif is_several(text, name):
            _doubt(card, name, "dice más de una cosa", "says more than one thing")
        elif name == "quality" and "trend" not in card.fields and quality_of(text) is None:
            _doubt(card, name, "no se separa de la tendencia", "does not part from the trend")
    if "name" in card.fields and _holds_next_key(card.fields["name"].text):
        for name in (each for each in _TITLES if each in card.fields):
            _doubt(card, name, "contiene el de otra tarjeta", "holds that of another card")
    for kind, cell in column.cells.items():
        for name in (each for each in rows.get(kind, ()) if each in card.fields):
            if any(map(is_at_edge, cell)):
                _doubt(card, name, "llega al borde de la página", "reaches the edge of the page")
    trend = match_key(_text_of(card, "trend"))
    if trend and any(whole != trend and whole.startswith(trend) for whole in PHRASES["trend"]):
        _doubt(card, "trend", "no está completo", "is not complete")
    if "measure" in card.fields and _is_part_of_measure(card.fields["measure"].text):
        _doubt(card, "measure", "no está completo", "is not complete")


def _is_part_of_measure(text: str) -> bool:
    """Whether a text is some of the words of a measure, and not its first one alone, or lacks the
    end of a word."""
    said = match_key(text).split()
    wholes = [phrase.split() for phrase in PHRASES["measure"]]
    cut = any(
        phrase.startswith(" ".join(said)) and phrase[len(" ".join(said)) :][:1].isalpha()
        for phrase in PHRASES["measure"]
    )
    if cut and said not in (["meta"], ["metas"]):
        return True
    if any(len(said) > len(whole) > 1 and _are_among(whole, said) for whole in wholes):
        return True
    return said not in wholes and any(
        (len(said) > 1 and _are_among(said, whole)) or said == whole[1:] for whole in wholes
    )


def _are_among(some: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some words stand among others in their order."""
    rest = iter(words)
    return all(word in rest for word in some)


def _is_whole_quality(card: RawCard, column: Column) -> bool:
    """Whether a quality is a known one, or stands clear of a measure and a trend that are known."""
    if is_exact(card.fields["quality"].text, "quality"):
        return True
    if holds_grade(card.fields["quality"].text, "quality"):
        return False
    measure = measure_of(_text_of(card, "measure"))
    trend = trend_of(_text_of(card, "trend"))
    if measure is None or trend is None:
        clear = len(_parts(column.cells.get("features", []))) == 3
        return clear and not (measure is None and trend is None)
    return True


def _holds_next_key(name: str) -> bool:
    """Whether a name goes on with the key that follows its own."""
    own = _KEY.match(name)
    if own is None:
        return False
    following = rf"\s{own[1]}\.{int(own[2]) + 1}[.):]?\s+[A-ZÁÉÍÓÚ]"
    return re.search(following, name[own.end() :]) is not None


def _text_of(card: RawCard, name: str) -> str:
    return card.fields[name].text if name in card.fields else ""


def _doubt(card: RawCard, name: str, spanish: str, english: str) -> None:
    if any(each.rule == "REA03" and each.field == name for each in card.problems):
        return
    if any(known.rule == "REA03" and known.field == name for known in card.problems):
        return
    text = card.fields[name]
    title_es, title_en = _TITLES[name]
    card.problems.append(
        Problem(
            "REA03",
            name,
            f"Tarjeta {_key(card)}: {title_es} no se lee con certeza: «{text.text}» {spanish}.",
            f"Card {_key(card)}: {title_en} is not certain: “{text.text}” {english}.",
            text.pieces,
        )
    )


def _note_missing(card: RawCard, content: Content) -> None:
    for name, (title_es, title_en) in _TITLES.items():
        if name in card.fields:
            continue
        kind = _ROWS.get(name, "features")
        label = content.strip.label(kind)
        why_es = why_en = ""
        if label is None and kind != "indicators":
            wording = WORDINGS[kind][0]
            why_es = f" (no se encontró la etiqueta «{wording}»)"
            why_en = f" (the label “{wording}” was not found)"
        card.problems.append(
            Problem(
                "REA01",
                name,
                f"La tarjeta {_key(card)} no dice {title_es}{why_es}.",
                f"Card {_key(card)} does not say {title_en}{why_en}.",
            )
        )


def _key(card: RawCard) -> str:
    """What a card is called in messages: the beginning of its name."""
    name = card.fields.get("name")
    return name.text.split(" ")[0] if name else "sin nombre"


# --- measure, trend and quality


def _features(cell: Sequence[Segment], reader: str) -> dict[str, Printed]:
    """Measure, trend and quality of a cell where they stand below each other or side by side.

    The trend is one word of three; what is the measure before it, and what the quality behind it,
    need not be known words.
    """
    parts = _parts(cell)
    if not parts:
        return {}
    if len(_frames(cell)) == len(FEATURES):
        return _by_cells(cell, reader)
    words = [(word, at) for at, part in enumerate(parts) for word in _words(part)]
    ends = [_broken_end(word, words[at + 1 :]) for at, word in enumerate(words)]
    place = next(
        (at for at, (word, _) in enumerate(words) if _is_trend(word) or ends[at] is not None), None
    )
    if place is None:
        return _by_place(parts, reader)
    before, after = words[:place], words[place + 1 :]
    end = ends[place]
    trend = [words[place], *([after.pop(end)] if end is not None else [])]
    measure, rest = before, after
    if not before or measure_of(_text(before)) is None:
        measure, rest = _measure_among([*before, *after]) or (before, after)
    measure, rest = _whole_measure(measure, rest)
    texts = {"measure": measure, "trend": trend, "quality": rest}
    return {
        name: _printed(cell, [word for word, _ in found], reader)
        for name, found in texts.items()
        if found
    }


def _whole_measure(
    measure: list[tuple[Word, int]], rest: list[tuple[Word, int]]
) -> tuple[list[tuple[Word, int]], list[tuple[Word, int]]]:
    """A measure with its words that stand among the quality's, where three narrow columns were
    read as lines."""
    said = _text(measure).split()
    for phrase in PHRASES["measure"]:
        whole = phrase.split()
        if len(said) >= len(whole) or said[:1] != whole[:1] or not _are_among(said, whole):
            continue
        lacking = list(whole)
        for word in said:
            lacking.remove(word)
        moved = [each for each in rest if match_key(each[0].text) in lacking]
        if sorted(match_key(word.text) for word, _ in moved) == sorted(lacking):
            known = {match_key(word.text): (word, at) for word, at in [*measure, *moved]}
            kept = [each for each in rest if not any(each is other for other in moved)]
            return [known[word] for word in whole], kept
    return measure, rest


def _by_cells(cell: Sequence[Segment], reader: str) -> dict[str, Printed]:
    """Three features in three ruled cells, whatever their order."""
    texts = [
        printed_of([each for each in cell if each.frame == frame], reader)
        for frame in _frames(cell)
    ]
    found: dict[str, Printed] = {}
    for name, of in (("trend", trend_of), ("measure", measure_of)):
        phrases = PHRASES[name]
        own = [text for text in texts if of(rejoined(text, phrases).text)]
        if len(own) == 1:
            found[name] = own[0]
            texts.remove(own[0])
    rest = [name for name in FEATURES if name not in found]
    return found | dict(zip(rest, texts, strict=True))


def _by_place(parts: Sequence[Sequence[Segment]], reader: str) -> dict[str, Printed]:
    """Three parts in their usual order, where the trend is no word that is known."""
    if len(parts) == 3:
        return {
            name: printed_of(part, reader)
            for name, part in zip(("measure", "trend", "quality"), parts, strict=True)
        }
    whole = [(word, at) for at, part in enumerate(parts) for word in _words(part)]
    found = _measure_among(whole)
    if found is None:
        return {}
    texts = {"measure": found[0], "quality": found[1]}
    return {
        name: _printed(parts[0], [word for word, _ in text], reader)
        for name, text in texts.items()
        if text
    }


def _measure_among(
    words: Sequence[tuple[Word, int]],
) -> tuple[list[tuple[Word, int]], list[tuple[Word, int]]] | None:
    """The words that are a measure, and the others; ``None`` where there are none."""
    for count in range(len(words), 0, -1):
        for start in range(len(words) - count + 1):
            run = list(words[start : start + count])
            if measure_of(_text(run)) is not None:
                return run, [*words[:start], *words[start + count :]]
    return None


def _parts(cell: Sequence[Segment]) -> list[list[Segment]]:
    """The cell's texts in the order of reading: columns from the left where they stand side by
    side, else lines from the top."""
    ordered = sorted(cell, key=lambda each: each.rect.x0)
    columns: list[list[Segment]] = []
    reach = 0.0
    for each in ordered:
        if columns and each.rect.x0 < reach:
            columns[-1].append(each)
        else:
            columns.append([each])
            reach = each.rect.x1
        reach = max(reach, each.rect.x1)
    if len(columns) > 1:
        return [sorted(column, key=lambda each: each.rect.top) for column in columns]
    lines: list[list[Segment]] = []
    for each in sorted(cell, key=lambda each: each.rect.top):
        level = lines and overlap(
            each.rect.top, each.rect.bottom, lines[-1][0].rect.top, lines[-1][0].rect.bottom
        )
        if level and level > 0.5 * each.size:
            lines[-1].append(each)
        else:
            lines.append([each])
    return lines


def _words(part: Sequence[Segment]) -> list[Word]:
    """The words of a part without separators and without labels ("Tendencia:")."""
    words = [word for line in text_lines(part) for word in line]
    kept = [word for word in words if any(mark.isalnum() for mark in word.text)]  # no arrows
    return [word for word in kept if not word.text.endswith(":")]


def _is_trend(word: Word) -> bool:
    return trend_of(word.text) is not None


def _broken_end(word: tuple[Word, int], after: Sequence[tuple[Word, int]]) -> int | None:
    """Which word is the end that a narrow box broke off a trend: "ascendent", "e"."""
    if match_key(word[0].text) == trend_of(word[0].text):
        return None
    wholes = [match_key(word[0].text + end.text) for end, _ in after]
    return next((at for at, whole in enumerate(wholes) if trend_of(whole) == whole), None)


def _text(words: Sequence[tuple[Word, int]]) -> str:
    return match_key(" ".join(word.text for word, _ in words))


def _printed(cell: Sequence[Segment], words: Sequence[Word], reader: str) -> Printed:
    """Some words as printed, line by line, without the mark that parts them from the next ones."""
    kept = [word for word in words if word.chars]
    if kept[-1].text[-1] in _MARKS:
        kept[-1] = Word(kept[-1].chars[:-1])
    lines = [list(group) for _, group in groupby(kept, key=lambda word: round(word.rect.bottom))]
    frames = {char.order: each.frame for each in cell for char in each.chars}
    own = [segment(cell[0].page, line, frames.get(line[0].chars[0].order)) for line in lines]
    return printed_of(own, reader)
