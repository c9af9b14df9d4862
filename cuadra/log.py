"""The log of a run: one line per file, for people or as JSON, and a summary at its end.

``DIR/.state/last-run.json`` holds the summary of the last run; ``--log-format json`` writes it to
standard error too, after the lines of the files.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cuadra import version
from cuadra.exit_status import INTERRUPTED, TERMINATED
from cuadra.language import Lang, Text, printable
from cuadra.reports import Report
from publish.files import publish_text
from publish.state import FOLDER

LAST_RUN = "last-run.json"
NOT_TRIED = Text(
    "se sabe de una corrida anterior; con --force se intenta otra vez",
    "known from an earlier run; with --force it is tried again",
)


def report_line(report: Report, lang: Lang) -> str:
    """One line for people on what became of a file."""
    if report.problem is not None:
        again = "" if report.tried else f" ({NOT_TRIED.of(lang)})"
        return printable(f"error: {report.problem.of(lang)}{again}")
    return printable(f"{report.path}: {_became(report).of(lang)}")


def _became(report: Report) -> Text:
    if report.status == "known":
        return Text("ya estaba leído; no cambió.", "already read; it has not changed.")
    anew_es, anew_en = _anew(report)
    if report.family == "otra":
        return Text(
            f"no es de una familia conocida; se registra como «otra».{anew_es}",
            f"of no known family; recorded as “otra”.{anew_en}",
        )
    counts = (report.pages, report.indicators, report.values, report.findings, report.seconds)
    return Text(
        "{:,} páginas, {:,} indicadores, {:,} valores, {:,} hallazgos, {:.2f} s".format(*counts)
        + anew_es,
        "{:,} pages, {:,} indicators, {:,} values, {:,} findings, {:.2f} s".format(*counts)
        + anew_en,
    )


def _anew(report: Report) -> Text:
    """Why a document that is stored was read all the same."""
    if report.earlier_version in (None, version.READING_VERSION):
        return Text("", "")
    return Text(
        f" (leído de nuevo: lo había leído la versión {report.earlier_version})",
        f" (read anew: version {report.earlier_version} had read it)",
    )


def report_json(report: Report) -> str:
    """What became of a file as one line of JSON; ``time`` is UTC, ``seconds`` of wall time."""
    line = {
        "event": "document",
        "time": now(),
        "path": str(report.path),
        "status": report.status,
        "sha256": report.sha256,
        "document_id": report.document_id,
        "family": report.family,
        "seconds": round(report.seconds, 3),
        "pages": report.pages,
        "indicators": report.indicators,
        "values": report.values,
        "findings": report.findings,
        "earlier_version": report.earlier_version,
    }
    if report.problem is not None:
        line |= {
            "reason": report.reason,
            "message_es": report.problem.es,
            "message_en": report.problem.en,
            "page": report.page,
            "tried": report.tried,
        }
    return json.dumps(line)


def run_summary(
    reports: Sequence[Report],
    seconds: Mapping[str, float],
    findings: Mapping[str, int],
    *,
    exit_status: int,
    not_reached: int = 0,
) -> dict[str, Any]:
    """The summary of a run: plain data, the same in ``last-run.json`` and on standard error.

    Of a run that was ``interrupted`` it says what was done and stored; ``not_reached`` counts the
    files whose turn had not come, and ``findings`` are not counted.

    ``documents``, ``pages``, ``indicators`` and ``values`` count what this run read; ``findings``
    counts, by severity, those of all documents of its paths, accepted ones left out. ``seconds``
    are those of each stage, reading first, and of the whole.
    """
    by_status = Counter(report.status for report in reports)
    return {
        "event": "run",
        "time": now(),
        "version": version.__version__,
        "reading_version": version.READING_VERSION,
        "exit_status": exit_status,
        "interrupted": exit_status in (INTERRUPTED, TERMINATED),
        "documents": {status: by_status[status] for status in ("read", "known", "unreadable")},
        "not_reached": not_reached,
        "unreadable": dict(Counter(report.reason for report in reports if report.reason)),
        "pages": sum(report.pages for report in reports),
        "indicators": sum(report.indicators for report in reports),
        "values": sum(report.values for report in reports),
        "findings": dict(findings),
        "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
    }


def keep_summary(directory: Path, summary: Mapping[str, Any]) -> None:
    """Write ``last-run.json``. Raises ``OSError``."""
    folder = directory / FOLDER
    folder.mkdir(exist_ok=True)
    publish_text(folder / LAST_RUN, json.dumps(summary, indent=2) + "\n")


def now() -> str:
    """UTC, ISO 8601, to the millisecond."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
