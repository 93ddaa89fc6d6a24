"""Point errors and distances between compositions against published figures and other libraries."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy
from sklearn.metrics import (
    max_error,
    mean_absolute_error,
    mean_absolute_percentage_error,
    root_mean_squared_error,
)

from pollbench.measures.composition import (
    gallagher,
    hellinger,
    jensen_shannon,
    kl_divergence,
    loosemore_hanby,
    sainte_lague,
)
from pollbench.measures.events import order_called
from pollbench.measures.lead import (
    absolute_margin_error,
    half_margin_error,
    margin_error,
    two_candidate_share_error,
)
from pollbench.measures.log_ratio import aitchison_distance, centred_log_ratio, clr_bias, replace_zeros
from pollbench.measures.point import (
    largest_error,
    mae,
    mean_relative_error,
    rmse,
    total_absolute_error,
)
from pollbench.measures.ranks import kendall_tau_b

# http://www.kiwiblog.co.nz/2008/11/how_did_the_pollsters_go.html: election-night result and last polls,
# New Zealand 2008: National, Labour, Green, NZ First, Maori, United Future, ACT, Progressive.
NZ_2008 = np.array([45.5, 33.8, 6.4, 4.2, 2.2, 0.9, 3.7, 0.9])
NZ_POLLS = {
    "tvnz": ([47, 35, 9, 2.4, 1.3, 0, 2.5, 0], 1.4, 12.0),
    "tv3": ([46, 33.1, 9, 3.4, 2.7, 0.2, 2.8, 0.3], 0.9, 12.9),
    "herald": ([47.9, 36.4, 5.8, 3.9, 2.3, 0.7, 1.8, 0.2], 1.1, 11.5),
    "fairfax": ([49, 31, 8, 3, 3, 1, 4, 0], 1.4, 18.0),
    "morgan": ([42, 34.5, 10, 4.5, 2.5, 1, 4, 0], 1.2, 7.5),
}
#: Printed to one decimal.
ONE_DECIMAL = 0.051


@pytest.mark.parametrize("poll", NZ_POLLS)
def test_mean_error_and_lead_of_the_new_zealand_polls_of_2008(poll):
    shares, printed, lead = NZ_POLLS[poll]
    assert mae(np.array(shares), NZ_2008) == pytest.approx(printed, abs=ONE_DECIMAL)
    assert margin_error(np.array(shares), NZ_2008) == pytest.approx(lead - (45.5 - 33.8), abs=1e-9)


@pytest.mark.parametrize(
    ("poll", "printed"),
    [("herald", 1.6), ("tv3", 2.3), ("tvnz", 3.4), ("fairfax", 6.1), ("morgan", 6.4)],
)
def test_total_error_on_two_blocs_as_printed_by_the_new_zealand_herald(poll, printed):
    """https://nzherald.co.nz/nz/politics/criticised-polls-come-up-trumps/WJ5TG4TKXYSBUAM6VBBOVE3IVY"""
    national, labour = [0, 6, 5], [1, 2, 7]
    rows = (np.array(NZ_POLLS[poll][0]), NZ_2008)
    blocs = [np.array([row[national].sum(), row[labour].sum()]) for row in rows]
    assert total_absolute_error(*blocs) == pytest.approx(printed, abs=0.11)


def test_total_error_of_the_example_of_datapolitics():
    """https://datapolitics.fr/methologie-notation-sondeurs"""
    assert total_absolute_error(np.array([24.0, 22, 14]), np.array([23.0, 20, 17])) == 6


def test_mean_error_of_the_poll_average_of_the_crosstab_in_2017():
    """http://www.thecrosstab.com/2017/04/25/all-signs-point-to-a-macron-victory/: printed 0.6, exact 0.65."""
    average, result = np.array([23.7, 22.4, 19.5, 18.9]), np.array([24.0, 21.3, 20.0, 19.6])
    assert mae(average, result) == pytest.approx(0.6, abs=ONE_DECIMAL)


