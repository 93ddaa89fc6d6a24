"""Quotas: a cell takes no more records than its part of the population."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation, contamination, mass_at


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Within the credible cells attackers and honest compete for capped places; liars compete everywhere."""
    confined = settings["credible_weight"] if situation.real_people and not situation.lying else 1.0
    part = confined * contamination(mass, confined * situation.base)
    return mass_at(part, situation.base)


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers lie about their cell."""
    del settings
    return replace(situation, lying=True)


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Design effect of unequal weights."""
    del situation
    return settings["design_effect"]


def lead_time_days(settings: dict[str, float]) -> float:
    """No preparation."""
    del settings
    return 0.0


QUOTA_CAPS = DEFENCES.add(
    Defence(
        name="quota_caps",
        title="quota caps",
        mechanisms=("optin_ballot", "daily_rating", "panel_quota"),
        adaptive="declare any cell and arrive before the honest fill it",
        settings={"credible_weight": 0.25, "design_effect": 1.3},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
