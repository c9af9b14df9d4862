"""How much of scanned fichas is read right, by resolution?

Prints published and invented fichas in several looks, scans them (askew, with noise, as JPEG),
reads the scans, and counts numbers and texts by resolution: exact, exact though doubted, flagged
(another value or none, and it is said: REA01, REA02, REA03, REA05 or ``ocr-doubtful``) and wrong
without a word. Exit status 1 where a number is wrong and nothing says so.

    python tools/scans.py [--dpi 150 200 300] [--cases N] [--seed N] [--held-out] [--accused]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2

import extract
from cuadra.work import process
from extract.types import OCR_DOUBTFUL
from normalize.records import normalize
from normalize.schema import encode_record
from samples import fichas_html
from samples.fichas_layout import Ficha
from samples.fichas_reportlab import Style, render
from samples.invented import drawn, invented
from samples.scans import scan
from samples.tally import Difference, FieldKey, printed_values, tally
from samples.variants import published


@dataclass(frozen=True, slots=True)
class Look:
    """How fichas are printed, by Chromium where no style is given, and how they are scanned."""

    style: Style | None
    scanned: dict[str, Any] = field(default_factory=dict)


NUMBERS = ("value_text", "baseline_text", "target_text", "baseline_year", "target_year")
STYLES = (
    Style(),
    Style(font="Helvetica", bold="Helvetica-Bold", size=8.0, shading="labels"),
    Style(font="Times-Roman", bold="Times-Bold", size=9.0, rules="double"),
    Style(font="DejaVuSans", bold="DejaVuSans-Bold", colour=0.5, centred=True),
    Style(font="Courier", bold="Courier-Bold", size=7.0, shading="rows"),
    Style(rules="none"),
)
HELD_OUT = (
    Look(Style(font="Courier", bold="Courier-Bold", size=8.0), {"quality": 50, "specks": 60}),
    Look(Style(font="DejaVuSans", bold="DejaVuSans-Bold", size=7.0, colour=0.6), {"paper": 0.85}),
    Look(None, {"softness": 0.9, "quality": 60}),
    Look(Style(font="Times-Roman", bold="Times-Bold", size=8.5, shading="cells"), {"quality": 40}),
    Look(Style(font="Helvetica", bold="Helvetica-Bold", rules="none"), {"skew": 1.0}),
    Look(Style(font="DejaVuSerif", bold="DejaVuSerif-Bold", rules="bars"), {"light": 0.7}),
)
"""Looks and scanners that nothing was tuned on."""
OUTCOMES = ("exact", "doubted", "flagged", "wrong")


@dataclass(frozen=True, slots=True)
class Case:
    """Some fichas in one look."""

    fichas: Sequence[Ficha]
    look: Look
    seed: int

    def build(self, printed: Path, scanned: Path, dpi: int) -> None:
        """Print the fichas, and scan what is printed."""
        if self.look.style is None:
            fichas_html.render(self.fichas, printed)
        else:
            render(self.fichas, printed, style=self.look.style)
        scan(printed, scanned, dpi=dpi, seed=self.seed, **self.look.scanned)


def cases(count: int, seed: int, held_out: bool = False) -> Iterator[Case]:
    """Documents of published, invented and drawn fichas by turns, every one in the next look."""
    known, other = published(), invented()
    for at in range(count):
        step = seed + at
        kind = (
            [known[(5 * step) % len(known)], known[(5 * step + 2) % len(known)]],
            drawn(1 + step),
            [other[step % len(other)]],
        )[at % 3]
        look = Look(STYLES[at % len(STYLES)], {"quality": (60, 75, 50)[step % 3]})
        yield Case(kind, HELD_OUT[at % len(HELD_OUT)] if held_out else look, step)


def measure(case: Case, dpi: int, folder: Path, accused: bool) -> Counter[tuple[str, str]]:
    """Counts by (``numbers`` or ``texts``, outcome); ``pages``; what is wrong is printed."""
    printed, path = folder / "printed.pdf", folder / "scan.pdf"
    case.build(printed, path, dpi)
    raw = extract.read(path)
    found = tally(raw, case.fichas)
    doubted = doubted_fields(raw)
    counts: Counter[tuple[str, str]] = Counter()
    missed = {each.key for each in (*found.flagged, *found.wrong)}
    for key in printed_values(case.fichas):
        if key not in missed:
            counts[_kind(key), "doubted" if key in doubted else "exact"] += 1
    for outcome, differences in (("flagged", found.flagged), ("wrong", found.wrong)):
        for each in differences:
            said = "flagged" if each.key in doubted else outcome
            counts[_kind(each.key), said] += 1
            _tell(dpi, said, each)
    counts["pages", ""] = len(pypdfium2.PdfDocument(path))
    if accused:
        counts["accused", ""] = _accusations(printed, path)
    return counts


def _kind(key: FieldKey) -> str:
    return "numbers" if is_number_field(key) else "texts"


def is_number_field(key: FieldKey) -> bool:
    """Whether a field is a value or a year."""
    return key[2] in NUMBERS


def _tell(dpi: int, outcome: str, each: Difference) -> None:
    if _kind(each.key) == "numbers" or outcome == "wrong":
        at, row, name = each.key
        print(f"  {dpi} {outcome} {at}/{row}.{name}: {each.printed!r} read {each.read!r}")


def doubted_fields(raw: extract.RawDocument) -> set[FieldKey]:
    """The fields of which the reading says that it is not sure."""
    dataset = normalize(raw, "scans").dataset
    order = {encode_record(row.indicator_id): at for at, row in enumerate(dataset.indicators)}
    found = set()
    for mark in dataset.provenance:
        key, _, rest = mark.record.partition("/")
        if mark.reader == OCR_DOUBTFUL and key in order:
            row = f"variables/{rest}" if mark.table_name == "variables" else rest
            found.add((order[key], row, mark.field))
    return found


def _accusations(printed: Path, path: Path) -> int:
    """The findings that the scan of a document has and the document has not, REA apart."""
    told = []
    for each in (printed, path):
        told.append({(row.rule, row.indicator_id) for row in process(each).findings})
    new = {each for each in told[1] - told[0] if not each[0].startswith("REA")}
    for rule, indicator in sorted(new, key=str):
        print(f"  accused: {rule} of {indicator}")
    return len(new)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dpi", type=int, nargs="+", default=[150, 200, 300])
    parser.add_argument("--cases", type=int, default=6, help="documents a resolution")
    parser.add_argument("--seed", type=int, default=0, help="which fichas and which noise")
    parser.add_argument("--held-out", action="store_true", help="other looks and scanners")
    parser.add_argument("--accused", action="store_true", help="audit printed and scanned, too")
    arguments = parser.parse_args()
    rows = []
    for dpi in arguments.dpi:
        counts: Counter[tuple[str, str]] = Counter()
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            for case in cases(arguments.cases, arguments.seed, arguments.held_out):
                counts += measure(case, dpi, Path(folder), arguments.accused)
        seconds = (time.perf_counter() - started) / counts["pages", ""]
        for kind in ("numbers", "texts"):
            rows.append((dpi, kind, [counts[kind, outcome] for outcome in OUTCOMES], seconds))
        if arguments.accused:
            print(f"  {dpi} accusations that the page does not bear out: {counts['accused', '']}")
    print(f"{'dpi':>4} {'':<8}" + "".join(f"{each:>9}" for each in OUTCOMES) + "  exact %  s/page")
    for dpi, kind, values, seconds in rows:
        share = 100 * (values[0] + values[1]) / sum(values)
        told = "".join(f"{value:>9}" for value in values)
        print(f"{dpi:>4} {kind:<8}{told}  {share:>7.2f}  {seconds:>6.1f}")
    return int(any(values[3] for _, kind, values, _ in rows if kind == "numbers"))


if __name__ == "__main__":
    sys.exit(main())
