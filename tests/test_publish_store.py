"""The dataset is written whole or not at all, and nothing in it is lost silently."""

from __future__ import annotations

import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from normalize.schema import TABLES, Finding, Indicator, Observation
from publish import query, store
from publish.columns import columns
from publish.errors import DatasetError
from publish.releases import Release, order
from tests.publish_rows import AWKWARD, document, staged

ROOT = Path(__file__).parent.parent
A, B, C = (f"d{letter * 16}" for letter in "abc")


def ask(directory: Path, sql: str) -> list[Any]:
    with duckdb.connect(str(store.database(directory)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_tables_columns_types_and_comments_are_the_models(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document())])
    assert {row[0] for row in ask(tmp_path, "SHOW TABLES")} == {model.table for model in TABLES}
    for model in TABLES:
        described = ask(
            tmp_path,
            "SELECT column_name, data_type, NOT is_nullable FROM duckdb_columns() "
            f"WHERE table_name = '{model.table}' ORDER BY column_index",
        )
        assert described == [(item.name, item.sql_type, item.required) for item in columns(model)]
    comments = dict(ask(tmp_path, "SELECT table_name, comment FROM duckdb_tables()"))
    assert comments["findings"] == "Lo que no cuadra, con su evidencia."
    assert ask(
        tmp_path,
        "SELECT data_type, comment FROM duckdb_columns() "
        "WHERE table_name = 'indicators' AND column_name = 'target_value'",
    ) == [("DECIMAL(38,10)", "Meta. Valor de la meta final.")]


def test_keys_are_unique_whatever_is_stored_over_what(tmp_path: Path) -> None:
    for letters in ("a", "ab", "b", "ac", "a"):
        store.publish(tmp_path, [staged(document(letter)) for letter in letters])
    for model in TABLES:
        key = ", ".join(model.key)
        ((rows, keys),) = ask(
            tmp_path, f"SELECT count(*), count(DISTINCT ({key})) FROM {model.table}"
        )
        assert rows == keys, model.table
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(3,)]


def test_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document())])
    with store.reading(tmp_path) as connection:
        indicator = query.rows(connection, Indicator)[0]
        historical, target = query.rows(connection, Observation)
    assert str(indicator.baseline_value) == "29.99"
    assert indicator.baseline_text == "29.9900"
    assert indicator.remarks == AWKWARD
    assert historical.value == Decimal("0.0000000001")
    assert (target.value, target.value_text) == (None, "n.d.")


def test_the_file_is_written_in_the_storage_version_of_duckdb_1_2(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    store.publish(tmp_path, [staged(document("b", programme_id="otro"))])
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{store.database(tmp_path)}' AS old (READ_ONLY)")
        tags = connection.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'old'"
        ).fetchone()
    assert tags is not None
    assert tags[0].startswith("v1.2.0")


def test_a_document_read_again_replaces_its_rows_only(tmp_path: Path) -> None:
    store.publish(
        tmp_path,
        [staged(document("a")), staged(document("b", programme_id="otro"), ["f2"])],
    )
    store.publish(tmp_path, [staged(document("a"), [])])
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(2,)]
    assert ask(tmp_path, "SELECT finding_id, document_id FROM findings") == [("f2", B)]
    assert ask(tmp_path, "SELECT count(*) FROM provenance") == [(4,)]


def test_known_readings(tmp_path: Path) -> None:
    assert store.known_readings(tmp_path) == {}
    store.publish(tmp_path, [staged(document("a"))])
    assert store.known_readings(tmp_path) == {"a" * 64: (A, "1")}


def test_a_re_release_supersedes_and_owns_the_findings_that_both_have(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("b"), ["both", "old"])])
    store.publish(tmp_path, [staged(document("a"), ["both", "new"])])
    superseded = "SELECT document_id, superseded_by FROM documents ORDER BY ALL"
    owners = "SELECT finding_id, document_id FROM findings ORDER BY ALL"
    assert ask(tmp_path, superseded) == [(A, None), (B, A)]
    assert ask(tmp_path, owners) == [("both", A), ("new", A), ("old", B)]
    # Reading the older release again makes it no newer.
    store.publish(tmp_path, [staged(document("b"), ["both", "old"])])
    assert ask(tmp_path, superseded) == [(A, None), (B, A)]
    assert ask(tmp_path, owners) == [("both", A), ("new", A), ("old", B)]


def test_the_findings_of_an_older_release_include_those_taken_over(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("b"), ["both"]), staged(document("a"), ["both"])])
    with store.reading(tmp_path) as connection:
        older = query.findings_of(connection, [B])
        assert [(item.finding_id, item.document_id) for item in older] == [("both", A)]
        assert query.findings_of(connection, []) == []
    store.publish(tmp_path, [staged(document("b"), [])])
    with store.reading(tmp_path) as connection:
        assert query.findings_of(connection, [B]) == []


