"""Keeps a runner busy and takes what comes back in the order of the paths.

So the same paths leave the same dataset whoever was first, and no content is read twice.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cuadra import reports, sources, version
from cuadra.collect import is_regular
from cuadra.options import Options
from cuadra.reports import Failure, Report
from cuadra.runner import Runner
from cuadra.sources import Source
from cuadra.work import Form, Job, Work

AHEAD = 200
AHEAD_BYTES = 64_000_000
"""Documents, and bytes of their rows, that may be read while an earlier one is not finished."""


class Finished(NamedTuple):
    """What became of one file, and its rows (pickled) where it was read."""

    report: Report
    rows: bytes | None = None


@dataclass
class _Place:
    """A file whose turn has not come: it is being read, or waits for those before it."""

    path: Source
    started: float
    sha256: str | None = None
    tried: bool = True
    outcome: Work | Failure | None = None
    twin: bool = False
    """Whether its content is that of a file before it."""

    @property
    def ready(self) -> bool:
        return self.twin or self.outcome is not None


def read_in_order(
    files: Sequence[Source],
    done: dict[str, str],
    failed: Mapping[str, Failure],
    runner: Runner,
    form: Form,
    options: Options,
    digest_of: Callable[[Source], str],
    meanwhile: Iterable[Callable[[], None]] = (),
) -> Iterator[Finished]:
    """What became of each file, in the order of ``files``, whoever is finished first.

    Content that is ``done`` (SHA-256 → document), or that an earlier file has, is not read; what
    is read is added to it. Nor is content tried of which it is known why it has ``failed``.
    ``digest_of`` gives a file's SHA-256 or raises ``OSError``;
    of what is to be done ``meanwhile``, one is done whenever there is nothing to do but to wait.
    """
    places: deque[tuple[int, _Place]] = deque()
    read_by: dict[str, _Place] = {}
    by_key: dict[int, _Place] = {}
    remaining = enumerate(files)
    errands = iter(meanwhile)
    more = True
    while more or places:
        heavy = _heavy(places)
        while more and runner.free > 0 and len(places) < AHEAD and not heavy:
            key, path = next(remaining, (-1, None))
            if path is None:
                more = False
                break
            place = _look(path, options, digest_of)
            places.append((key, place))
            if place.sha256 is None or place.sha256 in done:
                place.twin = place.sha256 is not None
            elif place.sha256 in failed:
                place.tried, place.outcome = False, failed[place.sha256]
            elif place.sha256 in read_by:
                place.twin = True
            else:
                read_by[place.sha256] = by_key[key] = place
                runner.submit(key, Job(path, place.sha256, form, version.READING_VERSION, options))
        while places and places[0][1].ready:
            _, place = places.popleft()
            yield _finish(place, done, read_by)
        full = len(places) >= AHEAD or _heavy(places)
        if by_key and (not more or runner.free <= 0 or full):
            next(errands, _nothing)()
            for key, outcome in runner.completed():
                by_key.pop(key).outcome = outcome


def _nothing() -> None:
    """There is no errand left."""


def _heavy(places: Iterable[tuple[int, _Place]]) -> bool:
    """Whether the documents that wait for an earlier one are as many bytes as may be held."""
    held = (place.outcome for _, place in places)
    return sum(len(each.rows) for each in held if isinstance(each, Work)) >= AHEAD_BYTES


def _look(path: Source, options: Options, digest_of: Callable[[Source], str]) -> _Place:
    """The bytes of a file: their digest, or why they cannot be had."""
    place = _Place(path, time.perf_counter())
    try:
        if isinstance(path, Path) and path.exists() and not is_regular(path):
            place.outcome = reports.not_ordinary()
            return place
        size = path.stat().st_size if isinstance(path, Path) else sources.size(path)
        limit = options.limits.file_bytes
        if size > limit:
            place.outcome = reports.too_large(size, limit)
            return place
        place.sha256 = digest_of(path)
    except OSError as error:
        place.outcome = reports.not_readable(error)
    return place


def _finish(place: _Place, done: dict[str, str], read_by: dict[str, _Place]) -> Finished:
    sha256, outcome = place.sha256, place.outcome
    seconds = time.perf_counter() - place.started
    if place.twin and sha256 is not None:
        if sha256 in done:
            known = Report(place.path, "known", seconds, sha256=sha256, document_id=done[sha256])
            return Finished(known)
        outcome = read_by[sha256].outcome
    if isinstance(outcome, Failure):
        return Finished(reports.unreadable(place.path, outcome, seconds, sha256, tried=place.tried))
    assert outcome is not None and sha256 is not None
    done[sha256] = outcome.document_id
    read_by.pop(sha256, None)  # its rows are handed on, not kept
    report = Report(
        place.path,
        "read",
        seconds,
        sha256=sha256,
        document_id=outcome.document_id,
        family=outcome.family,
        pages=outcome.pages,
        indicators=outcome.indicators,
        values=outcome.values,
        findings=outcome.findings,
    )
    return Finished(report, outcome.rows)
