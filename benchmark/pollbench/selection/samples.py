"""Which of a forecaster's forecasts count: waves and separate surveys, several samples of one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pollbench.selection.latest import FORECASTER_AND_QUANTITY, last_of

if TYPE_CHECKING:
    from pollbench.selection.policy import Policy

#: What several samples of one forecaster have in common: what they ask about whom, and the day they end.
OF_ONE_DAY = [*FORECASTER_AND_QUANTITY, "lineup", "scenario", "measured_to"]


def fitting_waves(forecasts: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """The forecasts without the kind of wave that the policy does not want, where there is another kind.

    Parameters
    ----------
    forecasts : with contest_id, forecaster_id, quantity and rolling_series.
    policy : its ``waves`` is "any", "rolling" or "separate".
    """
    if policy.waves == "any" or forecasts.empty:
        return forecasts
    rolling = forecasts["rolling_series"].fillna("") != ""
    wanted = rolling if policy.waves == "rolling" else ~rolling
    has_both = wanted.groupby([forecasts[name] for name in FORECASTER_AND_QUANTITY]).transform("any")
    return forecasts[wanted | ~has_both]


def chosen_forecasts(eligible: pd.DataFrame, policy: Policy) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The forecasts that a policy takes, and the samples of the same day that it does not take as they are.

    Parameters
    ----------
    eligible : forecasts that the other fields of the policy let in.
    policy : ``select`` and ``waves``.

    Returns
    -------
    chosen : one row per forecaster and quantity, or all rows under select = "all".
    samples : the other samples that ended on the day of a chosen one, with ``chosen_id`` (the forecast
        that stands for them) and ``reason``.
    """
    fitting = fitting_waves(eligible, policy)
    if policy.select == "all":
        return fitting, fitting.iloc[:0].assign(chosen_id="", reason="")
    chosen = last_of(fitting, FORECASTER_AND_QUANTITY)
    others = eligible.merge(
        chosen[[*OF_ONE_DAY, "forecast_id"]].rename(columns={"forecast_id": "chosen_id"}), on=OF_ONE_DAY
    )
    # Later releases of what is no survey are updates, not samples.
    others = others[others["survey"].notna() & (others["forecast_id"] != others["chosen_id"])]
    averaged = others["forecast_id"].isin(set(fitting["forecast_id"])) & (policy.select == "mean_of_samples")
    words = averaged.map({True: "averaged into ", False: "a sample of the same day as "})
    return chosen, others.assign(reason=words + others["chosen_id"])


def with_mean_size(chosen: pd.DataFrame, samples: pd.DataFrame) -> pd.DataFrame:
    r"""The chosen forecasts; the mean of several samples has the size of one sample that varies as little.

    .. math:: n = k^2 / \sum_i 1/n_i

    for k samples; not known where one of them is not.

    Parameters
    ----------
    chosen, samples : as from `chosen_forecasts`.
    """
    averaged = samples[samples["reason"].str.startswith("averaged")]
    if averaged.empty:
        return chosen
    inverse = 1.0 / averaged["n"].astype("float64")
    grouped = inverse.groupby(averaged["chosen_id"])
    # The sum of sizes of which one is not known is not known.
    known_sum = grouped.sum().where(grouped.count() == grouped.size())
    others = pd.DataFrame({"count": grouped.size(), "inverse": known_sum})
    known = chosen["n"].astype("float64")
    count = chosen["forecast_id"].map(others["count"]).fillna(0) + 1
    total = 1.0 / known + chosen["forecast_id"].map(others["inverse"]).where(count > 1, 0.0)
    return chosen.assign(n=(count**2 / total).where(count > 1, known))


def averaged_figures(figures: pd.DataFrame, samples: pd.DataFrame) -> pd.DataFrame:
    """Figures in which the last of several samples of one day stands for their mean.

    Parameters
    ----------
    figures : forecast_id, candidate_id, value and more, one row per forecast and candidate.
    samples : as from `chosen_forecasts` under select = "mean_of_samples".

    Returns
    -------
    the figures of the chosen forecasts replaced: each is the mean over all samples, of equal weight; a
    candidate that one of them does not have is missing.
    """
    averaged = samples[samples["reason"].str.startswith("averaged")]
    if averaged.empty:
        return figures
    stands_for = dict(zip(averaged["forecast_id"], averaged["chosen_id"], strict=True))
    stands_for |= {chosen: chosen for chosen in set(averaged["chosen_id"])}
    sample_figures = figures[figures["forecast_id"].isin(stands_for)]
    sample_figures = sample_figures.assign(
        sample=sample_figures["forecast_id"], forecast_id=sample_figures["forecast_id"].map(stands_for)
    )
    sizes = sample_figures.groupby("forecast_id")["sample"].nunique()
    means = sample_figures.groupby(["forecast_id", "candidate_id"]).agg(
        value=("value", "mean"), samples=("sample", "nunique")
    )
    means = means.reset_index()
    means = means[means["samples"] == means["forecast_id"].map(sizes)].drop(columns="samples")
    rest = sample_figures.drop(columns=["value", "sample", "lower", "upper"]).drop_duplicates(
        ["forecast_id", "candidate_id"]
    )
    mean = means.merge(rest, on=["forecast_id", "candidate_id"]).assign(
        lower=float("nan"), upper=float("nan")
    )
    others = figures[~figures["forecast_id"].isin(set(averaged["chosen_id"]))]
    return pd.concat([others, mean[figures.columns]], ignore_index=True)
