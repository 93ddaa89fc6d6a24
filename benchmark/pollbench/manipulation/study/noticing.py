"""Tests by which an operator would notice an attack, and how surely each sounds. A mechanism names those it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from pollbench.manipulation.formulas import burst, detection
from pollbench.manipulation.formulas.draws import generator_for
from pollbench.manipulation.model import Attack
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.cost_model import PER_CENT, Effort
from pollbench.manipulation.study.shift import voices
from pollbench.manipulation.timing import days_of_sign_up

#: Days over which the burst test takes its mean: a week holds every day of the week once.
BASELINE_DAYS = 7
#: Days for which an account counts as new in the test of new accounts: a month.
NEW_DAYS = 30
#: Replicates of the simulated tests: the standard error of a power is at most 0.016.
REPLICATES = 1000
#: Power at which an attack is as often noticed as not: the stealth budget.
STEALTH = 0.5


@dataclass(frozen=True)
class Watched:
    """What a test looks at: a figure under a threat model, its target, and what attackers say of all candidates."""

    effort: Effort
    target: int
    voice: np.ndarray
    assumptions: Assumptions
    seed: int

    def value(self, name: str) -> float:
        """The central value of an assumption; NaN where it is not known."""
        figure = self.effort.figure
        parameter = self.assumptions.find(name, figure.forecaster_id, figure.mechanism, figure.election_id)
        return np.nan if parameter is None else parameter.value

    @property
    def rate(self) -> float:
        """False-positive rate of a test over all that it looks at."""
        return self.effort.model.false_positive_rate


@dataclass(frozen=True)
class OperatorTest:
    """A test ready to be asked.

    Attributes
    ----------
    power : (mass in per cent of the base, accounts) -> probability that it sounds; arrays.
    area : (mass in per cent of the base, accounts) -> area under the ROC curve; None where none is computed.
    threshold : calibrated by simulation; NaN where it is that of a distribution.
    stealth : () -> mass in per cent of the base that is noticed every other time; NaN where none is known.
    counts_accounts : whether it needs the number of accounts.
    """

    power: Callable[[np.ndarray, np.ndarray], np.ndarray]
    area: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    threshold: float = np.nan
    stealth: Callable[[], float] = lambda: np.nan
    counts_accounts: bool = False


def _burst(watched: Watched) -> OperatorTest | None:
    """New accounts of a day, on every day that the operator looks at: those of the window and of the sign-up."""
    effort, seed = watched.effort, watched.seed
    mean, spread = watched.value("inflow_day"), watched.value("inflow_overdispersion")
    if not np.isfinite([mean, spread]).all():
        return None
    days = days_of_sign_up(effort.model.timing, effort.days, effort.model.lead_days)
    looks = max(effort.figure.window_days, days)
    threshold = _threshold(burst.familywise(watched.rate, looks), mean, spread, seed)
    needed = burst.burst_needed(threshold, mean, spread, BASELINE_DAYS, seed=seed)

    def power(mass: np.ndarray, accounts: np.ndarray) -> np.ndarray:
        del mass
        values: np.ndarray = burst.burst_power(accounts / days, needed, looks, days)
        return values

    def area(mass: np.ndarray, accounts: np.ndarray) -> np.ndarray:
        del mass
        clean = np.sort(burst.burst_scores(0.0, mean, spread, BASELINE_DAYS, REPLICATES, seed + 1))
        scores = [
            burst.burst_scores(number / days, mean, spread, BASELINE_DAYS, REPLICATES, seed + 2)
            for number in accounts
        ]
        return np.array([detection.area_under_curve(clean, attacked) for attacked in scores])

    def stealth() -> float:
        number = burst.burst_stealth(needed, looks, days) * days
        return float(effort.mass_pct(np.array(number), "accounts"))

    return OperatorTest(power, area, threshold, stealth, counts_accounts=True)


@cache
def _threshold(rate: float, mean: float, overdispersion: float, seed: int) -> float:
    return burst.burst_threshold(rate, mean, overdispersion, BASELINE_DAYS, seed=seed)


def _new_accounts(watched: Watched) -> OperatorTest | None:
    """Part of new accounts among those who are for the target, against the others."""
    effort = watched.effort
    inflow, users, base = watched.value("inflow_day"), watched.value("registered_users"), effort.base()
    if not np.isfinite([inflow, users, base]).all():
        return None
    share = float(effort.figure.figures[watched.target]) / 100.0
    new_share = min(1.0, inflow * NEW_DAYS / users)
    if not 0.0 < share < 1.0:
        return None

    def power(mass: np.ndarray, accounts: np.ndarray) -> np.ndarray:
        del mass
        values: np.ndarray = detection.new_account_power(
            accounts, base * share, base * (1.0 - share), new_share, watched.rate
        )
        return values

    def power_at(mass: float) -> float:
        return float(power(np.array(mass), effort.accounts(np.array(mass), "mass_pct")))

    return OperatorTest(power, stealth=lambda: _stealth(power_at), counts_accounts=True)


def _field(watched: Watched) -> tuple[np.ndarray, np.ndarray, int] | None:
    """Shares of those who have one, what attackers say of them, and the size of the sample."""
    figure = watched.effort.figure
    said = watched.effort.form.clarity * watched.voice
    if (
        figure.persons is None
        or np.isnan(said).any()
        or said.sum() <= 0
        or figure.figures[watched.target] <= 0
    ):
        return None
    present = figure.figures > 0
    if (said[~present] > 0).any():
        return None
    return figure.figures[present], said[present], figure.persons


def _composition(watched: Watched) -> OperatorTest | None:
    """Chi-square test of homogeneity of the shares against the operator's sample before, of the same size."""
    field = _field(watched)
    if field is None:
        return None
    shares, said, size = field
    mixing = watched.effort.form.mixing

    def power(mass: np.ndarray, accounts: np.ndarray) -> np.ndarray:
        del accounts
        contamination = mixing.fraction(mass, PER_CENT)
        values: np.ndarray = detection.composition_power(
            shares, said, contamination, size, watched.rate, reference=size
        )
        return values

    def area(mass: np.ndarray, accounts: np.ndarray) -> np.ndarray:
        del accounts
        figure = watched.effort.figure
        generator = generator_for(watched.seed, f"{figure.forecast_id}/{watched.target}/composition")
        fraction, attacked = shares / shares.sum(), said / said.sum()

        def statistic(contamination: float) -> np.ndarray:
            before = generator.multinomial(size, fraction, REPLICATES)
            drawn = generator.multinomial(
                size, (1.0 - contamination) * fraction + contamination * attacked, REPLICATES
            )
            values: np.ndarray = ((drawn - before) ** 2 / np.maximum(drawn + before, 1)).sum(axis=1)
            return values

        clean = np.sort(statistic(0.0))
        parts = mixing.fraction(mass, PER_CENT)
        return np.array(
            [detection.area_under_curve(clean, statistic(float(contamination))) for contamination in parts]
        )

    def power_at(mass: float) -> float:
        return float(power(np.array(mass), np.array(np.nan)))

    return OperatorTest(power, area, stealth=lambda: _stealth(power_at))


