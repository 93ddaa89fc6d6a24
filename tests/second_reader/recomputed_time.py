"""The numbers of sentences about time, houses and probabilities, recomputed from the shipped CSV alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
from recomputed import DATA, FIRST, campaign, dated, election_of, figures_as_read, shares, table
from scipy.stats import t as student

#: A last figure is at most so old, in days.
WINDOW = 21


def releases() -> pd.DataFrame:
    """Releases about the first round before the vote: the questions of one survey are one."""
    rows = dated().query("contest_id == @FIRST")
    rows = rows[rows.condition.isna() & ~rows.lineup.astype("string").str.startswith("duel-").fillna(False)]
    rows = rows[~rows.recalled & (rows.public_on <= rows.day)]
    of_day = rows.public_on.dt.strftime("%Y-%m-%d/") + rows.release.astype(str)
    return rows.assign(release_id=rows.survey.fillna(of_day), days_before=(rows.day - rows.public_on).dt.days)


def distances() -> pd.DataFrame:
    """Mean distance to the result on the first four, one row per forecast with all of them."""
    rows = dated().query("contest_id == @FIRST")
    rows = rows[rows.quantity.isin(["vote_share", "digital_share"]) & ~rows.recalled]
    rows = rows[rows.lineup.isna() | rows.lineup.isin(["final", "near-final"])]
    result = shares(FIRST).iloc[:4]
    wide = figures_as_read().pivot(index="forecast_id", columns="candidate_id", values="value")
    wide = wide.reindex(index=rows.forecast_id, columns=result.index)
    rows = rows.assign(distance=(wide - result).abs().mean(axis=1, skipna=False).to_numpy())
    rows = rows.assign(days_before=(rows.day - rows.public_on).dt.days)
    return rows[rows.distance.notna() & (rows.days_before >= 0)]


def leads(since: str, contest: str = FIRST) -> pd.DataFrame:
    """Share of the first of the vote minus that of the best of the others, one row per reading with the first two."""
    result = shares(contest)
    rows = campaign(contest, len(result), since)
    printed = table("predictions", election_of(contest)).pivot(
        index="forecast_id", columns="candidate_id", values="value"
    )
    wide = printed.reindex(index=rows.forecast_id, columns=result.index)
    first, second = result.index[:2]
    rows = rows.assign(lead=(wide[first] - wide.drop(columns=first).max(axis=1)).to_numpy())
    return rows[(wide[first].notna() & wide[second].notna()).to_numpy()]


def weekly_leads(since: str, vote: str, contest: str = FIRST) -> pd.Series:
    """The median lead of the polls of each week before the vote, by the middle day of the week."""
    rows = leads(since, contest).query("family == 'poll'")
    end = pd.Timestamp(vote)
    weeks = (end - pd.to_datetime(rows.measured_to.fillna(rows.published_on))).dt.days // 7
    medians = rows.lead.groupby(weeks.to_numpy()).median()
    medians.index = [end - pd.Timedelta(days=7 * week + 3) for week in medians.index]
    return medians.sort_index()


def closest_days() -> pd.DataFrame:
    """For each day of the campaign who was the closest of those with a figure at most three weeks old, and of how many."""
    rows = distances().sort_values(["public_on", "release", "forecast_id"])
    days = []
    for day in pd.date_range(rows.public_on.min(), rows.day.iloc[0]):
        known = rows[rows.public_on <= day].drop_duplicates("forecaster_id", keep="last")
        known = known[(day - known.public_on).dt.days <= WINDOW]
        if len(known):
            best = known.sort_values(["distance", "forecaster_id"], kind="stable").iloc[0]
            days.append((day, best["name"], best.distance, len(known)))
    return pd.DataFrame(days, columns=["day", "name", "distance", "field"])


def _named_chances() -> pd.DataFrame:
    """Every printed probability of one candidate that leads, qualifies or wins, one row per forecast and candidate."""
    rows = dated()
    listed = rows[rows.quantity.isin(["win_probability", "runoff_probability"])]
    listed = listed.merge(
        table("predictions")[["forecast_id", "candidate_id", "value", "flag"]], on="forecast_id"
    )
    question = {"runoff_probability": "qualifies"}
    listed["question"] = listed.quantity.map(question)
    first = listed["round"] == 1
    listed["question"] = listed.question.fillna(first.map({True: "leader", False: "winner"}))
    told = table("events").rename(columns={"type": "question", "candidates": "candidate_id"})
    told = rows.merge(told[["forecast_id", "question", "candidate_id", "value", "flag"]], on="forecast_id")
    everything = pd.concat([listed, told], ignore_index=True)
    return everything[everything.question.isin(["leader", "qualifies", "winner"])]


def happened(question: str, contest: str) -> set[str]:
    """The candidates of whom it came true."""
    return set(shares(contest).index[: 2 if question == "qualifies" else 1])


def printed_chances() -> pd.DataFrame:
    """The probabilities of people of the election that were printed before the vote was known, without a condition."""
    rows = _named_chances()
    people = set(pd.read_csv(DATA / "people.csv").candidate_id)
    return rows[rows.condition.isna() & ~rows.recalled & rows.candidate_id.isin(people)]


#: What a forecaster answered: probabilities of one question add up.
QUESTION = ["contest_id", "forecaster_id", "name", "question", "quantity"]


def last_chances() -> pd.DataFrame:
    """The last probabilities of each forecaster and question, at most 21 days old and after the round before."""
    rows = _named_chances()
    kept = rows.condition.isna() & ~rows.recalled & (rows.public_on <= rows.day) & (rows.age <= WINDOW)
    rows = rows[kept & ~(rows.seen_last < rows.previous_round)]
    # Rows stand in the order of time.
    order = {forecast: place for place, forecast in enumerate(dated().forecast_id)}
    rows = rows.assign(order=rows.forecast_id.map(order))
    return rows[rows.order == rows.groupby(QUESTION).order.transform("max")]


def last_favourites() -> pd.DataFrame:
    """Whether the last probabilities of each forecaster and question favoured what happened."""
    judged = []
    for (contest, _, name, question, _), group in last_chances().groupby(QUESTION):
        true = happened(question, contest)
        seats = len(true)
        ranked = group.sort_values("value", ascending=False)
        if len(ranked) > seats:
            clear = ranked.value.iloc[seats - 1] > ranked.value.iloc[seats]
            right = clear and set(ranked.candidate_id[:seats]) == true
        else:
            right = all((row.value > 50) == (row.candidate_id in true) for row in ranked.itertuples())
            right = right and not (ranked.value == 50).any()
        judged.append((name, question, bool(right)))
    return pd.DataFrame(judged, columns=["name", "question", "right"])


def events_named() -> int:
    """Events of one candidate of which a probability was printed before the vote was known."""
    return len(printed_chances()[["question", "candidate_id"]].drop_duplicates())


def compared_polls() -> pd.DataFrame:
    """The polls that house effects rest on: firms with three surveys, rolling waves without those that overlap."""
    rows = dated().query("contest_id == @FIRST")
    rows = rows[(rows.family == "poll") & (rows.kind != "poll_average") & (rows.quantity == "vote_share")]
    rows = rows[rows.lineup.isin(["final", "near-final"])]
    thin = rows.rolling_thin.isna() | rows.rolling_thin.astype("string").str.lower().eq("true").fillna(False)
    rows = rows[thin].assign(horizon=lambda each: _middle(each))
    rows["survey"] = rows.survey.fillna(rows.forecast_id)
    return rows[rows.groupby("house").survey.transform("nunique") >= 3]


def house_effects() -> pd.DataFrame:
    """Each house against the mean of the houses, for the first five of the result, with marks that hold for the table."""
    rows = compared_polls()
    pieces = []
    for candidate in shares(FIRST).index[:5]:
        printed = figures_as_read().query("candidate_id == @candidate").set_index("forecast_id").value
        own = rows.assign(share=rows.forecast_id.map(printed)).dropna(subset="share")
        means = own.groupby(["house", "survey"])[["share", "horizon"]].mean().reset_index()
        pieces.append(_effects(means).assign(candidate_id=candidate))
    effects = pd.concat(pieces, ignore_index=True)
    ordered = effects.p.fillna(1.0).sort_values()
    steps = np.arange(len(ordered), 0, -1)
    beyond = np.logical_and.accumulate(ordered.to_numpy() * steps <= 0.05)
    effects["clear"] = pd.Series(beyond, index=ordered.index)
    return effects


def _middle(rows: pd.DataFrame) -> pd.Series:
    """Days from the middle of the fieldwork to the vote."""
    return ((rows.day - rows.seen_first).dt.days + (rows.day - rows.seen_last).dt.days) / 2


def _effects(means: pd.DataFrame) -> pd.DataFrame:
    """Dummies of houses beside a broken line, by the normal equations; the variance HC2, Bell and McCaffrey's degrees."""
    days = -means.horizon.to_numpy()
    knots = np.linspace(days.min(), days.max(), max(2, int(np.ceil(np.ptp(days) / 14)) + 1))
    width = knots[1] - knots[0]
    line = np.clip(1 - np.abs(days[:, None] - knots[None, :]) / width, 0, None)
    line = line[:, line.sum(axis=0) > 1e-9]
    houses = sorted(set(means.house))
    dummies = np.array([[float(house == each) for each in houses] for house in means.house])
    # The trend spans the constant: one house is left out, and the effects are read as distances to their mean.
    design = np.hstack([line, dummies[:, 1:]])
    solve = np.linalg.inv(design.T @ design) @ design.T
    hat = design @ solve
    residual = means.share.to_numpy() - hat @ means.share.to_numpy()
    to_mean = np.eye(len(houses)) - 1 / len(houses)
    weights = to_mean[:, 1:] @ solve[line.shape[1] :]
    annihilator, free = np.eye(len(days)) - hat, 1 - np.diag(hat)
    rows = []
    for house, weight in zip(houses, weights, strict=True):
        exact = free < 1e-8
        rests_on_one = bool((np.abs(weight[exact]) > 1e-8).any())
        scale = np.where(exact, 0.0, weight**2 / np.where(exact, 1.0, free))
        spread = np.sqrt((scale * residual**2).sum())
        roots = np.linalg.eigvalsh(annihilator * np.sqrt(scale)[:, None] * np.sqrt(scale)[None, :])
        freedom = roots.sum() ** 2 / (roots**2).sum()
        effect = float(weight @ means.share)
        p = np.nan if rests_on_one else 2 * student.sf(abs(effect) / spread, freedom)
        rows.append((house, effect, p))
    return pd.DataFrame(rows, columns=["house", "effect", "p"])
