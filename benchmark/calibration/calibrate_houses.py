"""House effects: coverage of the intervals and false alarms of the family, for five kinds of standard errors.

Campaigns without house effects are drawn on the surveys of real ones: the same firms, days and sample sizes, a trend as
the polls had it, multinomial errors of all candidates at once, figures rounded to half a point. The firms' errors have the
variance of a random sample ("equal"), each firm one of its own ("unequal"), or one firm twice the standard error ("one noisy").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration import SEED, Calibration
from pollbench.campaign.house_effects import FEWEST_SURVEYS, terms
from pollbench.data.store import load
from pollbench.inference.contrasts import EXACT_FIT, contrasts
from pollbench.inference.multiplicity import FAMILY_LEVEL, holm
from pollbench.selection.figures import main_candidates, polls_of

Floats = NDArray[np.float64]
Noise = Literal["equal", "unequal", "one noisy"]
NOISES: tuple[Noise, ...] = ("equal", "unequal", "one noisy")
CONTESTS = ("fr-pres-2002-r1", "fr-pres-2012-r1", "fr-pres-2017-r1", "fr-pres-2017-r2", "fr-pres-2022-r1")
METHODS = ("classical", "clustered (HC1)", "HC3", "wild, restricted", "HC2, Bell-McCaffrey")
USED = "HC2, Bell-McCaffrey"
RESAMPLES = 199


@dataclass(frozen=True)
class Campaign:
    """The surveys of a campaign: house number, day, size, and expected shares in proportions (the rest included)."""

    houses: NDArray[np.int64]
    days: Floats
    sizes: NDArray[np.int64]
    cells: Floats


def campaign_of(bench: Any, contest_id: str) -> Campaign:
    """The surveys of the firms that have three or more, with the shares of a smooth trend."""
    polls = polls_of(bench, contest_id)
    surveys = polls.groupby("house")["survey"].nunique()
    polls = polls[polls["house"].isin(surveys[surveys >= FEWEST_SURVEYS].index)]
    candidates = main_candidates(polls, 5)
    keys = ["survey", "house"]
    shares = polls.pivot_table(index=keys, columns="candidate_id", values="share")[candidates].dropna()
    about = polls.assign(size=polls["n"].fillna(polls["n"].median())).groupby(keys)[["horizon_days", "size"]]
    about = about.mean().loc[shares.index]
    codes = pd.Categorical(shares.index.get_level_values("house")).codes.astype(int)
    days = -about["horizon_days"].to_numpy(dtype=float)
    design, _ = terms(days, codes)
    trend = design[:, : design.shape[1] - codes.max()]
    fitted = np.clip(trend @ np.linalg.lstsq(trend, shares.to_numpy(), rcond=None)[0], 0.3, 99.7) / 100
    cells = np.hstack([fitted, np.maximum(1 - fitted.sum(axis=1, keepdims=True), 0.0)])
    cells /= cells.sum(axis=1, keepdims=True)
    return Campaign(codes, days, about["size"].round().to_numpy(dtype=int), cells)


def small_campaign() -> Campaign:
    """Five firms with 3, 4, 6, 9 and 16 surveys over twelve weeks: little for some, as in every campaign."""
    counts = [3, 4, 6, 9, 16]
    houses = np.repeat(np.arange(5), counts)
    days = np.concatenate([np.linspace(0, 84, count) for count in counts]) + houses
    cells = np.tile([0.24, 0.21, 0.2, 0.2, 0.15], (len(houses), 1))
    return Campaign(houses, days, np.full(len(houses), 1000), cells)


def drawn(campaign: Campaign, noise: Noise, rng: np.random.Generator) -> Floats:
    """Printed shares of one campaign without house effects, shape (surveys, candidates)."""
    firms = int(campaign.houses.max()) + 1
    factor = np.ones(firms)
    if noise == "unequal":
        factor = np.exp(rng.uniform(np.log(0.4), np.log(2.5), firms))
    elif noise == "one noisy":
        factor[rng.integers(firms)] = 0.25
    sizes = np.maximum((campaign.sizes * factor[campaign.houses]).astype(int), 50)
    counts = rng.multinomial(sizes, campaign.cells)
    printed: Floats = np.round(200 * counts[:, :-1] / sizes[:, None]) / 2
    return printed


def p_values(
    method: str, response: Floats, design: Floats, combinations: Floats, rng: np.random.Generator
) -> Floats:
    """Two-sided p-values of no effect of each house, by one kind of standard errors."""
    from scipy.stats import t

    if method == USED:
        return contrasts(response, design, combinations).p_values()
    inverse = np.linalg.pinv(design)
    weights, hat = combinations @ inverse, design @ inverse
    count, freedom = len(response), len(response) - design.shape[1]
    residuals = response - hat @ response
    if method == "wild, restricted":
        return _wild(response, design, combinations, rng)
    if method == "classical":
        variance = (weights**2).sum(axis=1) * (residuals**2).sum() / freedom
    elif method == "HC3":
        leverage = np.diag(hat)
        free = leverage < EXACT_FIT
        variance = (weights[:, free] ** 2) @ (residuals[free] / (1 - leverage[free])) ** 2
    else:
        variance = (weights**2) @ residuals**2 * count / freedom
    return np.asarray(2 * t.sf(np.abs(weights @ response) / np.sqrt(variance), freedom))


def _wild(response: Floats, design: Floats, combinations: Floats, rng: np.random.Generator) -> Floats:
    """Wild bootstrap with the restriction of no effect of the house that is tested, signs by survey."""
    inverse = np.linalg.pinv(design)
    weights, away = combinations @ inverse, np.eye(len(response)) - design @ inverse
    estimates = []
    for combination, weight in zip(combinations, weights, strict=True):
        # The fit under the restriction that this combination of the terms is zero.
        space = np.linalg.svd(combination[None])[2][1:].T
        restricted = design @ space
        fitted = restricted @ np.linalg.lstsq(restricted, response, rcond=None)[0]
        signs = rng.choice([-1.0, 1.0], size=(RESAMPLES, len(response)))
        samples = np.vstack([response, fitted + signs * (response - fitted)])
        spread = np.sqrt((samples @ away.T) ** 2 @ weight**2)
        ratio = np.abs(samples @ weight) / spread
        estimates.append(((ratio[1:] >= ratio[0] - 1e-12).sum() + 1) / (RESAMPLES + 1))
    return np.array(estimates)


def measured(
    campaign: Campaign, noise: Noise, method: str, trials: int, seed: int = SEED
) -> tuple[Floats, float]:
    """Coverage of each house's 95 % interval and false alarms of the family after Holm, both 0 to 1.

    An interval covers an effect of zero where its test does not reject it.
    """
    rng = np.random.default_rng(seed)
    design, combinations = terms(campaign.days, campaign.houses)
    covered, alarms = [], 0
    for _ in range(trials):
        shares = drawn(campaign, noise, rng)
        family = [p_values(method, column, design, combinations, rng) for column in shares.T]
        covered.append(np.mean([p > FAMILY_LEVEL for p in family], axis=0))
        alarms += bool((holm(np.concatenate(family)) <= FAMILY_LEVEL).any())
    return np.mean(covered, axis=0), alarms / trials


def calibrations(trials: int, seed: int = SEED) -> list[Calibration]:
    """All campaigns, kinds of noise and methods; the slow bootstrap gets a tenth of the trials."""
    bench = load()
    rows = []
    for contest in CONTESTS:
        campaign = campaign_of(bench, contest)
        for noise in NOISES:
            for method in METHODS:
                number = max(trials // 10, 20) if method.startswith("wild") else trials
                coverage, alarms = measured(campaign, noise, method, number, seed)
                used = method == USED
                name = f"house effects, {contest}, {noise}"
                rows += [
                    Calibration(f"{name}: coverage, least", method, 95, 100 * coverage.min(), number, used, 92),
                    Calibration(f"{name}: coverage, mean", method, 95, 100 * coverage.mean(), number, used, 94, 98),
                    Calibration(f"{name}: false family alarm", method, 5, 100 * alarms, number, used, 0, 5),
                ]  # fmt: skip
    return rows
