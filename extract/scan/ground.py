"""White ground and black ink on a whole page, whatever the colours of its cells.

Grades stand on green, yellow and red, heads in white on dark bands: a threshold for the whole page
loses either. The ground of every spot is what is left when strokes as thin as those of letters are
filled from around them; ink is what differs from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.scan.image import Grey

STROKE = 5.0
"""Points that no stroke of common type is thick."""
WIDE = 7.0
"""Points of a square most of which is its ground, even where letters stand in it; lower than any
row of a table."""
SHADE = 40
"""How much darker than paper, of 255, a ground is that may carry lighter ink."""
CLEAR = 30
"""How much ink differs from its ground at least."""
LETTERS = 4.0
"""By how much, on the average around them, letters make a place lighter at least."""
COARSE = 72.0
"""Dots per inch at which the ground is looked at."""


def flattened(grey: Grey, dpi: float) -> Grey:
    """A straightened picture with all its ink black on white, light ink on dark ground, too."""
    import cv2
    import numpy as np

    smooth = cv2.GaussianBlur(grey, (0, 0), dpi / 200)
    side = round(STROKE * dpi / 72) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    lit = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, kernel).astype(np.float32)
    flat = 255 * np.minimum(grey / np.maximum(lit, 1), 1)
    inverse = _inverse(smooth, dpi)
    if inverse.any():
        unlit = cv2.morphologyEx(smooth, cv2.MORPH_OPEN, kernel).astype(np.float32)
        other = 255 * np.minimum((255.0 - grey) / np.maximum(255 - unlit, 1), 1)
        flat = np.where(inverse, other, flat)
    found: Grey = flat.astype(np.uint8)
    return found


def _inverse(smooth: Any, dpi: float) -> Any:
    """Where ink is lighter than its ground, which is darker than paper."""
    import cv2
    import numpy as np

    height, width = smooth.shape
    scale = min(COARSE / dpi, 1.0)
    small = cv2.resize(smooth, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    side = round(WIDE * dpi * scale / 72) | 1
    ground = cv2.medianBlur(small, side)
    shaded = ground < np.percentile(small, 95) - SHADE
    off = small.astype(np.float32) - ground
    window = (3 * side, side)
    dark = cv2.blur(np.maximum(-off - CLEAR, 0), window)
    light = cv2.blur(np.maximum(off - CLEAR, 0), window)
    inverse = (shaded & (light > np.maximum(2 * dark, LETTERS))).astype(np.uint8)
    return cv2.resize(inverse, (width, height), interpolation=cv2.INTER_NEAREST) > 0
