"""How surely the tests of an operator would notice a push."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import memo_table
from pollbench.manipulation.formulas import closed_forms as closed
from pollbench.manipulation.formulas import detection
from pollbench.manipulation.formulas.areas import area_under_curve
from pollbench.manipulation.formulas.draws import generator_for
from pollbench.manipulation.model import contamination, mass_at
from pollbench.manipulation.study.assumptions import Assumptions
from pollbench.manipulation.study.attackable import AttackedFigure, attacked_figures
from pollbench.manipulation.study.cost_model import Effort
from pollbench.manipulation.study.defence_table import BUDGETS
from pollbench.manipulation.study.honest_sample import BASELINE_DAYS
from pollbench.manipulation.study.threat_models import default_model

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Days for which an account counts as new in the test of new accounts: a month.
NEW_DAYS = 30
#: Replicates of the simulated tests: the standard error of a power is at most 0.016.
REPLICATES = 1000
#: Power at which an attack is as often noticed as not: the stealth budget.
STEALTH = 0.5
RATE = 0.01

DETECTION_COLUMNS = [
    "contest_id",
    "forecaster_id",
    "mechanism",
    "target",
    "threat_model_id",
    "test",
    "false_positive_rate",
    "mass_pct",
    "accounts",
    "shift_pp",
    "power",
    "auc",
    "threshold",
    "stealth_mass_pct",
    "stealth_shift_pp",
    "params_id",
    "seed",
]


@memo_table
def detection_table(
    bench: Bench, seed: int = 20170423, assume: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """How surely each test of an operator would notice a push, at a false-positive rate of 1 per cent.

    Tests: "burst" (new accounts of a day) and "new_accounts" (among the target's voters) for a rating app;
    "composition" (chi-square) and "entropy" (shown to be blind near a share of exp(-H)) for polls.

    Returns
    -------
    DataFrame(contest_id, forecaster_id, mechanism, target, threat_model_id, test, false_positive_rate, mass_pct,
    accounts, shift_pp, power (0 to 1), auc (area under the ROC curve; burst and composition), threshold (calibrated by
    simulation; burst), stealth_mass_pct, stealth_shift_pp (noticed every other time), params_id, seed).
    """
    import pandas as pd

    assumptions = Assumptions(bench, assume)
    model = default_model("push")
    rows: list[dict[str, Any]] = []
    for figure in attacked_figures(bench)[0]:
        effort = Effort.of(figure, model, assumptions)
        for target in figure.targets:
            if figure.mechanism.name == "daily_rating":
                found = _rating_tests(figure, effort, target, assumptions, seed)
            elif figure.mechanism.fixed_size and figure.persons is not None:
                found = _sample_tests(figure, target, seed)
            else:
                continue
            share = float(figure.figures[figure.position(target)])
            shifts = closed.push_shift(share, np.array(BUDGETS), 100.0)
            accounts = effort.accounts(np.array(BUDGETS), "mass_pct")
            for test, (power, area, threshold, stealth) in found.items():
                rows += [
                    {
                        "contest_id": figure.contest_id,
                        "forecaster_id": figure.forecaster_id,
                        "mechanism": figure.mechanism.name,
                        "target": target,
                        "threat_model_id": model.threat_model_id,
                        "test": test,
                        "false_positive_rate": RATE,
                        "mass_pct": budget,
                        "accounts": float(accounts[step]),
                        "shift_pp": float(shifts[step]),
                        "power": float(power[step]),
                        "auc": float(area[step]),
                        "threshold": threshold,
                        "stealth_mass_pct": stealth,
                        "stealth_shift_pp": float(closed.push_shift(share, stealth, 100.0))
                        if np.isfinite(stealth)
                        else np.nan,
                        "params_id": effort.params_id,
                        "seed": seed,
                    }
                    for step, budget in enumerate(BUDGETS)
                ]
    return pd.DataFrame(rows, columns=DETECTION_COLUMNS)


Found = tuple[Any, Any, float, float]


def _rating_tests(
    figure: AttackedFigure, effort: Effort, target: str, assumptions: Assumptions, seed: int
) -> dict[str, Found]:
    """Burst of the inflow and share of new accounts; nothing where the inflow is not known."""

    def value(name: str) -> float:
        found = assumptions.find(name, figure.forecaster_id, figure.mechanism.name)
        return np.nan if found is None else found.value

    inflow, spread, users, base = (
        value("inflow_day"),
        value("inflow_overdispersion"),
        value("registered_users"),
        effort.base(),
    )
    if not np.isfinite([inflow, spread, users, base]).all():
        return {}
    accounts = effort.accounts(np.array(BUDGETS), "mass_pct")
    threshold = detection.burst_threshold(RATE, inflow, spread, BASELINE_DAYS, seed=seed)
    clean = np.sort(detection.burst_scores(0.0, inflow, spread, BASELINE_DAYS, REPLICATES, seed + 1))
    areas = [
        area_under_curve(
            clean, detection.burst_scores(each, inflow, spread, BASELINE_DAYS, REPLICATES, seed + 2)
        )
        for each in accounts
    ]
    stealth = float(detection.burst_stealth(inflow, spread, BASELINE_DAYS, threshold))
    share = float(figure.figures[figure.position(target)]) / 100.0
    new_share = min(1.0, inflow * NEW_DAYS / users)

    def new_power(number: Any) -> Any:
        return detection.new_account_power(number, base * share, base * (1.0 - share), new_share, RATE)

    return {
        "burst": (
            detection.burst_power(accounts, inflow, spread, BASELINE_DAYS, threshold),
            areas,
            threshold,
            float(effort.mass_pct(np.array(stealth), "accounts")),
        ),
        "new_accounts": (
            new_power(accounts),
            np.full(len(BUDGETS), np.nan),
            np.nan,
            _stealth(lambda mass: float(new_power(effort.accounts(np.array(mass), "mass_pct")))),
        ),
    }


def _sample_tests(figure: AttackedFigure, target: str, seed: int) -> dict[str, Found]:
    """Composition and entropy of a sample of persons against a reference with the published shares."""
    shares = figure.figures[figure.figures > 0]
    place = [name for name, value in zip(figure.candidates, figure.figures, strict=True) if value > 0].index(
        target
    )
    fraction = shares / shares.sum()
    size = int(figure.persons or 0)
    generator = generator_for(seed, f"{figure.forecast_id}/{target}/composition")

    def statistic(part: float) -> np.ndarray:
        attacked = (1.0 - part) * fraction
        attacked[place] += part
        drawn = generator.multinomial(size, attacked, REPLICATES)
        return ((drawn - size * fraction) ** 2 / (size * fraction)).sum(axis=1)

    def power(mass: Any) -> Any:
        part = contamination(mass, 100.0)
        return detection.composition_power(100.0 * fraction[place], part, size, len(shares), RATE)

    clean = np.sort(statistic(0.0))
    parts = contamination(np.array(BUDGETS), 100.0)
    areas = [area_under_curve(clean, statistic(float(part))) for part in parts]
    entropies = detection.entropy_power(shares, place, parts, size, RATE, REPLICATES, seed)
    stealth = detection.composition_stealth(100.0 * fraction[place], size, len(shares), RATE)
    nothing = np.full(len(BUDGETS), np.nan)
    return {
        "composition": (power(np.array(BUDGETS)), areas, np.nan, float(mass_at(stealth, 100.0))),
        "entropy": (entropies, nothing, np.nan, np.nan),
    }


def _stealth(power: Any) -> float:
    """Mass in per cent of the base whose power is :data:`STEALTH`, by bisection; power grows with the mass."""
    low, high = 0.0, 1000.0
    if power(high) < STEALTH:
        return np.nan
    # Fifty halvings exhaust the digits that matter.
    for _ in range(50):
        middle = (low + high) / 2.0
        low, high = (middle, high) if power(middle) < STEALTH else (low, middle)
    return high
