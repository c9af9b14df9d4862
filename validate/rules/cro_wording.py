"""CRO05: names and objectives have the same words in a programme and its Ficha de Monitoreo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from normalize.schema import Assessment, Indicator
from normalize.text import strip_enumerator
from validate.beside import FICHA, PROGRAMME, asides, nobody
from validate.pairing import Pair, pair, printed_key, same_wording, wording
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView, Related

_HEADED = re.compile(r"\s*objetivo(?:\s+prioritario)?\s*\d*\s*[.:\-–—]*\s*", re.IGNORECASE)


@rule("CRO05", "info", scope="programme")
def wording_agrees(document: DocumentView, related: Related) -> Iterator[Answer]:
    """El nombre de un indicador o un objetivo está redactado de otro modo en el otro documento.

    Qué revisa. Que la Ficha de Monitoreo nombre cada indicador y cada objetivo con las palabras del
    programa, y el indicador con su misma clave. Mayúsculas, acentos, puntuación (un punto final,
    una coma), espacios y comas de millares no son redacción. El objetivo se compara una vez, en su
    primera tarjeta. Se emparejan como en CRO02.

    Por qué importa. Otras palabras pueden ser otro indicador; quien une los documentos por nombre
    los pierde.

    Ejemplo. «Camas censables por cada 1,000 derechohabientes» en el programa y «Camas por cada
    1,000 asegurados» en la ficha.

    ---

    The name of an indicator or objective is worded otherwise in the other document.

    What it checks. That the Ficha de Monitoreo names each indicator and each objective in the
    programme's words, and the indicator by its own key. Case, accents, punctuation (a final stop, a
    comma), spaces and marks between thousands are no wording. An objective is compared once, in
    its first card. They are paired as in CRO02.

    Why it matters. Other words may be another indicator; whoever joins the documents by name loses
    it.

    Example. “Camas censables por cada 1,000 derechohabientes” in the programme and “Camas por cada
    1,000 asegurados” in the ficha.
    """
    programmes = related.of_family(PROGRAMME)
    if document.document.family == PROGRAMME and related.of_family(FICHA):
        yield from asides(
            document,
            "Se compara en la ficha de monitoreo del programa.",
            "It is compared in the programme's Ficha de Monitoreo.",
        )
        return
    if document.document.family != FICHA or not programmes:
        yield from asides(document, *nobody(document, related))
        return
    for programme in programmes:
        found = pair(programme, document)
        told: set[str] = set()
        for each in found.pairs:
            for answer in _pair(each, programme, told):
                yield replace(answer, indicator_id=each.card.indicator_id)
        for card in found.only_ficha:
            aside = not_applicable(
                card.record_key,
                "El indicador no está en el programa (CRO02).",
                "The indicator is not in the programme (CRO02).",
            )
            yield replace(aside, indicator_id=card.indicator_id)


def _pair(each: Pair, programme: DocumentView, told: set[str]) -> Iterator[Answer]:
    indicator, card = each.indicator, each.card
    yield _words(
        card,
        indicator,
        ("name", card.name, indicator.name),
        ("El nombre", "The name"),
        programme,
    )
    keys = printed_key(card.indicator_id), printed_key(indicator.indicator_id)
    if keys[0] and keys[1] and keys[0] != keys[1]:
        yield _other_key(card, indicator, programme)
    objective = _bare(card.objective)
    if objective and wording(objective) not in told:
        told.add(wording(objective))
        yield _words(
            card,
            indicator,
            ("objective", objective, _bare(indicator.objective)),
            ("El objetivo", "The objective"),
            programme,
        )


def _bare(objective: str | None) -> str | None:
    """An objective without what numbers it ("Objetivo prioritario 1.", "1.-")."""
    if not objective:
        return None
    headed = _HEADED.match(objective)
    return strip_enumerator(objective[headed.end() :] if headed else objective)


def _words(
    card: Assessment,
    indicator: Indicator,
    texts: tuple[str, str | None, str | None],
    named: tuple[str, str],
    programme: DocumentView,
) -> Answer:
    field, in_ficha, in_programme = texts
    if not in_ficha or not in_programme:
        return not_applicable(
            card.record_key,
            f"{named[0]} no está en uno de los dos documentos.",
            f"{named[1]} is not in one of the two documents.",
        )
    more = {
        "stated": in_ficha,
        "computed": in_programme,
        "evidence": (
            Evidence("assessments", card.record_key, field, "stated"),
            Evidence("indicators", indicator.record_key, field, "other", programme.document_id),
        ),
    }
    if same_wording(in_ficha, in_programme):
        return passed(
            card.record_key,
            f"{named[0]} tiene las mismas palabras.",
            f"{named[1]} has the same words.",
            **more,
        )
    ours, theirs = _differing(in_ficha, in_programme)
    return failed(
        card.record_key,
        f"{named[0]} dice «{ours}» en la ficha de monitoreo donde el programa dice «{theirs}».",
        f"{named[1]} says “{ours}” in the Ficha de Monitoreo where the programme says “{theirs}”.",
        **more,
    )


def _differing(one: str, other: str) -> tuple[str, str]:
    """The stretch of words, as printed, from the first that differs to the last."""
    left, right = one.split(), other.split()
    keys = [wording(word) for word in left], [wording(word) for word in right]
    changes = [
        block
        for block in SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
        if block[0] != "equal"
    ]
    if not changes:
        return one, other
    first, last = changes[0], changes[-1]
    start, start_right = max(first[1] - 1, 0), max(first[3] - 1, 0)  # a word before, for context
    return (
        " ".join(left[start : last[2] + 1]) or "–",
        " ".join(right[start_right : last[4] + 1]) or "–",
    )


def _other_key(card: Assessment, indicator: Indicator, programme: DocumentView) -> Answer:
    one, other = card.indicator_id, indicator.indicator_id
    return failed(
        card.record_key,
        f"«{card.name}» es el {one} en la ficha de monitoreo y el {other} en el programa.",
        f"“{card.name}” is {one} in the Ficha de Monitoreo and {other} in the programme.",
        stated=one,
        computed=other,
        evidence=(
            Evidence("assessments", card.record_key, "indicator_id", "stated"),
            Evidence(
                "indicators", indicator.record_key, "indicator_id", "other", programme.document_id
            ),
        ),
    )
