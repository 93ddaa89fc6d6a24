"""The figure is the median of the days of the window instead of their mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pollbench.manipulation.formulas.days import daily_median, median_variance_factor
from pollbench.manipulation.model import DEFENCES, Defence, Situation
from pollbench.manipulation.normal_form import contamination, mass_at


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Mass that would shift the mean of the days as much as this one shifts their median.

    Of two days the median is the mean: the defence takes nothing away.
    """
    del settings
    days = situation.window_days
    if days <= 2:
        return np.asarray(mass, dtype=float)
    room = 100.0 - situation.share
    if room <= 0:
        return np.asarray(mass, dtype=float) * 0.0

    def equivalent(total: float) -> float:
        fraction = float(contamination(total / situation.attack_days, situation.base / days))
        if fraction == 0.0:
            return 0.0
        moved = daily_median(
            situation.share, fraction * room, situation.daily_sd, days, situation.attack_days
        )
        return float(mass_at(max(moved - situation.share, 0.0) / room, situation.base))

    return np.vectorize(equivalent, otypes=[float])(mass)


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers act on more than half of the days, with as many acts in all."""
    del settings
    days = situation.window_days
    return replace(situation, attack_days=max(situation.attack_days, days // 2 + 1))


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Variance of a median of normal days over that of their mean."""
    del settings
    return median_variance_factor(situation.window_days)


def lead_time_days(settings: dict[str, float]) -> float:
    """No preparation."""
    del settings
    return 0.0


DAILY_MEDIAN = DEFENCES.add(
    Defence(
        name="daily_median",
        title="median of the days",
        needs="days",
        adaptive="act on more than half of the days",
        settings={},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
