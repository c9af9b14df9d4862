"""The options that say how documents are read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cuadra.language import LogFormat
from cuadra.options import Options, passwords
from extract.limits import MEGABYTE, Limits

_DEFAULT = Limits()
_PANEL = "Límites por documento / Limits per document"

JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help="Procesos que leen a la vez (todos los núcleos). / "
        "Processes that read at a time (all cores).",
        show_default=False,
    ),
]
DaskOption = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Lee en este cluster de Dask (tcp://…). / Read on this Dask cluster (tcp://…).",
        show_default=False,
    ),
]
SecondsOption = Annotated[
    float,
    typer.Option(
        "--max-seconds",
        metavar="S",
        min=0.1,
        help="Tiempo por documento; cada página que se lee por OCR suma un quinceavo. / "
        "Time per document; every page that is read by OCR adds a fifteenth.",
        rich_help_panel=_PANEL,
    ),
]
MemoryOption = Annotated[
    int,
    typer.Option(
        "--max-memory",
        metavar="MB",
        min=1,
        help="Memoria residente por documento. / Resident memory per document.",
        rich_help_panel=_PANEL,
    ),
]
PagesOption = Annotated[
    int,
    typer.Option(
        "--max-pages",
        metavar="N",
        min=1,
        help="Páginas por documento. / Pages per document.",
        rich_help_panel=_PANEL,
    ),
]
FileSizeOption = Annotated[
    int,
    typer.Option(
        "--max-file-size",
        metavar="MB",
        min=1,
        help="Tamaño del archivo. / Size of the file.",
        rich_help_panel=_PANEL,
    ),
]
InflatedOption = Annotated[
    int,
    typer.Option(
        "--max-inflated",
        metavar="MB",
        min=1,
        help="Tamaño de su contenido descomprimido. / Size of its content, decompressed.",
        rich_help_panel=_PANEL,
    ),
]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        help="Contraseñas de PDF, una por renglón; se prueban en orden. / "
        "Passwords of PDFs, one a line; tried in turn.",
        show_default=False,
    ),
]
LogFormatOption = Annotated[
    LogFormat,
    typer.Option("--log-format", help="Forma de la bitácora. / Form of the log."),
]

SECONDS = _DEFAULT.seconds
MEMORY = _DEFAULT.memory // MEGABYTE
PAGES = _DEFAULT.pages
FILE_SIZE = _DEFAULT.file_bytes // MEGABYTE
INFLATED = _DEFAULT.inflated_bytes // MEGABYTE


def options(
    seconds: float,
    memory: int,
    pages: int,
    file_size: int,
    inflated: int,
    *,
    double_check: bool,
    password_file: Path | None,
) -> Options:
    """What the options say about reading; memory and sizes in megabytes (10⁶ bytes).

    Raises ``publish.errors.DatasetError`` when the file of passwords cannot be read.
    """
    limits = Limits(
        seconds=seconds,
        memory=memory * MEGABYTE,
        pages=pages,
        file_bytes=file_size * MEGABYTE,
        inflated_bytes=inflated * MEGABYTE,
    )
    return Options(limits, double_check, passwords(password_file) if password_file else ())
