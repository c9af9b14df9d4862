"""How the CAL rules put a comparison into an answer and its sentences, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from normalize.numbers import Number, find_numbers, grouped, plain
from validate.arithmetic import Arithmetic, Unparsed, arithmetic
from validate.comparison import Comparison, Evaluated, Unavailable
from validate.formula.parse import UNBOUND, Method
from validate.formula.repair import is_one_slip
from validate.formula.substitution import Substitution
from validate.formula.tree import Constant, leaves, quantities
from validate.formula.usage import Usage
from validate.rule import Answer, Evidence, failed, not_applicable, passed
from validate.view import IndicatorView
from validate.witnesses import NAMES, Witness, stands_alone

NOTABLE_CHANGE = Fraction(1, 20)
"""An input that would have to change by more than this, not by a slip, explains nothing."""


def compared_answer(
    sums: Arithmetic,
    compared: Comparison,
    what_es: str,
    what_en: str,
    against_es: str,
    against_en: str,
    evidence: tuple[Evidence, ...],
    evaluated: Evaluated | Unavailable,
) -> Answer:
    """CAL01 and CAL03: passed, handed on to CAL05 / CAL06, or failed with what would mend it."""
    record = sums.view.record
    stated = shown(compared.stated)
    value = grouped(compared.computed)
    facts = {
        "stated": plain(compared.stated.fraction, compared.stated.places),
        "computed": plain(compared.computed),
    }
    if compared.agrees:
        how_es, how_en = _RELATION_WORDS[compared.relation]
        return passed(
            record,
            f"{what_es.capitalize()} da {value}, {how_es} {against_es} ({stated}).".replace(
                " a el ", " al "
            ),
            f"{what_en.capitalize()} gives {value}, {how_en} {against_en} ({stated}).",
            reading=compared.written,
            **facts,
        )
    if compared.relation in ("truncated", "reading"):
        code = "CAL05" if compared.relation == "truncated" else "CAL06"
        return not_applicable(
            record,
            f"{what_es.capitalize()} coincide con {against_es} sólo como dice {code}.",
            f"{what_en.capitalize()} agrees with {against_en} only as {code} says.",
        )
    alone = stands_alone(sums)
    return failed(
        record,
        f"{what_es.capitalize()} da {value} ({compared.written}), pero {against_es} es {stated}."
        + _mending(sums, compared, evaluated, alone, "es")
        + alone_words(alone, "es"),
        f"{what_en.capitalize()} gives {value} ({compared.written}), but {against_en} is {stated}."
        + _mending(sums, compared, evaluated, alone, "en")
        + alone_words(alone, "en"),
        difference=compared.difference,
        reading=compared.written,
        evidence=evidence,
        **facts,
    )


_RELATION_WORDS = {
    "equal": ("exactamente", "exactly"),
    "rounded": ("que redondea a", "which rounds to"),
    "inside": ("que dentro del redondeo de sus datos es", "which within its inputs' rounding is"),
}


def charitable_answers(view: IndicatorView, relation: str) -> Iterator[Answer]:
    """CAL05 and CAL06: one answer for method and substitution where both say the same."""
    sums = arithmetic(view)
    sides = [
        ("la sustitución", "the substitution", sums.substitution_against_result,
         substitution_evidence(view)),
        ("el método", "the method", sums.method_against_baseline, method_evidence(view)),
    ]  # fmt: skip
    known = [side for side in sides if isinstance(side[2], Comparison)]
    if not known:
        reason = sums.method_against_baseline
        assert isinstance(reason, Unavailable)
        yield not_applicable(view.record, sentence(reason.es), sentence(reason.en))
        return
    hits: dict[tuple[str, str], list[tuple[str, str, Comparison, tuple[Evidence, ...]]]] = {}
    for es, en, compared, evidence in known:
        assert isinstance(compared, Comparison)
        if compared.relation == relation:
            key = (
                plain(compared.stated.fraction, compared.stated.places),
                plain(compared.computed),
            )
            hits.setdefault(key, []).append((es, en, compared, evidence))
    if not hits:
        yield passed(
            view.record,
            "Ningún valor declarado necesita esta lectura.",
            "No stated value needs this reading.",
        )
        return
    for (stated, computed), group in hits.items():
        compared = group[0][2]
        who_es = " y ".join(es for es, _, _, _ in group)
        who_en = " and ".join(en for _, en, _, _ in group)
        es, en = _charitable_words(compared, who_es, who_en, len(group) > 1)
        evidence = tuple(dict.fromkeys(item for _, _, _, items in group for item in items))
        yield failed(
            view.record,
            es,
            en,
            stated=stated,
            computed=computed,
            difference=compared.difference,
            reading=compared.written,
            evidence=evidence,
        )


def _charitable_words(
    compared: Comparison, who_es: str, who_en: str, several: bool
) -> tuple[str, str]:
    stated, value = shown(compared.stated), grouped(compared.computed)
    gives_es, gives_en = ("dan", "give") if several else ("da", "gives")
    if compared.relation == "truncated":
        rounded = grouped(compared.computed, compared.stated.places)
        return (
            f"{who_es.capitalize()} {gives_es} {value}, que redondea a {rounded}: el valor "
            f"declarado, {stated}, está truncado.",
            f"{who_en.capitalize()} {gives_en} {value}, which rounds to {rounded}: the stated "
            f"value, {stated}, is truncated.",
        )
    assert compared.reading is not None
    assert compared.usual is not None
    usual = grouped(compared.usual)
    return (
        f"{who_es.capitalize()}, como está{'n' if several else ''} escrit"
        f"{'os' if several else 'o' if who_es == 'el método' else 'a'}, {gives_es} {usual}; "
        f"el valor declarado, {stated}, sólo sale como {compared.written} = {value} "
        f"({compared.reading.how_es}).",
        f"As written, {who_en} {gives_en} {usual}; the stated value, {stated}, follows only as "
        f"{compared.written} = {value} ({compared.reading.how_en}).",
    )


def _mending(
    sums: Arithmetic,
    compared: Comparison,
    evaluated: Evaluated | Unavailable,
    alone: Witness | None,
    language: str,
) -> str:
    """What would make the stated value true, told of the witness that stands alone, if one does."""
    if compared.power_of_ten:
        factor = grouped(Fraction(10) ** abs(compared.power_of_ten))
        up = compared.power_of_ten > 0
        if language == "es":
            more = f"multiplicara por {factor}" if up else f"dividiera entre {factor}"
            return f" Saldría si además se {more}: parece una escala mal escrita."
        more = "multiplied" if up else "divided"
        return f" It would follow if {more} by {factor} as well: a scale seems miswritten."
    repair = None if isinstance(evaluated, Unavailable) else _repair(sums, compared, evaluated)
    rounded = Fraction(plain(compared.computed, compared.stated.places))
    stated_slipped = is_one_slip(compared.stated, rounded)
    if stated_slipped and (alone in _STATED or (alone is None and not repair)):
        right = grouped(rounded, compared.stated.places)
        if language == "es":
            return f" Entre el valor declarado y {right} hay una sola errata."
        return f" The stated value is a single slip away from {right}."
    if repair is None or alone in _STATED:
        return ""
    old, new, slip = repair
    if language == "es":
        return f" Saldría si {old} fuera {new}{' (una sola errata)' if slip else ''}."
    return f" It would follow if {old} were {new}{' (a single slip)' if slip else ''}."


_STATED: tuple[Witness | None, ...] = ("result", "baseline")


def _repair(
    sums: Arithmetic, compared: Comparison, evaluated: Evaluated
) -> tuple[str, str, bool] | None:
    """The input to blame as printed, what it would have to be, and whether by a slip alone.

    A number of the substitution that is not its variable's is blamed before any other.
    """
    usage = sums.usage
    if evaluated is sums.by_substitution and isinstance(usage, Usage) and usage.misprint:
        index, slot = usage.misprint
        value = sums.variable_numbers[slot].fraction
        fitting = [r for r in compared.repairs if r.index == index and r.low <= value <= r.high]
        if fitting:
            printed = evaluated.printed[index]
            return shown(printed), shown(sums.variable_numbers[slot]), is_one_slip(printed, value)
    if not compared.repairs:
        return None
    best = compared.repairs[0]
    if not best.one_slip and best.change > NOTABLE_CHANGE:
        return None
    printed = evaluated.printed[best.index]
    return shown(printed), grouped(best.value, printed.places), best.one_slip


def alone_words(alone: Witness | None, language: str) -> str:
    if alone is None:
        return ""
    es, en = NAMES[alone]
    if language == "es":
        return (
            " De lo que debería coincidir (método, sustitución, resultado y línea base), lo único "
            f"que difiere de lo demás es {es}."
        )
    return (
        " Of what should agree (method, substitution, result and baseline), only one differs from "
        f"the rest: {en}."
    )


def usage_sentences(
    sums: Arithmetic, substitution: Substitution, usage: Usage, foreign: tuple[int, ...]
) -> tuple[str, str]:
    es: list[str] = []
    en: list[str] = []
    numbers = [shown(substitution.numbers[index]) for index in foreign]
    if len(foreign) == 1 and len(usage.unused) == 1:
        variable = sums.variables[usage.unused[0]]
        value = shown(sums.variable_numbers[usage.unused[0]])
        return (
            f"La sustitución usa {numbers[0]} donde la variable {variable.position} "
            f"({variable.name}) vale {value}.",
            f"The substitution uses {numbers[0]} where variable {variable.position} "
            f"({variable.name}) is {value}.",
        )
    if numbers:
        listed = list(dict.fromkeys(numbers))
        one = len(listed) == 1
        none_es = "no es variable declarada" if one else "no son variables declaradas"
        none_en = "is no stated variable" if one else "are no stated variables"
        constant_es, constant_en = (
            ("constante", "a constant") if one else ("constantes", "constants")
        )
        es.append(f"usa {', '.join(listed)}, que {none_es} ni {constant_es} del método")
        en.append(f"uses {', '.join(listed)}, which {none_en} nor {constant_en} of the method")
    for slot in usage.unused:
        variable, value = sums.variables[slot], shown(sums.variable_numbers[slot])
        es.append(f"deja fuera la variable {variable.position} ({variable.name}, {value})")
        en.append(f"leaves out variable {variable.position} ({variable.name}, {value})")
    and_es, and_en = (", y ", ", and ") if numbers else (" y ", " and ")
    return f"La sustitución {and_es.join(es)}.", f"The substitution {and_en.join(en)}."


_UNCERTAIN = Unavailable(
    "no es seguro qué frase del método es cada variable",
    "it is not certain which phrase of the method is which variable",
)


def why_usage_is_unknown(sums: Arithmetic) -> Unavailable | None:
    if isinstance(sums.substitution, Unavailable):
        return sums.substitution
    if not sums.variables:
        return Unavailable("la ficha no da variables", "the ficha gives no variables")
    if any(number.value is None for number in sums.variable_numbers):
        return Unavailable(
            "alguna variable no tiene un valor legible", "a variable has no readable value"
        )
    if sums.substitution.is_bare and len(sums.variables) > 1:
        return Unavailable(
            "la sustitución es sólo un resultado, sin operación",
            "the substitution is only a result, without an operation",
        )
    usage = sums.usage
    if isinstance(usage, Usage) and usage.foreign:
        # The numbers may be worked out from the variables, as a method says that is not understood.
        if usage.unused and isinstance(sums.method, Unparsed) and slipped(sums, usage) is None:
            return sums.method
        if not sure_foreign(sums, usage):
            return _UNCERTAIN
    return None


def understood(sums: Arithmetic) -> bool:
    """Whether the method is read and its phrases are the variables for certain."""
    return isinstance(sums.method, Method) and sums.knows_phrases(sums.method)


def sure_foreign(sums: Arithmetic, usage: Usage) -> tuple[int, ...]:
    """The numbers that are foreign for certain.

    Where the method is not understood nobody knows its constants: only a number that stands in the
    place of the one variable that is missing, or is a digit away from one, is foreign then; and one
    in the place of a phrase of the method for which the ficha has no variable.
    """
    if understood(sums):
        return usage.foreign
    slip = slipped(sums, usage) or usage.misprint
    return unlisted(sums, usage) if slip is None else (slip[0],)


def _may_stand_in(phrase: str, value: Fraction) -> bool:
    """Whether a number is one that stands in a phrase, in whatever power of ten ("100 mil")."""
    numbers = [found.number for found in find_numbers(phrase)]
    ratios = [value / number.fraction for number in numbers if number.value]
    return any(
        all(str(part).rstrip("0") == "1" for part in (abs(ratio.numerator), ratio.denominator))
        for ratio in ratios
    )


def unlisted(sums: Arithmetic, usage: Usage) -> tuple[int, ...]:
    """The numbers that stand where the method has a phrase that is no stated variable.

    Certain only where method and substitution have the same leaves, number for number, and every
    variable has its place: a phrase that holds a number may be a constant, its number.
    """
    method, substitution = sums.method, sums.substitution
    if not isinstance(method, Method) or isinstance(substitution, Unavailable) or usage.unused:
        return ()
    expected = leaves(method.node)
    found = [item.index for item in quantities(substitution.node)]
    if len(expected) != len(found) or not usage.variables:
        return ()
    places: list[int] = []
    unbound = range(UNBOUND, UNBOUND + len(method.phrases))
    for index, leaf in zip(found, expected, strict=True):
        if isinstance(leaf, Constant):
            if index not in usage.constants:
                return ()
        elif index in usage.variables:
            if leaf.index not in (usage.variables[index], *unbound):
                return ()
        elif index in usage.foreign and leaf.index in unbound:
            if _may_stand_in(leaf.text, substitution.numbers[index].fraction):
                return ()
            places.append(index)
        else:
            return ()
    return tuple(places)


def slipped(sums: Arithmetic, usage: Usage) -> tuple[int, int] | None:
    """The one pair of a foreign number and an unused variable that are a digit apart, if any."""
    if isinstance(sums.substitution, Unavailable):
        return None
    numbers = sums.substitution.numbers
    pairs = [
        (index, slot)
        for index in usage.foreign
        for slot in usage.unused
        if is_one_slip(numbers[index], sums.variable_numbers[slot].fraction)
    ]
    return pairs[0] if len(pairs) == 1 else None


def why_functions_are_unknown(sums: Arithmetic) -> Unavailable | None:
    if isinstance(sums.method, Unavailable):
        return sums.method
    if not sums.method.bound or not sums.knows_phrases(sums.method):
        return _UNCERTAIN
    return why_usage_is_unknown(sums)


def substitution_evidence(view: IndicatorView) -> tuple[Evidence, ...]:
    return (Evidence("indicators", view.record, "substitution", "stated"),)


def method_evidence(view: IndicatorView) -> tuple[Evidence, ...]:
    return (
        Evidence("indicators", view.record, "baseline_value", "stated"),
        Evidence("indicators", view.record, "method", "input"),
        *(Evidence("variables", row.record_key, "value", "input") for row in view.variables),
    )


def value_of(evaluated: Evaluated | Unavailable) -> Fraction:
    assert isinstance(evaluated, Evaluated)
    return evaluated.value


def shown(number: Number) -> str:
    return grouped(number.fraction, number.places)


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
