"""The columns of a strip as indicator cards: each row's text under the name of its field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.card_features import PHRASES, are_among, features_of, frames_of, parts_of
from extract.card_labels import WORDINGS, Kind, letters
from extract.card_strips import Column, Content, is_under
from extract.card_words import rejoined
from extract.free_text import (
    Segment,
    is_at_edge,
    printed_known,
    printed_of,
    same_box,
)
from extract.types import Problem, RawCard
from extract.vocabulary import Vocabulary
from normalize.grades import (
    holds_grade,
    is_among_prose,
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
LONGEST_QUALITY = 30
"""Letters beyond which a text that is no known quality is none."""
LONGEST = 90
"""Letters beyond which a text is no grade."""

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
        card.fields.update(features_of(features, reader))
    if "trend" not in card.fields and trend and trend_of(printed_of(trend, reader).text):
        card.fields["trend"] = printed_of(trend, reader)
    if frames_of([each for cell in column.cells.values() for each in cell]):
        _mend(card, column, known, reader)
    _note_doubts(card, column)
    _note_missing(card, content)
    return card


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
        elif name == "quality" and _is_cut(text):
            _doubt(card, name, "no está completo", "is not complete")
            if "name" in card.fields:
                _doubt(card, "name", "puede estar cortado como su celda", "may be cut as its cells")
        elif is_part(text, name):
            _doubt(card, name, "no está completo", "is not complete")
        elif is_broken(text, name):
            _doubt(card, name, "está cortado", "is broken")
        elif is_several(text, name) or (name != "quality" and is_among_prose(text, name)):
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


def _is_cut(text: str) -> bool:
    """Whether a text is the beginning of a quality that ends inside of a word."""
    said = match_key(text).split()
    if is_exact(text, "quality") or not said:
        return False
    return any(
        len(said) <= len(whole)
        and said != whole[: len(said)]
        and all(word.startswith(part) for part, word in zip(said, whole, strict=False))
        for whole in (phrase.split() for phrase in PHRASES["quality"])
    )


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
    if any(len(said) > len(whole) > 1 and are_among(whole, said) for whole in wholes):
        return True
    return said not in wholes and any(
        (len(said) > 1 and are_among(said, whole)) or said == whole[1:] for whole in wholes
    )


def _is_whole_quality(card: RawCard, column: Column) -> bool:
    """Whether a quality is a known one, or stands clear of a measure and a trend that are known."""
    if is_exact(card.fields["quality"].text, "quality"):
        return True
    if holds_grade(card.fields["quality"].text, "quality"):
        return False
    measure = measure_of(_text_of(card, "measure"))
    trend = trend_of(_text_of(card, "trend"))
    if measure is None or trend is None:
        clear = len(parts_of(column.cells.get("features", []))) == 3
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
