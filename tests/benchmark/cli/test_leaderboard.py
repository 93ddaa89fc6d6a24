"""The legend under a leaderboard explains the marks that stand on it, and no other."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.cli.leaderboard import _legend

PLAIN = {"n": 1000.0, "n_basis": "expressing_n", "recalled": False, "quantity": "vote_share"}
MARKS = ("~", "(recalled)", "*")


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({}, None),
        # Without a sample there is none of which something is unknown.
        ({"n": float("nan"), "n_basis": ""}, None),
        ({"n_basis": "n"}, "~"),
        ({"recalled": True}, "(recalled)"),
        ({"quantity": "digital_share"}, "*"),
    ],
)
def test_a_mark_is_explained_where_it_stands(change, mark):
    lines = _legend(pd.DataFrame([PLAIN, {**PLAIN, **change}]), "flat")
    assert [line.split()[0] for line in lines if line.startswith(MARKS)] == ([mark] if mark else [])
    assert any(line.startswith("flat: ") for line in lines)
