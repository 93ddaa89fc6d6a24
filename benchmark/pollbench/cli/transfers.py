"""``pollbench transfers``: who moved where between two rounds, as far as the votes of many units can say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import FewElections, Format, MoreElections, Output, TableFormat, asked_for


def transfers_(
    elections: FewElections = None,
    election: MoreElections = None,
    method: Annotated[
        str | None,
        typer.Option(
            help="One method only, of bounds, goodman_free, goodman_simplex, independence, local_step, lphom."
        ),
    ] = None,
    units: Annotated[
        list[Path] | None,
        typer.Option(
            help="Files of communes or polling stations: once for the first round, once for the second."
        ),
    ] = None,
    replicates: Annotated[int, typer.Option(help="Draws of a bootstrap of the units; 0 for none.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 20170507,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Say who moved where between two rounds: bounds, estimates, honest intervals, polls."""
    from pollbench.cli._output import show
    from pollbench.data.store import load
    from pollbench.ecological import registered
    from pollbench.errors import DomainError, UnknownName
    from pollbench.flows import story
    from pollbench.flows.table import transfers
    from pollbench.flows.unit_files import from_files
    from pollbench.flows.units import from_departments

    if method is not None and method not in registered():
        raise UnknownName.of(kind="transfer method", name=method, known=registered())
    if units and len(units) != 2:
        message = "--units is given twice: the file of each of the two rounds, in order."
        raise DomainError(message)
    with load(*asked_for(elections, election)) as bench:
        if len(bench.elections) > 1:
            message = f"Transfers are those of one election, and {', '.join(bench.elections)} are asked for: name one."
            raise DomainError(message)
        name = bench.elections[0]
        given = from_files(bench, name, units[0], units[1]) if units else from_departments(bench, name)
        table = transfers(bench, name, method=method, units=given, replicates=replicates, seed=seed)
    if form is not Format.table or output is not None:
        show(table, form, output)
        return
    for sentence in story.about_units(given):
        typer.echo(sentence)
    columns = [
        "from_option",
        "to_option",
        "method",
        "interval_kind",
        "share_pct",
        "low",
        "high",
        "poll_low",
        "poll_high",
    ]
    digits = dict.fromkeys(("share_pct", "low", "high", "poll_low", "poll_high"), 1)
    show(table[columns], form, None, digits)
    for sentence in story.about_polls(table):
        typer.echo(sentence)
    if replicates:
        typer.echo(f"Bootstrap of {replicates} draws, seed {seed}.")
