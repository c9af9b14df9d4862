"""CAL07 to CAL09 and REA04: what formulas are, rather than what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from normalize.numbers import plain
from normalize.text import match_key
from validate.arithmetic import Unparsed, arithmetic
from validate.comparison import Evaluated, Unavailable, all_zero, equal_inputs
from validate.formula.parse import Method
from validate.formula.sameness import same_function
from validate.formula.substitution import Substitution
from validate.formula.usage import Usage
from validate.formula.weights import weights
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.rules.cal_words import (
    sentence,
    why_functions_are_unknown,
)
from validate.view import IndicatorView

_NO_VALUE_YET = re.compile(
    r"\b(nuevo indicador|indicador nuevo|nueva creacion|no se cuenta con|no se dispone|"
    r"no hay informacion|sin informacion|se tendra disponible|estara disponible|"
    r"se (empieza|empezara|comienza|comenzara)n? a (contar|medir|contabilizar)|"
    r"no existe|aun no|todavia no|por definir)\b"
)


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
    units = sums.mixes_units()
    same = same_function(method, substitution, usage, sums.variable_numbers, units)
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
