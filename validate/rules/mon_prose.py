"""MON05, MON09: sentences against the document's own cards and tables."""

from __future__ import annotations

from collections.abc import Iterator

from validate.claims import composition, directions, levels, programmes, results, totals
from validate.claims.indicators import Reader
from validate.claims.known import Known
from validate.claims.sentence import Sentence
from validate.rule import Answer, not_applicable, rule
from validate.view import DocumentView


@rule("MON05", "error", scope="document")
def sentences_agree_with_the_tables(document: DocumentView) -> Iterator[Answer]:
    """Una frase afirma lo que las tarjetas o la tabla del mismo documento contradicen.

    Qué revisa. Las frases que hablan de los indicadores de un objetivo por su lugar («el primero y
    el segundo presentan un retroceso», «los tres indicadores»), o de cuántos tienen una
    calificación («el 67 % de indicadores», «la mitad», «únicamente una tercera parte», «todos»,
    «ninguno», «la mayoría»), contra las tarjetas y la distribución; los totales que dicen; los
    programas que nombran y los «restantes» que cuentan, contra el anexo, con sus niveles y
    valoraciones; el resultado y la población que repiten. Un porcentaje debe redondear a lo
    impreso; de una fracción en palabras vale el conteo entero vecino (la mitad de 15: 7 u 8). El
    adjetivo nombra la calificación («un logro alcanzado»); el verbo dice un hecho que también
    cumplen las mejores («alcanzaron su meta», quien la superó) o las peores («no alcanzó», quien
    retrocedió). Las palabras vagas dan advertencia: «la mayoría» y «mayormente» son más de la mitad
    (si es solo lo más frecuente, se dice); «un porcentaje importante» y «gran parte», al menos una
    décima parte; «casi» y «cerca de», a no más de diez puntos (o una décima parte de un conteo);
    «casi todos», al menos dos tercios; «algunos», al menos uno; «pocos», menos de la mitad. Un
    conteo y su proporción se comparan los dos («la mitad (9)»); donde la frase deja fuera a los que
    no reportan, la proporción puede ser de los demás. Lo que no se entiende del todo, lo deseado y
    lo dicho de otro tiempo no se juzga. De qué tipo son los objetivos, las tarjetas no lo dicen.

    Por qué importa. El texto es lo que se lee y se cita; si no dice lo que dicen sus tarjetas, el
    lector se lleva otro resultado.

    Ejemplo. «La mitad de los indicadores se clasifican en oportunidad de mejora o moderados» con 12
    de 15 tarjetas así calificadas. «El tercero alcanzó su meta» con la tarjeta «Retroceso».

    ---

    A sentence claims what the document's own cards or table contradict.

    What it checks. The sentences that speak of an objective's indicators by their place (“el
    primero y el segundo presentan un retroceso”, “los tres indicadores”), or of how many have a
    grade (“el 67 % de indicadores”, “la mitad”, “únicamente una tercera parte”, “todos”, “ninguno”,
    “la mayoría”), against the cards and the distribution; the totals that they state; the
    programmes that they name and the “restantes” that they count, against the annex, with their
    levels and scores; the result and the population that they repeat. A percentage must round to
    what is printed; of a fraction in words the whole count next to it will do (half of 15: 7 or 8).
    The adjective names the grade (“un logro alcanzado”); the verb tells a fact that better grades
    fulfil too (“alcanzaron su meta”, who exceeded it) or worse ones (“no alcanzó”, who fell back).
    Vague words give a warning: “la mayoría” and “mayormente” are more than half (if it is only the
    most frequent, that is said); “un porcentaje importante” and “gran parte”, at least a tenth;
    “casi” and “cerca de”, within ten points (or a tenth of a count); “casi todos”, at least two
    thirds; “algunos”, at least one; “pocos”, less than half. A count and its share are compared
    both (“la mitad (9)”); where the sentence leaves out who reports nothing, a share may be of the
    rest. What is not wholly understood, what is wished for, and what is said of another time is not
    judged. The cards do not tell of what type the objectives are.

    Why it matters. The text is what is read and quoted; if it does not say what its cards say, the
    reader takes away another result.

    Example. “La mitad de los indicadores se clasifican en oportunidad de mejora o moderados” with
    12 of 15 cards graded so. “El tercero alcanzó su meta” with the card “Retroceso”.
    """
    reader = Reader.of(Known(document))
    annex = programmes.programmes_of(document)
    counted = totals.totals_of(document, annex)
    before: dict[str, list[Sentence]] = {}
    for sentence in document.sentences:
        told = before.setdefault(sentence.section, [])
        found = reader.answers(sentence)
        found += programmes.answers(sentence, told, annex)
        found += totals.answers(sentence, counted, document)
        found += composition.answers(sentence, document)
        found += results.answers(sentence, document)
        found += levels.answers(sentence, document)
        told.append(sentence)
        if found:
            yield from found
        else:
            yield _unchecked(sentence)


