"""Share of messages, mentions or clicks."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form: one cell, all messages of the window."""
    return NormalForm.of(figures, base)


SHARE_OF_VOICE = MECHANISMS.add(
    Mechanism(
        name="share_of_voice",
        title="share of messages",
        scale="shares",
        base=(
            "all messages of the window about any candidate; hostile messages count for their victim where "
            "only volume is counted"
        ),
        enters="at the message: no account is ever refused",
        unit="messages",
        base_parameters=("messages", "messages_day"),
        mass_parameters=("messages_per_attacker_day", "amplification"),
        per_day=True,
        fixed_size=False,
        persons=False,
        form=form,
    )
)
