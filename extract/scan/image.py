"""The picture of a scanned page: rendered, straightened, and the way back to the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.geometry import Rect
from extract.pdf import Pdf, unreadable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

SMALL = 50
"""Dots per inch at which a page is looked at first."""
COARSE, FINE = 150, 300
"""Dots per inch between which a page is rendered: below, letters have too few dots; above, reading
costs more and gains nothing."""
LARGEST = 40_000_000
"""Dots of a picture at most (A3 at 300 dpi has 17 million)."""
MOST_SKEW, STEP, FINE_STEP = 3.0, 0.25, 0.05
"""Degrees up to which a page is straightened, and the steps of the search."""
PAPER, DIM, PAPER_SHARE = 150, 0.75, 0.5
"""Brightness (0 to 255) of paper at least, or, on a dim scan, the part of what the brightest
twentieth of it has; and the part of a printed page that is bare paper: most of it, while a
photograph has little."""
DARKEST, BRIGHTEST, RANGE, WHITE, BLACK = 0.01, 95, 190, 245, 15
"""Percentiles that are the brightness of ink and of paper; range from paper to ink below which a
picture is stretched, and what paper and ink become."""
DARKER, INK_SHARE = 40, 0.0003
"""How much darker than paper ink is when a page is looked at small, and the part of a page that is
ink at least: more than a page number, less than the last row of a table."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page became its straightened picture: ``skew``, the degrees by which it was turned
    back (counter-clockwise is positive), the resolution, the displayed page's size in points, and
    the ``quarter`` turns, clockwise, that came first.
    """

    skew: float
    dpi: float
    size: tuple[float, float]
    quarter: int = 0

    def back(self, box: Rect) -> Rect:
        """A rectangle of the straightened page (points, y down) on the page as displayed: the
        smallest upright one around it."""
        width, height = self.size if self.quarter % 2 == 0 else self.size[::-1]
        middle_x, middle_y = width / 2, height / 2
        cos, sin = math.cos(math.radians(self.skew)), math.sin(math.radians(self.skew))
        corners = [
            (
                middle_x + (x - middle_x) * cos - (y - middle_y) * sin,
                middle_y + (x - middle_x) * sin + (y - middle_y) * cos,
            )
            for x in (box.x0, box.x1)
            for y in (box.top, box.bottom)
        ]
        corners = [self._unturned(x, y) for x, y in corners]
        width, height = self.size
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Rect(max(min(xs), 0.0), max(min(ys), 0.0), min(max(xs), width), min(max(ys), height))

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        """A point of the upright page on the page before its quarter turns."""
        width, height = self.size
        return ((x, y), (y, height - x), (width - x, height - y), (width - y, x))[self.quarter]


def is_printed(pdf: Pdf, number: int) -> bool:
    """Whether a page (from 1) is printed paper, and no photograph and not empty.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import numpy as np

    grey = render(pdf, number, min(SMALL, most_dpi(pdf.raw[number - 1])))
    least = min(PAPER, DIM * float(np.percentile(grey, BRIGHTEST)))
    paper = float(np.mean(grey >= least))
    ink = float(np.mean(grey < np.median(grey) - DARKER))
    return paper >= PAPER_SHARE and ink >= INK_SHARE


def straighten(pdf: Pdf, number: int, quarter: int = 0) -> tuple[Grey, Turn]:
    """A page (from 1) as a straightened grey picture, after some quarter turns, clockwise.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import numpy as np

    page = pdf.raw[number - 1]
    dpi = min(_native_dpi(page), FINE, most_dpi(page))
    grey = _stretched(np.ascontiguousarray(np.rot90(render(pdf, number, dpi), -quarter)))
    skew = _skew_of(grey)
    return _turned(grey, skew), Turn(skew, dpi, page.get_size(), quarter)


def _stretched(grey: Grey) -> Grey:
    """A dim or pale picture with white paper and black ink; any other as it is."""
    import cv2
    import numpy as np

    # noise is no ink: a page with a line of text has a few dark dots that stand together
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    ink, paper = (float(level) for level in np.percentile(smooth, (DARKEST, BRIGHTEST)))
    if paper - ink >= RANGE or paper <= ink:
        return grey
    clear = (grey.astype(np.float32) - ink) * (WHITE - BLACK) / (paper - ink) + BLACK
    found: Grey = np.clip(clear, 0, 255).astype(np.uint8)
    return found


def most_dpi(page: Any) -> float:
    """The resolution at which a page has :data:`LARGEST` dots."""
    width, height = page.get_size()
    return max(math.sqrt(LARGEST * 72**2 / (width * height)), 1.0)


def render(pdf: Pdf, number: int, dpi: float) -> Grey:
    """A page (from 1) as displayed, in grey.

    Raises :class:`~extract.types.UnreadableDocument` (``page_failed``).
    """
    import numpy as np
    import pypdfium2

    try:
        bitmap = pdf.raw[number - 1].render(scale=dpi / 72, grayscale=True)
    except pypdfium2.PdfiumError as error:
        raise unreadable("page_failed", pdf.file_name, number) from error
    grey: Grey = np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
    return grey


def _native_dpi(page: Any) -> float:
    """The resolution of the page's largest picture, in dots per inch."""
    import pypdfium2.raw as pdfium

    best = (0.0, float(COARSE))
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = picture.get_bounds()
        width, height = right - left, top - bottom
        across, down = picture.get_px_size()
        if width > 0 and height > 0:
            dpi = 72 * math.sqrt(across * down / (width * height))
            best = max(best, (width * height, dpi))
    return max(best[1], COARSE)


def _skew_of(grey: Grey) -> float:
    """The angle, in degrees, at which lines and rules lie most level: then the rows of the picture
    are darkest and lightest by turns."""
    import cv2
    import numpy as np

    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(half, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)

    def level(angle: float, scale: float) -> float:
        picture = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        rows = _turned(picture, angle, ground=0).sum(axis=1, dtype=np.float64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    steps = np.arange(-MOST_SKEW, MOST_SKEW + STEP / 2, STEP)
    coarse = max(steps, key=lambda angle: level(angle, 0.5))
    steps = np.arange(coarse - STEP, coarse + STEP + FINE_STEP / 2, FINE_STEP)
    return round(float(max(steps, key=lambda angle: level(angle, 1.0))), 2)


def _turned(grey: Any, angle: float, ground: int = 255) -> Any:
    """A picture turned about its middle, counter-clockwise, by an angle in degrees."""
    import cv2

    if not angle:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    flags = cv2.INTER_CUBIC if ground else cv2.INTER_NEAREST
    return cv2.warpAffine(grey, matrix, (width, height), flags=flags, borderValue=ground)
