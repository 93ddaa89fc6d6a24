"""Groups count by their part of the population: by weights (post-stratification, raking) or by capped numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation
from pollbench.manipulation.normal_form import contamination, mass_at


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """An attack confined to the credible groups cannot pass their part; one that lies is not confined.

    Within a group attackers and honest compete, be it for the weight of the group or for its capped number.
    """
    confined = settings["credible_weight"] if situation.real_people and not situation.lying else 1.0
    fraction = confined * contamination(mass, confined * situation.base)
    return mass_at(fraction, situation.base)


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers lie about their group."""
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
        title="groups weighted or capped to their part of the population",
        needs="enrolment",
        adaptive="declare any group: against liars neither weights nor caps lower the slope",
        settings={"credible_weight": 0.25, "design_effect": 1.3},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
