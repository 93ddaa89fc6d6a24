"""A quota poll among the members of an online access panel."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism
from pollbench.manipulation.normal_form import SHARES, NormalForm, Values


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one cell, the whole panel; no panel publishes the panelists of each quota cell."""
    del values
    return NormalForm.of(figures, base)


PANEL_QUOTA = MECHANISMS.add(
    Mechanism(
        name="panel_quota",
        title="quota poll of an access panel",
        scale=SHARES,
        base="the members of the panel, not the sample: an attacker joins the panel and waits to be drawn",
        enters="when the panel recruits, weeks before the sample is drawn",
        unit="persons",
        quantities=("vote_share",),
        base_parameters={"panel_size": "persons"},
        mass_parameters={"relative_activity": "ratio", "landing_rate": "share"},
        form=form,
        invented_only=("landing_rate",),
        fixed_size=True,
        persons=True,
        traits=frozenset({"enrolment"}),
        tests=("composition", "entropy"),
        prices=("price_account", "eur_per_usd", "price_complete"),
    )
)
