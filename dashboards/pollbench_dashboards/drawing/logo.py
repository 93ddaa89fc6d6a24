"""A newsroom's logo: a PNG or SVG file that travels inside the picture."""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from pollbench.errors import DataError
from pollbench_dashboards.drawing.sizes import extent

#: Bytes of a logo at most: it is written into every picture.
MOST_BYTES = 200_000
#: Height of a logo on a drawing, pixels, and how much of its width it may take.
HEIGHT, MOST_WIDE = 28.0, 0.4
#: Air around it, pixels.
AIR = 8.0
_PNG = b"\x89PNG\r\n\x1a\n"
#: What an SVG file may bring along and a picture must not: programs, and addresses of files elsewhere.
_FOREIGN = re.compile(
    r"<script|<foreignObject|<!ENTITY|\son\w+=|(?:href|src)=[\"'](?!#|data:)|url\((?!['\"]?#)", re.I
)


@dataclass(frozen=True)
class Logo:
    """A logo as a picture holds it.

    Attributes
    ----------
    address : its bytes as a data address.
    width, height : of the file, pixels; what counts is their proportion.
    """

    address: str
    width: float
    height: float

    def fitted(self, room: float) -> tuple[float, float]:
        """Width and height on a drawing that is ``room`` pixels wide."""
        scale = min(HEIGHT / self.height, MOST_WIDE * room / self.width)
        return self.width * scale, self.height * scale


def read_logo(path: Path) -> Logo:
    """The logo in a file.

    Raises
    ------
    DataError : the file cannot be read, is too large, is neither PNG nor SVG, has no size, or reaches outside itself.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _wrong(path, f"must be a file that can be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise _wrong(path, f"has {len(content):,} bytes; a logo has at most {MOST_BYTES:,}")
    kind, (width, height) = (
        ("png", _png_size(path, content))
        if content.startswith(_PNG)
        else (
            "svg+xml",
            _svg_size(path, content),
        )
    )
    if not (width > 0 and height > 0):
        raise _wrong(path, "must have a width and a height")
    return Logo(f"data:image/{kind};base64,{base64.b64encode(content).decode()}", width, height)


def _png_size(path: Path, content: bytes) -> tuple[float, float]:
    if len(content) < 45 or content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        raise _wrong(path, "is a PNG file that is not whole")
    width, height = struct.unpack(">II", content[16:24])
    return float(width), float(height)


def _svg_size(path: Path, content: bytes) -> tuple[float, float]:
    try:
        text = content.decode("utf-8")
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise _wrong(path, "must be a PNG or an SVG file") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise _wrong(path, "must be a PNG or an SVG file")
    foreign = _FOREIGN.search(text)
    if foreign is not None:
        raise _wrong(path, f"must stand alone, without programs and addresses; it has {foreign[0].strip()!r}")
    box = [float(number) for number in re.findall(r"[-\d.]+", root.get("viewBox", ""))]
    sides = [re.match(r"[\d.]+", root.get(side, "")) for side in ("width", "height")]
    if all(sides) and not any("%" in root.get(side, "") for side in ("width", "height")):
        return float(sides[0][0]), float(sides[1][0])  # type: ignore[index]
    return (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)


def _wrong(path: Path, rule: str) -> DataError:
    return DataError(
        path=str(path),
        rule=f"{rule}.",
        remedy=f"Give --logo a PNG or SVG file of at most {MOST_BYTES // 1000} kB.",
    )


def with_logo(svg: str, logo: Logo) -> str:
    """``svg`` with the logo below its texts, at the right edge; the ground goes on beneath it.

    Examples
    --------
    >>> plain = '<svg width="100" height="50" viewBox="0 0 100 50"><rect class="ground" width="100" height="50"/></svg>'
    >>> print(with_logo(plain, Logo("data:,", 56, 28)))
    <svg width="100" height="78" viewBox="0 0 100 78"><rect class="ground" width="100" height="78"/><image href="data:," x="52" y="50" width="40" height="20"/></svg>
    """
    width, height = extent(svg)
    wide, high = logo.fitted(width)
    tall = height + high + AIR
    start, end = svg.index(">"), svg.rindex("</svg>")
    root = svg[:start].replace(f'height="{height:g}"', f'height="{tall:g}"', 1)
    root = root.replace(f'viewBox="0 0 {width:g} {height:g}"', f'viewBox="0 0 {width:g} {tall:g}"', 1)
    rest = re.sub(
        rf'(<rect class="ground" width="[^"]*" height=)"{height:g}"',
        rf'\1"{tall:g}"',
        svg[start:end],
        count=1,
    )
    image = f'<image href="{logo.address}" x="{width - wide - AIR:g}" y="{height:g}" width="{wide:g}" height="{high:g}"/>'
    return f"{root}{rest}{image}</svg>"
