"""Tests of an operator: how often each sounds without an attack, and under one, beside the power that is printed.

Simulated by another way than the formulas take: honest sign-ups as a Poisson variable whose mean is a gamma variable,
every day judged by a baseline of its own; compositions and newcomers drawn person by person.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calibration import SEED, Calibration
from pollbench.manipulation.formulas import burst, detection

#: Honest sign-ups a day of a rating app, their variance by their mean, days of the baseline.
MEAN, SPREAD, BASELINE = 336.0, 8.0, 7
#: Shares of the first round of 2017, per cent; the third candidate is pushed.
FIELD = np.array([24.01, 21.30, 20.01, 19.58, 6.36, 8.74])
PUSHED, PERSONS = 2, 1500
#: False-positive rate of every test, and its normal quantile.
RATE, NORMAL = 0.01, 2.326
Floats = NDArray[np.float64]


def said(target: int = PUSHED) -> Floats:
    """What attackers say who are all for one candidate."""
    return np.where(np.arange(len(FIELD)) == target, 100.0, 0.0)


def sign_ups(rng: np.random.Generator, trials: int, days: int) -> Floats:
    """New accounts of honest days that vary more than a Poisson variable."""
    means = rng.gamma(MEAN / (SPREAD - 1), SPREAD - 1, (trials, days))
    return rng.poisson(means).astype(float)


def burst_sounds(accounts: float, looks: int, limit: float, trials: int, seed: int = SEED) -> float:
    """Part of the windows in which one of the days looked at sounds; accounts are made on the last one."""
    rng = np.random.default_rng(seed)
    sounded = np.zeros(trials, dtype=bool)
    for added in [0.0] * (looks - 1) + [accounts]:
        before = sign_ups(rng, trials, BASELINE).mean(axis=1)
        day = sign_ups(rng, trials, 1)[:, 0] + added
        sounded |= day - before > limit * np.sqrt(SPREAD * np.maximum(before, 1) * (1 + 1 / BASELINE))
    return float(sounded.mean())


def composition_sounds(
    attacking: float, trials: int, *, exact: bool, believed: bool, seed: int = SEED
) -> float:
    """Part of the samples that differ from their reference; ``believed``: a reference that is a sample is taken for exact."""
    from scipy.stats import chi2

    rng = np.random.default_rng(seed)
    honest = FIELD / FIELD.sum()
    drawn = rng.multinomial(PERSONS, (1 - attacking) * honest + attacking * said() / 100, trials)
    before = PERSONS * honest if exact else np.maximum(rng.multinomial(PERSONS, honest, trials), 1)
    spread = before if exact or believed else drawn + before
    statistic = ((drawn - before) ** 2 / spread).sum(axis=1)
    return float((statistic > chi2.isf(RATE, len(FIELD) - 1)).mean())


def newcomers_sound(
    attackers: int, supporters: int, others: int, share: float, trials: int, seed: int = SEED
) -> float:
    """Part of the cases in which the target's voters hold too many new accounts; attackers are all new."""
    rng = np.random.default_rng(seed)
    supporting = rng.binomial(supporters, share, trials) + attackers
    rest = rng.binomial(others, share, trials)
    pooled = (supporting + rest) / (supporters + attackers + others)
    error = np.sqrt(pooled * (1 - pooled) * (1 / (supporters + attackers) + 1 / others))
    return float(((supporting / (supporters + attackers) - rest / others) / error > NORMAL).mean())


def entropy_sounds(attacking: float, trials: int, seed: int = SEED) -> float:
    """Part of the samples whose entropy leaves the limit that clean ones leave in one case in a hundred; the fourth is pushed."""
    rng = np.random.default_rng(seed)
    honest = FIELD / FIELD.sum()

    def entropies(cells: Floats) -> Floats:
        shares = rng.multinomial(PERSONS, cells, trials) / PERSONS
        values: Floats = -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum(axis=1)
        return values

    limit = np.quantile(np.abs(entropies(honest) - entropies(honest)), 1 - RATE)
    attacked = (1 - attacking) * honest + attacking * said(3) / 100
    return float((np.abs(entropies(attacked) - entropies(honest)) > limit).mean())


def _row(
    claim: str, method: str, stated: float, measured: float, trials: int, *, used: bool = True
) -> Calibration:
    """A share beside the one that is stated, which may be off by a quarter of it, at most by two points."""
    reach = min(2.0, 0.25 * stated)
    return Calibration(claim, method, stated, measured, trials, used, stated - reach, stated + reach)


def calibrations(trials: int, seed: int = SEED) -> list[Calibration]:
    """Every test without an attack and under one that it notices about every other time."""
    draws = 50 * trials
    rows = []
    for looks in (1, 2):
        limit = burst.burst_threshold(burst.familywise(RATE, looks), MEAN, SPREAD, BASELINE)
        needed = burst.burst_needed(limit, MEAN, SPREAD, BASELINE)
        for accounts in (0.0, 150.0):
            stated = 100 * float(burst.burst_power(accounts, needed, looks=looks))
            measured = 100 * burst_sounds(accounts, looks, limit, draws, seed)
            rows.append(
                _row(
                    f"burst, {looks} days, {accounts:g} accounts", "simulated limit", stated, measured, draws
                )
            )
    measured = 100 * burst_sounds(0.0, 1, NORMAL, draws, seed)
    rows.append(_row("burst, 1 days, 0 accounts", "normal limit", 1, measured, draws, used=False))
    for attacking in (0.0, 0.07):
        for exact in (True, False):
            reference = np.inf if exact else PERSONS
            stated = 100 * float(
                detection.composition_power(FIELD, said(), np.array(attacking), PERSONS, RATE, reference)
            )
            measured = 100 * composition_sounds(attacking, draws, exact=exact, believed=False, seed=seed)
            kind = "exact reference" if exact else "against a sample"
            rows.append(_row(f"composition, {100 * attacking:g} % attackers", kind, stated, measured, draws))
    measured = 100 * composition_sounds(0.0, draws, exact=False, believed=True, seed=seed)
    rows.append(_row("composition, 0 % attackers", "sample taken for exact", 1, measured, draws, used=False))
    for attackers in (0, 20):
        stated = 100 * float(detection.new_account_power(np.array(float(attackers)), 760.0, 3240.0, 0.05))
        measured = 100 * newcomers_sound(attackers, 760, 3240, 0.05, draws, seed)
        rows.append(_row(f"new accounts, {attackers} attackers", "two proportions", stated, measured, draws))
    for attacking in (0.0, 0.2):
        power = detection.entropy_power(FIELD, said(3), np.array(attacking), PERSONS, RATE, draws, seed)
        measured = 100 * entropy_sounds(attacking, draws, seed + 1)
        rows.append(
            _row(
                f"entropy, {100 * attacking:g} % attackers",
                "simulated limit",
                100 * float(power),
                measured,
                draws,
            )
        )
    return rows
