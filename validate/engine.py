"""Maps the rules over the records of a document and writes down every outcome.

A rule answers; what an answer becomes is decided here: each ``(rule, indicator, record)`` is one
row of ``checks``, and each answer ``failed`` is one row of ``findings``.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TypeVar

import validate.rules  # noqa: F401 (importing it registers the rules)
from extract.types import OCR, OCR_DOUBTFUL
from normalize.records import Normalized
from normalize.schema import (
    NUMBER_PRECISION,
    NUMBER_SCALE,
    Check,
    Dataset,
    Document,
    Finding,
    Observation,
    Series,
    Variable,
)
from validate.doubts import doubtful_places, unless_doubtful
from validate.rule import REGISTRY, Answer, Evidence, Rule
from validate.uncounted import unless_uncounted
from validate.unread import unless_lost, with_lost_numbers
from validate.view import ALONE, DocumentView, IndicatorView, Related

R = TypeVar("R", Variable, Observation)
Said = TypeVar("Said", Check, Finding)

_WEIGHT = {"failed": 0, "passed": 1, "not_applicable": 2}
_ASIDE = "otra"
"""The family of documents that no rule is about."""


def views(normalized: Normalized) -> DocumentView:
    """The view of the one document of a reading, its indicators in the document's order.

    Raises ``ValueError`` when the reading has no document or several.
    """
    dataset = normalized.dataset
    if len(dataset.documents) != 1:
        raise ValueError(f"a reading has one document, this one has {len(dataset.documents)}")
    document = dataset.documents[0]
    variables = _by_indicator(dataset.variables)
    observations = _by_indicator(dataset.observations)
    indicators = tuple(
        IndicatorView(
            document=document,
            indicator=indicator,
            variables=tuple(sorted(variables[key], key=lambda row: row.position)),
            historical=_series(observations[key], "historical"),
            targets=_series(observations[key], "target"),
            notes=tuple(note for note in normalized.notes if note.indicator_id == key),
            habits=normalized.habits,
        )
        for indicator in dataset.indicators
        for key in (indicator.indicator_id,)
    )
    known = {indicator.indicator_id for indicator in dataset.indicators}
    readers = _readers_of_cards(dataset)
    loose = tuple(note for note in normalized.notes if note.indicator_id not in known)
    return DocumentView(
        document,
        indicators,
        loose,
        assessments=tuple(dataset.assessments),
        distributions=tuple(dataset.distributions),
        figures=tuple(dataset.figures),
        habits=normalized.habits,
        second=normalized.second,
        scanned=not readers.keys().isdisjoint((OCR, OCR_DOUBTFUL)),
        doubtful_keys="indicator_id" in readers.get(OCR_DOUBTFUL, ()),
    )


def _readers_of_cards(dataset: Dataset) -> dict[str, set[str]]:
    """The readers of a document's cards and distribution, each with the fields that it read."""
    found: dict[str, set[str]] = {}
    if dataset.assessments or dataset.distributions:
        for mark in dataset.provenance:
            if mark.table_name in ("assessments", "distributions"):
                found.setdefault(mark.reader, set()).add(mark.field)
    return found


def _by_indicator(rows: Iterable[R]) -> defaultdict[str, list[R]]:
    groups: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[row.indicator_id].append(row)
    return groups


def _series(rows: list[Observation], series: Series) -> tuple[Observation, ...]:
    """The rows of one series in the order of their years."""
    return tuple(sorted((row for row in rows if row.series == series), key=lambda row: row.year))


def audit(
    normalized: Normalized, *, meanwhile: Callable[[list[Finding]], None] = lambda _: None
) -> tuple[list[Check], list[Finding]]:
    """Ask every rule of everything it concerns; the rows of ``checks`` and ``findings``.

    The rules that find errors are asked first; ``meanwhile`` is told what they found before the
    others are, which take as long.

    Rules go in the order of their codes, records in the order of the document. A document of the
    family ``otra`` is asked nothing. The document stands alone here; what others of its programme
    say is asked by :mod:`validate.across`. Raises ``ValueError`` as :func:`views` does.
    """
    view = views(normalized)
    checks, findings = ask(view, _of_errors(True), ALONE)
    meanwhile(findings)
    others = ask(view, _of_errors(False), ALONE)
    return _in_order(checks + others[0]), _in_order(findings + others[1])


def _of_errors(wanted: bool) -> list[Rule]:
    return [each for each in REGISTRY.values() if (each.severity == "error") == wanted]


def _in_order(rows: Iterable[Said]) -> list[Said]:
    """The rows by the codes of their rules."""
    return sorted(rows, key=lambda row: row.rule)


def ask_anew(normalized: Normalized, code: str) -> None:
    """Replace the checks and findings of one rule; those of the others stay."""
    dataset = normalized.dataset
    checks, findings = ask(views(normalized), [REGISTRY[code]], ALONE)
    others = [row for row in dataset.checks if row.rule != code]
    accusing = [row for row in dataset.findings if row.rule != code]
    dataset.checks = _in_order([*others, *checks])
    dataset.findings = _in_order([*accusing, *findings])


