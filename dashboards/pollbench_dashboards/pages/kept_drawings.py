"""Drawings kept between runs: a chart of the same frames for the same view is drawn once.

A drawing follows from the rows of the frames that the chart reads, the view, the code and texts that draw it, and the
versions of the libraries: under their digest it is kept as JSON and a table. What comes from outside the package (a
chart, a theme of one's own) is drawn anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pollbench import cache
from pollbench.data.frame_bytes import digest_of_frame, from_bytes, to_bytes
from pollbench.registry import only_ours
from pollbench_dashboards.code import code_of_dashboards
from pollbench_dashboards.drawing.chart import Control, Drawing, View
from pollbench_dashboards.drawing.schema import unchecked
from pollbench_dashboards.drawing.theme import PALETTES

if TYPE_CHECKING:
    import pandas as pd

    from pollbench_dashboards.drawing.chart import ChartKind

KIND = "drawing"
_TEXTS = ("title", "subtitle", "caption", "alternative", "name")


class KeptDrawings:
    """The drawings of one chart from its frames.

    Parameters
    ----------
    kind : the chart.
    frames : name -> frame; those that the chart reads are what a drawing is named after.
    digests : name -> digest of a frame (`digest_of_frame`), where these are known.
    """

    def __init__(
        self,
        kind: ChartKind,
        frames: Mapping[str, pd.DataFrame],
        digests: Mapping[str, str] | None = None,
    ) -> None:
        self._kind, self._frames = kind, frames
        self._origin = _origin(kind, frames, digests or {})

    @property
    def origin(self) -> str:
        """Digest of all that the drawings follow from; empty where they are not kept."""
        return self._origin or ""

    def draw(self, view: View) -> Drawing:
        """The drawing for a view, its specification made: the one that was kept, or a new one."""
        if self._origin is None or view.theme not in PALETTES:
            return self._drawn(view)
        key = cache.digest(self._origin, repr(view), repr(PALETTES[view.theme]))
        content = cache.read(KIND, key)
        drawing = None if content is None else from_content(content, view)
        if drawing is None:
            drawing = self._drawn(view)
            written = to_content(drawing)
            if written is not None:
                cache.write(KIND, key, written)
        return drawing

    def _drawn(self, view: View) -> Drawing:
        with unchecked():
            return self._kind.draw(self._frames, view).settled()


def to_content(drawing: Drawing) -> bytes | None:
    """The bytes of a settled drawing; None if they would not give the same one back."""
    rows = to_bytes(drawing.data)
    control = None if drawing.control is None else asdict(drawing.control)
    head = {
        **{name: getattr(drawing, name) for name in _TEXTS},
        "specification": drawing.specification,
        "control": control,
        "forecasts": sorted(drawing.forecasts),
    }
    try:
        text = json.dumps(head, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError):
        return None
    if rows is None or repr(_control(json.loads(text)["control"])) != repr(drawing.control):
        return None
    return text + b"\n" + rows


def from_content(content: bytes, view: View) -> Drawing | None:
    """The drawing that `to_content` made the bytes of; None if they are no such bytes."""
    start, _, rows = content.partition(b"\n")
    table = from_bytes(rows)
    try:
        head = json.loads(start)
        if table is None:
            return None
        texts = {name: head[name] for name in _TEXTS}
        return Drawing.of_specification(
            head["specification"],
            data=table,
            view=view,
            control=_control(head["control"]),
            forecasts=frozenset(head["forecasts"]),
            **texts,
        )
    except (ValueError, KeyError, TypeError):
        return None


def _control(fields: dict[str, Any] | None) -> Control | None:
    if fields is None:
        return None
    listed = {name: tuple(fields[name]) for name in ("steps", "ticks")}
    marks = tuple((step, label) for step, label in fields["marks"])
    return Control(**{**fields, **listed, "marks": marks})


def _origin(kind: ChartKind, frames: Mapping[str, pd.DataFrame], digests: Mapping[str, str]) -> str | None:
    """Digest of all that a drawing follows from besides its view; None where it is not to be kept."""
    function = kind.function
    ours = function.__module__.startswith("pollbench_dashboards.") and "<" not in function.__qualname__
    if not ours or cache.folder() is None or not only_ours():
        return None
    try:
        rows = [digests.get(name) or digest_of_frame(frames[name]) for name in kind.frames]
    except (KeyError, TypeError):
        return None
    return cache.digest(code_of_dashboards(), kind.name, *kind.frames, *rows)
