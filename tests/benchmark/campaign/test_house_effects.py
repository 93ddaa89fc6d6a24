"""House effects, and why their errors are never clustered by house."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.campaign.house_effects import _hats, clustered, house_effects, house_effects_table
from pollbench.errors import DomainError


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


def test_clustering_by_house_gives_no_variance_at_all():
    shares, days, house = campaign()
    coded = np.vstack([np.eye(3), -np.ones(3)])
    trend = _hats(days.astype(float))
    design = np.hstack([trend, coded[house]])
    _, by_house = clustered(shares, design, house, trend.shape[1], coded)
    _, by_survey = clustered(shares, design, np.arange(120), trend.shape[1], coded)
    # With one term a house the residuals of each house add up to zero (the trend takes the rest).
    assert by_house.max() < 0.3 * by_survey.min()
    assert by_survey.min() > 0.1


def test_clustering_by_house_without_trend_is_exactly_zero():
    shares, _, house = campaign()
    coded = np.vstack([np.eye(3), -np.ones(3)])
    design = np.hstack([np.ones((120, 1)), coded[house]])
    _, by_house = clustered(shares, design, house, 1, coded)
    assert by_house == pytest.approx(np.zeros(4), abs=1e-6)


def test_questions_put_to_one_sample_count_once():
    shares, days, house = campaign(surveys=20)
    once = house_effects(shares, days, house, np.arange(80))
    twice = house_effects(np.tile(shares, 2), np.tile(days, 2), np.tile(house, 2), np.tile(np.arange(80), 2))
    assert twice.effect.to_numpy() == pytest.approx(once.effect.to_numpy())
    width = [(each.high - each.low).mean() for each in (once, twice)]
    assert width[1] == pytest.approx(width[0], rel=0.08)


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
    from scipy.stats import t

    freedom = 16 - (_hats(campaign(surveys=4)[1].astype(float)).shape[1] + 3)
    spread = (found.high - found.low) / 2 / t.ppf(0.975, freedom)
    assert found.p_value.to_numpy() == pytest.approx(2 * t.sf(found.effect.abs() / spread, freedom))
    excludes = (found.low > 0) | (found.high < 0)
    assert ((found.p_value < 0.05) == excludes).all()
