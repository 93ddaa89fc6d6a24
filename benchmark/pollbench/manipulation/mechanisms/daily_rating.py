"""An app in which everyone rates every candidate, day after day."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Activity, Mechanism
from pollbench.manipulation.normal_form import NormalForm, Scale, Values

RATINGS = Scale("ratings", 0.0, 100.0, whole=False)


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one figure per candidate, each with the raters of that candidate as its base."""
    del values
    return NormalForm.of(figures, base)


def work_days(activity: Activity) -> int:
    """Days of work of one account: a rater comes every day of the window."""
    return activity.window_days


DAILY_RATING = MECHANISMS.add(
    Mechanism(
        name="daily_rating",
        title="daily rating in an app",
        scale=RATINGS,
        base="the raters of that candidate in the window; one account acts on every candidate every day",
        enters="at the vote in the app, after signing up",
        unit="votes",
        quantities=("approval",),
        base_parameters={"votes_per_question": "votes", "votes_per_question_day": "votes/day"},
        form=form,
        work_days=work_days,
        persons=True,
        sampled_base=True,
        # Gov: the counts on record are of questions that stayed open for two days.
        window_days=2,
        traits=frozenset({"newcomers", "days", "ballots", "enrolment"}),
        tests=("burst", "new_accounts"),
    )
)
