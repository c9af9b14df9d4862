"""What a programme or an objective is said to be made of: "se compone de 3 objetivos prioritarios,
3 metas para el bienestar y 7 parámetros", "el objetivo 2 cuenta con cuatro indicadores"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.mentions import NOUNS, Mention
from normalize.schema import Assessment
from validate.claims.sentence import Sentence
from validate.claims.totals import is_total
from validate.counted import are_en, are_es, with_noun
from validate.rule import Answer, Evidence, failed, passed
from validate.view import DocumentView

_HAS = (
    r"(?:cuenta\s+con|contiene|tiene|incluye|comprende|se\s+mide\s+(?:con|mediante|a\s+traves\s+de)"
    r"|se\s+(?:integra|conforma|compone)\s+(?:por|de|con)"
    r"|esta\s+(?:integrado|conformado|compuesto)\s+(?:por|de))\s+(?:un\s+total\s+de\s+)?"
)
_PROGRAMME = re.compile(
    rf"\b(?:el|este|dicho)\s+programa\b(?:(?!\bobjetivo|\bque\b)[^.,;:\d]){{0,90}}?\s{_HAS}$"
)
_OBJECTIVE = re.compile(
    r"\b(?:el|este|dicho)\s+objetivo(?:\s+prioritario)?(?:\s+(?P<number>\d{1,2}))?,?\s+"
    + _HAS
    + "$"
)
_KIND = (
    r"(?:\s+(?:prioritari[oa]s?|estrategic[oa]s?|asociad[oa]s?|institucionales|sectoriales"
    r"|(?:para\s+el|del?)\s+bienestar))*"
)
_LINK = re.compile(
    rf"{_KIND}\s*,?\s*(?:[ye]|con|asi\s+como|de\s+l[oa]s\s+cuales|de\s+ell[oa]s)?,?\s*"
    r"(?:con\s+|son\s+)?"
)
_ENDS = re.compile(
    rf"{_KIND}\s*(?:$|[.,;:)]|(?:[ye]|con)\s+(?:\d|un|dos|tres|cuatro|cinco|seis|siete"
    r"|ocho|nueve|diez))"
)
_WELFARE = re.compile(r"\s+(?:para\s+el|del?)\s+bienestar\b")
_NAMES = {
    "indicador": (("indicador", "indicadores"), ("indicator", "indicators")),
    "objetivo": (("objetivo", "objetivos"), ("objective", "objectives")),
    "meta": (("meta para el bienestar", "metas para el bienestar"),) * 2,
    "parametro": (("parámetro", "parámetros"),) * 2,
}


def answers(sentence: Sentence, view: DocumentView) -> Iterator[Answer]:
    """What the parts that a sentence counts come to, against the document's cards."""
    if not view.assessments:
        return
    within: int | None = None
    end = -1
    for at, mention in enumerate(sentence.mentions):
        noun = NOUNS.match(sentence.plain, mention.end + 1)
        if mention.count is None or mention.share is not None or mention.rest or noun is None:
            continue
        before = sentence.plain[: mention.start]
        objective = _OBJECTIVE.search(before)
        if objective is not None:
            within = int(objective["number"] or _number(sentence.section))
        elif _PROGRAMME.search(before):
            within = 0
        elif end < 0 or not _LINK.fullmatch(sentence.plain, end, mention.start):
            continue
        end = noun.end()
        rows = _counted(mention, sentence.plain[end:], view.assessments, within or 0)
        if (
            rows is not None
            and _ENDS.match(sentence.plain, end)
            and not is_total(sentence, mention)
        ):
            yield _held(sentence, at, mention, rows, within or 0)


def _number(section: str) -> int:
    """The objective that a section is about; -1, which no card has, where it is about none."""
    found = re.search(r"objetivo\D?(\d{1,2})$", section)
    return int(found[1]) if found else -1


def _counted(
    mention: Mention, after: str, cards: Sequence[Assessment], objective: int
) -> list[Assessment] | None:
    """The cards that stand for what is counted, one for each; ``None`` where they do not tell."""
    own = [row for row in cards if objective in (0, row.objective_number)]
    if not own or (objective and mention.noun == "objetivo"):
        return None
    if mention.noun == "indicador":
        return own
    if mention.noun == "objetivo" and all(row.objective_number for row in own):
        return list({row.objective_number: row for row in own}.values())
    measures = {"meta": "meta_para_el_bienestar", "parametro": "parametro"}
    if mention.noun not in measures or any(row.measure is None for row in own):
        return None
    if mention.noun == "meta" and not _WELFARE.match(after):
        return None
    return [row for row in own if row.measure == measures[mention.noun]]


def _held(
    sentence: Sentence, at: int, mention: Mention, rows: Sequence[Assessment], objective: int
) -> Answer:
    es, en = _NAMES[mention.noun]
    of_es = f"el objetivo {objective}" if objective else "el programa"
    of_en = f"objective {objective}" if objective else "the programme"
    if mention.count == len(rows):
        return passed(
            sentence.record,
            f"La frase y las tarjetas cuentan {with_noun(len(rows), *es)} en {of_es}.",
            f"The sentence and the cards count {with_noun(len(rows), *en)} in {of_en}.",
        )
    return failed(
        sentence.record,
        f"La frase cuenta {with_noun(mention.count or 0, *es)} en {of_es}; según las tarjetas "
        f"{are_es(len(rows))}.",
        f"The sentence counts {with_noun(mention.count or 0, *en)} in {of_en}; by the cards "
        f"{are_en(len(rows))}.",
        stated=str(mention.count),
        computed=str(len(rows)),
        evidence=(
            Evidence("figures", sentence.mention_record(at, "count"), "value", "stated"),
            sentence.evidence,
            *(Evidence("assessments", row.record_key, "name", "input") for row in rows),
        ),
    )
