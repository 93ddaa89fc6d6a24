"""Probabilities: those that markets and models printed, and those that polls implied.

Who leads, who qualifies, who wins: a price is a probability, a share is not. Under the error model
of earlier elections a poll implies probabilities too, so that both are judged by the same Brier
and log scores. One vote makes one outcome: a low score here is one good guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pollbench import measures
from pollbench.data.memo import Key, memo_table
from pollbench.history.error_model import error_model
from pollbench.history.last_errors import LAST_FIGURES
from pollbench.scoring.compare import compare
from pollbench.scoring.events import events_of
from pollbench.scoring.votes import totals_of
from pollbench.selection.comparison import Comparison
from pollbench.selection.contests import about, descriptions
from pollbench.selection.policy import Policy
from pollbench.selection.reading import is_poll
from pollbench.statements.implied_probabilities import implied_probabilities, implied_range

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

COLUMNS = [
    "contest_id", "forecaster_id", "name", "family", "kind", "forecast_id", "origin", "question",
    "candidates", "public_on", "days_before", "condition", "recalled", "printed", "probability", "low", "high",
    "occurred", "equal_chance", "brier", "log_score", "last", "complete", "flag",
]  # fmt: skip

#: The registered measures by which single probabilities are judged.
MEASURES = ("brier", "log_score")
_IMPLIED: Key[pd.DataFrame] = Key("implied probabilities")


@memo_table
def probabilities_table(bench: Bench, *, implied: bool = True) -> pd.DataFrame:
    """Every printed probability with what happened, and those that last polls implied.

    Parameters
    ----------
    bench : the data.
    implied : whether to add what the last polls implied.

    Returns
    -------
    frame with contest_id, forecaster_id, name, family, kind, forecast_id, origin ("printed" or
    "implied"), question ("leader", "qualifies", "winner", "qualified_pair", "share_band"),
    candidates (with a band as "le-pen 30-35"), public_on, days_before, condition, recalled,
    printed (per cent, as printed; NaN for implied ones), probability (per cent; rescaled where
    the list is complete), low, high (range over the effective sizes of single earlier
    elections; NaN for printed ones), occurred (1, 0, NaN before the vote or where it supposes a
    pair that did not meet), equal_chance (per cent, if all on the ballot had the same; 0 for who was
    not on it; NaN for a band), brier, log_score (the measures of those names), last (the last of its
    forecaster and question, at most as old as the default policy allows), complete (its list is), flag. Sorted by contest, question, day and forecaster.

    Notes
    -----
    win_probability of a run-off asked before the first round is about who is elected: those who
    missed the run-off count as 0. A figure printed as below or above is scored as it stands, and
    flagged.
    """
    table = _with_last(events_of(bench))
    if implied:
        table = pd.concat([table, _implied(bench)], ignore_index=True)
    known = table["occurred"].notna()
    chances, outcomes = (table.loc[known, name].to_numpy(float) for name in ("probability", "occurred"))
    for name in MEASURES:
        table[name] = np.nan
        table.loc[known, name] = measures.named(name)(chances, outcomes)
    table["equal_chance"] = _equal_chances(bench, table)
    public, vote = pd.to_datetime(table["public_on"]), pd.to_datetime(table["vote_day"])
    table["public_on"] = public
    table["days_before"] = (vote - public).dt.days
    key = ["contest_id", "question", "public_on", "forecaster_id", "forecast_id", "candidates"]
    return table.sort_values(key, ignore_index=True)[COLUMNS]


def _with_last(table: pd.DataFrame) -> pd.DataFrame:
    """Mark the last forecast of each forecaster about each question, conditional ones apart.

    Last as everywhere: public before the vote, not older than the window of the default policy and, in
    a run-off, not older than the round before.
    """
    # Questions of a table of events and of a list of figures are not the same question.
    key = ["contest_id", "forecaster_id", "question", "condition", "quantity"]
    before = pd.to_datetime(table["public_on"]) <= pd.to_datetime(table["vote_day"])
    before &= (table["age_days"] <= Policy().within_days) & ~table["before_round"].fillna(False).astype(bool)
    ordered = table[before].sort_values("recency")
    latest = ordered.groupby(key)["forecast_id"].transform("last")
    table["last"] = before & (table["forecast_id"] == latest.reindex(table.index))
    return table.assign(origin="printed", low=np.nan, high=np.nan)


def _implied(bench: Bench) -> pd.DataFrame:
    """What the last polls implied: last polls only, the error model knows no others."""
    return bench.memo(_IMPLIED, lambda: _make_implied(bench))


def _make_implied(bench: Bench) -> pd.DataFrame:
    if not totals_of(bench):
        # No vote has been held yet, or all of them for seats: the printed probabilities stand, and nothing is judged.
        return pd.DataFrame()
    described = descriptions(bench)
    days = dict(zip(bench.contests["contest_id"], bench.contests["day"], strict=True))
    rows: list[dict[str, Any]] = []
    for comparison in compare(bench, LAST_FIGURES):
        contest = described[comparison.contest_id]
        model = error_model(contest["year"], contest["country"], contest["office"])
        sizes = (model.n_eff, model.low, model.high)
        rows += _implied_by(bench, comparison, contest["advance"], days[comparison.contest_id], sizes)
    return pd.DataFrame(rows)


def _implied_by(
    bench: Bench, comparison: Comparison, advance: int, day: Any, sizes: tuple[float, float, float]
) -> list[dict[str, Any]]:
    """Implied probabilities of the last polls of one contest."""
    result = dict(zip(comparison.candidates, comparison.result, strict=True))
    first = max(result, key=lambda candidate: result[candidate])
    through = sorted(result, key=lambda candidate: -result[candidate])[:advance]
    forecasts = about(bench, comparison)["forecasts"]
    polls = is_poll(comparison.forecasts).to_numpy()
    rows = []
    for index, forecast in enumerate(comparison.forecasts.itertuples()):
        if not polls[index] or len(result) < advance:
            continue
        shares, step = comparison.forecast[index], forecasts[str(forecast.forecast_id)]["step"]
        if shares.sum() > 100 + step * len(shares) / 2 + 1e-6:
            # A house whose row of shares is off by more than its rounding, as printed: in proportion to 100.
            shares = 100 * shares / shares.sum()
        implied = implied_probabilities(shares, sizes[0], step=step, advance=advance)
        low, high = implied_range(shares, sizes[1:], step=step, advance=advance)
        questions = [("winner" if advance == 1 else "leader", implied.leader, 0, [first])]
        if advance > 1:
            questions.append(("qualifies", implied.qualifies, 1, through))
        for question, chances, row, happened in questions:
            rows += [
                {
                    "contest_id": comparison.contest_id, "forecaster_id": forecast.forecaster_id,
                    "name": forecast.name, "family": forecast.family, "kind": forecast.kind,
                    "forecast_id": forecast.forecast_id, "origin": "implied", "question": question,
                    "candidates": candidate, "public_on": forecast.public_on, "vote_day": day,
                    "condition": "", "recalled": False, "printed": np.nan, "probability": chances[k],
                    "low": min(low[row, k], chances[k]), "high": max(high[row, k], chances[k]),
                    "occurred": float(candidate in happened), "last": True, "complete": True, "flag": "",
                }
                for k, candidate in enumerate(comparison.candidates)
            ]  # fmt: skip
    return rows


def _equal_chances(bench: Bench, table: pd.DataFrame) -> list[float]:
    """What each event would have got if all on the ballot had had the same chance, per cent."""
    ballots = bench.frame("SELECT contest_id, candidate_id FROM candidate").groupby("contest_id")[
        "candidate_id"
    ]
    members = {str(contest): set(names) for contest, names in ballots}
    advance = dict(zip(bench.contests["contest_id"], bench.contests["advance"], strict=True))

    def chance(contest: str, question: str, candidates: str) -> float:
        ballot, named = members[contest], set(candidates.split())
        places = {"leader": 1, "winner": 1, "qualifies": advance[contest], "qualified_pair": 2}.get(question)
        if places is None:
            return float("nan")
        if not named <= ballot:
            return 0.0
        if question == "qualified_pair":
            return 100.0 / comb(len(ballot), 2)
        return 100.0 * float(places) / len(ballot)

    columns = (table[name].astype(str) for name in ("contest_id", "question", "candidates"))
    return [chance(*row) for row in zip(*columns, strict=True)]


def favourites_table(table: pd.DataFrame, advance: Mapping[str, int]) -> pd.DataFrame:
    """Whether what each forecaster last thought most probable came true.

    Parameters
    ----------
    table : as from `probabilities_table`; its last probabilities of leader, qualifies and winner count.
    advance : how many candidates go on, by contest.

    Returns
    -------
    frame with contest_id, question, forecaster_id, name, family, forecast_id, days_before, favourites
    (with spaces) and right. One row per forecaster and question.

    Notes
    -----
    Among several candidates the favourite is judged and not whether it had more than half: of the
    places at stake (one leader or winner; as many as advance) the most probable names must have got
    them. A list with no more names than places is judged name by name: over one half must have come
    true, under one half must not; exactly one half says nothing and counts as not right.
    """
    questions = ("leader", "winner", "qualifies")
    rows = table[
        table["last"] & table["occurred"].notna() & table["question"].isin(questions)
        & ~table["recalled"].astype(bool) & (table["condition"].fillna("") == "")
    ]  # fmt: skip
    key = ["contest_id", "question", "forecaster_id", "name", "family", "forecast_id", "days_before"]
    judged = []
    for values, group in rows.groupby(key, sort=True):
        count = advance[str(values[0])] if values[1] == "qualifies" else 1
        ranked = group.sort_values(["probability", "candidates"], ascending=[False, True])
        chances, occurred = ranked["probability"].to_numpy(), ranked["occurred"].to_numpy()
        if len(ranked) > count:
            favourites = ranked["candidates"].iloc[:count]
            right = bool(occurred[:count].all()) and chances[count - 1] > chances[count]
        else:
            favourites = ranked["candidates"][chances > 50]
            right = bool(((chances > 50) == (occurred == 1)).all()) and not (chances == 50).any()
        judged.append((*values, " ".join(favourites), right))
    return pd.DataFrame(judged, columns=[*key, "favourites", "right"])


def probability_board(table: pd.DataFrame) -> pd.DataFrame:
    """Brier and log scores of each forecaster's last probabilities, one row per forecaster and question.

    Parameters
    ----------
    table : as from `probabilities_table`.

    Returns
    -------
    frame with contest_id, question, origin, forecaster_id, name, family, forecast_id,
    days_before, probability_of_what_happened (per cent, mean over what happened; NaN if it named
    none of it), brier, log_score (means over what it named), brier_of_equal_chances (mean over the
    same events), skill (1 - brier / brier_of_equal_chances; NaN for bands), named (number of
    probabilities), complete, brier_version, log_score_version. Sorted by contest, question and skill.

    Notes
    -----
    Means over different events are not comparable: a candidate with no chance gives an easy score.
    The skill is: it sets each forecaster against equal chances on the very events that it named.
    """
    rows = table[table["last"] & table["occurred"].notna() & ~table["recalled"].astype(bool)]
    known = rows["equal_chance"].notna()
    even = measures.named("brier")(
        rows.loc[known, "equal_chance"].to_numpy(float), rows.loc[known, "occurred"].to_numpy(float)
    )
    rows = rows.assign(
        happened=rows["probability"].where(rows["occurred"] == 1),
        even=pd.Series(even, index=rows.index[known]),
    )
    key = ["contest_id", "question", "origin", "forecaster_id", "name", "family", "forecast_id"]
    board = rows.groupby(key, as_index=False).agg(
        days_before=("days_before", "first"),
        probability_of_what_happened=("happened", "mean"),
        brier=("brier", "mean"),
        log_score=("log_score", "mean"),
        brier_of_equal_chances=("even", "mean"),
        named=("candidates", "count"),
        complete=("complete", "first"),
    )
    board["skill"] = 1 - board["brier"] / board["brier_of_equal_chances"].where(
        board["brier_of_equal_chances"] > 0
    )
    for name in MEASURES:
        board[f"{name}_version"] = measures.named(name).version
    columns = [
        *key, "days_before", "probability_of_what_happened", "brier", "log_score", "brier_of_equal_chances", "skill",
        "named", "complete", *(f"{name}_version" for name in MEASURES),
    ]  # fmt: skip
    ascending = [True, True, False, True, True]
    board = board.sort_values(
        ["contest_id", "question", "skill", "brier", "forecaster_id"], ascending=ascending, ignore_index=True
    )
    return board[columns]
