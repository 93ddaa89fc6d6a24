"""``pollbench leaderboard``: who was closest, one board a contest."""

from __future__ import annotations

from typing import Annotated

import typer

from pollbench.cli._options import (
    DEFAULT_ELECTION,
    AsOf,
    Below,
    Candidates,
    Contest,
    Election,
    Format,
    Lineup,
    Missing,
    Output,
    Quantities,
    Select,
    Statuses,
    TableFormat,
    WithinDays,
    make_policy,
)


def leaderboard_(
    election: Election = DEFAULT_ELECTION,
    measure: Annotated[str, typer.Option(help="The measure to rank by.")] = "mae",
    baseline: Annotated[str, typer.Option(help="The naive forecast to stand beside.")] = "flat",
    contest: Contest = None,
    as_of: AsOf = None,
    within_days: WithinDays = 21,
    select: Select = "last",
    lineup: Lineup = "final",
    candidates: Candidates = "main",
    quantities: Quantities = "vote_share,digital_share",
    statuses: Statuses = "forecast,claimed",
    below: Below = "half",
    missing: Missing = "drop",
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Rank the forecasters of each contest by their error, beside a naive forecast."""
    from pollbench.cli._output import show
    from pollbench.cli.score import print_policy
    from pollbench.ranking import leaderboard
    from pollbench.scoring import score
    from pollbench.store import load

    policy = make_policy(as_of, within_days, select, lineup, candidates, quantities, statuses, below, missing)
    with load(election) as bench:
        scores = score(bench, [measure], policy, contest)
        board = leaderboard(scores, rank_by=measure, baseline=baseline)
        if form is Format.table and output is None:
            typer.echo(board_text(board), nl=False)
            print_policy(
                policy.describe(), policy.policy_id, scores.attrs["left_out"], scores.attrs["refused"]
            )
        else:
            show(board, form, output)


def board_text(board: object) -> str:
    """The boards of all contests as text."""
    import pandas as pd

    from pollbench import measures
    from pollbench.cli._output import as_text

    assert isinstance(board, pd.DataFrame)
    parts = []
    for contest, rows in board.groupby("contest_id", sort=True):
        measure = measures.named(str(rows.measure.iloc[0]))
        unit = f", {measure.unit}" if measure.unit else ""
        note = (
            ""
            if (rows.quantity == "vote_share").all()
            else " (* a digital weight, scored as if it were a vote share)"
        )
        parts.append(f"{contest}: {measure.title}{unit}, {rows.n_candidates.iloc[0]} candidates{note}\n")
        marks = rows.quantity.map(lambda quantity: "" if quantity == "vote_share" else " *")
        shown = pd.DataFrame(
            {
                "rank": rows["rank"],
                "forecaster": rows.forecaster_id + marks,
                "family": rows.family,
                "forecast": rows.forecast_id,
                "days before": rows.horizon_days,
                measure.name: rows.value,
                "baseline": rows.baseline,
                "skill": rows.skill,
                "n": rows.n.astype("Int64").astype("object"),
            }
        )
        parts.append(as_text(shown, Format.table, {"days before": 1}))
        parts.append("\n")
    return "".join(parts).removesuffix("\n")
