"""What does one more document cost where there are thousands, and is a long run linear?

A dataset of many programmes is made of the sample's rows under other identities. Timed: reading and
storing the sample itself into an empty dataset and into the large one (the copy of the file that
makes it safe, and the rules across documents, included), the exports at half and at full size, what
a run prints at its end, and the memory that all this took.

    python bench/scale.py [--documents 5000]
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from cuadra import pipeline, summary  # noqa: E402
from cuadra.work import process  # noqa: E402
from normalize.schema import TABLES, Dataset  # noqa: E402
from publish import store  # noqa: E402
from publish.columns import columns  # noqa: E402
from publish.export import export  # noqa: E402
from publish.staging import Staged, stage  # noqa: E402

SAMPLE = ROOT / "samples" / "piimss-2020-2024.pdf"
BATCH = 50


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


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def memory() -> int:
    """The most megabytes that this process ever had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def one_more(directory: Path) -> dict[str, float]:
    """The seconds of each stage of a run that reads the sample into a dataset."""
    done = pipeline.ingest([SAMPLE], directory, force=True, listener=lambda _: None)
    return done.seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=5000)
    wanted = parser.parse_args().documents

    print(f"{(__doc__ or '').splitlines()[0]}\n")
    original = process(SAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        large, copy, spent = Path(folder, "large"), Path(folder, "copy"), 0.0
        runs = [("an empty dataset", one_more(Path(folder, str(n)))) for n in range(3)][1:]
        for start in range(0, wanted, BATCH):
            batch = [under_another_name(original, n) for n in range(start, start + BATCH)]
            spent += seconds(lambda batch=batch: store.publish(large, batch))  # type: ignore[misc]
            if start + BATCH == wanted // 2 // BATCH * BATCH:
                half = seconds(lambda: export(large))
                print(
                    f"exports of {start + BATCH:>6}{half:>29.2f} s, memory {memory()} MB",
                    flush=True,
                )
        runs.append((f"{wanted:,} of them", one_more(large)))
        size = store.database(large).stat().st_size
        ids = [document_id for document_id, _ in store.known_readings(large).values()]
        copied = seconds(lambda: shutil.copyfile(store.database(large), copy))
        told = seconds(lambda: summary.of_stored(large, ids))
    print(f"exports of {wanted:>6}{runs[-1][1]['export']:>29.2f} s, memory {memory()} MB")
    for name, stages in runs:
        both = stages["reading"] + stages["storing"]
        stored = stages["storing"]
        print(f"one more document into {name:<16}{both:>7.2f} s, of which storing {stored:.2f}")
    print(f"the copy of its file of {size / 1e6:>5.0f} MB{copied:>13.2f} s")
    print(f"storing all of them{spent:>27.2f} s, {BATCH} at a time")
    print(f"counts and gravest findings of all{told:>12.2f} s, memory {memory()} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
