"""Sizes of a picture by the name of what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pollbench.errors import UnknownName

#: Widths that are tried between two, and the distance below which none between them is, pixels.
TRIALS, CLOSE = 3, 40

#: Of what the fullest drawing fills, the share that another one must fill to be taken before it.
ENOUGH = 0.9


@dataclass(frozen=True)
class Size:
    """What a picture is for.

    Attributes
    ----------
    width : pixels of the picture; of paper 96 to the inch.
    height : pixels; 0 if the picture is as tall as its rows need.
    drawn : pixels of the drawing at first: letters are as large as the picture is larger than that.
    """

    width: int
    height: int
    drawn: int


#: The text width of an A4 page is 170 mm, a column of a newspaper 88 mm.
SIZES = {
    "a4": Size(643, 0, 643),
    "column": Size(333, 0, 333),
    "square": Size(1080, 1080, 540),
    "story": Size(1080, 1920, 400),
    "card": Size(1200, 675, 760),
}


def size_called(name: str) -> Size:
    """The size of that name; UnknownName with close names."""
    if name not in SIZES:
        raise UnknownName.of(kind="size", name=name, known=SIZES)
    return SIZES[name]


def extent(svg: str) -> tuple[float, float]:
    """Width and height of an SVG file, pixels.

    Examples
    --------
    >>> extent('<svg id="a" width="30" height="20.5" viewBox="0 0 30 20.5"></svg>')
    (30.0, 20.5)
    """
    root = svg[: svg.index(">")]
    width, height = (float(re.findall(rf' {side}="([\d.]+)"', root)[0]) for side in ("width", "height"))
    return width, height


def resized(svg: str, scale: float) -> str:
    """``svg`` as a picture ``scale`` times as large, with the same content.

    Examples
    --------
    >>> resized('<svg width="9" height="4" viewBox="0 0 9 4"></svg>', 2)
    '<svg width="18" height="8" viewBox="0 0 9 4"></svg>'
    """
    width, height = extent(svg)
    return re.sub(
        r'\A(<svg\b[^>]*?) width="[\d.]+" height="[\d.]+"',
        rf'\1 width="{width * scale:g}" height="{height * scale:g}"',
        svg,
    )


def fitting(size: Size, narrow: int, wide: int, svg_at: Callable[[int], str]) -> int:
    """The width at which a drawing fills most of a sheet of ``size``.

    A drawing that is too tall for the sheet at its first width is drawn wider. How tall it is then is not known
    before: up to ``narrow`` names stand above their marks, from ``wide`` on beside them, in half of the height.

    Parameters
    ----------
    size : of the sheet; a height of 0 takes any drawing.
    narrow : the width up to which a drawing is for a narrow screen, pixels.
    wide : the width from which marks have room beside their names; none between the two is tried.
    svg_at : the drawing of a width, pixels.

    Returns
    -------
    int : the width, pixels; of those that fill about equally much one for a narrow screen, whose marks have more room.

    Examples
    --------
    >>> rows = lambda width: f'<svg width="{width}" height="{1040 if width < 480 else 640}">'
    >>> panels = lambda width: f'<svg width="{width}" height="{1040 if width < 480 else 900}">'
    >>> fitting(SIZES["story"], 479, 540, rows), fitting(SIZES["story"], 479, 540, panels), fitting(SIZES["a4"], 479, 540, rows)
    (479, 540, 643)
    """

    @cache
    def scale_and_filled(width: int) -> tuple[float, float]:
        drawn, height = extent(svg_at(width))
        scale = min(size.width / drawn, size.height / height)
        return scale, scale * scale * drawn * height / (size.width * size.height)

    def too_tall(width: int) -> bool:
        return scale_and_filled(width)[0] * width < 0.99 * size.width

    low = size.drawn
    if not size.height or not too_tall(low):
        return low
    tried, high = [low], round(size.width / scale_and_filled(low)[0])
    if low < narrow < high:
        tried = [narrow, low, wide]
        low, high = wide, high if too_tall(wide) else wide
    for _ in range(TRIALS):
        if high - low < CLOSE:
            break
        middle = (low + high) // 2
        tried.append(middle)
        low, high = (middle, high) if too_tall(middle) else (low, middle)
    most = max(scale_and_filled(width)[1] for width in tried)
    return next(width for width in tried if scale_and_filled(width)[1] >= ENOUGH * most)


def placed(svg: str, size: Size, ground: str | None) -> str:
    """``svg`` on a sheet of the shape of ``size``, as large as fits, in the middle of its height."""
    width, height = extent(svg)
    if not size.height:
        return resized(svg, size.width / width)
    scale = min(size.width / width, size.height / height)
    x, y = (size.width - width * scale) / 2, (size.height - height * scale) / 2
    fill = f'<rect width="{size.width}" height="{size.height}" fill="{ground}"/>' if ground else ""
    inner = resized(svg, scale).replace("<svg ", f'<svg x="{x:.2f}" y="{y:.2f}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}" '
        f'viewBox="0 0 {size.width} {size.height}">{fill}{inner}</svg>'
    )
