"""CRO02 to CRO04: a programme and its Ficha de Monitoreo have the same indicators, each with the
same trend and measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normalize.schema import Assessment, Indicator
from validate.beside import FICHA, PROGRAMME, asides, nobody, title_of
from validate.pairing import pair
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView, Related

_MEASURES = {"meta_para_el_bienestar": "meta para el bienestar", "parametro": "parámetro"}


@rule("CRO02", "error", scope="programme")
def indicators_stand_in_both(document: DocumentView, related: Related) -> Iterator[Answer]:
    """Un indicador está en un documento del programa y no en el otro.

    Qué revisa. Que cada indicador del programa tenga su tarjeta en la Ficha de Monitoreo del mismo
    programa (institución, nombre y periodos que se traslapan) y al revés. Se emparejan por nombre
    (sin mayúsculas, acentos ni puntuación), luego por clave si los nombres se parecen, y al final
    por nombre casi igual con otra clave. Las mismas claves de otro programa no significan nada, y
    un documento sustituido por otro posterior no se compara.

    Por qué importa. El CONEVAL da seguimiento a los indicadores del programa, a todos y solo a
    esos; uno que falta quedó sin seguimiento o cambió sin decirlo.

    Ejemplo. El programa tiene 18 indicadores y la ficha 17 tarjetas: falta la 3.2, «Unidades
    médicas nuevas».

    ---

    An indicator stands in one document of the programme and not in the other.

    What it checks. That each indicator of the programme has its card in the Ficha de Monitoreo of
    the same programme (institution, name, overlapping periods), and the other way round. They are
    paired by name (case, accents and punctuation aside), then by key where the names are alike, and
    last by nearly the same name under another key. The same keys of another programme mean
    nothing, and a document superseded by a later one is not compared.

    Why it matters. CONEVAL follows the indicators of the programme, all of them and no others; one
    that is missing went unfollowed, or changed without saying so.

    Example. The programme has 18 indicators and the ficha 17 cards: 3.2 is missing, “Unidades
    médicas nuevas”.
    """
    others = _others(document, related)
    if not others:
        yield from asides(document, *nobody(document, related))
    for other in others:
        if document.document.family == PROGRAMME:
            found = pair(document, other)
            yield from (_in_both(each.indicator) for each in found.pairs)
            yield from (_missing(each, other) for each in found.only_programme)
        else:
            found = pair(other, document)
            yield from (_in_both(each.card) for each in found.pairs)
            yield from (_missing(each, other) for each in found.only_ficha)


@rule("CRO03", "error", scope="programme")
def trends_agree(document: DocumentView, related: Related) -> Iterator[Answer]:
    """La tendencia de un indicador difiere entre documentos.

    Qué revisa. Que la tarjeta de la Ficha de Monitoreo tenga la tendencia (ascendente, descendente,
    constante) que el programa declara para ese indicador. Se emparejan como en CRO02.

    Por qué importa. De la tendencia depende qué es avance y qué retroceso: con la contraria, todas
    las calificaciones del indicador están al revés.

    Ejemplo. 2.1 «Tasa de mortalidad»: descendente en el programa y ascendente en la ficha.

    ---

    The trend of an indicator differs between documents.

    What it checks. That the card of the Ficha de Monitoreo has the trend (ascendente, descendente,
    constante) that the programme states for that indicator. They are paired as in CRO02.

    Why it matters. The trend decides what is progress and what a fall back: with the contrary one
    all grades of the indicator are upside down.

    Example. 2.1 “Tasa de mortalidad”: descendente in the programme and ascendente in the ficha.
    """
    yield from _field(document, related, "trend", ("La tendencia", "The trend"))


@rule("CRO04", "error", scope="programme")
def measures_agree(document: DocumentView, related: Related) -> Iterator[Answer]:
    """Un indicador es meta para el bienestar en un documento y parámetro en el otro.

    Qué revisa. Que la tarjeta de la Ficha de Monitoreo diga la medida (meta para el bienestar o
    parámetro) con que el programa encabeza la ficha de ese indicador. Se emparejan como en CRO02.

    Por qué importa. Cada objetivo tiene una meta para el bienestar, la que rinde cuentas por él;
    los parámetros la acompañan.

    Ejemplo. 1.1 es meta para el bienestar en el programa y parámetro en la ficha.

    ---

    An indicator is a meta para el bienestar in one document and a parámetro in the other.

    What it checks. That the card of the Ficha de Monitoreo says the measure (meta para el bienestar
    or parámetro) that heads the programme's ficha of that indicator. They are paired as in CRO02.

    Why it matters. Each objective has one meta para el bienestar, which answers for it; the
    parámetros go with it.

    Example. 1.1 is a meta para el bienestar in the programme and a parámetro in the ficha.
    """
    yield from _field(document, related, "measure", ("La medida", "The measure"))


def _others(document: DocumentView, related: Related) -> tuple[DocumentView, ...]:
    """The documents that a programme or a Ficha de Monitoreo is compared with."""
    counterpart = {PROGRAMME: FICHA, FICHA: PROGRAMME}.get(document.document.family)
    return tuple(each for each in related.others if each.document.family == counterpart)


def _in_both(row: Indicator | Assessment) -> Answer:
    return passed(
        row.record_key,
        f"«{row.name}» está en los dos documentos.",
        f"“{row.name}” stands in both documents.",
        stated=row.name,
        evidence=(Evidence(row.table, row.record_key, "name", "stated"),),
        indicator_id=row.indicator_id,
    )


def _missing(row: Indicator | Assessment, other: DocumentView) -> Answer:
    where_es, where_en = (
        ("la ficha de monitoreo", "the Ficha de Monitoreo")
        if isinstance(row, Indicator)
        else ("el programa", "the programme")
    )
    rows: list[Indicator | Assessment] = [view.indicator for view in other.indicators]
    rows += other.assessments
    instead = next((each for each in rows if each.indicator_id == row.indicator_id), None)
    hint_es = f" Bajo esa clave tiene «{instead.name}»." if instead else ""
    hint_en = f" Under that key it has “{instead.name}”." if instead else ""
    there = (
        (Evidence(instead.table, instead.record_key, "name", "other", other.document_id),)
        if instead and instead.name
        else title_of(other)
    )
    return failed(
        row.record_key,
        f"El indicador {row.indicator_id} «{row.name}» no está en {where_es}.{hint_es}",
        f"Indicator {row.indicator_id} “{row.name}” is not in {where_en}.{hint_en}",
        stated=row.name,
        evidence=(Evidence(row.table, row.record_key, "name", "stated"), *there),
        indicator_id=row.indicator_id,
    )


def _field(
    document: DocumentView, related: Related, field: str, named: tuple[str, str]
) -> Iterator[Answer]:
    """Compare a field of a word's list, card by card; the finding is the ficha's."""
    others = _others(document, related)
    if not others:
        yield from asides(document, *nobody(document, related))
        return
    if document.document.family == PROGRAMME:
        yield from asides(
            document,
            "Se compara en la ficha de monitoreo del programa.",
            "It is compared in the programme's Ficha de Monitoreo.",
        )
        return
    for programme in others:
        found = pair(programme, document)
        for each in found.pairs:
            answer = _compared(each.indicator, each.card, field, named, programme)
            yield replace(answer, indicator_id=each.card.indicator_id)
        for card in found.only_ficha:
            answer = not_applicable(
                card.record_key,
                "El indicador no está en el programa (CRO02).",
                "The indicator is not in the programme (CRO02).",
            )
            yield replace(answer, indicator_id=card.indicator_id)


def _compared(
    indicator: Indicator,
    card: Assessment,
    field: str,
    named: tuple[str, str],
    programme: DocumentView,
) -> Answer:
    in_programme, in_ficha = getattr(indicator, field), getattr(card, field)
    if in_programme is None or in_ficha is None:
        return not_applicable(
            card.record_key,
            f"{named[0]} no está en uno de los dos documentos.",
            f"{named[1]} is not in one of the two documents.",
        )
    one, other = _MEASURES.get(in_ficha, in_ficha), _MEASURES.get(in_programme, in_programme)
    answer = passed if in_ficha == in_programme else failed
    return answer(
        card.record_key,
        f"{named[0]} de «{card.name}» es «{one}» en la ficha de monitoreo y «{other}» en el "
        "programa.",
        f"{named[1]} of “{card.name}” is “{one}” in the Ficha de Monitoreo and “{other}” in the "
        "programme.",
        stated=one,
        computed=other,
        evidence=(
            Evidence("assessments", card.record_key, field, "stated"),
            Evidence("indicators", indicator.record_key, field, "other", programme.document_id),
        ),
    )
