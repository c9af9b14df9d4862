"""What the README shows runs as printed, and it shows every command and option.

Fenced blocks ``sh``, ``python`` and ``sql`` are run in the order of the page, in a folder that has
the samples and a dataset ``out`` made of the sample programme; SQL runs against that dataset and
must give rows. A block that follows the comment ``<!-- not run -->`` is left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
import typer.main

from cuadra import pipeline
from cuadra.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
NOT_RUN = "<!-- not run -->"


class Block(NamedTuple):
    """A fenced block; ``line`` is where it starts, from 1."""

    language: str
    code: str
    line: int


def blocks(page: str) -> list[Block]:
    """The blocks that are to run."""
    fence = re.compile(r"^```(sh|python|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [
        Block(match[1], match[2], page.count("\n", 0, match.start()) + 1)
        for match in fence.finditer(page)
        if not page[: match.start()].rstrip().endswith(NOT_RUN)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample_pdf: Path) -> Path:
    """A working folder as after ``make ingest``."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "samples").symlink_to(ROOT / "samples", target_is_directory=True)
    pipeline.ingest([sample_pdf], folder / "out", force=False, listener=lambda _: None)
    return folder


@pytest.mark.parametrize("block", blocks(README), ids=lambda block: f"line-{block.line}")
def test_block_runs_as_printed(block: Block, folder: Path) -> None:
    if block.language == "sql":
        with duckdb.connect(str(folder / "out" / "cuadra.duckdb"), read_only=True) as connection:
            for statement in connection.extract_statements(block.code):
                assert connection.execute(statement).fetchall(), statement.query
        return
    runner = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*runner[block.language], block.code],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_readme_shows_every_way_in() -> None:
    assert {block.language for block in blocks(README)} == {"sh", "python", "sql"}


def test_every_command_and_option_is_in_the_readme() -> None:
    group = typer.main.get_command(app)
    missing = []
    for name, command in {"": group, **group.commands}.items():  # type: ignore[attr-defined]
        if f"cuadra {name}".strip() not in README:
            missing.append(name)
        for parameter in command.params:
            options = [option for option in parameter.opts if option.startswith("--")]
            missing.extend(option for option in options if f"`{option}" not in README)
    assert not missing


def test_blocks_are_found_and_can_be_left_out() -> None:
    page = f"```sh\na\n```\n{NOT_RUN}\n```sh\nb\n```\n```text\nc\n```\n\n```sql\nd\n```\n"
    assert blocks(page) == [Block("sh", "a\n", 1), Block("sql", "d\n", 12)]
