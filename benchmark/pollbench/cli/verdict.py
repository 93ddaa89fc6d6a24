"""``pollbench verdict``: how firm is the order under every reasonable reading of the figures?"""

from __future__ import annotations

import typer

from pollbench.cli._options import (
    Contest,
    FewElections,
    Format,
    MoreElections,
    Output,
    TableFormat,
    asked_for,
)


def verdict_(
    elections: FewElections = None,
    election: MoreElections = None,
    contest: Contest = None,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Say how firm the verdict is: all readings, disputed figures, unpublished shares."""
    import pandas as pd

    from pollbench.cli._output import as_text, show
    from pollbench.data.store import load
    from pollbench.scoring.compare import compare
    from pollbench.selection.policy import Policy

    with load(*asked_for(elections, election)) as bench:
        from pollbench.ranking.bounds import bounds_table
        from pollbench.ranking.readings import disputed_table, readings_table, verdict_table

        held = [
            comparison.contest_id
            for comparison in compare(bench, Policy(missing="drop"), contest)
            if len(comparison.forecasts)
        ]
        verdicts = [verdict_table(readings_table(bench, contest_id)) for contest_id in held]
        if form is not Format.table or output is not None:
            show(pd.concat(verdicts, ignore_index=True), form, output)
            return
        for name, verdict in zip(held, verdicts, strict=True):
            typer.echo(f"{name}: who is no poll, under every reasonable reading of the figures")
            for sentence in verdict.sentence:
                typer.echo(f"  {sentence}")
            disputed = disputed_table(bench, contest_id=name)
            largest = "no scored figure is disputed" if disputed.empty else _largest(disputed)
            typer.echo(f"  Disputed figures: {largest}.")
            typer.echo("  Error on the whole ballot, given what was not published:")
            columns = ["forecaster_id", "named", "ballot", "total", "best", "worst", "behind"]
            typer.echo(as_text(bounds_table(bench, name)[columns], Format.table, {}))


def _largest(disputed: object) -> str:
    import pandas as pd

    assert isinstance(disputed, pd.DataFrame)
    first = disputed.iloc[0]
    return (
        f"the largest change is {first['change']:+.2f} points ({first['forecast_id']}, {first['candidate_id']} "
        f"{first['other']:g} for {first['held']:g}), from rank {first['rank']} to {first['rank_other']}"
    )
