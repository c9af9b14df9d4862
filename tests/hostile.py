"""PDFs as the wild sends them, written object by object; no library would write most of them."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

TEXT = b"BT /F1 12 Tf 72 700 Td (Texto de una pagina cualquiera) Tj ET\n"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def page(box: bytes = b"0 0 612 792", extra: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> " + extra + b" >>"
    )


def stream(data: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    return b"<< /Length %d %s >>\nstream\n" % (size, entries) + data + b"\nendstream"


def pdf(
    objects: dict[int, bytes] | None = None,
    *,
    trailer: bytes = b"",
    xref: bytes | None = None,
    start: int | None = None,
) -> bytes:
    """A PDF of one page, with some of its objects (1 catalogue, 2 pages, 3 page, 4 content,
    5 font) replaced, left out (empty) or added."""
    usual = {1: CATALOG, 2: PAGES, 3: page(), 4: stream(TEXT), 5: FONT}
    body, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, content in sorted({**usual, **(objects or {})}.items()):
        if content:
            offsets[number] = len(body)
            body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    size = max(offsets) + 1
    at = len(body)
    rows = [b"0000000000 65535 f \n"]
    rows += [b"%010d 00000 n \n" % offsets.get(number, 0) for number in range(1, size)]
    body += b"xref\n0 %d\n" % size + b"".join(rows) if xref is None else xref
    body += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    body += b"startxref\n%d\n%%%%EOF\n" % (at if start is None else start)
    return bytes(body)


def deflated(data: bytes, times: int = 1, before: bytes = b"") -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = before + b" /FlateDecode" * times
    return stream(data, b"/Filter [" + filters + b"]")


def hexed(data: bytes) -> bytes:
    """Deflated, then in hexadecimal digits: no counting of deflated streams sees it."""
    digits = zlib.compress(data, 9).hex().encode() + b">"
    return stream(digits, b"/Filter [/ASCIIHexDecode /FlateDecode]")


@cache
def documents() -> dict[str, bytes]:
    """Every document that can be made in memory, by name."""
    many = b" ".join([b"3 0 R"] * 100_000)
    nested = b"[" * 20_000 + b"]" * 20_000
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\('//example.org'\\)) >>"
    file = stream(b"root:x:0:0", b"/Type /EmbeddedFile")
    attached = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /Names << /EmbeddedFiles "
        b"<< /Names [(../../etc/passwd) 7 0 R] >> >> >>"
    )
    specification = b"<< /Type /Filespec /F (../../etc/passwd) /EF << /F 8 0 R >> >>"
    return {
        "simple": pdf(),
        "xref-garbage": pdf(xref=b"xref\n0 99\nno es una tabla\n"),
        "xref-elsewhere": pdf(start=7),
        "xref-past-the-end": pdf(start=10**9),
        "xref-chain": pdf(trailer=b"/Prev 9"),
        "root-missing": pdf({1: b""}),
        "root-is-a-page": pdf({1: page()}),
        "pages-cycle": pdf({2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"}),
        "pages-grandparent": pdf({3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"}),
        "pages-missing": pdf({2: b""}),
        "page-missing": pdf({3: b""}),
        "page-is-itself": pdf({4: b"4 0 R"}),
        "content-missing": pdf({4: b""}),
        "font-missing": pdf({5: b""}),
        "font-cycle": pdf({5: b"5 0 R"}),
        "form-cycle": pdf(
            {
                3: page(extra=b"/X 0").replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<"),
                4: stream(TEXT + b"/X Do"),
                6: stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
                          b" /Resources << /XObject << /X 6 0 R >> >>"),
            }
        ),
        "nested-arrays": pdf({6: nested, 3: page(extra=b"/Y 6 0 R")}),
        "nested-here": pdf({3: page(extra=b"/Y " + nested)}),
        "count-lies": pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"}),
        "count-negative": pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"}),
        "pages-100000": pdf({2: b"<< /Type /Pages /Kids [" + many + b"] /Count 100000 >>"}),
        "length-lies": pdf({4: stream(TEXT, length=999_999_999)}),
        "length-negative": pdf({4: stream(TEXT, length=-1)}),
        "length-short": pdf({4: stream(TEXT * 50, length=3)}),
        "length-cycle": pdf({4: stream(TEXT).replace(b"/Length %d" % len(TEXT), b"/Length 4 0 R")}),
        "flate-broken": pdf({4: stream(b"esto no es zlib", b"/Filter /FlateDecode")}),
        "filter-unknown": pdf({4: stream(TEXT, b"/Filter /Nada")}),
        "bomb": pdf({4: deflated(b" " * 200_000_000)}),
        "bomb-twice": pdf({4: deflated(b" " * 200_000_000, times=2)}),
        "bomb-hidden": pdf({4: hexed(TEXT + b" " * 300_000_000)}),
        "marks": pdf({4: deflated(TEXT + b"9 9 m 400 9 l S\n" * 2_000_000)}),
        "saves": pdf({4: deflated(b"q " * 3_000_000 + TEXT)}),
        "glyphs": pdf({4: deflated(b"BT /F1 1 Tf (" + b"x" * 3_000_000 + b") Tj ET")}),
        "metres-5": pdf({3: page(b"0 0 14173 14173")}),
        "metres-50": pdf({3: page(b"0 0 141730 141730")}),
        "box-huge": pdf({3: page(b"-1e38 -1e38 1e38 1e38")}),
        "box-none": pdf({3: page(b"0 0 0 0")}),
        "box-words": pdf({3: page(b"/a (b) null true")}),
        "rotated-17": pdf({3: page(extra=b"/Rotate 17 /UserUnit 1e9")}),
        "script-and-attachment": pdf(
            {1: attached, 6: script, 7: specification, 8: file}
        ),
        "encrypt-nonsense": pdf({6: b"<< /Filter /Nada /V 99 >>"}, trailer=b"/Encrypt 6 0 R"),
        "only-a-head": b"%PDF-1.7\n%%EOF\n",
        "only-zeros": b"%PDF-1.7\n" + b"\0" * 100_000 + b"startxref\n9\n%%EOF\n",
        "html": b"<html>404</html>",
        "nothing": b"",
    }  # fmt: skip


def write(folder: Path) -> dict[str, Path]:
    """Write them all into a folder; each by its name."""
    written = {}
    for name, content in documents().items():
        written[name] = folder / f"{name}.pdf"
        written[name].write_bytes(content)
    return written
