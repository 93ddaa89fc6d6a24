"""Errors of a house in the two rounds of an election: the referee's figures, planted dependence, too few pairs."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.history.between_rounds import Dependence, between_rounds
from pollbench.history.error_model import published_errors


def test_the_figures_of_an_independent_reader_are_found_again() -> None:
    """Computed beforehand by other code: -0.16 over 33 pairs, by ranks -0.05."""
    found = between_rounds(published_errors())
    assert found is not None
    assert (found.pairs, round(found.correlation, 2), round(found.ranked, 2)) == (33, -0.16, -0.05)
    assert found.p_value > 0.3
    assert "no dependence is seen" in found.sentence
    assert "33 pairs, correlation \u22120.16, by ranks \u22120.05" in found.sentence


def planted(houses: int) -> pd.DataFrame:
    """Houses whose excess error in the second round is that of the first."""
    rows = [
        {"election_id": "xx-2030", "contest_id": f"xx-2030-r{number}", "round": number, "house": f"house-{house}",
         "family": "poll", "kind": "quota_poll", "mae": 1.0 + 0.1 * house + number}
        for number in (1, 2) for house in range(houses)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_planted_dependence_is_seen_and_said() -> None:
    found = between_rounds(planted(8))
    assert found is not None
    assert found.correlation == pytest.approx(1)
    assert "surer than they should be" in found.sentence


def test_few_pairs_say_nothing() -> None:
    assert between_rounds(planted(5)) is None
    assert Dependence(7, 0.1, 0.1, 0.8).sentence.count("7 pairs") == 1
