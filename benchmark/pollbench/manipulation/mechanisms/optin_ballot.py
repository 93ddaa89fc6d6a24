"""An open vote: whoever comes is counted."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form: one cell, the ballots of the window."""
    return NormalForm.of(figures, base)


OPTIN_BALLOT = MECHANISMS.add(
    Mechanism(
        name="optin_ballot",
        title="open vote on the web",
        scale="shares",
        base="the ballots cast in the window",
        enters="at the ballot itself, at any moment",
        unit="votes",
        base_parameters=("ballots",),
        mass_parameters=("actions_per_account_day",),
        per_day=True,
        fixed_size=False,
        persons=False,
        form=form,
    )
)
