"""The highest and the lowest days of the window are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pollbench.manipulation.formulas.days import trimmed_mean_shift
from pollbench.manipulation.model import DEFENCES, Defence, Situation
from pollbench.manipulation.normal_form import contamination, mass_at


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Mass that would shift the mean of all days as much as this one shifts the trimmed mean."""
    days, trim = situation.window_days, int(settings["trim_days"])
    room = 100.0 - situation.share
    if room <= 0:
        return np.asarray(mass, dtype=float) * 0.0
    if 2 * trim >= days:
        return np.asarray(mass, dtype=float)
    daily = np.asarray(mass, dtype=float) / situation.attack_days
    fraction = contamination(daily, situation.base / days)
    return mass_at(trimmed_mean_shift(fraction, days, min(situation.attack_days, days), trim), situation.base)


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers act on all days, with as many acts in all."""
    del settings
    return replace(situation, attack_days=situation.window_days)


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Fewer days stand behind the figure."""
    days, trim = situation.window_days, settings["trim_days"]
    return days / (days - 2.0 * trim) if days > 2.0 * trim else 1.0


def lead_time_days(settings: dict[str, float]) -> float:
    """No preparation."""
    del settings
    return 0.0


TRIMMED_MEAN = DEFENCES.add(
    Defence(
        name="trimmed_mean",
        title="mean without the extreme days",
        needs="days",
        adaptive="act on more days than are trimmed: all of them",
        settings={"trim_days": 1.0},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
