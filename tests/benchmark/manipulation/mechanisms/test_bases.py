"""What an account weighs and what the base is, for mechanisms whose figures are seldom published."""

from __future__ import annotations

import pytest

from pollbench.manipulation import MECHANISMS
from pollbench.manipulation.model import Activity, Facts


def test_messages_of_tone_are_counted_without_what_the_classifier_hears_of_them():
    values = {"messages_per_attacker_day": 20.0, "amplification": 0.5, "classifier_recall": 0.7}
    account = MECHANISMS["net_sentiment"].mass_per_account
    assert account(values, Activity(days=3)) == pytest.approx(3 * 20 * 1.5)


@pytest.mark.parametrize("registered", [None, 47_582_183.0])
def test_the_electorate_is_the_base_of_a_telephone_poll_where_it_is_known(registered):
    derived = MECHANISMS["phone_quota"].derives(Facts("vote_share", 100.0, registered, lambda _: 0))
    assert (derived is None) == (registered is None)
    assert derived is None or (derived.value, derived.of_contest) == (registered, True)
