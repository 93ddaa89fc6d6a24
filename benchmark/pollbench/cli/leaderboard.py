"""``pollbench leaderboard``: who was closest, one board a contest."""

from __future__ import annotations

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
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.scoring.scores import Scores
    from pollbench.selection.policy import Policy

#: A poll of all candidates that prints less than this in all has left something out: firms are off by a point at most.
SHORT = 99.0


@takes_policy()
def leaderboard_(
    elections: FewElections = None,
    election: MoreElections = None,
    measure: Annotated[str, typer.Option(help="The measure to rank by.")] = "mae",
    baseline: Annotated[str, typer.Option(help="The naive forecast to stand beside.")] = "flat",
    contest: Contest = None,
    *,
    policy: Policy,
    check: Annotated[
        bool, typer.Option("--check", help="Compare the published boards with recomputed ones instead.")
    ] = False,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Rank the forecasters of each contest by their error, beside a naive forecast."""
    if check:
        from pollbench.cli.check import compare_published

        compare_published(("leaderboard",))
        return
    named = asked_for(elections, election)

    def say() -> None:
        from pollbench.cli._output import show
        from pollbench.cli.score import print_policy
        from pollbench.data.store import load
        from pollbench.ranking.leaderboard import leaderboard
        from pollbench.scoring.score import score

        with load(*named) as bench:
            scores = score(bench, [measure], policy, contest)
            board = leaderboard(scores, rank_by=measure, baseline=baseline)
            if form is Format.table and output is None:
                typer.echo(board_text(board, baseline), nl=False)
                for line in _short_of_100(bench, scores, policy):
                    typer.echo(line)
                print_policy(policy.describe(), policy.policy_id, scores.left_out, scores.refused)
            else:
                show(board, form, output)

    if output is not None or form is Format.parquet:
        say()
        return
    from pollbench.cli._answers import answered

    answered(("leaderboard", measure, baseline, contest, policy, form.value), named, say)


def board_text(board: pd.DataFrame, baseline: str = "flat") -> str:
    """The boards of all contests as text, with a legend under the last."""
    from pollbench import measures
    from pollbench.cli._output import as_text

    parts = []
    for contest, rows in board.groupby("contest_id", sort=True):
        measure = measures.named(str(rows.measure.iloc[0]))
        unit = f", {measure.unit}" if measure.unit else ""
        parts.append(f"{contest}: {measure.title}{unit}, {rows.n_candidates.iloc[0]} candidates\n")
        parts.append(as_text(_columns(rows, measure.name, baseline), Format.table, {"days before": 1}))
        parts.append("\n")
    parts += [f"{line}\n" for line in _legend(board, baseline)]
    return "".join(parts)


def _short_of_100(bench: Bench, scores: Scores, policy: Policy) -> list[str]:
    """What polls whose shares do not add up to 100 score as printed and rescaled; nothing of all others."""
    from dataclasses import replace

    from pollbench.scoring.score import score
    from pollbench.selection.reading import figures_read, is_poll

    rows = scores.frame[(scores.frame.quantity == "vote_share") & (scores.frame.family != "baseline")]
    kinds = {
        name: row["kind"]
        for contest in scores.contests.values()
        for name, row in contest["forecasts"].items()
    }
    rows = rows[is_poll(rows.assign(kind=rows.forecast_id.map(kinds)))]
    totals = figures_read(bench, policy).groupby("forecast_id")["value"].sum().to_dict()
    rows = rows[rows.forecast_id.map(totals) < SHORT]
    if policy.rescale != "none" or rows.empty:
        return []
    key = ["contest_id", "forecaster_id", "forecast_id", "measure"]
    rescaled = score(bench, rows.measure.unique().tolist(), replace(policy, rescale="to_100")).frame
    both = rows.merge(rescaled[[*key, "value"]], on=key, suffixes=("", "_rescaled"))
    listed = (
        f"{row.forecaster_id} prints {totals[str(row.forecast_id)]:.1f}: {row.value:.2f} as printed, {row.value_rescaled:.2f} rescaled"
        for row in both.itertuples()
    )
    return [
        "Polls whose shares do not add up to 100 (undecided voters or others are in their base), and what --rescale to_100 gives:",
        *(f"     {line}" for line in listed),
    ]


def _columns(rows: pd.DataFrame, measure: str, baseline: str) -> pd.DataFrame:
    import pandas as pd

    distribution = [
        "" if low != low else f"{low:.1f} to {high:.1f}"
        for low, high in zip(rows.expected_low, rows.expected_high, strict=True)
    ]
    scale = ["" if value != value else f"{value:.0f} %" for value in rows.percentile]
    return pd.DataFrame(
        {
            "rank": rows["rank"],
            "tied": rows.tied_with_best.replace("unknown", ""),
            "forecaster": rows.forecaster_id
            + rows.quantity.map(lambda word: "" if word == "vote_share" else " *")
            + rows.recalled.map(lambda recalled: " (recalled)" if recalled else ""),
            "family": rows.family,
            "days before": rows.horizon_days,
            measure: rows.value,
            "chance": distribution,
            "scale": scale,
            baseline: rows.baseline,
            "skill": rows.skill,
            "polls before": rows.poll_average_before,
            "skill over polls": rows.skill_over_polls,
            "n": [
                "" if n != n else f"{n:.0f}" + ("" if basis == "expressing_n" else " ~")
                for n, basis in zip(rows.n.astype("float64"), rows.n_basis, strict=True)
            ],
        }
    )


def _legend(board: pd.DataFrame, baseline: str) -> list[str]:
    """What the columns mean, for the columns that say anything."""
    lines = [
        "tied: with the best (yes: no further behind it than the furthest of so many equally good ones in 19 votes of 20).",
        "chance: what nine in ten unbiased samples of the same n would have scored; nominal, for quota samples.",
        "scale: share of the polls' last errors that were no larger, of comparable elections (country, office) here and on this board.",
        f"{baseline}: the same score for the naive forecast; skill = 1 - score / {baseline}.",
        "polls before: the same score for the average of the polls that were public before the day of the forecast;",
        "     skill over polls below 0: it knew less than a reader of the polls on that morning.",
    ]
    if (board.n.notna() & (board.n_basis != "expressing_n")).any():
        lines.append(
            "~ the whole sample: how many expressed an intention is not known, and chance is wider than shown."
        )
    if board.recalled.any():
        lines.append("(recalled) known only from a text written after the vote.")
    if (board.quantity != "vote_share").any():
        lines.append(
            "* a digital weight or the like, not a share of votes: scored as if it were one, because it was used as one."
        )
    return lines
