"""REA01, REA02, REA03 and REA05: what the reading itself was not sure of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normalize.records import Note
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView

_PRINTED = {
    "value": "value_text",
    "baseline_value": "baseline_text",
    "target_value": "target_text",
}
"""The fields that hold a number as it is printed, even where it could not be read."""


@rule("REA01", "warning", scope="document")
def template_is_complete(document: DocumentView) -> Iterator[Answer]:
    """Falta una etiqueta de la plantilla o un dato indispensable.

    Qué revisa. Que cada ficha tenga todas las etiquetas de su plantilla y que la línea base, la
    meta, el método de cálculo y el año base no estén vacíos. Una celda opcional vacía no cuenta.

    Por qué importa. Lo que no se leyó no se revisó: las demás reglas no aplican a ese dato.

    Ejemplo. La ficha 2.1 no tiene «Método de cálculo»: CAL03 no puede revisarla.

    ---

    A label of the template is not found, or an indispensable figure is missing.

    What it checks. That each ficha has all labels of its template, and that baseline, target,
    method and base year are not empty. An empty optional cell does not count.

    Why it matters. What was not read was not checked: the other rules do not apply to it.

    Example. Ficha 2.1 has no “Método de cálculo”: CAL03 cannot check it.
    """
    return _notes(
        document,
        "REA01",
        "Se encontraron las etiquetas de la plantilla y los datos indispensables.",
        "The labels of the template and the indispensable figures were found.",
    )


@rule("REA02", "warning", scope="document")
def readings_agree(document: DocumentView) -> Iterator[Answer]:
    """Dos lecturas independientes de un número no coinciden.

    Qué revisa. Con --double-check, cada ficha se lee otra vez con camelot, que tiene su propia
    lectura del PDF y su propia detección de líneas, y las dos lecturas se comparan valor por valor:
    números y años como están impresos, método y sustitución carácter por carácter (salvo espacios),
    los demás textos por sus letras y cifras. Sin esa opción se pregunta a camelot sólo donde un
    dato quedó vacío o mal formado, o donde un número rompe las cuentas del propio documento. En
    páginas escaneadas se comparan dos lecturas por OCR de la misma celda. Si difieren, el valor
    queda nulo, su texto se conserva y ninguna otra regla acusa con él.

    Por qué importa. Un número mal leído acusaría a un documento que cuadra, o taparía un error.

    Ejemplo. Línea base del indicador 2.1: pdfium lee «135.64» y camelot «135.54».

    ---

    Two independent readings of a number differ.

    What it checks. With --double-check each ficha is read again by camelot, which has its own
    parser and its own line detection, and the two readings are compared value by value: numbers and
    years as printed, method and substitution sign by sign (white space apart), other texts by their
    letters and digits. Without that option camelot is asked only where a value was left empty or
    ill-formed, or where a number breaks the document's own arithmetic. On scanned pages two
    readings by OCR of the same cell are compared. Where they differ the value is null, its text
    is kept, and no other rule accuses on it.

    Why it matters. A misread number would accuse a document that adds up, or hide an error.

    Example. Baseline of indicator 2.1: pdfium reads “135.64” and camelot “135.54”.
    """
    groups = [("", "", document.notes)]
    groups += [(v.indicator.indicator_id, v.record, v.notes) for v in document.indicators]
    for indicator_id, record, notes in groups:
        mine = [note for note in dict.fromkeys(notes) if note.rule == "REA02"]
        for note in mine:
            about = _evidence(note, record, document)
            yield replace(_of_note(note), evidence=about, indicator_id=indicator_id)
        if not mine:
            yield replace(_second(document, indicator_id, record), indicator_id=indicator_id)


def _second(document: DocumentView, indicator_id: str, record: str) -> Answer:
    """What a second reading says of an indicator on which it contradicts nothing."""
    second = document.second
    if not indicator_id:
        return not_applicable(
            record,
            "La segunda lectura es de las fichas de indicador, no del resto del documento.",
            "The second reading is of indicator fichas, not of the rest of the document.",
        )
    if indicator_id in second.silent:
        return not_applicable(record, *second.silent[indicator_id])
    if indicator_id not in second.compared:
        return not_applicable(
            record,
            "No se pidió una segunda lectura (--double-check) ni hubo motivo para ella.",
            "No second reading was asked for (--double-check), nor was there a reason for one.",
        )
    reader, count = second.compared[indicator_id]
    return passed(
        record,
        f"{reader} leyó otra vez {count} datos y coinciden.",
        f"{reader} read {count} values again and they agree.",
    )


@rule("REA03", "warning", scope="document")
def numbers_are_readable(document: DocumentView) -> Iterator[Answer]:
    """Un número no se pudo leer, o se puede leer de dos maneras.

    Qué revisa. Que cada celda de número tenga uno solo, bien formado, y que los hábitos del
    documento digan qué signo es el decimal. Si no, el valor queda nulo y su texto se conserva.
    «n.d.» y semejantes no son un problema de lectura.

    Por qué importa. Un valor adivinado se vería igual que uno leído.

    Ejemplo. «12,5» en un documento que escribe 93.9 y 7,995,246: puede ser 12.5 o un error de 125.

    ---

    A number could not be read, or could be read in two ways.

    What it checks. That each number cell holds one well-formed number, and that the habits of the
    document tell which sign is the decimal one. Otherwise the value is null and its text is kept.
    “n.d.” and the like are no reading problem.

    Why it matters. A guessed value would look like one that was read.

    Example. “12,5” in a document that writes 93.9 and 7,995,246: it may be 12.5 or a slip for 125.
    """
    return _notes(
        document,
        "REA03",
        "Todos los números se leyeron de una sola manera.",
        "All numbers were read in one way.",
    )


@rule("REA05", "warning", scope="document")
def keys_and_words_are_known(document: DocumentView) -> Iterator[Answer]:
    """Una clave falta o se repite, o una palabra no está en su lista.

    Qué revisa. Que cada indicador tenga una clave única, que cada variable y año aparezcan una vez,
    y que tendencia, medida y acumulación usen una de sus palabras.

    Por qué importa. Sin clave no se puede seguir un indicador de un documento a otro, y sin
    tendencia o acumulación hay reglas que no aplican.

    Ejemplo. Dos fichas con la clave 3.2: la segunda se guarda como 3.2#2.

    ---

    A key is missing or recurs, or a word stands outside its list.

    What it checks. That each indicator has a key of its own, that each variable and year appears
    once, and that trend, measure and accumulation use one of their words.

    Why it matters. Without a key an indicator cannot be followed from one document to another, and
    without trend or accumulation some rules do not apply.

    Example. Two fichas with the key 3.2: the second is stored as 3.2#2.
    """
    return _notes(
        document,
        "REA05",
        "Las claves son únicas y las palabras están en sus listas.",
        "The keys are unique and the words are in their lists.",
    )


def _notes(document: DocumentView, code: str, all_es: str, all_en: str) -> Iterator[Answer]:
    """One finding per note of the reader; passed for each indicator, card and document without."""
    cards = {card.indicator_id: card.record_key for card in document.assessments}
    loose = tuple(note for note in document.notes if note.indicator_id not in cards)
    groups = [("", "", loose)]
    groups += [(v.indicator.indicator_id, v.record, v.notes) for v in document.indicators]
    for key, record in cards.items():
        own = tuple(note for note in document.notes if note.indicator_id == key)
        groups.append((key, record, own))
    for indicator_id, record, notes in groups:
        mine = [note for note in dict.fromkeys(notes) if note.rule == code]
        for note in mine:
            about = _evidence(note, record, document)
            yield replace(_of_note(note), evidence=about, indicator_id=indicator_id)
        if not mine:
            yield replace(passed(record, all_es, all_en), indicator_id=indicator_id)


def _of_note(note: Note) -> Answer:
    return failed(note.record, note.message_es, note.message_en, stated=note.text or None)


def _evidence(note: Note, indicator: str, document: DocumentView) -> tuple[Evidence, ...]:
    """What there is to look at: the field itself, its printed text where the value is null, or the
    indicator or its card where the dataset has neither."""
    for name in (note.field, _PRINTED.get(note.field, note.field)):
        if document.holds(note.table_name, note.record, name):
            return (Evidence(note.table_name, note.record, name, "stated"),)
    for table in ("indicators", "assessments"):
        if document.holds(table, indicator, "indicator_id"):
            return (Evidence(table, indicator, "indicator_id", "other"),)
    return ()
