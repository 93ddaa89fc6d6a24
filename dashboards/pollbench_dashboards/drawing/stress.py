"""Forecasters that stand out on paper: their names are bold, their marks ringed, the others grey."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

#: Columns that hold a forecaster as an axis or a label prints it.
NAMES = ("who", "name", "label", "text")
#: Ring of a mark that stands out, pixels.
RING = 2.5


@dataclass(frozen=True)
class Stress:
    """Who stands out.

    Attributes
    ----------
    forecasters : their ids.
    names : their names, as axes print them.
    """

    forecasters: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, table: pd.DataFrame, forecasters: Sequence[str]) -> Stress | None:
        """The forecasters with the names that ``table`` has for them; None if there are none."""
        if not forecasters or "forecaster_id" not in table:
            return None
        rows = table[table.forecaster_id.isin(list(forecasters))]
        names = [str(name) for column in NAMES if column in rows for name in rows[column].dropna()]
        return cls(tuple(forecasters), tuple(dict.fromkeys(names)))

    def put_into(self, spec: Any, ink: str = "black", grey: str = "grey") -> None:
        """Change axes of names and marks of forecasters in a Vega-Lite specification.

        Rings are drawn in ``ink``, the marks of the others in ``grey``, which is to reach 3:1 on the ground.

        Examples
        --------
        >>> spec = {"mark": {"type": "point"}, "encoding": {"y": {"field": "who", "axis": {"title": None}}}}
        >>> Stress(("elabe",), ("Elabe",)).put_into(spec)
        >>> spec["encoding"]["y"]["axis"]["labelFontWeight"]["value"]
        'normal'
        """
        if isinstance(spec, list):
            for item in spec:
                self.put_into(item, ink, grey)
        elif isinstance(spec, dict):
            if isinstance(spec.get("encoding"), dict):
                self._change(spec, ink, grey)
            for key in ("layer", "hconcat", "vconcat", "concat", "spec"):
                if key in spec:
                    self.put_into(spec[key], ink, grey)

    def _change(self, unit: dict[str, Any], ink: str, grey: str) -> None:
        encoding = unit["encoding"]
        for channel in ("y", "x"):
            definition = encoding.get(channel)
            if isinstance(definition, dict) and definition.get("field") in NAMES:
                axis = definition.get("axis")
                if axis or "axis" not in definition:
                    definition["axis"] = {**(axis or {}), "labelFontWeight": self._bold()}
        mark = unit.get("mark")
        if isinstance(mark, dict) and mark.get("type") in ("point", "circle", "square"):
            # The naive reference beside a forecaster has its id, and is not the subject.
            ids = json.dumps(list(self.forecasters))
            chosen = f"datum.family !== 'baseline' && indexof({ids}, datum.forecaster_id) >= 0"
            encoding["strokeWidth"] = _when(chosen, RING, 2 if mark.get("filled") is False else 0)
            encoding["opacity"] = {"value": 1}
            # Over the others, which are seen through no longer.
            encoding["order"] = _when(chosen, 1, 0)
            if "field" in encoding.get("color", {}):
                encoding["color"] = {"condition": {"test": chosen, **encoding["color"]}, "value": grey}
            if mark.get("filled"):
                encoding["stroke"] = _when(chosen, ink, None)

    def _bold(self) -> dict[str, Any]:
        """A weight of labels: bold for the names that stand out."""
        chosen = f"indexof({json.dumps(list(self.names), ensure_ascii=False)}, datum.value) >= 0"
        return _when(chosen, "bold", "normal")


def _when(test: str, then: Any, otherwise: Any) -> dict[str, Any]:
    return {"condition": {"test": test, "value": then}, "value": otherwise}
