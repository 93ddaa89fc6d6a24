"""Two questions about buzz, asked in the order of time.

Could its figures have been calibrated with what was known, that is to the polls of the day? And
did its distance from the polls say anything about their error? The first can be answered by
cross-validation within a campaign, since the polls of each day were known then; the second only
from one election to the next, since one vote is one error of the polls.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench import baselines
from pollbench.data.memo import memo_table
from pollbench.errors import CoverageError
from pollbench.scoring.compare import compare
from pollbench.selection.comparison import Comparison
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

Floats = NDArray[np.float64]
#: All releases of the campaign, whatever their age.
RELEASES = Policy(select="all", within_days=None, missing="drop")
#: Releases before the first one that is predicted: fewer cannot tell a slope from noise.
FEWEST_RELEASES = 3
#: The polls of the day: what any reader could compute before the release.
POLLS_OF_THE_DAY = "poll_average"


def releases_and_polls(
    bench: Bench, contest_id: str, forecaster_id: str
) -> tuple[Comparison, Floats, Floats]:
    """A forecaster's releases in the order of time, each beside the polls of its day.

    Parameters
    ----------
    bench, contest_id, forecaster_id : the data, the contest and who published the releases.

    Returns
    -------
    (comparison, own, polls): its releases, their shares and the average of the polls that were public
        before the day of each, arrays of shape (releases, candidates), per cent.

    Raises
    ------
    CoverageError : no release that has all main candidates and polls before it.
    """
    comparison = compare(bench, RELEASES, contest_id)[0]
    releases = comparison.of((comparison.forecasts["forecaster_id"] == forecaster_id).to_numpy())
    averages = baselines.named(POLLS_OF_THE_DAY).function(bench, releases)
    known = releases.forecasts["forecast_id"].isin(set(averages.forecasts["forecast_id"])).to_numpy()
    if not known.any():
        message = (
            f"{forecaster_id} has no release about {contest_id} with all main candidates and polls before it: "
            "there is nothing to set against the polls of the day."
        )
        raise CoverageError(message)
    releases = releases.of(known)
    order = np.lexsort((releases.forecasts["release"], pd.to_datetime(releases.forecasts["public_on"])))
    ordered = releases.forecasts.iloc[order].reset_index(drop=True)
    in_order = replace(releases, forecast=releases.forecast[order], forecasts=ordered)
    return in_order, releases.forecast[order], averages.forecast[order]


def calibrated(releases: Floats, polls: Floats, next_releases: Floats) -> Floats:
    r"""Predict the polls of the day from a release, by what earlier releases had to do with theirs.

    .. math:: \hat q_k = a_k + b\,p_k

    ridge regression, one shift per candidate and one slope.

    Parameters
    ----------
    releases, polls : earlier releases and the polls of their days, shape (releases, candidates).
    next_releases : the release to calibrate, shape (candidates,).

    Returns
    -------
    array of shape (candidates,), per cent.

    Examples
    --------
    A forecaster that is always two points above the polls:

    >>> polls = np.array([[20.0, 24.0], [21.0, 23.0], [22.0, 22.0]])
    >>> calibrated(polls + 2, polls, np.array([25.0, 24.0])).round(0).tolist()
    [23.0, 22.0]
    """
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder

    count = releases.shape[1]
    candidates = np.tile(np.arange(count), len(releases))
    features = np.column_stack([candidates, releases.ravel()])
    encoder = make_column_transformer(
        (OneHotEncoder(categories=[np.arange(count)]), [0]), remainder="passthrough"
    )
    # A little shrinkage: three releases of four candidates are twelve numbers.
    model = make_pipeline(encoder, Ridge(alpha=0.1))
    model.fit(features, polls.ravel())
    predicted: Floats = model.predict(np.column_stack([np.arange(count), next_releases]))
    return predicted


@memo_table
def calibration_table(bench: Bench, contest_id: str, forecaster_id: str) -> pd.DataFrame:
    """Could its figures have been calibrated to the polls of the day? One row per release, in time.

    Parameters
    ----------
    bench, contest_id, forecaster_id : as in `releases_and_polls`.

    Returns
    -------
    frame with contest_id, forecaster_id, forecast_id, public_on, trained_on (earlier releases),
    from_polls_raw, from_polls_calibrated (mean distance of the release to the polls of its day before and
    after calibration, points), from_polls_naive (of the polls of the previous release's day), distance_raw,
    distance_calibrated, distance_polls (mean distances to the result, points: an early release is a
    picture of its day, so they are no errors). The first three
    releases only train.

    Raises
    ------
    CoverageError : no releases, or fewer than four with polls of their day.

    Notes
    -----
    Every row is predicted from earlier releases only (scikit-learn's TimeSeriesSplit). Calibrated to
    the polls, a figure cannot know more than they do; the question is whether it knew as much.
    """
    from sklearn.model_selection import TimeSeriesSplit

    comparison, house, polls = releases_and_polls(bench, contest_id, forecaster_id)
    if len(house) <= FEWEST_RELEASES:
        message = (
            f"Releases of {forecaster_id} about {contest_id} beside polls: {len(house)}; more than {FEWEST_RELEASES} "
            "are needed to calibrate one by those before it."
        )
        raise CoverageError(message)
    rows = []
    splits = TimeSeriesSplit(n_splits=len(house) - FEWEST_RELEASES, test_size=1)
    for train, (test,) in splits.split(house):
        predicted = calibrated(house[train], polls[train], house[test])
        release = comparison.forecasts.iloc[test]
        rows.append(
            {
                "contest_id": contest_id,
                "forecaster_id": forecaster_id,
                "forecast_id": release["forecast_id"],
                "public_on": release["public_on"],
                "trained_on": len(train),
                "from_polls_raw": np.abs(house[test] - polls[test]).mean(),
                "from_polls_calibrated": np.abs(predicted - polls[test]).mean(),
                "from_polls_naive": np.abs(polls[test - 1] - polls[test]).mean(),
                "distance_raw": np.abs(house[test] - comparison.result).mean(),
                "distance_calibrated": np.abs(predicted - comparison.result).mean(),
                "distance_polls": np.abs(polls[test] - comparison.result).mean(),
            }
        )
    return pd.DataFrame(rows)


def blend_weight(distance: Any, error: Any) -> float:
    r"""How far the result lay from the polls towards a forecaster: 0 not at all, 1 all the way.

    .. math:: w = \sum_k d_k e_k / \sum_k d_k^2,\quad d = \text{own} - \text{polls},\ e = \text{result} - \text{polls}

    Parameters
    ----------
    distance, error : arrays of the same shape, points.

    Returns
    -------
    float; below 0: the result lay on the other side of the polls. NaN for no distance at all.

    Examples
    --------
    >>> blend_weight([2.0, -2.0], [1.0, -1.0])
    0.5
    """
    distances, errors = np.asarray(distance, dtype=float), np.asarray(error, dtype=float)
    total = float((distances**2).sum())
    return float((distances * errors).sum()) / total if total else float("nan")


@memo_table
def distance_says_table(bench: Bench, forecasters: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Did a house's distance from the polls say anything about their error? One row per election.

    Parameters
    ----------
    bench : the data.
    forecasters : contest and forecaster of one house, in the order of time, such as
        (("fr-pres-2017-r1", "filteris"), ("fr-pres-2022-r1", "qotmii")).

    Returns
    -------
    frame with contest_id, forecaster_id, forecast_id (its last release beside polls), weight (of
    `blend_weight`, in hindsight), learnt_weight (mean of the weights of the elections before; NaN for
    the first), error_polls, error_own, error_blended (of polls + learnt_weight x distance; NaN for the
    first; points), elections (number of earlier ones), sentence.

    Notes
    -----
    The weight of one election is fitted to its result and proves nothing; only the blend with a
    weight from earlier elections could have been used.
    """
    rows: list[dict[str, Any]] = []
    weights: list[float] = []
    for contest_id, forecaster_id in forecasters:
        comparison, house, polls = releases_and_polls(bench, contest_id, forecaster_id)
        distance, error = house[-1] - polls[-1], comparison.result - polls[-1]
        learnt = float(np.mean(weights)) if weights else float("nan")
        blended = float(np.abs(error - learnt * distance).mean()) if weights else float("nan")
        without = float(np.abs(error).mean())
        if not weights:
            sentence = "The first election of the house: in hindsight any weight fits, nothing is learnt."
        else:
            word = "better" if blended < without else "worse"
            earlier = "election" if len(weights) == 1 else "elections"
            sentence = (
                f"With the weight of {len(weights)} earlier {earlier} ({learnt:+.2f}) its distance would have "
                f"made the polls {word}: {blended:.2f} instead of {without:.2f} points. One case, no proof."
            )
        rows.append(
            {
                "contest_id": contest_id,
                "forecaster_id": forecaster_id,
                "forecast_id": comparison.forecasts["forecast_id"].iloc[-1],
                "weight": blend_weight(distance, error),
                "learnt_weight": learnt,
                "error_polls": without,
                "error_own": float(np.abs(house[-1] - comparison.result).mean()),
                "error_blended": blended,
                "elections": len(weights),
                "sentence": sentence,
            }
        )
        weights.append(blend_weight(distance, error))
    return pd.DataFrame(rows)
