"""Errors of all elections, effective sizes, and the error model that looks back only."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.errors import DomainError
from pollbench.history.error_model import error_model, sizes_by_election
from pollbench.history.last_errors import (
    common_share,
    effective_sample_table,
    effective_size,
    errors_table,
    five_elections_table,
    independent_polls,
    percentile_of,
    published_errors,
)
from pollbench.inference.ties import difference_range
from pollbench.measures.point import mae


@pytest.fixture(scope="module")
def errors(all_elections):
    return errors_table(all_elections)


@pytest.mark.parametrize(
    ("year", "n_eff"), [(2002, 258), (2007, 230), (2012, 479), (2017, 1094), (2022, 165)]
)
def test_last_polls_were_worth_the_samples_that_the_design_measured(errors, year, n_eff):
    sizes = sizes_by_election(errors).set_index("year")
    # How a printed "<0.5" is read and which cells a poll without small candidates has moves 1 per cent.
    assert sizes.n_eff[year] == pytest.approx(n_eff, rel=0.015)
    # Shares of 53 to 86 % that contained 1/J of each poll's own error; without it 47 to 84 %.
    assert 0.465 <= sizes.common[year] <= 0.845


@pytest.mark.parametrize(
    ("contest", "median"),
    [
        ("fr-pres-2002-r1", 1.9),
        ("fr-pres-2007-r1", 2.3),
        ("fr-pres-2012-r1", 1.4),
        ("fr-pres-2017-r1", 0.95),
        ("fr-pres-2022-r1", 2.6),
    ],
)
def test_median_error_of_the_houses_is_what_the_design_measured(errors, contest, median):
    polls = errors[
        (errors.contest_id == contest) & (errors.kind != "poll_average") & (errors.family == "poll")
    ]
    assert polls.mae.median() == pytest.approx(median, abs=0.06)


def test_no_house_beat_flat_in_2002_and_every_house_did_in_2012(errors):
    polls = errors[(errors.family == "poll") & (errors["round"] == 1)].set_index("year")
    assert (polls.mae[2002] > polls.flat[2002]).all()
    assert (polls.mae[2012] < polls.flat[2012]).all()


def test_error_model_uses_earlier_elections_only(errors):
    assert error_model(2002, errors=errors).elections == ()
    assert error_model(2002, errors=errors).n_eff == 250
    assert error_model(2012, errors=errors).elections == ("fr-pres-2002", "fr-pres-2007")
    later = errors.copy()
    later.loc[later.year >= 2017, "n_eff"] = 1.0
    assert error_model(2017, errors=later) == error_model(2017, errors=errors)


def test_error_model_of_2017_is_the_one_of_the_design(errors):
    model = error_model(2017, errors=errors)
    assert model.n_eff == pytest.approx(290, abs=5)
    assert model.common == pytest.approx(0.75, abs=0.01)
    # The least significant difference of two polls named beforehand was 1.43 with the biased estimate.
    four = [24.0091, 21.2970, 20.0059, 19.5814]
    assert difference_range(mae, four, model.n_eff, common=model.common) == pytest.approx(1.51, abs=0.04)
    assert (model.low, model.high) == (pytest.approx(230, rel=0.01), pytest.approx(479, rel=0.015))


def test_other_offices_say_nothing(errors):
    assert error_model(2030, office="primary", errors=errors).elections == ()


def test_filteris_and_qotmii_are_one_house(errors):
    assert set(errors[errors.house == "filteris"].forecaster_id) == {"filteris", "qotmii"}


def test_qotmii_is_beyond_every_poll_of_five_elections(errors):
    table = five_elections_table(errors).set_index(["year", "forecaster_id", "round"])
    assert table.loc[(2022, "qotmii", 1), "percentile"] == 100
    assert 50 < table.loc[(2017, "filteris", 1), "percentile"] < 80


def test_percentile_counts_polls_of_the_same_round(errors):
    assert percentile_of(0.0, 1, errors) == 0
    assert percentile_of(99.0, 2, errors) == 100


def test_published_errors_are_those_that_are_recomputed(errors):
    published = published_errors()
    assert len(published) == len(errors)
    for column in ("mae", "n_eff", "squared_error"):
        assert published[column].to_numpy() == pytest.approx(errors[column].to_numpy(), abs=1e-9)


def test_sample_of_n_is_worth_n_on_average():
    rng = np.random.default_rng(1)
    result = np.array([24.0, 21.3, 20.0, 19.6, 15.1])
    drawn = 100 * rng.multinomial(1000, result / 100, size=4000) / 1000
    worth = np.array([effective_size(each[:4], result[:4]) for each in drawn])
    assert 1 / np.mean(1 / worth) == pytest.approx(1000, rel=0.05)
    # The design's range for four candidates and the rest.
    assert np.quantile(worth, [0.05, 0.95]) / 1000 == pytest.approx([0.42, 5.69], rel=0.12)


def test_unpublished_candidates_join_the_rest():
    assert effective_size([24, 21, np.nan], [23, 22, 5]) == effective_size([24, 21], [23, 22])


def test_figures_without_error_are_worth_infinitely_many():
    assert effective_size([60.0, 40.0], [60.0, 40.0]) == float("inf")


def test_errors_drawn_alone_have_nothing_in_common():
    rng = np.random.default_rng(2)
    assert common_share(rng.normal(size=(400, 11))) < 0.02


def test_table_sets_n_eff_beside_n(bench):
    table = effective_sample_table(bench).set_index("forecast_id")
    elabe = table.loc["elabe-2017-04-20-a"]
    assert elabe.n_eff == pytest.approx(6860, rel=1e-3)
    assert elabe.ratio == pytest.approx(elabe.n_eff / 1137)
    assert elabe.low / 1137 == pytest.approx(0.44, abs=0.03)
    assert elabe.high / 1137 == pytest.approx(4.1, abs=0.25)
    assert np.isnan(table.loc["filteris-2017-04-21-b"].low)


def test_figures_above_100_are_scaled_and_leave_no_negative_rest():
    result = np.array([60.0, 39.8, 0.2])
    scaled = np.array([60.0, 40.0, 0.25]) / 1.0025
    by_hand = (1 - ((result / 100) ** 2).sum()) / (((scaled - result) / 100) ** 2).sum()
    assert effective_size([60.0, 40.0, 0.25], result) == pytest.approx(by_hand)


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("polls", [6, 9])
def test_common_share_is_right_on_average_whatever_the_number_of_polls(correlation, polls):
    rng = np.random.default_rng(polls)
    votes = 4000
    together, own = rng.normal(size=(votes, 1, 5)), rng.normal(size=(votes, polls, 5))
    errors = np.sqrt(correlation) * together + np.sqrt(1 - correlation) * own
    # The ratio of two means over few cells leans a little; pooled over votes it does not.
    pooled = errors.transpose(1, 0, 2).reshape(polls, -1)
    assert common_share(pooled) == pytest.approx(correlation, abs=0.01)


def test_nine_polls_of_these_elections_are_worth_one_to_two_independent_ones(errors):
    common = sizes_by_election(errors).common
    assert [round(independent_polls(9, each), 1) for each in (common.max(), common.min())] == [1.2, 1.9]
    # The variance of the mean of J polls with correlation c is (1 + (J - 1) c) / J of one poll's.
    assert independent_polls(9, 0.0) == 9
    assert independent_polls(9, -0.1) == 9


def test_common_share_of_a_single_poll_is_refused():
    with pytest.raises(DomainError, match="single poll"):
        common_share([[1.0, -1.0]])


def test_without_an_error_of_the_past_the_model_is_the_first_one_and_no_percentile_is_known(errors):
    none = errors.iloc[:0]
    assert error_model(2017, errors=none).elections == ()
    assert five_elections_table(none).empty
    assert np.isnan(percentile_of(1.0, 9, errors))
