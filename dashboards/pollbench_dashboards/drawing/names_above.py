"""Narrow drawings: names stand above the marks of their rows, and the grid is interrupted where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: Between the grid and a name above it, and the next name below it, pixels.
CLEAR = 3

#: From the middle of a row to the base of the (last) line of its name, pixels.
BASE = -8


def broken_grid(row: int, label_offset: int) -> dict[str, Any]:
    """Options of an axis whose grid shows behind the marks of each row, not behind the name above them.

    Vega draws a vertical line of the grid from the bottom up: each row is a gap, a dash and the gap of its name.

    Parameters
    ----------
    row : height of a row, pixels; its marks stand in the middle.
    label_offset : from the middle of a row to the base line of its name, pixels, negative upwards.

    Examples
    --------
    >>> broken_grid(38, -8)
    {'gridDash': [21, 17], 'gridDashOffset': 35}
    """
    dash = row // 2 - label_offset - 2 * CLEAR
    return {"gridDash": [dash, row - dash], "gridDashOffset": row - CLEAR}


def keep_grid_from_names(spec: dict[str, Any]) -> None:
    """Interrupt the grid of every row chart in ``spec`` whose names stand above their marks.

    Examples
    --------
    >>> spec = {"height": {"step": 38}, "encoding": {"x": {"type": "quantitative"},
    ...         "y": {"axis": {"labelBaseline": "bottom"}}}}
    >>> keep_grid_from_names(spec)
    >>> spec["encoding"]["x"]["axis"]["gridDash"]
    [21, 17]
    """
    for view in _views(spec):
        height = view.get("height")
        if not isinstance(height, dict) or "step" not in height:
            continue
        encodings = [inner["encoding"] for inner in _views(view) if "encoding" in inner]
        axes = [encoding.get("y", {}).get("axis") or {} for encoding in encodings]
        if all(axis.get("labelBaseline") != "bottom" for axis in axes):
            continue
        options = broken_grid(height["step"], BASE)
        for encoding in encodings:
            x = encoding.get("x", {})
            if x.get("type") == "quantitative" and x.get("axis", {}) is not None:
                x["axis"] = {**x.get("axis", {}), **options}


def _views(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a specification that has a height or an encoding."""
    if isinstance(node, list):
        for item in node:
            yield from _views(item)
    elif isinstance(node, dict):
        if "height" in node or "encoding" in node:
            yield node
        for key, value in node.items():
            if key in ("layer", "hconcat", "vconcat", "concat", "spec"):
                yield from _views(value)
