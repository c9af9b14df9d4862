"""White ground and black ink on a whole page, whatever the colours of its cells.

Grades stand on green, yellow and red, heads in white on dark bands: a threshold for the whole page
loses either. The ground of every spot is what is left when strokes as thin as those of letters are
filled from around them; ink is what differs from it. Whether ink is dark or light is told by what
is around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extract.geometry import Rect

if TYPE_CHECKING:
    from extract.scan.image import Grey

STROKE = 5.0
"""Points that no stroke of common type is thick."""
SHADE = 40
"""How much darker than paper, of 255, a ground is that may carry lighter ink."""
PLATE = 2.5
"""Points of thickness of coloured ground between letters, or beside them, at least."""
SMALLEST = 20.0, 6.0
"""Points of width and height of a coloured ground at least."""
REACH = 7.0
"""Points from coloured ground to the farthest part of a letter on it."""
CLEAR = 30
"""How much ink differs, of 255, from the ground around it at least."""
FAINT = 10
"""How much a light rule differs, of 255, from the ground on either side at least."""
LEAST = 90
"""Difference of brightness, of 255, that makes ink black at least: the noise of dark ground is no
ink."""
RING = 1.2
"""Points around a text where its ground is seen."""
MOST = 70
"""Percentile of a ring's brightness up to which it is dark where its text is light."""
BREAKS = 15
"""Percent of a rule's length that noise may hide."""
PARTS = 4, 96
"""Percentiles of brightness that are a text's dark and light ink."""


def dark_ink(grey: Grey, dpi: float) -> Grey:
    """A straightened picture with its dark ink black on white."""
    import cv2
    import numpy as np

    smooth, kernel = _prepared(grey, dpi)
    ground = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, kernel).astype(np.float32)
    darker = np.maximum(ground - grey, 0) / np.maximum(ground, LEAST)
    flat: Grey = (255 * (1 - np.minimum(darker, 1))).astype(np.uint8)
    return flat


def light_ink(grey: Grey, dpi: float) -> Grey | None:
    """A straightened picture with the light ink on its coloured grounds black on white, and nothing
    else; ``None`` where there is no coloured ground."""
    import cv2
    import numpy as np

    smooth, kernel = _prepared(grey, dpi)
    coloured = (smooth < np.percentile(smooth, 90) - SHADE).astype(np.uint8)
    unit = dpi / 72
    thick = cv2.morphologyEx(coloured, cv2.MORPH_OPEN, _square(PLATE * unit))
    _, plates, sizes, _ = cv2.connectedComponentsWithStats(thick, connectivity=4)
    large = (sizes[:, 2] >= SMALLEST[0] * unit) & (sizes[:, 3] >= SMALLEST[1] * unit)
    large[0] = False
    if not large.any():
        return None
    near = cv2.dilate(large[plates].astype(np.uint8), _square(2 * REACH * unit)) > 0
    ground = cv2.morphologyEx(smooth, cv2.MORPH_OPEN, kernel).astype(np.float32)
    lighter = np.maximum(grey - ground, 0) / np.maximum(255 - ground, LEAST)
    found: Grey = np.where(near, 255 * (1 - np.minimum(lighter, 1)), 255).astype(np.uint8)
    return found


def is_ink(grey: Grey, dpi: float, place: Rect, *, light: bool) -> bool:
    """Whether what stands in a place (in points) is darker, or lighter, than what is around it.

    Between letters that are lighter than their ground there are spots of ground, dark beside them,
    that have the shapes of marks.
    """
    import numpy as np

    inside, sides = _seen(grey, dpi, place)
    ring = np.concatenate([side.ravel() for side in sides])
    dark, bright = np.percentile(inside, PARTS)
    if light:
        return float(bright) > float(np.percentile(ring, MOST)) + CLEAR
    return float(dark) < float(np.median(ring)) - CLEAR


def is_light_rule(grey: Grey, dpi: float, place: Rect) -> bool:
    """Whether a thin long place (in points) is lighter than its ground over nearly all its length,
    as a row of letters is not."""
    import numpy as np

    level = place.width > place.height
    inside, (above, below, left, right) = _seen(grey, dpi, place)
    along = inside.max(axis=0 if level else 1)
    sides = (above, below) if level else (left, right)
    ground = max(float(np.median(side)) for side in sides)
    return float(np.percentile(along, BREAKS)) > ground + FAINT


def _seen(grey: Grey, dpi: float, place: Rect) -> tuple[Any, tuple[Any, Any, Any, Any]]:
    """What is seen in a place; and above it, below it, left of it and right of it."""
    import cv2

    unit = dpi / 72
    out = max(round(RING * unit), 2)
    height, width = grey.shape
    x0, top = max(round(place.x0 * unit) - out, 0), max(round(place.top * unit) - out, 0)
    x1, bottom = round(place.x1 * unit) + out, round(place.bottom * unit) + out
    part = cv2.GaussianBlur(grey[top : min(bottom, height), x0 : min(x1, width)], (0, 0), 1.0)
    return part[out:-out, out:-out], (part[:out], part[-out:], part[:, :out], part[:, -out:])


def _prepared(grey: Grey, dpi: float) -> tuple[Any, Any]:
    import cv2

    return cv2.GaussianBlur(grey, (0, 0), dpi / 200), _square(STROKE * dpi / 72)


def _square(side: float) -> Any:
    import numpy as np

    return np.ones((round(side) | 1,) * 2, np.uint8)
