"""Stored documents audited across each other, whenever what stands beside one of them changes.

Documents of one programme are ingested on different days, in any order. Publishing some, those that
speak of the same programmes are audited again from their stored rows, in the same publication. What
is asked of the dataset grows with its list of documents, not with their rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from normalize.schema import Assessment, Check, Document, Figure, Finding, Indicator
from publish.query import rows
from validate.linking import COUNTED, COUNTING, TITLED, Identity, Linked, identify

if TYPE_CHECKING:  # whoever has a connection has imported duckdb; the others need not
    from duckdb import DuckDBPyConnection

    from validate.across import Rows

_FAMILIES = [*TITLED, COUNTING]


def identities(
    connection: DuckDBPyConnection, document_ids: Collection[str] | None = None
) -> list[Identity]:
    """What tells the programme of documents: of some, or of all that nothing supersedes."""
    which = "superseded_by IS NULL" if document_ids is None else "document_id IN (SELECT unnest(?))"
    asked = [] if document_ids is None else [list(document_ids)]
    found = connection.execute(
        "SELECT document_id, family, coalesce(title, programme_id), institution, period_start, "
        f"period_end FROM documents WHERE family IN (SELECT unnest(?)) AND {which}",
        [_FAMILIES, *asked],
    ).fetchall()
    counting = [row[0] for row in found if row[1] == COUNTING]
    subjects = _subjects(connection, counting) if counting else {}
    return [
        identify(key, family, title, institution, start, end, subjects.get(key, ()))
        for key, family, title, institution, start, end in found
    ]


def _subjects(connection: DuckDBPyConnection, document_ids: Sequence[str]) -> dict[str, list[str]]:
    """The programmes whose objectives or indicators documents count."""
    found: dict[str, list[str]] = {}
    for key, subject in connection.execute(
        "SELECT document_id, subject FROM figures WHERE figure IN (SELECT unnest(?)) "
        "AND document_id IN (SELECT unnest(?))",
        [list(COUNTED), list(document_ids)],
    ).fetchall():
        found.setdefault(key, []).append(subject)
    return found


def audit_stored(
    connection: DuckDBPyConnection,
    changed: Collection[str],
    before: Iterable[Identity],
    superseded: dict[str, str | None],
) -> tuple[list[str], list[Check], list[Finding]]:
    """Audit across documents what a publication touches: identifiers, new checks and findings.

    ``changed`` are the documents that were stored or that another release now supersedes,
    ``before`` what was stored of them earlier. The rows of all returned documents under the rules
    of :func:`validate.across.rules` are to be replaced by those returned.
    """
    now = Linked(identities(connection))
    mine = identities(connection, changed)
    touched = {each.document_id for each in mine}
    for identity in [*mine, *before]:
        touched.update(now.beside(identity))
    # A document with none beside it, before it or after it has been audited alone.
    followers = set(superseded.values())
    touched = {
        key
        for key in touched
        if key not in changed
        or superseded.get(key)
        or key in followers
        or now.beside(now.by_id[key])
    }
    if not touched:
        return [], [], []
    from validate.across import audit_across

    needed = touched.union(*(now.beside(now.by_id[k]) for k in touched if k in now.by_id))
    views = [each.view() for each in _stored(connection, sorted(needed))]
    checks, findings = audit_across(views, touched, superseded)
    return sorted(touched), checks, findings


def _stored(connection: DuckDBPyConnection, document_ids: Sequence[str]) -> Iterator[Rows]:
    from validate.across import Rows, by_document
    from validate.doubts import DOUBT
    from validate.uncounted import COUNTING_RULE, UNREAD_RULE

    mine = "document_id IN (SELECT unnest(?))"
    keys = [list(document_ids)]
    counts = f"{mine} AND figure IN (SELECT unnest(?))"
    indicators = by_document(rows(connection, Indicator, mine, keys))
    cards = by_document(rows(connection, Assessment, mine, keys))
    figures = by_document(rows(connection, Figure, counts, [*keys, list(COUNTED)]))
    doubts = by_document(rows(connection, Finding, f"{mine} AND rule = ?", [*keys, DOUBT]))
    unsure = f"{mine} AND rule = ? AND record = ''"
    counting = by_document(rows(connection, Check, unsure, [*keys, COUNTING_RULE]))
    whole = f"{mine} AND rule = ? AND indicator_id IS NULL"
    unread = by_document(rows(connection, Finding, whole, [*keys, UNREAD_RULE]))
    for document in rows(connection, Document, mine, keys):
        key = document.document_id
        yield Rows(
            document,
            indicators[key],
            cards[key],
            figures[key],
            doubts[key],
            counting[key],
            unread[key],
        )
