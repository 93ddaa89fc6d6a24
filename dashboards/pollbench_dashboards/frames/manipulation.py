"""Frames about manipulation: what would move each figure, what it would cost, who would notice."""

from __future__ import annotations

import pandas as pd

from pollbench_dashboards.frames.gathered import Gathered, frame


def _named(all_frames: Gathered, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the names of forecasters and targets."""
    if table.empty:
        return table
    who = all_frames["forecaster"].set_index("forecaster_id")
    people = dict(zip(all_frames["person"].candidate_id, all_frames["person"].name, strict=True))
    table = table.assign(
        name=table.forecaster_id.map(who["name"]), family=table.forecaster_id.map(who["family"])
    )
    return table.assign(candidate=table.target.map(people)) if "target" in table else table


#: Accounts at which the curves are computed: eight steps a decade, from ten people to a hundred thousand.
ACCOUNTS = (0, *(round(10 ** (1 + step / 8)) for step in range(33)))
#: The threat model of all charts: real people, one account each, for a week.
THREAT_MODEL = "push-mobilised-7d"


def target_of(all_frames: Gathered) -> str:
    """The candidate whom the charts have pushed: the first who did not advance, with most to gain from looking stronger.

    Before the vote the order is that of the last polls.
    """
    contests = all_frames["contest"]
    contest = contests[contests.contest_id == all_frames.focus].iloc[0]
    candidates = all_frames["candidate"]
    candidates = candidates[candidates.contest_id == all_frames.focus]
    place = candidates["rank"].fillna(candidates.reset_index().index.to_series(candidates.index) + 1)
    later = candidates[place > contest.advance]
    return str((later if len(later) else candidates).candidate_id.iloc[0])


@frame
def target(all_frames: Gathered) -> pd.DataFrame:
    """The candidate whom the charts have pushed, one row."""
    candidates = all_frames["candidate"]
    chosen = candidates[
        (candidates.contest_id == all_frames.focus) & (candidates.candidate_id == target_of(all_frames))
    ]
    return chosen.rename(columns={"candidate_id": "target"}).head(1)


@frame
def shift_curve(all_frames: Gathered) -> pd.DataFrame:
    """Shift of every figure of the contest in focus by accounts, for the target of the charts."""
    from pollbench.errors import PollbenchError
    from pollbench.manipulation.study.stress import stress

    try:
        table = stress(
            all_frames.bench,
            attack="push",
            target=target_of(all_frames),
            axis="accounts",
            budgets=list(ACCOUNTS),
            contest_id=all_frames.focus,
        )
    except PollbenchError:
        # No forecaster of this contest has a figure that the model can push: the charts say so.
        return pd.DataFrame()
    table = table[table.shift_pp.notna()].reset_index(drop=True)
    quantities = all_frames["notice_row"].set_index("forecast_id").quantity
    return _named(all_frames, table.assign(quantity=table.forecast_id.map(quantities)))


@frame
def pushed_board(all_frames: Gathered) -> pd.DataFrame:
    """Mean absolute error of every forecaster while its own figure is pushed, by accounts.

    A push takes the same part e from every honest share and gives it to the target:
    p' = (1 - e) p + e 100 for the target, e = shift / (100 - p of the target).
    """
    curve = all_frames["shift_curve"]
    figures = all_frames["comparison"]
    if curve.empty or figures.empty:
        return pd.DataFrame()
    chosen = target_of(all_frames)
    figures = figures[figures.contest_id == all_frames.focus]
    curve = curve[["forecast_id", "budget", "figure_pct", "shift_pp"]]
    table = figures.merge(curve, on="forecast_id")
    part = table.shift_pp / (100.0 - table.figure_pct)
    pushed = (1.0 - part) * table.forecast + 100.0 * part * (table.candidate_id == chosen)
    table["absolute"] = (pushed - table.result).abs()
    keys = ["contest_id", "forecast_id", "forecaster_id", "name", "family", "quantity", "recalled", "budget"]
    board = table.groupby(keys, as_index=False)[["absolute"]].mean().rename(columns={"absolute": "mae"})
    board["rank"] = board.groupby("budget").mae.rank(method="min").astype(int)
    return board


@frame
def break_even_cost(all_frames: Gathered) -> pd.DataFrame:
    """What would suffice to lift a target by some points, to the lead, into the first two."""
    from pollbench.manipulation.study.tables import break_even_table

    return _named(all_frames, break_even_table(all_frames.bench))


@frame
def ruler(all_frames: Gathered) -> pd.DataFrame:
    """Real operations, as reported, to measure budgets by."""
    from pollbench.manipulation.study.tables import ruler_table

    return ruler_table(all_frames.bench)


@frame
def defence(all_frames: Gathered) -> pd.DataFrame:
    """What every defence would buy and cost."""
    from pollbench.manipulation.study.defence_table import defence_table

    return _named(all_frames, defence_table(all_frames.bench))


@frame
def detection(all_frames: Gathered) -> pd.DataFrame:
    """How surely each test of an operator would notice a push."""
    from pollbench.manipulation.study.detection_table import detection_table

    return _named(all_frames, detection_table(all_frames.bench))


@frame
def tornado_bar(all_frames: Gathered) -> pd.DataFrame:
    """How much each assumption moves the cost."""
    from pollbench.manipulation.study.tornado_table import tornado_table

    return _named(all_frames, tornado_table(all_frames.bench))


@frame
def robust_rank_row(all_frames: Gathered) -> pd.DataFrame:
    """Rank of each forecaster while its own figure is pushed."""
    from pollbench.manipulation.study.tables import robust_rank_table

    table = _named(all_frames, robust_rank_table(all_frames.bench))
    figures = all_frames["comparison"]
    if table.empty or figures.empty:
        return table
    recalled = figures[figures.recalled.astype(bool)]
    known_later = set(zip(recalled.contest_id, recalled.forecaster_id, strict=True))
    ranked = zip(table.contest_id, table.forecaster_id, strict=True)
    return table.assign(recalled=[pair in known_later for pair in ranked])
