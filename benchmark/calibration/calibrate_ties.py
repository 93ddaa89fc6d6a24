"""Ties: how often equally good forecasters are called different, on one vote and over several contests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration import SEED, Calibration
from pollbench.inference.fields import FIELD_LEVEL, behind_best
from pollbench.inference.ties import difference_range, range_behind_best
from pollbench.measures.point import mae

Floats = NDArray[np.float64]
#: First round of 2017, per cent of 36,054,394 valid votes: Macron, Le Pen, Fillon, Mélenchon.
RESULT = 100 * np.array([8656346, 7678491, 7212995, 7059951]) / 36054394
#: Effective sample of earlier elections, polls and others of that vote.
N_EFF, POLLS, OTHERS = 290, 12, 5
SIMULTANEOUS, PAIRWISE = "furthest behind the best", "two named beforehand"


def equals(common: float, draws: int, seed: int = SEED) -> Floats:
    """Errors of equally good forecasters, polls first; by normal errors with the covariance of a random sample."""
    rng = np.random.default_rng(seed)
    cells = RESULT / 100
    covariance = (np.diag(cells) - np.outer(cells, cells)) / N_EFF
    error = 100 * rng.multivariate_normal(np.zeros(4), covariance, size=(1 + POLLS + OTHERS, draws))
    polls = np.sqrt(common) * error[0] + np.sqrt(1 - common) * error[1 : 1 + POLLS]
    return np.asarray(np.abs(np.concatenate([polls, error[1 + POLLS :]])).mean(axis=-1))


def beyond_the_best(common: float, method: str, draws: int, seed: int = SEED) -> float:
    """Part of the votes in which some forecaster lies beyond the range behind the best."""
    scores = equals(common, draws, seed)
    polls = np.array([True] * POLLS + [False] * OTHERS)
    if method == SIMULTANEOUS:
        reach: Floats | float = range_behind_best(mae, RESULT, N_EFF, polls.tolist(), common=common)
    else:
        within = difference_range(mae, RESULT, N_EFF, common=common)
        across = difference_range(mae, RESULT, N_EFF, common=0.0)
        reach = np.where(polls[:, None] & polls[scores.argmin(axis=0)], within, across)
    return float((scores - scores.min(axis=0) > reach).any(axis=0).mean())


def boards_of_equals(
    houses: int, contests: int, missing: int, trials: int, seed: int = SEED, permutations: int = 400
) -> float:
    """Part of boards over several contests in which an equally good house is called worse than the best."""
    rng = np.random.default_rng(seed)
    called = 0
    for trial in range(trials):
        spread = rng.uniform(0.5, 2, (contests, 1))
        scores = rng.uniform(0, 5, (contests, 1)) + spread * rng.normal(size=(contests, houses))
        for house in range(houses):
            absent = rng.choice(contests, rng.integers(0, missing + 1), replace=False)
            scores[absent, house] = np.nan
        p_values = behind_best(scores, permutations=permutations, seed=trial)
        called += bool(np.nanmin(p_values) <= FIELD_LEVEL)
    return called / trials


def calibrations(trials: int, seed: int = SEED) -> list[Calibration]:
    """Both methods on one vote, and boards of six and ten houses."""
    rows = []
    draws = 20 * trials
    for common in (0.0, 0.75):
        for method in (SIMULTANEOUS, PAIRWISE):
            share = 100 * beyond_the_best(common, method, draws, seed)
            name = f"17 equals, common error {common:g}: one beyond the best"
            rows.append(Calibration(name, method, 5, share, draws, method == SIMULTANEOUS, 4.5, 5.5))
    for houses, contests, missing in ((6, 9, 0), (10, 8, 0), (6, 9, 3)):
        share = 100 * boards_of_equals(houses, contests, missing, 2 * trials, seed)
        name = f"{houses} equal houses, {contests} contests, up to {missing} missed: one worse"
        rows.append(Calibration(name, "permuted within contests", 5, share, 2 * trials, True, 4, 5.5))
    return rows
