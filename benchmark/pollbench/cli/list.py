"""``pollbench list``: what there is."""

from __future__ import annotations

from typing import Annotated

import typer

from pollbench.cli._options import Format, Output, TableFormat

KINDS = ("elections", "forecasters", "measures", "baselines", "tables", "charts")


def list_(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")] = "elections",
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """List elections, forecasters, measures, baselines, tables or charts."""
    import pandas as pd

    from pollbench import baselines, measures, tables
    from pollbench.cli._output import show
    from pollbench.errors import UnknownName
    from pollbench.store import load

    if kind == "elections":
        with load() as bench:
            frame = bench.frame(
                "SELECT election_id, year, title, count(DISTINCT contest_id) AS rounds, "
                "count(DISTINCT f.forecast_id) AS forecasts, revision FROM election LEFT JOIN contest USING (election_id) "
                "LEFT JOIN forecast f USING (contest_id) GROUP BY ALL ORDER BY year, election_id"
            )
    elif kind == "forecasters":
        with load() as bench:
            frame = bench.frame(
                "SELECT forecaster_id, name, family, kind, mechanism, count(forecast_id) AS forecasts "
                "FROM forecaster o LEFT JOIN forecast f USING (forecaster_id) "
                "GROUP BY forecaster_id, name, family, kind, o.mechanism ORDER BY family, forecaster_id"
            )
    elif kind == "measures":
        frame = pd.DataFrame(
            {
                "measure": each.name,
                "title": each.title,
                "unit": each.unit,
                "better": {"lower": "lower", "higher": "higher", "zero": "nearer 0"}[each.orientation],
                "version": each.version,
                "reference": each.reference or "defined here",
            }
            for each in measures.registered().values()
        )
    elif kind == "baselines":
        frame = pd.DataFrame(
            {"baseline": each.name, "meaning": each.meaning} for each in baselines.registered().values()
        )
    elif kind == "charts":
        from pollbench_dashboards import _chart

        frame = pd.DataFrame(
            {
                "chart": name.replace("_", "-"),
                "page": each.topic,
                "shows": (each.function.__doc__ or "").split("\n")[0].removeprefix("Draw ").removesuffix("."),
            }
            for name, each in _chart.registered().items()
        )
    elif kind == "tables":
        frame = pd.DataFrame(
            {"table": name, "meaning": table.meaning} for name, table in tables.TABLES.items()
        )
    else:
        raise UnknownName.of(kind="list", name=kind, known=KINDS)
    show(frame, form, output)
