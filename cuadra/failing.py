"""What cannot be read: kept in the quarantine, and not tried again as long as it would fail again.

Of a failure that lies in the content alone, the next runs report what is known, as they do with
content that is stored. It is tried again under another reading version or other limits, and with
``--force``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

from cuadra import version
from cuadra.language import Text
from cuadra.options import Options
from cuadra.reports import Failure, Report
from publish import quarantine

LASTING = frozenset(
    {
        *("not_pdf", "empty", "truncated", "damaged", "no_text", "page_failed"),
        *("too_many_pages", "inflates", "timeout", "memory"),
    }
)
"""Reasons that hold under the same conditions. The others may pass: a password that is given, an
OCR that is installed, a disk that is there again, a machine that had no memory left."""


class Failing:
    """The unreadable files of a run into ``directory``, whose lock is held."""

    def __init__(self, directory: Path, options: Options, *, force: bool) -> None:
        self._directory = directory
        self._force = force
        depends_on = [version.READING_VERSION, asdict(options.limits)]
        self._conditions = hashlib.sha256(json.dumps(depends_on).encode()).hexdigest()

    @cached_property
    def known(self) -> dict[str, Failure]:
        """SHA-256 of content that need not be tried, and why it cannot be read."""
        entries = [] if self._force else quarantine.entries(self._directory)
        return {
            entry.sha256: _failure(entry)
            for entry in entries
            if entry.sha256 is not None and entry.conditions == self._conditions
        }

    def mark(self, report: Report) -> None:
        """Keep the reason of an unreadable file; forget that of one that can be read now.

        Raises ``OSError``.
        """
        if report.status == "unreadable":
            quarantine.put(self._directory, report.path, self._entry(report))
        else:
            quarantine.release(self._directory, report.path)

    def _entry(self, report: Report) -> quarantine.Entry:
        problem = report.problem
        return quarantine.Entry(
            file_name=report.path.name,
            source_uri=str(report.path),
            sha256=report.sha256,
            reason=report.reason,
            message_es=problem.es if problem else "",
            message_en=problem.en if problem else "",
            page=report.page,
            conditions=self._conditions if report.reason in LASTING else None,
        )


def _failure(entry: quarantine.Entry) -> Failure:
    """What was told of a file, without its path: another one may have the same content."""
    told = (
        text.removeprefix(f"{entry.source_uri}: ") for text in (entry.message_es, entry.message_en)
    )
    return Failure(entry.reason, Text(*told), entry.page)
