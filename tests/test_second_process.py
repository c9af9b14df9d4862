"""The second reader's process: shared by the documents of a run, and harmless where it fails."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from cuadra import second_process
from cuadra.isolation import Done, Isolation, Stopped
from cuadra.second_process import Request
from extract.camelot_reader import read_again
from extract.limits import Limits, PageMap
from extract.template import TEMPLATES

PROGRAMME = Path("samples/piimss-2020-2024.pdf").resolve()
PAGES = (52, 53)
TEMPLATE = TEMPLATES[0]


def ask(path: Path, _: PageMap) -> Any:
    """Two pages by the second reader, and whether camelot came into this process for them."""
    try:
        fichas: Any = second_process.read_again(Request(path, PAGES, TEMPLATE, None))
    except Exception as error:
        fichas = f"{type(error).__name__}: {error}"
    return fichas, "camelot" in sys.modules


def ask_nobody(path: Path, pages: PageMap) -> Any:
    """The same, where nobody answers."""
    assert second_process.asking is not None
    second_process.asking.address += "-gone"
    return ask(path, pages)


def ask_ahead(path: Path, _: PageMap) -> Any:
    """The same, each of which was begun before: as it was asked for, or of another page."""
    answers = []
    for pages in (PAGES, PAGES[:1]):
        begun = second_process.begin(Request(path, pages, TEMPLATE, None))
        answers.append(second_process.read_again(Request(path, PAGES, TEMPLATE, None), begun))
    return answers, "camelot" in sys.modules


@pytest.fixture
def isolation() -> Iterator[Isolation]:
    isolation = Isolation(1, Limits(seconds=60.0))
    yield isolation
    isolation.close()


def ended(
    isolation: Isolation, task: Callable[[Path, PageMap], Any], path: Path = PROGRAMME
) -> Done | Stopped:
    isolation.start(0, task, path)
    ((_, result),) = list(isolation.completed())
    return result


def answer(
    isolation: Isolation, task: Callable[[Path, PageMap], Any], path: Path = PROGRAMME
) -> Any:
    result = ended(isolation, task, path)
    assert isinstance(result, Done), result
    return pickle.loads(result.pickled)


def second(isolation: Isolation) -> psutil.Process:
    process = isolation._second._process
    assert process is not None
    return psutil.Process(process.pid)


def test_documents_are_read_again_by_one_process_that_has_camelot(isolation: Isolation) -> None:
    expected = read_again(PROGRAMME, PAGES, TEMPLATE)
    assert expected
    assert answer(isolation, ask) == (expected, False)
    first = second(isolation)
    assert answer(isolation, ask) == (expected, False)
    assert second(isolation) == first


def test_it_is_not_started_before_it_is_wanted(isolation: Isolation) -> None:
    assert answer(isolation, need_nothing) == "nothing"
    assert isolation._second._process is None


def need_nothing(_: Path, __: PageMap) -> str:
    return "nothing"


def test_where_nobody_answers_a_document_is_read_again_in_its_own_process(
    isolation: Isolation,
) -> None:
    fichas, loaded = answer(isolation, ask_nobody)
    assert fichas == read_again(PROGRAMME, PAGES, TEMPLATE) and loaded


def test_so_it_is_where_the_process_has_been_killed(isolation: Isolation) -> None:
    answer(isolation, ask)
    second(isolation).send_signal(signal.SIGKILL)
    fichas, loaded = answer(isolation, ask)
    assert fichas == read_again(PROGRAMME, PAGES, TEMPLATE) and loaded


def test_what_was_begun_is_taken_only_where_it_is_what_is_asked(isolation: Isolation) -> None:
    fichas, loaded = answer(isolation, ask_ahead)
    assert fichas == [read_again(PROGRAMME, PAGES, TEMPLATE)] * 2 and not loaded


def test_what_camelot_stumbles_over_is_told_as_if_it_were_here(
    isolation: Isolation, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing\n")
    there, loaded_there = answer(isolation, ask, broken)
    here, loaded_here = answer(isolation, ask_nobody, broken)
    assert isinstance(there, str) and there == here
    assert (loaded_there, loaded_here) == (False, True)


def test_what_reads_for_a_document_ends_with_it(tmp_path: Path) -> None:
    pipe = tmp_path / "hangs.pdf"
    os.mkfifo(pipe)
    isolation = Isolation(1, Limits(seconds=6.0))
    try:
        stopped = ended(isolation, ask, pipe)
        assert isinstance(stopped, Stopped) and stopped.why == "timeout"
        until = time.monotonic() + 5.0
        while second(isolation).children() and time.monotonic() < until:
            time.sleep(0.05)
        assert not second(isolation).children()
    finally:
        isolation.close()


def test_it_ends_with_the_run(isolation: Isolation) -> None:
    answer(isolation, ask)
    process = second(isolation)
    isolation.close()
    assert not process.is_running()
    assert not Path(isolation._second.address).exists()