def test_gallagher_of_new_zealand_2005_is_that_of_its_table_and_not_the_much_copied_one():
    """Shares listed at http://www.thefullwiki.org/Gallagher_Index, which prints 1.11.

    Its own squares add up to 2.5336, not 2.4711: the 0.0625 of Legalise Cannabis was left out, and
    Direct Democracy's 0.03 is squared as 0.04.
    """
    votes = [41.1, 39.1, 5.72, 5.3, 2.12, 2.67, 1.51, 1.16, 0.62, 0.25, 0.12, 0.07, 0.05, 0.05, 0.04]
    votes += [0.03, 0.03, 0.02, 0.02]
    seats = [41.32, 39.67, 5.79, 4.96, 3.3, 2.48, 1.65, 0.82] + [0.0] * 11
    value = gallagher(np.array(seats), np.array(votes))
    assert value == pytest.approx(1.1253666, abs=1e-6)
    assert abs(value - 1.11) > 0.01


def test_gallagher_of_calculator_academy():
    """https://calculator.academy/gallagher-index-calculator/: the square root of 31."""
    assert gallagher(np.array([48.0, 28, 18, 6]), np.array([42.0, 31, 17, 10])) == pytest.approx(31**0.5)


def test_loosemore_hanby_and_gallagher_equal_politics_r():
    """cran/politicsR, man examples of lh and lsq: 0.05 and 0.04358898943540677 on proportions (R 4.2.2)."""
    seats, votes = np.array([18.0, 17, 65]), np.array([20.0, 20, 60])
    assert loosemore_hanby(seats, votes) == pytest.approx(5.0)
    assert gallagher(seats, votes) == pytest.approx(4.358898943540677)


def test_centred_log_ratio_of_the_docstring_of_scikit_bio():
    """scikit-bio 0.7.4, skbio.stats.composition.clr([.1, .3, .4, .2])."""
    expected = [-0.79451346, 0.30409883, 0.5917809, -0.10136628]
    np.testing.assert_allclose(centred_log_ratio(np.array([10.0, 30, 40, 20])), expected, atol=1e-8)


def test_multiplicative_replacement_keeps_ratios_and_totals():
    """scikit-bio's multi_replace: [0.2, 0.4, 0.4, 0], delta 0.0625 -> 0.1875 0.375 0.375 0.0625."""
    replaced = replace_zeros(np.array([20.0, 40, 40, 0]), step=12.5)
    np.testing.assert_allclose(replaced, [18.75, 37.5, 37.5, 6.25])


# Shares like those of 2017 (the poll is synthetic): Macron, Le Pen, Fillon, Mélenchon, Hamon, Dupont-Aignan,
# Lassalle, Poutou, Asselineau, Arthaud, Cheminade. Values by scikit-bio 0.7.4 (clr, ilr), scipy 1.17.1
# (entropy, jensenshannon, kendalltau) and R 4.2.2 (politicsR lh, lsq; cor(method="kendall")).
POLL = np.array([24, 22, 19.5, 18.5, 7.5, 4, 1.5, 1, 1, 0.5, 0.5])
VOTE = np.array([24.01, 21.3, 20.01, 19.58, 6.36, 4.7, 1.21, 1.09, 0.92, 0.64, 0.18])


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (aitchison_distance, 1.0691474900726992),
        (loosemore_hanby, 2.53),
        (gallagher, 1.40121375956704),
        (kl_divergence, 0.003895097442793832),
        (jensen_shannon, 0.0010275961626171812),
        (kendall_tau_b, 0.9816498172140428),
    ],
)
def test_eleven_candidates_against_scikit_bio_scipy_and_r(function, expected):
    assert function(POLL, VOTE) == pytest.approx(expected, rel=1e-11)


def test_clr_bias_of_eleven_candidates_against_scikit_bio():
    expected = [-0.08585381071301401, -0.05310185018486124, -0.11125491385373887, -0.14217513584588315]
    expected += [0.07943741236243618, -0.24670537842392015, 0.12940751767171688, -0.17161492706885006]
    expected += [-0.0020556218887466393, -0.3322973087593235, 0.9362140167041839]
    np.testing.assert_allclose(clr_bias(POLL, VOTE), expected, atol=1e-12)


def test_aitchison_distance_is_the_root_of_all_squared_log_ratios():
    ratios = np.log(np.divide.outer(POLL, POLL)) - np.log(np.divide.outer(VOTE, VOTE))
    assert aitchison_distance(POLL, VOTE) == pytest.approx(np.sqrt((ratios**2).sum() / 22))


