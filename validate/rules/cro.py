"""CRO01: one variable, two values, in two indicators of a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalize.numbers import Number, plain, printed_agree
from normalize.schema import Variable
from normalize.text import match_key
from validate.formula.names import bare
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.view import DocumentView, IndicatorView

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
    ni punto final), año base, fuente y unidad tengan el mismo valor en todas las fichas. Dos
    impresiones son la misma si la más fina redondea a la otra. No aplica a variables que solo usa
    un indicador.

    Por qué importa. Es un mismo dato de una misma fuente; con dos valores, al menos uno de los
    indicadores está mal calculado.

    Ejemplo. «Población derechohabiente» (2018, misma fuente): 57,475,897 en el indicador 2.1 y
    57,457,897 en el 2.4.

    ---

    One variable has two values in two indicators of the document.

    What it checks. That variables of one name (case, accents, a key in brackets and the final stop
    aside), base year, source and unit have one value in all fichas. Two printings are the same when
    the finer rounds to the coarser. Not applicable to variables that one indicator alone uses.

    Why it matters. It is one figure of one source; with two values at least one of the indicators
    is calculated wrongly.

    Example. “Población derechohabiente” (2018, same source): 57,475,897 in indicator 2.1 and
    57,457,897 in 2.4.
    """
    groups: defaultdict[tuple[object, ...], list[_Stated]] = defaultdict(list)
    for view in document.indicators:
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
                    "Falta el nombre, la fuente o el año base: no se puede decir que sea la misma.",
                    "Name, source or base year is missing: that it is the same cannot be said.",
                )
            else:
                groups[key].append(stated)
    for group in groups.values():
        yield from _compare(group)


def _key(stated: _Stated) -> tuple[object, ...] | None:
    """What makes two variables the same one; ``None`` where something of it is not printed."""
    variable, row = stated.variable, stated.view.indicator
    name, source = bare(variable.name or ""), match_key(variable.source or "")
    if not name or not source or row.baseline_year is None:
        return None
    words = match_key(f"{variable.name} {variable.source} {stated.number.unit}")
    scale = tuple(sorted(set(_SCALE.findall(words))))
    return name, row.baseline_year, source, scale


def _aside(stated: _Stated, reason_es: str, reason_en: str) -> Answer:
    answer = not_applicable(stated.variable.record_key, reason_es, reason_en)
    return replace(answer, indicator_id=stated.indicator_id)


def _compare(group: list[_Stated]) -> Iterator[Answer]:
    """Compare each variable of a group with the first one; one answer each."""
    first, *rest = group
    elsewhere = [item for item in rest if item.indicator_id != first.indicator_id]
    if not elsewhere:
        for item in group:
            yield _aside(
                item,
                "Ningún otro indicador usa esta variable con el mismo año base y fuente.",
                "No other indicator uses this variable with the same base year and source.",
            )
        return
    names = ", ".join(item.variable.record_key for item in elsewhere)
    yield _aside(first, f"Se compara en {names}.", f"It is compared in {names}.")
    for item in rest:
        if item.indicator_id == first.indicator_id:
            yield _aside(
                item,
                "La variable se repite dentro del mismo indicador.",
                "The variable recurs within the same indicator.",
            )
        else:
            yield _pair(first, item)


def _pair(first: _Stated, second: _Stated) -> Answer:
    agree = printed_agree(first.number, second.number)
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
