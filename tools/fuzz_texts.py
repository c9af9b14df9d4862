"""Does any text bring down the reading of numbers, labels or formulas? Guided by coverage.

    python tools/fuzz_texts.py numbers|labels|formulas [-max_total_time=60 …]

Needs the extra ``fuzz`` (atheris, whose options are libFuzzer's).
What falls is written to ``crash-…`` in the working folder.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["normalize", "extract", "validate"]):
    from extract.labels import Matcher
    from extract.template import TEMPLATES
    from normalize.numbers import Habits, find_numbers, parse_number
    from validate.formula.parse import parse_method
    from validate.formula.scan import FormulaError
    from validate.formula.substitution import parse_substitution

NAMES = ["PA: Población atendida", "Total de camas (PT)", "A"]
MATCHERS = [Matcher(template) for template in TEMPLATES]


def numbers(text: str) -> None:
    """A text is a number, none, or doubtful; numbers found in it stand where they say."""
    parse_number(text)
    for found in find_numbers(text):
        assert 0 <= found.start < found.end <= len(text)


def labels(text: str) -> None:
    """A text is one of the template's labels or none."""
    for matcher in MATCHERS:
        matcher.match(text)
        matcher.heading(text)
        matcher.is_start(text)


def formulas(text: str) -> None:
    """A text is a formula, or refused by name."""
    for parse in (
        lambda: parse_method(text, NAMES, Habits()),
        lambda: parse_substitution(text, Habits()),
    ):
        try:
            parse()
        except FormulaError:
            continue


TARGETS: dict[str, Callable[[str], None]] = {
    "numbers": numbers,
    "labels": labels,
    "formulas": formulas,
}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        print(__doc__, file=sys.stderr)
        return 2
    target = TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        target(data.decode("utf-8", "replace"))

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
