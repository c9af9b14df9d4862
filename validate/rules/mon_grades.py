"""MON06: an indicator's milestone status and target progress can both be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from normalize.grades import PROGRESS, Milestone, Progress, milestone_of, progress_of
from normalize.schema import Assessment, Indicator
from validate.pairing import pair
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView, Related

CONTRADICTIONS: Mapping[Milestone, frozenset[Progress]] = {
    "retroceso": frozenset(PROGRESS) - {"muy_rezagado"},
    "no_alcanzada": frozenset({"superado"}),
    "muy_superada": frozenset({"muy_rezagado"}),
}
"""The progress that a milestone status excludes. What is not here may well be."""

_WHY_ES: Mapping[Milestone, str] = {
    "retroceso": "un retroceso respecto de la línea base solo puede dar «Muy rezagado»",
    "no_alcanzada": "quien no alcanza la meta intermedia no ha superado la final",
    "muy_superada": "quien supera por mucho la meta intermedia no está muy rezagado",
}
_WHY_EN: Mapping[Milestone, str] = {
    "retroceso": "a fall below the baseline can only give “Muy rezagado”",
    "no_alcanzada": "what misses the intermediate target has not exceeded the final one",
    "muy_superada": "what exceeds the intermediate target by far is not far behind",
}


_SO_ES: Mapping[Milestone, str] = {
    "retroceso": "un mismo valor puede retroceder respecto de la línea base y superar la meta",
    "muy_superada": "cuanto mejor es el valor, menor es el avance que se mide hacia esa meta",
}
_SO_EN: Mapping[Milestone, str] = {
    "retroceso": "one value can fall below the baseline and exceed the target",
    "muy_superada": "the better the value, the less progress is measured towards that target",
}
"""How a target worse than its own baseline makes both grades possible."""


@rule("MON06", "warning", scope="programme")
def grades_go_together(document: DocumentView, related: Related) -> Iterator[Answer]:
    """El cumplimiento de la meta intermedia y el avance de la meta sexenal se contradicen.

    Qué revisa. Solo contradicciones seguras. «Retroceso» (peor que la línea base) va con «Muy
    rezagado» y con nada más; «No alcanzada» no va con «Superado»; «Logro muy superado» no va con
    «Muy rezagado». Todo lo demás es posible: «Alcanzada» con cualquier avance, pues una meta
    intermedia puede estar cerca de la línea base, y «Reporte de metas es 0», de la que no hay
    razón, también. «Sentido constante» o NR no se comparan, salvo que la tarjeta diga «Sentido
    constante» de un indicador ascendente o descendente, o mida el avance de uno constante donde el
    documento no lo mide en los demás. Si se tiene el programa y este fijó su meta peor que su
    propia línea base, el hallazgo lo dice: eso explica las dos calificaciones.

    Por qué importa. Las dos calificaciones salen del mismo último valor reportado; si se
    contradicen, o una está mal o la meta está mal puesta.

    Ejemplo. «Retroceso» y «Superada»: la línea base es 64, la meta 61 y la tendencia ascendente;
    con 62 se retrocede respecto de la línea base y se supera la meta.

    ---

    The status of the intermediate target and the progress to the six-year target contradict.

    What it checks. Sure contradictions only. “Retroceso” (worse than the baseline) goes with “Muy
    rezagado” and nothing else; “No alcanzada” does not go with “Superado”; “Logro muy superado”
    does not go with “Muy rezagado”. All else is possible: “Alcanzada” with any progress, since an
    intermediate target may be close to the baseline, and “Reporte de metas es 0”, of which there is
    no ratio, too. “Sentido constante” or NR are not compared, unless the card says “Sentido
    constante” of a rising or falling indicator, or measures the progress of a constant one where
    the document does not measure that of the others. Where the programme is at hand and set its
    target worse than its own baseline, the finding says so: it explains both grades.

    Why it matters. Both grades come from the same last reported value; if they contradict, either
    one is wrong or the target is.

    Example. “Retroceso” and “Superada”: the baseline is 64, the target 61 and the trend rising; 62
    falls below the baseline and exceeds the target.
    """
    constant = [c for c in document.assessments if c.trend == "constante"]
    unmeasured = [c for c in constant if progress_of(c.target_progress) == "constante"]
    for card in document.assessments:
        answer = _statuses(card)
        if answer.outcome == "failed":
            answer = _explained(answer, card, document, related)
        yield replace(answer, indicator_id=card.indicator_id)
        others = len(unmeasured) - (card in unmeasured)
        sense = _sense(card, others > 0)
        if sense is not None:
            yield replace(sense, indicator_id=card.indicator_id)


def _statuses(card: Assessment) -> Answer:
    status, progress = milestone_of(card.milestone_status), progress_of(card.target_progress)
    if status is None or progress is None:
        return not_applicable(
            card.record_key,
            "Falta una de las dos calificaciones, o no es una conocida.",
            "One of the two grades is missing or is none that is known.",
        )
    both = f"{card.milestone_status} / {card.target_progress}"
    if progress not in PROGRESS:
        return not_applicable(
            card.record_key,
            f"{both}: el avance no se mide o no se reporta.",
            f"{both}: progress is not measured or not reported.",
        )
    seen = (_card(card, "milestone_status", "stated"), _card(card, "target_progress", "other"))
    if progress not in CONTRADICTIONS.get(status, ()):
        return passed(
            card.record_key,
            f"{both}: no se contradicen.",
            f"{both}: no contradiction.",
            stated=both,
            evidence=seen,
        )
    return failed(
        card.record_key,
        f"Cumplimiento «{card.milestone_status}» y avance «{card.target_progress}» se contradicen: "
        f"{_WHY_ES[status]}.",
        f"Status “{card.milestone_status}” and progress “{card.target_progress}” contradict: "
        f"{_WHY_EN[status]}.",
        stated=both,
        computed="Muy rezagado" if status == "retroceso" else None,
        evidence=seen,
    )


def _sense(card: Assessment, others_unmeasured: bool) -> Answer | None:
    """A constant sense that the card's own trend denies; ``None`` where there is none."""
    progress = progress_of(card.target_progress)
    if card.trend is None or progress is None:
        return None
    denied = progress == "constante" and card.trend != "constante"
    measured = card.trend == "constante" and progress in PROGRESS and others_unmeasured
    if not denied and not measured:
        return None
    return failed(
        card.record_key,
        f"La tendencia es {card.trend} y el avance dice «{card.target_progress}».",
        f"The trend is {card.trend} and the progress says “{card.target_progress}”.",
        stated=card.target_progress,
        computed=card.trend,
        evidence=(_card(card, "target_progress", "stated"), _card(card, "trend", "other")),
    )


