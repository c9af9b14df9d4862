"""Which files a command line means: PDFs named one by one, and folders searched to the bottom."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cuadra.language import Text
from cuadra.sources import NoFsspec, Remote, Source, expand

_MAGIC = b"%PDF-"


@dataclass
class Collected:
    """``files`` to read, each once, in a fixed order; ``missing`` paths; and what to say of
    folders that cannot be searched and of files that only look like PDFs."""

    files: list[Source] = field(default_factory=list)
    missing: list[Source] = field(default_factory=list)
    unsearchable: list[Text] = field(default_factory=list)
    skipped: list[Text] = field(default_factory=list)


def collect(paths: Iterable[Source]) -> Collected:
    """Find the files that the paths mean.

    A path that is no folder is taken as it is. A folder is searched for files that begin with
    ``%PDF-``: links to files are followed, links to folders are not; pipes and devices are never
    opened. A file that several paths reach is taken once.
    """
    result = Collected()
    seen: set[str] = set()
    for path in paths:
        if isinstance(path, Remote):
            _expand(path, result)
            continue
        if not path.exists():
            result.missing.append(path)
            continue
        for file in _search(path, result) if path.is_dir() else (path,):
            identity = os.path.realpath(file)
            if identity not in seen:
                seen.add(identity)
                result.files.append(file)
    return result


def _expand(remote: Remote, result: Collected) -> None:
    try:
        found = expand(remote)
    except NoFsspec:
        result.unsearchable.append(
            Text(
                f"error: {remote}: las URL necesitan el extra «dask»: pip install 'cuadra[dask]'.",
                f"error: {remote}: URLs need the extra “dask”: pip install 'cuadra[dask]'.",
            )
        )
        return
    except OSError as error:
        result.unsearchable.append(
            Text(
                f"error: {remote}: no se puede recorrer ({error}).",
                f"error: {remote}: cannot be searched ({error}).",
            )
        )
        return
    if found is None:
        result.missing.append(remote)
        return
    result.files += [each for each in found if each not in result.files]


def is_regular(path: Path) -> bool:
    """Whether a path (links followed) is an ordinary file: safe to open. Never raises."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _search(folder: Path, result: Collected) -> Iterator[Path]:
    def unsearchable(error: OSError) -> None:
        where = Path(os.fsdecode(error.filename))
        result.unsearchable.append(
            Text(
                f"error: {where}: no se puede recorrer la carpeta ({error.strerror}).",
                f"error: {where}: the folder cannot be searched ({error.strerror}).",
            )
        )

    for parent, folders, names in os.walk(folder, onerror=unsearchable):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if not is_regular(path):
                continue
            if _begins_as_pdf(path):
                yield path
            elif path.suffix.lower() == ".pdf":
                result.skipped.append(
                    Text(
                        f"{path}: se omite; se llama .pdf pero no empieza con %PDF-.",
                        f"{path}: skipped; it is named .pdf but does not begin with %PDF-.",
                    )
                )


def _begins_as_pdf(path: Path) -> bool:
    """Whether to take a file; one that may not be opened is taken if its name says PDF."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return path.suffix.lower() == ".pdf"
