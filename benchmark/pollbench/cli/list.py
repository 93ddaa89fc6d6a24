"""``pollbench list``: what there is."""

from __future__ import annotations

from pathlib import Path
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
    if output is not None or form is Format.parquet:
        _show(kind, form, output)
        return
    from pollbench.cli._answers import answered

    answered(("list", kind, form.value), (), lambda: _show(kind, form, output))


def _show(kind: str, form: Format, output: Path | None) -> None:
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
                "measure": measure.name,
                "title": measure.title,
                "unit": measure.unit,
                "better": {"lower": "lower", "higher": "higher", "zero": "nearer 0", "none": ""}[
                    measure.orientation
                ],
                "version": measure.version,
                "reference": measure.reference or "defined here",
            }
            for measure in measures.registered().values()
        )
    elif kind == "baselines":
        frame = pd.DataFrame(
            {"baseline": baseline.name, "meaning": baseline.meaning}
            for baseline in baselines.registered().values()
        )
    elif kind == "mechanisms":
        from pollbench.manipulation import MECHANISMS

        frame = pd.DataFrame(
            {
                "mechanism": mechanism.name,
                "title": mechanism.title,
                "an attacker enters": mechanism.enters,
                "base": mechanism.base,
            }
            for mechanism in MECHANISMS.values()
        )
    elif kind == "attacks":
        from pollbench.manipulation import ATTACKS

        frame = pd.DataFrame({"attack": attack.name, "title": attack.title} for attack in ATTACKS.values())
    elif kind == "defences":
        from pollbench.manipulation import DEFENCES

        frame = pd.DataFrame(
            {"defence": defence.name, "title": defence.title, "the attack that adapts": defence.adaptive}
            for defence in DEFENCES.values()
        )
    elif kind == "threat-models":
        from pollbench.manipulation.study.threat_models import threat_models

        frame = pd.DataFrame(
            {
                "threat_model": name,
                "attack": model.goal,
                "actor": model.actor,
                "timing": model.timing,
                "title": model.title,
            }
            for name, model in threat_models().items()
        )
    elif kind == "charts":
        from pollbench_dashboards import charts

        frame = pd.DataFrame(
            {
                "chart": name.replace("_", "-"),
                "or": ", ".join(shown.aliases),
                "page": shown.topic,
                "shows": (shown.function.__doc__ or "")
                .split("\n")[0]
                .removeprefix("Draw ")
                .removesuffix("."),
            }
            for name, shown in charts.registered().items()
        )
    elif kind == "importers":
        from pollbench.intake import registry

        frame = pd.DataFrame(
            {
                "importer": importer.name,
                "source": importer.title,
                "reads": importer.reads,
                "leaves out": importer.refuses,
            }
            for importer in registry.registered().values()
        )
    elif kind == "transfer-methods":
        from pollbench.ecological import registered

        frame = pd.DataFrame(
            {
                "method": method.name,
                "title": method.title,
                "assumes": method.assumes,
                "reference": method.reference,
            }
            for method in registered().values()
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
