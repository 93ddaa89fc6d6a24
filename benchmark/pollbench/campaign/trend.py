"""The campaign trend: where the polls stood on each day, with a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.data.memo import memo_table
from pollbench.errors import DomainError
from pollbench.measures._normal import NORMAL_95
from pollbench.selection.figures import USUAL, main_candidates, polls_of, usual_n
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

Floats = NDArray[np.float64]
Method = Literal["local_level", "lowess"]
#: Lowess looks at this many polls around a day: fewer follow single polls, more miss turns.
LOWESS_POLLS = 20


def local_level(days: Any, shares: Any, sizes: Any) -> tuple[Floats, Floats, Floats]:
    r"""Smooth a series of polls with a random walk seen through sampling error.

    .. math:: y_t = \mu_t + \varepsilon_t,\quad \mu_{t+1} = \mu_t + \eta_t,\quad
        \mathrm{Var}\,\varepsilon_t = \kappa\, \bar p(100-\bar p)/n_t

    with n the answers of the day together; both the pace of the walk and the factor kappa are
    estimated by maximum likelihood (Kalman filter and smoother of statsmodels).

    Parameters
    ----------
    days : array of shape (polls,), whole days, any order.
    shares : array of shape (polls,), per cent.
    sizes : array of shape (polls,), answers of each poll.

    Returns
    -------
    (days, level, standard deviation): one value per day from the first poll to the last, per cent
    and points.

    Raises
    ------
    DomainError : fewer than three different days.

    Notes
    -----
    The band is about the mean of the polls, not about the vote: an error common to all polls
    is invisible in it. It takes the two estimated variances as known: of walks of 150 days with 90 polls, the
    band of nominally 95 per cent holds the truth on 90 per cent of the days (simulated in the tests).

    Examples
    --------
    >>> days, level, spread = local_level([0, 4, 8, 12], [20, 21, 22, 23], [1000] * 4)
    >>> len(days), bool(20 <= level.min() <= level.max() <= 23)
    (13, True)
    """
    when = np.asarray(days, dtype=int)
    values, answers = np.asarray(shares, dtype=float), np.asarray(sizes, dtype=float)
    if len(np.unique(when)) < 3:
        message = "local_level: a trend needs polls of at least three days."
        raise DomainError(message)
    grid = np.arange(when.min(), when.max() + 1)
    day_index = when - grid[0]
    weight = np.bincount(day_index, weights=answers, minlength=len(grid))
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = np.bincount(day_index, weights=answers * values, minlength=len(grid)) / weight
    centre = float(np.clip(np.average(values, weights=answers), 0.5, 99.5))
    noise = centre * (100 - centre) / np.where(weight > 0, weight, 1.0)
    model = _walk(observed, noise)
    fitted = model.fit(disp=0, method="nm", maxiter=200, cov_type="none", warn_convergence=False)
    level = fitted.smoother_results.smoothed_state[0]
    variance = fitted.smoother_results.smoothed_state_cov[0, 0]
    return grid.astype(float), level, np.sqrt(np.maximum(variance, 0.0))


def _walk(observed: Floats, noise: Floats) -> Any:
    """A local level model whose observation variance follows the number of answers."""
    from statsmodels.tsa.statespace.mlemodel import MLEModel

    class Walk(MLEModel):  # type: ignore[misc]  # statsmodels has no types
        """Random walk, observation variance kappa times the sampling variance of the day."""

        def __init__(self) -> None:
            super().__init__(observed, k_states=1, initialization="approximate_diffuse")
            self["design", 0, 0] = self["transition", 0, 0] = self["selection", 0, 0] = 1.0

        @property
        def param_names(self) -> list[str]:
            return ["pace", "kappa"]

        @property
        def start_params(self) -> Floats:
            return np.array([0.1, 1.0])

        def transform_params(self, unconstrained: Floats) -> Floats:
            return np.exp(unconstrained)

        def untransform_params(self, constrained: Floats) -> Floats:
            return np.log(constrained)

        def update(self, params: Floats, **options: Any) -> None:
            params = super().update(params, **options)
            self["state_cov", 0, 0] = params[0]
            self["obs_cov"] = (params[1] * noise)[None, None, :]

    return Walk()


def lowess_trend(days: Any, shares: Any) -> tuple[Floats, Floats]:
    """Smooth a series of polls by locally weighted lines, as a check on `local_level`.

    Parameters
    ----------
    days, shares : arrays of shape (polls,).

    Returns
    -------
    (days, level): one value per day; no band, since it has no error model.

    Examples
    --------
    >>> days, level = lowess_trend([0, 1, 2, 3, 4], [20, 21, 22, 23, 24])
    >>> level.round(6).tolist()
    [20.0, 21.0, 22.0, 23.0, 24.0]
    """
    from statsmodels.nonparametric.smoothers_lowess import lowess

    when, values = np.asarray(days, dtype=float), np.asarray(shares, dtype=float)
    grid = np.arange(when.min(), when.max() + 1)
    level = lowess(values, when, frac=min(1.0, LOWESS_POLLS / len(when)), it=1, xvals=grid)
    return grid, level


@memo_table
def trend_table(
    bench: Bench,
    contest_id: str,
    *,
    count: int | None = 5,
    method: Method = "local_level",
    policy: Policy = USUAL,
) -> pd.DataFrame:
    """Where the polls stood on each day of the campaign, with a 95 % band.

    Parameters
    ----------
    bench, contest_id : the data and the contest.
    count : candidates, the first ones of the result; None for all.
    method : "local_level" (with a band) or "lowess" (without).
    policy : how figures are read and by when they were public, see `Policy.reading`.

    Returns
    -------
    frame with contest_id, candidate_id, day (datetime64, middle of fieldwork), days_before
    (days to the vote), level, low, high (per cent; NaN ends for lowess), polls (number behind
    the curve), method. Sorted by candidate (order of the result) and day.

    Raises
    ------
    UnknownName, CoverageError : no such contest, no poll in it.

    Notes
    -----
    Rolling waves that share respondents are thinned. A candidate with polls on fewer than three
    days has no curve and no row. A picture of the polls, not a forecast of the vote.
    """
    polls = polls_of(bench, contest_id, policy=policy)
    vote_day = pd.Timestamp(polls["vote_day"].iloc[0])
    usual = usual_n(polls)
    pieces = []
    for candidate in main_candidates(polls, count):
        rows = polls[polls["candidate_id"] == candidate]
        # Negative days to the vote: time runs forward.
        when = -np.floor(rows["horizon_days"].to_numpy()).astype(int)
        if len(np.unique(when)) < 3:
            continue
        shares, sizes = rows["share"].to_numpy(), rows["n"].fillna(usual).to_numpy()
        if method == "local_level":
            days, level, spread = local_level(when, shares, sizes)
        else:
            days, level = lowess_trend(when, shares)
            spread = np.full(len(days), np.nan)
        pieces.append(
            pd.DataFrame(
                {
                    "contest_id": contest_id,
                    "candidate_id": candidate,
                    "day": vote_day + pd.to_timedelta(days, unit="D"),
                    "days_before": -days,
                    "level": level,
                    "low": np.maximum(level - NORMAL_95 * spread, 0.0),
                    "high": level + NORMAL_95 * spread,
                    "polls": len(rows),
                    "method": method,
                }
            )
        )
    columns = ["contest_id", "candidate_id", "day", "days_before", "level", "low", "high", "polls", "method"]
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=columns)
