"""An average of polls: every firm's panel has to be attacked, and a panel that firms share is paid for once."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Derived, Facts, Mechanism
from pollbench.manipulation.normal_form import SHARES, NormalForm, Values

#: A poll enters a poll average for so long, in days: FiveThirtyEight's window, as in the default policy. The polls
#: of an average are not known one by one: each firm with a poll in the window counts once.
AVERAGED_WITHIN_DAYS = 21


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form: one cell, the panels of all polls in the average."""
    del values
    return NormalForm.of(figures, base)


def derives(facts: Facts) -> Derived | None:
    """The panel of a firm counts as often as there are firms in the average."""
    firms = facts.polls_within(AVERAGED_WITHIN_DAYS)
    return Derived("polls_averaged", float(firms), "polls", sources="method:derived") if firms else None


POLL_AVERAGE = MECHANISMS.add(
    Mechanism(
        name="poll_average",
        title="average of polls",
        scale=SHARES,
        base=(
            "the panel of every poll in the average; an attacker splits the cost over them, and a panel that "
            "firms share is paid for once"
        ),
        enters="in each poll, where the poll is entered",
        unit="persons",
        quantities=("vote_share",),
        base_parameters={"panel_size": "persons"},
        mass_parameters={"relative_activity": "ratio", "landing_rate": "share", "panel_overlap": "panels"},
        form=form,
        invented_only=("landing_rate",),
        reads_rows_of=("panel_quota",),
        derives=derives,
        fixed_size=True,
        persons=True,
        tests=("composition", "entropy"),
        prices=("price_account", "eur_per_usd", "price_complete"),
    )
)
