"""``cuadra rules``: the catalogue as a table, one rule as a page."""

from __future__ import annotations

from rich.text import Text as Styled

from cuadra.language import Lang, Text
from cuadra.show import console, emit, severity_text, table_of
from validate import catalogue

_PARTS = (
    (Text("Qué revisa", "What it checks"), "what"),
    (Text("Por qué importa", "Why it matters"), "why"),
    (Text("Ejemplo", "Example"), "example"),
)


def show_catalogue(lang: Lang) -> None:
    """Print every rule: code, severity, and what it says in one sentence."""
    out = console()
    headings = (Text("Regla", "Rule"), Text("Gravedad", "Severity"), Text("Qué dice", "Says"))
    table = table_of([heading.of(lang) for heading in headings], plain=not out.is_terminal)
    for page in catalogue.pages():
        table.add_row(
            Styled(page.code), severity_text(page.severity, lang), Styled(page.text(lang).title)
        )
    emit(out, table)


def show_rule(code: str, lang: Lang) -> None:
    """Print one rule's page. Raises ``KeyError`` for a code that is no rule's."""
    page = catalogue.page(code)
    text = page.text(lang)
    out = console()
    emit(out, Styled.assemble(f"{page.code} (", severity_text(page.severity, lang), ")"))
    emit(out, Styled(text.title))
    for heading, part in _PARTS:
        emit(out, Styled(f"\n{heading.of(lang)}. {getattr(text, part)}"))
