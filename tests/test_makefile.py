"""The targets install what they need once, say what is missing, and fetch from no named host."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("run", "ocr", "dev", "all")


def make(folder: Path, *arguments: str) -> str:
    """What ``make`` would run, or prints, in ``folder``."""
    # The tests may themselves be run by make, whose variables would reach this one.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    done = subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A checkout in which every target has run before: the stamps stand, newer than the locks."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "locks", tmp_path / "locks")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".setup").mkdir()
    made = [tmp_path / ".venv/bin/python"]
    made += [tmp_path / ".setup" / name for name in (*LOCKS, "typesetters", "browser", "tesseract")]
    for moment, path in enumerate(made):
        path.touch()
        os.utime(path, (4_000_000_000 + moment, 4_000_000_000 + moment))
    return tmp_path


def test_make_alone_lists_every_target() -> None:
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0]
    listed = re.findall(r"^  make (\w+) +\S", make(ROOT), re.MULTILINE)
    assert sorted(listed) == sorted(targets.split())


@pytest.mark.parametrize(
    "target", ["install", "ingest", "test", "lint", "samples", "faults", "bench"]
)
def test_a_second_run_installs_nothing(installed: Path, target: str) -> None:
    recipe = make(installed, "-n", target)
    assert not re.search(r"pip|apt|tools/(need|make-venv)", recipe)


@pytest.mark.parametrize(
    ("target", "changed", "lock"),
    [
        ("install", "pyproject.toml", "run"),
        ("install", "locks/run.txt", "run"),
        ("test", "locks/dev.txt", "dev"),
        ("bench", "locks/all.txt", "all"),
    ],
)
def test_a_changed_lock_is_installed_with_its_hashes(
    installed: Path, target: str, changed: str, lock: str
) -> None:
    os.utime(installed / changed, (4_100_000_000, 4_100_000_000))
    assert f"--require-hashes -r locks/{lock}.txt" in make(installed, "-n", target)


def test_a_removed_environment_is_filled_again(installed: Path) -> None:
    shutil.rmtree(installed / ".venv")
    recipe = make(installed, "-n", "test")
    assert recipe.index("tools/make-venv") < recipe.index("locks/run.txt")
    assert "--require-hashes -r locks/dev.txt" in recipe


def test_ingest_takes_other_paths(installed: Path) -> None:
    recipe = make(installed, "-n", "ingest", "PATHS=a.pdf more", "OUT=there")
    assert recipe.strip() == ".venv/bin/cuadra ingest a.pdf more --out there"


def test_ingest_reads_originals_once_there_are_some(installed: Path) -> None:
    originals = installed / "samples" / "originals"
    originals.mkdir(parents=True)
    (installed / "samples" / "one.pdf").touch()
    assert "ingest samples/one.pdf --out" in " ".join(make(installed, "-n", "ingest").split())
    (originals / "two.PDF").touch()
    assert "ingest samples/one.pdf samples/originals --out" in make(installed, "-n", "ingest")


def test_an_old_python_is_named_with_the_remedy(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && { echo "Python 3.9.2"; exit 0; }\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        [ROOT / "tools/make-venv", old, tmp_path / "venv"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Python 3.9.2 is too old" in done.stderr
    assert "3.11" in done.stderr


def test_a_missing_python_is_named_with_the_remedy(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "tools/make-venv", tmp_path / "none", tmp_path / "venv"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_python_without_venv_is_named_with_the_remedy(tmp_path: Path) -> None:
    split = tmp_path / "python3"
    split.write_text(
        '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *print*) echo 0.0;; esac\nexit 0\n'
    )
    split.chmod(0o755)
    for command in ("bash", "dirname"):
        (tmp_path / command).symlink_to(str(shutil.which(command)))
    done = subprocess.run(
        [ROOT / "tools/make-venv", split, tmp_path / "venv"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "As root: apt-get install --no-install-recommends python3-venv" in done.stderr


def test_what_is_there_is_not_installed_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "tools/need", "sh=dash", f"{tmp_path}=some-folder"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_missing_package_is_named_where_it_cannot_be_installed(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [bash, ROOT / "tools/need", "no-such-typesetter=typesetter"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "As root: apt-get install --no-install-recommends typesetter" in done.stderr


def pins(lock: str) -> set[str]:
    """The lines ``name==version ; marker`` of a lock."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text()
    return {line.rstrip(" \\") for line in text.splitlines() if re.match(r"\w", line)}


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_host(lock: str) -> None:
    text = (ROOT / "locks" / f"{lock}.txt").read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)
    assert text.count("--hash=sha256:") >= len(pins(lock)) > 0


def test_each_lock_contains_the_one_before_it() -> None:
    assert pins("run") < pins("dev") < pins("all")
    assert pins("run") < pins("ocr") < pins("dev")
