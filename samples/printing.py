"""Prints a word-processor file or a web page to PDF with the programs of the machine."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

OFFICE = ("LibreOffice (apt-get install libreoffice-writer)", "soffice", "libreoffice")
BROWSER = ("Chromium (apt-get install chromium)", "chromium", "google-chrome")
_TIMEOUT = 180  # seconds

_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
_DAY = b"20200101000000"  # stands for the day of the build
_IDENTIFIER = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


class PrintingFailed(Exception):
    """A program that the samples are printed with is missing, or gave no PDF."""


def program(what: str, *names: str) -> str:
    """The first of the names that is a program here. Raises ``PrintingFailed``."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise PrintingFailed(f"{what} is needed and was not found as {' or '.join(names)}")


def print_document(document: Path, target: Path, work: Path) -> None:
    """Prints a .docx with LibreOffice; its profile and first output go into ``work``."""
    profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
    command = [program(*OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir"]
    _print([*command, str(work), str(document)], work / f"{document.stem}.pdf", target)


def print_page(page: Path, target: Path, work: Path) -> None:
    """Prints a page of HTML with Chromium; its profile and first output go into ``work``."""
    printed = work / "browser.pdf"
    command = [program(*BROWSER), "--headless", "--no-sandbox", "--disable-gpu"]
    command += ["--no-pdf-header-footer", "--disable-pdf-tagging"]
    command += [f"--user-data-dir={work / 'browser'}", f"--print-to-pdf={printed}"]
    _print([*command, page.as_uri()], printed, target)


def _print(command: list[str], printed: Path, target: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    if done.returncode or not printed.exists():
        raise PrintingFailed(f"{command[0]} gave no PDF (status {done.returncode}): {done.stderr}")
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(settled(printed.read_bytes()))


def settled(data: bytes) -> bytes:
    """The PDF with its dates fixed and its identifiers made of its content; no byte moves.

    The same content printed twice with the same programs is then the same file.
    """
    dated = _DATE.sub(lambda found: found.group(1) + _DAY, data)
    digest = hashlib.sha256(_IDENTIFIER.sub(b"0" * 32, dated)).hexdigest()[:32].upper()
    return _IDENTIFIER.sub(digest.encode(), dated)
