"""The ruled lines of a straightened scan, by camelot's raster line detection (OpenCV).

Noise breaks pale hair lines in pieces that are too short to be lines. Blurred along their direction
they are whole; but so is the foot of a line of text. Hence a blurred line holds where a part of it
is a line without the blur, or, upright, where it goes from one level line to another without a gap:
the strokes of letters in a low row nearly touch both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from extract.geometry import Edge

if TYPE_CHECKING:
    from extract.scan.image import Grey

SHORTEST = {"horizontal": 14.0, "vertical": 11.0}
"""Points of a line at least: more than the strokes of common type, less than a row's height."""
ALONG = 2.5
"""Points along a line over which it is blurred."""
ENDS = 3.0
"""Points from an upright line's ends within which level lines are that it goes from and to."""
GAP = 1.0
"""Points along an upright line within which noise evens out; where they are as bright as paper,
the line has a gap."""
PALE = 0.4
"""Part of the way from paper to a line's ink at which it is no line any more."""
AROUND = 3.0
"""Points beside a line where its paper is looked at."""
THICK = 1.2
"""Points on either side of a line's middle that are painted over before a cell is read."""


def find_rules(grey: Grey, dpi: float) -> tuple[list[Edge], Grey]:
    """The ruled edges of a straightened picture, in points, and the picture without them."""
    edges: list[Edge] = []
    bare = grey.copy()
    for direction in SHORTEST:
        mask = _mask(grey, direction, dpi)
        whole = _mask(_blurred(grey, direction, dpi), direction, dpi)
        found, mask = _held(grey, whole, mask, direction, dpi, edges)
        edges.extend(found)
        _paint_over(bare, mask, dpi)
    return edges, bare


def _mask(grey: Grey, direction: str, dpi: float) -> Any:
    import cv2
    from camelot.image_processing import adaptive_threshold, find_lines

    _, ink = adaptive_threshold(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    across = grey.shape[0 if direction == "vertical" else 1]
    scale = max(int(across * 72 / dpi / SHORTEST[direction]), 1)
    mask, _ = find_lines(ink, direction=direction, line_scale=scale, iterations=0)
    return mask


def _blurred(grey: Grey, direction: str, dpi: float) -> Grey:
    import cv2

    along = 2 * round(ALONG * dpi / 72 / 2) + 1
    blurred: Any = cv2.blur(grey, (1, along) if direction == "vertical" else (along, 1))
    found: Grey = blurred
    return found


def _held(
    grey: Grey, whole: Any, mask: Any, direction: str, dpi: float, level: Sequence[Edge]
) -> tuple[list[Edge], Any]:
    """The lines of a mask, made whole by those of the blurred picture, and the mask of all;
    ``level`` are the lines that upright ones go from and to."""
    import cv2
    import numpy as np

    both = ((whole > 0) | (mask > 0)).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    marked = np.zeros(count, bool)
    marked[np.unique(labels[mask > 0])] = True
    unit = 72 / dpi
    edges: list[Edge] = []
    for at in range(1, count):
        box = [int(side) for side in boxes[at][:4]]
        edge = _edge(direction, [side * unit for side in box])
        marked[at] |= (
            direction == "vertical" and _goes_between(edge, level) and _is_whole(grey, box, dpi)
        )
        if marked[at]:
            edges.append(edge)
    marked[0] = False
    return edges, marked[labels].astype(np.uint8)


def _edge(direction: str, box: Sequence[float]) -> Edge:
    left, top, width, height = box
    if direction == "vertical":
        return Edge("v", left + width / 2, top, top + height)
    return Edge("h", top + height / 2, left, left + width)


def _goes_between(edge: Edge, level: Sequence[Edge]) -> bool:
    """Whether level lines cross or touch an upright line at its two ends."""
    near = [other.at for other in level if other.start - ENDS <= edge.at <= other.end + ENDS]
    return all(any(abs(end - at) <= ENDS for at in near) for end in (edge.start, edge.end))


def _is_whole(grey: Grey, box: Sequence[int], dpi: float) -> bool:
    """Whether an upright line has no gap. ``box``: its left, top, width and height in dots."""
    import cv2
    import numpy as np

    left, top, width, height = box
    beside = round(AROUND * dpi / 72)
    strip = grey[top : top + height, max(left - beside, 0) : left + width + beside]
    darkest = int(np.argmin(strip.mean(axis=0)))
    along = np.ascontiguousarray(strip[:, darkest : darkest + 1])
    paper, ink = float(np.median(strip)), float(np.median(along))
    evened = cv2.blur(along, (1, 2 * round(GAP * dpi / 72 / 2) + 1))
    return bool(evened.max() < paper - PALE * (paper - ink))


def _paint_over(grey: Any, mask: Any, dpi: float) -> None:
    """White over the lines of a mask, and a little beyond."""
    import cv2

    reach = max(int(THICK * dpi / 72), 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * reach + 1, 2 * reach + 1))
    grey[cv2.dilate(mask, kernel) > 0] = 255
