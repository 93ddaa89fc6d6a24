"""The honest sample: shares completed to 100, one person at least, and draws that hang on id and seed alone."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.manipulation.formulas.draws import completed, generator_for, sample_ratings, sample_shares


@pytest.mark.parametrize(
    ("shares", "expected", "flag"),
    [
        ([60.0, 40.0], [60, 40, 0], ""),
        # Rounding of floats is no flag, a tenth of a point is one.
        ([60.0, 40.0 + 1e-10], [60, 40, 0], ""),
        ([60.0, 40.1], [6000 / 100.1, 4010 / 100.1, 0], "over 100"),
        ([60.0, 39.5], [60, 39.5, 0.5], ""),
    ],
)
def test_shares_are_completed_to_100(shares, expected, flag):
    full, said = completed(np.array(shares))
    assert full == pytest.approx(expected)
    assert said == flag


def test_one_person_is_a_sample_and_none_is_not():
    shares = np.array([30.0, 70.0])
    assert sample_shares(shares, 1, 5, 1, "a").sum(axis=1).tolist() == [1] * 5
    with pytest.raises(DomainError, match="at least one person"):
        sample_shares(shares, 0, 5, 1, "a")
    with pytest.raises(DomainError, match="add up to 100"):
        sample_shares(shares - 1, 10, 5, 1, "a")
    drawn = sample_shares(shares, 1000, 400, 1, "a")
    assert drawn.dtype == np.int32
    assert drawn.mean(axis=0) == pytest.approx([300, 700], abs=3)


@pytest.mark.parametrize(("raters", "steps"), [(0.2, 1), (1.0, 1), (2.6, 3), (np.array([4.0, 4.0]), 4)])
def test_ratings_are_parts_of_whole_raters_of_whom_there_is_one_at_least(raters, steps):
    drawn = sample_ratings(np.array([50.0, 50.0]), raters, 200, 1, "a")
    assert set(np.unique(drawn * steps / 100).round(9)) == set(range(steps + 1))
    assert drawn.mean() == pytest.approx(50, abs=8)


def test_draws_of_one_forecast_are_those_of_its_id_and_seed():
    draws = {key: generator_for(*key).random(3).tolist() for key in ((1, "a"), (1, "b"), (2, "a"))}
    assert generator_for(1, "a").random(3).tolist() == draws[1, "a"]
    assert len({tuple(values) for values in draws.values()}) == 3
