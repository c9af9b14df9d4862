"""How much of a ficha is read, exactly, from every way of printing it, and what does it cost?

For each variant of ``samples.variants`` (rules of all kinds and none, odd pages, odd text, other
wording) and for scans: this program's fields that are exact, flagged, and wrong without a flag
(wanted: none); and for its peers, used as a competent user would (ruled strategy first, the one by
alignment where that finds no table; then each label looked up among the cells, its value taken from
the cell to its right or below), the share of printed values that stand in a cell of their own, and
the share of fields recovered. Seconds are of one reading in this process, after a first one.
On a scan a text that OCR misread counts as flagged, since its reader says ``ocr``; a number only
where its readings differ.

    python bench/accuracy.py [--fichas 3] [--only TEXT] [--no-scans]

Peers that are not installed are named. Exit status 1 when a value is wrong and unflagged.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extract
from extract.scan.layer import is_available
from extract.types import OCR, OCR_DOUBTFUL, RawDocument
from normalize.records import normalize
from normalize.schema import encode_record
from samples.invented import invented
from samples.lookup import Rows, cells_found, fields_found
from samples.scans import scan
from samples.tally import Difference, tally
from samples.variants import Variant, published, variants

ROOT = Path(__file__).parent.parent
SCANS = (150, 200, 300)
"""Resolutions, in dots per inch, at which the plain variant is scanned."""


@dataclass(frozen=True, slots=True)
class Peer:
    """``tables`` gives the rows of every table of a PDF, pages in order."""

    name: str
    package: str
    tables: Callable[[Path], list[Rows]]


@dataclass
class Total:
    """Sums over the variants."""

    fields: int = 0
    exact: int = 0
    flagged: int = 0
    wrong: int = 0
    peers: dict[str, list[float]] = field(default_factory=dict)


def pdfplumber_tables(path: Path) -> list[Rows]:
    import pdfplumber

    found: list[Rows] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            by_text = {"vertical_strategy": "text", "horizontal_strategy": "text"}
            found += page.extract_tables() or page.extract_tables(by_text)
    return found


def camelot_tables(flavor: str, **settings: object) -> Callable[[Path], list[Rows]]:
    def tables(path: Path) -> list[Rows]:
        import camelot

        found = camelot.read_pdf(str(path), pages="all", flavor=flavor, **settings)
        return [table.df.values.tolist() for table in found]

    return tables


def pymupdf_tables(path: Path) -> list[Rows]:
    os.environ["PYMUPDF_SUGGEST_LAYOUT_ANALYZER"] = "0"  # it would say so amid the table
    import pymupdf

    found: list[Rows] = []
    with pymupdf.open(path) as document:
        for page in document:
            tables = page.find_tables().tables or page.find_tables(strategy="text").tables
            found += [table.extract() for table in tables]
    return found


PEERS = (
    Peer("pdfplumber", "pdfplumber", pdfplumber_tables),
    Peer("camelot lattice", "camelot-py", camelot_tables("lattice", line_scale=40)),
    Peer("camelot stream", "camelot-py", camelot_tables("stream")),
    Peer("camelot network", "camelot-py", camelot_tables("network")),
    Peer("PyMuPDF", "pymupdf", pymupdf_tables),
)


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def subjects(count: int, only: str, scans: bool) -> Iterator[Variant]:
    """The variants of a few fichas (one long, one over two pages, invented ones), then scans."""
    chosen = [published()[9], *invented(), *published()][:count]
    every = list(variants(chosen))
    yield from (each for each in every if only in f"{each.group}: {each.name}")
    for dpi in SCANS if scans and is_available() else ():
        if only in f"scans: {dpi} dpi":
            yield Variant(f"{dpi} dpi", "scans", every[0].fichas, _scanned(every[0], dpi))


def _scanned(variant: Variant, dpi: int) -> Callable[[Path], None]:
    def build(path: Path) -> None:
        variant.build(path)
        scan(path, path, dpi=dpi, seed=dpi)

    return build


def measure(variant: Variant, peers: Sequence[Peer], total: Total) -> None:
    """Read one variant with everything, print its line and add to the total."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "variant.pdf"
        variant.build(path)
        started = time.perf_counter()
        raw = extract.read(path)
        seconds = time.perf_counter() - started
        own = tally(raw, variant.fichas)
        wrong = [each for each in own.wrong if not _is_marked(each, raw)]
        flagged = len(own.flagged) + len(own.wrong) - len(wrong)
        total.fields += own.fields
        total.exact += own.exact
        total.flagged += flagged
        total.wrong += len(wrong)
        parts = [f"{own.exact}/{own.fields} {flagged} {len(wrong)} {seconds:.2f} s"]
        for peer in peers:
            cells, fields, cost = _peer(peer, path, variant)
            total.peers.setdefault(peer.name, []).extend((cells, fields, cost))
            parts.append(f"{cells:.0%} {fields:.0%} {cost:.2f} s")
    print(" | ".join([f"{variant.group}: {variant.name}", *parts]), flush=True)


