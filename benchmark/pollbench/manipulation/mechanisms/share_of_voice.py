"""Share of messages, mentions or clicks."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Activity, Derived, Facts, Mechanism, every_active_day
from pollbench.manipulation.normal_form import SHARES, NormalForm, Values


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one cell, all messages of the window."""
    del values
    return NormalForm.of(figures, base)


def messages_of_account(values: Values, activity: Activity) -> float:
    """Messages of one account and those that they cause, on the days on which it acts."""
    mass = float(activity.days)
    for name, value in values.items():
        mass *= 1.0 + value if name == "amplification" else value
    return mass


def derives(facts: Facts) -> Derived | None:
    """Published counts of messages are their own base."""
    return Derived("messages", facts.total, "messages") if facts.quantity == "message_volume" else None


SHARE_OF_VOICE = MECHANISMS.add(
    Mechanism(
        name="share_of_voice",
        title="share of messages",
        scale=SHARES,
        base=(
            "all messages of the window about any candidate; hostile messages count for their victim where "
            "only volume is counted"
        ),
        enters="at the message: no account is ever refused",
        unit="messages",
        quantities=("vote_share", "digital_share", "share_of_voice", "message_volume"),
        base_parameters={"messages": "messages", "messages_day": "messages/day"},
        mass_parameters={"messages_per_attacker_day": "messages/day", "amplification": "ratio"},
        form=form,
        mass_per_account=messages_of_account,
        work_days=every_active_day,
        may_be_zero=("amplification",),
        derives=derives,
        traits=frozenset({"newcomers", "days"}),
    )
)
