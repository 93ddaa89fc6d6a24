"""Every account proves an identity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Invented identities pass in part, real people always."""
    return mass * (1.0 if situation.real_people else settings["false_identities_passed"])


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers are real people: nothing is checked away."""
    del settings
    return replace(situation, real_people=True)


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Honest people who refuse are lost."""
    del situation
    return 1.0 / (1.0 - settings["honest_lost"])


def lead_time_days(settings: dict[str, float]) -> float:
    """No preparation."""
    del settings
    return 0.0


IDENTITY_CHECK = DEFENCES.add(
    Defence(
        name="identity_check",
        title="identity check",
        needs="enrolment",
        adaptive="come as real people with one account each",
        settings={"false_identities_passed": 0.1, "honest_lost": 0.1},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
