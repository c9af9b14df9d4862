"""CRO01: one variable, two values, in two indicators of a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalize.numbers import Number, plain, printed_agree
from normalize.schema import Variable
from normalize.text import match_key
from validate.formula.names import unabbreviated
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView, IndicatorView

_SAYS_NOTHING = frozenset(
    """numerador denominador variable total valor dato numero cantidad suma resultado meta base ano
    del los las programado programada realizado realizada general""".split()
)
"""Words that name no variable by themselves."""
_SCALE = re.compile(r"\b(?:miles de millones|mil millones|mmdp|millones|mdp|miles|mdd|dolares)\b")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A variable of an indicator with its printed number."""

    view: IndicatorView
    variable: Variable
    number: Number

    @property
    def indicator_id(self) -> str:
        return self.variable.indicator_id

    def evidence(self, role: str) -> Evidence:
        return Evidence("variables", self.variable.record_key, "value", role)


@rule("CRO01", "error", scope="document")
def one_variable_one_value(document: DocumentView) -> Iterator[Answer]:
    """Una misma variable tiene dos valores en dos indicadores del documento.

    Qué revisa. Que las variables del mismo nombre (sin mayúsculas, acentos, clave entre paréntesis
    o delante, ni punto final), año base, fuente y unidad tengan el mismo valor en todas las
    fichas. Dos impresiones son la misma si la más fina redondea a la otra. Cada valor se
    compara con el que más indicadores dan, o con el primero si empatan. No aplica a variables
    que solo usa un indicador, a las que uno solo repite con valores distintos ni a nombres que
    no dicen nada («Numerador»).

    Por qué importa. Es un mismo dato de una misma fuente; con dos valores, al menos uno de los
    indicadores está mal calculado.

    Ejemplo. «Población derechohabiente» (2018, misma fuente): 57,475,897 en el indicador 2.1 y
    57,457,897 en el 2.4.

    ---

    One variable has two values in two indicators of the document.

    What it checks. That variables of one name (case, accents, a key in brackets or in front and
    the final stop aside), base year, source and unit have one value in all fichas. Two
    printings are the same when the finer rounds to the coarser. Each value is compared with
    the one that most indicators give, or with the first where they tie. Not applicable to
    variables that one indicator alone uses, to those that one repeats with different values,
    and to names that say nothing (“Numerador”).

    Why it matters. It is one figure of one source; with two values at least one of the indicators
    is calculated wrongly.

    Example. “Población derechohabiente” (2018, same source): 57,475,897 in indicator 2.1 and
    57,457,897 in 2.4.
    """
    groups: defaultdict[tuple[object, ...], list[_Stated]] = defaultdict(list)
    for view in document.indicators:
        if not view.variables:
            without = not_applicable(
                view.record, "El indicador no tiene variables.", "The indicator has no variables."
            )
            yield replace(without, indicator_id=view.indicator.indicator_id)
        for variable in view.variables:
            stated = _Stated(view, variable, view.number(variable.value_text))
            key = _key(stated)
            if variable.value is None or stated.number.value is None:
                yield _aside(
                    stated,
                    "El valor de la variable no está disponible.",
                    "The variable's value is not available.",
                )
            elif key is None:
                yield _aside(
                    stated,
                    "Falta un nombre propio, la fuente o el año base: no se puede decir que sea la "
                    "misma.",
                    "A name of its own, source or base year is missing: that it is the same cannot "
                    "be said.",
                )
            else:
                groups[key].append(stated)
    for group in groups.values():
        yield from _compare(sorted(group, key=_order))


def _order(stated: _Stated) -> tuple[tuple[int, str], ...]:
    """Indicators by their key, 1.2 before 1.10, however the fichas stand in the document."""
    parts = re.findall(r"\d+|\D+", stated.indicator_id)
    keys = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return (*keys, (stated.variable.position, ""))


def _key(stated: _Stated) -> tuple[object, ...] | None:
    """What makes two variables the same one; ``None`` where something of it is not printed."""
    variable, row = stated.variable, stated.view.indicator
    name, source = unabbreviated(variable.name or ""), match_key(variable.source or "")
    if not source or row.baseline_year is None or not _is_a_name(name):
        return None
    words = match_key(f"{variable.name} {variable.source} {stated.number.unit}")
    scale = tuple(sorted(set(_SCALE.findall(words))))
    return name, row.baseline_year, source, scale


def _is_a_name(name: str) -> bool:
    """Whether a bare name says what the variable is; "Numerador", "VP" and "Variable 2" do not."""
    return any(len(word) > 2 and word not in _SAYS_NOTHING for word in re.findall(r"[a-zñ]+", name))


def _aside(stated: _Stated, reason_es: str, reason_en: str) -> Answer:
    answer = not_applicable(stated.variable.record_key, reason_es, reason_en)
    return replace(answer, indicator_id=stated.indicator_id)


def _compare(group: list[_Stated]) -> Iterator[Answer]:
    """Compare the variables of a group with the value that most give; one answer each."""
    inside: defaultdict[str, list[_Stated]] = defaultdict(list)
    for item in group:
        inside[item.indicator_id].append(item)
    single: list[_Stated] = []
    for first, *again in inside.values():
        agree = all(_agree(first, item) for item in again)
        if agree:
            single.append(first)
        for item in again if agree else (first, *again):
            yield _aside(
                item,
                "La variable se repite dentro del mismo indicador.",
                "The variable recurs within the same indicator.",
            )
    if not single:
        return
    common = max(single, key=lambda item: sum(_agree(item, other) for other in single))
    others = ", ".join(item.variable.record_key for item in single if item is not common)
    if others:
        yield _aside(common, f"Se compara en {others}.", f"It is compared in {others}.")
    else:
        yield _aside(
            common,
            "Ningún otro indicador da un valor de esta variable con el mismo año base y fuente.",
            "No other indicator gives one value of this variable with the same base year and "
            "source.",
        )
    for item in single:
        if item is not common:
            yield _pair(common, item)


def _agree(one: _Stated, other: _Stated) -> bool:
    return printed_agree(one.number, other.number)


def _pair(first: _Stated, second: _Stated) -> Answer:
    agree = _agree(first, second)
    name = second.variable.name or ""
    one, other = first.number.text, second.number.text
    a, b = first.indicator_id, second.indicator_id
    if agree:
        answer = passed
        text_es = f"«{name}» vale lo mismo en {a} ({one}) y en {b} ({other})."
        text_en = f"“{name}” has one value in {a} ({one}) and in {b} ({other})."
    else:
        answer = failed
        text_es = f"«{name}», del mismo año y fuente, vale {one} en {a} y {other} en {b}."
        text_en = f"“{name}”, of one year and source, is {one} in {a} and {other} in {b}."
    return answer(
        second.variable.record_key,
        text_es,
        text_en,
        stated=plain(second.number.fraction, second.number.places),
        computed=plain(first.number.fraction, first.number.places),
        difference=second.number.fraction - first.number.fraction,
        evidence=(second.evidence("stated"), first.evidence("other")),
        indicator_id=b,
    )