def random_shares(count: int = 40, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    alpha = np.linspace(0.5, 12, 9)
    return 100 * rng.dirichlet(alpha, count), 100 * rng.dirichlet(alpha, count)


def test_divergences_equal_scipy():
    polls, votes = random_shares()
    np.testing.assert_allclose(kl_divergence(polls, votes), entropy(votes, polls, axis=-1))
    np.testing.assert_allclose(np.sqrt(jensen_shannon(polls, votes)), jensenshannon(polls, votes, axis=-1))


def test_hellinger_is_the_euclidean_distance_of_the_roots():
    polls, votes = random_shares()
    # Cross-check through the Bhattacharyya coefficient, another form of the same distance.
    coefficient = np.sqrt(polls * votes).sum(axis=-1) / 100
    np.testing.assert_allclose(hellinger(polls, votes), np.sqrt(1 - coefficient), rtol=1e-9)


def test_jensen_shannon_and_hellinger_take_zeros_that_both_sides_share():
    one, two = np.array([50.0, 50.0, 0.0]), np.array([100.0, 0.0, 0.0])
    assert jensen_shannon(one, two) == pytest.approx(jensenshannon(one, two) ** 2)
    assert hellinger(one, two) == pytest.approx(np.sqrt(1 - np.sqrt(0.5)))


def test_point_errors_equal_scikit_learn():
    polls, votes = random_shares()
    for own, peer in (
        (mae, mean_absolute_error),
        (rmse, root_mean_squared_error),
        (largest_error, max_error),
        (mean_relative_error, mean_absolute_percentage_error),
    ):
        expected = [peer(true, forecast) for forecast, true in zip(polls, votes, strict=True)]
        np.testing.assert_allclose(own(polls, votes), expected, rtol=1e-10)


def test_simple_measures_equal_sql_in_duckdb():
    polls, votes = random_shares(6)
    rows = [(*at, float(polls[at]), float(votes[at])) for at in np.ndindex(*polls.shape)]
    connection = duckdb.connect()
    connection.execute("create table shares (f integer, k integer, p double, v double)")
    connection.executemany("insert into shares values (?, ?, ?, ?)", rows)
    expected = connection.execute("""
        select avg(abs(p - v)), sum(abs(p - v)), sqrt(avg((p - v) ** 2)), max(abs(p - v)),
               avg(abs(p / v - 1)), sum((p / sp - v / sv) ** 2 / (v / sv)),
               100 * (arg_max(p, v) / (arg_max(p, v) + arg_max(p, v) filter (v < top))
                      - max(v) / (max(v) + max(v) filter (v < top))),
               arg_max(p, v) - arg_max(p, v) filter (v < top) - (max(v) - max(v) filter (v < top))
        from (select *, max(v) over (partition by f) top, sum(p) over (partition by f) sp,
                     sum(v) over (partition by f) sv from shares)
        group by f order by f""").fetchall()
    expected = np.array(expected).T
    functions = (mae, total_absolute_error, rmse, largest_error, mean_relative_error)
    for function, column in zip(functions, expected[:5], strict=True):
        np.testing.assert_allclose(function(polls, votes), column, rtol=1e-12)
    np.testing.assert_allclose(sainte_lague(polls, votes), expected[5], rtol=1e-10)
    np.testing.assert_allclose(two_candidate_share_error(polls, votes), expected[6], atol=1e-10)
    np.testing.assert_allclose(margin_error(polls, votes), expected[7], atol=1e-10)
    np.testing.assert_allclose(absolute_margin_error(polls, votes), abs(expected[7]), atol=1e-10)
    np.testing.assert_allclose(half_margin_error(polls, votes), abs(expected[7]) / 2, atol=1e-10)


def test_le_monde_counted_six_of_seven_polls_right_on_the_order_of_the_first_six():
    """http://www.kelnews.fr/2017/04/26/presidentielle-les-sondages-ont-vu-plutot-juste/ (copy of Le Monde).

    BVA had Mélenchon at 19.5 ahead of Fillon at 19; Ipsos and Odoxa had both at 19 and were counted
    as right, which is what fixes the rule for ties. The figures of BVA's and Ipsos' first four.
    """
    result = np.array([24.01, 21.30, 20.01, 19.58])
    assert order_called(np.array([23.0, 23.0, 19.0, 19.5]), result) == 0
    assert order_called(np.array([24.0, 22.0, 19.0, 19.0]), result) == 1