@pytest.mark.parametrize(
    "other",
    [
        {"programme_id": "otro"},
        {"programme_id": None},
        {"end": 2018},
        {"end": None},
    ],
)
def test_other_programmes_periods_and_unknown_ones_supersede_nothing(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    store.publish(tmp_path, [staged(document("a", **other), ["1"])])
    store.publish(tmp_path, [staged(document("b"), ["2"])])
    assert ask(tmp_path, "SELECT count(superseded_by) FROM documents") == [(0,)]


def test_three_releases_form_a_chain_that_survives_any_re_reading() -> None:
    def release(letter: str, superseded_by: str | None = None) -> Release:
        return Release(f"d{letter * 16}", "programa_derivado", "p", 2020, 2024, superseded_by)

    chain = order([release("c", A), release("a")], [release("b")])
    assert chain.superseded_by == {C: A, A: B, B: None}
    assert chain.rank[C] < chain.rank[A] < chain.rank[B]
    again = order([release("a", B), release("b"), release("c", A)], [])
    assert again == chain


def test_an_exception_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    before = store.database(tmp_path).read_bytes()

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(store, "_supersede", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        store.publish(tmp_path, [staged(document("b"))])
    assert store.database(tmp_path).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cuadra.lock", "cuadra.duckdb"]


def test_what_a_killed_run_left_beside_does_not_matter(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    (tmp_path / ".cuadra.duckdb.new").write_bytes(b"half a file")
    (tmp_path / ".cuadra.duckdb.new.wal").write_bytes(b"half a log")
    store.publish(tmp_path, [staged(document("b"))])
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(2,)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cuadra.lock", "cuadra.duckdb"]


def test_a_reader_does_not_block_and_keeps_what_it_opened(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    with duckdb.connect(str(store.database(tmp_path)), read_only=True) as reader:
        store.publish(tmp_path, [staged(document("b"))])
        assert reader.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE indicators RENAME COLUMN trend TO tendency",
        "ALTER TABLE variables ADD COLUMN more INTEGER",
        "DROP TABLE checks",
        "ALTER TABLE figures ALTER COLUMN value TYPE DOUBLE",
    ],
)
def test_a_dataset_of_another_version_is_refused_and_left_as_it_is(
    tmp_path: Path, change: str
) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    with duckdb.connect(str(store.database(tmp_path))) as connection:
        connection.execute(change)
    before = store.database(tmp_path).read_bytes()
    for use in (store.known_readings, lambda path: store.publish(path, [staged(document("b"))])):
        with pytest.raises(DatasetError, match="Muévalo a otro lugar") as caught:
            use(tmp_path)
        assert "Move it away" in caught.value.message_en
    assert store.database(tmp_path).read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    store.database(tmp_path).write_text("no soy una base de datos")
    with pytest.raises(DatasetError, match="no se puede abrir"):
        store.known_readings(tmp_path)


def test_a_log_left_by_another_writer_is_refused(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    (tmp_path / "cuadra.duckdb.wal").write_bytes(b"x")
    with pytest.raises(DatasetError, match="abierto para escribir"):
        store.publish(tmp_path, [staged(document("b"))])


def test_pages_of_evidence(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    place = query.Place(A, "indicators", "1.1", "baseline_value")
    with store.reading(tmp_path) as connection:
        assert query.pages(connection, [place, place._replace(record="9.9")]) == {place: 41}
        assert query.pages(connection, []) == {}
        assert [str(item.difference) for item in query.rows(connection, Finding)] == ["-0.01"]


def test_a_killed_run_leaves_the_old_file(tmp_path: Path) -> None:
    store.publish(tmp_path, [staged(document("a"))])
    before = store.database(tmp_path).read_bytes()
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom publish import store\n"
        "from tests.publish_rows import document, staged\n"
        "store._supersede = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.publish(Path(sys.argv[1]), [staged(document('b'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert store.database(tmp_path).read_bytes() == before
    store.publish(tmp_path, [staged(document("b"))])
    assert ask(tmp_path, "SELECT count(*) FROM documents") == [(2,)]


def test_a_chain_of_thousands_of_releases_is_followed_once() -> None:
    count = 5000
    ids = [f"d{n:016x}" for n in range(count)]
    following = [*ids[1:], None]
    chain = order(
        [
            Release(own, "programa_derivado", "piimss", 2020, 2024, newer)
            for own, newer in zip(reversed(ids), reversed(following), strict=True)
        ],
        [Release("dnew", "programa_derivado", "piimss", 2020, 2024)],
    )
    assert chain.superseded_by == dict(zip(ids, [*ids[1:], "dnew"], strict=True)) | {"dnew": None}
