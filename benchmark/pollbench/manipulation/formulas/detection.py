"""How surely an operator would notice an odd composition: tests, power, stealth budget, area under the curve.

All tests are at a stated false-positive rate; those of the inflow of accounts are in :mod:`.burst`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from pollbench.manipulation.model import require_numbers, require_shares


def composition_distance(shares: Any, voice: Any) -> float:
    r"""How far what attackers say lies from a reference mix, as the chi-square test sees it.

    .. math:: \sum_c (a_c - p_c)^2 / p_c

    Of proportions, a pure number; for a push of a target :math:`1/p_t - 1`. Infinite where attackers name a candidate
    whose share in the reference is 0: there is no such test.

    Examples
    --------
    >>> composition_distance(np.array([20.0, 80.0]), np.array([100.0, 0.0]))
    4.0
    """
    (shares,) = require_shares("composition_distance", shares=shares)
    (voice,) = require_numbers("composition_distance", voice=voice)
    reference, said = shares / shares.sum(), voice / voice.sum()
    if (said[reference == 0] > 0).any():
        return float("inf")
    present = reference > 0
    return float(((said[present] - reference[present]) ** 2 / reference[present]).sum())


def composition_power(
    distance: Any, part: Any, records: Any, cells: int, rate: float = 0.01, reference: Any = np.inf
) -> Any:
    r"""Power of the chi-square test of the composition against a reference mix.

    .. math:: \lambda = \frac{N e^2 d}{1 + N / N_0}

    A reference that is itself a sample of N_0 records adds its own variance: treated as exact, a reference of the
    same size makes the test sound in 37 of 100 clean cases instead of 1 (eleven cells).

    Parameters
    ----------
    distance : what :func:`composition_distance` returns.
    part : contamination, from 0 to 1.
    records : records in the test.
    cells : number of candidates with the others (degrees of freedom plus one); where there is only one,
        nothing can shift, and the test sounds as often as its false-positive rate.
    rate : false-positive rate.
    reference : records behind the reference; infinite for one that is known without error.

    Examples
    --------
    >>> composition_power(100 / 18 - 1, np.array([0.0, 0.05]), 1500, 6).round(2)
    array([0.01, 0.77])
    >>> composition_power(100 / 18 - 1, np.array([0.0, 0.05]), 1500, 6, reference=1500).round(2)
    array([0.01, 0.35])
    """
    from scipy.stats import chi2, ncx2

    distance, part, records = require_numbers(
        "composition_power", distance=distance, part=part, records=records
    )
    centre = records * part**2 * distance / (1.0 + records / np.asarray(reference, dtype=float))
    if cells < 2:
        return np.full(np.shape(centre), rate)
    limit = chi2.isf(rate, cells - 1)
    return np.where(centre > 0, ncx2.sf(limit, cells - 1, np.maximum(centre, 1e-300)), rate)


@cache
def _even_centre(degrees: int, rate: float) -> float:
    """Non-centrality at which the chi-square test has a power of one half."""
    from scipy.optimize import brentq
    from scipy.stats import chi2, ncx2

    limit = chi2.isf(rate, degrees)
    return float(brentq(lambda centre: ncx2.sf(limit, degrees, centre) - 0.5, 1e-9, 1e4))


def composition_stealth(
    distance: Any, records: Any, cells: int, rate: float = 0.01, reference: Any = np.inf
) -> Any:
    r"""Contamination that the chi-square test notices every other time: its stealth budget.

    .. math:: e = \sqrt{\lambda_{1/2} \, (1 + N / N_0) / (N d)}

    A number from 0 to 1 (1 where even that is noticed less often). Parameters as for :func:`composition_power`.

    Examples
    --------
    >>> part = composition_stealth(100 / 18 - 1, 1500, 6)
    >>> round(float(part), 4), round(float(composition_power(100 / 18 - 1, part, 1500, 6)), 4)
    (0.0402, 0.5)
    """
    distance, records = require_numbers("composition_stealth", distance=distance, records=records)
    if cells < 2:
        return np.ones(np.shape(records))
    widened = 1.0 + records / np.asarray(reference, dtype=float)
    with np.errstate(divide="ignore"):
        return np.minimum(1.0, np.sqrt(_even_centre(cells - 1, rate) * widened / (records * distance)))


def new_account_power(
    attackers: Any, supporters: float, others: float, new_share: float, rate: float = 0.01
) -> Any:
    """Power of the test that the target's voters hold more new accounts than the others do.

    A two-proportion z test; all attackers are new, and not random: under attack only the honest newcomers vary.

    Parameters
    ----------
    attackers : new accounts among the target's voters.
    supporters, others : honest voters of the target and of all others.
    new_share : part of honest accounts that are new, from 0 to 1.

    Examples
    --------
    >>> new_account_power(np.array([0.0, 25.0]), 760.0, 3240.0, 0.05).round(3)
    array([0.01 , 0.853])
    """
    from scipy.stats import norm

    (new,) = require_numbers("new_account_power", attackers=attackers)
    total = supporters + new
    own = (supporters * new_share + new) / total
    pooled = (supporters * new_share + new + others * new_share) / (total + others)
    under_null = np.sqrt(pooled * (1.0 - pooled) * (1.0 / total + 1.0 / others))
    actual = np.sqrt(new_share * (1.0 - new_share) * (supporters / total**2 + 1.0 / others))
    return norm.sf((norm.isf(rate) * under_null - (own - new_share)) / actual)


def entropy_power(
    shares: Any,
    voice: Any,
    part: Any,
    records: int,
    rate: float = 0.01,
    replicates: int = 4000,
    seed: int = 20170423,
) -> Any:
    """Power of a two-sided test of the entropy against an earlier sample of the same size, by simulation.

    The threshold is calibrated, so that the test sounds without an attack as often as its false-positive rate.

    Parameters
    ----------
    shares : the field, adding up to 100.
    voice : array like the field, what attackers say, adding up to 100.
    part : array of any shape, contamination from 0 to 1.
    records, rate, replicates, seed : as for the other tests.

    Examples
    --------
    >>> field = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])
    >>> said = np.array([0.0, 0.0, 0.0, 100.0, 0.0, 0.0])
    >>> blind = entropy_power(field, said, 0.05, 1500)
    >>> distance = composition_distance(field, said)
    >>> bool(blind < 0.1 < composition_power(distance, 0.05, 1500, 6, reference=1500))
    True
    """
    (shares,) = require_shares("entropy_power", shares=shares)
    (part,) = require_numbers("entropy_power", part=part)
    honest = shares / shares.sum()
    generator = np.random.default_rng(seed)

    # What a candidate drawn so many times adds to the entropy: a table of n + 1 logarithms instead of
    # one a candidate and replicate.
    drawn = np.arange(records + 1) / records
    terms = drawn * np.log(np.where(drawn > 0, drawn, 1.0))

    def entropies(fraction: np.ndarray) -> np.ndarray:
        return -terms[generator.multinomial(records, fraction, replicates)].sum(axis=1)

    before = entropies(honest)
    threshold = np.quantile(np.abs(entropies(honest) - before), 1.0 - rate)
    said = np.asarray(voice, dtype=float) / np.sum(voice)
    power = np.empty(part.shape)
    for place in np.ndindex(part.shape):
        attacked = (1.0 - part[place]) * honest + part[place] * said
        power[place] = (np.abs(entropies(attacked) - before) > threshold).mean()
    return power


def area_under_curve(clean: Any, attacked: Any) -> float:
    r"""Chance that an attacked score is above a clean one: the area under the ROC curve.

    .. math:: A = P(Y > X) + P(Y = X) / 2

    A number from 0 to 1, 1/2 where the score tells nothing; by ranks, without the curve.

    Parameters
    ----------
    clean, attacked : scores without and with an attack; higher is more suspicious. ``clean`` sorted.

    Reference
    ---------
    Hanley and McNeil (1982), the meaning and use of the area under a ROC curve, Radiology 143:29-36.

    Examples
    --------
    >>> area_under_curve(np.array([0.0, 1.0]), np.array([1.0, 3.0]))
    0.875
    """
    clean, attacked = np.asarray(clean, dtype=float), np.asarray(attacked, dtype=float)
    below = np.searchsorted(clean, attacked, side="left") + np.searchsorted(clean, attacked, side="right")
    return float(below.sum() / (2 * len(clean) * len(attacked)))
