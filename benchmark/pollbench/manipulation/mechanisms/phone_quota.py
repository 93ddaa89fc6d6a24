"""A poll by telephone, at the door or by random digits: respondents cannot apply to be asked."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Derived, Facts, Mechanism
from pollbench.manipulation.normal_form import SHARES, NormalForm, Values


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one cell, the whole reachable electorate."""
    del values
    return NormalForm.of(figures, base)


def derives(facts: Facts) -> Derived | None:
    """The base is the electorate of the contest, where it is known."""
    if facts.registered is None:
        return None
    return Derived("reachable_electorate", facts.registered, "persons", evidence_class="F", of_contest=True)


PHONE_QUOTA = MECHANISMS.add(
    Mechanism(
        name="phone_quota",
        title="poll by telephone or at the door",
        scale=SHARES,
        base="all voters who can be reached: an attacker must be among those the interviewer happens to ask",
        enters="when the sample is drawn; there is no list to join",
        unit="persons",
        quantities=("vote_share",),
        base_parameters={"reachable_electorate": "persons"},
        form=form,
        derives=derives,
        fixed_size=True,
        persons=True,
        tests=("composition", "entropy"),
        prices=("price_account", "eur_per_usd", "price_complete"),
    )
)
