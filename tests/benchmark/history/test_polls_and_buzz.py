"""Polls beside buzz, round by round, and how often a coin would do the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pollbench.history.polls_and_buzz import COLUMNS, chance_of_equals, known_before, polls_beside_buzz


def board(*rows: tuple[str, str, str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["contest_id", "family", "kind", "value", "recalled"])


ROWS = board(
    ("a", "poll", "quota_poll", 1.0, False),
    ("a", "poll", "quota_poll", 3.0, False),
    ("a", "poll", "poll_average", 0.1, False),
    ("a", "buzz", "share_of_voice", 1.5, False),
    ("a", "buzz", "share_of_voice", 0.2, True),
    ("a", "model", "expert", 0.1, False),
    ("b", "buzz", "share_of_voice", 1.0, False),
    ("c", "poll", "quota_poll", 1.0, False),
    ("c", "buzz", "share_of_voice", 0.5, True),
)


def test_averages_models_and_recalled_figures_do_not_count() -> None:
    assert sorted(known_before(ROWS).value) == [1.0, 1.0, 1.0, 1.5, 3.0]


def test_only_rounds_with_both_are_compared() -> None:
    both = polls_beside_buzz(ROWS)
    assert both.to_dict("records") == [
        {
            "contest_id": "a",
            "polls": 2,
            "poll_error": 2.0,
            "buzz": 1,
            "buzz_error": 1.5,
            "polls_closer": False,
        }
    ]
    assert list(polls_beside_buzz(pd.DataFrame()).columns) == COLUMNS


@pytest.mark.parametrize(("closer", "rounds"), [(3, 3), (2, 3), (0, 6), (5, 10), (9, 10)])
def test_the_chance_of_equals_is_that_of_a_coin(closer: int, rounds: int) -> None:
    heads = np.random.default_rng(1).binomial(rounds, 0.5, size=200_000)
    most = max(closer, rounds - closer)
    simulated = np.mean(np.maximum(heads, rounds - heads) >= most)
    assert chance_of_equals(closer, rounds) == pytest.approx(simulated, abs=0.005)
