"""Many tests at once: p-values corrected for how often was asked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Of families of tests without any effect, this part may hold a false alarm: the usual 5 %.
FAMILY_LEVEL = 0.05


def at_least(count: int, number: int, probability: float) -> float:
    r"""Probability that ``count`` or more of ``number`` independent tests sound by chance.

    .. math:: \Pr(X \ge k),\quad X \sim \mathrm{Binomial}(m, p)

    Parameters
    ----------
    count : tests that sounded, k.
    number : tests in all, m.
    probability : with which one sounds by chance, p.

    Returns
    -------
    float from 0 to 1.

    Examples
    --------
    Two or more of nine at 5 %:

    >>> round(at_least(2, 9, 0.05), 3)
    0.071
    """
    from scipy.stats import binom

    return float(binom.sf(count - 1, number, probability))


def holm(p_values: Any) -> NDArray[np.float64]:
    r"""Holm's step-down correction: rejecting what stays at or below a level keeps the familywise error at that level.

    .. math:: \tilde p_{(i)} = \max_{j \le i} \min\{1, (m - j + 1)\, p_{(j)}\}

    Parameters
    ----------
    p_values : array of shape (tests,), from 0 to 1.

    Returns
    -------
    array of shape (tests,), corrected, in the order given.

    Reference
    ---------
    Holm (1979), a simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6:65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p_values, dtype=float)
    order = np.argsort(values, kind="stable")
    corrected = np.empty_like(values)
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(np.arange(len(values), 0, -1) * values[order]))
    return corrected