def ask(
    view: DocumentView, rules: Iterable[Rule], related: Related
) -> tuple[list[Check], list[Finding]]:
    """Ask some rules of a document with the others of its programme beside it."""
    if view.document.family == _ASIDE:
        return [], []
    doubtful = doubtful_places(view, *related.others)
    lost = with_lost_numbers(view.indicators)
    checks: list[Check] = []
    findings: list[Finding] = []
    taken: set[str] = set()
    for asked in sorted(rules, key=lambda each: each.code):
        code = asked.code
        grouped: dict[tuple[str, str], list[Answer]] = {}
        for indicator_id, given in _answers(asked, view, related):
            answer = unless_doubtful(code, given, doubtful)
            answer = unless_uncounted(code, answer, view, related)
            answer = unless_lost(code, indicator_id, answer, lost)
            grouped.setdefault((indicator_id, answer.record), []).append(answer)
        for (indicator_id, record), answers in grouped.items():
            checks.append(_check(view.document, code, indicator_id, record, answers))
            for answer in answers:
                if answer.outcome == "failed":
                    seen = replace(answer, evidence=_present(view, answer.evidence))
                    findings.append(_finding(view.document, asked, indicator_id, seen, taken))
    return checks, findings


def _answers(asked: Rule, view: DocumentView, related: Related) -> Iterator[tuple[str, Answer]]:
    """The answers of a rule, each with the indicator that it is about (empty for none)."""
    if asked.scope != "indicator":
        subject = (view,) if asked.scope == "document" else (view, related)
        for answer in asked.ask(*subject):
            yield answer.indicator_id or "", answer
        return
    for indicator in view.indicators:
        for answer in asked.ask(indicator):
            yield indicator.indicator.indicator_id, answer


def _check(
    document: Document, code: str, indicator_id: str, record: str, answers: list[Answer]
) -> Check:
    """One row for all answers about a record: the gravest outcome, its reasons joined."""
    outcome = min((answer.outcome for answer in answers), key=_WEIGHT.__getitem__)
    ordered = sorted(answers, key=lambda answer: _WEIGHT[answer.outcome])
    deciding = [answer for answer in answers if answer.outcome == outcome]
    return Check(
        document_id=document.document_id,
        rule=code,
        indicator_id=indicator_id,
        record=record,
        outcome=outcome,
        reason_es=_joined((answer.reason_es for answer in ordered), " ") or "",
        reason_en=_joined((answer.reason_en for answer in ordered), " ") or "",
        stated=_joined((answer.stated for answer in deciding), "; "),
        computed=_joined((answer.computed for answer in deciding), "; "),
        reading=_joined((answer.reading for answer in deciding), "; "),
    )


def _joined(texts: Iterable[str | None], mark: str) -> str | None:
    """The texts that say something, each once, in their order; ``None`` where none does."""
    return mark.join(dict.fromkeys(text for text in texts if text)) or None


def _present(view: DocumentView, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence that there is to look at: a rule may name a field that a ficha leaves empty.

    What stands in another document is left to the rule that named it.
    """
    return tuple(
        item
        for item in evidence
        if item.document_id not in (None, view.document.document_id)
        or view.holds(item.table_name, item.record, item.field)
    )


def _finding(
    document: Document, asked: Rule, indicator_id: str, answer: Answer, taken: set[str]
) -> Finding:
    return Finding(
        finding_id=_finding_id(document, asked.code, indicator_id, answer, taken),
        document_id=document.document_id,
        indicator_id=indicator_id or None,
        rule=asked.code,
        severity=answer.severity or asked.severity,
        message_es=answer.reason_es,
        message_en=answer.reason_en,
        stated=answer.stated,
        computed=answer.computed,
        difference=stored_decimal(answer.difference),
        reading=answer.reading,
        evidence=json.dumps(
            [
                {
                    "document_id": item.document_id or document.document_id,
                    "table_name": item.table_name,
                    "record": item.record,
                    "field": item.field,
                    "role": item.role,
                }
                for item in answer.evidence
            ],
            ensure_ascii=False,
        ),
    )


def _finding_id(
    document: Document, code: str, indicator_id: str, answer: Answer, taken: set[str]
) -> str:
    """``f`` and 16 hexadecimal digits: of what the finding is about, not of its words.

    The document itself does not enter where the programme is known, so that a re-release of the
    same content keeps the identifier. Findings of one document that agree in all of it are told
    apart by their order.
    """
    about: list[object] = [
        code,
        document.programme_id or document.document_id,
        indicator_id,
        sorted({item.record for item in answer.evidence if item.document_id is None}),
        answer.stated,
        answer.computed,
    ]
    identifier, again = _digest(about), 2
    while identifier in taken:
        identifier, again = _digest([*about, again]), again + 1
    taken.add(identifier)
    return identifier


def _digest(about: list[object]) -> str:
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return "f" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def stored_decimal(value: Fraction | None) -> Decimal | None:
    """A fraction as the dataset stores numbers: ten decimals; ``None`` where it does not fit.

    >>> stored_decimal(Fraction(-1, 3))
    Decimal('-0.3333333333')
    """
    if value is None:
        return None
    units = round(value * 10**NUMBER_SCALE)
    if abs(units) >= 10**NUMBER_PRECISION:
        return None
    exact = Context(prec=NUMBER_PRECISION, rounding=ROUND_HALF_EVEN)
    return Decimal(units).scaleb(-NUMBER_SCALE, context=exact)
