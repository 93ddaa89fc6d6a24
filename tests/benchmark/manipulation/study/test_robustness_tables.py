"""Tables that charts draw: columns, order, and what each may not say."""

from __future__ import annotations

import numpy as np
import pytest

from pollbench.manipulation import study as robustness
from pollbench.manipulation.study.robust_ranks import agreement, attacked_alone, attacked_errors, ranks
from pollbench.manipulation.study.tornado_table import ACCOUNTS, POINTS, log_variance

FIRST = "fr-pres-2017-r1"


@pytest.fixture(scope="module")
def detections(bench):
    return robustness.detection_table(bench)


@pytest.mark.parametrize(
    "name",
    [
        "break_even_table", "defence_table", "detection_table", "parameters_table", "robust_rank_table", "ruler_table",
        "sensitivity_table", "tornado_table", "unanswered_table",
    ],
)  # fmt: skip
def test_a_table_documents_its_columns_and_has_them(bench, detections, name):
    function = getattr(robustness, name)
    table = detections if name == "detection_table" else function(bench)
    assert len(table)
    words = function.__doc__
    if "the columns of" not in words:
        for column in table.columns:
            stem = column.replace("_low", "").replace("_high", "")
            assert column in words or stem in words, column


def test_sobol_indices_add_up_and_the_panel_carries_most(bench):
    table = robustness.tornado_table(bench)
    poll = table[(table.forecaster_id == "ipsos") & (table.contest_id == FIRST) & (table.target == "fillon")]
    accounts = poll[poll.output == ACCOUNTS].set_index("parameter")
    assert accounts.sobol.sum() == pytest.approx(1)
    assert accounts.sobol["panel_size"] == pytest.approx(
        np.log(30) ** 2 / (np.log(30) ** 2 + np.log(20) ** 2), rel=1e-9
    )
    assert poll[poll.output == POINTS].sobol.isna().all()


def test_sobol_indices_by_simulation():
    # Log-uniform parameters, a product of powers: the part of the variance that one of them explains.
    generator = np.random.default_rng(1)
    first = generator.uniform(np.log(1e5), np.log(3e6), 400_000)
    second = generator.uniform(np.log(1), np.log(20), 400_000)
    product = first - second
    explained = np.corrcoef(first, product)[0, 1] ** 2
    expected = log_variance(1e5, 3e6) / (log_variance(1e5, 3e6) + log_variance(1, 20))
    assert explained == pytest.approx(expected, abs=0.005)


def test_the_ends_of_a_tornado_hold_the_centre(bench):
    table = robustness.tornado_table(bench)
    low, high = (
        table[["output_at_low", "output_at_high"]].min(axis=1),
        table[["output_at_low", "output_at_high"]].max(axis=1),
    )
    assert (low <= table.output_central + 1e-9).all()
    assert (table.output_central <= high + 1e-9).all()
    assert set(table.evidence_class) <= {"F", "D", "A"}


def test_the_ruler_has_sources_and_marks_what_comes_after_2017(bench):
    ruler = robustness.ruler_table(bench)
    assert ruler.sources.str.len().gt(0).all()
    assert ruler.set_index("evidence_id").anachronistic["op-westwood-flip"]
    assert not ruler.set_index("evidence_id").anachronistic["op-stopchasse-volume"]
    assert set(ruler.grade) <= {"documented", "alleged", "hypothetical"}


def test_no_sentence_of_the_tables_accuses_anybody(bench):
    table = robustness.sensitivity_table(bench)
    assert set(table.wording) == {"would suffice; that it happened does not follow"}


def test_disclosure_counts_facts(bench):
    table = robustness.sensitivity_table(bench).drop_duplicates(["contest_id", "forecaster_id"])
    first = table[table.contest_id == FIRST].set_index("forecaster_id")
    assert first.disclosure_share["open-web-vote"] == 100
    assert first.disclosure_share["filteris"] == 0
    assert first.disclosure_share["le-terrain"] == 100


def test_figures_that_are_no_shares_are_not_set_against_the_vote(bench):
    table = robustness.sensitivity_table(bench)
    gov = table[table.forecaster_id == "gov"]
    assert gov[["result_pct", "sufficient_pct", "explained_pct", "n_eff"]].isna().all().all()


def test_effective_size_under_attack_is_that_of_the_attacked_figure(bench):
    table = robustness.sensitivity_table(bench)
    row = table[
        (table.forecaster_id == "ipsos") & (table.contest_id == FIRST) & (table.target == "fillon")
    ].iloc[0]
    assert row.n_eff_at_1pct > row.n_eff


def test_one_vote_a_window_helps_against_drips_only(bench):
    table = robustness.defence_table(bench)
    gov = table[(table.forecaster_id == "gov") & (table.defence_id == "one_vote_per_window")]
    assert (gov[gov.timing == "drip"].value_plain > 0).all()
    assert (gov[gov.timing == "burst_end"].value_plain <= 1e-9).all()


def test_ageing_buys_nothing_once_adapted(bench):
    table = robustness.defence_table(bench)
    aged = table[table.defence_id == "account_age"]
    assert (aged.value_adapted.abs() < 1e-9).all()
    assert (aged.value_plain > 0).all()
    assert (aged.lead_time_days == 30).all()


def test_entropy_is_blinder_than_composition_near_fillon(detections):
    table = detections
    row = table[(table.contest_id == FIRST) & (table.forecaster_id == "ipsos") & (table.target == "fillon")]
    power = row[row.mass_pct == 10].set_index("test").power
    assert power["composition"] > 0.95
    assert power["entropy"] < 0.4


def test_detection_grows_with_the_budget(detections):
    table = detections
    kept = table[table.test != "entropy"]
    for _, part in kept.groupby(["forecaster_id", "contest_id", "target", "test"]):
        assert (np.diff(part.sort_values("mass_pct").power) >= -1e-12).all()


def test_ranks_share_the_best_place_on_ties():
    assert ranks(np.array([[1.0, 1.0, 0.5]])).tolist() == [[2, 2, 1]]
    assert agreement(np.array([1.0, 2.0]), np.array([2.0, 1.0])) == -1
    assert np.isnan(agreement(np.array([1.0]), np.array([2.0])))


def test_attacked_alone_keeps_the_others_clean():
    clean = np.array([0.1, 0.2, 0.3])
    moved = np.array([[0.25, 0.05, 0.3]])
    assert attacked_alone(clean, moved).tolist() == [[2, 1, 3]]


def test_errors_under_attack_by_hand():
    forecast, result = np.array([[60.0, 40.0]]), np.array([50.0, 50.0])
    moved = attacked_errors(forecast, result, 1, np.array([[25.0]]))
    # A fifth of the records names the second: 48 against 52.
    assert moved == pytest.approx(2.0)


def test_robust_rank_interval_holds_the_clean_rank_and_flips_where_it_says(bench):
    table = robustness.robust_rank_table(bench)
    assert (table.rank_best <= table.rank_clean).all()
    assert (table.rank_clean <= table.rank_worst).all()
    before = table[table.budget < table.flip_budget]
    assert (before["rank"] == before.rank_clean).all()
    percent = table[table.budget_axis == "mass_pct"]
    assert set(percent.budget) == {0, 0.5, 1, 2, 5, 10, 20}
    persons = table[table.budget_axis == "accounts"]
    assert "brand-analytics" not in set(persons.forecaster_id)
