"""Samples drawn from a panel: how many invented panelists land among the respondents.

k invented members sit among P honest ones; n respondents are drawn without replacement, an invented member
answering with odds rho times those of an honest one. At a fixed size the invented take honest places.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.model import contamination, require_numbers


def inclusion_share(fakes: Any, panel: Any, activity: Any = 1.0) -> Any:
    r"""Expected part of the sample that is invented, where the sample is small next to the panel.

    .. math:: \pi = \frac{\rho k}{\rho k + P}

    Exact for equal activity; an upper bound where the invented answer more (they run out first).

    Examples
    --------
    A thousand invented among 100,000 panelists:

    >>> round(float(inclusion_share(1000, 100_000)), 5)
    0.0099
    """
    fakes, activity = require_numbers("inclusion_share", fakes=fakes, activity=activity)
    return contamination(fakes * activity, panel)


def expected_included(fakes: Any, panel: Any, sample: Any, activity: Any = 1.0) -> np.ndarray:
    r"""Expected number of invented among the respondents, drawing without replacement.

    The root x of

    .. math:: 1 - x/k = \left( 1 - (n - x)/P \right)^{\rho}

    Parameters
    ----------
    fakes, panel, sample : invented members, honest members, respondents; the sample not larger than both.
    activity : odds of an invented member to answer, relative to an honest one.

    Returns
    -------
    array of the broadcast shape.

    Raises
    ------
    DomainError : a sample larger than all members, NaN, a negative number.

    References
    ----------
    Manly (1974), A model for certain types of selection experiments, Biometrics 30, for the mean.

    Examples
    --------
    >>> round(float(expected_included(1000, 100_000, 1500, 3.0)), 1)
    43.1
    """
    fakes, panel, sample, activity = np.broadcast_arrays(
        *require_numbers("expected_included", fakes=fakes, panel=panel, sample=sample, activity=activity)
    )
    if (sample > fakes + panel).any():
        message = "expected_included: the sample is larger than the panel."
        raise DomainError(message)
    low = np.maximum(sample - panel, 0.0)
    high = np.minimum(fakes, sample)
    safe_fakes = np.where(fakes > 0, fakes, 1.0)
    safe_panel = np.where(panel > 0, panel, 1.0)
    # The left side falls and the right side rises with x, so bisection cannot fail; 60 halvings exhaust
    # the digits of a float.
    for _ in range(60):
        middle = (low + high) / 2.0
        honest_left = np.clip(1.0 - (sample - middle) / safe_panel, 0.0, 1.0)
        more = 1.0 - middle / safe_fakes > honest_left**activity
        low = np.where(more, middle, low)
        high = np.where(more, high, middle)
    return np.where(fakes > 0, (low + high) / 2.0, 0.0)


def certificate(
    weight: Any, room: Any, fakes: Any, sample: Any, panel: Any = None, level: float | None = None
) -> Any:
    r"""Points that the invented cannot pass, certainly or with a stated confidence.

    .. math:: \sum_g W_g u_g \min(k_g, n_g) / n_g

    Certain without ``level`` (every invented member is drawn; empty of content once k_g reaches n_g). With
    a ``level``, min(k_g, n_g) becomes the quantile of the hypergeometric number drawn at 1 - (1 - level)/G,
    so that it holds in all G cells together.

    Parameters
    ----------
    weight, room, fakes, sample, panel : arrays (..., cells); ``panel`` is needed with a level.
    level : confidence, from 0 to 1; None for certainty.

    Returns
    -------
    array of shape (...), points.

    Raises
    ------
    DomainError : a level outside 0 to 1 or without a panel, NaN, a negative number.

    Examples
    --------
    >>> one = np.ones(1)
    >>> round(float(certificate(one, 81.0 * one, 1000 * one, 1401 * one)), 1)
    57.8
    >>> round(float(certificate(one, 81.0 * one, 1000 * one, 1401 * one, 100_000 * one, 0.95)), 2)
    1.16
    """
    weight, room, fakes, sample = require_numbers(
        "certificate", weight=weight, room=room, fakes=fakes, sample=sample
    )
    if level is None:
        drawn = np.minimum(fakes, sample)
    else:
        if panel is None or not 0.0 < level < 1.0:
            message = "certificate: a confidence lies between 0 and 1 and needs the size of the panel."
            raise DomainError(message)
        from scipy.stats import hypergeom

        (panel,) = require_numbers("certificate", panel=panel)
        cells = weight.shape[-1]
        chance = 1.0 - (1.0 - level) / cells
        invented = np.ceil(fakes)
        drawn = hypergeom.ppf(
            chance,
            np.round(panel) + invented,
            invented,
            np.minimum(np.round(sample), np.round(panel) + invented),
        )
        drawn = np.minimum(drawn, sample)
    part = np.divide(drawn, sample, out=np.zeros(np.broadcast(drawn, sample).shape), where=sample > 0)
    return (weight * room * part).sum(axis=-1)


def flip_probability(needed: Any, sample: int, part: Any) -> np.ndarray:
    r"""Probability that enough invented land, given how many each replicate needs.

    .. math:: \sum_m h(m) \, P(\mathrm{Bin}(n, \pi) \ge m)

    A histogram of the needed numbers times a binomial tail, instead of one draw a replicate and budget.

    Parameters
    ----------
    needed : array of shape (replicates,), whole numbers: fakes needed in each replicate.
    sample : respondents.
    part : array of any shape, expected invented parts of the sample.

    Returns
    -------
    array of the shape of ``part``, probabilities from 0 to 1.

    Examples
    --------
    >>> flip_probability(np.array([0, 0, 5]), 100, np.array([0.0])).round(3)
    array([0.667])
    """
    from scipy.stats import binom

    values, counts = np.unique(np.asarray(needed), return_counts=True)
    part = np.asarray(part, dtype=float)
    tail = binom.sf(values - 1.0, sample, part[..., None])
    return tail @ (counts / counts.sum())


def thinned(paths: Any, lower: float, higher: float, generator: np.random.Generator) -> np.ndarray:
    r"""Numbers of honest records left when the invented part grows: binomial thinning.

    .. math:: Y' \sim \mathrm{Bin}\left( Y, \frac{1 - \pi_2}{1 - \pi_1} \right)

    If Y is binomial with probability 1 - pi_1, the result is binomial with 1 - pi_2; no path goes up.

    Examples
    --------
    >>> thinned(np.array([90, 95]), 0.1, 0.1, np.random.default_rng(20170423))
    array([90, 95])
    """
    if not 0.0 <= lower <= higher < 1.0:
        message = "thinned: the invented part can only grow, and stays below 1."
        raise DomainError(message)
    return generator.binomial(np.asarray(paths), (1.0 - higher) / (1.0 - lower))
