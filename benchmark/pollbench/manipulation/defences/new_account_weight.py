"""New accounts count less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Accounts in their first days count with the low weight."""
    young = situation.preparation_days < settings["period_days"]
    return mass * (settings["weight"] if young else 1.0)


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers register early enough."""
    return replace(situation, preparation_days=max(situation.preparation_days, settings["period_days"]))


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Design effect of unequal weights: mean of squares over squared mean."""
    del situation
    new, weight = settings["new_part"], settings["weight"]
    return (1.0 - new + new * weight**2) / (1.0 - new + new * weight) ** 2


def lead_time_days(settings: dict[str, float]) -> float:
    """The period of low weight."""
    return settings["period_days"]


NEW_ACCOUNT_WEIGHT = DEFENCES.add(
    Defence(
        name="new_account_weight",
        title="less weight for new accounts",
        needs="newcomers",
        adaptive="register the accounts before the period of low weight begins",
        settings={"weight": 0.1, "period_days": 30.0, "new_part": 0.07},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
