"""CSV, Parquet and the data package that describes them."""

from __future__ import annotations

import csv
import hashlib
import json
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cuadra.pipeline import ingest
from normalize.schema import TABLES
from publish import export as export_module
from publish.export import export, folder, is_current
from publish.store import publish
from tests.publish_rows import AWKWARD, document, staged


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A dataset of two documents, published and exported."""
    publish(tmp_path, [staged(document("b"), ["f2", "f1"]), staged(document("a"), ["f3"])])
    export(tmp_path)
    return tmp_path


def read_csv(out: Path, table: str) -> list[dict[str, str]]:
    with (folder(out) / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def package(out: Path) -> dict[str, Any]:
    descriptor: dict[str, Any] = json.loads((folder(out) / "datapackage.json").read_text("utf-8"))
    return descriptor


def frictionless_report(out: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies' deprecations
        import frictionless

        return frictionless.validate(str(folder(out) / "datapackage.json"))


def test_numbers_are_short_and_texts_survive(out: Path) -> None:
    indicator = read_csv(out, "indicators")[0]
    assert indicator["baseline_value"] == "29.99"
    assert indicator["baseline_text"] == "29.9900"
    assert indicator["remarks"] == AWKWARD
    assert indicator["trend"] == ""
    assert read_csv(out, "variables")[0]["value"] == "1000000"
    assert read_csv(out, "observations")[0]["value"] == "0.0000000001"


def test_null_and_empty_text_differ(out: Path) -> None:
    line = (folder(out) / "checks.csv").read_text("utf-8").splitlines()[-1]
    assert line.startswith('dbbbbbbbbbbbbbbbb,REA03,"","",passed,')
    assert line.endswith(",,,")


def test_rows_stand_in_the_order_of_their_keys(out: Path) -> None:
    assert [row["file_name"] for row in read_csv(out, "documents")] == ["a.pdf", "b.pdf"]
    assert [row["finding_id"] for row in read_csv(out, "findings")] == ["f3", "f1", "f2"]
    assert [row["part"] for row in read_csv(out, "provenance")] == ["1", "2", "1", "2"]


def test_parquet_holds_exact_numbers(out: Path) -> None:
    path = folder(out) / "indicators.parquet"
    rows = duckdb.sql(f"SELECT baseline_value, trend FROM '{path}'").fetchall()
    assert rows == [(Decimal("29.9900000000"), None)] * 2


def test_the_same_rows_give_the_same_bytes(out: Path, tmp_path_factory: Any) -> None:
    """… whatever the order in which the documents were read."""
    other = tmp_path_factory.mktemp("other")
    publish(other, [staged(document("b"), ["f1", "f2"])])
    publish(other, [staged(document("a"), ["f3"])])
    publish(other, [staged(document("b"), ["f1", "f2"])])
    export(other)
    names = sorted(path.name for path in folder(out).iterdir())
    assert names == sorted(path.name for path in folder(other).iterdir())
    for name in names:
        if name.endswith(".csv"):
            assert (folder(out) / name).read_bytes() == (folder(other) / name).read_bytes(), name


def test_frictionless_validates_the_package(out: Path) -> None:
    report = frictionless_report(out)
    assert report.valid, report.flatten(["name", "type", "note"])


def test_frictionless_reads_ids_as_text_and_numbers_exactly(out: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        resources = frictionless.Package(str(folder(out) / "datapackage.json"))
        indicator = resources.get_resource("indicators").read_rows()[0]
        check = resources.get_resource("checks").read_rows()[-1]
    assert indicator["document_id"] == "d" + "a" * 16
    assert indicator["indicator_id"] == "1.1"
    assert indicator["baseline_value"] == Decimal("29.99")
    assert check["indicator_id"] == ""
    assert check["stated"] is None


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("indicators", "29.99,", "veinte,"),  # a word where a number belongs
        ("variables", "1.1,1,", "9.9,1,"),  # an indicator that does not exist
        ("documents", "programa_derivado", "programa_inventado"),
    ],
)
def test_frictionless_would_see_a_fault(out: Path, table: str, old: str, new: str) -> None:
    path = folder(out) / f"{table}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    described = package(out)
    for resource in described["resources"]:
        if resource["path"] == path.name:
            resource["bytes"] = path.stat().st_size
            resource["hash"] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    (folder(out) / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert not frictionless_report(out).valid


def test_hashes_and_sizes_are_those_of_the_files(out: Path) -> None:
    resources = package(out)["resources"]
    assert len(resources) == 2 * len(TABLES)
    for resource in resources:
        content = (folder(out) / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_titles_and_descriptions_stand_in_both_languages(out: Path) -> None:
    for resource in package(out)["resources"]:
        described = [resource, *resource.get("schema", {}).get("fields", [])]
        for item in described:
            for name in ("title", "description", "title_en", "description_en"):
                assert item[name], (resource["name"], item["name"], name)


def test_every_key_is_described(out: Path) -> None:
    schemas = {item["name"]: item.get("schema") for item in package(out)["resources"]}
    for model in TABLES:
        assert schemas[model.table]["primaryKey"] == list(model.key)


def test_an_exception_leaves_the_old_copies(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in folder(out).iterdir()}
    publish(out, [staged(document("a"), [])])
    assert not is_current(out)

    def fail(*_: object) -> str:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(export_module, "digest", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        export(out)
    assert {path.name: path.read_bytes() for path in folder(out).iterdir()} == before
    monkeypatch.undo()
    export(out)
    assert is_current(out)
    assert [row["finding_id"] for row in read_csv(out, "findings")] == ["f1", "f2"]


def test_the_sample_programme_gives_a_valid_package_and_the_same_bytes_twice(
    sample_pdf: Path, tmp_path: Path
) -> None:
    copies = []
    for name in ("one", "two"):
        ingest([sample_pdf], tmp_path / name, force=False, listener=lambda _: None)
        copies.append({path.name: path.read_bytes() for path in folder(tmp_path / name).iterdir()})
    report = frictionless_report(tmp_path / "one")
    assert report.valid, report.flatten(["name", "type", "note"])
    assert copies[0] == copies[1]
    rows = {table: len(read_csv(tmp_path / "one", table)) for table in ("documents", "indicators")}
    assert rows == {"documents": 1, "indicators": 18}
