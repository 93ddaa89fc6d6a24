"""The charts, one per file; importing this package registers all of them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pollbench.errors import UnknownName
from pollbench_dashboards.drawing.chart import CHARTS, ChartKind

for _module in sorted(info.name for info in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")


def registered() -> dict[str, ChartKind]:
    """All charts, by name, in the order of their names."""
    return dict(sorted(CHARTS.items()))


def named(name: str) -> ChartKind:
    """The chart called ``name`` (hyphens count as underscores); UnknownName with close names."""
    key = name.replace("-", "_")
    if key not in CHARTS:
        raise UnknownName.of(kind="chart", name=name, known=CHARTS)
    return CHARTS[key]
