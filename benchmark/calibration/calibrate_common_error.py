"""The common error of polls: the estimate on average, for the true correlation, with few polls and few cells."""

from __future__ import annotations

import numpy as np

from calibration import SEED, Calibration
from pollbench.history.last_errors import common_share


def mean_estimate(correlation: float, polls: int, votes: int, seed: int = SEED, cells: int = 5) -> float:
    """Mean of the numerators over that of the denominators of the estimate, over many votes."""
    rng = np.random.default_rng(seed)
    together, alone = rng.normal(size=(votes, 1, cells)), rng.normal(size=(votes, polls, cells))
    errors = np.sqrt(correlation) * together + np.sqrt(1 - correlation) * alone
    return common_share(errors.transpose(1, 0, 2).reshape(polls, -1))


def biased(estimate: float, polls: int) -> float:
    """The share that contains 1/J of each poll's own error, for comparison."""
    return (estimate * (polls - 1) + 1) / polls


def calibrations(trials: int, seed: int = SEED) -> list[Calibration]:
    """Correlations of 0, 50 and 80 per cent with six and nine polls."""
    rows = []
    for correlation in (0.0, 0.5, 0.8):
        for polls in (6, 9):
            estimate = mean_estimate(correlation, polls, 10 * trials, seed)
            name = f"common error of {polls} polls"
            stated = 100 * correlation
            rows += [
                Calibration(name, "(J c - 1) / (J - 1)", stated, 100 * estimate, 10 * trials, True, stated - 2, stated + 2),
                Calibration(name, "c", stated, 100 * biased(estimate, polls), 10 * trials, False),
            ]  # fmt: skip
    return rows
