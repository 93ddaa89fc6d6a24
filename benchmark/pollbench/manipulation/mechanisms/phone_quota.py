"""A poll by telephone, at the door or by random digits: nobody applies to be asked."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form: one cell, the whole reachable electorate."""
    return NormalForm.of(figures, base)


PHONE_QUOTA = MECHANISMS.add(
    Mechanism(
        name="phone_quota",
        title="poll by telephone or at the door",
        scale="shares",
        base="all voters who can be reached: an attacker must be among those the interviewer happens to ask",
        enters="when the sample is drawn; there is no list to join",
        unit="persons",
        base_parameters=("reachable_electorate",),
        mass_parameters=(),
        per_day=False,
        fixed_size=True,
        persons=True,
        form=form,
    )
)
