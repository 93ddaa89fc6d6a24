"""Who is tied with whom: the law of two equally good forecasters of one vote."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.inference.sampling import DRAWS, SEED, MeasureFunction, proportions

#: Central probability of the difference between two equally good forecasters: the usual 5 %.
LEVEL_OF_TIE = 0.95


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
    r"""How far apart two equally good forecasters may score on one vote.

    .. math:: e_i = \sqrt{c}\,u_0 + \sqrt{1-c}\,u_i,\quad
        u \sim 100\,\bigl(\mathrm{Multinomial}(n_\mathrm{eff}, v)/n_\mathrm{eff} - v\bigr)

    The range is the ``level`` quantile of :math:`|S(v+e_1, v) - S(v+e_2, v)|`, in the unit of
    the measure: a difference within plus or minus this much proves nothing.

    Parameters
    ----------
    function : a measure, forecast first, result second.
    result : array of shape (candidates,), per cent.
    n_eff : effective sample size that earlier elections left to the polls.
    common : share of the squared error, 0 to 1, that both forecasters share (0.8 between two
        polls of one campaign; 0 between a poll and anybody else).
    level, draws, seed : probability of the range, number of draws, seed.

    Returns
    -------
    float, in the unit of the measure.

    Raises
    ------
    DomainError : a result that is no row of shares, n_eff below 1, a share outside 0 to 1.

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
    if not 0.0 <= common <= 1.0:
        message = f"difference_range: the common share of the error is {common}, not within 0 to 1."
        raise DomainError(message)
    if n_eff < 1:
        message = f"difference_range: n_eff is {n_eff}, it must be at least 1."
        raise DomainError(message)
    shares = tuple(np.asarray(result, dtype=float).tolist())
    return _difference_range(function, shares, round(float(n_eff)), common, level, draws, seed)


@lru_cache(maxsize=128)
def _difference_range(
    function: MeasureFunction,
    result: tuple[float, ...],
    n_eff: int,
    common: float,
    level: float,
    draws: int,
    seed: int,
) -> float:
    """Cached: two ranges a contest serve all pairs of its forecasters."""
    shares = np.asarray(result)
    cells = proportions(shares, "difference_range")
    counts = np.random.default_rng(seed).multinomial(n_eff, cells, size=(3, draws))[..., :-1]
    together, first, second = 100.0 * (counts / n_eff - cells[:-1])
    scores = [
        # A sum of two sampling errors may leave 0 for a tiny candidate; shares cannot.
        function(np.maximum(shares + np.sqrt(common) * together + np.sqrt(1 - common) * own, 0.0), shares)
        for own in (first, second)
    ]
    return float(np.quantile(np.abs(scores[0] - scores[1]), level))


def tie_groups(
    values: Sequence[float],
    shares_error: Sequence[bool],
    range_within: float,
    range_across: float,
    orientation: str = "lower",
) -> list[int]:
    """Number the groups of forecasters that one vote cannot tell apart, from 1 = best.

    The best forecaster opens group 1; whoever lies within the range of the opener belongs to
    the group; the best of those left opens the next. Being tied is not transitive: a group says
    "not told apart from its best member".

    Parameters
    ----------
    values : scores, one a forecaster; NaN belongs to no group (0).
    shares_error : whether the forecaster shares the common error of the polls: the family poll,
        averages of polls among them. A model that reads polls counts as somebody else.
    range_within, range_across : `difference_range` between two who share it, and else. A difference
        of exactly the range still ties; compared are all digits, not those that are printed.
    orientation : "lower", "higher" or "zero" is better.

    Returns
    -------
    list of int, one a forecaster.

    Notes
    -----
    The ranges are those of two forecasters named beforehand, while the best is named afterwards: in
    a field of eleven polls and six others, all equally good, somebody falls out of group 1 in seven
    votes of ten. A later group is a hint, no proof.

    Examples
    --------
    >>> tie_groups([0.07, 0.3, 1.9, 2.15], [True, True, True, False], 1.4, 2.2)
    [1, 1, 2, 1]
    """
    scores = np.asarray(values, dtype=float)
    goodness = {"lower": scores, "higher": -scores, "zero": np.abs(scores)}[orientation]
    polls = np.asarray(shares_error, dtype=bool)
    groups = np.zeros(len(scores), dtype=int)
    open_places = np.isfinite(goodness)
    group = 0
    while open_places.any():
        group += 1
        best = int(np.flatnonzero(open_places)[np.argmin(goodness[open_places])])
        reach = np.where(polls & polls[best], range_within, range_across)
        members = open_places & (goodness - goodness[best] <= reach + 1e-12)
        groups[members] = group
        open_places &= ~members
    return groups.tolist()
