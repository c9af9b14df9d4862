"""What does one more document cost where there are thousands, and is a long run linear?

A dataset of many programmes is made of the sample's rows under other identities. Timed: storing one
document into an empty dataset and into the large one (the copy of the file that makes it safe, and
the rules across documents, included), the exports at half and at full size, and the memory that
storing took.

    python bench/scale.py [--documents 5000]
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from cuadra.work import process  # noqa: E402
from normalize.schema import TABLES, Dataset  # noqa: E402
from publish import store  # noqa: E402
from publish.columns import columns  # noqa: E402
from publish.export import export  # noqa: E402
from publish.staging import Staged, stage  # noqa: E402

BATCH = 200


def under_another_name(original: Dataset, number: int) -> Staged:
    """The sample's rows as those of another programme of another institution."""
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    changed = {
        "document_id": f"d{sha256[:16]}",
        "sha256": sha256,
        "programme_id": f"programa-{number}",
        "institution": f"Institución {number}",
        "title": f"Programa Institucional {number} 2020-2024",
        "source_uri": f"{number}.pdf",
        "file_name": f"{number}.pdf",
    }
    staged = stage(original)
    tables = {}
    for model in TABLES:
        names = [column.name for column in columns(model)]
        cells = list(staged.tables[model.table])
        for at, name in enumerate(names):
            if name in changed:
                cells[at] = [changed[name]] * len(cells[at])
            elif name == "finding_id":
                cells[at] = [f"f{sha256[:8]}{place:08x}" for place in range(len(cells[at]))]
        tables[model.table] = cells
    fields = type(staged.document).model_fields
    update = {name: value for name, value in changed.items() if name in fields}
    return Staged(staged.document.model_copy(update=update), tables)


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def memory() -> int:
    """The most megabytes that this process ever had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=5000)
    wanted = parser.parse_args().documents

    print(f"{(__doc__ or '').splitlines()[0]}\n")
    original = process(ROOT / "samples" / "piimss-2020-2024.pdf")
    with tempfile.TemporaryDirectory() as folder:
        empty, large = Path(folder, "empty"), Path(folder, "large")
        store.publish(Path(folder, "warm"), [under_another_name(original, 0)])
        first = min(
            seconds(lambda n=n: store.publish(empty / str(n), [under_another_name(original, n)]))  # type: ignore[misc]
            for n in range(3)
        )
        exports, spent = [], 0.0
        for start in range(0, wanted, BATCH):
            batch = [under_another_name(original, n) for n in range(start, start + BATCH)]
            spent += seconds(lambda batch=batch: store.publish(large, batch))  # type: ignore[misc]
            if start + BATCH in (wanted // 2 // BATCH * BATCH, wanted):
                exports.append((start + BATCH, seconds(lambda: export(large))))
                print(f"{start + BATCH:>6} documents stored, most memory {memory()} MB", flush=True)
        size = store.database(large).stat().st_size
        more = [
            seconds(lambda n=n: store.publish(large, [under_another_name(original, n)]))  # type: ignore[misc]
            for n in range(wanted, wanted + 3)
        ]
        copy = Path(folder, "copy")
        copied = seconds(lambda: copy.write_bytes(store.database(large).read_bytes()) and None)
    print(f"\none document into an empty dataset   {first:8.2f} s")
    print(f"one more into {wanted:>6} ({size / 1e6:.0f} MB)      {min(more):8.2f} s")
    print(f"  of which the copy of the file       {copied:8.2f} s")
    print(f"storing all of them                   {spent:8.2f} s, {BATCH} at a time")
    for count, taken in exports:
        print(f"exports of {count:>6}                    {taken:8.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
