"""Favourable minus hostile messages about a candidate, on the scale from -100 to 100."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.mechanisms.share_of_voice import messages_of_account
from pollbench.manipulation.model import MECHANISMS, Activity, Mechanism, every_active_day
from pollbench.manipulation.normal_form import NormalForm, Scale, Values

SENTIMENT = Scale("sentiment", -100.0, 100.0, whole=False)


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    r"""Normal form: one figure per candidate, each with the candidate's own messages as its base.

    A classifier that reads a part k of the messages rightly hears :math:`2 k - 1` of what is said.
    """
    return NormalForm.of(figures, base, clarity=2.0 * values.get("classifier_recall", 1.0) - 1.0)


def mass_per_account(values: Values, activity: Activity) -> float:
    """Messages of one account in the window; what the classifier hears of them is in the form."""
    said = {name: value for name, value in values.items() if name != "classifier_recall"}
    return messages_of_account(said, activity)


NET_SENTIMENT = MECHANISMS.add(
    Mechanism(
        name="net_sentiment",
        title="net sentiment of messages",
        scale=SENTIMENT,
        base="the candidate's own messages: a candidate little spoken of is moved by few",
        enters="at the message, through the classifier",
        unit="messages",
        # No forecaster published its tone as a figure that the data model holds.
        quantities=(),
        base_parameters={"own_messages": "messages"},
        mass_parameters={
            "messages_per_attacker_day": "messages/day",
            "amplification": "ratio",
            "classifier_recall": "share",
        },
        form=form,
        mass_per_account=mass_per_account,
        work_days=every_active_day,
        may_be_zero=("amplification",),
        traits=frozenset({"newcomers", "days"}),
        why_not="no figure of its tone is known; published: {published}",
    )
)
