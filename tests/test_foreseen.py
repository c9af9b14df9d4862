"""A doubt is foreseen while the document is still being read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from cuadra import second_process
from cuadra.foreseen import foreseeing
from cuadra.second_process import Asking, ReadBy, Wanted
from extract import read
from extract.types import RawFicha

PROGRAMME = Path("samples/piimss-2020-2024.pdf")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Wanted | ReadBy]:
    """What a document's process tells its run."""
    messages: list[Wanted | ReadBy] = []
    monkeypatch.setattr(second_process, "asking", Asking("", messages.append, early=True))
    return messages


def test_a_ficha_is_told_of_before_the_pages_after_the_next_are_read() -> None:
    pages: list[int] = []
    at: list[int] = []

    def one_after_the_other(
        function: Callable[[int], object], numbers: Sequence[int]
    ) -> Iterable[object]:
        for number in numbers:
            pages.append(number)
            yield function(number)

    def noticed(ficha: RawFicha) -> None:
        at.append(len(pages))

    raw = read(PROGRAMME, pages=one_after_the_other, noticed=noticed)  # type: ignore[arg-type]
    assert len(at) == len(raw.fichas) == 18
    assert at == sorted(at) and at[0] < at[8] < at[16] < len(pages)


def test_a_broken_sum_has_the_second_reader_loaded_once(told: list[Wanted | ReadBy]) -> None:
    read(PROGRAMME, noticed=foreseeing(False))
    assert told == [Wanted()]


def test_sums_that_hold_do_not(told: list[Wanted | ReadBy], small_pdf: Path) -> None:
    raw = read(small_pdf, noticed=foreseeing(False))
    assert raw.fichas and told == []


def test_where_every_ficha_is_read_twice_the_first_has_it_loaded(
    told: list[Wanted | ReadBy], small_pdf: Path
) -> None:
    read(small_pdf, noticed=foreseeing(True))
    assert told == [Wanted()]


def test_nothing_is_foreseen_where_nobody_waits_for_it(
    told: list[Wanted | ReadBy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_process, "asking", Asking("", told.append))
    read(PROGRAMME, noticed=foreseeing(False))
    monkeypatch.setattr(second_process, "asking", None)
    read(PROGRAMME, noticed=foreseeing(True))
    assert told == []
