"""Herding: how often random samples are called too close together, by one test and by the family."""

from __future__ import annotations

import numpy as np

from calibration import SEED, Calibration
from pollbench.campaign.herding import SINGLE_LEVEL, family_of, spread_against_sampling

#: Shares of five candidates, per cent.
SHARES = np.array([24.0, 21.3, 20.0, 19.6, 6.4])


def false_alarms(
    polls: int, trials: int, seed: int = SEED, draws: int = 1000
) -> tuple[float, float, float, float]:
    """Parts of single tests too close and too far, and of families too close and too far, of random samples."""
    rng = np.random.default_rng(seed)
    cells = np.append(SHARES, 100 - SHARES.sum()) / 100
    single, family = np.zeros(2), np.zeros(2)
    for trial in range(trials):
        counts = rng.multinomial(1000, cells, size=polls)[:, :-1]
        printed = np.round(counts / 5) / 2
        spread = spread_against_sampling(printed, np.full(polls, 1000), 0.5, draws=draws, seed=seed + trial)
        single += [(spread.closer <= SINGLE_LEVEL).mean(), (spread.further <= SINGLE_LEVEL).mean()]
        verdict = family_of({"one": spread}).iloc[-1]
        family += [verdict.p_closer <= SINGLE_LEVEL, verdict.p_further <= SINGLE_LEVEL]
    return (*(single / trials).tolist(), *(family / trials).tolist())


def calibrations(trials: int, seed: int = SEED) -> list[Calibration]:
    """Nine polls of one campaign."""
    number = max(trials, 100)
    names = ("one test: too close", "one test: too far apart", "family: too close", "family: too far apart")
    return [
        Calibration(f"random samples, {name}", "drawn together", 5, 100 * share, number, True, 0, 6)
        for name, share in zip(names, false_alarms(9, number, seed), strict=True)
    ]
