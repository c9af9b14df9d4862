"""Errors injected into the published prose and cards: a sample of them, drawn evenly, is found."""

from __future__ import annotations

from collections import Counter

import pytest

from tools.faults_prose import DOCUMENTS, WANTED_SHARE, Fault, faults, inject, summary

EVERY = 11
"""One fault of so many is injected here; the tool injects them all."""


@pytest.fixture(scope="module")
def injected() -> list[Fault]:
    return faults()


def test_every_document_and_kind_has_its_faults(injected: list[Fault]) -> None:
    kinds = Counter(fault.kind for fault in injected)
    assert len(kinds) == 10
    assert min(kinds.values()) >= 15
    assert {fault.document for fault in injected} == set(DOCUMENTS)
    assert len(set(injected)) == len(injected)


def test_nearly_all_are_found_and_nothing_else(injected: list[Fault]) -> None:
    outcomes = [inject(fault) for fault in injected[::EVERY]]
    found = [outcome for outcome in outcomes if outcome.found]
    assert 100 * len(found) >= WANTED_SHARE * len(outcomes), summary(outcomes)
    assert not [outcome for outcome in outcomes if outcome.noise], summary(outcomes)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("grade in prose", "un retroceso", "un logro alcanzado"),
        ("ordinal", "tercero", "primero"),
        ("direction", "un aumento", "una disminución"),
        ("amount in words", "una tercera parte", "la mitad"),
    ],
)
def test_one_of_a_kind_is_found(injected: list[Fault], kind: str, old: str, new: str) -> None:
    fault = next(f for f in injected if (f.kind, f.old, f.new) == (kind, old, new))
    assert inject(fault).found
