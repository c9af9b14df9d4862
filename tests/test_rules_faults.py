"""One misprint at a time in sound fichas: the SER rules find what the print itself shows.

A fault is visible where the ficha prints the figure twice, declares how its targets came about, or
where the fault breaks the expected trend, the bounds of the unit or the row of years. A digit that
does none of this nobody can see.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from normalize.numbers import parse_number, printed_agree
from normalize.schema import Finding
from tests.build import normalized_from_json, piimss
from tests.wild_notes import GROWTH, PARTS
from tests.wild_series import SERIES
from validate import engine
from validate.engine import audit
from validate.rule import REGISTRY

Ficha = dict[str, Any]
WANTED = 0.95


@dataclass(frozen=True)
class Fault:
    kind: str
    indicator_id: str
    what: str
    ficha: Ficha
    rules: frozenset[str]


def wild() -> list[Ficha]:
    """The sound fichas of the tables, with keys of their own."""
    sound = [
        given
        for table in (SERIES, GROWTH, PARTS)
        for given, found in table.values()
        if found <= {"SER09"}
    ]
    return [
        ficha | {"indicator_id": f"{n // 10 + 1}.{n % 10 + 1}"} for n, ficha in enumerate(sound)
    ]


def value(text: str) -> Decimal | None:
    return parse_number(text).value


def other_digit(text: str, draw: random.Random) -> str | None:
    """The number with one digit replaced so that it is another number, or nothing."""
    places = [n for n, sign in enumerate(text) if sign.isdigit()]
    if not places or value(text) is None:
        return None
    place = draw.choice(places)
    digit = draw.choice([sign for sign in "123456789" if sign != text[place]])
    changed = f"{text[:place]}{digit}{text[place + 1 :]}"
    same = printed_agree(parse_number(text), parse_number(changed))
    return None if same or value(changed) is None else changed


def against_trend(ficha: Ficha, targets: dict[str, str]) -> bool:
    """Whether the targets break the declared trend among themselves (an accumulated one's too)."""
    values = [parse_number(text) for _, text in sorted(targets.items())]
    known = [number for number in values if number.value is not None]
    for earlier, later in pairwise(known):
        if printed_agree(earlier, later) or earlier.scale or later.scale:
            continue
        rises = later.fraction > earlier.fraction
        if ficha.get("trend") == "Constante" or rises == (ficha.get("trend") == "Descendente"):
            return ficha.get("trend") is not None
    return False


def faults(ficha: Ficha, declared: bool, draw: random.Random) -> Iterator[Fault]:
    """The visible faults of one ficha; ``declared``: a note gives all its targets."""
    key, targets = ficha["indicator_id"], ficha["target_series"]
    years = sorted(targets)
    goal_year = str(ficha.get("target_year") or years[-1])
    history, base_year = ficha.get("historical_series", {}), str(ficha.get("baseline_year"))
    if base_year in history and value(history[base_year]) is not None:
        changed = other_digit(ficha["baseline_text"], draw)
        if changed and not printed_agree(parse_number(changed), parse_number(history[base_year])):
            yield Fault("base", key, changed, ficha | {"baseline_text": changed},
                        frozenset({"SER01"}))  # fmt: skip
        changed = other_digit(history[base_year], draw)
        if changed and not printed_agree(
            parse_number(changed), parse_number(ficha["baseline_text"])
        ):
            yield Fault("history", key, changed,
                        ficha | {"historical_series": history | {base_year: changed}},
                        frozenset({"SER01"}))  # fmt: skip
    if goal_year in targets and value(targets[goal_year]) is not None:
        changed = other_digit(ficha["target_text"], draw)
        if changed and not printed_agree(parse_number(changed), parse_number(targets[goal_year])):
            yield Fault("final", key, changed, ficha | {"target_text": changed},
                        frozenset({"SER02"}))  # fmt: skip
    for year in years:
        changed = other_digit(targets[year], draw)
        if not changed:
            continue
        faulted = targets | {year: changed}
        twice = year == goal_year and not printed_agree(
            parse_number(changed), parse_number(ficha["target_text"])
        )
        if twice or declared or against_trend(ficha, faulted):
            yield Fault("target", key, f"{year}: {targets[year]} -> {changed}",
                        ficha | {"target_series": faulted},
                        frozenset({"SER02", "SER03", "SER04", "SER05", "SER07"}))  # fmt: skip
    for one, two in pairwise(years):
        swapped = targets | {one: targets[two], two: targets[one]}
        if against_trend(ficha, swapped):
            yield Fault("swap", key, f"{one} {two}", ficha | {"target_series": swapped},
                        frozenset({"SER02", "SER03", "SER04"}))  # fmt: skip
    for name in ("target_series", "historical_series"):
        printed = sorted(ficha.get(name, {}), key=int)
        yearly = all(int(b) - int(a) == 1 for a, b in pairwise(printed))
        for year in printed[1:-1] if yearly and len(printed) > 3 else ():
            rest = {y: text for y, text in ficha[name].items() if y != year}
            yield Fault("drop", key, f"{name} {year}", ficha | {name: rest},
                        frozenset({"SER08"}))  # fmt: skip


def keyed(findings: list[Finding]) -> set[tuple[str, str | None]]:
    return {(f.rule, f.indicator_id) for f in findings}


def misses_and_noise(fichas: list[Ficha], seed: int) -> tuple[int, list[str], list[str]]:
    """How many faults there were, those not found, and findings on indicators without a fault."""
    draw = random.Random(seed)
    checks, before = audit(normalized_from_json(fichas))
    declared = {c.record for c in checks if c.rule == "SER05" and c.outcome == "passed"}
    means = {c.record for c in checks if c.rule == "SER05" and "del periodo" in (c.reading or "")}
    count, missed, noise = 0, [], []
    for place, ficha in enumerate(fichas):
        key = ficha["indicator_id"]
        for fault in faults(ficha, key in declared - means, draw):
            faulted = [*fichas[:place], fault.ficha, *fichas[place + 1 :]]
            new = audit(normalized_from_json(faulted))[1]
            count += 1
            if not any(f.rule in fault.rules and f.indicator_id == key for f in new):
                missed.append(f"{fault.kind} {key} {ficha['name']}: {fault.what}")
            extra = {item for item in keyed(new) - keyed(before) if item[1] != key}
            noise += [f"{fault.kind} {key} {fault.what}: {item}" for item in extra]
    return count, missed, noise


@pytest.fixture(autouse=True)
def only_ser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formulas have their own tests of faults, SER09 judges nothing, and both take time."""
    codes = {f"SER0{n}" for n in range(1, 9)}
    ser = {code: rule for code, rule in REGISTRY.items() if code in codes}
    monkeypatch.setattr(engine, "REGISTRY", ser)


def hold(fichas: list[Ficha], together: int, at_least: int) -> None:
    """Fault the fichas, audited in documents of so many, and hold the share that is found."""
    count, missed, noise = 0, [], []
    for n in range(0, len(fichas), together):
        some = misses_and_noise(fichas[n : n + together], seed=n)
        count, missed, noise = count + some[0], missed + some[1], noise + some[2]
    assert count >= at_least
    assert len(missed) <= (1 - WANTED) * count, missed
    assert noise == []


def test_visible_faults_of_the_sample_are_found_and_nothing_else() -> None:
    hold(piimss(), together=6, at_least=300)


def test_visible_faults_of_other_programmes_are_found_and_nothing_else() -> None:
    hold(wild()[::3], together=6, at_least=300)
