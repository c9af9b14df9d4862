"""Marks what was read on scanned pages, and takes its boxes back to the page as displayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from extract.geometry import Rect
from extract.scan.ink import is_number
from extract.types import OCR, OCR_DOUBTFUL, Box, Piece, Printed, Problem, RawDocument, RawFicha

if TYPE_CHECKING:
    from extract.scan.reading import Scans


CONFIRMED = ("fichas",)
"""What says itself where its readings differ. Of all else ``scans`` knows which places were read
more than once, and alike; the rest only the layer of text has read."""


def mark(raw: RawDocument, scans: Scans) -> None:
    """Change every text and every box in a document that stands on one of its scans."""
    for item in fields(raw):
        change = _move if item.name in CONFIRMED else _mark
        setattr(raw, item.name, _changed(getattr(raw, item.name), partial(change, scans)))


def doubt(ficha: RawFicha, scans: Scans) -> RawFicha:
    """A ficha read without cells, in doubt but for the numbers that ``scans`` knows to be read
    alike: of texts a line may be missed, too. Its boxes stay as they are."""
    found: RawFicha = _changed(ficha, partial(_doubt_free, scans))
    return found


def _doubt_free(scans: Scans, value: Printed | Problem) -> Printed | Problem:
    if isinstance(value, Problem) or is_number("".join(value.text.split())):
        return _doubt(scans, value)
    seen = any(piece.box.page in scans for piece in value.pieces)
    return replace(value, reader=OCR_DOUBTFUL) if seen else value


def _doubt(scans: Scans, value: Printed | Problem) -> Printed | Problem:
    if isinstance(value, Problem):
        return value
    seen = [piece.box for piece in value.pieces if piece.box.page in scans]
    return value if all(map(scans.agree_on, seen)) else replace(value, reader=OCR_DOUBTFUL)


def _mark(scans: Scans, value: Printed | Problem) -> Printed | Problem:
    return _move(scans, _doubt(scans, value))


def _move(scans: Scans, value: Printed | Problem) -> Printed | Problem:
    """A text or problem with its boxes on the page as displayed, and OCR as its reader."""
    pieces = tuple(_moved(piece, scans) for piece in value.pieces)
    if isinstance(value, Problem):
        return replace(value, pieces=pieces)
    seen = any(piece.box.page in scans for piece in value.pieces)
    return Printed(
        value.text, pieces, OCR if seen and value.reader != OCR_DOUBTFUL else value.reader
    )


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value with all texts and problems in it changed."""
    if isinstance(value, Printed | Problem):
        return change(value)
    if isinstance(value, list):
        return [_changed(each, change) for each in value]
    if isinstance(value, dict):
        return {key: _changed(each, change) for key, each in value.items()}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_changed(each, change) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        own = {item.name: getattr(value, item.name) for item in fields(value)}
        return replace(value, **_changed(own, change))
    return value


def _moved(piece: Piece, scans: Scans) -> Piece:
    box = piece.box
    if box.page not in scans:
        return piece
    rect = scans.turns[box.page].back(Rect(box.x0, box.top, box.x1, box.bottom))
    return Piece(Box(box.page, *(round(side, 3) for side in rect)), piece.text)
