"""``cuadra ingest``: from what the command line says to an exit status."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cuadra import log, recall
from cuadra.exit_status import FOUND, READ_ALL, SOME_UNREADABLE
from cuadra.for_people import write_report
from cuadra.language import Lang, LogFormat
from cuadra.options import Options
from cuadra.progress import listening
from cuadra.recall import Answer
from cuadra.reports import Report
from cuadra.stopping import status_of, stopping
from publish.state import Files

if TYPE_CHECKING:
    from cuadra.collect import Collected
    from cuadra.pipeline import Ingested
    from cuadra.summary import Summary
    from publish.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Batch:
    """One run. ``fail_on`` is a severity; ``say`` prints a line for people on standard error."""

    collected: Collected
    directory: Path
    options: Options
    jobs: int
    dask: str | None
    force: bool
    no_report: bool
    fail_on: str | None
    waivers: Path | None
    log_format: LogFormat
    lang: Lang
    say: Callable[[str], None]

    def run(self) -> int:
        """Do it, print its results, and keep its summary. The exit status.

        Raises what ``pipeline.ingest`` raises, and ``publish.errors.DatasetError`` for verdicts
        that cannot be understood.
        """
        started = time.perf_counter()
        answer = None if self.force else recall.recall(self.directory, self._question())
        if answer is None:
            return self._run(started)
        reports = [
            Report(path, "known", 0.0, document_id=document_id)
            for path, document_id in zip(self.collected.files, answer.document_ids, strict=True)
        ]
        with listening(len(reports), self.lang, self.log_format) as listener:
            for report in reports:
                listener(report)
        return self._end(answer, reports, {"whole": time.perf_counter() - started})

    def _run(self, started: float) -> int:
        from cuadra import pipeline
        from publish import waivers

        accepted = (
            waivers.load(self.waivers) if self.waivers else waivers.of_directory(self.directory)
        )
        done = pipeline.Ingested()
        try:
            with stopping():
                answer = self._ingest(done, accepted)
        except KeyboardInterrupt as interrupt:
            done.seconds["whole"] = time.perf_counter() - started
            if len(done.seconds) > 1:  # it had begun: another run's folder is that run's
                self._keep(done.reports, done.seconds, {}, status_of(interrupt))
            raise
        done.seconds["whole"] = time.perf_counter() - started
        return self._end(answer, done.reports, done.seconds)

    def _ingest(self, done: Ingested, accepted: Sequence[Waiver]) -> Answer:
        from cuadra import pipeline

        found: list[Summary] = []
        with listening(len(self.collected.files), self.lang, self.log_format) as listener:
            pipeline.ingest(
                self.collected.files,
                self.directory,
                force=self.force,
                listener=listener,
                options=self.options,
                jobs=self.jobs,
                dask=self.dask,
                say=lambda text: self.say(text.of(self.lang)),
                into=done,
                meanwhile=_load,
                stored=lambda: found.append(self._found(done, accepted)),
            )
        if not self.no_report:
            begun = time.perf_counter()
            write_report(self.directory, self.lang, accepted, unless_current=True)
            done.seconds["report"] = time.perf_counter() - begun
        answer = self._answer(done, found[0])
        if all(report.status != "unreadable" for report in done.reports):
            recall.keep(self.directory, self._question(), answer)
        return answer

    def _found(self, done: Ingested, accepted: Sequence[Waiver]) -> Summary:
        """Counts and findings of the run's documents, from the stored dataset."""
        from cuadra import summary

        return summary.of_stored(self.directory, _ids(done), accepted)

    def _answer(self, done: Ingested, result: Summary) -> Answer:
        """What the run says."""
        from cuadra import show, summary

        stream = io.StringIO()
        out = show.console(sys.stdout if sys.stdout.isatty() else stream)
        show.show_summary(result, done.reports, self.lang, out)
        return Answer(
            document_ids=_ids(done),
            remarks=[remark.of(self.lang) for remark in show.verdict_remarks(result.verdicts)],
            output=stream.getvalue(),
            findings={severity: result.count(severity) for severity in summary.SEVERITIES},
        )

    def _question(self) -> str | None:
        """What is asked of the last answer. On a terminal it would have to know its width."""
        if sys.stdout.isatty():
            return None
        asked = (self.lang, self.no_report, self.options.double_check, self.waivers)
        others = [] if self.waivers is None else [self.waivers]
        kept = Files(self.directory)
        return recall.question(self.directory, self.collected.files, kept, others, *asked)

    def _end(self, answer: Answer, reports: Sequence[Report], seconds: dict[str, float]) -> int:
        """Print the answer and keep the run's summary. The exit status."""
        for remark in answer.remarks:
            self.say(remark)
        print(answer.output, end="", flush=True)
        status = self._status(answer, reports)
        self._keep(reports, seconds, answer.findings, status)
        return status

    def _keep(
        self,
        reports: Sequence[Report],
        seconds: Mapping[str, float],
        findings: Mapping[str, int],
        status: int,
    ) -> None:
        """Keep the run's summary, and log it."""
        left = len(self.collected.files) - len(reports)
        about = log.run_summary(reports, seconds, findings, exit_status=status, not_reached=left)
        log.keep_summary(self.directory, about)
        if self.log_format is LogFormat.JSON:
            print(json.dumps(about), file=sys.stderr, flush=True)

    def _status(self, answer: Answer, reports: Sequence[Report]) -> int:
        if self.collected.unsearchable or any(each.status == "unreadable" for each in reports):
            return SOME_UNREADABLE
        grave = {"error": ("error",), "warning": ("error", "warning")}.get(self.fail_on or "", ())
        return FOUND if any(answer.findings.get(severity) for severity in grave) else READ_ALL


def _ids(done: Ingested) -> list[str]:
    """The documents that could be read, in the order of the files."""
    return [report.document_id for report in done.reports if report.document_id is not None]


def _load() -> None:
    """Load what the answer needs."""
    from cuadra import show, summary  # noqa: F401
