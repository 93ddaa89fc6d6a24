"""House effects: planted ones, the means of surveys, and levels that hold with few surveys."""

from __future__ import annotations

import numpy as np
import pytest
from calibrate_houses import USED, measured, small_campaign

from pollbench import cache
from pollbench.campaign import house_effects as house_effects_module
from pollbench.campaign.house_effects import house_effects, house_effects_table, terms
from pollbench.data.bench import open_database
from pollbench.errors import CoverageError, DomainError


def campaign(seed=1, effects=(1.0, 0.5, -0.5, -1.0), surveys=30):
    rng = np.random.default_rng(seed)
    house = np.repeat(np.arange(len(effects)), surveys)
    days = rng.integers(0, 60, len(house))
    shares = 20 + 0.05 * days + np.array(effects)[house] + rng.normal(0, 0.8, len(house))
    return shares, days, house


def test_planted_effects_are_found_within_their_intervals():
    hits = []
    for seed in range(40):
        found = house_effects(*campaign(seed), np.arange(120))
        planted = np.array([1.0, 0.5, -0.5, -1.0])
        hits.append((found.low <= planted) & (planted <= found.high))
    assert np.mean(hits) == pytest.approx(0.95, abs=0.05)


def test_effects_add_up_to_zero():
    found = house_effects(*campaign(), np.arange(120))
    assert found.effect.sum() == pytest.approx(0, abs=1e-9)


def test_questions_put_to_one_sample_count_once():
    shares, days, house = campaign(surveys=20)
    once = house_effects(shares, days, house, np.arange(80))
    twice = house_effects(np.tile(shares, 2), np.tile(days, 2), np.tile(house, 2), np.tile(np.arange(80), 2))
    for column in ("effect", "low", "high", "p_value", "surveys"):
        assert twice[column].to_numpy() == pytest.approx(once[column].to_numpy())


def test_single_house_has_no_others_to_differ_from():
    with pytest.raises(DomainError, match="only one"):
        house_effects([20, 21], [0, 1], ["a", "a"], [1, 2])


def test_too_few_surveys_are_refused():
    with pytest.raises(DomainError, match="cannot carry"):
        house_effects([20, 21, 22], [0, 1, 2], list("abc"), [1, 2, 3])


def test_table_of_2017_adds_up_to_zero_for_every_candidate(bench):
    table = house_effects_table(bench, "fr-pres-2017-r1")
    assert table.groupby("candidate_id").effect.sum().abs().max() < 1e-9
    assert (table.surveys >= 3).all()
    assert (table.low < table.effect).all()
    assert table.candidate_id.nunique() == 5


def test_p_value_is_that_of_the_interval():
    found = house_effects(*campaign(surveys=4), np.arange(16))
    excludes = (found.low > 0) | (found.high < 0)
    assert ((found.p_value < 0.05) == excludes).all()


@pytest.mark.parametrize("noise", ["equal", "one noisy"])
def test_levels_hold_with_three_surveys_a_house(noise):
    """`benchmark/calibration` measures real campaigns; errors clustered by survey covered 80 to 95 %."""
    coverage, alarms = measured(small_campaign(), noise, USED, trials=300)
    assert coverage.min() >= 0.92
    assert 0.94 <= coverage.mean() <= 0.98
    # Two standard errors above 5 % in 300 trials.
    assert alarms <= 0.075


def test_clustered_errors_sound_far_too_often_with_few_surveys():
    coverage, alarms = measured(small_campaign(), "equal", "clustered (HC1)", trials=100)
    assert coverage.min() < 0.90
    assert alarms > 0.15


def test_marks_of_2017_and_2012_are_those_that_hold_in_simulation(all_elections):
    first = house_effects_table(all_elections, "fr-pres-2017-r1")
    marked = first[first.excludes_zero]
    assert set(zip(marked.candidate_id, marked.house, strict=True)) == {
        ("macron", "harris"), ("macron", "opinionway"), ("fillon", "opinionway")
    }  # fmt: skip
    assert house_effects_table(all_elections, "fr-pres-2012-r1").excludes_zero.sum() == 1


def test_a_poll_of_leverage_one_takes_no_interval_away(all_elections):
    """In 2017 one poll between the rounds has a knot of the trend for itself."""
    table = house_effects_table(all_elections, "fr-pres-2017-r2")
    assert table.low.notna().all()
    assert (table.high - table.low > 0).all()


def test_polls_of_one_day_have_one_level():
    design, combinations = terms(np.array([3.0, 3.0, 3.0]), np.array([0, 1, 1]))
    assert design.tolist() == [[1, 1], [1, -1], [1, -1]]
    assert combinations.tolist() == [[0, 1], [0, -1]]


def test_effects_that_cannot_be_computed_name_the_contest(bench, monkeypatch):
    def refuse(*_):
        message = "too few surveys."
        raise DomainError(message)

    monkeypatch.setenv(cache.VARIABLE, cache.OFF)
    monkeypatch.setattr(house_effects_module, "house_effects", refuse)
    with (
        open_database(bench.path) as fresh,
        pytest.raises(CoverageError, match=r"^fr-pres-2017-r1: too few surveys\.$"),
    ):
        house_effects_module.house_effects_table(fresh, "fr-pres-2017-r1")
