"""Days on which attackers act and sign up, and timings that do not exist."""

from __future__ import annotations

import pytest

from pollbench.errors import UnknownName
from pollbench.manipulation import timing


@pytest.mark.parametrize("name", timing.TIMINGS)
def test_attackers_act_on_one_day_of_a_burst_and_on_those_of_the_window_that_they_can_otherwise(name):
    burst = name.startswith("burst")
    assert timing.attack_days(name, 10, 7) == (1 if burst else 7)
    assert timing.attack_days(name, 3, 7) == (1 if burst else 3)
    assert timing.attack_days(name, 10, 0) == 1
    early = name == "pre_registered"
    assert timing.preparation_days(name, 60.0) == (60 if early else 0)
    assert timing.days_of_sign_up(name, 2, 60.5) == (60 if early else 2)
    assert timing.days_of_sign_up(name, 2, 0.5) == (1 if early else 2)


def test_a_timing_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(UnknownName, match="Did you mean 'drip'"):
        timing.attack_days("drop", 10, 7)
    with pytest.raises(UnknownName, match="Did you mean 'drip'"):
        timing.preparation_days("drop", 60.0)
