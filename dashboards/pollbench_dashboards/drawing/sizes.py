"""Sizes of a picture by the name of what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pollbench.errors import UnknownName


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


def wider(svg: str, size: Size) -> int:
    """The width at which a drawing of the height of ``svg`` has the shape of ``size``; 0 if it fits.

    Examples
    --------
    >>> wider('<svg width="540" height="810">', SIZES["square"]), wider('<svg width="540" height="500">', SIZES["square"])
    (810, 0)
    """
    width, height = extent(svg)
    if not size.height or height * size.width <= width * size.height * 1.01:
        return 0
    return round(height * size.width / size.height)


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
