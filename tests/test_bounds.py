"""What a run holds in memory does not grow with the number of documents or of findings."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from cuadra import pipeline, reading, show, summary
from cuadra.language import Lang
from cuadra.options import Options
from cuadra.reports import Failure
from cuadra.runner import Runner
from cuadra.work import Job, Work
from normalize.schema import Severity
from publish import bounded, export, store
from publish.export import folder
from publish.staging import Staged, stage
from tests.killing import LETTERS, Canned
from tests.publish_rows import dataset, document, staged

EXPORT = """
import sys
from pathlib import Path
from publish import bounded, export
bounded.MEMORY, export.SMALL = "110MB", 0
export.export(Path(sys.argv[1]))
status = Path("/proc/self/status").read_text()
print(status.partition("VmHWM:")[2].split()[0])
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The dataset of two documents."""
    directory = tmp_path / "small"
    store.publish(directory, [staged(document(letter)) for letter in "ab"])
    return directory


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the most memory held")
def test_an_export_of_many_rows_takes_no_more_memory_than_one_of_some(small: Path) -> None:
    taken = []
    for rows in (150_000, 450_000):
        with duckdb.connect(str(small / "cuadra.duckdb")) as connection:
            connection.execute(
                "INSERT INTO provenance "
                "SELECT one.* REPLACE (md5(n::VARCHAR) AS record, n AS part) FROM "
                "(FROM provenance LIMIT 1) AS one, range(?) AS more(n)",
                [rows],
            )
        done = subprocess.run(
            [sys.executable, "-c", EXPORT, str(small)], check=True, capture_output=True, text=True
        )
        taken.append(int(done.stdout) // 1000)
    # Without the limit it takes 250 to 300 MB more.
    assert taken[1] < taken[0] + 100
    assert not (small / bounded.SPILL).exists()


def test_a_piece_that_does_not_fit_is_done_without_a_limit(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / bounded.SPILL).mkdir()
    (small / bounded.SPILL / "of-a-run-that-was-killed.tmp").write_bytes(b"x")
    export.export(small)
    plain = {path.name: path.read_bytes() for path in folder(small).iterdir()}
    monkeypatch.setattr(bounded, "MEMORY", "1MB")
    other = tmp_path / "other"
    store.publish(other, [staged(document(letter)) for letter in "ab"])
    export.export(other)
    assert {path.name: path.read_bytes() for path in folder(other).iterdir()} == plain
    assert not (small / bounded.SPILL).exists()


def test_rows_are_stored_when_they_are_many_bytes_not_only_many_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def publish(_: store.Draft, documents: Sequence[Staged]) -> None:
        sizes.append(len(documents))

    for name in LETTERS:
        (tmp_path / name).write_bytes(b"%PDF-1.7 " + name.encode())
    one = len(pickle.dumps(staged(document("a"))))
    monkeypatch.setattr(pipeline, "LocalRunner", Canned)
    monkeypatch.setattr(store.Draft, "publish", publish)
    monkeypatch.setattr(export, "is_current", lambda _: True)
    for most, expected in ((10 * one, [3]), (2 * one - 9, [2, 1]), (1, [1, 1, 1])):
        sizes.clear()
        monkeypatch.setattr(pipeline, "STORE_BYTES", most)
        files = sorted(tmp_path.glob("?.pdf"))
        pipeline.ingest(files, tmp_path / "out", force=True, listener=lambda _: None)
        assert [size for size in sizes if size] == expected


class Laggard(Runner):
    """Finishes its first job only when it gets no further ones; the others at once."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.taken: list[int] = []
        self.before_the_first = 0

    @property
    def free(self) -> int:
        return 1 if not self.taken else 0

    def warm_up(self) -> None: ...

    def dismiss(self) -> None: ...

    def stop(self) -> None: ...

    def submit(self, key: int, job: Job) -> None:
        if self.first is None and key == 0:
            self.first = key
        else:
            self.taken.append(key)

    def completed(self) -> Iterator[tuple[int, Work | Failure]]:
        if self.taken:
            key, rows = self.taken.pop(), b"x" * 1000
            self.before_the_first += self.first is not None
        else:
            assert self.first is not None
            key, rows, self.first = self.first, b"", None
        yield key, Work(rows, f"d{key}", "otra", 1, 0, 0, 0)


def test_no_more_is_read_ahead_of_a_slow_document_than_may_be_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{number:02}.pdf" for number in range(30)]
    for path in files:
        path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    for most, expected in ((5_000, 5), (10**9, 29)):
        monkeypatch.setattr(reading, "AHEAD_BYTES", most)
        runner = Laggard()
        finished = reading.read_in_order(
            files, {}, {}, runner, "staged", Options(), lambda path: str(path)
        )
        assert [each.report.path for each in finished] == files
        assert runner.before_the_first == expected


def test_of_very_many_findings_the_gravest_are_printed_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(summary, "MOST_SHOWN", 3)
    monkeypatch.setattr(show, "MOST_SHOWN", 3)
    documents = [document(letter, programme_id=letter) for letter in "ba"]
    rows = []
    for number, of in enumerate(documents):
        rows.append(dataset(of, [f"f{number}{place:015}" for place in range(4)]))
        severities: list[Severity] = ["info", "error", "warning", "error"]
        for at, severity in enumerate(severities):
            changed = rows[-1].findings[at].model_copy(update={"severity": severity})
            rows[-1].findings[at] = changed
    store.publish(tmp_path, list(map(stage, rows)))
    found = summary.of_stored(tmp_path, [of.document_id for of in documents])
    assert found.open == {"error": 4, "warning": 2, "info": 2}
    assert [(each.document, each.finding.finding_id[-1]) for each in found.findings] == [
        ("a.pdf", "1"),
        ("a.pdf", "3"),
        ("b.pdf", "1"),
    ]
    show.show_summary(found, [], Lang.ES, show.console())
    printed = capsys.readouterr().out
    assert printed.count("CAL02") == 3
    assert "4 errores; 2 advertencias; 2 informativos" in printed
    assert "Y 5 más" in printed
