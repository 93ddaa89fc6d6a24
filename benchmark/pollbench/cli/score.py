"""``pollbench score``: the tidy score rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pollbench.cli._options import (
    Contest,
    FewElections,
    Format,
    MoreElections,
    Output,
    TableFormat,
    asked_for,
    takes_policy,
)

if TYPE_CHECKING:
    from pollbench.selection.policy import Policy


@takes_policy()
def score_(
    elections: FewElections = None,
    election: MoreElections = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure; may be repeated; 'all' for all.")
    ] = None,
    contest: Contest = None,
    *,
    policy: Policy,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Score every forecast that the policy admits, and the baselines beside them."""
    named = asked_for(elections, election)

    def say() -> None:
        from pollbench.cli._output import show
        from pollbench.data.store import load
        from pollbench.scoring.score import FIRST_MEASURES, score

        names = measure or list(FIRST_MEASURES)
        with load(*named) as bench:
            scores = score(bench, "all" if names == ["all"] else names, policy, contest)
        show(scores.frame, form, output)
        if form is Format.table and output is None:
            print_policy(policy.describe(), policy.policy_id, scores.left_out, scores.refused)

    if output is not None or form is Format.parquet:
        say()
        return
    from pollbench.cli._answers import answered

    answered(("score", tuple(measure or ()), contest, policy, form.value), named, say)


#: Forecasts left out for one reason that a line names; it counts the rest.
MOST_NAMED = 4


def print_policy(
    words: str, policy_id: str, left_out: Sequence[Mapping[str, object]], refused: Sequence[str]
) -> None:
    """Print under a table what it rests on and what it leaves out."""
    typer.echo(f"\nPolicy {policy_id}: {words}.")
    alike: dict[tuple[object, ...], list[str]] = {}
    for row in left_out:
        alike.setdefault((row["contest_id"], row["reason"], row["age_days"]), []).append(
            str(row["forecast_id"])
        )
    for (contest, reason, age), names in alike.items():
        shown = ", ".join(names[:MOST_NAMED]) + (
            f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        )
        typer.echo(f"Left out in {contest}: {shown}, {reason} ({age} days old).")
    for reason in refused:
        typer.echo(f"Not scored: {reason}")
