"""The pages of one document in several processes, forked from the one that has it open.

A forked process shares the open document: nothing is parsed or sent twice, only answers travel.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

WORTH_FORKING = 8
"""Pages per process from which a fork (some 10 ms) pays, at 3 to 20 ms a page."""


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


def die_with_parent() -> None:
    """End this process when the one that forked it ends, however that happens (on Linux)."""
    if sys.platform != "linux":
        return
    import ctypes

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)


class PageProcessDied(Exception):
    """A process that read pages ended without an answer; ``status`` is its wait status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Answer(NamedTuple):
    value: Any
    error: Exception | None


class _Helper(NamedTuple):
    pid: int
    pipe: int


class ForkedPages:
    """A ``PageMap`` that asks for cores before it forks and gives them back afterwards.

    ``borrow(n)`` answers how many further cores, up to n, may be used now; ``give_back(n)``
    returns them.
    """

    def __init__(self, borrow: Callable[[int], int], give_back: Callable[[int], None]) -> None:
        self._borrow = borrow
        self._give_back = give_back

    def __call__(
        self, function: Callable[[int], T], numbers: Sequence[int], *, dear: bool = False
    ) -> Iterable[T]:
        """The answers in the order of the numbers. Raises what the function raises."""
        wanted = len(numbers) // (1 if dear else WORTH_FORKING) - 1
        helpers = self._borrow(wanted) if wanted > 0 else 0
        if not helpers:
            return map(function, numbers)
        try:
            return _share(function, numbers, helpers + 1)
        finally:
            self._give_back(helpers)


def _share(function: Callable[[int], T], numbers: Sequence[int], count: int) -> list[T]:
    """Every process takes each ``count``-th page, so that dear and cheap pages mix."""
    answers = [_Answer(None, None)] * len(numbers)
    helpers: list[_Helper] = []
    try:
        for place in range(1, count):
            helpers.append(_fork(function, numbers[place::count]))
        answers[0::count] = _answers(function, numbers[0::count])
        for place, helper in enumerate(helpers, 1):
            answers[place::count] = _collect(helper)
    except BaseException:
        for helper in helpers:
            _end(helper)
        raise
    for answer in answers:
        if answer.error is not None:
            raise answer.error
    return [answer.value for answer in answers]


def _answers(function: Callable[[int], T], numbers: Sequence[int]) -> list[_Answer]:
    """Answers up to the first page that fails: the rest would be thrown away."""
    answers: list[_Answer] = []
    for number in numbers:
        try:
            answers.append(_Answer(function(number), None))
        except Exception as error:
            answers.append(_Answer(None, error))
            break
    return answers + [_Answer(None, None)] * (len(numbers) - len(answers))


def _fork(function: Callable[[int], T], numbers: Sequence[int]) -> _Helper:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return _Helper(pid, reading)
    status = 1
    try:
        die_with_parent()
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(_answers(function, numbers), pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)  # whatever happened: this copy of the process ends here


def _collect(helper: _Helper) -> list[_Answer]:
    with os.fdopen(helper.pipe, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(helper.pid, 0)
    if status:
        raise PageProcessDied(status)
    answers: list[_Answer] = pickle.loads(content)
    return answers


def _end(helper: _Helper) -> None:
    try:
        os.kill(helper.pid, signal.SIGKILL)
        os.waitpid(helper.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass  # it has been waited for
