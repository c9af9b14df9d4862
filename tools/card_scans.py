"""How much of scans of CONEVAL's documents is read right, by resolution?

Prints invented and published documents in several looks, scans them (up to a degree askew, with
noise, as JPEG), and compares every row with what is read from the print itself. Counts by kind of
value: exact, exact though doubted (``ocr-doubtful``), flagged (another value or none, and it is
said) and wrong without a word. Exit status 1 where a number or a grade is wrong and nothing says
so, or a document is accused of what its print does not say.

    python tools/card_scans.py [--family monitoring budget diagnosis] [--dpi 150 200 300]
                               [--cases N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2

from cuadra.work import process
from extract.types import OCR_DOUBTFUL
from normalize.schema import Dataset, Row
from normalize.text import match_key
from samples import budget_reportlab, diagnosis_fpdf
from samples.budget_ficha import read_ficha
from samples.card_inventions import Invention
from samples.card_print import Print, Tables, print_sheets, print_tables
from samples.diagnosis_source import read_diagnosis
from samples.monitoring_layout import Look, lay_out
from samples.monitoring_source import NAMES, Monitoring
from samples.monitoring_source import load as load_monitoring
from samples.scans import scan

Build = Callable[[Path], object]
Place = tuple[str, str, str]
"""Table, record, field."""

KINDS = ("numbers", "grades", "keys", "names", "texts")
OUTCOMES = ("exact", "doubted", "flagged", "wrong")
FIELDS = {
    "assessments": {
        "measure": "grades",
        "trend": "grades",
        "quality": "grades",
        "milestone_status": "grades",
        "target_progress": "grades",
        "objective_number": "numbers",
        "name": "names",
        "objective": "names",
    },
    "distributions": {"count": "numbers", "percent": "numbers"},
    "figures": {"value": "numbers"},
}
PRINTED = {"value": "value_text", "count": "value_text", "percent": "value_text"}
PROSE = ("statement", "share", "fraction", "count", "ordinal")
"""Figures that sentences state: their subjects are numbered through, so that they are compared by
what they say."""
WIDE = Look(own_lines=False, per_page=2)
LOOKS = (
    Look(),
    WIDE,
    Look(own_lines=False, per_page=2, rules="rects"),
    Look(own_lines=False, per_page=2, rules="none", coloured=False),
    Look(own_lines=False, per_page=2, coloured=False),
    Look(1191.0, 842.0, size=7.5, own_lines=False, per_page=2),
)
TABLES = (
    Tables(page=(792.0, 612.0)),
    Tables(features="cells", size=9.0),
    Tables(shaded=True, per_strip=2, page=(792.0, 612.0)),
)


def monitorings(seed: int) -> Iterator[Build]:
    """Fichas de Monitoreo of programmes: published and invented ones by turns."""

    def by_boxes(monitoring: Monitoring, look: Look) -> Build:
        return lambda path: print_sheets(lay_out(monitoring, look), look, path, Print())

    at = seed
    while True:
        yield by_boxes(load_monitoring(NAMES[at % len(NAMES)]), LOOKS[at % len(LOOKS)])
        invented = Invention(5 + at, objectives=2, cards=(1, 4)).monitoring()
        yield by_boxes(invented, LOOKS[(at + 1) % len(LOOKS)])
        tables = TABLES[at % len(TABLES)]
        yield lambda path, invented=invented, how=tables: print_tables(invented, path, how)
        at += 1


def budgets(seed: int) -> Iterator[Build]:
    """The Ficha de Monitoreo of a budget programme, in several looks."""
    styles = (
        budget_reportlab.Style(),
        budget_reportlab.Style(rules="cells"),
        budget_reportlab.Style(labels="above", justified=False),
    )
    while True:
        yield lambda path, at=seed: budget_reportlab.render(read_ficha(), path, styles[at % 3])
        seed += 1


def diagnoses(seed: int) -> Iterator[Build]:
    """The Diagnóstico de Monitoreo, in several looks."""
    styles = (
        diagnosis_fpdf.Style(),
        diagnosis_fpdf.Style(rules="horizontal"),
        diagnosis_fpdf.Style(size=8.5, shaded=False),
    )
    while True:
        yield lambda path, at=seed: diagnosis_fpdf.render(read_diagnosis(), path, styles[at % 3])
        seed += 1


FAMILIES = {"monitoring": monitorings, "budget": budgets, "diagnosis": diagnoses}


def compared(truth: Dataset, read: Dataset) -> Iterator[tuple[str, str, str]]:
    """Every value as kind, outcome and, where it is not exact, what is printed and read."""
    doubted = doubts(read)
    for table, fields in FIELDS.items():
        own = {row.record_key: row for row in truth.rows(table) if not _is_prose(row)}
        others = {row.record_key: row for row in read.rows(table) if not _is_prose(row)}
        for record, row in own.items():
            other = others.get(record)
            if table == "assessments":
                yield "keys", _outcome(record, other and record, _is_told(row, read)), record
            for name, kind in fields.items():
                said, found = getattr(row, name), getattr(other, name, None)
                if said is None and found is None:
                    continue
                unsure = (table, record, PRINTED.get(name, name)) in doubted
                unsure |= other is None and _is_told(row, read)
                unsure |= found is None and _is_flagged(read, table, record)
                if kind in ("grades", "names") and said and found:
                    said, found = match_key(str(said)), match_key(str(found))
                told = f"{table} {record} {name}: {said!r} read {found!r}"
                yield kind, _outcome(said, found, unsure), told
        for record in others.keys() - own.keys():
            unsure = any(place[:2] == (table, record) for place in doubted)
            told = f"{table} {record}: not printed, {others[record]!r}"
            yield "keys", "flagged" if unsure else "wrong", told
    yield from _prose(truth, read, doubted)


def _outcome(said: object, found: object, unsure: bool) -> str:
    if said == found:
        return "doubted" if unsure else "exact"
    return "flagged" if unsure else "wrong"


def _is_prose(row: Row) -> bool:
    return getattr(row, "figure", "") in PROSE


def _prose(truth: Dataset, read: Dataset, doubted: set[Place]) -> Iterator[tuple[str, str, str]]:
    """Sentences, and the numbers that they state, whatever their order."""

    def told(dataset: Dataset) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in dataset.figures:
            if _is_prose(row):
                found.setdefault((row.figure, match_key(row.value_text or "")), []).append(row)
        return found

    own, others = told(truth), told(read)
    for key in own:
        kind = "texts" if key[0] == "statement" else "numbers"
        outcome = "exact" if key in others else "wrong" if kind == "texts" else "flagged"
        yield kind, outcome, f"{key} not read"
    for (figure, text), rows in others.items():
        if figure != "statement" and (figure, text) not in own:
            unsure = all(("figures", row.record_key, "value_text") in doubted for row in rows)
            yield "numbers", "flagged" if unsure else "wrong", f"{figure} {text!r} is not printed"


def doubts(read: Dataset) -> set[Place]:
    """The places of which the reading says that it is not sure."""
    found = {
        (mark.table_name, mark.record, mark.field)
        for mark in read.provenance
        if mark.reader == OCR_DOUBTFUL
    }
    for finding in read.findings:
        if finding.rule in ("REA02", "REA03", "REA05"):
            for item in json.loads(finding.evidence):
                found.add((item["table_name"], item["record"], item["field"]))
    return found


def _is_flagged(read: Dataset, table: str, record: str) -> bool:
    """Whether a finding says that a field of a record was not read."""
    if table == "assessments":
        return any(f.rule.startswith("REA") and f.indicator_id == record for f in read.findings)
    return any(f.rule.startswith("REA") for f in read.findings)


def _is_told(row: Row, read: Dataset) -> bool:
    """Whether a finding says that a whole row was not read."""
    name = getattr(row, "name", None)
    said = [finding.message_es for finding in read.findings if finding.rule == "REA01"]
    if name is None:
        return any("tabla" in each or "etiqueta" in each for each in said)
    unread = "no tiene tarjetas que se puedan leer"
    return any(name[:12] in each or unread in each for each in said)


def accusations(truth: Dataset, read: Dataset) -> list[str]:
    """The errors that a scan is told of, and its print is not."""
    known = Counter((row.rule, row.indicator_id) for row in truth.findings)
    told = []
    for row in read.findings:
        if row.rule.startswith("REA") or row.severity != "error":
            continue
        known[row.rule, row.indicator_id] -= 1
        if known[row.rule, row.indicator_id] < 0:
            told.append(f"{row.rule} {row.message_es[:160]}")
    return told


def measure(build: Build, dpi: int, seed: int, folder: Path) -> Counter[tuple[str, str]]:
    """Counts by kind and outcome; ``pages``, ``accused``; what is wrong is printed."""
    printed, path = folder / "printed.pdf", folder / "scan.pdf"
    build(printed)
    scan(printed, path, dpi=dpi, seed=seed, skew=1.0, quality=(60, 75, 50)[seed % 3])
    truth, read = process(printed), process(path)
    counts: Counter[tuple[str, str]] = Counter()
    for kind, outcome, told in compared(truth, read):
        counts[kind, outcome] += 1
        if outcome == "wrong" or (outcome == "flagged" and kind != "texts"):
            print(f"  {dpi} {outcome} {kind}: {told[:200]}", flush=True)
    for told in accusations(truth, read):
        counts["accused", ""] += 1
        print(f"  {dpi} accused: {told}", flush=True)
    counts["pages", ""] = len(pypdfium2.PdfDocument(path))
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--family", nargs="+", choices=FAMILIES, default=["monitoring"])
    parser.add_argument("--dpi", type=int, nargs="+", default=[150, 200, 300])
    parser.add_argument("--cases", type=int, default=3, help="documents a resolution and family")
    parser.add_argument("--seed", type=int, default=0, help="which documents and which noise")
    arguments = parser.parse_args()
    failed = False
    rows = []
    for dpi in arguments.dpi:
        counts: Counter[tuple[str, str]] = Counter()
        started = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            for family in arguments.family:
                builds = FAMILIES[family](arguments.seed)
                for at in range(arguments.cases):
                    seed = arguments.seed + at
                    counts += measure(next(builds), dpi, seed, Path(folder))
        seconds = (time.process_time() - started) / counts["pages", ""]
        rows += [(dpi, kind, [counts[kind, each] for each in OUTCOMES]) for kind in KINDS]
        print(f"  {dpi}: {counts['accused', '']} accusations, {seconds:.1f} s a page of its own")
        failed |= bool(counts["accused", ""] or counts["numbers", "wrong"])
        failed |= bool(counts["grades", "wrong"])
    print(f"{'dpi':>4} {'':<8}" + "".join(f"{each:>9}" for each in OUTCOMES) + "  exact %")
    for dpi, kind, values in rows:
        if sum(values):
            share = 100 * (values[0] + values[1]) / sum(values)
            told = "".join(f"{value:>9}" for value in values)
            print(f"{dpi:>4} {kind:<8}{told}  {share:>7.2f}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
