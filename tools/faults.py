"""How many of the errors that a programme could have are found?

Injects one fault at a time into the fichas of a programme, renders the faulted programme, reads
and audits it as any other document, and compares the findings with those of the programme without
the fault, rendered alike. A fault is found when a new finding of a fitting rule concerns its
indicator; new findings that do not concern it are noise. A fault that changes nothing that is
said (:func:`is_void`) is not injected.

    python tools/faults.py --seed 1 --count 120

Prints a table by kind and every miss. Exit status 1 when less than 95 % is found or with any noise.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from normalize.schema import Finding
from samples.fichas_reportlab import render

Ficha = dict[str, Any]
FindingKey = tuple[str, ...]
"""Rule, indicator, stated, computed and the records that it rests on: what makes a finding one."""

FICHAS = Path(__file__).parent.parent / "samples" / "sources" / "piimss-2020-2024.fichas.json"
WANTED_SHARE = 95

FITTING: Mapping[str, frozenset[str]] = {
    "variable digit": frozenset({"CAL01", "CAL03", "CAL04", "CRO01"}),
    "base digit": frozenset({"CAL02", "CAL03", "SER01", "SER03"}),
    "result digit": frozenset({"CAL01", "CAL02"}),
    "final target digit": frozenset({"SER02", "SER03", "SER05", "SER06"}),
    "targets swapped": frozenset({"SER02", "SER03", "SER04", "SER05"}),
    "year dropped": frozenset({"SER02", "SER08"}),
    "term dropped": frozenset({"CAL01", "CAL03", "CAL04", "CAL07", "CAL08"}),
    "constant changed": frozenset({"CAL01", "CAL03", "CAL04", "CAL07", "CAL08"}),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in one ficha: the ficha as faulted, and what was done to it in words."""

    kind: str
    indicator_id: str
    what: str
    ficha: Ficha


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the audit of a faulted programme said that it did not say before."""

    fault: Fault
    fitting: tuple[str, ...]
    other: tuple[str, ...]
    noise: tuple[str, ...]


def faults_of(ficha: Ficha, random_source: random.Random) -> Iterator[Fault]:
    """Every fault that this ficha can have; which digit replaces another is drawn at random."""

    def fault(kind: str, what: str, change: Callable[[Ficha], None]) -> Fault:
        faulted = copy.deepcopy(ficha)
        # The heading "META 2024" stays when the last year drops out of the targets.
        faulted.setdefault("target_year", max(ficha["target_series"]))
        change(faulted)
        return Fault(kind, ficha["indicator_id"], what, faulted)

    def put(name: str, text: str) -> Callable[[Ficha], None]:
        return lambda faulted: faulted.update({name: text})

    def put_value(at: int, text: str) -> Callable[[Ficha], None]:
        return lambda faulted: faulted["variables"][at].update(value_text=text)

    def drop(name: str, year: str) -> Callable[[Ficha], None]:
        return lambda faulted: faulted[name].pop(year)

    def swap(first: str, second: str) -> Callable[[Ficha], None]:
        targets = ficha["target_series"]
        swapped = {first: targets[second], second: targets[first]}
        return lambda faulted: faulted["target_series"].update(swapped)

    for at, variable in enumerate(ficha["variables"]):
        old = variable["value_text"]
        for text in other_digits(old, random_source):
            yield fault("variable digit", f"variable {at + 1}: {old} → {text}", put_value(at, text))
    for kind, name in (("base digit", "baseline_text"), ("final target digit", "target_text")):
        for text in other_digits(ficha[name], random_source):
            yield fault(kind, f"{name}: {ficha[name]} → {text}", put(name, text))
    expression, result = split_result(ficha["substitution"])
    for text in other_digits(result, random_source):
        yield fault("result digit", f"{result} → {text}", put("substitution", expression + text))
    for first, second in combinations(ficha["target_series"], 2):
        yield fault("targets swapped", f"{first} and {second}", swap(first, second))
    for name in ("historical_series", "target_series"):
        for year in ficha[name]:
            yield fault("year dropped", f"{name} without {year}", drop(name, year))
    for name in ("method", "substitution"):
        for text in dict.fromkeys(without_a_term(ficha[name])):
            yield fault("term dropped", f"{name}: {text}", put(name, text))
        for text in other_constants(ficha[name], random_source):
            yield fault("constant changed", f"{name}: {text}", put(name, text))


def other_digits(text: str, random_source: random.Random) -> Iterator[str]:
    """The text with one digit replaced, each digit in turn."""
    for at, digit in enumerate(text):
        if digit.isdigit():
            other = random_source.choice([new for new in "0123456789" if new != digit])
            yield text[:at] + other + text[at + 1 :]


def split_result(substitution: str) -> tuple[str, str]:
    """``"a / b = 29.99"`` → ``("a / b =", " 29.99")``; a lone number is its own result."""
    expression, equals, result = substitution.rpartition("=")
    return expression + equals, result


OPERATOR = re.compile(r"\s[-+–−]\s")
BRACKETS = {"(": ")", "[": "]", "{": "}"}


def without_a_term(formula: str) -> Iterator[str]:
    """The formula without one of the terms of a sum, each term of each sum in turn.

    A sum is two or more terms between spaced plus or minus signs at one depth of brackets. The
    side that a method or a substitution is equal to is no part of it.
    """
    for start, operators, end in sums(formula):
        edges = [(start, start), *operators, (end, end)]
        for at in range(len(edges) - 1):
            (_, term_start), (term_end, next_start) = edges[at], edges[at + 1]
            cut = (term_start, next_start) if at == 0 else (edges[at][0], term_end)
            yield formula[: cut[0]] + formula[cut[1] :]


def sums(formula: str) -> list[tuple[int, list[tuple[int, int]], int]]:
    """Each sum in a formula: where it starts, its operators' spans, where it ends."""
    left, equals, right = formula.partition("=")
    # In "name = terms" the terms are on the right; in "terms = result" on the left.
    named = bool(equals) and not any(character.isdigit() for character in left)
    begin = len(formula) - len(right.lstrip()) if named else 0
    end = len(formula) if named else len(left.rstrip())
    found = []
    stack: list[tuple[int, list[tuple[int, int]]]] = [(begin, [])]
    for at in range(begin, end):
        if formula[at] in BRACKETS:
            stack.append((at + 1, []))
        elif formula[at] in BRACKETS.values() and len(stack) > 1:
            inner, operators = stack.pop()
            found.append((inner, operators, at))
        elif (match := OPERATOR.match(formula, at)) and match.end() <= end:
            stack[-1][1].append(match.span())
    outer, operators = stack[0]
    found.append((outer, operators, end))
    return [found_sum for found_sum in found if found_sum[1]]


