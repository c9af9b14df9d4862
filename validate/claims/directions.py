"""Movements told in sentences against the trend and the status of the cards: MON09."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from validate.claims.context import of_another_time
from validate.claims.indicators import objective_of
from validate.claims.known import Card, Known
from validate.claims.movements import Direction, Movement, find_movements, movement_of
from validate.claims.naming import card_of, names_of, stems
from validate.claims.sentence import Sentence
from validate.claims.subject import Subject
from validate.claims.subjects import find_subjects
from validate.claims.wording import quoted
from validate.rule import Answer, Evidence, failed, not_applicable, passed

_REVERSING = re.compile(
    r"\b(?:brechas?|rezagos?|ritmos?|deficit|carencias?|faltas?|diferencias?|velocidad|riesgos?|metas?"
    r"|presupuesto|gastos?|costos?|demanda|desviaci\w+|variaci\w+|desigualdad\w*|dispersion)\b"
)
"""Nouns of which a movement says something else than of what they are of, unless the card's name
has them too."""
_BESIDE = re.compile(r"\b(?:por )?(?:debajo|encima|arriba) de (?:la|su|sus|las) (?:linea|meta)\w*")
_REACHED = frozenset({"alcanzada", "superada", "muy_superada"})
_EXCEEDED = frozenset({"superada", "muy_superada"})
_WORDS_ES: dict[Direction, str] = {"up": "sube", "down": "baja", "stay": "se mantiene"}
_WORDS_EN: dict[Direction, str] = {"up": "rises", "down": "falls", "stay": "stays"}


@dataclass(frozen=True, slots=True)
class _Against:
    """Why a direction cannot be, in both languages."""

    es: str
    en: str


def answers(sentences: Sequence[Sentence], known: Known) -> Iterator[Answer]:
    """One answer for each movement that a sentence tells of an indicator, and one for a sentence
    whose movements could not be told to be any card's."""
    names = names_of(known.cards)
    for sentence in sentences:
        cards = known.of_objective(objective_of(sentence.section))
        if cards:
            yield from _of_sentence(sentence, cards, names)


def _of_sentence(
    sentence: Sentence, cards: Sequence[Card], names: dict[str, frozenset[str]]
) -> Iterator[Answer]:
    known = [stem for card in cards for stem in names[card.key]]
    movements = find_movements(sentence.plain, sentence.text, known)
    told = [
        (movement, card)
        for movement in movements
        for card in [card_of(_phrase(sentence, movement), cards, names)]
        if card is not None
    ]
    found = {card.key for _, card in told}
    told += [
        (movement, card)
        for movement, card in _of_subjects(sentence, cards, names)
        if card.key not in found
    ]
    twice = {key for key, number in Counter(card.key for _, card in told).items() if number > 1}
    for movement, card in told:
        certain = card.key not in twice and _of_itself(sentence, movement, names[card.key])
        yield replace(_answer(sentence, movement, card, certain), indicator_id=card.key)
    if movements and not told:
        yield not_applicable(
            sentence.record,
            "La frase dice que algo sube, baja o se mantiene, pero no se sabe de qué indicador.",
            "The sentence says that something rises, falls or stays, but it is not certain which "
            "indicator.",
        )


def _of_subjects(
    sentence: Sentence, cards: Sequence[Card], names: dict[str, frozenset[str]]
) -> Iterator[tuple[Movement, Card]]:
    """What is said to move or to get better of an indicator that the sentence calls by its key,
    its place or its name: "el indicador 1.3 disminuyó", "el segundo empeoró"."""
    for subject in find_subjects(sentence.plain, sentence.mentions):
        card = _meant(subject, cards, names)
        if card is None or card.row.trend not in ("ascendente", "descendente"):
            continue
        if of_another_time(sentence.plain[: subject.start], "", None):
            continue
        better: Direction = "up" if card.row.trend == "ascendente" else "down"
        movement = movement_of(sentence.plain, sentence.text, subject.start, subject.end, better)
        if movement is not None:
            yield movement, card


def _meant(
    subject: Subject, cards: Sequence[Card], names: dict[str, frozenset[str]]
) -> Card | None:
    """The one indicator that a subject is."""
    if subject.unknown or subject.others or subject.denied or subject.quantifier is not None:
        return None
    if subject.name:
        return card_of(subject.name, cards, names)
    objectives = {card.row.objective_number for card in cards}
    if subject.keys:
        chosen = [card for card in cards if card.key in subject.keys]
    elif len(objectives) == 1 and [card.key.rpartition(".")[2] for card in cards] == [
        str(at) for at in range(1, len(cards) + 1)
    ]:
        chosen = [cards[at - 1] for at in subject.ordinals if 0 < at <= len(cards)]
    else:
        chosen = []
    wanted = len(subject.keys) or len(subject.ordinals)
    return chosen[0] if len(chosen) == wanted == 1 else None


