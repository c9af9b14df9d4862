"""CAL01 to CAL06: the arithmetic of method, substitution, stated result and *línea base*."""

from __future__ import annotations

from collections.abc import Iterable

from normalize.numbers import grouped, plain
from validate.arithmetic import arithmetic
from validate.comparison import Unavailable
from validate.formula.substitution import Substitution
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.rules.cal_words import (
    alone_words,
    charitable_answers,
    compared_answer,
    method_evidence,
    sentence,
    shown,
    substitution_evidence,
    sure_foreign,
    usage_sentences,
    value_of,
    why_usage_is_unknown,
)
from validate.view import IndicatorView
from validate.witnesses import stands_alone


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
    evalúa con aritmética exacta y compara con la *línea base*. También lee el que está dicho en
    palabras («se divide A entre B y se multiplica por 100», «suma de A, B y C»), si solo se puede
    entender de una manera y nombra todas las variables.

    Por qué importa. La línea base es el punto de partida de todas las metas: si no sale de sus
    propias variables, el avance que se mida contra ella tampoco es confiable.

    Ejemplo. Método «(A / B) x 100», A = 61, B = 96 y línea base 46: el método da 63.54.

    ---
    The *método de cálculo*, with the stated variables, does not give the *línea base*.

    What it checks. Reads the *método de cálculo*, puts the value of the variable that each phrase
    names in its place, evaluates in exact arithmetic and compares with the *línea base*. It also
    reads one told in words (“se divide A entre B y se multiplica por 100”, “suma de A, B y C”),
    where it can be meant in one way only and names all variables.

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
    foreign = sure_foreign(sums, usage)
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
