"""``pollbench record``: what digital, machine and market predictions of many votes came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pollbench.cli._options import Format, Output, TableFormat
from pollbench.records.rules import CHOICES

if TYPE_CHECKING:
    import pandas as pd


def record_(
    kind: Annotated[
        str | None, typer.Option(help="Only this method: search, tone, market, account_panel, ...")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Only this country, such as US.")] = None,
    before_vote: Annotated[
        bool, typer.Option("--before-vote", help="Only what was known before the vote.")
    ] = False,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            help=f"A coding rule that differs, such as leader_of=printed; repeatable. Rules: {', '.join(CHOICES)}."
        ),
    ] = None,
    collection: Annotated[
        str, typer.Option("--collection", help="The collection, or a folder laid out like it.")
    ] = "world",
    form: TableFormat = Format.table,
    output: Output = None,
    deposit: Annotated[
        Path | None,
        typer.Option(
            help="Write the whole record into this empty folder: CSV, Parquet, DuckDB, Data Package, Croissant, codebook."
        ),
    ] = None,
) -> None:
    """Say what the releases of the world record came to: leaders, errors, what was known before the vote."""
    from pollbench.cli._output import as_text, show
    from pollbench.data.store import load
    from pollbench.records.record import record
    from pollbench.records.rules import PAGE

    rules = PAGE.changed(rule or [])
    with load(collection) as bench:
        if deposit is not None:
            from pollbench.outputs.record_deposit import deposit as write_deposit

            typer.echo("\n".join(write_deposit(bench, deposit)))
            return
        chosen = record(bench, rules).chosen(kind=kind, country=country, before_vote=before_vote)
        if form is not Format.table or output is not None:
            show(chosen, form, output)
            return
        typer.echo(said(chosen))
        if rules != PAGE:
            changed = ", ".join(f"{name}={value}" for name, value in rules.differences().items())
            page = record(bench).chosen(kind=kind, country=country, before_vote=before_vote)
            typer.echo(f"This is with {changed}. Under the rules of the page:\n{said(page)}")
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


def said(chosen: pd.DataFrame) -> str:
    """The headline of the chosen releases: those coded by two readers first, then all of them."""
    from pollbench.records.leader_calls import CODERS, like_shares, summary
    from pollbench.records.resampling import SEED

    lines = [f"{len(chosen)} releases about {chosen.contest_id.nunique()} contests."]
    for coders in ("double", "all"):
        read = chosen[chosen.read_by.isin(CODERS[coders])]
        lines.append(
            {"double": "Coded by two readers:", "all": "All, most of them coded by one reader:"}[coders]
        )
        lines += _of(summary(read))
        digital = read[like_shares(read)]
        if 0 < len(digital) < len(read):
            lines.append(
                "  Of these, digital figures in shares, the headline of the page where known before the vote:"
            )
            lines += _of(summary(digital))
    lines.append(
        f"95 % intervals resample contests (seed {SEED}). The set is what was printed and kept: loud cases are "
        "over-represented."
    )
    return "\n".join(lines)


def _of(counted: dict[str, Any]) -> list[str]:
    lines = []
    if counted["contests"]:
        lines.append(
            f"  the leader of the figures led the vote in {counted['right']:g} of {counted['releases']} releases; over "
            f"{counted['contests']} contests {counted['contest_share']:.0f} % [{counted['low']:.0f}; "
            f"{counted['high']:.0f}], picking blind {counted['contest_blind']:.0f} %;"
        )
    if counted["mae_releases"]:
        lines.append(
            f"  median error {counted['median_mae']:.1f} points [{counted['mae_low']:.1f}; {counted['mae_high']:.1f}] "
            f"({counted['mae_releases']} releases in shares)."
        )
    return lines or ["  none that names a leader or is printed in shares."]
