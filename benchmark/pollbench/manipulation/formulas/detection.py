"""How surely an operator would notice: tests, calibrated thresholds, power, stealth budget.

All tests are one-sided at a stated false-positive rate. Counts of accounts vary more than a Poisson
variable; ``overdispersion`` is their variance divided by their mean.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.model import require_numbers, require_shares


def _counts(
    generator: np.random.Generator, mean: float, overdispersion: float, size: tuple[int, ...]
) -> np.ndarray:
    if overdispersion <= 1.0:
        return generator.poisson(mean, size).astype(float)
    number = mean / (overdispersion - 1.0)
    return generator.negative_binomial(number, 1.0 / overdispersion, size).astype(float)


def familywise(rate: float, looks: int) -> float:
    """False-positive rate of one look so that all looks together keep the given rate.

    Examples
    --------
    >>> round(familywise(0.01, 7), 5)
    0.00143
    """
    if not 0.0 < rate < 1.0 or looks < 1:
        message = "familywise: a rate between 0 and 1 and at least one look."
        raise DomainError(message)
    return 1.0 - (1.0 - rate) ** (1.0 / looks)


def burst_scores(
    mass: float, mean: float, overdispersion: float, baseline_days: int, replicates: int, seed: int
) -> np.ndarray:
    """Simulated scores of the burst test: the day's excess over the mean of the days before.

    .. math:: z = (x - \\bar x_b) / \\sqrt{\\varphi \\bar x_b (1 + 1/b)}

    Parameters
    ----------
    mass : accounts that the attack adds on the day.
    mean, overdispersion : of the honest inflow a day.
    baseline_days : days that the mean is taken over.
    """
    generator = np.random.default_rng(seed)
    before = _counts(generator, mean, overdispersion, (replicates, baseline_days)).mean(axis=1)
    day = _counts(generator, mean, overdispersion, (replicates,)) + mass
    scale = np.sqrt(overdispersion * np.maximum(before, 1.0) * (1.0 + 1.0 / baseline_days))
    return (day - before) / scale


def burst_threshold(
    rate: float,
    mean: float,
    overdispersion: float,
    baseline_days: int,
    replicates: int = 100_000,
    seed: int = 20170423,
) -> float:
    """Threshold of the burst test that truly has the false-positive rate, by simulation.

    The normal threshold is too low: counts are skewed and the baseline is estimated.

    Examples
    --------
    >>> burst_threshold(0.01, 336.0, 8.0, 7) > 2.33
    True
    """
    scores = burst_scores(0.0, mean, overdispersion, baseline_days, replicates, seed)
    return float(np.quantile(scores, 1.0 - rate))


def _burst_scale(mean: Any, overdispersion: Any, baseline_days: Any) -> Any:
    mean, overdispersion, baseline_days = require_numbers(
        "burst", mean=mean, overdispersion=overdispersion, baseline_days=baseline_days
    )
    return np.sqrt(overdispersion * mean * (1.0 + 1.0 / baseline_days))


def burst_power(mass: Any, mean: Any, overdispersion: Any, baseline_days: Any, threshold: float) -> Any:
    r"""Probability that a burst of new accounts is noticed.

    .. math:: \bar\Phi\left( z^* - m / \sqrt{\varphi \mu (1 + 1/b)} \right)

    Examples
    --------
    >>> burst_power(np.array([0.0, 150.0, 400.0]), 336.0, 8.0, 7, 2.33).round(2)
    array([0.01, 0.65, 1.  ])
    """
    from scipy.stats import norm

    (mass,) = require_numbers("burst_power", mass=mass)
    return norm.sf(threshold - mass / _burst_scale(mean, overdispersion, baseline_days))


def burst_stealth(mean: Any, overdispersion: Any, baseline_days: Any, threshold: float) -> Any:
    r"""New accounts a day that are noticed every other time: the stealth budget.

    .. math:: m = z^* \sqrt{\varphi \mu (1 + 1/b)}

    Examples
    --------
    >>> round(float(burst_stealth(336.0, 8.0, 7, 2.5)))
    139
    """
    return threshold * _burst_scale(mean, overdispersion, baseline_days)


def composition_power(
    share: Any, part: Any, records: Any, cells: int, rate: float = 0.01, overdispersion: float = 1.0
) -> Any:
    r"""Power of the chi-square test of the composition against a reference mix.

    .. math:: \lambda = N e^2 (1/p - 1) / \varphi

    Parameters
    ----------
    share : figure of the target in the reference, per cent.
    part : contamination, from 0 to 1.
    records : records in the test.
    cells : number of candidates with the others (degrees of freedom plus one); where there is only one,
        nothing can shift, and the test sounds as often as its false-positive rate.
    rate, overdispersion : false-positive rate, variance over multinomial variance.

    Examples
    --------
    >>> composition_power(18.0, np.array([0.0, 0.05]), 1500, 6).round(2)
    array([0.01, 0.77])
    """
    from scipy.stats import chi2, ncx2

    (share,) = require_shares("composition_power", share=share)
    part, records = require_numbers("composition_power", part=part, records=records)
    fraction = share / 100.0
    if (fraction <= 0).any():
        message = "composition_power: a candidate with a share of 0 in the reference has no chi-square test."
        raise DomainError(message)
    centre = records * part**2 * (1.0 / fraction - 1.0) / overdispersion
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
    share: Any, records: Any, cells: int, rate: float = 0.01, overdispersion: float = 1.0
) -> Any:
    r"""Contamination that the chi-square test notices every other time: its stealth budget.

    .. math:: e = \sqrt{\frac{\lambda_{1/2}\, \varphi}{N (1/p - 1)}}

    A number from 0 to 1 (1 where even that is noticed less often). Parameters as for :func:`composition_power`.

    Examples
    --------
    >>> part = composition_stealth(18.0, 1500, 6)
    >>> round(float(part), 4), round(float(composition_power(18.0, part, 1500, 6)), 4)
    (0.0402, 0.5)
    """
    (share,) = require_shares("composition_stealth", share=share)
    (records,) = require_numbers("composition_stealth", records=records)
    if cells < 2:
        return np.ones(np.shape(records))
    centre = _even_centre(cells - 1, rate)
    return np.minimum(1.0, np.sqrt(centre * overdispersion / (records * (100.0 / share - 1.0))))


def new_account_power(
    attackers: Any, supporters: float, others: float, new_share: float, rate: float = 0.01
) -> Any:
    """Power of the test that the target's voters hold more new accounts than the others do.

    A two-proportion z test; all attackers are new.

    Parameters
    ----------
    attackers : new accounts among the target's voters.
    supporters, others : honest voters of the target and of all others.
    new_share : part of honest accounts that are new, from 0 to 1.

    Examples
    --------
    >>> new_account_power(np.array([0.0, 60.0]), 800.0, 3200.0, 0.02).round(2)
    array([0.01, 1.  ])
    """
    from scipy.stats import norm

    (new,) = require_numbers("new_account_power", attackers=attackers)
    total = supporters + new
    own = (supporters * new_share + new) / total
    pooled = (supporters * new_share + new + others * new_share) / (total + others)
    under_null = np.sqrt(pooled * (1.0 - pooled) * (1.0 / total + 1.0 / others))
    actual = np.sqrt(own * (1.0 - own) / total + new_share * (1.0 - new_share) / others)
    return norm.sf((norm.isf(rate) * under_null - (own - new_share)) / actual)


def entropy_slope(shares: Any, target: int) -> float:
    r"""Change of the entropy of the shares with the contamination of a push: where it is 0 the test is blind.

    .. math:: dH/de = -\ln p_t - H

    Nats. Zero for a target whose share is exp(-H).

    Examples
    --------
    >>> entropy_slope(np.array([25.0, 25.0, 25.0, 25.0]), 0)
    0.0
    """
    (shares,) = require_shares("entropy_slope", shares=shares)
    fraction = shares / shares.sum()
    present = fraction[fraction > 0]
    return float(-np.log(fraction[target]) + (present * np.log(present)).sum())


def entropy_blind_share(shares: Any) -> float:
    """Share, in per cent, at which a push leaves the entropy of these shares unchanged: 100 exp(-H).

    Examples
    --------
    The first round of 2017 in six cells, the others together: right at the level of Fillon and Mélenchon.

    >>> round(entropy_blind_share(np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])))
    18
    """
    (shares,) = require_shares("entropy_blind_share", shares=shares)
    fraction = shares / shares.sum()
    present = fraction[fraction > 0]
    return float(100.0 * np.exp((present * np.log(present)).sum()))


def entropy_power(
    shares: Any,
    target: int,
    part: Any,
    records: int,
    rate: float = 0.01,
    replicates: int = 4000,
    seed: int = 20170423,
) -> Any:
    """Power of a two-sided test of the entropy, by simulation with a calibrated threshold.

    Parameters
    ----------
    shares : the field, adding up to 100.
    target : who is pushed.
    part : array of any shape, contamination from 0 to 1.
    records, rate, replicates, seed : as for the other tests.

    Examples
    --------
    >>> field = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])
    >>> blind = entropy_power(field, 3, 0.05, 1500)
    >>> bool(blind < 0.1 < composition_power(19.58, 0.05, 1500, 6))
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

    clean = entropies(honest)
    middle = clean.mean()
    threshold = np.quantile(np.abs(clean - middle), 1.0 - rate)
    power = np.empty(part.shape)
    for place in np.ndindex(part.shape):
        attacked = (1.0 - part[place]) * honest
        attacked[target] += part[place]
        power[place] = (np.abs(entropies(attacked) - middle) > threshold).mean()
    return power
