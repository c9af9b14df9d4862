"""Levels and scores that a Diagnóstico's sentences repeat of its annex: "el programa E004 … nivel
Medio", "3 programas se ubican en el nivel Básico", "E004 obtuvo una valoración de 0.661"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.grades import level_of
from normalize.numbers import find_numbers, plain, printed_agree
from normalize.schema import Figure
from validate.claims.sentence import Sentence
from validate.counted import with_noun
from validate.rule import Answer, Evidence, failed, passed
from validate.view import DocumentView

_SAYS = (
    r"\s*(?:\([^()]*\)\s*)?(?:se\s+(?:ubic|encuentr|encontr|situ|clasific|posicion)\w*|est[aá]n?\b"
    r"|tien\w+|obtuv\w+|obtien\w+|alcanz\w+|logr\w+|cuent\w+)\s+"
)
_LEVEL = (
    r"(?:con\s+|en\s+)?(?:el\s+|la\s+|un\s+|una\s+)?(?:nivel|categoria)(?:\s+de\s+monitoreo)?"
    r"[\s«\"“*]+(?P<level>[a-z]+(?:\s+(?:alto|bajo))?)\b"
)
_COUNTED = re.compile(
    r"(?:\s*(?:de\s+los|de\s+sus|programas|presupuestarios|sociales))*" + _SAYS + _LEVEL
)
_NAMED = re.compile(r"\b(?:el\s+programa|el\s+pp)\s+(?:\d{2})?(?P<key>[a-z]\d{3})\b" + _SAYS)
_SCORE = re.compile(
    r"(?:una\s+|la\s+)?valoracion(?:\s+de\s+monitoreo)?(?:\s+mas\s+(?:alta|baja))?[\s,]*(?:de\s+|\()$"
)
_KEY = re.compile(r"(?:\d{2})?([A-Z]\d{3})")
_OF_BEFORE = re.compile(r"\b20\d\d\b|\banterior|\bprevi[oa]|\bantes\b|\bsi\b(?! bien)|\bpodri")


def answers(sentence: Sentence, view: DocumentView) -> Iterator[Answer]:
    """What a sentence's levels and scores of programmes come to; nothing where it may speak of
    another year."""
    levels = _of_programmes(view, "level")
    if not levels or _OF_BEFORE.search(sentence.plain):
        return
    for at, mention in enumerate(sentence.mentions):
        match = _COUNTED.match(sentence.plain, mention.end)
        level = level_of(match["level"]) if match else None
        if level is None or mention.count is None or mention.noun != "programa" or mention.rest:
            continue
        yield _counted(sentence, at, level, list(levels.values()))
    scores = _of_programmes(view, "score")
    for match in _NAMED.finditer(sentence.plain):
        key = match["key"].upper()
        told = re.compile(_LEVEL).match(sentence.plain, match.end())
        level = level_of(told["level"]) if told else None
        if told is not None and level is not None and key in levels:
            said = sentence.text[told.start("level") : told.end("level")]
            agrees = level_of(levels[key].value_text) == level
            yield _held(sentence, key, said, levels[key], agrees)
        for found in find_numbers(sentence.text, view.habits):
            between = sentence.plain[match.end() : found.start]
            if key in scores and scores[key].value is not None and _SCORE.fullmatch(between):
                printed = next(iter(find_numbers(scores[key].value_text or "", view.habits)), None)
                if printed is not None and found.number.value is not None:
                    agrees = printed_agree(found.number, printed.number)
                    yield _held(sentence, key, found.number.text, scores[key], agrees)


def _of_programmes(view: DocumentView, code: str) -> dict[str, Figure]:
    rows = [(_KEY.fullmatch(row.subject), row) for row in view.figures if row.figure == code]
    return {match[1]: row for match, row in rows if match}


def _counted(sentence: Sentence, at: int, level: str, rows: Sequence[Figure]) -> Answer:
    mention = sentence.mentions[at]
    held = sum(level_of(row.value_text) == level for row in rows)
    said = sentence.text[mention.start : mention.end]
    if held == mention.count:
        return passed(
            sentence.record,
            f"«{said}»: el anexo tiene {with_noun(held, 'programa', 'programas')} de ese nivel.",
            f"“{said}”: the annex has {with_noun(held, 'programme', 'programmes')} of that level.",
        )
    return failed(
        sentence.record,
        f"La frase cuenta {with_noun(mention.count or 0, 'programa', 'programas')} de un nivel del "
        f"que el anexo tiene {held}.",
        f"The sentence counts {with_noun(mention.count or 0, 'programme', 'programmes')} of a "
        f"level of which the annex has {held}.",
        stated=str(mention.count),
        computed=str(held),
        evidence=(
            sentence.evidence,
            Evidence("figures", sentence.mention_record(at, "count"), "value", "stated"),
            *(Evidence("figures", row.record_key, "value_text", "input") for row in rows),
        ),
    )


def _held(sentence: Sentence, key: str, said: str, row: Figure, agrees: bool) -> Answer:
    shown = row.value_text or (plain(row.value) if row.value is not None else "")
    if agrees:
        return passed(
            sentence.record,
            f"La frase y el anexo dicen lo mismo del programa {key}: {shown}.",
            f"The sentence and the annex say the same of programme {key}: {shown}.",
        )
    return failed(
        sentence.record,
        f"La frase dice «{said}» del programa {key}; el anexo dice «{shown}».",
        f"The sentence says “{said}” of programme {key}; the annex says “{shown}”.",
        stated=said,
        computed=shown,
        evidence=(sentence.evidence, Evidence("figures", row.record_key, "value_text", "input")),
    )
