"""Which release of a document is the current one.

A document with the programme, family and period of another, and other content, is a re-release.
The chain ``superseded_by`` leads from each release to the next; the current one has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from normalize.schema import Document


class Release(NamedTuple):
    """What decides whose release a document is; ``superseded_by`` as it was stored, if it was."""

    document_id: str
    family: str
    programme_id: str | None
    period_start: int | None
    period_end: int | None
    superseded_by: str | None = None

    @property
    def series(self) -> tuple[object, ...]:
        """Documents of one series supersede each other; unknown ones stand alone."""
        if self.programme_id is None or self.period_start is None or self.period_end is None:
            return (self.document_id,)
        return (self.programme_id, self.family, self.period_start, self.period_end)


@dataclass(frozen=True, slots=True)
class Order:
    """``superseded_by`` and, for each document, its rank: the higher one owns a shared finding."""

    superseded_by: dict[str, str | None]
    rank: dict[str, tuple[int, int, str]]


def release_of(document: Document) -> Release:
    """A document as a release that nothing has superseded yet."""
    return Release(
        document.document_id,
        document.family,
        document.programme_id,
        document.period_start,
        document.period_end,
    )


def order(earlier: Iterable[Release], new: Iterable[Release]) -> Order:
    """Chain all releases: those stored earlier in their stored order, then the new ones as given.

    A document that is read again keeps its place: it belongs to ``earlier``, not to ``new``.
    """
    known = list(earlier)
    depth = _distances({release.document_id: release.superseded_by for release in known})
    known.sort(key=lambda release: (-depth[release.document_id], release.document_id))
    series: dict[tuple[object, ...], list[Release]] = {}
    for release in [*known, *new]:
        series.setdefault(release.series, []).append(release)
    result = Order({}, {})
    for releases in series.values():
        following = [*(release.document_id for release in releases[1:]), None]
        for place, (release, successor) in enumerate(zip(releases, following, strict=True)):
            result.superseded_by[release.document_id] = successor
            result.rank[release.document_id] = (
                release.period_end or 0,
                place,
                release.document_id,
            )
    return result


def _distances(successor: dict[str, str | None]) -> dict[str, int]:
    """How many releases follow each document; each is looked at once."""
    distances: dict[str, int] = {}
    for start in successor:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in distances and at not in path:
            path[at] = None
            at = successor.get(at)
        steps = 0 if at is None else distances.get(at, len(successor)) + 1  # a ring is damage
        for document_id in reversed(path):
            distances[document_id] = steps
            steps += 1
    return distances
