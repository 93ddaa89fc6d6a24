"""Shifts and costs of the figures of 2017: intervals apart, bounds in order, nothing claimed of what is unknown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import pollbench as pb
from pollbench.errors import PolicyError, UnknownName
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.break_even import break_even
from pollbench.manipulation.study.stress import stress
from pollbench.manipulation.study.tables import robustness_table

FIRST = "fr-pres-2017-r1"


@pytest.fixture(scope="module")
def shifts(bench):
    return stress(bench, attack="push", budgets=[0.5, 1, 5, 20], replicates=300)


@pytest.fixture(scope="module")
def persons(bench):
    return stress(bench, attack="push", axis="accounts", budgets=[100, 1000, 10_000], replicates=300)


def test_a_budget_is_asked_for(bench):
    with pytest.raises(TypeError, match="budgets"):
        stress(bench, attack="push")
    with pytest.raises(PolicyError, match="budgets"):
        stress(bench, attack="push", budgets=[])
    with pytest.raises(PolicyError, match="budgets"):
        stress(bench, attack="push", budgets=[-1])


def test_names_that_do_not_exist_are_refused(bench):
    for wrong in (
        {"attack": "pusch"},
        {"attack": "push", "axis": "votes"},
        {"attack": "push", "target": "fillion"},
        {"attack": "push", "defences": ["secrecy"]},
        {"attack": "push", "forecaster": "goov"},
        {"attack": "push", "contest_id": "fr-pres-2017-r3"},
        {"attack": "push", "model": "push-mobilized-7d"},
    ):
        with pytest.raises(UnknownName):
            stress(bench, budgets=[1], **wrong)


def test_zero_is_always_added_and_moves_nothing(shifts, persons):
    for table in (shifts, persons):
        zero = table[(table.budget == 0) & table.shift_pp.notna()]
        assert len(zero)
        for column in ("shift_pp", "worst_pp", "assumption_low", "assumption_high"):
            assert (zero[column] == 0).all(), column
        assert (zero.certified_pp.dropna() == 0).all()


def test_expected_is_below_worst_is_below_certified(shifts, persons):
    for table in (shifts, persons):
        known = table[table.shift_pp.notna()]
        assert (known.shift_pp.abs() <= known.worst_pp + 1e-9).all()
        proved = known[known.certified_pp.notna()]
        assert (proved.worst_pp <= proved.certified_pp + 1e-9).all()
        assert len(proved)


def test_the_three_intervals_are_apart(persons):
    row = persons[
        (persons.forecaster_id == "ipsos") & (persons.target == "fillon") & (persons.budget == 1000)
    ].iloc[0]
    sampling = row.sampling_high - row.sampling_low
    assumption = row.assumption_high - row.assumption_low
    assert 0 < sampling < 0.1
    assert assumption > 5
    assert 0 < row.monte_carlo_error < 0.03


def test_the_sampling_interval_is_that_of_the_honest_sample(bench, shifts):
    row = shifts[(shifts.forecaster_id == "ipsos") & (shifts.target == "fillon") & (shifts.budget == 5)].iloc[
        0
    ]
    generator = np.random.default_rng(1)
    honest = 100 * generator.binomial(1401, 0.19, 200_000) / 1401
    part = 5 / 105
    low, high = np.quantile(part * (100 - honest), [0.025, 0.975])
    assert row.sampling_low == pytest.approx(low, abs=0.005)
    assert row.sampling_high == pytest.approx(high, abs=0.005)


def test_secrecy_is_unknown_and_never_robust(bench, shifts):
    secret = set(
        bench.frame("SELECT forecaster_id FROM forecaster WHERE rule_disclosed = 'no'").forecaster_id
    )
    hidden = shifts[shifts.forecaster_id.isin(secret)]
    assert {"filteris", "vigiglobe", "brand-analytics"} <= set(hidden.forecaster_id)
    assert hidden.certified_pp.isna().all()
    assert hidden.unreliable.all()
    assert hidden.flag.str.contains("unknown").all()


def test_all_main_candidates_are_targets(shifts):
    ipsos = shifts[(shifts.forecaster_id == "ipsos") & (shifts.contest_id == FIRST)]
    assert set(ipsos.target) == {"macron", "le-pen", "fillon", "melenchon"}


def test_every_forecaster_has_an_answer_or_a_reason(bench):
    families = bench.frame(
        "SELECT forecaster_id FROM forecaster WHERE family <> 'baseline' AND forecaster_id IN "
        "(SELECT forecaster_id FROM forecast UNION SELECT forecaster_id FROM claim)"
    ).forecaster_id
    answered = {figure.forecaster_id for figure in attacked_figures(bench)[0]}
    unanswered = attacked_figures(bench)[1].set_index("forecaster_id").reason.to_dict()
    assert set(families) == answered | set(unanswered)
    assert all(len(reason) > 20 for reason in unanswered.values())


def test_persons_without_a_known_base_are_empty_and_say_so(persons):
    brand = persons[persons.forecaster_id == "brand-analytics"]
    assert brand.shift_pp.isna().all()
    assert brand.flag.str.contains("base not known").all()
    assert (brand.evidence_class == "U").all()


def test_forecasts_without_persons_have_closed_forms_and_no_draws(shifts):
    filteris = shifts[shifts.forecaster_id == "filteris"]
    assert filteris.shift_pp.notna().all()
    for column in ("sampling_low", "sampling_high", "p_lead", "p_top2", "monte_carlo_error"):
        assert filteris[column].isna().all(), column


def test_per_cent_of_base_needs_no_assumption(shifts):
    assert (shifts.assumption_low == shifts.assumption_high).all()
    assert (shifts.evidence_class == "F").all()


def test_a_control_adds_noise_and_no_shift(bench):
    table = stress(bench, attack="control", budgets=[5], forecaster="ipsos", contest_id=FIRST)
    row = table[table.budget == 5].iloc[0]
    assert row.shift_pp == 0
    assert row.sampling_low < 0 < row.sampling_high


def test_a_rating_flip_needs_less_when_one_account_does_both(bench):
    push = break_even(bench, attack="push", target="macron", forecaster="gov", goals=["lead"])
    both = break_even(bench, attack="push_and_nuke", target="macron", forecaster="gov", goals=["lead"])
    assert both.mass_pct.item() < push.mass_pct.item()
    gap = (58 - 32) / 100
    assert both.breakdown_pct.item() == pytest.approx(100 * gap / (1 + gap))
    assert push.breakdown_pct.item() == pytest.approx(100 * gap / (1 - 0.32))


def test_a_tie_is_not_a_lead(bench):
    row = break_even(bench, target="macron", forecaster="bva", goals=["lead"], contest_id=FIRST).iloc[0]
    assert row.gap_pp == 0
    assert row.mass_pct == 0
    assert "tie" in row.flag


def test_who_leads_already_costs_nothing_and_is_flagged(bench):
    row = break_even(bench, target="fillon", forecaster="gov", goals=["lead"]).iloc[0]
    assert row.mass_pct == 0
    assert "already" in row.flag


def test_the_minimal_attack_lies_around_the_closed_form(bench):
    row = break_even(bench, target="fillon", forecaster="ipsos", goals=["lead"], contest_id=FIRST).iloc[0]
    assert row.minimal_05 < row.mass_pct < row.minimal_95
    assert row.minimal_50 == pytest.approx(row.mass_pct, rel=0.15)


def test_bots_cost_euros_and_real_people_do_not(bench):
    people = break_even(bench, target="fillon", forecaster="ipsos", goals=["plus_1"], contest_id=FIRST).iloc[
        0
    ]
    bots = break_even(
        bench, target="fillon", forecaster="ipsos", goals=["plus_1"], contest_id=FIRST, model="push-bots-7d"
    ).iloc[0]
    assert np.isnan(people.eur)
    assert bots.eur_low < bots.eur < bots.eur_high
    assert "anachronistic" in bots.flag
    assert "anachronistic" not in people.flag
    # Half of the invented identities pass (assumption), so twice as many are needed.
    assert bots.accounts == pytest.approx(2 * people.accounts)


def test_only_a_push_has_goals(bench):
    with pytest.raises(PolicyError, match="push"):
        break_even(bench, attack="nuke")
    with pytest.raises(UnknownName):
        break_even(bench, goals=["win"])


def test_adding_forecasters_leaves_the_numbers_of_the_others(bench, shifts):
    alone = stress(bench, attack="push", budgets=[0.5, 1, 5, 20], replicates=300, forecaster="ipsos")
    among = shifts[shifts.forecaster_id == "ipsos"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, among, check_exact=True)


def test_the_seed_decides_the_chances_and_nothing_else(bench):
    one, again, other = (
        stress(bench, attack="push", budgets=[3], replicates=300, forecaster="ipsos", seed=seed)
        for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, again, check_exact=True)
    assert (one.p_top2 != other.p_top2).any()
    assert (one.shift_pp == other.shift_pp).all()


def test_chance_of_a_flip_by_simulating_samples_with_invented_answers(bench, shifts):
    row = shifts[
        (shifts.forecaster_id == "ipsos")
        & (shifts.contest_id == FIRST)
        & (shifts.target == "fillon")
        & (shifts.budget == 5)
    ].iloc[0]
    values = bench.frame(
        "SELECT candidate_id, CASE WHEN flag = 'lt' THEN value / 2 ELSE value END::DOUBLE AS v "
        "FROM prediction WHERE forecast_id = 'ipsos-2017-04-20-a' ORDER BY v DESC, candidate_id"
    )
    shares = values.v.to_numpy() / values.v.sum()
    target = values.candidate_id.tolist().index("fillon")
    generator = np.random.default_rng(7)
    part = 5 / 105
    fakes = generator.binomial(1401, part, 20_000)
    honest = np.stack([generator.multinomial(1401 - fake, shares) for fake in fakes])
    honest[:, target] += fakes
    others = np.sort(np.delete(honest, target, axis=1), axis=1)
    flipped = (honest[:, target] > others[:, -2]).mean()
    assert row.p_top2 == pytest.approx(flipped, abs=4 * 0.5 / np.sqrt(300))


def test_defences_are_listed_where_they_mean_something(bench):
    table = stress(
        bench,
        attack="push",
        budgets=[10],
        defences=["none", "identity_check", "daily_median"],
        contest_id=FIRST,
        target="fillon",
        model="push-bots-7d",
        replicates=50,
    )
    pairs = set(zip(table.mechanism, table.defence_id, strict=True))
    assert ("panel_quota", "identity_check") in pairs
    assert ("panel_quota", "daily_median") not in pairs
    assert ("phone_quota", "identity_check") not in pairs
    checked = table[(table.forecaster_id == "gov") & (table.budget == 10)].set_index("defence_id")
    assert checked.shift_pp["identity_check"] < checked.shift_pp["none"]
    # Against the attack that adapts (real people) the check buys nothing.
    assert checked.worst_pp["identity_check"] == pytest.approx(checked.worst_pp["none"])


def test_market_prices_cost_units_of_liquidity_only(bench):
    row = break_even(bench, target="fillon", forecaster="betfair", goals=["plus_1"], contest_id=FIRST).iloc[0]
    assert row.unit == "units of b"
    assert row.mass_pct == pytest.approx(100 * np.log((100 - 4.76) / (100 - 5.76)), rel=0.01)
    assert np.isnan(row.accounts)


def test_an_election_without_a_result_can_be_attacked(bench, tmp_path):
    from pollbench.data.store import load
    from pollbench.manipulation.study.sensitivity_table import sensitivity_table
    from pollbench.manipulation.study.tables import robust_rank_table
    from tests_support import copy_of

    folder = copy_of("fr-pres-2017", tmp_path)
    for name in ("results.csv", "departments.csv"):
        (folder / name).unlink()
    contests = pd.read_csv(folder / "contests.csv", dtype=str, keep_default_na=False)
    contests[["voters", "blank", "null_votes", "blank_null", "valid"]] = ""
    contests.to_csv(folder / "contests.csv", index=False, lineterminator="\n")
    with load(folder) as opened:
        before = stress(
            opened, attack="push", target="fillon", budgets=[1], forecaster="ipsos", contest_id=FIRST
        )
        assert robust_rank_table(opened).empty
        assert sensitivity_table(opened).sufficient_pct.isna().all()
    after = stress(bench, attack="push", target="fillon", budgets=[1], forecaster="ipsos", contest_id=FIRST)
    pd.testing.assert_frame_equal(before, after)


def test_the_table_of_a_run_holds_every_model_and_is_the_same_twice(bench):
    table = robustness_table(bench)
    assert set(table.threat_model_id) == {
        "push-mobilised-7d", "push-drip-7d", "push-bots-7d", "nuke-mobilised-7d", "push-and-nuke-mobilised-7d",
        "control-newcomers-7d",
    }  # fmt: skip
    assert set(table.budget_axis) == {"mass_pct", "accounts"}
    key = ["forecast_id", "target", "threat_model_id", "defence_id", "budget_axis", "budget"]
    assert not table.duplicated(key).any()
    assert table.to_csv(index=False) == robustness_table(bench).to_csv(index=False)


def test_the_public_names_are_there():
    assert pb.stress is stress
    assert pb.break_even is break_even
    assert "push" in pb.list_attacks()


def test_prices_of_later_years_are_flagged_for_every_budget_in_money(bench):
    table = stress(bench, attack="push", axis="eur", budgets=[1000], target="fillon", replicates=10)
    assert table["flag"].str.contains("prices of 2025, anachronistic for earlier votes").all()
