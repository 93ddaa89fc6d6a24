"""What the data of 2017 say about manipulation, from the project's own rows, with few assumptions.

Each test names the assumption where it uses one. The expected values are the published findings of the model;
everything on the other side is read from the data set.
"""

from __future__ import annotations

import numpy as np
import pytest

import pollbench as pb
from closed_forms import nuke_cost
from pollbench.manipulation.study.robust_ranks import robust_ranks
from pollbench.manipulation.study.sensitivity_table import sensitivity_table
from pollbench.measures.effective_sample import effective_ratio_distribution, effective_sample_size

FIRST = "fr-pres-2017-r1"


def cost(bench, forecaster, target, goal, **options):
    table = pb.break_even(
        bench, target=target, forecaster=forecaster, goals=[goal], contest_id=FIRST, replicates=200, **options
    )
    assert len(table) == 1
    return table.iloc[0]


def moved(bench, forecaster, target, attack="push", accounts=1000, **options):
    table = pb.stress(
        bench,
        attack=attack,
        target=target,
        forecaster=forecaster,
        contest_id=FIRST,
        axis="accounts",
        budgets=[accounts],
        replicates=200,
        **options,
    )
    return table[table.budget == accounts].iloc[0]


def figures(bench, forecast_id, candidates=None):
    rows = bench.frame(
        "SELECT candidate_id, CASE WHEN flag = 'lt' THEN value / 2 ELSE value END::DOUBLE AS value, share_pct "
        "FROM prediction JOIN forecast USING (forecast_id) JOIN oracle USING (contest_id, candidate_id) "
        "WHERE forecast_id = ? ORDER BY rank",
        [forecast_id],
    )
    rows = rows if candidates is None else rows[rows.candidate_id.isin(candidates)]
    return rows.value.to_numpy(), rows.share_pct.to_numpy()


MAIN = ("macron", "le-pen", "fillon", "melenchon")


def test_vigiglobe_fillon_leads_the_tweets_for_at_most_twenty_thousand(bench):
    lead = cost(bench, "vigiglobe", "fillon", "lead")
    # Both counts are printed rounded to 10,000: the true gap lies between nothing and twice the printed one.
    rounding = 10_000
    assert lead.mass == pytest.approx(10_000)
    assert lead.mass + rounding == pytest.approx(20_000)
    base = 100 * lead.mass / lead.mass_pct
    assert lead.mass_pct == pytest.approx(0.2, abs=0.05)
    assert 100 * (lead.mass + rounding) / base == pytest.approx(0.5, abs=0.05)
    day_of_the_hashtag = bench.frame(
        "SELECT quantity_reported::DOUBLE AS q FROM evidence WHERE evidence_id = 'op-stopchasse-volume'"
    ).q.item()
    assert 1 <= round((lead.mass + rounding) / day_of_the_hashtag, 6) <= 2


def test_vigiglobe_le_pen_in_the_top_two_costs_fifteen_per_cent(bench):
    second = cost(bench, "vigiglobe", "le-pen", "top_two")
    assert second.mass == pytest.approx(660_000, rel=0.01)
    assert second.mass_pct == pytest.approx(15, abs=0.5)


def test_filteris_fillon_first_for_a_little_over_one_per_cent(bench):
    # Assumption: the base were the 1.0 million occurrences published for October 2016.
    published = bench.frame(
        "SELECT value::DOUBLE AS v FROM assumption WHERE assumption_id = 'filteris-corpus-2016-10'"
    ).v.item()
    lead = cost(bench, "filteris", "fillon", "lead", assume={"filteris.messages": published})
    assert lead.mass_pct == pytest.approx(1.2)
    assert lead.mass == pytest.approx(12_000)
    assert cost(bench, "filteris", "fillon", "plus_1").mass_pct == pytest.approx(1.3, abs=0.02)


def test_ipsos_fillon_in_the_top_two_for_forty_one_invented_answers(bench):
    second = cost(bench, "ipsos", "fillon", "top_two")
    assert second.mass_pct == pytest.approx(3.0)
    assert np.ceil(second.records) == 41
    persons = bench.frame(
        "SELECT expressing_n AS n FROM forecast WHERE forecast_id = ?", [second.forecast_id]
    ).n.item()
    assert persons == 1401


@pytest.mark.parametrize(
    ("panel", "activity", "accounts"), [(1e5, 1, 3000), (1e5, 10, 300), (1e6, 1, 30_000)]
)
def test_ipsos_accounts_depend_on_the_panel_and_the_activity(bench, panel, activity, accounts):
    # Assumptions: the size of the panel and how often the invented answer.
    assume = {"panel_quota.panel_size": panel, "panel_quota.relative_activity": activity}
    assert cost(bench, "ipsos", "fillon", "top_two", assume=assume).accounts == pytest.approx(accounts)


def test_every_institute_has_to_be_attacked_again(bench):
    table = pb.break_even(bench, target="fillon", goals=["top_two"], contest_id=FIRST, replicates=50)
    panels = table[(table.mechanism == "panel_quota") & (table.gap_pp > 0)]
    assert panels.forecaster_id.nunique() >= 8
    assert (panels.accounts > 0).all()


