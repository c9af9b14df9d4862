"""That the second reader may be asked is foreseen while the document is still being read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cuadra import isolation, second_process, work
from cuadra.isolation import Isolation
from cuadra.options import Options
from cuadra.second_process import Asking, ReadBy, SecondReader, Wanted
from extract import read
from extract.limits import Limits, PageMap
from extract.types import RawFicha

PROGRAMME = Path("samples/piimss-2020-2024.pdf")
CARDS = next(Path("samples").glob("coneval-ficha-monitoreo-imss*.pdf"))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Wanted | ReadBy]:
    """What a document's process tells its run."""
    messages: list[Wanted | ReadBy] = []
    monkeypatch.setattr(second_process, "asking", Asking("", messages.append))
    return messages


def test_a_ficha_is_told_of_before_the_pages_after_the_next_are_read() -> None:
    pages: list[int] = []
    at: list[int] = []

    def one_after_the_other(
        function: Callable[[int], object], numbers: Sequence[int], *, dear: bool = False
    ) -> Iterable[object]:
        for number in numbers:
            pages.append(number)
            yield function(number)

    def noticed(ficha: RawFicha) -> None:
        at.append(len(pages))

    raw = read(PROGRAMME, pages=one_after_the_other, noticed=noticed)  # type: ignore[arg-type]
    assert len(at) == len(raw.fichas) == 18
    assert at == sorted(at) and at[0] < at[8] < at[16] < len(pages)


def test_the_first_ficha_tells_once_that_there_may_be_something_to_read_again(
    told: list[Wanted | ReadBy],
) -> None:
    work.process(PROGRAMME)
    foreseen, surely, *_ = told
    assert (foreseen, surely) == (Wanted(surely=False), Wanted(surely=True))
    assert [each for each in told if isinstance(each, Wanted)] == [foreseen, surely]


def test_where_sums_hold_that_is_all(told: list[Wanted | ReadBy], small_pdf: Path) -> None:
    assert work.process(small_pdf).indicators
    assert told == [Wanted(surely=False)]


def test_a_document_without_fichas_tells_nothing(told: list[Wanted | ReadBy]) -> None:
    assert work.process(CARDS).assessments
    assert told == []


def test_where_every_ficha_is_read_twice_the_first_says_so(
    told: list[Wanted | ReadBy], small_pdf: Path
) -> None:
    work.process(small_pdf, Options(double_check=True))
    assert told[0] == Wanted(surely=True)
    assert sum(isinstance(each, Wanted) for each in told) == 1


@pytest.mark.parametrize(
    ("surely", "running", "loaded"), [(True, 2, True), (False, 1, True), (False, 2, False)]
)
def test_what_is_not_sure_is_loaded_only_where_a_core_is_idle(
    surely: bool, running: int, loaded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[object] = []
    monkeypatch.setattr(isolation, "cores", lambda: 2)
    monkeypatch.setattr(SecondReader, "get_ready", lambda self: ready.append(self))
    with closing(Isolation(2, Limits(seconds=60.0))) as tasks:
        for key in range(running - 1):
            tasks.start(key, wait_for_the_end)
        tasks.start(9, tell, surely)
        while 9 not in dict(tasks.completed()):
            pass
    assert bool(ready) == loaded


def tell(surely: bool, _: PageMap) -> None:
    """A task that tells its run."""
    assert second_process.asking is not None
    second_process.asking.get_ready(surely=surely)


def wait_for_the_end(_: PageMap) -> None:
    """A task that has to be ended."""
    time.sleep(60)
