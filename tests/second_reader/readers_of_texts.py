"""What the numbers in subtitles, captions and alternative texts must be, by the text they are put into.

A reader is named after the key of the text, with the chart before it where charts put other numbers into the same text.
It gives the numbers that may stand there: one list for a text that is filled once, several where it is filled row by row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import recomputed as again
import recomputed_herding as herding
import recomputed_pushes as pushes
import recomputed_time as time
import recomputed_transfers as flows
from readers import Numbers
from readers_of_flows import rounded

READERS_OF_TEXTS: dict[str, Callable[[], list[Numbers]]] = {}
#: What texts of all kinds are filled with: the election and its revision, the window of the policy.
COMMON: dict[str, Numbers] = {
    "contest": [2017],
    "election": [2017],
    "scope": [2017],
    "policy": [21],
    "revision": [
        float(tomllib.loads((again.DATA / again.ELECTION / "election.toml").read_text("utf-8"))["revision"])
    ],
}
COMMON["datasets"] = [2017, *COMMON["revision"]]


def text(*names: str) -> Callable[[Callable[[], list[Numbers]]], Callable[[], list[Numbers]]]:
    """Register the reader of a text."""

    def register(function: Callable[[], list[Numbers]]) -> Callable[[], list[Numbers]]:
        for name in names:
            READERS_OF_TEXTS[name] = cache(function)
        return function

    return register


def dates(days: pd.Series) -> list[Numbers]:
    """Day and year of each date, or the year alone of those that hold no day."""
    parts = [[int(each) for each in str(day).split("-")] for day in days]
    return [[part[2], part[0]] if len(part) == 3 else [part[0]] for part in parts]


@text("chart.campaign_timeline.subtitle")
def _timeline() -> list[Numbers]:
    rows = again.campaign(again.FIRST, 4, "2016-12-24")
    polls = again.polls(rows)
    # Readings with a single candidate are drawn too; they put no one in front.
    others = again.campaign(again.FIRST, 4, "2016-12-24", fewest=1).query("family != 'poll'")
    first = pd.Timestamp(rows.measured_to.fillna(rows.published_on).min())
    return [[len(polls), len(others), first.day, first.year]]


@text("chart.campaign_timeline.alternative")
def _weekly() -> list[Numbers]:
    rows = again.polls(again.campaign(again.FIRST, 4, "2016-12-24"))
    vote = pd.Timestamp("2017-04-23")
    weeks = (vote - pd.to_datetime(rows.measured_to.fillna(rows.published_on))).dt.days // 7
    printed = again.table("predictions").pivot(index="forecast_id", columns="candidate_id", values="value")
    said: Numbers = []
    for name, result in again.shares(again.FIRST).iloc[:4].items():
        own = printed[name].reindex(rows.forecast_id)
        medians = own.groupby(weeks.to_numpy()).median()
        said += [result, medians.iloc[-1], medians.iloc[0]]
    return [said]


@text("chart.first_minus_second.subtitle")
def _readings_with_a_lead() -> list[Numbers]:
    rows = time.leads("2016-12-24")
    polls = again.polls(rows)
    first = pd.Timestamp(rows.measured_to.fillna(rows.published_on).min())
    return [[len(polls), len(rows) - len(polls), first.day, first.year]]


@text("chart.first_minus_second.alternative")
def _weekly_leads() -> list[Numbers]:
    medians = time.weekly_leads("2016-12-24", "2017-04-23")
    # Read without their signs.
    return [[number for day, lead in medians.items() for number in (day.day, day.year, abs(lead))]]


@text("chart.claims_board.subtitle")
def _announcements() -> list[Numbers]:
    return [[len(again.table("claims"))]]


@text(
    "chart.claims_board.true.other",
    "chart.claims_board.partly.other",
    "chart.claims_board.false.one",
    "chart.claims_board.false.other",
    "chart.claims_board.unverifiable.other",
    "chart.claims_board.recalled.other",
)
def _verdicts() -> list[Numbers]:
    claims = again.table("claims")
    claims["verdict"] = [again.verdict(row) for _, row in claims.iterrows()]
    claims.loc[claims.recalled, "verdict"] = "recalled"
    counts = [claims.verdict.value_counts(), claims.groupby("contest_id").verdict.value_counts()]
    return [[int(count)] for series in counts for count in series]


@text("claim_mark.row", "claim.order", "claim.qualified_pair", "claim.eliminated", "claim.leader")
def _days_of_claims() -> list[Numbers]:
    rows = again.table("claims")
    cut = {"day": 10, "month": 7, "year": 4}
    return dates(
        pd.Series(
            [day[: cut[precision]] for day, precision in zip(rows.made_on, rows.made_precision, strict=True)]
        )
    )


@text("chart.closest_by_day.day")
def _last_day() -> list[Numbers]:
    rows = time.distances().sort_values(["public_on", "release", "forecast_id"])
    known = rows.drop_duplicates("forecaster_id", keep="last")
    known = known[(rows.day.iloc[0] - known.public_on).dt.days <= time.WINDOW].sort_values("distance")
    best, second = known.distance.iloc[:2]
    return [[best, len(known), second - best]]


@text("chart.coverage_matrix.subtitle")
def _releases() -> list[Numbers]:
    rows = time.releases()
    return [
        [int(rows.groupby("forecaster_id").release_id.nunique().sum()), int(rows.forecaster_id.nunique())]
    ]


@text("chart.coverage_matrix.note")
def _weeks() -> list[Numbers]:
    # Half a year is drawn.
    return [[26]]


@text("coverage_matrix/charts.values")
def _releases_of_each() -> list[Numbers]:
    totals = time.releases().groupby("forecaster_id").release_id.nunique()
    # Twenty of them are named, in the order of the drawing; the rest is counted.
    return [[*totals, len(totals) - 20]]


@text("chart.defence_value.subtitle")
def _base_of_the_push() -> list[Numbers]:
    return [[10, pushes.left_by_defences()[0]]]


@text("chart.defence_value.alternative")
def _what_defences_leave() -> list[Numbers]:
    return [pushes.left_by_defences()]


@text("chart.detection_power.alternative")
def _noticed_every_other_time() -> list[Numbers]:
    return [[*pushes.unnoticed_by_test(), pushes.unnoticed_in_polls()]]


@text("chart.distance_by_day.subtitle")
def _distances() -> list[Numbers]:
    # Averages of polls are not drawn.
    return [[int((time.distances().kind != "poll_average").sum())]]


@text("distance_by_day/charts.values")
def _last_distances() -> list[Numbers]:
    rows = time.distances().query("kind != 'poll_average'")
    rows = rows.sort_values("days_before", ascending=False, kind="stable")
    return [list(rows.drop_duplicates("forecaster_id", keep="last").distance)]


@text("chance_beside_error/charts.values", "chart.error_by_forecaster.alternative")
def _errors_of_the_board() -> list[Numbers]:
    return [list(again.errors(again.FIRST, 4).mae)]


@text("caption.tied")
def _tied() -> list[Numbers]:
    rows = again.errors(again.FIRST, 4)
    polls = rows.family == "poll"
    reach = again.furthest_behind(int(polls.sum()), int((~polls).sum()), *again.earlier_errors())
    return [[len(rows), 95, reach]]


@text("bias_heat_map/charts.values")
def _biases() -> list[Numbers]:
    missed = again.figures(again.FIRST, 4) - again.shares(again.FIRST).iloc[:4]
    polls = again.polls(again.board(again.FIRST)).forecast_id
    return [list(missed.loc[polls].mean().abs())]


@text("effective_sample/charts.values")
def _sizes() -> list[Numbers]:
    return [[float(round(size)) for size in again.effective_sizes(again.board(again.FIRST).forecast_id)]]


@text("chart.five_elections.subtitle")
def _polls_of_the_vote() -> list[Numbers]:
    return [[len(again.polls(again.board(again.FIRST)))]]


@text("five_elections/charts.values")
def _mean_error() -> list[Numbers]:
    return [[2017, again.polls(again.errors(again.FIRST, 4)).mae.mean()]]


@text("chart.forecast_against_result.alternative")
def _ranges() -> list[Numbers]:
    rows, wide = again.board(again.FIRST).set_index("forecast_id"), again.figures(again.FIRST, 4)
    polls = wide.loc[again.polls(rows).index]
    filteris = wide.loc[rows.index[rows.forecaster_id == "filteris"]].iloc[0]
    said: Numbers = []
    for name, result in again.shares(again.FIRST).iloc[:4].items():
        said += [result, polls[name].min(), polls[name].max(), filteris[name]]
    return [said]


@text("chart.second_round.alternative")
def _run_off() -> list[Numbers]:
    figures = again.figures(again.SECOND, 2).iloc[:, 0]
    missed = again.shares(again.SECOND).iloc[0] - figures
    # The title stands before the figures.
    return [[missed.abs().min(), len(figures), missed.min(), missed.max(), *figures]]


@text("forecast_against_result/caption.real_error", "second_round/caption.real_error")
def _real_error() -> list[Numbers]:
    rows = pd.read_csv(again.DATA / "published" / "pooled" / "errors.csv")
    rows = again.polls(rows)[lambda each: each["round"] == 1]
    sizes = rows.groupby("election_id").n_eff.apply(lambda own: 1 / np.mean(1 / own))
    size = float(1 / np.mean(1 / sizes))
    said = []
    for contest in (again.FIRST, again.SECOND):
        share = float(again.shares(contest).iloc[0])
        usual = float(again.polls(again.board(contest)).n.median())
        real, nominal = (1.959964 * float(np.sqrt(share * (100 - share) / n)) for n in (size, usual))
        said.append([len(sizes), rounded(size), real, share, float(round(usual)), nominal])
    return said


@text("chart.house_effects.closeness")
def _closeness() -> list[Numbers]:
    return [herding.family()]


@text("house_effects/charts.values")
def _effects() -> list[Numbers]:
    return [list(time.house_effects().effect.abs())]


@text("chart.live_accounts.alternative")
def _most_accounts() -> list[Numbers]:
    return [[100_000]]


@text("chart.probabilities_by_date.subtitle")
def _chances() -> list[Numbers]:
    rows = time.printed_chances()
    return [[len(rows), int(rows.forecaster_id.nunique())]]


@text("chart.probabilities_by_date.drawn")
def _events() -> list[Numbers]:
    return [[6, time.events_named()]]


@text("probabilities_by_date/charts.values")
def _last_chances() -> list[Numbers]:
    rows = time.last_chances()
    total = rows.groupby([*time.QUESTION, "forecast_id"]).value.transform("sum")
    whole = rows.complete.astype("string").str.lower().eq("true").fillna(False) & (
        rows.question != "qualifies"
    )
    return [[float(round(value)) for value in rows.value.where(~whole, rows.value * 100 / total)]]


@text("chart.robust_rank.subtitle")
def _most_pushed() -> list[Numbers]:
    return [[10_000]]


@text("robust_rank/charts.values")
def _ranks() -> list[Numbers]:
    return [[float(place + 1) for place in range(len(pushes.pushed_board().known))]]


@text("caption.ruler")
def _operations() -> list[Numbers]:
    rows = again.table("evidence")
    rows = rows[rows.unit.isin(["accounts", "persons"]) & rows.quantity_reported.between(10, 100_000)]
    rows = rows.sort_values(["quantity_reported", "evidence_id"])
    # Numbers in the words themselves, read where a language spells them: "of seven French firms for six weeks".
    spelled = {"seven": 7.0, "six": 6.0}
    said, in_words = [], []
    for row in rows.itertuples():
        said += [row.quantity_reported, *dates(pd.Series([row.as_of]))[0]]
        in_words += [number for word, number in spelled.items() if f" {word} " in row.reported]
        # What is later than the vote says so, with its year.
        said += [2017.0] if str(row.as_of) > "2017-05-07" else []
    return [said, said + in_words]


@text("shift_by_budget/charts.values")
def _shifts() -> list[Numbers]:
    ways: dict[str, list[float]] = {}
    for each in pushes.pushed():
        ways.setdefault(each.mechanism, []).append(each.moved(1000))
    return [[float(np.median(moved)) for moved in ways.values()]]


@text("chart.shift_by_budget.note")
def _end_of_the_axes() -> list[Numbers]:
    ways: dict[str, list[float]] = {}
    for each in pushes.pushed():
        ways.setdefault(each.mechanism, []).append(each.moved(10_000))
    most = max(float(np.median(moved)) for moved in ways.values())
    return [[next(end for end in range(5, 100, 5) if end > 1.05 * most)]]


@text("chart.break_even.row")
def _costs() -> list[Numbers]:
    return [
        [rounded(each.cost()), rounded(each.cost(0, 2)), rounded(each.cost(2, 0))] for each in pushes.pushed()
    ]


@text("assumption_tornado/charts.values")
def _ends() -> list[Numbers]:
    said, kinds = [], set()
    for each in sorted(pushes.pushed(), key=lambda each: each.forecaster_id):
        ends = {**each.base, **each.mass}
        varied = {name: ends[name] for name in each.factors()}
        if varied and frozenset(varied.items()) not in kinds:
            kinds.add(frozenset(varied.items()))
            said += [float(round(cost)) for name in varied for cost in each.ends(name)]
    return [said]


@text("chart.transfer_matrix.subtitle")
def _units() -> list[Numbers]:
    departments = again.table("departments").query("contest_id == @again.FIRST and registered.notna()")
    return [[departments.dept_code.nunique(), int(flows.cells().polls.sum())]]


@text("transfer_matrix/charts.values")
def _transfers() -> list[Numbers]:
    return [[float(round(value)) for value in flows.cells().estimate]]
