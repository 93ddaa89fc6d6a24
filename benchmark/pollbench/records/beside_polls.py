"""Digital figures beside the polls of the same days: who was closer, and do the figures add to the polls?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.errors import NothingToCompare
from pollbench.records.leader_calls import DRAWS, SEED, resampled_means
from pollbench.records.releases import outcomes, releases_table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Folds of the cross-validation, whole contests each.
FOLDS = 5

PAIR_COLUMNS = [
    "forecast_id",
    "contest_id",
    "name",
    "method",
    "known_before_vote",
    "inputs_polls",
    "transcription",
    "candidates",
    "digital_mae",
    "polls_mae",
    "excess",
    "digital_lead_error",
    "polls_lead_error",
    "digital_closer",
    "polls",
]
_POLLS = """
WITH ours AS (
  SELECT d.contest_id, d.forecast_id, d.house, d.recency
  FROM forecast_day d
  WHERE d.is_poll AND d.quantity = 'vote_share' AND NOT d.recalled AND d.public_on <= d.day AND d.age_days <= 11
  QUALIFY row_number() OVER (PARTITION BY d.contest_id, d.house ORDER BY d.recency DESC) = 1
)
SELECT o.contest_id, p.candidate_id, avg(p.value::DOUBLE) AS polled, count(*) AS polls
FROM ours o JOIN prediction p USING (forecast_id)
GROUP BY ALL ORDER BY ALL
"""


def pairs_table(bench: Bench) -> pd.DataFrame:
    r"""Digital shares beside the mean of the last polls of the houses in the last ten days, for the same candidates.

    .. math:: d = e_{\mathrm{digital}} - e_{\mathrm{polls}}

    Points; negative = the digital figure was closer. Both sides are compared on the printed names that have a result and
    a poll; the lead is that of the first two of the result among them.

    Parameters
    ----------
    bench : opened data with releases and polls of the same contests.

    Returns
    -------
    frame by contest and release, the cases in which the digital figure was closer first.

    Raises
    ------
    NothingToCompare : no release has a poll beside it.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> table = pairs_table(load("world"))
    >>> bool(table.digital_closer.iloc[0])
    True
    """
    import pandas as pd

    cells = cells_beside_polls(bench)
    every = releases_table(bench).set_index("forecast_id")
    rows = []
    for forecast, cell in cells.groupby("forecast_id", sort=True):
        release = every.loc[forecast]
        figure, polls = (cell.value - cell.result).abs().mean(), (cell.polled - cell.result).abs().mean()
        first = cell.sort_values(["result", "candidate_id"], ascending=[False, True]).head(2)
        leads = None
        if len(first) == 2:
            gap = first[["value", "polled", "result"]].diff().iloc[1]
            leads = abs(gap.value - gap.result), abs(gap.polled - gap.result)
        rows.append(
            {"forecast_id": forecast, "candidates": len(cell), "digital_mae": figure, "polls_mae": polls}
            | {name: release[name] for name in PAIR_COLUMNS if name in every.columns}
            | {
                "excess": figure - polls,
                "digital_lead_error": leads[0] if leads else None,
                "polls_lead_error": leads[1] if leads else None,
                "digital_closer": bool(leads[0] < leads[1]) if leads else bool(figure < polls),
                "polls": int(cell.polls.max()),
            }
        )
    table = pd.DataFrame(rows, columns=PAIR_COLUMNS)
    return table.sort_values(
        ["digital_closer", "excess", "forecast_id"], ascending=[False, True, True], ignore_index=True
    )


def cells_beside_polls(bench: Bench) -> pd.DataFrame:
    """One row per digital release and candidate: value, polled, result, per cent."""
    polls = bench.frame(_POLLS)
    every = releases_table(bench)
    shares = every[every.digital & every.claim_kind.isin(["vote_share", "buzz_share"]) & every.mae.notna()]
    shown = bench.frame("SELECT forecast_id, candidate_id, value::DOUBLE AS value FROM prediction")
    cells = (
        shares[["forecast_id", "contest_id"]]
        .merge(shown, on="forecast_id")
        .merge(polls, on=["contest_id", "candidate_id"])
    )
    truths = outcomes(bench)
    cells["result"] = [
        truths.get(contest, {}).get(option, ("", float("nan")))[1]
        for contest, option in zip(cells.contest_id, cells.candidate_id, strict=True)
    ]
    cells = cells[cells.result.notna()]
    if cells.empty:
        message = "No digital release of the record has polls of the same days beside it."
        raise NothingToCompare(message)
    return cells.reset_index(drop=True)


SUMMARY_COLUMNS = [
    "coders",
    "known",
    "pairs",
    "contests",
    "closer_pairs",
    "contest_share",
    "low",
    "high",
    "p_sign",
    "median_digital",
    "median_polls",
    "seed",
]


def pairs_summary_table(bench: Bench, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    r"""How often the digital figure was closer on the lead than the polls of the same days, over contests.

    .. math:: p = P(|B - C/2| \ge |b - C/2|), \quad B \sim \mathrm{Bin}(C, 1/2)

    ``p_sign`` is the two-sided sign test with one draw per contest (the majority of its releases); the interval resamples
    contests. Medians of the error on the lead in points.

    Parameters
    ----------
    bench : opened data with releases and polls.
    draws : resamples of the contests.
    seed : of the draws.

    Returns
    -------
    frame by coders and whether the figures were known before the vote.
    """
    import pandas as pd
    from scipy.stats import binomtest

    pairs = pairs_table(bench)
    pairs = pairs[pairs.digital_lead_error.notna()].astype(
        {"digital_lead_error": float, "polls_lead_error": float}
    )
    rows = []
    for coders in ("double", "all"):
        read = pairs[pairs.transcription == "double"] if coders == "double" else pairs
        for known in ("before", "after"):
            chosen = read[(read.known_before_vote == "yes") == (known == "before")]
            if chosen.empty:
                continue
            rates = chosen.astype({"digital_closer": float}).groupby("contest_id").digital_closer.mean()
            drawn = 100 * resampled_means(rates.to_numpy(), draws, seed)
            decided = rates[rates != 0.5]
            rows.append(
                {
                    "coders": coders,
                    "known": known,
                    "pairs": len(chosen),
                    "contests": len(rates),
                    "closer_pairs": int(chosen.digital_closer.sum()),
                    "contest_share": 100 * rates.mean(),
                    "low": _percentile(drawn, 2.5),
                    "high": _percentile(drawn, 97.5),
                    "p_sign": float(binomtest(int((decided > 0.5).sum()), len(decided)).pvalue)
                    if len(decided)
                    else None,
                    "median_digital": chosen.digital_lead_error.median(),
                    "median_polls": chosen.polls_lead_error.median(),
                    "seed": seed,
                }
            )
    return pd.DataFrame(rows, columns=SUMMARY_COLUMNS)


def _percentile(values: Any, level: float) -> float:
    import numpy as np

    return float(np.percentile(values, level))


ADDS_COLUMNS = [
    "predictors",
    "cells",
    "contests",
    "mae",
    "gain",
    "contests_better",
    "weight_polls",
    "weight_digital",
]


def adds_to_polls_table(bench: Bench) -> pd.DataFrame:
    r"""Does the digital figure add to the poll average? Regression of the result on both, whole contests left out.

    .. math:: v = \beta_0 + \beta_1 \bar p + \beta_2 d + \varepsilon

    Ordinary least squares on figures known before the vote; every contest is predicted by a fit that has not seen it
    (``GroupKFold``). ``mae`` in points, the mean over contests; ``gain`` against polls alone, positive = better.

    Parameters
    ----------
    bench : opened data with releases and polls.

    Returns
    -------
    frame by predictors: polls_as_printed, polls, polls_and_digital, digital.

    Raises
    ------
    NothingToCompare : fewer contests than folds.
    """
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LinearRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    every = releases_table(bench).set_index("forecast_id")
    cells = cells_beside_polls(bench)
    cells = cells[every.loc[cells.forecast_id, "known_before_vote"].to_numpy() == "yes"]
    if cells.contest_id.nunique() < FOLDS:
        message = f"{cells.contest_id.nunique()} contests have polls and digital figures; {FOLDS} are needed."
        raise NothingToCompare(message)
    result = cells.result.to_numpy()
    used = {"polls": ["polled"], "polls_and_digital": ["polled", "value"], "digital": ["value"]}
    guesses = {"polls_as_printed": cells.polled.to_numpy()} | {
        name: cross_val_predict(
            LinearRegression(),
            cells[columns].to_numpy(),
            result,
            groups=cells.contest_id.to_numpy(),
            cv=GroupKFold(FOLDS),
        )
        for name, columns in used.items()
    }
    missed = {
        name: pd.Series(np.abs(guess - result)).groupby(cells.contest_id.to_numpy()).mean()
        for name, guess in guesses.items()
    }
    rows = []
    for name, errors in missed.items():
        fit = LinearRegression().fit(cells[used[name]].to_numpy(), result) if name in used else None
        weights = (
            dict(zip(used.get(name, []), fit.coef_, strict=True)) if fit is not None else {"polled": 1.0}
        )
        rows.append(
            {
                "predictors": name,
                "cells": len(cells),
                "contests": len(errors),
                "mae": errors.mean(),
                "gain": missed["polls"].mean() - errors.mean(),
                "contests_better": int((errors < missed["polls"]).sum()),
                "weight_polls": weights.get("polled"),
                "weight_digital": weights.get("value"),
            }
        )
    return pd.DataFrame(rows, columns=ADDS_COLUMNS)