def _entropy(watched: Watched) -> OperatorTest | None:
    """Entropy of the shares against the operator's sample before: shown to be nearly blind."""
    field = _field(watched)
    if field is None:
        return None
    shares, said, size = field

    def power(mass: np.ndarray, accounts: np.ndarray) -> np.ndarray:
        del accounts
        contamination = watched.effort.form.mixing.fraction(mass, PER_CENT)
        values: np.ndarray = detection.entropy_power(
            shares, said, contamination, size, watched.rate, REPLICATES, watched.seed
        )
        return values

    return OperatorTest(power)


#: Tests, by the name under which mechanisms and threat models list them.
TESTS: dict[str, Callable[[Watched], OperatorTest | None]] = {
    "burst": _burst,
    "new_accounts": _new_accounts,
    "composition": _composition,
    "entropy": _entropy,
}


def _stealth(power: Callable[[float], float]) -> float:
    """Mass in per cent of the base whose power is :data:`STEALTH`, by bisection; power grows with the mass."""
    low, high = 0.0, 1000.0
    if not power(high) >= STEALTH:
        return np.nan
    # Fifty halvings exhaust the digits that matter.
    for _ in range(50):
        middle = (low + high) / 2.0
        low, high = (middle, high) if power(middle) < STEALTH else (low, middle)
    return high


def noticed(
    effort: Effort,
    targets: np.ndarray,
    mass_pct: np.ndarray,
    accounts: np.ndarray,
    attack: Attack,
    assumptions: Assumptions,
    seed: int,
) -> np.ndarray:
    """Power of the surest of the tests that both the threat model and the mechanism name.

    NaN where there is no such test, or its parameters are not known.

    ``targets``: array (T,) of columns; ``mass_pct``: array (B,) or (T, B). Returns an array (T, B).
    """
    rows = np.broadcast_to(mass_pct, (len(targets), np.shape(mass_pct)[-1]))
    power = np.full(rows.shape, np.nan)
    names = [name for name in effort.figure.mechanism.tests if name in effort.model.tests]
    if not names or not np.isfinite(rows).all():
        return power
    for index, (target, voice) in enumerate(zip(targets, voices(effort, targets, attack), strict=True)):
        watched = Watched(effort, int(target), voice, assumptions, seed)
        tests = [test for name in names if (test := TESTS[name](watched)) is not None]
        for test in tests:
            if np.isfinite(accounts).all() or not test.counts_accounts:
                power[index] = np.fmax(power[index], test.power(rows[index], accounts))
    return power
