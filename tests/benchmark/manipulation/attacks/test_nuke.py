"""What attackers say who speak against one candidate: of one whole, and of figures that stand alone."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.manipulation import ATTACKS
from pollbench.manipulation.normal_form import SHARES, Scale

VOICE = ATTACKS["nuke"].voice


@pytest.mark.parametrize(
    ("figures", "target", "said"),
    [
        ([50.0, 30.0, 20.0], 0, [0, 60, 40]),
        # Fractions of a point in proportion, too; where no other has anything, no one is named.
        ([99.5, 0.3, 0.2], 0, [0, 60, 40]),
        ([100.0, 0.0], 0, [0, 0]),
        ([50.0, 30.0, 10.0], 2, [62.5, 37.5, 0]),
    ],
)
def test_of_one_whole_they_name_the_others_in_proportion(figures, target, said):
    before = np.array(figures)
    assert VOICE(before, target, SHARES).tolist() == pytest.approx(said)
    assert before.tolist() == figures


def test_of_approvals_they_rate_the_target_alone():
    approvals = Scale("approvals", 0.0, 100.0, whole=False)
    said = VOICE(np.array([40.0, 30.0, 20.0]), 1, approvals)
    assert said[1] == 0
    assert np.isnan(said[[0, 2]]).all()
    net = Scale("net sentiment", -100.0, 100.0, whole=False)
    assert VOICE(np.array([40.0, 30.0]), 0, net)[0] == -100
