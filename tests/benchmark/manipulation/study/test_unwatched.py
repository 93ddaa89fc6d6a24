"""What an operator cannot test because a figure of its base is not known, and questions about attacks without an answer."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from pollbench.errors import UnknownName
from pollbench.manipulation.study import noticing, threat_models
from pollbench.manipulation.study.attackable import _Polls
from pollbench.manipulation.study.narrative import whole


def watched(
    figures: tuple[float, ...] = (40.0, 60.0), voice: tuple[float, ...] = (100.0, 0.0), **known: float
) -> SimpleNamespace:
    """An operator who watches the first of the candidates, and knows some figures of its base."""
    figure = SimpleNamespace(figures=np.array(figures), persons=1000)
    effort = SimpleNamespace(
        figure=figure, base=lambda: known.get("base", 4000.0), form=SimpleNamespace(clarity=1.0)
    )
    return SimpleNamespace(
        effort=effort,
        target=0,
        seed=1,
        rate=0.01,
        voice=np.array(voice),
        value=lambda name: known.get(name, np.nan),
    )


def test_without_a_known_inflow_of_accounts_no_burst_is_looked_for():
    assert noticing._burst(watched(inflow_day=300.0)) is None
    assert noticing._burst(watched(inflow_overdispersion=8.0)) is None


def test_the_part_of_new_accounts_needs_users_inflow_and_a_candidate_with_some_of_the_votes():
    users = {"inflow_day": 300.0, "registered_users": 4000.0}
    assert noticing._new_accounts(watched(inflow_day=300.0)) is None
    assert noticing._new_accounts(watched(**users, base=np.nan)) is None
    for figures in ((0.0, 100.0), (100.0, 0.0)):
        assert noticing._new_accounts(watched(figures, **users)) is None
    assert noticing._new_accounts(watched(**users)) is not None


def test_the_composition_is_that_of_candidates_with_votes_and_silent_where_attackers_name_another():
    shares, said, persons = noticing._field(watched((40.0, 60.0, 0.0), (100.0, 0.0, 0.0)))
    assert (shares.tolist(), said.tolist(), persons) == ([40, 60], [100, 0], 1000)
    assert noticing._field(watched((40.0, 60.0, 0.0), (50.0, 0.0, 50.0))) is None
    assert noticing._field(watched((0.0, 60.0), (100.0, 0.0))) is None
    assert noticing._field(watched(voice=(0.0, 0.0))) is None
    assert noticing._field(watched(voice=(100.0, np.nan))) is None


def test_firms_with_a_poll_are_counted_within_the_days_before_a_forecast_and_are_none_where_no_poll_is():
    rows = pd.DataFrame(
        [
            ("x", "ifop", "2030-04-01"),
            ("x", "ifop", "2030-04-09"),
            ("x", "bva", "2030-04-10"),
            ("x", "elabe", "2030-04-11"),
        ],
        columns=["contest_id", "forecaster_id", "public_on"],
    ).assign(public_on=lambda table: pd.to_datetime(table.public_on))
    polls = _Polls(SimpleNamespace(frame=lambda _: rows))

    def firms(contest: str, days: int) -> int:
        return polls.within(SimpleNamespace(contest_id=contest, public_on=pd.Timestamp("2030-04-10")), days)

    assert [firms("x", days) for days in (0, 1, 30)] == [1, 2, 2]
    assert firms("y", 30) == 0


def test_a_count_without_end_is_no_number_and_others_are_rounded_up():
    assert whole(np.inf) == "no number of"
    assert [whole(value) for value in (0.2, 3.0, 3.0 + 1e-12, 3.2)] == ["1", "3", "3", "4"]


def test_an_attack_that_no_threat_model_has_as_its_goal_is_named(monkeypatch):
    assert threat_models.default_model("push").goal == "push"
    models = {name: model for name, model in threat_models.threat_models().items() if model.goal != "push"}
    monkeypatch.setattr(threat_models, "threat_models", lambda: models)
    with pytest.raises(UnknownName, match="threat model for the attack 'push'"):
        threat_models.default_model("push")
