"""An open vote: everyone who comes is counted."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Activity, Mechanism, every_active_day
from pollbench.manipulation.normal_form import SHARES, NormalForm, Values


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one cell, the ballots of the window."""
    del values
    return NormalForm.of(figures, base)


def mass_per_account(values: Values, activity: Activity) -> float:
    """Ballots of one account on the days on which it acts."""
    del values
    return activity.actions_a_day * activity.days


OPTIN_BALLOT = MECHANISMS.add(
    Mechanism(
        name="optin_ballot",
        title="open vote on the web",
        scale=SHARES,
        base="the ballots cast in the window",
        enters="at the ballot itself, at any moment",
        unit="votes",
        quantities=("vote_share", "digital_share", "share_of_voice", "message_volume"),
        base_parameters={"ballots": "votes"},
        form=form,
        mass_per_account=mass_per_account,
        work_days=every_active_day,
        traits=frozenset({"newcomers", "days", "ballots", "enrolment"}),
    )
)
