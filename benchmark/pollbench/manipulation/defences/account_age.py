"""Only accounts of a minimum age count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Accounts younger than the minimum count for nothing."""
    return mass * float(situation.preparation_days >= settings["minimum_days"])


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers register early enough."""
    return replace(situation, preparation_days=max(situation.preparation_days, settings["minimum_days"]))


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Honest newcomers are lost: the variance grows by what they were."""
    del situation
    return 1.0 / (1.0 - settings["new_part"])


def lead_time_days(settings: dict[str, float]) -> float:
    """The age that is asked for."""
    return settings["minimum_days"]


ACCOUNT_AGE = DEFENCES.add(
    Defence(
        name="account_age",
        title="minimum age of accounts",
        needs="newcomers",
        adaptive="register the accounts before the age is needed",
        settings={"minimum_days": 30.0, "new_part": 0.07},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
