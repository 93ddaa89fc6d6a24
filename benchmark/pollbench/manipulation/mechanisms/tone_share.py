"""Share of favourable messages, as a classifier reads them."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form: one cell, the favourable messages of all candidates."""
    return NormalForm.of(figures, base)


TONE_SHARE = MECHANISMS.add(
    Mechanism(
        name="tone_share",
        title="share of favourable messages",
        scale="shares",
        base="the favourable messages about all candidates; those that the classifier reads rightly count",
        enters="at the message, through the classifier",
        unit="messages",
        base_parameters=("positive_messages",),
        mass_parameters=("messages_per_attacker_day", "amplification", "classifier_recall"),
        per_day=True,
        fixed_size=False,
        persons=False,
        form=form,
    )
)
