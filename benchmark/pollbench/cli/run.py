"""``pollbench run``: the main job, from the data to the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import Elections, MoreElections, Scenarios, asked_for


def run_(
    elections: Elections = None,
    election: MoreElections = None,
    scenario: Scenarios = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.")] = Path("output"),
) -> None:
    """Verify, validate, build the database, score, rank, and draw the page: all into one folder.

    A folder that already holds a run of the same data, code, libraries, policy and seed is compared with
    its checksums, and nothing is computed again; another --output always is.
    """
    from pollbench.cli._unchanged import CHECKSUMS, SUMMARY, is_whole, made_from

    named, chosen = asked_for(elections, election, ()), tuple(scenario or ())
    unchanged = is_whole(output, made_from(named, chosen))
    failed: dict[str, str] = {}
    if not unchanged:
        from pollbench.cli._job import run

        failed = run(output, named, chosen, progress=True).failed
    typer.echo((output / SUMMARY).read_text(encoding="utf-8"))
    if unchanged:
        files = len((output / CHECKSUMS).read_text(encoding="utf-8").splitlines())
        typer.echo(
            f"Made earlier, from the same data, code, libraries, policy and seed: all {files} files are as "
            f"{CHECKSUMS} says. To compute everything again, name another --output."
        )
    typer.echo(f"Tables: {output / 'tables'}   Database: {output / 'pollbench.duckdb'}")
    typer.echo(f"Page: {output / 'site' / 'index.html'}")
    if failed:
        typer.echo(f"Failed: {', '.join(failed)}. Everything else is whole.", err=True)
        raise typer.Exit(1)
