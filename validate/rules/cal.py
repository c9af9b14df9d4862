"""CAL: the arithmetic of method, substitution, stated result and *línea base*; REA04."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from normalize.numbers import grouped, plain
from normalize.text import match_key
from validate.arithmetic import Unparsed, arithmetic
from validate.comparison import Evaluated, Unavailable, all_zero, equal_inputs
from validate.formula.parse import Method
from validate.formula.substitution import Substitution
from validate.formula.usage import Usage, same_function
from validate.formula.weights import weights
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.rules.cal_words import (
    alone_words,
    charitable_answers,
    compared_answer,
    method_evidence,
    sentence,
    shown,
    substitution_evidence,
    usage_sentences,
    value_of,
    why_functions_are_unknown,
    why_usage_is_unknown,
)
from validate.view import IndicatorView
from validate.witnesses import stands_alone

_NO_VALUE_YET = re.compile(
    r"\b(nuevo indicador|indicador nuevo|nueva creacion|no se cuenta con|no se dispone|"
    r"no hay informacion|sin informacion|se tendra disponible|estara disponible|"
    r"se (empieza|empezara|comienza|comenzara)n? a (contar|medir|contabilizar)|"
    r"no existe|aun no|todavia no|por definir)\b"
)


@rule("CAL01", "error")
def cal01(view: IndicatorView) -> Iterable[Answer]:
    """La sustitución no da el resultado que declara.

    Qué revisa. Evalúa con aritmética exacta la expresión impresa en *Sustitución en método de
    cálculo* y la compara con el número que sigue al último signo igual. Un número impreso vale por
    todos los que redondean a él; las cuentas y las constantes son exactas.

    Por qué importa. Es la única operación que el documento muestra completa: si no da lo que dice,
    alguno de los números impresos está mal.

    Ejemplo. «(48,240 / 35,578,474) x 100,000 = 135.64» da 135.59; con 48,260 daría 135.64.

    ---
    The substitution does not give the result that it states.

    What it checks. Evaluates, in exact arithmetic, the expression printed under *Sustitución en
    método de cálculo* and compares it with the number behind the last equals sign. A printed number
    stands for all values that round to it; counts and constants are exact.

    Why it matters. It is the only operation that the document shows in full: where it does not give
    what it says, one of the printed numbers is wrong.

    Example. “(48,240 / 35,578,474) x 100,000 = 135.64” gives 135.59; with 48,260, 135.64.
    """
    sums = arithmetic(view)
    compared = sums.substitution_against_result
    if isinstance(compared, Unavailable):
        yield not_applicable(view.record, sentence(compared.es), sentence(compared.en))
        return
    yield compared_answer(
        sums, compared, "la sustitución", "the substitution", "el resultado que declara",
        "the result that it states", substitution_evidence(view), sums.by_substitution,
    )  # fmt: skip


@rule("CAL02", "error")
def cal02(view: IndicatorView) -> Iterable[Answer]:
    """El resultado de la sustitución no es la línea base.

    Qué revisa. Compara el resultado que declara la sustitución con el valor de la *línea base*. Los
    dos coinciden si el más fino redondea al más grueso. Si la sustitución no declara un resultado,
    se compara el valor que da.

    Por qué importa. La ficha presenta la sustitución como la obtención del valor de la línea base.

    Ejemplo. Sustitución «… = 29.99» y línea base 28.99: uno de los dos está mal.

    ---
    The result of the substitution is not the *línea base*.

    What it checks. Compares the result that the substitution states with the value of the *línea
    base*. They agree when the finer rounds to the coarser. Where the substitution states no result,
    the value that it gives is compared.

    Why it matters. The ficha presents the substitution as the way the baseline was obtained.

    Example. Substitution “… = 29.99” and baseline 28.99: one of the two is wrong.
    """
    sums = arithmetic(view)
    verdict = sums.result_against_baseline
    if isinstance(verdict, Unavailable):
        yield not_applicable(view.record, sentence(verdict.es), sentence(verdict.en))
        return
    assert sums.baseline is not None
    stated = sums.baseline
    value = sums.result.fraction if sums.result is not None else value_of(sums.by_substitution)
    result = grouped(value, sums.result.places if sums.result is not None else None)
    if verdict:
        yield passed(
            view.record,
            f"El resultado de la sustitución ({result}) es la línea base ({shown(stated)}).",
            f"The substitution's result ({result}) is the baseline ({shown(stated)}).",
            stated=plain(stated.fraction, stated.places),
            computed=plain(value),
        )
        return
    alone = stands_alone(sums)
    yield failed(
        view.record,
        f"El resultado de la sustitución es {result}, pero la línea base dice {shown(stated)}."
        + alone_words(alone, "es"),
        f"The substitution's result is {result}, but the baseline says {shown(stated)}."
        + alone_words(alone, "en"),
        stated=plain(stated.fraction, stated.places),
        computed=plain(value),
        difference=stated.fraction - value,
        evidence=(
            Evidence("indicators", view.record, "baseline_value", "stated"),
            Evidence("indicators", view.record, "substitution", "input"),
        ),
    )


@rule("CAL03", "error")
def cal03(view: IndicatorView) -> Iterable[Answer]:
    """El método de cálculo, con las variables declaradas, no da la línea base.

    Qué revisa. Lee el *método de cálculo*, pone en cada frase el valor de la variable que nombra,
    evalúa con aritmética exacta y compara con la *línea base*.

    Por qué importa. La línea base es el punto de partida de todas las metas: si no sale de sus
    propias variables, el avance que se mida contra ella tampoco es confiable.

    Ejemplo. Método «(A / B) x 100», A = 61, B = 96 y línea base 46: el método da 63.54.

    ---
    The *método de cálculo*, with the stated variables, does not give the *línea base*.

    What it checks. Reads the *método de cálculo*, puts the value of the variable that each phrase
    names in its place, evaluates in exact arithmetic and compares with the *línea base*.

    Why it matters. All targets start from the baseline: where it does not follow from its own
    variables, progress measured against it cannot be relied on.

    Example. Method “(A / B) x 100”, A = 61, B = 96 and baseline 46: the method gives 63.54.
    """
    sums = arithmetic(view)
    compared = sums.method_against_baseline
    if isinstance(compared, Unavailable):
        yield not_applicable(view.record, sentence(compared.es), sentence(compared.en))
        return
    yield compared_answer(
        sums, compared, "el método", "the method", "la línea base", "the baseline",
        method_evidence(view), sums.by_method,
    )  # fmt: skip


@rule("CAL04", "error")
def cal04(view: IndicatorView) -> Iterable[Answer]:
    """La sustitución usa un número ajeno o deja fuera una variable.

    Qué revisa. Cada número de la sustitución debe ser el valor de una variable declarada o una
    constante del método, y cada variable declarada debe aparecer. Las diferencias de unidades
    (miles, millones) o de redondeo no cuentan.

    Por qué importa. Una cifra cambiada entre la variable y la sustitución es un error de captura
    que ningún total descubre.

    Ejemplo. La variable 1 vale 7,995,246 y la sustitución escribe 7,995,426.

    ---
    The substitution uses a foreign number or leaves a variable out.

    What it checks. Every number of the substitution must be the value of a stated variable or a
    constant of the method, and every stated variable must appear. Differences of units (thousands,
    millions) or of rounding do not count.

    Why it matters. A digit changed between the variable and the substitution is a slip that no
    total shows.

    Example. Variable 1 is 7,995,246 and the substitution writes 7,995,426.
    """
    sums = arithmetic(view)
    usage = sums.usage
    reason = why_usage_is_unknown(sums)
    if reason is not None or isinstance(usage, Unavailable):
        reason = reason or usage  # type: ignore[assignment]
        assert isinstance(reason, Unavailable)
        yield not_applicable(view.record, sentence(reason.es), sentence(reason.en))
        return
    substitution = sums.substitution
    assert isinstance(substitution, Substitution)
    # Without a method that can be read nobody knows its constants: only what is missing is sure.
    foreign = usage.foreign if isinstance(sums.method, Method) else ()
    if not foreign and not usage.unused:
        yield passed(
            view.record,
            "Los números de la sustitución son las variables y constantes declaradas.",
            "The substitution's numbers are the stated variables and constants.",
        )
        return
    es, en = usage_sentences(sums, substitution, usage, foreign)
    stated = ", ".join(plain(substitution.numbers[i].fraction) for i in foreign) or None
    wanted = ", ".join(plain(sums.variable_numbers[s].fraction) for s in usage.unused) or None
    yield failed(
        view.record,
        es,
        en,
        stated=stated,
        computed=wanted,
        evidence=(
            Evidence("indicators", view.record, "substitution", "stated"),
            *(
                Evidence("variables", sums.variables[slot].record_key, "value", "input")
                for slot in usage.unused
            ),
            Evidence("indicators", view.record, "method", "other"),
        ),
    )


@rule("CAL05", "warning")
def cal05(view: IndicatorView) -> Iterable[Answer]:
    """El valor declarado es el calculado, truncado en vez de redondeado.

    Qué revisa. Cuando la sustitución o el método no redondean al valor declarado, prueba si cortar
    los decimales sobrantes sí lo da.

    Por qué importa. No es una contradicción, pero sí un criterio distinto del redondeo usual, que
    sesga siempre hacia abajo.

    Ejemplo. 7,995,246 / 26,651,738 x 100 = 29.99897…: redondeado es 30.00, la ficha dice 29.99.

    ---
    The stated value is the computed one truncated, not rounded.

    What it checks. Where substitution or method do not round to the stated value, it tries whether
    cutting the spare decimals off does.

    Why it matters. It is no contradiction, but it departs from the usual rounding and always errs
    downwards.

    Example. 7,995,246 / 26,651,738 x 100 = 29.99897…: rounded it is 30.00, the ficha says 29.99.
    """
    yield from charitable_answers(view, "truncated")


@rule("CAL06", "warning")
def cal06(view: IndicatorView) -> Iterable[Answer]:
    """El valor declarado sólo sale con una lectura que no es la precedencia usual.

    Qué revisa. Cuando la precedencia usual no da el valor declarado, busca las otras lecturas que
    una persona pudo querer decir: un «x 100» para toda la expresión, un paréntesis omitido, una
    raya de quebrado escrita como diagonal. La lectura que sí lo da se muestra.

    Por qué importa. La fórmula, como está escrita, no es la que se usó; quien la aplique al pie de
    la letra obtendrá otro número.

    Ejemplo. «(32,002,514/30,923,832)-1 X 100 = 3.5» da −98.97; ((32,002,514/30,923,832) − 1) × 100
    sí da 3.49.

    ---
    The stated value follows only under a reading that departs from the usual precedence.

    What it checks. Where the usual precedence does not give the stated value, it searches the other
    readings that a person could have meant: a “x 100” for the whole expression, an omitted bracket,
    a fraction bar written as a slash. The reading that gives it is shown.

    Why it matters. The formula as written is not the one that was used; whoever applies it to the
    letter gets another number.

    Example. “(32,002,514/30,923,832)-1 X 100 = 3.5” gives −98.97;
    ((32,002,514/30,923,832) − 1) × 100 does give 3.49.
    """
    yield from charitable_answers(view, "reading")


@rule("CAL07", "warning")
def cal07(view: IndicatorView) -> Iterable[Answer]:
    """Los pesos de una suma ponderada no suman uno.

    Qué revisa. Si cada término de la suma lleva un peso menor que uno o en por ciento, la suma de
    los pesos debe ser exactamente uno (100 %).

    Por qué importa. Con pesos que no suman uno, el indicador no puede llegar a su propio máximo, o
    lo rebasa.

    Ejemplo. «(.25 x A) + (.25 x B) + (.20 x C) + (.20 x D)» suma 0.90.

    ---
    The weights of a weighted sum do not add up to one.

    What it checks. Where every term of the sum has a weight below one or in per cent, the weights
    must add up to exactly one (100 %).

    Why it matters. With other weights the indicator cannot reach its own maximum, or exceeds it.

    Example. “(.25 x A) + (.25 x B) + (.20 x C) + (.20 x D)” adds up to 0.90.
    """
    sums = arithmetic(view)
    if isinstance(sums.method, Unavailable):
        yield not_applicable(view.record, sentence(sums.method.es), sentence(sums.method.en))
        return
    found = weights(sums.method.node)
    if found is None:
        yield not_applicable(
            view.record,
            "El método no es una suma ponderada.",
            "The method is no weighted sum.",
        )
        return
    total = sum(found, Fraction(0))
    listed = " + ".join(plain(weight) for weight in found)
    if total == 1:
        yield passed(
            view.record, f"Los pesos suman uno: {listed}.", f"The weights add up to one: {listed}."
        )
        return
    yield failed(
        view.record,
        f"Los pesos del método no suman uno: {listed} = {plain(total)}.",
        f"The method's weights do not add up to one: {listed} = {plain(total)}.",
        stated=plain(total),
        computed="1",
        difference=total - 1,
        evidence=(Evidence("indicators", view.record, "method", "stated"),),
    )


@rule("CAL08", "warning")
def cal08(view: IndicatorView) -> Iterable[Answer]:
    """El método y la sustitución son funciones distintas de las variables.

    Qué revisa. Pone en la sustitución, en vez de cada número, la variable de la que viene, y
    compara las dos funciones en varios puntos con aritmética exacta. Los paréntesis de más, el
    orden y los signos × · * no son diferencia; un «x 100» que sólo está en una de las dos, sí.

    Por qué importa. Aunque hoy den el mismo número, el año que entra no lo darán.

    Ejemplo. Método «.25 x A + .75 x B x 100», sustitución «(.25 x 0 + .75 x 0) x 100»: con ceros
    coinciden, con cualquier otro dato no.

    ---
    Method and substitution are different functions of the variables.

    What it checks. Puts the variable that each number comes from in its place and compares the two
    functions at several points in exact arithmetic. Redundant brackets, order and the signs × · *
    are no difference; a “x 100” that only one of them has, is.

    Why it matters. Even where they give the same number today, next year they will not.

    Example. Method “.25 x A + .75 x B x 100”, substitution “(.25 x 0 + .75 x 0) x 100”: with zeros
    they coincide, with anything else they do not.
    """
    sums = arithmetic(view)
    reason = why_functions_are_unknown(sums)
    if reason is not None:
        yield not_applicable(view.record, sentence(reason.es), sentence(reason.en))
        return
    method, substitution, usage = sums.method, sums.substitution, sums.usage
    assert isinstance(method, Method)
    assert isinstance(substitution, Substitution)
    assert isinstance(usage, Usage)
    same = same_function(method, substitution, usage, sums.variable_numbers)
    if same is None:
        yield not_applicable(
            view.record,
            "No se sabe a qué variable corresponde cada número de la sustitución.",
            "It is not known which variable each number of the substitution belongs to.",
        )
        return
    if same:
        yield passed(
            view.record,
            "El método y la sustitución son la misma función de las variables.",
            "Method and substitution are the same function of the variables.",
        )
        return
    by_method, by_substitution = sums.by_method, sums.by_substitution
    method_text = by_method.written() if isinstance(by_method, Evaluated) else ""
    substitution_text = by_substitution.written() if isinstance(by_substitution, Evaluated) else ""
    same_today = (
        isinstance(by_method, Evaluated)
        and isinstance(by_substitution, Evaluated)
        and by_method.value == by_substitution.value
    )
    yield failed(
        view.record,
        "El método y la sustitución no son la misma función de las variables"
        + (", aunque con estos datos dan el mismo valor" if same_today else "")
        + (f": el método se lee {method_text}" if method_text else "")
        + (f"; la sustitución, {substitution_text}." if substitution_text else "."),
        "Method and substitution are not the same function of the variables"
        + (", although with these data they give the same value" if same_today else "")
        + (f": the method reads {method_text}" if method_text else "")
        + (f"; the substitution, {substitution_text}." if substitution_text else "."),
        stated=substitution_text or None,
        computed=method_text or None,
        evidence=(
            Evidence("indicators", view.record, "substitution", "stated"),
            Evidence("indicators", view.record, "method", "input"),
        ),
    )


@rule("CAL09", "info")
def cal09(view: IndicatorView) -> Iterable[Answer]:
    """La comprobación se cumple en vacío.

    Qué revisa. Si todas las entradas son cero, si un valor se divide entre sí mismo, o si la línea
    base es cero y su nota dice que aún no hay dato, la aritmética cuadra sin probar nada.

    Por qué importa. Un «cuadra» así no respalda la línea base.

    Ejemplo. «(325,407 / 325,407) x 100 = 100» da 100 con cualquier importe.

    ---
    The check passes emptily.

    What it checks. Where every input is zero, a value is divided by itself, or the baseline is zero
    and its note says that there is no value yet, the arithmetic agrees without proving anything.

    Why it matters. Such an agreement does not support the baseline.

    Example. “(325,407 / 325,407) x 100 = 100” gives 100 whatever the amount.
    """
    sums = arithmetic(view)
    es: list[str] = []
    en: list[str] = []
    evaluated = sums.by_method
    if isinstance(evaluated, Unavailable):
        evaluated = sums.by_substitution
    if isinstance(evaluated, Evaluated):
        if all_zero(evaluated):
            es.append("todas las entradas son cero")
            en.append("every input is zero")
        elif equal_inputs(evaluated):
            es.append("un valor se divide entre sí mismo")
            en.append("a value is divided by itself")
    note = view.indicator.baseline_note or ""
    zero = sums.baseline is not None and sums.baseline.value == 0
    if zero and _NO_VALUE_YET.search(match_key(note)):
        es.append("la línea base es cero y su nota dice que todavía no hay dato")
        en.append("the baseline is zero and its note says that there is no value yet")
    if not es:
        if isinstance(evaluated, Unavailable) and sums.baseline is None:
            yield not_applicable(view.record, sentence(evaluated.es), sentence(evaluated.en))
            return
        yield passed(
            view.record,
            "La comprobación no es vacía.",
            "The check is not an empty one.",
        )
        return
    yield failed(
        view.record,
        f"La comprobación se cumple en vacío: {' y '.join(es)}.",
        f"The check passes emptily: {' and '.join(en)}.",
        stated=plain(sums.baseline.fraction, sums.baseline.places) if sums.baseline else None,
        evidence=(
            Evidence("indicators", view.record, "baseline_value", "stated"),
            Evidence("indicators", view.record, "substitution", "input"),
            *(
                [Evidence("indicators", view.record, "baseline_note", "note")]
                if zero and note
                else []
            ),
        ),
    )


@rule("REA04", "info")
def rea04(view: IndicatorView) -> Iterable[Answer]:
    """Una fórmula no se pudo analizar.

    Qué revisa. Si el *método de cálculo* y la *sustitución* impresos se dejan leer como fórmulas.

    Por qué importa. Lo que no se pudo analizar tampoco se pudo comprobar; conviene verlo a mano.

    Ejemplo. «Se obtiene según los lineamientos vigentes» no es una fórmula.

    ---
    A formula could not be parsed.

    What it checks. Whether the printed *método de cálculo* and *sustitución* can be read as
    formulas.

    Why it matters. What could not be parsed could not be checked either; it wants a person's look.

    Example. “Se obtiene según los lineamientos vigentes” is no formula.
    """
    sums = arithmetic(view)
    problems = [
        (name, parsed)
        for name, parsed in (("method", sums.method), ("substitution", sums.substitution))
        if isinstance(parsed, Unparsed)
    ]
    for name, parsed in problems:
        yield failed(
            view.record,
            sentence(parsed.es),
            sentence(parsed.en),
            stated=getattr(view.indicator, name),
            evidence=(Evidence("indicators", view.record, name, "stated"),),
        )
    if not problems:
        yield passed(
            view.record, "Las fórmulas impresas se pudieron leer.", "The formulas could be read."
        )
