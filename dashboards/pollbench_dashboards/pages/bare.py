"""The view of an SVG file that a page shows: the drawing without the texts that the page prints itself."""

from __future__ import annotations

import math
import re

#: The part of an SVG file that shows its drawing alone: ``chart.svg#bare``.
BARE = "bare"
#: Between a text and the drawing, pixels.
AIR = 4

_ROOT = re.compile(r'<g fill="none" stroke-miterlimit="10" transform="translate\(([-\d.]+),([-\d.]+)\)">')
_TITLE = re.compile(r'<g class="mark-group role-title"><g transform="translate\([-\d.]+,([-\d.]+)\)">')
_LINES = re.compile(
    r'class="mark-text role-title-(?:text|subtitle)"[^>]*><text [^>]*transform="translate\([-\d.]+,([-\d.]+)\)"(.*?)</text>',
    flags=re.S,
)


def bared(svg: str, *, framed: bool = True) -> tuple[str, float, float]:
    """``svg`` with a view of its drawing alone, and the width and height of that view in pixels.

    The title of a framed drawing stands above it and its caption below; the view is what lies between.
    A drawing that is not ``framed`` by them is its own view.

    Examples
    --------
    >>> bared('<svg width="9" height="8" viewBox="0 0 9 8"><g/></svg>')[1:]
    (9.0, 8.0)
    """
    size = re.search(r' width="([\d.]+)" height="([\d.]+)"', svg)
    if size is None:
        return svg, 0.0, 0.0
    width, height = float(size[1]), float(size[2])
    root = _ROOT.search(svg)
    titles = list(_TITLE.finditer(svg))
    top, bottom = 0.0, height
    if framed and root is not None and len(titles) >= 2:
        # Headings of panels are titles too; those of the frame come last.
        first, last = titles[-2:]
        down = float(root[2])
        lines = list(_LINES.finditer(svg, first.end(), last.start()))
        if lines:
            steps = math.fsum(float(step) for step in re.findall(r'dy="([-\d.]+)"', lines[-1][2]))
            top = max(0.0, down + float(first[1]) + float(lines[-1][1]) + steps + AIR)
        bottom = min(height, down + float(last[1]) - AIR)
    view = (
        f'<view id="{BARE}" viewBox="0 {top:g} {width:g} {bottom - top:g}"/>'
        f"<style>#{BARE}:target~.ground{{fill:none}}</style>"
    )
    start = svg.index("</desc>") + len("</desc>") if "</desc>" in svg else svg.index(">") + 1
    return svg[:start] + view + svg[start:], width, bottom - top
