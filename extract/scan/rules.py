"""The ruled lines of a straightened scan, by camelot's raster line detection (OpenCV)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extract.geometry import Edge

if TYPE_CHECKING:
    from extract.scan.image import Grey

SHORTEST = {"horizontal": 14.0, "vertical": 11.0}
"""Points of a line at least: more than the strokes of common type, less than a row's height."""
THICK = 1.2
"""Points on either side of a line's middle that are painted over before a cell is read."""


def find_rules(grey: Grey, dpi: float) -> tuple[list[Edge], Grey]:
    """The ruled edges of a straightened picture, in points, and the picture without them."""
    import cv2
    from camelot.image_processing import adaptive_threshold, find_lines

    colour = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    _, ink = adaptive_threshold(colour)
    edges: list[Edge] = []
    bare = grey.copy()
    unit = 72 / dpi
    for direction, shortest in SHORTEST.items():
        across = grey.shape[0 if direction == "vertical" else 1]
        scale = max(int(across * unit / shortest), 1)
        mask, found = find_lines(ink, direction=direction, line_scale=scale, iterations=0)
        edges.extend(_edge(direction, line, unit) for line in found)
        _paint_over(bare, mask, dpi)
    return edges, bare


def _edge(direction: str, line: tuple[int, int, int, int], unit: float) -> Edge:
    xa, ya, xb, yb = (side * unit for side in line)
    if direction == "vertical":
        return Edge("v", xa, min(ya, yb), max(ya, yb))
    return Edge("h", ya, min(xa, xb), max(xa, xb))


def _paint_over(grey: Any, mask: Any, dpi: float) -> None:
    """White over the lines of a mask, and a little beyond."""
    import cv2

    reach = max(int(THICK * dpi / 72), 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * reach + 1, 2 * reach + 1))
    grey[cv2.dilate(mask, kernel) > 0] = 255
