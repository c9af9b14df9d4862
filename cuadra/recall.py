"""The answer to a run with nothing new: what the last such run printed, kept in ``DIR/.state``.

It holds as long as nothing changed that it rests on: the files, the program, the dataset and its
copies, the auditors' verdicts, the options. Neither models nor database are loaded for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cuadra import version
from cuadra.sources import Source
from publish.files import publish_text
from publish.state import FOLDER, Files, fingerprint

NAME = "answer.json"

RESTS_ON = (
    "cuadra.duckdb",
    "cuadra.toml",
    "cuadra.xlsx",
    "dataset/datapackage.json",
    "report/index.html",
)
"""What of the output folder an answer rests on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run printed: ``remarks`` on standard error, ``output`` on standard output.

    ``document_ids`` are those of the files, in order; ``findings`` counts by severity.
    """

    document_ids: list[str]
    remarks: list[str]
    output: str
    findings: dict[str, int]


def question(
    directory: Path, files: Sequence[Source], kept: Files, others: Sequence[Path], *asked: object
) -> str | None:
    """A digest of all that the answer depends on; ``None`` where some file may have changed.

    ``others`` are further files that it rests on, ``asked`` is what the options say.
    """
    digests = []
    for path in files:
        if not isinstance(path, Path):
            return None
        try:
            sha256 = kept.unchanged(path)
        except OSError:
            return None
        if sha256 is None:
            return None
        digests.append([str(path), sha256])
    rests_on = [*(directory / name for name in RESTS_ON), *others]
    prints = [_print(path) for path in rests_on]
    whole = [version.__version__, version.READING_VERSION, digests, prints, list(map(str, asked))]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def _print(path: Path) -> list[int] | None:
    try:
        return list(fingerprint(path))
    except OSError:
        return None


def recall(directory: Path, asked: str | None) -> Answer | None:
    """The answer to a question, if it is the one that was kept."""
    if asked is None:
        return None
    try:
        kept = json.loads((directory / FOLDER / NAME).read_bytes())
        return Answer(**kept["answer"]) if kept["question"] == asked else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(directory: Path, asked: str | None, answer: Answer) -> None:
    """Keep an answer for the next run. Raises ``OSError``."""
    if asked is None:
        return
    folder = directory / FOLDER
    folder.mkdir(exist_ok=True)
    text = json.dumps({"question": asked, "answer": asdict(answer)})
    publish_text(folder / NAME, text)
