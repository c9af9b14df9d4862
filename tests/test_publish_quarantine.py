"""Each unreadable file leaves one JSON that says why."""

from __future__ import annotations

import json
import os
from pathlib import Path

from publish.quarantine import Entry, entry_path, put, release

ENTRY = Entry("á.pdf", "carpeta/á.pdf", "0" * 64, "encrypted", "Cifrado.", "Encrypted.", None)


def test_an_entry_is_readable_json(tmp_path: Path) -> None:
    path = put(tmp_path, Path("carpeta/á.pdf"), ENTRY)
    assert path.parent == tmp_path / "quarantine"
    assert json.loads(path.read_text("utf-8")) == {
        "file_name": "á.pdf",
        "source_uri": "carpeta/á.pdf",
        "sha256": "0" * 64,
        "reason": "encrypted",
        "message_es": "Cifrado.",
        "message_en": "Encrypted.",
        "page": None,
        "conditions": None,
    }


def test_files_of_one_name_in_two_folders_have_two_entries(tmp_path: Path) -> None:
    assert put(tmp_path, Path("a/x.pdf"), ENTRY) != put(tmp_path, Path("b/x.pdf"), ENTRY)
    assert entry_path(tmp_path, Path("a/x.pdf")) == entry_path(tmp_path, Path("b/../a/x.pdf"))


def test_an_entry_is_replaced_and_released(tmp_path: Path) -> None:
    source = Path("a/x.pdf")
    put(tmp_path, source, ENTRY)
    put(tmp_path, source, ENTRY)
    assert len(list((tmp_path / "quarantine").iterdir())) == 1
    release(tmp_path, source)
    release(tmp_path, source)
    assert list((tmp_path / "quarantine").iterdir()) == []


def test_any_file_name_will_do(tmp_path: Path) -> None:
    for name in (os.fsdecode(b"\xff\xfe.pdf"), "x" * 250 + ".pdf", "línea\nnueva.pdf"):
        put(tmp_path, Path(name), ENTRY)
    assert len(list((tmp_path / "quarantine").iterdir())) == 3
