"""The audit across documents: what those of one programme say of each other.

A document's own audit knows nothing of others, since it may be read before them, or after, or on
another day. Once it is known which documents are there, the rules of scope ``programme`` are asked
again of each with the others beside it; their earlier checks and findings are replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from normalize.numbers import Habits
from normalize.schema import Assessment, Check, Dataset, Document, Figure, Finding, Indicator
from validate.doubts import DOUBT, notes_of
from validate.engine import ask
from validate.linking import COUNTED, COUNTING, TITLED, Linked, identity_of
from validate.rule import REGISTRY, Rule
from validate.uncounted import COUNTING_RULE, is_unread
from validate.view import DocumentView, IndicatorView, Related

R = TypeVar("R", Indicator, Assessment, Figure, Finding, Check)

FAMILIES = (*TITLED, COUNTING)
"""The families that are compared with others."""


def rules() -> list[Rule]:
    """The rules that look at other documents."""
    return [rule for rule in REGISTRY.values() if rule.scope == "programme"]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one document that rules across documents look at."""

    document: Document
    indicators: Sequence[Indicator]
    assessments: Sequence[Assessment]
    figures: Sequence[Figure]
    doubts: Sequence[Finding] = ()
    """The document's findings of REA02: what they are about accuses nobody."""
    counting: Sequence[Check] = ()
    """The document's checks of COUNTING_RULE without a record: why its cards are not counted."""
    unread: Sequence[Finding] = ()
    """The document's findings of UNREAD_RULE about no indicator and no field: pages of it were not
    read, so that it may have more than was read."""

    def view(self) -> DocumentView:
        habits = Habits.learn(())
        return DocumentView(
            self.document,
            tuple(
                IndicatorView(self.document, indicator, (), (), (), (), habits)
                for indicator in self.indicators
            ),
            notes=tuple(note for finding in self.doubts for note in notes_of(finding)),
            assessments=tuple(self.assessments),
            figures=tuple(self.figures),
            habits=habits,
            uncounted=next(self._uncounted(), None),
        )

    def _uncounted(self) -> Iterator[tuple[str, str]]:
        yield from ((each.reason_es, each.reason_en) for each in self.counting)
        yield from ((each.message_es, each.message_en) for each in self.unread if is_unread(each))


def by_document(rows: Iterable[R]) -> defaultdict[str, list[R]]:
    """Rows by their document; none for a document that has none."""
    groups: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[row.document_id].append(row)
    return groups


def audit_across(
    views: Iterable[DocumentView], audited: Collection[str], superseded: Mapping[str, str | None]
) -> tuple[list[Check], list[Finding]]:
    """Ask the rules across documents of those in ``audited``, all of which are among ``views``.

    A document in ``superseded`` (with the release that follows it) is compared with none and none
    with it. The answers do not depend on the order of ``views``.
    """
    known = sorted(views, key=lambda view: view.document_id)
    by_id = {view.document_id: view for view in known}
    current = [view for view in known if not superseded.get(view.document_id)]
    linked = Linked(identity_of(view.document, view.figures) for view in current)
    checks: list[Check] = []
    findings: list[Finding] = []
    for view in known:
        if view.document_id not in audited:
            continue
        newer = superseded.get(view.document_id)
        own = None if newer else linked.by_id[view.document_id]
        beside = linked.beside(own) if own else frozenset()
        others = tuple(by_id[key] for key in sorted(beside))
        more_checks, more_findings = ask(view, rules(), Related(others, newer))
        checks += more_checks
        findings += more_findings
    return checks, findings


def settle(dataset: Dataset, superseded: Mapping[str, str | None]) -> None:
    """Audit all documents of a dataset in memory across each other, in place.

    Each document keeps its place and its rules the order of their codes.
    """
    indicators = by_document(dataset.indicators)
    cards = by_document(dataset.assessments)
    figures = by_document(row for row in dataset.figures if row.figure in COUNTED)
    doubts = by_document(row for row in dataset.findings if row.rule == DOUBT)
    counting = by_document(
        row for row in dataset.checks if row.rule == COUNTING_RULE and not row.record
    )
    unread = by_document(row for row in dataset.findings if is_unread(row))
    views = [
        Rows(
            document,
            indicators[key],
            cards[key],
            figures[key],
            doubts[key],
            counting[key],
            unread[key],
        ).view()
        for document in dataset.documents
        for key in (document.document_id,)
        if document.family in FAMILIES
    ]
    audited = {view.document_id for view in views}
    checks, findings = audit_across(views, audited, superseded)
    codes = {rule.code for rule in rules()}
    place = {document.document_id: n for n, document in enumerate(dataset.documents)}

    def stays(row: Check | Finding) -> bool:
        return row.document_id not in audited or row.rule not in codes

    def order(row: Check | Finding) -> tuple[int, str]:
        return place[row.document_id], row.rule

    dataset.checks = sorted([*filter(stays, dataset.checks), *checks], key=order)
    dataset.findings = sorted([*filter(stays, dataset.findings), *findings], key=order)
