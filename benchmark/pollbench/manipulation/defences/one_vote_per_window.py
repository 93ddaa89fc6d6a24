"""One vote a person and window: daily voters stop counting every day."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import DEFENCES, Defence, Situation


def effective_mass(mass: Any, situation: Situation, settings: dict[str, float]) -> Any:
    """Mass relative to the old base: a person counts once among distinct persons."""
    del settings
    return mass * situation.honest_days / situation.attack_days


def adapt(situation: Situation, settings: dict[str, float]) -> Situation:
    """Attackers save their repeated votes: the mass of a person is the same on one day as on all."""
    del settings
    return situation


def price(situation: Situation, settings: dict[str, float]) -> float:
    """Fewer votes stand behind the figure, but as many persons: free if a person repeats the same vote."""
    del situation, settings
    return 1.0


def lead_time_days(settings: dict[str, float]) -> float:
    """No preparation."""
    del settings
    return 0.0


ONE_VOTE_PER_WINDOW = DEFENCES.add(
    Defence(
        name="one_vote_per_window",
        title="one vote a window",
        needs="ballots",
        adaptive="act on one day only: the vote counts in full, the base has shrunk to distinct persons",
        settings={},
        effective_mass=effective_mass,
        adapt=adapt,
        price=price,
        lead_time_days=lead_time_days,
    )
)
