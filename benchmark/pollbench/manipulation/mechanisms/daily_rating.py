"""An app in which everyone rates every candidate, day after day."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form: one figure a candidate, each with the raters of that candidate as its base."""
    return NormalForm.of(figures, base, scale="ratings")


DAILY_RATING = MECHANISMS.add(
    Mechanism(
        name="daily_rating",
        title="daily rating in an app",
        scale="ratings",
        base="the raters of that candidate in the window; one account acts on every candidate every day",
        enters="at the vote in the app, after signing up",
        unit="votes",
        base_parameters=("votes_per_question", "votes_per_question_day"),
        mass_parameters=(),
        per_day=False,
        fixed_size=False,
        persons=True,
        form=form,
    )
)
