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
    return CHARTS.ordered()


def named(name: str) -> ChartKind:
    """The chart called ``name``, or that has it among its aliases (hyphens count as underscores).

    Raises
    ------
    UnknownName : no chart has that name; with close names.
    """
    key = name.replace("-", "_")
    if key in CHARTS:
        return CHARTS[key]
    aliases = {alias: kind for kind in CHARTS.values() for alias in kind.aliases}
    typed = name.lower().replace("_", "-")
    if typed in aliases:
        return aliases[typed]
    known = [*(known.replace("_", "-") for known in CHARTS), *aliases]
    raise UnknownName.of(kind="chart", name=typed, known=known)