def _explained(
    answer: Answer, card: Assessment, document: DocumentView, related: Related
) -> Answer:
    """The answer with what the programme itself says, where that makes both grades possible."""
    status = milestone_of(card.milestone_status)
    if status is None or status not in _SO_ES:
        return answer
    for programme in related.of_family("programa_derivado"):
        indicator = pair(programme, document).of_card(card)
        if indicator is None or not _target_is_worse(indicator):
            continue
        baseline, target = indicator.baseline_text, indicator.target_text
        beside = programme.document_id
        return replace(
            answer,
            reason_es=f"{answer.reason_es} El programa fijó su meta ({target}) peor que su propia "
            f"línea base ({baseline}), con tendencia {indicator.trend}: {_SO_ES[status]}.",
            reason_en=f"{answer.reason_en} The programme set its target ({target}) worse than its "
            f"own baseline ({baseline}), with the trend {indicator.trend}: {_SO_EN[status]}.",
            evidence=(
                *answer.evidence,
                *(
                    Evidence("indicators", indicator.record_key, field, "other", beside)
                    for field in ("baseline_value", "target_value", "trend")
                ),
            ),
        )
    return answer


def _target_is_worse(indicator: Indicator) -> bool:
    """Whether the final target goes against the trend, seen from the baseline."""
    baseline, target = indicator.baseline_value, indicator.target_value
    if baseline is None or target is None:
        return False
    if indicator.trend == "ascendente":
        return target < baseline
    return indicator.trend == "descendente" and target > baseline


def _card(card: Assessment, field: str, role: str) -> Evidence:
    return Evidence("assessments", card.record_key, field, role)
