"""What the rules across documents share: who is compared with whom, and why nobody is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from normalize.schema import Assessment, Indicator
from validate.rule import Answer, Evidence, not_applicable
from validate.view import DocumentView, Related

FICHA: Final = "ficha_monitoreo_programa"
PROGRAMME: Final = "programa_derivado"
DIAGNOSIS: Final = "diagnostico_monitoreo"


def records_of(document: DocumentView) -> list[tuple[str, str]]:
    """The indicators of a programme, or the cards of a ficha: identifier and record."""
    rows: list[Indicator | Assessment] = [view.indicator for view in document.indicators]
    rows += document.assessments
    return [(row.indicator_id, row.record_key) for row in rows]


def asides(document: DocumentView, es: str, en: str) -> Iterator[Answer]:
    """The same reason not to apply for every indicator of a document."""
    for indicator_id, record in records_of(document):
        yield replace(not_applicable(record, es, en), indicator_id=indicator_id)


def nobody(document: DocumentView, related: Related) -> tuple[str, str]:
    """Why a programme or a ficha has nobody to be compared with."""
    if related.superseded_by:
        return (
            f"El documento fue sustituido por {related.superseded_by}: se compara ese.",
            f"The document was superseded by {related.superseded_by}: that one is compared.",
        )
    if document.document.family == PROGRAMME:
        return (
            "No hay una ficha de monitoreo de este programa y periodo.",
            "There is no Ficha de Monitoreo of this programme and period.",
        )
    return (
        "No hay un documento de este programa y periodo.",
        "There is no document of this programme and period.",
    )


def title_of(document: DocumentView) -> tuple[Evidence, ...]:
    """Another document as evidence, by its title; nothing where none is printed."""
    if document.document.title is None:
        return ()
    return (Evidence("documents", "", "title", "other", document.document_id),)
