"""Tables over time of an election with a single release: they say what they lack."""

from __future__ import annotations

import pytest

from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from tests_support import small_election


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with load(small_election(tmp_path_factory.mktemp("small"))) as bench:
        yield bench


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("calibration", "No forecaster published enough digital weights beside polls about a first round"),
        ("distance_from_polls", "No house published digital weights beside polls about two first rounds"),
    ],
)
def test_one_release_beside_one_poll_teaches_nothing(small, name, sentence):
    with pytest.raises(NothingToCompare, match=f"^{sentence}"):
        TABLES[name].make(small, Policy(missing="drop"))
