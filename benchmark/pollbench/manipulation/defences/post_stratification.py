"""The figure is weighted to known marginals (post-stratification, raking)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation, contamination, mass_at


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """An attack confined to the credible cells cannot pass their weight; one that lies is not confined."""
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


POST_STRATIFICATION = DEFENCES.add(
    Defence(
        name="post_stratification",
        title="weighting to known marginals",
        mechanisms=("optin_ballot", "daily_rating", "panel_quota"),
        adaptive="declare the cells with the largest W u / n: against liars weighting never lowers the slope",
        settings={"credible_weight": 0.25, "design_effect": 1.3},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
