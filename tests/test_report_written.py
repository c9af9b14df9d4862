"""The report's files: written from the stored dataset alone, and only where something changed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import publish.report
from cuadra.cli import app
from publish.report import FOLDER, is_current, write_report


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def shard(path: Path) -> Any:
    """The data of a script, read as the page does."""
    text = path.read_text("utf-8")
    literal = text[text.index("JSON.parse('") + len("JSON.parse('") : text.rindex("')")]
    unescaped = literal.replace("\\\\", "\0").replace("\\'", "'")
    for code in ("003c", "003e", "0026", "2028", "2029"):
        unescaped = unescaped.replace(f"\\u{code}", chr(int(code, 16)))
    return json.loads(unescaped.replace("\0", "\\"))


@pytest.fixture(scope="module")
def out(small_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of two fichas with its report, as ``cuadra ingest`` leaves it."""
    folder = tmp_path_factory.mktemp("written") / "out"
    assert run("ingest", str(small_pdf), "--out", str(folder)).exit_code == 0
    return folder


def times(report: Path) -> dict[str, int]:
    return {
        str(path.relative_to(report)): path.stat().st_mtime_ns
        for path in report.rglob("*")
        if path.is_file()
    }


def test_ingest_leaves_a_report_that_is_current(out: Path) -> None:
    assert (out / FOLDER / "index.html").is_file()
    assert is_current(out)
    assert not is_current(out, lang="en")


def test_no_report_leaves_none(small_pdf: Path, tmp_path: Path) -> None:
    assert run("ingest", str(small_pdf), "--out", str(tmp_path), "--no-report").exit_code == 0
    assert not (tmp_path / FOLDER).exists()


def test_report_says_where_it_is_and_rewrites_nothing_that_is_the_same(out: Path) -> None:
    before = times(out / FOLDER)
    result = run("report", "--out", str(out))
    assert result.exit_code == 0
    assert result.stdout.strip() == str(out / FOLDER / "index.html")
    after = times(out / FOLDER)
    assert {name for name in after if after[name] != before.get(name)} <= {
        "index.html",
        ".stamp.json",
    }


def test_report_without_a_dataset_says_what_to_do(tmp_path: Path) -> None:
    result = run("report", "--out", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "cuadra ingest" in result.stderr


def test_every_finding_has_steps_and_boxes_of_its_own_document(out: Path) -> None:
    index = shard(out / FOLDER / "data" / "index.js")
    (document,) = index["documents"]
    data = shard(out / FOLDER / "data" / "documents" / f"{document['id']}.js")
    assert index["findings"]
    for finding_id, *_ in index["findings"]:
        assert data["findings"][finding_id]["steps"]
    for page, name in data["pictures"].items():
        assert name.startswith(document["id"][1:]) and f"-{page}." in name
        assert (out / FOLDER / "pages" / name).is_file()


def test_a_report_is_whole_without_its_pdf_and_says_so(out: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(out, moved)
    shutil.rmtree(moved / FOLDER)
    import duckdb

    with duckdb.connect(str(moved / "cuadra.duckdb")) as connection:
        connection.execute("UPDATE documents SET source_uri = 'gone/away.pdf'")
    write_report(moved)
    (path,) = (moved / FOLDER / "data" / "documents").iterdir()
    data = shard(path)
    assert data["missing"] == "gone" and not data["pictures"] and data["findings"]


def test_pictures_made_before_serve_when_the_pdf_is_gone(out: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(out, kept)
    import duckdb

    with duckdb.connect(str(kept / "cuadra.duckdb")) as connection:
        connection.execute("UPDATE documents SET source_uri = 'gone/away.pdf'")
    write_report(kept)
    (path,) = (kept / FOLDER / "data" / "documents").iterdir()
    data = shard(path)
    assert data["pictures"] and not data["missing"]


def test_a_page_that_cannot_be_drawn_costs_its_picture_only(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    shutil.copytree(out, slow)
    shutil.rmtree(slow / FOLDER)
    monkeypatch.setattr("cuadra.picturing.SECONDS", 0.0)
    assert run("report", "--out", str(slow)).exit_code == 0
    (path,) = (slow / FOLDER / "data" / "documents").iterdir()
    data = shard(path)
    assert data["missing"] == "failed" and not data["pictures"] and data["findings"]


def test_the_page_makes_no_markup_of_texts() -> None:
    """Elements are made from text nodes alone; only the vendored library could do otherwise."""
    scripts = sorted((Path(publish.report.__file__).parent / "static" / "js").glob("*.js"))
    assert scripts
    for path in scripts:
        text = path.read_text("utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, f"{path.name}: {way}"


def test_both_languages_have_the_same_words() -> None:
    """A key that one language lacks would be found only by opening its view."""
    static = Path(publish.report.__file__).parent / "static" / "js"
    es, en = (static / "words.js").read_text("utf-8").split("\n  en: {")
    keys = [re.findall(r'"([a-z0-9._]+)":', half) for half in (es, en)]
    assert sorted(keys[0]) == sorted(keys[1])
    assert len(set(keys[0])) == len(keys[0])
    used = {
        key
        for path in static.glob("*.js")
        for key in re.findall(r'\bword\("([a-z0-9._]+)"', path.read_text("utf-8"))
    }
    assert used <= set(keys[0])
