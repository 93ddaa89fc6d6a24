"""Share of favourable messages, as a classifier reads them."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.mechanisms.share_of_voice import messages_of_account
from pollbench.manipulation.model import MECHANISMS, Mechanism, every_active_day
from pollbench.manipulation.normal_form import SHARES, NormalForm, Values


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one cell, the favourable messages of all candidates."""
    del values
    return NormalForm.of(figures, base)


TONE_SHARE = MECHANISMS.add(
    Mechanism(
        name="tone_share",
        title="share of favourable messages",
        scale=SHARES,
        base="the favourable messages about all candidates; those that the classifier reads rightly count",
        enters="at the message, through the classifier",
        unit="messages",
        quantities=("vote_share", "digital_share", "share_of_voice", "message_volume"),
        base_parameters={"positive_messages": "messages"},
        mass_parameters={
            "messages_per_attacker_day": "messages/day",
            "amplification": "ratio",
            "classifier_recall": "share",
        },
        form=form,
        mass_per_account=messages_of_account,
        work_days=every_active_day,
        may_be_zero=("amplification",),
        traits=frozenset({"newcomers", "days"}),
    )
)
