"""Marks what was read on scanned pages, and takes its boxes back to the page as displayed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from extract.geometry import Rect
from extract.types import OCR, OCR_DOUBTFUL, Box, Piece, Printed, Problem, RawDocument

if TYPE_CHECKING:
    from extract.scan.reading import Scans


CONFIRMED = ("fichas",)
"""What says itself where its readings differ. Of all else ``scans`` knows which places were read
more than once, and alike; the rest only the layer of text has read."""


def mark(raw: RawDocument, scans: Scans) -> None:
    """Change every text and every box in a document that stands on one of its scans."""
    for item in fields(raw):
        told = item.name in CONFIRMED
        setattr(raw, item.name, _marked(getattr(raw, item.name), scans, told))


def _marked(value: Any, scans: Scans, told: bool) -> Any:
    """A value with all that is printed in it marked as read by OCR, or as the doubt that it has;
    ``told``: it says itself what is doubted."""
    if isinstance(value, Printed):
        pieces = tuple(_moved(piece, scans) for piece in value.pieces)
        seen = [piece.box for piece in value.pieces if piece.box.page in scans]
        if not seen or value.reader == OCR_DOUBTFUL:
            return Printed(value.text, pieces, value.reader)
        sure = told or all(map(scans.agree_on, seen))
        return Printed(value.text, pieces, OCR if sure else OCR_DOUBTFUL)
    if isinstance(value, Problem):
        return replace(value, pieces=tuple(_moved(piece, scans) for piece in value.pieces))
    if isinstance(value, list):
        return [_marked(each, scans, told) for each in value]
    if isinstance(value, dict):
        return {key: _marked(each, scans, told) for key, each in value.items()}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_marked(each, scans, told) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        own = {item.name: getattr(value, item.name) for item in fields(value)}
        return replace(value, **_marked(own, scans, told))
    return value


def _moved(piece: Piece, scans: Scans) -> Piece:
    box = piece.box
    if box.page not in scans:
        return piece
    rect = scans.turns[box.page].back(Rect(box.x0, box.top, box.x1, box.bottom))
    return Piece(Box(box.page, *(round(side, 3) for side in rect)), piece.text)
