"""A quota poll among the members of an online access panel."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any, weight: Any = None) -> NormalForm:
    """Normal form: one cell for each quota cell with its panelists; a single row of figures is one cell."""
    return NormalForm.of(figures, base, weight)


PANEL_QUOTA = MECHANISMS.add(
    Mechanism(
        name="panel_quota",
        title="quota poll of an access panel",
        scale="shares",
        base="the members of the panel, not the sample: an attacker joins the panel and waits to be drawn",
        enters="when the panel recruits, weeks before the sample is drawn",
        unit="persons",
        base_parameters=("panel_size",),
        mass_parameters=("relative_activity", "landing_rate"),
        per_day=False,
        fixed_size=True,
        persons=True,
        form=form,
    )
)
