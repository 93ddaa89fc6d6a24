"""How far apart equally good forecasters of one vote may score: two named beforehand, or a field behind its best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.errors import DomainError
from pollbench.inference.sampling import DRAWS, MeasureFunction, proportions
from pollbench.randomness import SEED

Floats = NDArray[np.float64]
#: Central probability of a difference between equally good forecasters: the usual 5 %.
LEVEL_OF_TIE = 0.95


def scores_of_equals(
    function: MeasureFunction,
    result: Any,
    n_eff: float,
    shares_error: Sequence[bool],
    *,
    common: float,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Floats:
    r"""Draw the scores that equally good forecasters of one vote would have.

    .. math:: e_i = \sqrt{c_i}\,u_0 + \sqrt{1-c_i}\,u_i,\quad
        u \sim 100\,\bigl(\mathrm{Multinomial}(n_\mathrm{eff}, v)/n_\mathrm{eff} - v\bigr)

    with :math:`c_i` = ``common`` for the polls and 0 for all others; :math:`u_0` is drawn once for all polls.

    Parameters
    ----------
    function : a measure, forecast first, result second.
    result : array of shape (candidates,), per cent.
    n_eff : effective sample size that earlier elections left to the polls.
    shares_error : whether each forecaster shares the common error of the polls: the family poll, averages
        of polls among them. A model that reads polls counts as another forecaster.
    common : correlation of the errors of two polls, 0 to 1.
    draws, seed : number of draws, seed.

    Returns
    -------
    array of shape (forecasters, draws), in the unit of the measure.

    Raises
    ------
    DomainError : a result that is no row of shares, n_eff below 1, a common part outside 0 to 1.

    Examples
    --------
    >>> from pollbench.measures.point import mae
    >>> scores_of_equals(mae, [60.0, 40.0], 290, [True, True, False], common=0.8, draws=5, seed=1).shape
    (3, 5)
    """
    if not 0.0 <= common <= 1.0:
        message = f"scores_of_equals: the common part of the error is {common}, not within 0 to 1."
        raise DomainError(message)
    if n_eff < 1:
        message = f"scores_of_equals: n_eff is {n_eff}, it must be at least 1."
        raise DomainError(message)
    shares = np.asarray(result, dtype=float)
    cells = proportions(shares, "scores_of_equals")
    rng = np.random.default_rng(seed)
    together = _errors(rng, cells, n_eff, draws)
    scores = np.empty((len(shares_error), draws))
    for index, is_poll in enumerate(shares_error):
        weight = common if is_poll else 0.0
        errors = _errors(rng, cells, n_eff, draws)
        # A sum of two sampling errors may leave 0 for a tiny candidate; shares cannot.
        figures = np.maximum(shares + np.sqrt(weight) * together + np.sqrt(1 - weight) * errors, 0.0)
        scores[index] = function(figures, shares)
    return scores


def _errors(rng: np.random.Generator, cells: Floats, n_eff: float, draws: int) -> Floats:
    """Errors of unbiased samples, points, shape (draws, candidates)."""
    size = round(float(n_eff))
    counts = rng.multinomial(size, cells, size=draws)[:, :-1]
    errors: Floats = 100.0 * (counts / size - cells[:-1])
    return errors


def difference_range(
    function: MeasureFunction,
    result: Any,
    n_eff: float,
    *,
    common: float,
    level: float = LEVEL_OF_TIE,
    draws: int = DRAWS,
    seed: int = SEED,
) -> float:
    r"""Least significant difference of two forecasters that were named beforehand, on one vote.

    .. math:: Q_{0.95}\bigl(|S(v+e_1, v) - S(v+e_2, v)|\bigr)

    with the errors of `scores_of_equals`, in the unit of the measure: a smaller difference proves nothing.

    Parameters
    ----------
    function : a measure, forecast first, result second.
    result : array of shape (candidates,), per cent.
    n_eff : effective sample size that earlier elections left to the polls.
    common : correlation of the two errors, 0 to 1 (0 between a poll and a forecaster of another kind).
    level, draws, seed : probability of the range, number of draws, seed.

    Returns
    -------
    float, in the unit of the measure.

    Raises
    ------
    DomainError : see `scores_of_equals`.

    Notes
    -----
    Not for the best of a board, which is named by the same vote: see `range_behind_best`.

    Examples
    --------
    The four main candidates of 2017, with the error of the polls of 2002 to 2012:

    >>> from pollbench.measures.point import mae
    >>> four = [24.0091, 21.2970, 20.0059, 19.5814]
    >>> round(difference_range(mae, four, 290, common=0.8), 1)
    1.4
    >>> round(difference_range(mae, four, 290, common=0.0), 1)
    2.2
    """
    first, second = scores_of_equals(
        function, result, n_eff, [True, True], common=common, draws=draws, seed=seed
    )
    return float(np.quantile(np.abs(first - second), level))


def range_behind_best(
    function: MeasureFunction,
    result: Any,
    n_eff: float,
    shares_error: Sequence[bool],
    *,
    common: float,
    level: float = LEVEL_OF_TIE,
    draws: int = DRAWS,
    seed: int = SEED,
) -> float:
    r"""Least significant difference to the best of a field, the best being named by the same vote.

    .. math:: Q_{0.95}\bigl(\max_i S(v+e_i, v) - \min_j S(v+e_j, v)\bigr)

    How far the furthest of equally good forecasters lies behind the closest (for a score that is
    better when higher the range is the same). With the errors of `scores_of_equals`, in the unit of the measure.

    Parameters
    ----------
    function : a measure, forecast first, result second.
    result : array of shape (candidates,), per cent.
    n_eff : effective sample size that earlier elections left to the polls.
    shares_error : whether each forecaster of the field shares the common error of the polls.
    common : correlation of the errors of two polls, 0 to 1.
    level, draws, seed : probability of the range, number of draws, seed.

    Returns
    -------
    float, in the unit of the measure; 0 for a field of one.

    Raises
    ------
    DomainError : see `scores_of_equals`.

    Notes
    -----
    Of equally good fields, 5 % have a forecaster beyond it. The range of two named beforehand would call
    at least one of twelve polls and five others worse than the best in 73 % of votes.

    Examples
    --------
    Twelve polls and five others in the first round of 2017, and nine polls alone:

    >>> from pollbench.measures.point import mae
    >>> four = [24.0091, 21.2970, 20.0059, 19.5814]
    >>> round(range_behind_best(mae, four, 290, [True] * 12 + [False] * 5, common=0.8), 1)
    3.5
    >>> round(range_behind_best(mae, four, 290, [True] * 9, common=0.8), 1)
    2.2
    """
    shares = tuple(np.asarray(result, dtype=float).tolist())
    polls = sum(map(bool, shares_error))
    return _range_behind_best(
        function, shares, float(n_eff), polls, len(shares_error) - polls, common, level, draws, seed
    )


@lru_cache(maxsize=128)
def _range_behind_best(
    function: MeasureFunction,
    result: tuple[float, ...],
    n_eff: float,
    polls: int,
    others: int,
    common: float,
    level: float,
    draws: int,
    seed: int,
) -> float:
    """Cached: one range serves a whole board."""
    field = [True] * polls + [False] * others
    scores = scores_of_equals(function, result, n_eff, field, common=common, draws=draws, seed=seed)
    if not len(scores):
        return 0.0
    return float(np.quantile(scores.max(axis=0) - scores.min(axis=0), level))


def tied_with_best(values: Any, reach: float, orientation: str = "lower") -> NDArray[np.bool_]:
    """Which forecasters lie within ``reach`` of the best of them.

    Parameters
    ----------
    values : array of shape (forecasters,), scores; NaN is tied with none.
    reach : `range_behind_best` of the field. A difference of exactly the range still ties; all digits are
        compared, not those that are printed.
    orientation : "lower", "higher" or "zero" is better.

    Returns
    -------
    array of bool, shape (forecasters,); the best itself is True.

    Notes
    -----
    Being tied is not transitive: two forecasters beyond the range may be as good as each other, and one just
    within it as one just beyond. The answer is about each and the best, and it is no partition.

    Examples
    --------
    >>> tied_with_best([0.07, 0.3, 1.9, 2.15], 2.0).tolist()
    [True, True, True, False]
    """
    scores = np.asarray(values, dtype=float)
    goodness = {"lower": scores, "higher": -scores, "zero": np.abs(scores)}[orientation]
    if not np.isfinite(goodness).any():
        return np.zeros(len(scores), dtype=bool)
    return np.asarray(goodness - np.nanmin(goodness) <= reach + 1e-12)
