"""Is one of many forecasters better than the others? Over several contests, the best named by the same contests."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.errors import DomainError
from pollbench.inference.paired_tests import FEWEST_CONTESTS
from pollbench.randomness import SEED

Floats = NDArray[np.float64]
#: Of fields of equally good forecasters, at most this part has one called worse than the best.
FIELD_LEVEL = 0.05
PERMUTATIONS = 5_000


def behind_best(scores: Any, *, permutations: int = PERMUTATIONS, seed: int = SEED) -> Floats:
    r"""P-values of each forecaster being worse than the best of the field, for the whole field at once.

    .. math:: p_i = \Pr\Bigl(\max_k \sqrt{m_k}\,\overline{d_k}^{*} \ge \sqrt{m_i}\,\overline{d_i}\Bigr)

    with d the difference to the forecaster of the smallest mean over the m contests that both took part in.
    The distribution is that of equally good forecasters: the scores of each contest are permuted among
    those who took part in it (the contest keeps its difficulty), and the best is named anew in each permutation.

    Parameters
    ----------
    scores : array of shape (contests, forecasters), lower is better, NaN where one took no part.
    permutations, seed : number of permutations, seed.

    Returns
    -------
    array of shape (forecasters,): 1 for the best, NaN for who shares fewer than six contests with it.

    Raises
    ------
    DomainError : no table of contests and forecasters, or a forecaster without any score.

    Notes
    -----
    Family-wise: where all are equally good, some p is 0.05 or less in one field of twenty. Where single
    forecasters are far worse than the others, the permutations spread their errors, and the test says less.

    Examples
    --------
    >>> worse = np.array([0.0, 0.1, 2.0]) + np.array([[1.0], [3.0], [2.0], [5.0], [1.5], [4.0], [2.5], [3.5]])
    >>> p = behind_best(worse)
    >>> float(p[0]), bool(p[2] < 0.05)
    (1.0, True)
    """
    table = np.asarray(scores, dtype=float)
    if table.ndim != 2 or not np.isfinite(table).any(axis=0).all():
        message = (
            "behind_best: give scores of shape (contests, forecasters), at least one of each forecaster."
        )
        raise DomainError(message)
    observed = _gaps(table[None])[0]
    rng = np.random.default_rng(seed)
    drawn = np.full((permutations, *table.shape), np.nan)
    for row, contest in enumerate(table):
        present = np.flatnonzero(np.isfinite(contest))
        copies = np.tile(contest[present], (permutations, 1))
        drawn[:, row, present] = rng.permuted(copies, axis=1)
    furthest = np.sort(np.nan_to_num(_gaps(drawn), nan=0.0).max(axis=1))
    as_far = permutations - np.searchsorted(furthest, observed - 1e-9, side="left")
    p_values: Floats = np.where(np.isnan(observed), np.nan, (as_far + 1) / (permutations + 1))
    return p_values


def _gaps(tables: Floats) -> Floats:
    """Scaled mean differences to the best of each table, shape (tables, forecasters); NaN under six contests."""
    best = np.nanmean(tables, axis=1).argmin(axis=1)
    difference = tables - np.take_along_axis(tables, best[:, None, None], axis=2)
    shared = np.isfinite(difference).sum(axis=1)
    total = np.nansum(difference, axis=1)
    gaps: Floats = np.where(shared >= FEWEST_CONTESTS, total / np.sqrt(np.maximum(shared, 1)), np.nan)
    return gaps
