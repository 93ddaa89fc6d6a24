"""Frames about manipulation: what would move each figure, what it would cost, who would notice."""

from __future__ import annotations

import pandas as pd

from pollbench_dashboards.frames.gathered import Gathered, frame


def _named(all_frames: Gathered, table: pd.DataFrame) -> pd.DataFrame:
    """The table with the names of forecasters and targets, and what each figure that can be moved claims to be."""
    from pollbench.manipulation.study.attackable import attacked_figures

    who = all_frames["forecaster"].set_index("forecaster_id")
    people = dict(zip(all_frames["person"].candidate_id, all_frames["person"].name, strict=True))
    table = table.assign(
        name=table.forecaster_id.map(who["name"]), family=table.forecaster_id.map(who["family"])
    )
    if "contest_id" in table and "quantity" not in table:
        figures, _ = attacked_figures(all_frames.bench)
        claimed = {(figure.contest_id, figure.forecaster_id): figure.quantity for figure in figures}
        rows = zip(table.contest_id, table.forecaster_id, strict=True)
        table = table.assign(quantity=pd.Series([claimed.get(row) for row in rows], table.index, object))
    return table.assign(candidate=table.target.map(people)) if "target" in table else table


#: Accounts at which the curves are computed: eight steps a decade, from ten people to a hundred thousand.
ACCOUNTS = (0, *(round(10 ** (1 + step / 8)) for step in range(33)))
#: The attack and the threat model of all charts: real people, one account each, all on the last day.
ATTACK = "push"
THREAT_MODEL = "push-mobilised-7d"


def target_of(all_frames: Gathered) -> str | None:
    """The candidate whom the charts have pushed: the first who did not advance, with most to gain from looking stronger.

    Before the vote the order is that of the last polls; None where no candidate stands.
    """
    contests = all_frames["contest"]
    contest = contests[contests.contest_id == all_frames.focus].iloc[0]
    candidates = all_frames["candidate"]
    candidates = candidates[candidates.contest_id == all_frames.focus]
    order = candidates["rank"].fillna(candidates.reset_index().index.to_series(candidates.index) + 1)
    later = candidates[order > contest.advance]
    chosen = later if len(later) else candidates
    return None if chosen.empty else str(chosen.candidate_id.iloc[0])


@frame
def target(all_frames: Gathered) -> pd.DataFrame:
    """The candidate whom the charts have pushed, one row."""
    candidates = all_frames["candidate"]
    chosen = candidates[
        (candidates.contest_id == all_frames.focus) & (candidates.candidate_id == target_of(all_frames))
    ]
    return chosen.rename(columns={"candidate_id": "target"}).head(1).reset_index(drop=True)


@frame
def threat_model(all_frames: Gathered) -> pd.DataFrame:
    """The threat model of the charts, one row: who acts, when, for how many days."""
    from pollbench.manipulation.study import threat_models

    del all_frames
    model = threat_models.threat_model(THREAT_MODEL)
    return pd.DataFrame(
        [{"actor": model.actor, "timing": model.timing, "days": model.days, "lead_days": model.lead_days}]
    )


@frame
def shift_curve(all_frames: Gathered) -> pd.DataFrame:
    """Shift of every figure of the contest in focus by accounts, for the target of the charts."""
    from pollbench.manipulation.study.stress import stress

    chosen = target_of(all_frames)
    if chosen is None:
        return pd.DataFrame()
    table = stress(
        all_frames.bench,
        attack=ATTACK,
        model=THREAT_MODEL,
        target=chosen,
        axis="accounts",
        budgets=list(ACCOUNTS),
        contest_id=all_frames.focus,
    )
    table = table[table.shift_pp.notna()].reset_index(drop=True)
    quantities = all_frames["notice_row"].set_index("forecast_id").quantity
    return _named(all_frames, table.assign(quantity=table.forecast_id.map(quantities)))


@frame
def pushed_board(all_frames: Gathered) -> pd.DataFrame:
    """Mean absolute error of every forecaster while its own figure is pushed, by accounts."""
    from pollbench.manipulation.study.robust_ranks import attacked_alone, pushed_boards

    figures, chosen = all_frames["comparison"], target_of(all_frames)
    figures = figures[figures.contest_id == all_frames.focus] if len(figures) else figures
    if figures.empty or chosen not in set(figures.candidate_id):
        return pd.DataFrame()
    board = pushed_boards(all_frames.bench, all_frames.focus, str(chosen), list(ACCOUNTS))
    about = ["forecast_id", "name", "family", "quantity", "recalled"]
    board = board.merge(figures[about].drop_duplicates("forecast_id"), on="forecast_id")
    if board.empty:
        return board.assign(rank=[])
    wide = board.pivot(index="budget", columns="forecast_id", values="mae")
    alone = attacked_alone(wide.loc[0].to_numpy(), wide.to_numpy())
    places = pd.DataFrame(alone, columns=wide.columns).assign(budget=wide.index)
    return board.merge(places.melt("budget", value_name="rank"), on=["budget", "forecast_id"])


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