def _is_marked(difference: Difference, raw: RawDocument) -> bool:
    """Whether a field that differs was read by OCR and says so: a text by its reader, a number only
    where its readings differ."""
    at, row, name = difference.key
    dataset = normalize(raw, "bench").dataset
    key = encode_record(dataset.indicators[at].indicator_id)
    number = name in ("value_text", "baseline_text", "target_text") or name.endswith("_year")
    record = {"": key, "variables": f"{key}/{row.partition('/')[2]}"}.get(
        row.partition("/")[0], f"{key}/{row}"
    )
    readers = {
        mark.reader for mark in dataset.provenance if (mark.record, mark.field) == (record, name)
    }
    return OCR_DOUBTFUL in readers or (OCR in readers and not number)


def _peer(peer: Peer, path: Path, variant: Variant) -> tuple[float, float, float]:
    """Cells and fields found, as parts, and seconds; nothing found where the peer fails."""
    started = time.perf_counter()
    try:
        with warnings.catch_warnings(), redirect_stdout(sys.stderr):
            warnings.simplefilter("ignore")
            tables = peer.tables(path)
    except Exception as error:  # a peer that fails on a variant has found nothing in it
        print(f"{peer.name} failed: {type(error).__name__}: {error}", file=sys.stderr)
        tables = []
    seconds = time.perf_counter() - started
    return cells_found(tables, variant.fichas), fields_found(tables, variant.fichas), seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fichas", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-scans", action="store_true")
    arguments = parser.parse_args()

    peers = [peer for peer in PEERS if installed(peer.package)]
    print(f"{(__doc__ or '').splitlines()[0]}\n")
    release = ".".join(map(str, sys.version_info[:3]))
    names = sorted({f"{peer.package} {installed(peer.package)}" for peer in peers})
    print(f"{os.cpu_count()} cores ({platform.machine()}), Python {release}, {', '.join(names)}")
    for peer in PEERS:
        if peer not in peers:
            print(f"{peer.name}: {peer.package} is not installed, so it was not run")
    if not is_available():
        print("scans: ocrmypdf or Tesseract's Spanish is not installed, so they were not read")
    head = [f"{peer.name}: cells, fields, s" for peer in peers]
    print("\n" + " | ".join(["variant", "Cuadra: exact, flagged, wrong, s", *head]))
    extract.read(ROOT / "samples" / "piimss-2020-2024.pdf")  # so that imports are not timed
    total = Total()
    for variant in subjects(arguments.fichas, arguments.only, not arguments.no_scans):
        measure(variant, peers, total)
    parts = [f"{total.exact}/{total.fields} {total.flagged} {total.wrong}"]
    for values in total.peers.values():
        count = len(values) // 3
        cells, fields, seconds = sum(values[::3]), sum(values[1::3]), sum(values[2::3])
        parts.append(f"{cells / count:.0%} {fields / count:.0%} {seconds:.1f} s")
    print(" | ".join(["all", *parts]))
    print(f"\nValues wrong and unflagged: {total.wrong} (wanted: 0)")
    return int(total.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
