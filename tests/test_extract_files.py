"""Files that cannot be read, or need not be: one plain message each, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from producers import draw, ficha
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import extract
from extract import pdf as pdf_module
from extract.pdf import MESSAGES, check_bytes, open_pdf, open_text
from extract.types import UnreadableDocument

REMEDIES = {
    "not_found": "ruta",
    "not_pdf": "qué archivo es",
    "empty": "otra vez",
    "encrypted": "contraseña",
    "truncated": "otra vez",
    "no_text": "ocrmypdf --force-ocr",
}


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    return draw(tmp_path / "whole.pdf", [[ficha()]]).read_bytes()


def reason_of(path: Path, data: bytes | None = None, password: str | None = None) -> str:
    """The reason why a file is unreadable; its messages must name the file and a remedy."""
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UnreadableDocument) as caught:
        extract.read(path, password=password)
    error = caught.value
    assert error.message_es.startswith(f"{path.name}: ")
    assert error.message_en.startswith(f"{path.name}: ")
    assert REMEDIES.get(error.reason, "qpdf") in error.message_es
    return error.reason


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "no.pdf") == "not_found"
    assert reason_of(tmp_path) == "not_found"


def test_empty_and_other_files(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "bad.pdf"
    assert reason_of(path, b"") == "empty"
    assert reason_of(path, b"<html>404</html>") == "not_pdf"
    assert reason_of(path, b"x" * 1024 + whole) == "not_pdf"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_truncated(tmp_path: Path, whole: bytes, part: float) -> None:
    assert reason_of(tmp_path / "cut.pdf", whole[: int(len(whole) * part)]) == "truncated"


def test_references_beyond_the_end_mean_truncated(tmp_path: Path, whole: bytes) -> None:
    data = whole[:2000] + b"\nstartxref\n99999999\n%%EOF\n"
    assert reason_of(tmp_path / "cut.pdf", data) == "truncated"


def test_a_linearized_file_tells_its_length() -> None:
    head = b"%PDF-1.5\n1 0 obj\n<</Linearized 1/L 9000/H [ 1 2 ]>>\nendobj\n"
    end = b"\nstartxref\n9\n%%EOF\n"
    with pytest.raises(UnreadableDocument) as caught:
        check_bytes(head + end, "a.pdf")
    assert caught.value.reason == "truncated"
    check_bytes(head + b" " * 9000 + end, "a.pdf")


def test_trailing_bytes_do_no_harm(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "padded.pdf"
    path.write_bytes(b"\n\n" + whole + b"\x00" * 5000 + b"\r\n")
    assert len(extract.read(path).fichas) == 1


def test_damaged(tmp_path: Path, whole: bytes) -> None:
    data = whole[:9] + b"junk " * 200 + b"\nstartxref\n100\n%%EOF\n"
    assert reason_of(tmp_path / "bad.pdf", data) == "damaged"


def test_a_page_that_is_none(tmp_path: Path, whole: bytes) -> None:
    data = whole.replace(b"/Type /Page\n", b"/Type /Xxxx\n")
    assert data != whole
    path = tmp_path / "bad.pdf"
    assert reason_of(path, data) == "page_failed"


def test_a_page_whose_content_is_garbled(tmp_path: Path) -> None:
    """pdfium takes such a page for blank; a ficha on it would be lost in silence."""
    canvas = Canvas(str(tmp_path / "two.pdf"), pageCompression=1)
    canvas.drawString(100, 700, "Texto")
    canvas.showPage()
    canvas.drawString(100, 700, "Nombre " * 20)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    data = (tmp_path / "two.pdf").read_bytes()
    assert extract.read(tmp_path / "two.pdf").page_count == 3
    second = data.index(b"stream\n", data.index(b"endstream")) + len(b"stream\n")
    path = tmp_path / "bad.pdf"
    assert reason_of(path, data[:second] + b"#" * 60 + data[second + 60 :]) == "page_failed"
    with pytest.raises(UnreadableDocument) as caught:
        extract.read(path)
    assert caught.value.page == 2


def encrypted(path: Path, user: str) -> Path:
    canvas = Canvas(str(path), encrypt=StandardEncryption(user, ownerPassword="owner"))
    canvas.drawString(100, 700, "Texto")
    canvas.save()
    return path


def test_passwords(tmp_path: Path) -> None:
    locked = encrypted(tmp_path / "locked.pdf", "secreto")
    assert reason_of(locked) == "encrypted"
    assert reason_of(locked, password="otra") == "encrypted"
    assert extract.read(locked, password="secreto").family == "otra"
    assert extract.read(encrypted(tmp_path / "open.pdf", "")).family == "otra"


def test_no_text(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(path)
    assert reason_of(path) == "no_text"


def test_another_kind_of_document(tmp_path: Path) -> None:
    prose = "Los elementos de meta para el bienestar o parámetro se explican en otro lugar."
    path = draw(tmp_path / "otra.pdf", [[prose, [(("Nombre", 6), ("Valor", 6))]], ["Fin"]])
    document = extract.read(path)
    assert (document.family, document.fichas, document.page_count) == ("otra", [], 2)
    assert (document.title, document.institution, document.period) == (None, None, None)
    assert document.sha256 and document.file_name == "otra.pdf"
    assert document.producer and "ReportLab" in document.producer


def test_every_reason_has_messages_in_both_languages() -> None:
    assert all(spanish and english for spanish, english in MESSAGES.values())


def opened_twice(path: Path) -> list[object]:
    """pdfium's handles of a page's text, opened, left and opened again."""
    with open_pdf(path) as pdf:
        handles: list[object] = []
        for _ in range(2):
            with open_text(pdf, 1) as (_, text):
                handles.append(text)
        return handles


def test_a_page_stays_open_for_the_next_reading(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(whole)
    first, again = opened_twice(path)
    assert first is again


def test_no_page_stays_open_that_memory_is_short_of(
    tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(whole)
    kept = extract.read(path)
    monkeypatch.setattr(pdf_module, "KEPT", -(10**12))
    first, again = opened_twice(path)
    assert first is not again
    assert extract.read(path) == kept
