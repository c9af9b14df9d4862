"""CRO06: documents that count a programme's objectives or indicators count the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from normalize.schema import Assessment, Figure, Indicator
from validate.beside import DIAGNOSIS, FICHA, PROGRAMME, nobody
from validate.linking import counts_it, identity_of
from validate.objectives import objectives_of
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView, Related

CODES = {
    "objective_count": ("Número de objetivos", "Number of objectives"),
    "indicator_count": ("Número de indicadores", "Number of indicators"),
}
_NAMES: Mapping[str, tuple[str, str]] = {
    PROGRAMME: ("el programa", "the programme"),
    FICHA: ("la ficha de monitoreo", "the Ficha de Monitoreo"),
    DIAGNOSIS: ("el diagnóstico", "the Diagnóstico"),
}


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of a document: stated as a figure, or of the rows that it lists."""

    document: DocumentView
    value: Fraction
    record: str
    evidence: tuple[Evidence, ...]


@rule("CRO06", "error", scope="programme")
def counts_agree(document: DocumentView, related: Related) -> Iterator[Answer]:
    """El número de objetivos o de indicadores del programa difiere entre documentos.

    Qué revisa. Que la Ficha de Monitoreo y el Diagnóstico cuenten los objetivos e indicadores que
    el programa tiene; sin el programa, el Diagnóstico se compara con la ficha. El programa cuenta
    por sus fichas de indicador; la ficha de monitoreo, por el número que imprime o, si no lo
    imprime, por sus tarjetas; el Diagnóstico, por lo que dice de ese programa («los 18 indicadores
    asociados…»). La Ficha de Monitoreo de un programa presupuestario no cuenta los del programa y
    no se compara.

    Por qué importa. Un diagnóstico de 17 de 18 indicadores no es del programa entero.

    Ejemplo. El programa tiene 18 fichas de indicador y el Diagnóstico habla de «los 19
    indicadores».

    ---

    The number of the programme's objectives or indicators differs between documents.

    What it checks. That the Ficha de Monitoreo and the Diagnóstico count the objectives and
    indicators that the programme has; without the programme the Diagnóstico is compared with the
    ficha. The programme counts by its indicator fichas; the Ficha de Monitoreo by the number that
    it prints or, where it prints none, by its cards; the Diagnóstico by what it says of that
    programme (“los 18 indicadores asociados…”). The Ficha de Monitoreo of a budget programme does
    not count the programme's own and is not compared.

    Why it matters. A diagnosis of 17 of 18 indicators is not one of the whole programme.

    Example. The programme has 18 indicator fichas and the Diagnóstico speaks of “los 19
    indicadores”.
    """
    family = document.document.family
    if family not in _NAMES:
        return
    for code in CODES:
        if family != PROGRAMME:
            yield from _document(document, related, code)
        elif related.others:
            yield not_applicable(
                "",
                "Con sus indicadores y objetivos se comparan las cuentas de los demás documentos.",
                "The counts of the others are compared with its indicators and objectives.",
            )
        else:
            yield not_applicable("", *nobody(document, related))


def _document(document: DocumentView, related: Related, code: str) -> Iterator[Answer]:
    programmes = related.of_family(PROGRAMME)
    others = programmes
    if not others and document.document.family == DIAGNOSIS:
        others = related.of_family(FICHA)
    own = list(_counts(document, code, others[0] if others else None))
    if not others:
        for count in own:
            yield not_applicable(count.record, *nobody(document, related))
        if not own:
            yield not_applicable("", *nobody(document, related))
        return
    for other in others:
        theirs = next(_counts(other, code, document), None)
        for count in _counts(document, code, other):
            if theirs is None:
                yield not_applicable(
                    count.record,
                    f"De {_NAMES[other.document.family][0]} no se puede contar.",
                    f"Of {_NAMES[other.document.family][1]} it cannot be counted.",
                )
            else:
                yield _compared(count, theirs, code)


def _compared(count: _Count, theirs: _Count, code: str) -> Answer:
    ours_es, ours_en = _NAMES[count.document.document.family]
    other_es, other_en = _NAMES[theirs.document.document.family]
    answer = passed if count.value == theirs.value else failed
    return answer(
        count.record,
        f"{CODES[code][0]}: {count.value} en {ours_es} y {theirs.value} en {other_es}.",
        f"{CODES[code][1]}: {count.value} in {ours_en} and {theirs.value} in {other_en}.",
        stated=str(count.value),
        computed=str(theirs.value),
        difference=count.value - theirs.value,
        evidence=(*(replace(each, document_id=None) for each in count.evidence), *theirs.evidence),
    )


def _counts(document: DocumentView, code: str, other: DocumentView | None) -> Iterator[_Count]:
    """What a document counts, as evidence for ``other``'s audit or its own."""
    family = document.document.family
    if family == PROGRAMME:
        yield from _listed(document, code, [view.indicator for view in document.indicators])
        return
    stated = [f for f in document.figures if f.figure == code and f.value is not None]
    if family == DIAGNOSIS:
        named = identity_of(other.document, other.figures) if other else None
        stated = [f for f in stated if named is not None and counts_it(f.subject, named)]
    else:
        stated = [f for f in stated if not f.subject.partition("#")[0]]
    for figure in stated:
        yield _stated(document, figure)
    if not stated and family == FICHA:
        yield from _listed(document, code, list(document.assessments))


def _stated(document: DocumentView, figure: Figure) -> _Count:
    where = Evidence("figures", figure.record_key, "value", "stated", document.document_id)
    return _Count(document, Fraction(figure.value or 0), figure.record_key, (where,))


def _listed(
    document: DocumentView, code: str, rows: list[Indicator] | list[Assessment]
) -> Iterator[_Count]:
    """Count the rows themselves, or the objectives that they are of."""
    field = "name" if code == "indicator_count" else "objective"
    chosen = list(rows) if code == "indicator_count" else list(objectives_of(rows))
    if chosen:
        evidence = tuple(
            Evidence(row.table, row.record_key, field, "input", document.document_id)
            for row in chosen
        )
        yield _Count(document, Fraction(len(chosen)), "", evidence)
