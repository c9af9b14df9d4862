"""The audit across documents: what those of one programme say of each other.

A document's own audit knows nothing of others, since it may be read before them, or after, or on
another day. Once it is known which documents are there, the rules of scope ``programme`` are asked
again of each with the others beside it; their earlier checks and findings are replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from normalize.numbers import Habits
from normalize.schema import Assessment, Check, Dataset, Document, Figure, Finding, Indicator
from validate.doubts import DOUBT, notes_of
from validate.engine import ask
from validate.linking import COUNTED, COUNTING, TITLED, identity_of, together
from validate.rule import REGISTRY, Rule
from validate.view import DocumentView, IndicatorView, Related

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
        )


def audit_across(
    views: Iterable[DocumentView], audited: Collection[str], superseded: Mapping[str, str | None]
) -> tuple[list[Check], list[Finding]]:
    """Ask the rules across documents of those in ``audited``, all of which are among ``views``.

    A document in ``superseded`` (with the release that follows it) is compared with none and none
    with it. The answers do not depend on the order of ``views``.
    """
    known = sorted(views, key=lambda view: view.document_id)
    current = [view for view in known if not superseded.get(view.document_id)]
    identities = {v.document_id: identity_of(v.document, v.figures) for v in current}
    checks: list[Check] = []
    findings: list[Finding] = []
    for view in known:
        if view.document_id not in audited:
            continue
        newer = superseded.get(view.document_id)
        beside = (
            []
            if newer
            else [
                other
                for other in current
                if together(identities[view.document_id], identities[other.document_id])
            ]
        )
        more_checks, more_findings = ask(view, rules(), Related(tuple(beside), newer))
        checks += more_checks
        findings += more_findings
    return checks, findings


def settle(dataset: Dataset, superseded: Mapping[str, str | None]) -> None:
    """Audit all documents of a dataset in memory across each other, in place.

    Each document keeps its place and its rules the order of their codes.
    """
    views = [
        Rows(
            document,
            [row for row in dataset.indicators if row.document_id == document.document_id],
            [row for row in dataset.assessments if row.document_id == document.document_id],
            [
                row
                for row in dataset.figures
                if row.document_id == document.document_id and row.figure in COUNTED
            ],
            [
                row
                for row in dataset.findings
                if row.document_id == document.document_id and row.rule == DOUBT
            ],
        ).view()
        for document in dataset.documents
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
