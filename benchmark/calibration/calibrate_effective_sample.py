"""Effective sample size: whether its interval holds the size of the sample, and what the mean over polls says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration import SEED, Calibration
from pollbench.measures.effective_sample import effective_ratio_distribution, effective_sample_size

#: First round of 2017, per cent: Macron, Le Pen, Fillon, Mélenchon; the rest is one more cell.
RESULT = np.array([24.0091, 21.2970, 20.0059, 19.5814])
Floats = NDArray[np.float64]


def sizes(persons: int, trials: int, step: float, seed: int = SEED) -> Floats:
    """Effective sizes of random samples of so many persons, whose figures are printed to ``step`` points; 0: unrounded."""
    rng = np.random.default_rng(seed)
    cells = np.append(RESULT, 100 - RESULT.sum()) / 100
    printed = 100 * rng.multinomial(persons, cells, trials)[:, :-1] / persons
    printed = np.round(printed / step) * step if step else printed
    values: Floats = effective_sample_size(printed, RESULT)
    return values


def held(persons: int, trials: int, step: float, seed: int = SEED) -> float:
    """Part of the samples whose interval of 95 % holds their number of persons."""
    values = sizes(persons, trials, step, seed)
    low, high = np.quantile(effective_ratio_distribution(tuple(RESULT), seed=seed + 1), [0.025, 0.975])
    return float(((values / high <= persons) & (persons <= values / low)).mean())


def harmonic_mean(persons: int, trials: int, seed: int = SEED) -> float:
    """What the mean squared error of many samples is worth, as history pools polls, by the true number of persons."""
    return float(1 / np.mean(1 / sizes(persons, trials, 0.0, seed)) / persons)


def calibrations(trials: int, seed: int = SEED) -> list[Calibration]:
    """Samples of 300 and 1,000, unrounded and printed to half a point; the means of many."""
    draws = 50 * trials
    rows = []
    for persons in (300, 1000):
        for step in (0.0, 0.5):
            printed = f"printed to {step:g}" if step else "unrounded"
            claim = f"n_eff, {persons:,} persons, {printed}: interval holds n"
            share = 100 * held(persons, draws, step, seed)
            rows.append(Calibration(claim, "distribution of n_eff / n", 95, share, draws, True, 94, 96.5))
    for persons in (300, 1000):
        ratio = 100 * harmonic_mean(persons, draws, seed)
        claim = f"n_eff, {persons:,} persons: pooled, per cent of n"
        rows.append(Calibration(claim, "mean of 1 / n_eff", 100, ratio, draws, True, 98, 102))
        plain = 100 * float(np.mean(sizes(persons, draws, 0.0, seed))) / persons
        rows.append(Calibration(claim, "mean of n_eff", 100, plain, draws, False, 98, 102))
    return rows