def _unchecked(sentence: Sentence) -> Answer:
    if sentence.mentions or "objetivos" in sentence.plain or "indicador" in sentence.plain:
        return not_applicable(
            sentence.record,
            "La frase no se entiende del todo, o dice algo que las tarjetas y tablas del documento "
            "no muestran.",
            "The sentence is not wholly understood, or says what the document's cards and tables "
            "do not show.",
        )
    return not_applicable(
        sentence.record,
        "La frase no dice nada que las tarjetas y tablas del documento muestren.",
        "The sentence says nothing that the document's cards and tables show.",
    )


@rule("MON09", "warning", scope="document")
def directions_agree_with_the_cards(document: DocumentView) -> Iterator[Answer]:
    """La dirección que dice una frase va contra la tendencia y la calificación de la tarjeta.

    Qué revisa. Que lo que una frase dice que subió, bajó o se mantuvo («disminuyó el número de
    personas…», «un aumento del porcentaje de…») pueda ser, según la tendencia de su tarjeta: lo que
    se mueve contra la tendencia no alcanza ni supera su meta; lo que se mueve con ella, o se
    mantiene, no es un *Retroceso*; lo que se mantiene no supera su meta. «Incrementó por debajo de
    la línea base» cuenta como baja. *No alcanzada* va con cualquier dirección. Si la meta
    intermedia no tiene calificación se usa el avance *Superado*. El indicador se busca por las
    palabras de su nombre entre los del objetivo; si no es seguro cuál es, si el indicador es de
    sentido constante, o si la frase se niega, se desea, cambia de rumbo o habla del año anterior,
    no se juzga.

    Por qué importa. O el texto dice al revés lo que pasó, o la calificación está mal puesta, o la
    meta se fijó por debajo de la propia línea base.

    Ejemplo. «Disminuyó el número de personas beneficiarias…»: el indicador 4.1 es ascendente y dice
    «Logro muy superado».

    ---

    The direction that a sentence reports goes against the card's trend and grade.

    What it checks. That what a sentence says rose, fell or stayed (“disminuyó el número de
    personas…”, “un aumento del porcentaje de…”) can be so by its card's trend: what moves against
    the trend does not reach or exceed its target; what moves with it, or stays, is no *Retroceso*;
    what stays exceeds no target. “Incrementó por debajo de la línea base” counts as a fall. *No
    alcanzada* goes with any direction. Where the intermediate target has no grade, a progress of
    *Superado* is used. The indicator is found by the words of its name among those of the
    objective; where it is not certain which it is, where the indicator is to stay constant, or
    where the sentence denies, wishes, changes course or speaks of the previous year, nothing is
    judged.

    Why it matters. Either the text says the reverse of what happened, or the grade is wrong, or the
    target was set below its own baseline.

    Example. “Disminuyó el número de personas beneficiarias…”: indicator 4.1 is ascending and says
    “Logro muy superado”.
    """
    yield from directions.answers(document.sentences, Known(document))
