"""Where beside its mark a label covers least of what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pollbench_dashboards.drawing.theme import CAPTION

#: Mean advance of a letter as a share of its size; room that a mark takes around its middle, pixels.
LETTER, MARK = 0.54, 5
#: Between two points at which a line is looked at, pixels.
STRIDE = 4

Point = tuple[float, float]


class Spot(NamedTuple):
    """Where a label ends: the end of its middle line from the mark in pixels, right and down."""

    dx: int
    dy: int


#: Near the mark first: of two spots that cover equally much the earlier one is taken.
SPOTS = (
    *(Spot(8, dy) for dy in (-12, 14)),
    *(Spot(-10, dy) for dy in (0, -12, 14)),
    *(Spot(dx, dy) for dy in (-14, 16, -26, 28, -40, 42) for dx in (8, 16, 24)),
)


def free_spot(text: str, mark: Point, covered: Sequence[Point], width: float, height: float) -> Spot:
    """The spot beside ``mark`` where ``text`` covers the fewest of the points ``covered``.

    Parameters
    ----------
    text : of one line, in the size of captions; it ends at its spot.
    mark : pixels from the left and from the top of the drawing.
    covered : what else is drawn, in the same pixels; a line as the points along it.
    width, height : of the drawing, pixels; no label leaves it.

    Examples
    --------
    >>> free_spot("SMI", (50, 50), [], 100, 100), free_spot("SMI", (50, 50), [(45, 40)], 100, 100)
    (Spot(dx=8, dy=-12), Spot(dx=8, dy=14))
    """
    half = CAPTION / 2

    def covers(spot: Spot) -> tuple[bool, int]:
        (left, middle), (right, _) = ends(text, mark, spot)
        outside = left < 0 or right > width + MARK or middle - half < 0 or middle + half > height
        return outside, sum(
            left - MARK < x < right + MARK and abs(y - middle) < half + MARK for x, y in covered
        )

    return min(SPOTS, key=covers)


def ends(text: str, mark: Point, spot: Spot) -> tuple[Point, Point]:
    """Where the middle line of a label begins and ends."""
    right, middle = mark[0] + spot.dx, mark[1] + spot.dy
    return (right - LETTER * CAPTION * len(text), middle), (right, middle)


def along(line: Iterable[Point]) -> list[Point]:
    """Points along a line from corner to corner, no more than ``STRIDE`` pixels apart.

    Examples
    --------
    >>> along([(0, 0), (8, 0)])
    [(0.0, 0.0), (4.0, 0.0), (8.0, 0.0)]
    """
    corners = [(float(x), float(y)) for x, y in line]
    points = corners[:1]
    for (x, y), (to_x, to_y) in pairwise(corners):
        steps = max(1, int(max(abs(to_x - x), abs(to_y - y)) / STRIDE))
        points += [(x + (to_x - x) * k / steps, y + (to_y - y) * k / steps) for k in range(1, steps + 1)]
    return points
