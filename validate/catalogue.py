"""The catalogue of rules: one page per rule, read from the rule's own docstring.

``python -m validate.catalogue > docs/rules.md`` writes the documentation.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

import validate.rules  # noqa: F401 (importing it registers the rules)
from normalize.schema import Severity
from validate.rule import REGISTRY, Rule

SEVERITY_ES: dict[Severity, str] = {
    "error": "error",
    "warning": "advertencia",
    "info": "información",
}
_HEADS = {
    "es": ("Qué revisa", "Por qué importa", "Ejemplo"),
    "en": ("What it checks", "Why it matters", "Example"),
}
_INTRODUCTION = """\
# Reglas / Rules

Generado desde el código con `python -m validate.catalogue`; no se edita a mano.
Generated from the code by `python -m validate.catalogue`; not edited by hand.

**error**: los números publicados se contradicen. **advertencia** (`warning`): concuerdan solo con
una lectura benévola, o se ven mal. **información** (`info`): conviene saberlo.

**error**: the published numbers contradict each other. **warning**: they agree only under a
charitable reading, or look wrong. **info**: worth knowing.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A rule's page in one language; each part is one paragraph without line breaks."""

    title: str
    what: str
    why: str
    example: str


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page: its code, its severity and its text in both languages."""

    code: str
    severity: Severity
    es: Text
    en: Text

    def text(self, lang: str) -> Text:
        """The page's text in ``es`` or ``en``."""
        return self.en if lang == "en" else self.es


def page(code: str) -> Page:
    """The page of one rule; capitals do not matter.

    Raises ``KeyError`` for a code that is no rule's and ``ValueError`` where the rule's docstring
    is not a page.
    """
    return _page(REGISTRY[code.strip().upper()])


def pages() -> list[Page]:
    """All pages in the order of their codes."""
    return [_page(REGISTRY[code]) for code in sorted(REGISTRY)]


def _page(rule: Rule) -> Page:
    halves = re.split(r"^---$", inspect.cleandoc(rule.doc), flags=re.MULTILINE)
    if len(halves) != 2:
        raise ValueError(f"{rule.code}: its docstring has no line '---' between the languages")
    return Page(
        rule.code,
        rule.severity,
        _text(rule.code, halves[0], "es"),
        _text(rule.code, halves[1], "en"),
    )


def _text(code: str, half: str, lang: str) -> Text:
    title, *paragraphs = (
        " ".join(part.split()) for part in re.split(r"\n\s*\n", half.strip()) if part.strip()
    )
    found: dict[str, list[str]] = {}
    current = ""
    for paragraph in paragraphs:
        head = next((h for h in _HEADS[lang] if paragraph.startswith(f"{h}.")), None)
        if head is not None:
            current = head
            paragraph = paragraph[len(head) + 1 :].strip()
        found.setdefault(current, []).append(paragraph)
    missing = [head for head in _HEADS[lang] if head not in found]
    if missing or "" in found:
        raise ValueError(f"{code}: its docstring lacks the paragraph {missing} ({lang})")
    what, why, example = ("\n\n".join(found[head]) for head in _HEADS[lang])
    return Text(title, what, why, example)


def markdown() -> str:
    """The whole catalogue as one Markdown page, with a table of contents."""
    all_pages = pages()
    table = ["| regla | gravedad | qué dice | what it says |", "|---|---|---|---|"]
    table += [
        f"| [{p.code}](#{p.code.lower()}) | {SEVERITY_ES[p.severity]} (`{p.severity}`) "
        f"| {_cell(p.es.title)} | {_cell(p.en.title)} |"
        for p in all_pages
    ]
    body = [f"## {p.code}\n\n{_section(p, 'es')}\n\n{_section(p, 'en')}" for p in all_pages]
    return "\n".join([_INTRODUCTION, *table, "", "\n\n".join(body), ""])


def _cell(text: str) -> str:
    return text.rstrip(".").replace("|", "\\|")


def _section(page: Page, lang: str) -> str:
    text, heads = page.text(lang), _HEADS[lang]
    severity = page.severity if lang == "en" else SEVERITY_ES[page.severity]
    parts = zip(heads, (text.what, text.why, text.example), strict=True)
    paragraphs = "\n\n".join(f"**{head}.** {paragraph}" for head, paragraph in parts)
    return f"*{severity}* — **{text.title}**\n\n{paragraphs}"


if __name__ == "__main__":
    print(markdown(), end="")
