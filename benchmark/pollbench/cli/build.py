"""``pollbench build``: the DuckDB file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import Elections, Scenarios


def build_(
    elections: Elections = None,
    scenario: Scenarios = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "pollbench.duckdb"
    ),
) -> None:
    """Build the DuckDB file: verified, validated, with comments on every table and column."""
    from pollbench.data.store import build

    report = build(output, *(elections or ()), scenarios=scenario or ())
    typer.echo(f"{output}: {report.summary()}")
