"""Mann-Whitney test of two samples and of many subsets of them at once: arrays in, p out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Sides of this size or less have the exact distribution, unless values are tied; larger ones the normal approximation.
EXACT = 8


def mann_whitney(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """The two-sided p of two samples; None where one is empty.

    Examples
    --------
    >>> import numpy as np
    >>> round(mann_whitney(np.array([5.0, 6, 7, 9]), np.array([1.0, 2, 3, 8])), 4)
    0.2
    """
    import numpy as np

    everything = np.ones((1, len(first)), bool), np.ones((1, len(second)), bool)
    p = mann_whitney_of_subsets(first, second, *everything)[0]
    return None if p != p else float(p)


def mann_whitney_of_subsets(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    of_first: NDArray[np.bool_],
    of_second: NDArray[np.bool_],
) -> NDArray[np.float64]:
    r"""Two-sided p of the Mann-Whitney test for many pairs of subsets of two samples, the comparisons made once.

    .. math:: U = \sum_{i,j} [x_i > y_j] + \tfrac12 [x_i = y_j], \qquad
       z = \frac{\max(U, nm - U) - nm/2 - 1/2}{\sqrt{\frac{nm}{12} (N + 1 - \frac{\sum (t^3 - t)}{N (N - 1)})}}

    With n and m values, N of both and t equal ones; the exact distribution of U where a side has at most ``EXACT`` values and
    none are equal.

    Parameters
    ----------
    first, second : arrays (n,), (m,); no NaN.
    of_first, of_second : arrays (subsets, n), (subsets, m): which values belong.

    Returns
    -------
    array (subsets,), 0 to 1; NaN where a side is empty.

    References
    ----------
    Mann and Whitney (1947), Annals of Mathematical Statistics 18, 50-60; the choices of ``scipy.stats.mannwhitneyu``, whose
    p this is to the last digit.

    Examples
    --------
    >>> import numpy as np
    >>> first, second = np.array([5.0, 6, 7, 9]), np.array([1.0, 2, 3, 8])
    >>> without_each = ~np.eye(4, dtype=bool)
    >>> mann_whitney_of_subsets(first, second, without_each, np.ones((4, 4), bool)).round(3).tolist()
    [0.229, 0.229, 0.229, 0.4]
    """
    import numpy as np
    from scipy.special import ndtr

    above = (first[:, None] > second) + 0.5 * (first[:, None] == second)
    one, two = of_first.sum(axis=1), of_second.sum(axis=1)
    wins = ((of_first @ above) * of_second).sum(axis=1)
    largest = np.maximum(wins, one * two - wins)
    _, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    members = np.concatenate([of_first, of_second], axis=1).astype(float)
    equal = members @ np.eye(codes.max() + 1)[codes] if len(codes) else members
    ties = (equal**3 - equal).sum(axis=1)
    every = one + two
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(one * two / 12 * ((every + 1) - ties / (every * (every - 1))))
        p = 2 * ndtr(-((largest - one * two / 2 - 0.5) / spread))
    for index in np.flatnonzero((np.minimum(one, two) <= EXACT) & (ties == 0)):
        if one[index] and two[index]:
            p[index] = (
                2 * _tail(int(one[index]), int(two[index]))[int(one[index] * two[index] - largest[index])]
            )
    p[(one == 0) | (two == 0)] = np.nan
    clipped: NDArray[np.float64] = np.clip(p, 0.0, 1.0)
    return clipped


@cache
def _tail(one: int, two: int) -> NDArray[np.float64]:
    """Chance that U is at most 0, 1, ... for samples of these sizes from one distribution without ties."""
    import numpy as np
    from scipy.special import binom

    small, large = sorted((one, two))
    ways = np.zeros(one * two + 1)
    ways[0] = 1
    # The generating function is the product of (1 - x^(large + i)) / (1 - x^i) over i = 1, ..., small.
    for step in range(1, small + 1):
        over = large + step
        ways[over:] -= ways[:-over].copy() if over < len(ways) else 0
        for start in range(step):
            ways[start::step] = np.cumsum(ways[start::step])
    tail: NDArray[np.float64] = np.cumsum(ways / binom(one + two, one))
    return tail
