"""Which files a PATH means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cuadra import collect as collect_module
from cuadra.collect import collect


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with PDFs at several depths, and things that are none."""
    for name in ("b.pdf", "a/uno.PDF", "a/b/c/sin-extension", "z.pdf"):
        path = tmp_path / "raíz" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7\n" + name.encode())
    (tmp_path / "raíz" / "nota.txt").write_text("nada")
    (tmp_path / "raíz" / "junk.bin").write_bytes(b"\n%PDF-1.7")
    return tmp_path / "raíz"


def names(folder: Path, files: list[Path]) -> list[str]:
    return [str(path.relative_to(folder)) for path in files]


def test_a_folder_is_searched_to_the_bottom_in_a_fixed_order(tree: Path) -> None:
    found = collect([tree])
    assert names(tree, found.files) == ["b.pdf", "z.pdf", "a/uno.PDF", "a/b/c/sin-extension"]
    assert not found.missing and not found.skipped and not found.unsearchable


def test_links_to_files_are_followed_and_to_folders_are_not(tree: Path, tmp_path: Path) -> None:
    outside = tmp_path / "fuera"
    outside.mkdir()
    (outside / "enlazado.pdf").write_bytes(b"%PDF-1.4")
    (tree / "enlace.pdf").symlink_to(outside / "enlazado.pdf")
    (tree / "carpeta").symlink_to(outside, target_is_directory=True)
    (tree / "ciclo").symlink_to(tree, target_is_directory=True)
    (tree / "roto.pdf").symlink_to(outside / "no-existe.pdf")
    assert names(tree, collect([tree]).files) == [
        "b.pdf",
        "enlace.pdf",
        "z.pdf",
        "a/uno.PDF",
        "a/b/c/sin-extension",
    ]
    assert names(outside, collect([outside]).files) == ["enlazado.pdf"]


def test_a_file_reached_twice_is_taken_once(tree: Path) -> None:
    (tree / "c.pdf").symlink_to(tree / "b.pdf")
    assert names(tree, collect([tree / "b.pdf", tree, tree / "a" / ".." / "b.pdf"]).files) == [
        "b.pdf",
        "z.pdf",
        "a/uno.PDF",
        "a/b/c/sin-extension",
    ]


def test_pipes_in_a_folder_are_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "tubo.pdf")
    assert "tubo.pdf" not in names(tree, collect([tree]).files)


def test_a_file_named_pdf_that_is_none_is_skipped_aloud(tree: Path) -> None:
    (tree / "error.pdf").write_text("<html>404</html>")
    found = collect([tree])
    assert len(found.files) == 4
    assert [text.en.partition(": ")[2] for text in found.skipped] == [
        "skipped; it is named .pdf but does not begin with %PDF-."
    ]


def test_a_path_given_by_name_is_taken_whatever_it_holds(tree: Path) -> None:
    assert collect([tree / "nota.txt"]).files == [tree / "nota.txt"]


def test_what_does_not_exist_is_missing(tree: Path) -> None:
    (tree / "roto.pdf").symlink_to(tree / "no-existe.pdf")
    missing = [tree / "no-existe.pdf", tree / "roto.pdf"]
    assert collect([*missing, tree / "b.pdf"]).missing == missing


def test_a_folder_that_cannot_be_searched_is_said(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: str) -> object:
        if os.fspath(path).endswith("b"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(path)

    monkeypatch.setattr(collect_module.os, "scandir", scandir)
    found = collect([tree])
    assert [text.en for text in found.unsearchable] == [
        f"error: {tree / 'a' / 'b'}: the folder cannot be searched (Permission denied)."
    ]
    assert names(tree, found.files) == ["b.pdf", "z.pdf", "a/uno.PDF"]
