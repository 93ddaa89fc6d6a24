"""What stands in an SVG file of the drawing engine: texts and marks with their boxes, colours and roles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

#: Advances of Arial and of the faces of the same widths, thousandths of the size; other letters are as wide as an "a".
_WIDTHS = {
    **dict.fromkeys("fItj .,:;!/|[]\\", 278),
    **dict.fromkeys("il’'‘", 222),
    **dict.fromkeys("ckvxyzsJ", 500),
    **dict.fromkeys("r()-‑", 333),
    **dict.fromkeys("ABEKPSVXY", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("+−<>=±", 584),
    "m": 833,
    "M": 833,
    "W": 944,
    "%": 889,
    "…": 1000,
    "\u202f": 200,
}
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")


@dataclass(frozen=True)
class Box:
    """A rectangle, pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, slack: float = 1.0) -> bool:
        """Whether both cover more than a common edge of ``slack`` pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@dataclass(frozen=True)
class Item:
    """A text or a mark.

    Attributes
    ----------
    role : the class that the engine gives its group, such as "mark-text role-axis-label".
    path : the roles of the groups that it stands in, from the outermost.
    opacity : that of fill and of stroke, with those of its groups.
    """

    role: str
    path: tuple[str, ...]
    box: Box
    text: str = ""
    fill: str = ""
    stroke: str = ""
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    size: float = 0.0
    group: int = field(default=0, compare=False)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a line of text takes."""
    plain = unicodedata.normalize("NFD", text)
    letters = [letter for letter in plain if not unicodedata.combining(letter)]
    return sum(_WIDTHS.get(letter, 556) for letter in letters) * size / 1000 * (1.06 if bold else 1.0)


def read(svg: str) -> list[Item]:
    """The visible texts and marks of an SVG file, in the order of drawing."""
    root = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", svg, count=1))
    return list(_walk(root, (0.0, 0.0), "", (), 1.0, [0]))


def _walk(
    node: ElementTree.Element,
    origin: tuple[float, float],
    role: str,
    path: tuple[str, ...],
    opacity: float,
    counter: list[int],
) -> Iterator[Item]:
    if node.get("display") == "none" or node.tag in ("title", "desc", "style", "defs", "clipPath", "view"):
        return
    moved = _moved(origin, node.get("transform", ""))
    opacity *= float(node.get("opacity", 1))
    if not opacity:
        # A label that would touch its neighbour: the engine hides it so.
        return
    if node.tag in ("svg", "g"):
        own = node.get("class", "")
        if own.startswith("mark-"):
            role, path = own, (*path, own)
        if own.startswith("mark-group"):
            counter[0] += 1
            path = (*path, f"group {counter[0]}")
        for child in node:
            yield from _walk(child, moved, role, path, opacity, counter)
    elif node.get("class") in ("background", "foreground", "ground"):
        return
    elif node.tag == "text":
        yield from _lines(node, moved, role, path, opacity)
    else:
        yield Item(
            role,
            path,
            _box(node, moved),
            fill=_colour(node.get("fill")),
            stroke=_colour(node.get("stroke")) if float(node.get("stroke-width", 1)) > 0 else "",
            fill_opacity=opacity * float(node.get("fill-opacity", 1)),
            stroke_opacity=opacity * float(node.get("stroke-opacity", 1)),
        )


def _colour(value: str | None) -> str:
    # A run of colours is none: what is filled with it is seen by its edge.
    return "" if value in (None, "none", "transparent") or value.startswith("url(") else str(value)


def _moved(origin: tuple[float, float], transform: str) -> tuple[float, float]:
    match = re.search(rf"translate\(({_NUMBER.pattern}),({_NUMBER.pattern})\)", transform)
    return origin if match is None else (origin[0] + float(match[1]), origin[1] + float(match[2]))


def _lines(
    node: ElementTree.Element,
    at: tuple[float, float],
    role: str,
    path: tuple[str, ...],
    opacity: float,
) -> Iterator[Item]:
    """Every line of a text; the engine places each by its base line."""
    size = float(str(node.get("font-size", "11px")).removesuffix("px"))
    weight = node.get("font-weight", "normal")
    anchor = node.get("text-anchor", "start")
    spans = list(node.iter("tspan"))
    lines = [(span.text or "", float(span.get("dy", 0))) for span in spans] or [(node.text or "", 0.0)]
    down = at[1]
    for text, step in lines:
        down += step
        if not text.strip():
            continue
        wide = width_of(text, size, weight in ("bold", "700"))
        left = at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        # From the height of a capital to the base line: accents and descenders may touch.
        box = Box(left, down - 0.72 * size, left + wide, down)
        yield Item(role, path, box, text, _colour(node.get("fill")), fill_opacity=opacity, size=size)


def _box(node: ElementTree.Element, at: tuple[float, float]) -> Box:
    if node.tag == "line":
        x, y = float(node.get("x2", 0)), float(node.get("y2", 0))
        return Box(at[0] + min(0, x), at[1] + min(0, y), at[0] + max(0, x), at[1] + max(0, y))
    numbers = [float(number) for number in _NUMBER.findall(node.get("d", ""))]
    if node.get("d", "").startswith("M") and re.match(r"^M[^hv]*h[^hv]*v", node.get("d", "")):
        x, y, wide, high = numbers[:4]
        return Box(at[0] + x, at[1] + y, at[0] + x + wide, at[1] + y + high)
    across, down = (numbers[0::2], numbers[1::2]) if "A" not in node.get("d", "") else ([], [])
    if not across or not down:
        reach = max((abs(number) for number in numbers[:1]), default=0.0)
        return Box(at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach)
    return Box(at[0] + min(across), at[1] + min(down), at[0] + max(across), at[1] + max(down))
