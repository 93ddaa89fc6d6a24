"""Favourable minus hostile messages about a candidate, on the scale from -100 to 100."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form: one figure a candidate, each with the candidate's own messages as its base."""
    return NormalForm.of(figures, base, scale="sentiment")


NET_SENTIMENT = MECHANISMS.add(
    Mechanism(
        name="net_sentiment",
        title="net sentiment of messages",
        scale="sentiment",
        base="the candidate's own messages: a candidate little spoken of is moved by few",
        enters="at the message, through the classifier",
        unit="messages",
        base_parameters=("own_messages",),
        mass_parameters=("messages_per_attacker_day", "amplification"),
        per_day=True,
        fixed_size=False,
        persons=False,
        form=form,
    )
)
