"""What a forecaster's error on the whole ballot could be, given what it did not publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.scoring.compare import compare
from pollbench.selection.figures import figures_of
from pollbench.selection.policy import Policy
from pollbench.selection.reading import is_poll

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench


def unpublished_bounds(published: Any, result: Any) -> tuple[float, float]:
    r"""Best and worst error on the whole ballot, given what was not published.

    With R what the published shares leave of 100 and U the candidates without a figure:

    .. math:: \mathrm{best} = \frac{1}{K}\Bigl(\sum_{k \notin U} |e_k| + |R - \textstyle\sum_U v|\Bigr),
        \quad \mathrm{worst} = \frac{1}{K}\Bigl(\sum_{k \notin U} |e_k| + \max_{j \in U}
        \bigl(|R - v_j| + \textstyle\sum_{U \setminus j} v\bigr)\Bigr)

    In points.

    Parameters
    ----------
    published : array of shape (candidates,), per cent, NaN where nothing was published.
    result : array of shape (candidates,), per cent, the whole ballot.

    Returns
    -------
    (best, worst) mean absolute errors; equal where everything was published.

    Notes
    -----
    The sum of distances to points is convex: it is least where the rest is shared out between 0
    and the votes, and greatest where one candidate gets all of it.

    Examples
    --------
    >>> best, worst = unpublished_bounds([50, 30, np.nan, np.nan], [45, 30, 15, 10])
    >>> round(best, 2), round(worst, 2)
    (2.5, 7.5)
    """
    figures, votes = np.asarray(published, dtype=float), np.asarray(result, dtype=float)
    known = np.isfinite(figures)
    certain = float(np.abs(figures[known] - votes[known]).sum())
    others = votes[~known]
    if not len(others):
        return certain / len(votes), certain / len(votes)
    rest = max(100.0 - float(figures[known].sum()), 0.0)
    best = abs(rest - float(others.sum()))
    worst = float((np.abs(rest - others) + others.sum() - others).max())
    return (certain + best) / len(votes), (certain + worst) / len(votes)


@memo_table
def bounds_table(bench: Bench, contest_id: str) -> pd.DataFrame:
    """Best and worst error on the whole ballot of everybody's last figures.

    Parameters
    ----------
    bench, contest_id : the data and the contest.

    Returns
    -------
    frame with contest_id, forecaster_id, family, forecast_id, named (candidates with a figure), ballot
    (candidates who stood), total (points out of 100 that it printed), best, worst (mean absolute
    errors on the whole ballot, points), behind (polls that are closer even at its best). Sorted by best.
    """
    comparison = compare(bench, Policy(missing="drop", lineup="near-final"), contest_id)[0]
    figures = figures_of(bench, contest_id)
    oracle = bench.frame(
        "SELECT candidate_id, share_pct FROM oracle WHERE contest_id = $c ORDER BY rank", {"c": contest_id}
    ).set_index("candidate_id")["share_pct"]
    wide = figures.pivot_table(index="forecast_id", columns="candidate_id", values="share")
    wide = wide.reindex(index=comparison.forecasts["forecast_id"], columns=oracle.index)
    table = comparison.forecasts[["contest_id", "forecaster_id", "family", "kind", "forecast_id"]].copy()
    table["named"] = wide.notna().sum(axis=1).to_numpy()
    table["ballot"] = len(oracle)
    table["total"] = wide.sum(axis=1).to_numpy()
    bounds = [unpublished_bounds(row, oracle.to_numpy()) for row in wide.to_numpy()]
    table["best"], table["worst"] = zip(*bounds, strict=True) if bounds else ((), ())
    polls = table[is_poll(table)]["worst"].to_numpy()
    table["behind"] = [int((polls < best).sum()) for best in table["best"]]
    columns = [
        "contest_id",
        "forecaster_id",
        "family",
        "forecast_id",
        "named",
        "ballot",
        "total",
        "best",
        "worst",
        "behind",
    ]
    return table[columns].sort_values(["best", "forecaster_id"], ignore_index=True)
