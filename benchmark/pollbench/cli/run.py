"""``pollbench run``: the main job, from the data to the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import Elections

#: The election whose first round is printed at the end, if it is among those run.
SHOWN_CONTEST = "fr-pres-2017-r1"


def run_(
    elections: Elections = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.")] = Path("output"),
) -> None:
    """Verify, validate, build the database, score, rank, and draw the page: all into one folder."""
    from pollbench.cli._job import run
    from pollbench.cli.leaderboard import board_text

    outcome = run(output, tuple(elections or ()), progress=True)
    board = outcome.leaderboard
    if board is not None:
        shown = board[board.contest_id == SHOWN_CONTEST]
        typer.echo(board_text(shown if len(shown) else board), nl=False)
    if outcome.open_contests:
        typer.echo(
            f"\nNobody has voted yet in {', '.join(outcome.open_contests)}: what needs no result is written."
        )
    for reason in dict.fromkeys(outcome.not_made.values()):
        tables = [name for name, why in outcome.not_made.items() if why == reason]
        typer.echo(f"Not written: {', '.join(tables)}. {reason}")
    typer.echo(f"\nPolicy {outcome.policy.policy_id}: {outcome.policy.describe()}.")
    if board is not None:
        typer.echo(
            "One vote: the order is what happened, not what it proves. Digital weights are not vote shares."
        )
    typer.echo(f"Tables: {output / 'tables'}   Database: {output / 'pollbench.duckdb'}")
    typer.echo(f"Page: {output / 'site' / 'index.html'}")
