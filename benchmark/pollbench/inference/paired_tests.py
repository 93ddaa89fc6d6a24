"""Is one forecaster better than another? Only several votes can say.

The units are contests. Polls of one campaign share most of their error, so that two equally
good houses are called different far too often by any test on their waves: on 20 waves of one
campaign, the test of Diebold and Mariano would do so in 51 % of trials at a nominal 5 %, so there is none here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pollbench.errors import DomainError, PolicyError
from pollbench.randomness import SEED

Floats = NDArray[np.float64]
#: Under six contests the smallest two-sided p of a sign flip is 2/2^5 = 0.0625: nothing could
#: ever be significant at 5 %.
FEWEST_CONTESTS = 6
#: Up to this many contests all sign flips are counted (a million); beyond, they are drawn.
COUNTED_UP_TO = 20
RESAMPLES = 20_000


@dataclass(frozen=True)
class Paired:
    """Outcome of a paired comparison over contests.

    Attributes
    ----------
    contests : number of contests.
    difference : mean of first - second, in the unit of the score.
    low, high : 95 % percentile interval of the mean, contests resampled.
    p_value : two-sided p of the sign flip.
    """

    contests: int
    difference: float
    low: float
    high: float
    p_value: float


def _contest_differences(differences: Any, name: str) -> Floats:
    values = np.asarray(differences, dtype=float)
    if values.ndim != 1 or not np.isfinite(values).all():
        message = f"{name}: give one finite difference a contest."
        raise DomainError(message)
    if len(values) < FEWEST_CONTESTS:
        message = (
            f"{name}: contests in common: {len(values)}; at least {FEWEST_CONTESTS} are needed: "
            "with fewer no difference could ever be significant. What happened can be "
            "shown, it proves nothing about skill."
        )
        raise PolicyError(message)
    return values


def sign_flip(differences: Any, *, resamples: int = RESAMPLES, seed: int = SEED) -> float:
    r"""Two-sided p-value of the mean difference when each contest's sign is a coin.

    .. math:: p = \Pr\bigl(|\overline{s d}| \ge |\bar d|\bigr),\quad s_i = \pm 1

    Parameters
    ----------
    differences : array of shape (contests,), score of the first minus that of the second.
    resamples, seed : used beyond 20 contests; up to there all flips are counted.

    Returns
    -------
    float between 0 and 1.

    Raises
    ------
    PolicyError : fewer than six contests.
    DomainError : not one finite difference a contest.

    Examples
    --------
    Six wins out of six: 2 of 64 flips are as extreme.

    >>> sign_flip([0.5, 0.2, 1.0, 0.4, 0.1, 0.9])
    0.03125
    """
    values = _contest_differences(differences, "sign_flip")
    count = len(values)
    observed = abs(values.sum()) * (1 - 1e-12)
    if count <= COUNTED_UP_TO:
        # Flipping all signs changes no absolute sum: half of the flips are enough.
        codes = np.arange(2 ** (count - 1))[:, None]
        signs = 1 - 2 * ((codes >> np.arange(count)) & 1)
        return float((np.abs(signs @ values) >= observed).mean())
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(resamples, count))
    extreme = int((np.abs(signs @ values) >= observed).sum())
    return (extreme + 1) / (resamples + 1)


def paired_bootstrap(
    differences: Any, *, level: float = 0.95, resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[float, float]:
    """Percentile interval of the mean difference, contests resampled for both at once.

    Parameters
    ----------
    differences : array of shape (contests,), score of the first minus that of the second.
    level : probability of the interval.
    resamples, seed : number of resamples, seed.

    Returns
    -------
    (low, high), in the unit of the score.

    Raises
    ------
    PolicyError : fewer than six contests.
    DomainError : not one finite difference a contest.

    Notes
    -----
    With ten contests a percentile interval is somewhat too short; read it with `sign_flip`.

    Examples
    --------
    >>> low, high = paired_bootstrap([0.5, 0.2, 1.0, 0.4, 0.1, 0.9])
    >>> 0 < low < 0.52 < high < 1
    True
    """
    values = _contest_differences(differences, "paired_bootstrap")
    drawn = np.random.default_rng(seed).integers(len(values), size=(resamples, len(values)))
    tail = (1 - level) / 2
    low, high = np.quantile(values[drawn].mean(axis=1), [tail, 1 - tail])
    return float(low), float(high)


def paired(first: Any, second: Any, *, seed: int = SEED) -> Paired:
    """Compare two forecasters over the contests that both have scores for.

    Parameters
    ----------
    first, second : arrays of shape (contests,), their scores in the same order; NaN where one
        has none, and that contest is left out for both.
    seed : of the random numbers.

    Returns
    -------
    Paired; a negative difference means the first has the smaller score.

    Raises
    ------
    PolicyError : fewer than six contests in common.
    DomainError : lengths that differ.

    Examples
    --------
    >>> paired([1, 2, 1, 2, 1, 2], [2, 3, 3, 3, 2, 4]).p_value
    0.03125
    """
    one, two = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if one.shape != two.shape:
        message = f"paired: {one.shape} scores against {two.shape}; give both for the same contests."
        raise DomainError(message)
    difference = (one - two)[np.isfinite(one) & np.isfinite(two)]
    low, high = paired_bootstrap(difference, seed=seed)
    p_value = sign_flip(difference, seed=seed)
    return Paired(len(difference), float(difference.mean()), low, high, p_value)
