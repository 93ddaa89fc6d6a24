"""``pollbench list``: what there is."""

from __future__ import annotations

from typing import Annotated

import typer

from pollbench.cli._options import Format, Output, TableFormat

KINDS = (
    "elections", "forecasters", "measures", "baselines", "mechanisms", "attacks", "defences", "threat-models", "tables",
    "charts", "importers", "transfer-methods", "register",
)  # fmt: skip


def list_(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")] = "elections",
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """List elections, forecasters, measures, baselines, mechanisms, attacks, defences, tables, charts or importers."""
    import pandas as pd

    from pollbench import baselines, measures
    from pollbench.cli._output import show
    from pollbench.data.store import load
    from pollbench.errors import UnknownName
    from pollbench.outputs import tables

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
                "SELECT forecaster_id, name, family, kind, o.mechanism, count(forecast_id) AS forecasts "
                "FROM forecaster o LEFT JOIN forecast f USING (forecaster_id) "
                "GROUP BY forecaster_id, name, family, kind, o.mechanism ORDER BY family, forecaster_id"
            )
    elif kind == "measures":
        frame = pd.DataFrame(
            {
                "measure": each.name,
                "title": each.title,
                "unit": each.unit,
                "better": {"lower": "lower", "higher": "higher", "zero": "nearer 0", "none": ""}[
                    each.orientation
                ],
                "version": each.version,
                "reference": each.reference or "defined here",
            }
            for each in measures.registered().values()
        )
    elif kind == "baselines":
        frame = pd.DataFrame(
            {"baseline": each.name, "meaning": each.meaning} for each in baselines.registered().values()
        )
    elif kind == "mechanisms":
        from pollbench.manipulation import MECHANISMS

        frame = pd.DataFrame(
            {
                "mechanism": each.name,
                "title": each.title,
                "an attacker enters": each.enters,
                "base": each.base,
            }
            for each in MECHANISMS.values()
        )
    elif kind == "attacks":
        from pollbench.manipulation import ATTACKS

        frame = pd.DataFrame({"attack": each.name, "title": each.title} for each in ATTACKS.values())
    elif kind == "defences":
        from pollbench.manipulation import DEFENCES

        frame = pd.DataFrame(
            {"defence": each.name, "title": each.title, "the attack that adapts": each.adaptive}
            for each in DEFENCES.values()
        )
    elif kind == "threat-models":
        from pollbench.manipulation.study.threat_models import threat_models

        frame = pd.DataFrame(
            {
                "threat_model": name,
                "attack": each.goal,
                "actor": each.actor,
                "timing": each.timing,
                "title": each.title,
            }
            for name, each in threat_models().items()
        )
    elif kind == "charts":
        from pollbench_dashboards import charts

        frame = pd.DataFrame(
            {
                "chart": name.replace("_", "-"),
                "or": ", ".join(each.aliases),
                "page": each.topic,
                "shows": (each.function.__doc__ or "").split("\n")[0].removeprefix("Draw ").removesuffix("."),
            }
            for name, each in charts.registered().items()
        )
    elif kind == "importers":
        from pollbench.intake import registry

        frame = pd.DataFrame(
            {"importer": each.name, "source": each.title, "reads": each.reads, "leaves out": each.refuses}
            for each in registry.registered().values()
        )
    elif kind == "transfer-methods":
        from pollbench.ecological import registered

        frame = pd.DataFrame(
            {"method": each.name, "title": each.title, "assumes": each.assumes, "reference": each.reference}
            for each in registered().values()
        )
    elif kind == "register":
        with load() as bench:
            frame = bench.frame(
                "SELECT system_id, name, operator, claim, tested, tested_where, test FROM register ORDER BY system_id"
            )
    elif kind == "tables":
        frame = pd.DataFrame(
            {"table": name, "meaning": table.meaning} for name, table in tables.TABLES.items()
        )
    else:
        raise UnknownName.of(kind="list", name=kind, known=KINDS)
    show(frame, form, output)