POWER_OF_TEN = re.compile(r"(?<=[xX×*·])\s*(100, ?000|1000|100)(?![\d,])")
WEIGHT = re.compile(r"(?<![\d,])\.\d+(?= x )")


def other_constants(formula: str, random_source: random.Random) -> Iterator[str]:
    """The formula with one of its constants changed: a power of ten tenfold, a weight's digit."""
    for match in POWER_OF_TEN.finditer(formula):
        start, end = match.span(1)
        yield formula[:start] + random_source.choice(["10", "10000"]) + formula[end:]
    for match in WEIGHT.finditer(formula):
        weight = random_source.choice(list(other_digits(match.group(), random_source)))
        yield formula[: match.start()] + weight + formula[match.end() :]


def is_void(fault: Fault, ficha: Ficha) -> bool:
    """Whether nobody could see the fault, since all that is said stays as true as it was.

    That is so when the numbers that it puts in have the value of those that it takes out (equal
    targets swapped, ``00`` for ``0``). Nothing else is left out: a digit of a variable that is
    multiplied by zero still contradicts the substitution that prints it, and without a term of
    value zero, or with another weight of a zero, method and substitution are different formulas.
    """
    old, new = numbers_touched(fault.kind, ficha), numbers_touched(fault.kind, fault.ficha)
    return bool(old) and all(map(same_value, old, new))


def numbers_touched(kind: str, ficha: Ficha) -> list[str]:
    """The printed numbers of which faults of this kind change some; none for changed formulas."""
    if kind == "variable digit":
        return [variable["value_text"] for variable in ficha["variables"]]
    if kind == "base digit":
        return [ficha["baseline_text"]]
    if kind == "result digit":
        return [split_result(ficha["substitution"])[1]]
    if kind == "final target digit":
        return [ficha["target_text"]]
    if kind == "targets swapped":
        return list(ficha["target_series"].values())
    return []


def same_value(old: str, new: str) -> bool:
    try:
        return plain_value(old) == plain_value(new)
    except InvalidOperation:
        return old == new


def plain_value(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s,%$]", "", text))


def draw(fichas: Sequence[Ficha], seed: int, count: int) -> list[Fault]:
    """``count`` different faults, the kinds in turn, drawn from all that the fichas can have."""
    random_source = random.Random(seed)
    pools: dict[str, list[Fault]] = {kind: [] for kind in FITTING}
    for ficha in fichas:
        for fault in faults_of(ficha, random_source):
            if not is_void(fault, ficha):
                pools[fault.kind].append(fault)
    for pool in pools.values():
        random_source.shuffle(pool)
    drawn: list[Fault] = []
    while len(drawn) < count and any(pools.values()):
        drawn += [pool.pop() for pool in pools.values() if pool]
    return drawn[:count]


