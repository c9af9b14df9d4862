"""What a rule is: a function with a code, a severity and a docstring that is its page.

A rule is asked of each indicator (``scope="indicator"``), of a whole document
(``scope="document"``), or of a document with the others of its programme beside it
(``scope="programme"``), and answers with one :class:`Answer` per record: passed, failed, or not
applicable and why. The engine turns answers into ``checks`` and ``findings``; a rule never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from normalize.schema import Outcome, Severity

Scope = Literal["indicator", "document", "programme"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value that a finding rests on. ``role``: ``stated``, ``input``, ``note``, ``other``.

    ``document_id`` is given where the value stands in another document than the finding.
    """

    table_name: str
    record: str
    field: str
    role: str
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of one record.

    ``reason_*`` is a whole sentence; for ``failed`` it is the finding's message. ``stated`` and
    ``computed`` are texts: numbers in plain decimal notation without grouping, or words.
    ``difference`` is stated minus computed. ``severity`` is given only where it departs from the
    rule's own. ``indicator_id`` is given by all rules but those of indicator scope.
    """

    record: str
    outcome: Outcome
    reason_es: str
    reason_en: str
    stated: str | None = None
    computed: str | None = None
    difference: Fraction | None = None
    reading: str | None = None
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None
    indicator_id: str | None = None


RuleFunction = Callable[..., Iterable[Answer]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule: its code, default severity, scope and function."""

    code: str
    severity: Severity
    scope: Scope
    ask: RuleFunction

    @property
    def doc(self) -> str:
        return self.ask.__doc__ or ""


REGISTRY: dict[str, Rule] = {}
"""All rules by code. Importing a module of ``validate.rules`` fills it."""


def rule(
    code: str, severity: Severity, scope: Scope = "indicator"
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule ``code``.

    The function takes an :class:`~validate.view.IndicatorView` (scope ``indicator``), a
    :class:`~validate.view.DocumentView` (scope ``document``), or that and a
    :class:`~validate.view.Related` (scope ``programme``), and yields answers. Its docstring is
    the rule's page, Spanish first, English after a line ``---``; in each language a first line
    that says the rule in one sentence, then the paragraphs *Qué revisa / What it checks*,
    *Por qué importa / Why it matters* and *Ejemplo / Example*.
    Raises ``ValueError`` when a code is registered twice.
    """

    def register(ask: RuleFunction) -> RuleFunction:
        if code in REGISTRY:
            raise ValueError(f"rule {code} is registered twice")
        REGISTRY[code] = Rule(code, severity, scope, ask)
        return ask

    return register


def passed(record: str, reason_es: str, reason_en: str, **more: object) -> Answer:
    """An answer that all is well, with what was compared."""
    return Answer(record, "passed", reason_es, reason_en, **more)  # type: ignore[arg-type]


def failed(record: str, reason_es: str, reason_en: str, **more: object) -> Answer:
    """An answer that becomes a finding."""
    return Answer(record, "failed", reason_es, reason_en, **more)  # type: ignore[arg-type]


def not_applicable(record: str, reason_es: str, reason_en: str) -> Answer:
    """An answer that the rule could not be applied, and why."""
    return Answer(record, "not_applicable", reason_es, reason_en)
