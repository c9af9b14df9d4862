"""Draws pages of documents in processes of their own: a page that pdfium chokes on harms no run."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cuadra.isolation import Done, Isolation
from extract.limits import Limits, PageMap

if TYPE_CHECKING:
    from publish.report.pictures import Job, Pages

SECONDS = 60.0
"""For the pages of one document; some 25 ms a page are usual."""


def drawn(jobs: Sequence[Job], *, cores: int) -> Iterator[Pages]:
    """Do jobs, ``cores`` at a time, in their order; one that cannot be done goes without pictures.

    Raises ``OSError`` where the folder cannot be written.
    """
    isolation = Isolation(cores, Limits(seconds=SECONDS))
    results: dict[int, Pages] = {}
    waiting = iter(range(len(jobs)))
    try:
        for wanted in range(len(jobs)):
            while wanted not in results:
                while isolation.free > 0 and (key := next(waiting, None)) is not None:
                    isolation.start(key, _draw, jobs[key])
                for key, ended in isolation.completed():
                    answer = pickle.loads(ended.pickled) if isinstance(ended, Done) else None
                    if isinstance(answer, OSError):
                        raise answer
                    results[key] = jobs[key].failed if answer is None else answer
            yield results.pop(wanted)
    finally:
        isolation.close()


def _draw(job: Job, _: PageMap) -> Pages | OSError:
    from publish.report.pictures import complete

    try:
        return complete(job)
    except OSError as error:
        return error