def findings_of(fichas: Sequence[Ficha]) -> dict[FindingKey, frozenset[str]]:
    """The findings of a rendered programme, each with the indicators that it concerns."""
    import extract
    from cuadra.version import READING_VERSION
    from normalize.records import normalize
    from validate.engine import audit

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "programme.pdf"
        render(fichas, path)
        _, findings = audit(normalize(extract.read(path), READING_VERSION))
    return {key_of(finding): concerned(finding) for finding in findings}


def records_of(finding: Finding) -> list[str]:
    return sorted(entry["record"] for entry in json.loads(finding.evidence))


def key_of(finding: Finding) -> FindingKey:
    said = (finding.indicator_id or "", finding.stated or "", finding.computed or "")
    return (finding.rule, *said, *records_of(finding))


def concerned(finding: Finding) -> frozenset[str]:
    """The finding's own indicator and those whose values it rests on."""
    owners = (record.split("/")[0] for record in records_of(finding))
    return frozenset(filter(None, (finding.indicator_id, *owners)))


LEADING_ZERO = re.compile(r"[-$]*0[\d,]")


def fitting_rules(fault: Fault) -> frozenset[str]:
    """The rules that say what this fault did. ``0,573,224`` is no number: saying so fits it."""
    texts = numbers_touched(fault.kind, fault.ficha)
    unreadable = {"REA03"} if any(map(LEADING_ZERO.match, texts)) else set()
    return FITTING[fault.kind] | unreadable


def inject(
    fault: Fault, fichas: Sequence[Ficha], before: Mapping[FindingKey, frozenset[str]]
) -> Outcome:
    """Audit the programme with this fault and sort what is new."""
    faulted = [
        fault.ficha if ficha["indicator_id"] == fault.indicator_id else ficha for ficha in fichas
    ]
    fitting, other, noise = [], [], []
    for key, indicators in findings_of(faulted).items():
        if key in before:
            continue
        rule = key[0]
        if fault.indicator_id not in indicators:
            noise.append(f"{rule} {key[1]} ({key[2]} / {key[3]})")
        elif rule in fitting_rules(fault):
            fitting.append(rule)
        else:
            other.append(rule)
    return Outcome(fault, tuple(fitting), tuple(other), tuple(noise))


def run(fichas: Sequence[Ficha], faults: Sequence[Fault]) -> list[Outcome]:
    """Inject each fault, on all cores."""
    before = findings_of(fichas)
    task = partial(inject, fichas=fichas, before=before)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        return list(pool.map(task, faults, chunksize=4))


def summary(outcomes: Sequence[Outcome]) -> str:
    """A table by kind, then every miss and all noise with what was done."""
    injected = Counter(outcome.fault.kind for outcome in outcomes)
    found = Counter(outcome.fault.kind for outcome in outcomes if outcome.fitting)
    noisy = Counter(outcome.fault.kind for outcome in outcomes if outcome.noise)
    lines = [f"{'fault':<20}{'injected':>9}{'found':>7}{'noise':>7}  found by"]
    for kind in injected:
        rules = Counter(
            rule
            for outcome in outcomes
            if outcome.fault.kind == kind
            for rule in set(outcome.fitting)
        )
        by_rule = ", ".join(f"{rule} {rules[rule]}" for rule in sorted(rules))
        lines.append(f"{kind:<20}{injected[kind]:>9}{found[kind]:>7}{noisy[kind]:>7}  {by_rule}")
    lines.append(f"{'all':<20}{len(outcomes):>9}{found.total():>7}{noisy.total():>7}")
    for outcome in outcomes:
        where = f"{outcome.fault.kind}, {outcome.fault.indicator_id}: {outcome.fault.what}"
        if not outcome.fitting:
            instead = ", ".join(outcome.other) or "nothing"
            lines.append(f"missed: {where} (new instead: {instead})")
        if outcome.noise:
            lines.append(f"noise: {where}: {'; '.join(outcome.noise)}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=120)
    arguments = parser.parse_args()
    fichas = json.loads(FICHAS.read_text(encoding="utf-8"))
    outcomes = run(fichas, draw(fichas, arguments.seed, arguments.count))
    print(summary(outcomes))
    share = 100 * sum(bool(outcome.fitting) for outcome in outcomes) / len(outcomes)
    print(f"{share:.1f} % found ({WANTED_SHARE} % wanted)")
    return int(share < WANTED_SHARE or any(outcome.noise for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