def _phrase(sentence: Sentence, movement: Movement) -> str:
    return sentence.plain[movement.start : movement.end]


def _of_itself(sentence: Sentence, movement: Movement, name: frozenset[str]) -> bool:
    """Whether the indicator itself moves, and not a gap in it, its pace or its target."""
    nouns = _REVERSING.findall(_BESIDE.sub(" ", _phrase(sentence, movement)))
    return set(stems(" ".join(nouns))) <= name


def _answer(sentence: Sentence, movement: Movement, card: Card, certain: bool) -> Answer:
    quote = _quote(sentence, movement)
    if movement.doubt == "year":
        return not_applicable(
            sentence.record,
            f"«{quote}» se dice de un año a otro, no respecto de la línea base.",
            f"“{quote}” is said from one year to another, not against the baseline.",
        )
    if movement.doubt or not certain:
        return not_applicable(
            sentence.record,
            f"No es seguro qué dirección dice la frase del indicador {card.key}.",
            f"Which direction the sentence says of indicator {card.key} is not certain.",
        )
    if card.row.trend not in ("ascendente", "descendente"):
        return not_applicable(
            sentence.record,
            f"El indicador {card.key} no es ascendente ni descendente.",
            f"Indicator {card.key} is neither ascending nor descending.",
        )
    if card.grade("milestone") is None and card.grade("progress") is None:
        return not_applicable(
            sentence.record,
            f"La tarjeta del indicador {card.key} no tiene calificación.",
            f"The card of indicator {card.key} has no grade.",
        )
    against = _against(movement.net, card)
    grade, field = _shown(card)
    es = f"«{quote}»; el indicador {card.key} es {card.row.trend} y su tarjeta dice «{grade}»"
    en = f"“{quote}”; indicator {card.key} is {card.row.trend} and its card says “{grade}”"
    if against is None:
        return passed(sentence.record, f"{es}: es compatible.", f"{en}: they are compatible.")
    return failed(
        sentence.record,
        f"La frase dice {es}: {against.es}.",
        f"The sentence says {en}: {against.en}.",
        stated=_WORDS_ES[movement.net],
        computed=f"{card.row.trend} / {grade}",
        evidence=(
            sentence.evidence,
            Evidence("assessments", card.row.record_key, "trend", "input"),
            Evidence("assessments", card.row.record_key, field, "input"),
        ),
    )


def _quote(sentence: Sentence, movement: Movement) -> str:
    """The word of movement with its phrase; what stands between them is another's."""
    start, end = movement.head
    if end == movement.start:
        return quoted(sentence.text, start, movement.end)
    if start > movement.end:
        return quoted(sentence.text, movement.start, end)
    phrase = quoted(sentence.text, movement.start, movement.end).strip()
    word = sentence.text[start:end]
    return f"{phrase} {word}" if start == movement.end else f"{word} … {phrase}"


def _shown(card: Card) -> tuple[str, str]:
    """The grade that a direction is held against, as printed, and its field."""
    if card.grade("milestone") in ("meta_cero", "no_reportada", None):
        return card.row.target_progress or "–", "target_progress"
    return card.row.milestone_status or "–", "milestone_status"


def _against(net: Direction, card: Card) -> _Against | None:
    """Why a movement goes against trend and grade; ``None`` where it may go with them.

    Who moved against the trend has reached no target on that side; who moved with it has not
    fallen back. *No alcanzada* goes with any movement.
    """
    better = "up" if card.row.trend == "ascendente" else "down"
    grade, progress = card.grade("milestone"), card.grade("progress")
    worse = net not in (better, "stay")
    rises, falls = _WORDS_ES[net], _WORDS_EN[net]
    if grade == "retroceso":
        if worse:
            return None
        return _Against(f"lo que {rises} no ha retrocedido", f"what {falls} has not fallen back")
    reached = grade in _REACHED or (grade in ("meta_cero", None) and progress == "superado")
    exceeded = grade in _EXCEEDED or (grade in ("meta_cero", None) and progress == "superado")
    if (reached and worse) or (exceeded and net == "stay"):
        return _Against(
            f"lo que {rises} no alcanza una meta {card.row.trend}",
            f"what {falls} reaches no {card.row.trend} target",
        )
    return None
