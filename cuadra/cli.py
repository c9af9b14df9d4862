"""The command line. Each command imports what it needs when it runs: ``--help`` is instant."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cuadra import arguments
from cuadra.exit_status import (
    FOUND,
    READ_ALL,
    SOME_UNREADABLE,
    WRONG_USAGE,
)
from cuadra.forked import cores
from cuadra.language import Lang, LogFormat, Text, printable

if TYPE_CHECKING:
    from cuadra.collect import Collected
    from cuadra.summary import Summary


class FailOn(StrEnum):
    """From which severity on a finding changes the exit status."""

    ERROR = "error"
    WARNING = "warning"


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSON = "json"


app = typer.Typer(
    help="¿Cuadra? Lee las tablas de indicadores de programas publicados y revisa sus cuentas. / "
    "Reads the indicator tables of published programmes and checks that they add up.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="PDF o carpeta, que se recorre hasta el fondo, o su URL. / "
        "PDF or folder, searched to the bottom, or its URL.",
        show_default=False,
    ),
]
FailOnOption = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on",
        help="Termina con estado 3 si hay hallazgos de esta gravedad o mayor. / "
        "Exit with status 3 on findings of this severity or above.",
        show_default=False,
    ),
]
DoubleCheckOption = Annotated[
    bool,
    typer.Option(
        "--double-check",
        help="Lee cada ficha otra vez con camelot y compara (REA02). / "
        "Read each ficha again by camelot and compare (REA02).",
    ),
]
LangOption = Annotated[
    Lang, typer.Option("--lang", help="Idioma de los mensajes. / Language of messages.")
]

OutOption = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Carpeta del conjunto de datos. / Folder of the dataset.",
        show_default=False,
        file_okay=False,
    ),
]
WaiversOption = Annotated[
    Path | None,
    typer.Option(
        "--waivers",
        metavar="FILE",
        help="Hallazgos aceptados (DIR/cuadra.toml si no se da). / "
        "Accepted findings (DIR/cuadra.toml unless given).",
        show_default=False,
    ),
]


def _version(wanted: bool) -> None:
    if wanted:
        from cuadra.version import __version__

        typer.echo(f"cuadra {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Versión del programa. / Version of the program.",
            callback=_version,
            is_eager=True,
        ),
    ] = False,
) -> None: ...


@app.command(
    short_help="Lee, revisa y guarda documentos. / Read, check and store.",
    help="Lee, revisa y guarda documentos en DIR; los ya leídos no se leen de nuevo. / "
    "Read, check and store documents in DIR; those already read are not read again.",
)
def ingest(
    paths: Paths,
    out: OutOption,
    force: Annotated[
        bool,
        typer.Option("--force", help="Lee de nuevo lo ya leído. / Read again what was read."),
    ] = False,
    no_report: Annotated[
        bool,
        typer.Option(
            "--no-report", help="Sin reporte ni libro de cálculo. / No report and no workbook."
        ),
    ] = False,
    double_check: DoubleCheckOption = False,
    fail_on: FailOnOption = None,
    waivers_file: WaiversOption = None,
    jobs: arguments.JobsOption = None,
    dask: arguments.DaskOption = None,
    max_seconds: arguments.SecondsOption = arguments.SECONDS,
    max_memory: arguments.MemoryOption = arguments.MEMORY,
    max_pages: arguments.PagesOption = arguments.PAGES,
    max_file_size: arguments.FileSizeOption = arguments.FILE_SIZE,
    max_inflated: arguments.InflatedOption = arguments.INFLATED,
    password_file: arguments.PasswordOption = None,
    log_format: arguments.LogFormatOption = LogFormat.TEXT,
    lang: LangOption = Lang.ES,
) -> None:
    with _user_errors(lang):
        collected = _collect(paths, lang)
        from cuadra.batch import Batch

        options = arguments.options(
            max_seconds,
            max_memory,
            max_pages,
            max_file_size,
            max_inflated,
            double_check=double_check,
            password_file=password_file,
        )
        batch = Batch(
            collected=collected,
            directory=out,
            options=options,
            jobs=jobs or cores(),
            dask=dask,
            force=force,
            no_report=no_report,
            fail_on=fail_on.value if fail_on else None,
            waivers=waivers_file,
            log_format=log_format,
            lang=lang,
            say=_say,
        )
        raise typer.Exit(batch.run())


@app.command(
    short_help="Lee y revisa sin guardar. / Read and check only.",
    help="Lee y revisa documentos sin guardar nada. / Read and check documents; nothing is stored.",
)
def audit(
    paths: Paths,
    output: Annotated[
        Format, typer.Option("--format", help="Forma de los hallazgos. / Form of the findings.")
    ] = Format.TABLE,
    double_check: DoubleCheckOption = False,
    fail_on: FailOnOption = None,
    jobs: arguments.JobsOption = None,
    max_seconds: arguments.SecondsOption = arguments.SECONDS,
    max_memory: arguments.MemoryOption = arguments.MEMORY,
    max_pages: arguments.PagesOption = arguments.PAGES,
    max_file_size: arguments.FileSizeOption = arguments.FILE_SIZE,
    max_inflated: arguments.InflatedOption = arguments.INFLATED,
    password_file: arguments.PasswordOption = None,
    lang: LangOption = Lang.ES,
) -> None:
    with _user_errors(lang):
        collected = _collect(paths, lang)
        from cuadra import pipeline, show, summary
        from cuadra.progress import listening

        options = arguments.options(
            max_seconds,
            max_memory,
            max_pages,
            max_file_size,
            max_inflated,
            double_check=double_check,
            password_file=password_file,
        )
        with listening(len(collected.files), lang) as listener:
            audited = pipeline.audit(
                collected.files, listener, options=options, jobs=jobs or cores()
            )
        result = summary.of_dataset(audited.dataset)
        if output is Format.JSON:
            findings = [shown.finding for shown in result.findings]
            typer.echo(show.findings_json(findings, ascii_only=not _writes_utf8(sys.stdout)))
        else:
            show.show_summary(result, audited.reports, lang, show.console())
        unreadable = any(report.status == "unreadable" for report in audited.reports)
        raise typer.Exit(_status(collected, unreadable, result, fail_on))


@app.command(
    short_help="Qué cambió entre dos versiones. / What changed between two releases.",
    help="Qué cambió entre dos versiones: dos PDF, dos carpetas de «ingest», o un PDF y una "
    "carpeta. / What changed between two releases: two PDFs, two folders of “ingest”, or one of "
    "each.",
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", show_default=False)],
    output: Annotated[
        Format, typer.Option("--format", help="Forma de los cambios. / Form of the changes.")
    ] = Format.TABLE,
    lang: LangOption = Lang.ES,
) -> None:
    with _user_errors(lang):
        for path in (old, new):
            if not path.exists():
                _fail(Text(f"no existe: {path}", f"does not exist: {path}"), lang, WRONG_USAGE)
        from cuadra import show_diff
        from cuadra.diff_sides import changes, open_side

        with open_side(old) as before, open_side(new) as after:
            found = list(changes(before, after, lang.value))
        if output is Format.JSON:
            typer.echo(show_diff.changes_json(found, ascii_only=not _writes_utf8(sys.stdout)))
        else:
            show_diff.show_changes(found, lang)


@app.command(
    short_help="Escribe de nuevo el reporte y el libro. / Write report and workbook again.",
    help="Escribe de nuevo el reporte y el libro de cálculo de DIR desde el conjunto guardado; los "
    "PDF sólo hacen falta para las imágenes de sus páginas. / Write report and workbook of DIR "
    "again from the stored dataset; PDFs are needed only for pictures of their pages.",
)
def report(
    out: OutOption,
    waivers_file: WaiversOption = None,
    lang: LangOption = Lang.ES,
) -> None:
    with _user_errors(lang):
        from cuadra.for_people import write_report
        from publish import waivers

        accepted = waivers.load(waivers_file) if waivers_file else waivers.of_directory(out)
        typer.echo(write_report(out, lang, accepted))


@app.command(
    short_help="El catálogo de reglas. / The catalogue of rules.",
    help="El catálogo de reglas, o una explicada con un ejemplo. / "
    "The catalogue of rules, or one explained with an example.",
)
def rules(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="Clave, por ejemplo CAL06. / Code, such as CAL06.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = Lang.ES,
) -> None:
    from cuadra import show_rules

    if code is None:
        show_rules.show_catalogue(lang)
        return
    try:
        show_rules.show_rule(code, lang)
    except KeyError:
        es = f"no hay una regla «{code}»; «cuadra rules» las enumera."
        en = f"there is no rule “{code}”; “cuadra rules” lists them."
        _fail(Text(es, en), lang, WRONG_USAGE)


def _collect(paths: list[str], lang: Lang) -> Collected:
    """The files to read; a missing path ends the run before anything is read."""
    from cuadra.collect import collect
    from cuadra.sources import source

    collected = collect(map(source, paths))
    if collected.missing:
        names = ", ".join(map(str, collected.missing))
        _fail(Text(f"no existe: {names}", f"does not exist: {names}"), lang, WRONG_USAGE)
    for remark in [*collected.unsearchable, *collected.skipped]:
        _say(remark.of(lang))
    if not collected.files:
        _say(Text("no hay ningún PDF que leer.", "there is no PDF to read.").of(lang))
    return collected


def _status(collected: Collected, unreadable: bool, result: Summary, fail_on: FailOn | None) -> int:
    if unreadable or collected.unsearchable:
        return SOME_UNREADABLE
    if fail_on is not None and result.reaches(fail_on.value):
        return FOUND
    return READ_ALL


@contextmanager
def _user_errors(lang: Lang) -> Iterator[None]:
    """Errors that the user can mend, and interrupts, as one line and an exit status."""
    from cuadra.stopping import status_of, stopping
    from extract.types import UnreadableDocument
    from publish.errors import DatasetError

    try:
        with stopping():
            yield
    except DatasetError as error:
        _fail(Text(error.message_es, error.message_en), lang, WRONG_USAGE)
    except UnreadableDocument as error:
        _fail(Text(error.message_es, error.message_en), lang, SOME_UNREADABLE)
    except BrokenPipeError:
        raise  # the reader of our output has had enough: the command line framework ends quietly
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        what = f"{where}{error.strerror or error}"
        _fail(
            Text(f"no se pudo guardar: {what}", f"could not be stored: {what}"),
            lang,
            SOME_UNREADABLE,
        )
    except KeyboardInterrupt as interrupt:
        _fail(Text("interrumpido.", "interrupted."), lang, status_of(interrupt))


def _fail(message: Text, lang: Lang, status: int) -> None:
    _say(f"error: {message.of(lang)}")
    raise typer.Exit(status)


def _say(line: str) -> None:
    typer.echo(printable(line), err=True)


def _writes_utf8(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") == "utf8"


def main() -> None:
    """Entry point. What the output's encoding lacks is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app(prog_name="cuadra")
