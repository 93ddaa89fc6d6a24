"""How surely an operator would notice an odd composition: tests, power, stealth budget, area under the curve.

All tests are at a stated false-positive rate; those of the inflow of accounts are in :mod:`.burst`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.normal_form import require_numbers, require_shares
from pollbench.randomness import SEED


def composition_power(
    shares: Any, voice: Any, contamination: Any, records: float, rate: float = 0.01, reference: float = np.inf
) -> Any:
    r"""Power of the chi-square test of the composition against a reference mix.

    .. math:: \lambda = \frac{N e^2}{1 + N / N_0} \sum_c \frac{(a_c - p_c)^2}{\bar p_c}, \quad
        \bar p = p + \frac{N}{N + N_0} e (a - p)

    For a push against a reference that is known without error :math:`N e^2 (1/p_t - 1)`. A reference that is itself a
    sample of N_0 records adds its own variance: the test is then the one of homogeneity of two samples. Treated as
    exact, a reference of the same size makes it sound in 37 of 100 clean cases instead of 1 (eleven cells).

    Parameters
    ----------
    shares, voice : arrays (cells,): the reference mix and what attackers say. Where there is only one cell, nothing
        can shift, and the test sounds as often as its false-positive rate.
    contamination : from 0 to 1, array of any shape.
    records : records in the test.
    rate : false-positive rate.
    reference : records behind the reference; infinite for one that is known without error.

    Raises
    ------
    DomainError : attackers name a candidate whose share in an exact reference is 0: there is no such test.

    Examples
    --------
    >>> field, said = np.array([18.0, 25.0, 22.0, 20.0, 9.0, 6.0]), np.array([100.0, 0, 0, 0, 0, 0])
    >>> composition_power(field, said, np.array([0.0, 0.05]), 1500).round(2)
    array([0.01, 0.77])
    >>> composition_power(field, said, np.array([0.0, 0.05]), 1500, reference=1500).round(2)
    array([0.01, 0.32])
    """
    from scipy.stats import chi2, ncx2

    (shares,) = require_shares("composition_power", shares=shares)
    voice, contamination = require_numbers("composition_power", voice=voice, contamination=contamination)
    honest, said = shares / shares.sum(), voice / voice.sum()
    if len(honest) < 2:
        return np.full(contamination.shape, rate)
    weight = 0.0 if np.isinf(reference) else records / (records + reference)
    pooled = honest + weight * contamination[..., None] * (said - honest)
    if ((pooled <= 0) & (said > 0) & (contamination[..., None] > 0)).any():
        message = "composition_power: a candidate with a share of 0 in the reference has no chi-square test."
        raise DomainError(message)
    distance = np.divide((said - honest) ** 2, pooled, out=np.zeros(pooled.shape), where=pooled > 0)
    centre = records * contamination**2 * distance.sum(axis=-1) / (1.0 + records / reference)
    limit = chi2.isf(rate, len(honest) - 1)
    return np.where(centre > 0, ncx2.sf(limit, len(honest) - 1, np.maximum(centre, 1e-300)), rate)


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
    supporting = (supporters * new_share + new) / total
    pooled = (supporters * new_share + new + others * new_share) / (total + others)
    under_null = np.sqrt(pooled * (1.0 - pooled) * (1.0 / total + 1.0 / others))
    actual = np.sqrt(new_share * (1.0 - new_share) * (supporters / total**2 + 1.0 / others))
    return norm.sf((norm.isf(rate) * under_null - (supporting - new_share)) / actual)


def entropy_power(
    shares: Any,
    voice: Any,
    contamination: Any,
    records: int,
    rate: float = 0.01,
    replicates: int = 4000,
    seed: int = SEED,
) -> Any:
    """Power of a two-sided test of the entropy against an earlier sample of the same size, by simulation.

    The threshold is calibrated, so that the test sounds without an attack as often as its false-positive rate.

    Parameters
    ----------
    shares : the field, adding up to 100.
    voice : array like the field, what attackers say, adding up to 100.
    contamination : array of any shape, from 0 to 1.
    records, rate, replicates, seed : as for the other tests.

    Examples
    --------
    >>> field = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])
    >>> said = np.array([0.0, 0.0, 0.0, 100.0, 0.0, 0.0])
    >>> blind = entropy_power(field, said, 0.05, 1500)
    >>> bool(blind < 0.1 < composition_power(field, said, 0.05, 1500, reference=1500))
    True
    """
    (shares,) = require_shares("entropy_power", shares=shares)
    (contamination,) = require_numbers("entropy_power", contamination=contamination)
    honest = shares / shares.sum()
    generator = np.random.default_rng(seed)

    # What a candidate drawn so many times adds to the entropy: a table of n + 1 logarithms instead of
    # one a candidate and replicate.
    drawn = np.arange(records + 1) / records
    terms = drawn * np.log(np.where(drawn > 0, drawn, 1.0))

    def entropies(fraction: np.ndarray) -> np.ndarray:
        values: np.ndarray = -terms[generator.multinomial(records, fraction, replicates)].sum(axis=1)
        return values

    before = entropies(honest)
    threshold = np.quantile(np.abs(entropies(honest) - before), 1.0 - rate)
    said = np.asarray(voice, dtype=float) / np.sum(voice)
    power = np.empty(contamination.shape)
    for index in np.ndindex(contamination.shape):
        attacked = (1.0 - contamination[index]) * honest + contamination[index] * said
        power[index] = (np.abs(entropies(attacked) - before) > threshold).mean()
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
