"""More PDFs as the wild sends them: what refers to itself, multiplies, or claims to be vast."""

from __future__ import annotations

import io
import zipfile
import zlib

from tests.hostile import FONT, TEXT, deflated, page, pdf, stream

IMAGE = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 "
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
OVER_THE_PAGE = b"q 612 0 0 792 0 0 cm /X Do Q\n"


def drawing(resource: bytes, content: bytes = OVER_THE_PAGE) -> dict[int, bytes]:
    """The page and its content, which draws object 6 as ``/X`` or whatever the resource says."""
    with_resource = page().replace(b"/Font <<", resource + b" /Font <<")
    return {3: with_resource, 4: stream(content)}


def image(size: int, data: bytes) -> bytes:
    """A PDF whose page is covered by a picture of so many pixels a side."""
    claims = IMAGE + b"/Width %d /Height %d " % (size, size)
    return pdf({**drawing(b"/XObject << /X 6 0 R >>"), 6: deflated_as(claims, data)})


def deflated_as(entries: bytes, data: bytes) -> bytes:
    return stream(zlib.compress(data, 9), entries + b"/Filter /FlateDecode")


def multiplying(levels: int = 30, times: int = 10) -> bytes:
    """Forms that each draw the next one ten times over: 10³⁰ letters."""
    forms = {
        number: stream(
            b"/X Do " * times,
            FORM + b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(6, 6 + levels)
    }
    forms[6 + levels] = stream(TEXT, FORM + b"/Resources << /Font << /F1 5 0 R >> >>")
    return pdf({**drawing(b"/XObject << /X 6 0 R >>"), **forms})


def xref_stream(rows: bytes, size: int, index: bytes, extra: bytes = b"") -> bytes:
    """A PDF whose table of objects is a stream, as which rows it has one chooses."""
    body = bytearray(pdf().partition(b"xref\n")[0])
    at = len(body)
    entries = b"/Type /XRef /W [1 4 2] /Root 1 0 R /Size %d /Index [%s] /Filter /FlateDecode" % (
        size,
        index,
    )
    body += b"9 0 obj\n" + stream(zlib.compress(rows), entries + extra) + b"\nendobj\n"
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % at)


def in_themselves() -> bytes:
    """Every object stands in object stream 7, which stands in itself."""
    row = b"\x02" + (7).to_bytes(4, "big") + b"\0\0"
    return xref_stream(row * 10, 10, b"0 10")


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("documento.pdf", pdf())
    return file.getvalue()


def mapped(body: bytes) -> dict[int, bytes]:
    """A font whose ToUnicode map has a body of one's own."""
    head = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    head += b"1 begincodespacerange <00> <FF> endcodespacerange\n"
    return {
        5: FONT.replace(b" >>", b" /ToUnicode 6 0 R >>"),
        6: stream(head + body + b"\nendcmap end end"),
    }


def documents() -> dict[str, bytes]:
    """Every document, by name."""
    at = len(pdf().partition(b"xref\n")[0])
    note = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (nota) >>"
    own_glyphs = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] "
        b"/FirstChar 0 /LastChar 255 /Widths [%s] /Encoding << /Differences [0 %s] >> "
        b"/CharProcs << /a 6 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>"
        % (b"1 " * 256, b"/a " * 256)
    )
    pattern = (
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
        b"/XStep 1e-9 /YStep 1e-9 /Resources << /Pattern << /P 6 0 R >> >>"
    )
    tile = b"/Pattern cs /P scn 0 0 612 792 re f\n"
    return {
        "kids-only-itself": pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
        "prev-itself": pdf(trailer=b"/Prev %d" % at),
        "xref-stream-huge": xref_stream(b"\0" * 7, 2**31 - 1, b"0 2147483647"),
        "xref-stream-prev-itself": xref_stream(b"\0" * 70, 10, b"0 10", b"/Prev %d" % at),
        "objects-in-themselves": in_themselves(),
        "forms-multiplied": multiplying(),
        "glyphs-in-themselves": pdf({5: own_glyphs, 6: stream(b"1 0 d0 " + TEXT)}),
        "pattern-in-itself": pdf(
            {**drawing(b"/Pattern << /P 6 0 R >>", tile), 6: stream(tile, pattern)}
        ),
        "annotations": pdf({3: page(extra=b"/Annots [" + note * 100_000 + b"]")}),
        "outlines-cycle": pdf(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
                6: b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
                7: b"<< /Title (uno) /Parent 6 0 R /Next 7 0 R /First 6 0 R >>",
            }
        ),
        "box-reversed": pdf({3: page(b"612 792 0 0")}),
        "box-thin": pdf({3: page(b"0 0 1e-30 792")}),
        "no-numbers": pdf({4: stream(b"NaN inf -inf 1e39 re 1e38 -1e38 m 1e38 1e38 l S\n" + TEXT)}),
        "type-without-size": pdf(
            {
                4: stream(
                    TEXT.replace(b"12 Tf", b"1e38 Tf 0 Tz -1e38 Ts") + TEXT.replace(b"12", b"0")
                )
            }
        ),
        "widths": pdf(
            {5: FONT.replace(b" >>", b" /FirstChar 0 /Widths [" + b"600 " * 1_000_000 + b"] >>")}
        ),
        "map-of-all": pdf(mapped(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")),
        "map-of-many": pdf(mapped(b"1 beginbfrange <00> <FF> <0041> endbfrange\n" * 50_000)),
        "map-uses-itself": pdf(mapped(b"/Adobe-Identity-UCS usecmap")),
        "image-claims": image(65_000, b"\x80" * 1000),
        "image-bomb": image(20_000, b"\x80" * 400_000_000),
        "operands": pdf({4: deflated(b"1 " * 5_000_000 + TEXT)}),
        "inline-image-endless": pdf({4: stream(b"BI /W 9999999 /H 9999999 ID " + TEXT * 100)}),
        "string-endless": pdf({4: deflated(b"BT /F1 9 Tf (" + b"(" * 1_000_000)}),
        "junk-before": b"\r\n basura" * 600_000 + pdf(),
        "archive": zipped(),
    }
