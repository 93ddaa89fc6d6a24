"""Simulated numbers kept between runs: the same numbers, for the same measure, arguments and code alone."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench import cache
from pollbench.data.kept_draws import KIND, kept_draws
from pollbench.files import csv_text
from pollbench.inference import sampling, ties
from pollbench.measures.point import mae, rmse
from pollbench.ranking.leaderboard import leaderboard
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

FOUR = np.array([24.0091, 21.2970, 20.0059, 19.5814])


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / KIND


def board_of(bench):
    """The board of 2017 with what chance alone gives, drawn in a process that remembers nothing."""
    for remembered in (sampling._score_distribution, ties._range_behind_best):
        remembered.cache_clear()
    scores = score(bench, ["mae"], Policy(missing="drop"), "fr-pres-2017-r1")
    return csv_text(leaderboard(scores, resamples=500))


def test_a_board_from_kept_numbers_is_the_one_that_is_drawn(place, bench, monkeypatch):
    first = board_of(bench)
    assert len(list(place.iterdir())) > 3
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        assert board_of(bench) == first
    monkeypatch.setattr(sampling, "unbiased_samples", lambda *_: pytest.fail("drawn again"))
    monkeypatch.setattr(ties, "scores_of_equals", lambda *_, **__: pytest.fail("drawn again"))
    assert board_of(bench) == first


def test_another_measure_or_argument_has_numbers_of_its_own(place):
    made = []
    for function, arguments in ((mae, (1, 2)), (rmse, (1, 2)), (mae, (1, 3)), (mae, (1, 2))):
        kept_draws("a test", function, arguments, lambda: made.append(1) or np.array([1.0]))
    assert len(made) == 3


def test_a_measure_from_outside_the_package_is_never_kept(place):
    def own(forecast, result):
        return mae(forecast, result)

    assert kept_draws("a test", own, (1,), lambda: FOUR) is FOUR
    assert not place.exists()


@pytest.mark.parametrize("content", [b"", b"1234567"])
def test_an_entry_of_no_numbers_counts_as_absent(place, content):
    for _ in range(2):
        assert kept_draws("a test", mae, (1,), lambda: FOUR).tolist() == FOUR.tolist()
        (entry,) = place.iterdir()
        cache.write(KIND, entry.stem, content)
