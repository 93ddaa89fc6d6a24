"""How surely an operator would notice a burst of new accounts: calibrated threshold, power, stealth budget.

Counts of accounts vary more than a Poisson variable; ``overdispersion`` is their variance divided by their mean.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.normal_form import require_numbers
from pollbench.randomness import SEED


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
    number: float = 1.0 - (1.0 - rate) ** (1.0 / looks)
    return number


def _burst_days(
    mean: float, overdispersion: float, baseline_days: int, replicates: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Excess of simulated honest days over the mean of the days before, and the scale it is judged on."""
    generator = np.random.default_rng(seed)
    before = _counts(generator, mean, overdispersion, (replicates, baseline_days)).mean(axis=1)
    day = _counts(generator, mean, overdispersion, (replicates,))
    return day - before, np.sqrt(overdispersion * np.maximum(before, 1.0) * (1.0 + 1.0 / baseline_days))


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
    excess, scale = _burst_days(mean, overdispersion, baseline_days, replicates, seed)
    values: np.ndarray = (excess + mass) / scale
    return values


def burst_threshold(
    rate: float,
    mean: float,
    overdispersion: float,
    baseline_days: int,
    replicates: int = 100_000,
    seed: int = SEED,
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


@cache
def burst_needed(
    threshold: float,
    mean: float,
    overdispersion: float,
    baseline_days: int,
    replicates: int = 100_000,
    seed: int = SEED,
) -> np.ndarray:
    """New accounts of an attack above which the burst test sounds, in every simulated day, sorted.

    .. math:: z^* \\sqrt{\\varphi \\bar x_b (1 + 1/b)} - (x - \\bar x_b)

    Below 0 where the test sounds without an attack. Parameters as for :func:`burst_threshold`; with the same seed
    the same days, so that the power without an attack is the calibrated false-positive rate.
    """
    excess, scale = _burst_days(mean, overdispersion, baseline_days, replicates, seed)
    needed = np.sort(threshold * scale - excess)
    needed.flags.writeable = False
    return needed


def burst_power(mass: Any, needed: np.ndarray, looks: int = 1, days: int = 1) -> Any:
    r"""Probability that a burst of new accounts is noticed on one of the days that an operator looks at.

    .. math:: 1 - (1 - P(M < m))^d (1 - P(M < 0))^{L - d}

    Never below its value without an attack, which is the false-positive rate of all looks together.

    Parameters
    ----------
    mass : new accounts on each day of the attack.
    needed : what :func:`burst_needed` returns: M, for one look.
    looks, days : days looked at, and those of them on which accounts are made.

    Examples
    --------
    >>> threshold = burst_threshold(0.01, 336.0, 8.0, 7)
    >>> burst_power(np.array([0.0, 150.0, 400.0]), burst_needed(threshold, 336.0, 8.0, 7)).round(2)
    array([0.01, 0.55, 1.  ])
    """
    (mass,) = require_numbers("burst_power", mass=mass)
    sounds, false = (
        np.searchsorted(needed, new_accounts, side="left") / len(needed) for new_accounts in (mass, 0.0)
    )
    return 1.0 - (1.0 - sounds) ** days * (1.0 - false) ** (looks - days)


def burst_stealth(needed: np.ndarray, looks: int = 1, days: int = 1) -> float:
    """New accounts a day that are noticed every other time: the stealth budget; parameters as for :func:`burst_power`.

    Examples
    --------
    >>> threshold = burst_threshold(0.01, 336.0, 8.0, 7)
    >>> round(burst_stealth(burst_needed(threshold, 336.0, 8.0, 7)))
    143
    """
    false = np.searchsorted(needed, 0.0, side="left") / len(needed)
    level = 1.0 - (0.5 / (1.0 - false) ** (looks - days)) ** (1.0 / days)
    return float(max(0.0, np.quantile(needed, min(1.0, max(0.0, level)))))
