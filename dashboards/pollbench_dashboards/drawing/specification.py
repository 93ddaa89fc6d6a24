"""From an Altair chart to its Vega-Lite specification: every table once, with the columns that the drawing uses."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from pollbench_dashboards.drawing.stress import Stress

#: Under this name our transformer of data is known to Altair.
_APART = "pollbench: tables apart"


class Chart(alt.Chart):
    """A chart of Altair whose copies share its parts.

    Altair copies every chart to its last axis whenever it layers, concatenates or facets it, once more at each
    level. Nothing here changes a part that it has handed over, so a copy of the outermost shell is enough:
    this halves the time of drawing.

    Examples
    --------
    >>> dots = Chart().encode(x=alt.X("error:Q"))
    >>> copied = alt.layer(dots).layer[0]
    >>> copied is dots, copied.encoding is dots.encoding
    (False, True)
    """

    def __deepcopy__(self, _: Any = None) -> Chart:
        """The hook that Altair asks before it copies."""
        return self.copy(deep=False)


class _Tables:
    """The tables of one chart, each named where it is used and written out at the end."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, Any]] = {}

    def named(self, data: Any) -> dict[str, Any]:
        """What stands for ``data`` in the chart."""
        # The table is kept beside its number, so that no other one can get the same.
        name, _ = self._known.setdefault(id(data), (f"table {len(self._known)}", data))
        return {"name": name}

    def put_into(self, spec: dict[str, Any]) -> None:
        """Add the rows to ``spec``, under names that follow from them: the same rows have the same name everywhere."""
        used = set(re.findall(r"\w+", json.dumps(spec, ensure_ascii=False)))
        rows_of: dict[str, list[dict[str, Any]]] = {}
        final: dict[str, str] = {}
        for name, data in self._known.values():
            rows = _rows(data, used)
            content = json.dumps(rows, sort_keys=True)
            final[name] = f"data-{hashlib.sha256(content.encode()).hexdigest()[:32]}"
            rows_of[final[name]] = rows
        for location in _places_of_data(spec):
            location["name"] = final.get(location.get("name", ""), location.get("name"))
        if rows_of:
            spec["datasets"] = {**spec.get("datasets", {}), **rows_of}


def _rows(data: Any, used: set[str]) -> list[dict[str, Any]]:
    """The rows of a table as JSON can hold them, with the columns whose names occur among ``used``."""
    from altair.utils.data import to_values

    used_columns = (
        data[[name for name in data.columns if name in used]] if isinstance(data, pd.DataFrame) else data
    )
    return [{key: _plain(value) for key, value in row.items()} for row in to_values(used_columns)["values"]]


def _plain(value: Any) -> Any:
    """The value as JSON can hold it: NaN and infinity are nothing."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _places_of_data(spec: Any) -> Iterator[dict[str, Any]]:
    """Every object of the specification that says which data are meant."""
    if isinstance(spec, list):
        for item in spec:
            yield from _places_of_data(item)
    elif isinstance(spec, dict):
        for key, value in spec.items():
            if key == "data" and isinstance(value, dict) and "name" in value:
                yield value
            else:
                yield from _places_of_data(value)


def specification(chart: alt.TopLevelMixin, theme: str, stress: Stress | None = None) -> dict[str, Any]:
    """The Vega-Lite specification of ``chart`` under a registered theme; its data stand under ``datasets``.

    A column travels along if its name occurs in the drawing: in an encoding, a transformation, an expression,
    a tooltip. The whole table is offered as CSV beside the drawing. ``stress`` names who stands out.
    """
    tables = _Tables()
    alt.data_transformers.register(_APART, tables.named)
    # Checked against the schema in the tests, for every chart; here the check would double the time.
    with alt.theme.enable(theme), alt.data_transformers.enable(_APART):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    if stress is not None:
        config = spec.get("config", {})
        ink, grey = (
            config.get("title", {}).get("color", "black"),
            config.get("style", {}).get("recede", {}).get("fill", "grey"),
        )
        stress.put_into(spec, ink, grey)
    tables.put_into(spec)
    return spec
