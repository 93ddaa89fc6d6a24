"""An average of polls: each poll is a cell with its own panel."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any, weight: Any = None) -> NormalForm:
    """Normal form: one cell for each poll, equal weights unless given."""
    rows = np.atleast_2d(np.asarray(figures, dtype=float))
    weights = np.full(len(rows), 1.0 / len(rows)) if weight is None else weight
    return NormalForm.of(rows, base, weights)


POLL_AVERAGE = MECHANISMS.add(
    Mechanism(
        name="poll_average",
        title="average of polls",
        scale="shares",
        base=(
            "the panel of every poll in the average; an attacker splits the cost over them, and a panel that "
            "firms share is paid for once"
        ),
        enters="in each poll, where the poll is entered",
        unit="persons",
        base_parameters=("panel_size",),
        mass_parameters=("relative_activity", "landing_rate", "panel_overlap"),
        per_day=False,
        fixed_size=True,
        persons=True,
        form=form,
    )
)
