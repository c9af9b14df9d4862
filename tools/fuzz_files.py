"""Do damaged files ever bring the readers down? Mutates sample PDFs and reads each one.

Every mutant must be read or refused with a reason; anything else (an unforeseen exception, a crash
of the interpreter, no end, memory without end) is printed with its seed and kept in ``--keep``.
Mutants are made of uncompressed copies, so that changes reach texts and drawing, not only zlib.

    python tools/fuzz_files.py [PDF…] [--count 10000] [--first-seed 0] [--jobs 1] [--keep FOLDER]
        [--second-look]

Exit status 1 when something came down.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # documents' processes find this module by the same path

from cuadra.isolation import Done, Isolation, Stopped  # noqa: E402
from extract.limits import Limits, PageMap  # noqa: E402

LIMITS = Limits(seconds=60.0, memory=1_000_000_000)
BATCH = 10
"""Mutants per process: a process of its own for each would cost more than the reading."""

NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
EXTREMES = (
    b"0", b"-1", b"1", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967296",
    b"99999999999999999999", b"0.0000001", b"1e400", b"-0", b"3.4e38",
)  # fmt: skip
TOKENS = (b"null", b"<<", b">>", b"[", b"]", b"(", b")", b"BT", b"ET", b"q", b"Q", b"endobj")


class Fallen(NamedTuple):
    """A mutant that brought a reader down, and how."""

    seed: int
    how: str


def uncompressed(pdf: Path, pages: int = 3) -> bytes:
    """The first pages of a PDF with all its streams laid bare."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        del document.pages[pages:]
        document.remove_unreferenced_resources()
        stream = io.BytesIO()
        document.save(
            stream,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return stream.getvalue()


def mutant(content: bytes, seed: int) -> bytes:
    """A damaged copy; the same seed gives the same bytes."""
    chance = random.Random(seed)
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        chance.choice(MUTATIONS)(data, chance)
    return bytes(data)


def _flip(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)


def _byte(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.choice((1, 8, 100, 2000))]
    if not data:
        data += b"%PDF-1.7"


def _repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + chance.choice((10, 200, 3000))]


def _move(data: bytearray, chance: random.Random) -> None:
    source, target = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[source : source + chance.choice((5, 50, 500))]
    data[target : target + len(piece)] = piece


def _number(data: bytearray, chance: random.Random) -> None:
    _replace(data, chance, NUMBER, chance.choice(EXTREMES))


def _name(data: bytearray, chance: random.Random) -> None:
    names = sorted(set(NAME.findall(data)))
    _replace(data, chance, NAME, chance.choice(names or [b"/X"]))


def _token(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = b" " + chance.choice(TOKENS) + b" "


def _reference(data: bytearray, chance: random.Random) -> None:
    """Objects that refer to others than they should, themselves included."""
    _replace(data, chance, re.compile(rb"\d+ 0 R"), b"%d 0 R" % chance.randrange(1, 40))


def _replace(
    data: bytearray, chance: random.Random, pattern: re.Pattern[bytes], new: bytes
) -> None:
    found = pattern.search(data, chance.randrange(len(data)))
    if found:
        data[found.start() : found.end()] = new


MUTATIONS = (_flip, _byte, _cut, _repeat, _move, _number, _number, _name, _token, _reference)


def read_one(path: Path, second_look: bool) -> str:
    """``read``, or the reason for which the file was refused; other exceptions come through."""
    import cuadra.work
    import validate.doubts
    from extract.types import UnreadableDocument

    suspects = validate.doubts.suspects
    if not second_look:
        validate.doubts.suspects = lambda *_: set()
    try:
        cuadra.work.process(path)
    except UnreadableDocument as error:
        return error.reason
    finally:
        validate.doubts.suspects = suspects
    return "read"


def read_batch(
    content: bytes, seeds: Sequence[int], second_look: bool, _: PageMap
) -> list[tuple[int, str]]:
    """What came of some mutants; an unforeseen exception is told after ``fell:``."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            path = Path(folder, f"{seed}.pdf")
            path.write_bytes(mutant(content, seed))
            try:
                results.append((seed, read_one(path, second_look)))
            except Exception as error:
                results.append((seed, f"fell: {_told(error)}"))
            path.unlink()
    return results


def _told(error: Exception) -> str:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    at = (ours or frames)[-1]
    return f"{type(error).__name__}: {str(error)[:150]!r} at {Path(at.filename).name}:{at.lineno}"


def campaign(
    content: bytes, seeds: Sequence[int], jobs: int, second_look: bool = False
) -> Iterator[tuple[int, str]]:
    """What came of each mutant, in any order. Batches that do not end are split up."""
    waiting = [list(seeds[at : at + BATCH]) for at in range(0, len(seeds), BATCH)]
    running: dict[int, list[int]] = {}
    isolation = Isolation(jobs, LIMITS)
    key = 0
    try:
        while waiting or running:
            while waiting and isolation.free > 0:
                key += 1
                running[key] = waiting.pop()
                isolation.start(key, partial(read_batch, content, running[key], second_look))
            for ended, result in isolation.completed():
                batch = running.pop(ended)
                if isinstance(result, Done):
                    import pickle

                    yield from pickle.loads(result.pickled)
                elif len(batch) == 1:
                    yield batch[0], _stopped(result)
                else:
                    half = len(batch) // 2
                    waiting += [batch[:half], batch[half:]]
    finally:
        isolation.close()


def _stopped(result: Stopped) -> str:
    return f"fell: {result.why} ({result.exit_code})"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pdf", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--second-look", action="store_true")
    arguments = parser.parse_args()

    own = [*ROOT.glob("tests/documents/*.pdf"), *ROOT.glob("samples/*.pdf")]
    pdfs = arguments.pdf or sorted(own)
    share = -(-arguments.count // len(pdfs))
    tally: Counter[str] = Counter()
    fallen = 0
    started = time.monotonic()
    for number, pdf in enumerate(pdfs):
        content = uncompressed(pdf)
        first = arguments.first_seed + number * share
        for seed, how in campaign(
            content, range(first, first + share), arguments.jobs, arguments.second_look
        ):
            tally[how if how.startswith("fell") else how.split(":")[0]] += 1
            if how.startswith("fell"):
                fallen += 1
                print(f"{pdf.name} seed {seed}: {how}", flush=True)
                if arguments.keep:
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    path = arguments.keep / f"{pdf.stem}-{seed}.pdf"
                    path.write_bytes(mutant(content, seed))
        print(f"{pdf.name}: {share} mutants, {time.monotonic() - started:.0f} s", flush=True)
    for how, count in tally.most_common():
        print(f"{count:>7} {how}")
    return int(fallen > 0)


if __name__ == "__main__":
    sys.exit(main())