def test_gov_a_thousand_supporters_move_fillon_by_four_to_eight_points(bench):
    # Assumption: votes on a question of the app stand for raters of a candidate (4,500 to 9,700 in two days).
    push = moved(bench, "gov", "fillon")
    assert push.assumption_high == pytest.approx(7.6, abs=0.05)
    assert push.assumption_low == pytest.approx(3.9, abs=0.05)
    nuke = moved(bench, "gov", "macron", attack="nuke")
    assert nuke.assumption_low == pytest.approx(-5.8, abs=0.05)
    assert nuke.assumption_high == pytest.approx(-3.0, abs=0.05)


def test_gov_the_fall_of_macron_would_take_hostile_voters_worth_86_per_cent_of_the_raters(bench):
    rows = bench.frame(
        "SELECT value::DOUBLE AS v FROM prediction WHERE candidate_id = 'macron' "
        "AND forecast_id IN ('gov-2017-01-28-a', 'gov-2017-03-17-a') ORDER BY forecast_id"
    )
    before, after = rows.v
    # Sufficient, not evidence: a change of public and a change of mind look the same.
    assert nuke_cost(before, before - after, 100.0) == pytest.approx(86, abs=0.5)


@pytest.mark.parametrize(
    ("forecast", "size", "low", "high"),
    [
        ("filteris-2017-04-21-b", 340, 60, 811),
        ("filteris-2017-04-11-a", 298, None, None),
        ("brand-analytics-2017-04-17-a", 155, 27, 370),
        ("ipsos-2017-04-20-a", 3012, 529, 7176),
    ],
)
def test_effective_sizes_on_four_candidates_and_the_rest(bench, forecast, size, low, high):
    shares, result = figures(bench, forecast, MAIN)
    found = float(effective_sample_size(shares, result))
    assert found == pytest.approx(size, rel=0.003)
    if low is not None:
        distribution = effective_ratio_distribution(tuple(float(each) for each in result), seed=20170423)
        few, many = np.quantile(distribution, [0.05, 0.95])
        assert found / many == pytest.approx(low, rel=0.03)
        assert found / few == pytest.approx(high, rel=0.03)


def test_the_size_of_elabe_is_luck_and_depends_on_the_cells(bench):
    shares, result = figures(bench, "elabe-2017-04-20-a", MAIN)
    assert float(effective_sample_size(shares, result)) == pytest.approx(134_000, rel=0.01)
    shares, result = figures(bench, "elabe-2017-04-20-a")
    assert len(shares) == 11
    assert float(effective_sample_size(shares, result)) == pytest.approx(6_859, abs=1)
    # Its figures add up to 100.25: as one more cell, a rest of -0.25 would cost 400 respondents.
    assert shares.sum() == 100.25
    cells = (np.append(shares, -0.25) - np.append(result, 0)) / 100
    by_hand = (1 - ((result / 100) ** 2).sum()) / (cells**2).sum()
    assert by_hand == pytest.approx(6_458, abs=1)


def test_filteris_what_would_suffice_and_how_little_a_push_explains(bench):
    table = sensitivity_table(bench)
    row = table[
        (table.contest_id == FIRST) & (table.forecaster_id == "filteris") & (table.target == "fillon")
    ]
    assert row.sufficient_pct.item() == pytest.approx(1.87, abs=0.005)
    assert row.explained_pct.item() == pytest.approx(14, abs=0.5)
    assert row.n_eff.item() == pytest.approx(340, abs=1)
    assert row.wording.item() == "would suffice; that it happened does not follow"


def test_the_engine_concludes_against_the_polls_where_the_numbers_do(bench):
    # Assumptions: every invented panelist lands in a panel of 100,000; an app that pools its 150,000 users.
    users = bench.frame(
        "SELECT value::DOUBLE AS v FROM assumption WHERE assumption_id = 'gov-users-2017-04'"
    ).v.item()
    panel = {"panel_quota.panel_size": 1e5, "panel_quota.relative_activity": 1}
    poll = moved(bench, "ipsos", "fillon", assume=panel)
    app = moved(bench, "gov", "fillon", assume={"gov.votes_per_question": users})
    active = moved(bench, "ipsos", "fillon", assume={**panel, "panel_quota.relative_activity": 10})
    assert poll.shift_pp == pytest.approx(0.80, abs=0.005)
    assert app.shift_pp == pytest.approx(0.28, abs=0.005)
    assert active.shift_pp == pytest.approx(7.4, abs=0.05)
    assert poll.shift_pp > app.shift_pp


def test_an_attack_can_make_a_forecast_better(bench):
    table = robust_ranks(bench)
    row = table[
        (table.contest_id == FIRST)
        & (table.target == "fillon")
        & (table.budget_axis == "mass_pct")
        & (table.budget == 1)
        & (table.forecaster_id == "ipsos")
    ].iloc[0]
    assert row.mae_clean == pytest.approx(0.57, abs=0.005)
    assert row.mae == pytest.approx(0.43, abs=0.005)
