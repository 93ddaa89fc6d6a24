"""Who published what, and figures in circulation."""

from __future__ import annotations

import pytest

from pollbench.selection.coverage import claimed_against_recomputed_table, coverage_table


def test_filteris_covers_the_main_four_and_polls_all_eleven(bench):
    table = coverage_table(bench).set_index(["contest_id", "forecaster_id", "quantity"])
    filteris = table.loc[("fr-pres-2017-r1", "filteris", "digital_share")]
    assert filteris.main_candidates == filteris.main_set == 4
    assert filteris.candidates < 11
    assert table.loc[("fr-pres-2017-r1", "ipsos", "vote_share")].candidates == 11


def test_gov_published_approvals_only(bench):
    table = coverage_table(bench)
    assert set(table[table.forecaster_id == "gov"].quantity) == {"approval"}


def test_coverage_counts_agree_with_the_forecasts(bench):
    table = coverage_table(bench)
    counted = bench.frame(
        "SELECT count(*) AS n FROM forecast WHERE coalesce(lineup, '') NOT LIKE 'duel-%'"
    ).n.item()
    assert table.forecasts.sum() == counted
    assert (table.first_day <= table.last_day).all()


def test_stated_figures_stand_beside_the_best_ones(bench):
    table = claimed_against_recomputed_table(bench).set_index("figure_id")
    assert table.loc["hamon-share-r1"].difference == pytest.approx(-0.01)
    assert table.loc["hamon-share-r1"].verdict == "rounding"
    assert table.loc["no-buzz-macron-first"].verdict == "contradicted"
