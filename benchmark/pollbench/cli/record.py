"""``pollbench record``: what digital, machine and market predictions of many votes came to."""

from __future__ import annotations

from typing import Annotated

import typer

from pollbench.cli._options import Format, Output, TableFormat


def record_(
    kind: Annotated[
        str | None, typer.Option(help="Only this method: search, tone, market, account_panel, ...")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Only this country, such as US.")] = None,
    before_vote: Annotated[
        bool, typer.Option("--before-vote", help="Only what was known before the vote.")
    ] = False,
    collection: Annotated[
        str, typer.Option("--collection", help="The collection, or a folder laid out like it.")
    ] = "world",
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Say what the releases of the world record came to: leaders, errors, what was known before the vote."""
    from pollbench.cli._output import as_text, show
    from pollbench.data.store import load
    from pollbench.records.leader_calls import DRAWS, SEED, summary
    from pollbench.records.record import record

    with load(collection) as bench:
        chosen = record(bench).chosen(kind=kind, country=country, before_vote=before_vote)
        if form is not Format.table or output is not None:
            show(chosen, form, output)
            return
        calls = summary(chosen, draws=DRAWS, seed=SEED)
        typer.echo(f"{len(chosen)} releases about {chosen.contest_id.nunique()} contests.")
        if calls["contests"]:
            typer.echo(
                f"The leader of the figures led the result in {calls['right']:.1f} of {calls['releases']} releases; over "
                f"{calls['contests']} contests {calls['contest_share']:.0f} % [{calls['low']:.0f}; {calls['high']:.0f}], "
                f"picking blind {calls['contest_blind']:.0f} %."
            )
        if calls["mae_releases"]:
            typer.echo(
                f"Median error {calls['median_mae']:.1f} points [{calls['mae_low']:.1f}; {calls['mae_high']:.1f}] "
                f"({calls['mae_releases']} releases in shares)."
            )
        typer.echo(
            f"95 % intervals resample contests (seed {SEED}). The set is what was printed and kept: loud cases are "
            "over-represented."
        )
        columns = [
            "forecast_id",
            "claim_kind",
            "known_before_vote",
            "mae",
            "leader",
            "winner",
            "leader_right",
        ]
        typer.echo(as_text(chosen[columns], Format.table, {"mae": 2, "leader_right": 2}))
