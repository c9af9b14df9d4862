"""A real Dask cluster of several processes: nothing lost, nothing twice, whatever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from typer.testing import CliRunner

from cuadra import pipeline
from cuadra.cli import app
from cuadra.collect import collect
from cuadra.options import Options
from cuadra.reports import Report
from cuadra.sources import Remote, Source, local_name, source
from extract.limits import Limits
from tests import stand_ins

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = pytest.mark.filterwarnings("ignore")  # distributed's own, in its many threads

WORKERS = 3
LIMITS = Limits(seconds=30.0)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Several worker processes, watched by Dask's own nannies, without a dashboard."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def files(small_pdf: Path, tmp_path: Path) -> list[Path]:
    """Twelve documents of different bytes."""
    folder = tmp_path / "pdf"
    folder.mkdir()
    made = []
    for number in range(12):
        path = folder / f"{number:02}.pdf"
        path.write_bytes(small_pdf.read_bytes() + b"%%%d\n" % number)
        made.append(path)
    return made


def ingest(
    files: Sequence[Source],
    directory: Path,
    dask: str | None,
    listener: pipeline.Listener = lambda _: None,
    limits: Limits = LIMITS,
) -> list[Report]:
    done = pipeline.ingest(
        files,
        directory,
        force=False,
        listener=listener,
        options=Options(limits),
        jobs=2,
        dask=dask,
    )
    return done.reports


def copies(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (directory / "dataset").glob("*.csv")}


def worker_pids(cluster: LocalCluster) -> set[int]:
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        return set(client.run(os.getpid).values())


def test_a_worker_killed_in_mid_run_loses_nothing_and_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch, cluster: LocalCluster, files: list[Path], tmp_path: Path
) -> None:
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Slow(tmp_path / "log", 0.2))
    victim = min(worker_pids(cluster))
    heard: list[Report] = []

    def listener(report: Report) -> None:
        if not heard:
            os.kill(victim, signal.SIGKILL)
        heard.append(report)

    reports = ingest(files, tmp_path / "dask", cluster.scheduler_address, listener)
    assert [report.path for report in reports] == files
    assert [report.status for report in reports] == ["read"] * len(files)
    assert victim not in worker_pids(cluster)
    read = (tmp_path / "log").read_text().splitlines()
    assert {Path(line).name for line in read} == {path.name for path in files}
    monkeypatch.undo()
    ingest(files, tmp_path / "local", None)
    assert copies(tmp_path / "dask") == copies(tmp_path / "local")
    assert len(copies(tmp_path / "dask")) > 5


@pytest.mark.parametrize(
    ("harm", "reason"), [(stand_ins.aborts, "crashed"), (stand_ins.hangs, "timeout")]
)
def test_a_document_that_harms_its_process_leaves_the_workers_alone(
    monkeypatch: pytest.MonkeyPatch,
    cluster: LocalCluster,
    files: list[Path],
    dataset_dir: Path,
    harm: object,
    reason: str,
) -> None:
    monkeypatch.setattr(pipeline, "WORK", stand_ins.Harmed("01.pdf", harm))  # type: ignore[arg-type]
    before = worker_pids(cluster)
    limits = Limits(seconds=6.0)
    reports = ingest(files[:4], dataset_dir, cluster.scheduler_address, limits=limits)
    assert [report.reason for report in reports] == ["", reason, "", ""]
    assert worker_pids(cluster) == before


def test_urls_are_fetched_by_whoever_reads_and_keep_their_address(
    cluster: LocalCluster, files: list[Path], tmp_path: Path
) -> None:
    folder = files[0].parent
    for path in files[3:]:
        path.unlink()
    (folder / "nota.txt").write_text("nada")
    found = collect([source(folder.as_uri())]).files
    urls = [path.as_uri() for path in files[:3]]
    assert [str(each) for each in found] == urls
    for name, dask in (("dask", cluster.scheduler_address), ("local", None)):
        reports = ingest(found, tmp_path / name, dask)
        assert [report.status for report in reports] == ["read"] * 3
        database = str(tmp_path / name / "cuadra.duckdb")
        with duckdb.connect(database, read_only=True) as connection:
            rows = connection.sql("SELECT source_uri, file_name FROM documents ORDER BY ALL")
            assert rows.fetchall() == [
                (url, path.name) for url, path in zip(urls, files, strict=False)
            ]
        assert [report.status for report in ingest(found, tmp_path / name, dask)] == ["known"] * 3


def test_urls_that_lead_nowhere_are_said_as_paths_are(tmp_path: Path, dataset_dir: Path) -> None:
    for url, status, says in (
        (f"{tmp_path.as_uri()}/no-existe.pdf", 2, "no existe"),
        ("nada-de-nada://cubo/a.pdf", 1, "no se puede recorrer"),
    ):
        result = CliRunner().invoke(app, ["ingest", url, "--out", str(dataset_dir), "--no-report"])
        assert (result.exit_code, result.exception.__class__) == (status, SystemExit)
        assert says in result.stderr and url in result.stderr


def test_a_cluster_that_is_not_there_is_a_wrong_command_line(
    monkeypatch: pytest.MonkeyPatch, small_pdf: Path, dataset_dir: Path
) -> None:
    from cuadra import cluster as module

    monkeypatch.setattr(module, "CONNECT_WITHIN", "1s")
    arguments = ["ingest", str(small_pdf), "--out", str(dataset_dir), "--dask", "tcp://127.0.0.1:9"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "no se puede conectar con este cluster" in result.stderr


@pytest.mark.parametrize("name", ["", ".", "..", "a/b.pdf", "a\0.pdf", "x" * 300 + ".pdf"])
def test_a_copy_never_takes_a_name_that_leads_elsewhere(name: str) -> None:
    assert local_name(name) == "document.pdf"
    assert local_name("2024 ñ.pdf") == "2024 ñ.pdf"


def test_what_is_a_url_and_what_a_path() -> None:
    assert source("s3://cubo/a b.pdf") == Remote("s3://cubo/a b.pdf")
    for text in ("a.pdf", "/a/b.pdf", "C:/a.pdf", "a:b.pdf", "./s3:/x"):
        assert source(text) == Path(text)
