"""How a printed figure is read under a policy, and who is a poll: the one place that says so in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.data.contest_rows import of_contest
from pollbench.data.memo import Key

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy

Floats = NDArray[np.float64]
_FIGURES: Key[pd.DataFrame] = Key("figures as a policy reads them")


def is_poll(table: pd.DataFrame) -> pd.Series:
    """Which rows are polls of their own: of the family of polls, and no average of others.

    Parameters
    ----------
    table : with the columns family and kind of a forecaster.

    Examples
    --------
    >>> rows = pd.DataFrame({"family": ["poll", "poll", "buzz"], "kind": ["quota_poll", "poll_average", "expert"]})
    >>> is_poll(rows).tolist()
    [True, False, False]
    """
    return (table["family"] == "poll") & (table["kind"] != "poll_average")


def figures_read(bench: Bench, policy: Policy, contest_id: str | None = None) -> pd.DataFrame:
    """Every published figure as a policy reads it, bounds left out.

    Parameters
    ----------
    bench : the data.
    policy : ``below`` says how "<0.5" is read, ``rescale`` = "to_100" brings what a forecast printed in
        shares to a sum of 100. ("main" needs the result: see `to_total`.)
    contest_id : only the figures of that contest; those of all contests if None.

    Returns
    -------
    frame with contest_id, forecast_id, candidate_id, candidate (name), value, lower, upper, flag ('' or
    how it was printed). One row per forecast and candidate.
    """
    key = _FIGURES.of(policy.below, policy.rescale == "to_100", contest_id)
    return bench.memo(key, lambda: _read(bench, policy, contest_id)).copy(deep=False)


def _read(bench: Bench, policy: Policy, contest_id: str | None) -> pd.DataFrame:
    query = (
        f"SELECT f.contest_id, r.forecast_id, r.candidate_id, n.name AS candidate, r.{policy.below} AS value, "
        "r.lower, r.upper, r.flag, f.unit = 'share_pct' AS share FROM reading r JOIN forecast f USING (forecast_id) "
        f"JOIN person n USING (candidate_id) WHERE r.{policy.below} IS NOT NULL"
    )
    figures = bench.frame(query) if contest_id is None else of_contest(bench, query, contest_id)
    if policy.rescale == "to_100":
        total = figures.groupby("forecast_id")["value"].transform("sum")
        factor = (100.0 / total).where(figures["share"] & (total > 0), 1.0)
        for column in ("value", "lower", "upper"):
            figures[column] = figures[column] * factor
    return figures.drop(columns="share")


def to_total(forecast: Any, result: Any) -> Floats:
    r"""Shares brought to the total that the same candidates had in the result.

    .. math:: q_k = p_k \sum_j v_j / \sum_j p_j

    over the candidates with a figure, in per cent.

    Parameters
    ----------
    forecast : array of shape (forecasts, candidates), per cent, NaN where nothing was published.
    result : array of shape (candidates,), per cent.

    Returns
    -------
    array of the shape of ``forecast``; forecasts that sum to 0 stay as they are.

    Examples
    --------
    >>> to_total(np.array([[41.0, 27.0]]), np.array([60.0, 40.0])).round(1).tolist()
    [[60.3, 39.7]]
    """
    shares, votes = np.asarray(forecast, dtype=float), np.asarray(result, dtype=float)
    printed = np.nansum(shares, axis=1, keepdims=True)
    counted = np.where(np.isnan(shares), 0.0, votes).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(printed > 0, counted / printed, 1.0)
    return np.asarray(shares * factor)
