"""Amounts told behind the grade: "los indicadores muy rezagados representan el 33 % del total"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validate.claims.grade_words import Domain
from validate.claims.predicates import find_predicates, repaired
from validate.claims.quantifiers import Quantifier
from validate.claims.sentence import Sentence
from validate.claims.subject import Subject
from validate.claims.verdicts import Said
from validate.claims.wording import allows

_OF_GRADED = (
    re.compile(
        r"\b(?:porcentaje|proporcion)\s+de\s+indicadores\s+(?P<what>[^,;:.]{3,90}?)\s+"
        r"(?:es|fue|asciende|equivale)\s+(?:del?|al?)\s+(?:el\s+|la\s+|una?\s+)?$"
    ),
    re.compile(
        r"\b(?:los|aquellos)\s+indicadores\s+(?P<what>[^,;:.]{3,90}?)\s+"
        r"(?:representan|constituyen|concentran|suman|agrupan|equivalen\s+al?)\s+(?:el\s+|la\s+|una?\s+)?$"
    ),
)
_ENDS = re.compile(
    r"\s*(?:del\s+total(?:\s+de(?:\s+los)?\s+indicadores)?|de\s+(?:los|sus)\s+indicadores)?"
    r"(?:\s+del\s+programa)?\s*(?:[.,;]|$|[ye]\s)"
)


def portions(sentence: Sentence, hint: Domain | None) -> Iterator[Said]:
    """What is said of a share of all indicators, the grade standing before the share."""
    for mention in sentence.mentions:
        if mention.share is None or mention.count is not None:
            continue
        if _ENDS.match(sentence.plain, mention.end) is None:
            continue
        for pattern in _OF_GRADED:
            match = pattern.search(sentence.plain[: mention.start])
            what = repaired(match["what"]) if match else ""
            predicates = find_predicates(f"como {what}", hint)
            if match is None or not predicates or len(predicates) > 1 or not allows(what):
                continue
            text = sentence.text[mention.start : mention.end]
            quantifier = Quantifier("share", text, mention.share, mention.percent)
            subject = Subject(match.start(), mention.end, quantifier=quantifier, noun="indicador")
            yield Said(sentence, subject, mention.end, tuple(predicates), what)
