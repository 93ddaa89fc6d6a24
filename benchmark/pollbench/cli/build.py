"""``pollbench build``: the DuckDB file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import Elections, MoreElections, Scenarios, asked_for


def build_(
    elections: Elections = None,
    election: MoreElections = None,
    scenario: Scenarios = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "pollbench.duckdb"
    ),
) -> None:
    """Build the DuckDB file: verified, validated, with comments on every table and column."""
    from pollbench.data.store import build

    report = build(output, *asked_for(elections, election, ()), scenarios=scenario or ())
    typer.echo(f"{output}: {report.summary()}")
