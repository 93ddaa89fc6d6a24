"""Parameters as data: look-up, classes, overrides, and the trace from a number to its sources."""

from __future__ import annotations

import numpy as np
import pytest

import pollbench as pb
from pollbench.data.store import load
from pollbench.errors import DataError, PolicyError, UnknownName
from pollbench.manipulation import MECHANISMS
from pollbench.manipulation.study.assumptions import Assumptions, parse_overrides
from pollbench.manipulation.study.tables import parameters_table
from tests_support import copy_of


def test_every_number_of_scale_is_a_row_with_a_class_and_a_source_that_exists(bench):
    rows = Assumptions(bench).rows
    assert len(rows) >= 85
    assert set(rows.evidence_class) <= set("FDAU")
    known = set(bench.table("source").source_id)
    for sources in rows.sources:
        assert set(sources.split()) <= known
    assert rows.parameter.str.fullmatch(r"[a-z0-9_]+").all()
    assert rows.subject.str.fullmatch(r"[a-z0-9_-]+").all()


def test_every_piece_of_evidence_has_a_source_that_exists_and_accuses_nobody(bench):
    evidence = bench.table("evidence")
    known = set(bench.table("source").source_id)
    assert len(evidence) > 20
    for row in evidence.itertuples():
        assert set(row.sources.split()) <= known
        assert "manipulated" not in row.reported


def test_lookup_goes_from_the_forecaster_to_its_mechanism_to_the_general(bench):
    assumptions = Assumptions(bench)
    assert assumptions.find("messages", "filteris", MECHANISMS["share_of_voice"]).subject == "filteris"
    assert (
        assumptions.find("panel_size", "ipsos", MECHANISMS["panel_quota"], "fr-pres-2017").subject
        == "panel_quota"
    )
    assert (
        assumptions.find("panel_size", "the-crosstab", MECHANISMS["poll_average"], "fr-pres-2017").subject
        == "panel_quota"
    )
    assert assumptions.find("amplification", "filteris", MECHANISMS["share_of_voice"]).subject == "general"
    assert assumptions.find("messages", "smi", MECHANISMS["share_of_voice"]) is None


def test_the_latest_of_several_rows_counts(bench):
    found = Assumptions(bench).find("messages", "filteris", MECHANISMS["share_of_voice"])
    assert found.assumption_id == "filteris-corpus-2017-04"
    assert Assumptions(bench).find("registered_users", "gov", MECHANISMS["daily_rating"]).value == 150_000


def test_facts_stand_and_assumptions_vary(bench):
    assumptions = Assumptions(bench)
    fact = assumptions.find("ballots", "open-web-vote", MECHANISMS["optin_ballot"])
    assert fact.evidence_class == "F"
    assert not fact.varies
    assumed = assumptions.find("relative_activity", "ipsos", MECHANISMS["panel_quota"], "fr-pres-2017")
    assert (assumed.low, assumed.value, assumed.high) == (1, 3, 20)


def test_a_fact_printed_as_a_range_is_carried_as_one(bench):
    price = Assumptions(bench).find("price_account", "ipsos", MECHANISMS["panel_quota"], "fr-pres-2017")
    assert price.evidence_class == "F"
    assert (price.low, price.high) == (0.08, 0.14)
    assert price.low < price.value < price.high


def test_the_size_of_a_panel_is_no_fact(bench):
    # The source prints "several million"; where the range ends is ours.
    panel = Assumptions(bench).find("panel_size", "ipsos", MECHANISMS["panel_quota"], "fr-pres-2017")
    assert panel.evidence_class == "A"
    assert (panel.low, panel.high) == (1e5, 3e6)


def test_unverified_rows_are_shown_and_not_used(bench):
    assert Assumptions(bench).find("votes_per_question", "gov", MECHANISMS["daily_rating"]) is None
    used = set(parameters_table(bench).evidence_class)
    assert "U" not in used
    given = Assumptions(bench, {"gov.votes_per_question": 6000}).find(
        "votes_per_question", "gov", MECHANISMS["daily_rating"]
    )
    assert given.value == given.low == given.high == 6000
    assert given.sources == "given by the user"


def test_an_override_that_means_nothing_gets_one_message(bench):
    for text in ("gov.votes", "gov=5", "gov.votes_per_question=many", "gov.votes_per_question=-1"):
        with pytest.raises(PolicyError, match=r"subject\.parameter=value"):
            parse_overrides([text])
    with pytest.raises(UnknownName, match=r"gov\.votes_per_question"):
        Assumptions(bench, {"gov.votes_per_questoin": 5})


def test_every_number_can_be_traced_to_parameters_and_sources(bench):
    costs = pb.break_even(bench, goals=["plus_1"], replicates=20)
    trace = parameters_table(bench)
    known = set(bench.table("source").source_id)
    assumption_ids = set(bench.table("assumption").assumption_id)
    for row in costs.itertuples():
        used = trace[trace.params_id == row.params_id]
        if row.accounts == row.accounts:
            assert len(used), row.forecaster_id
    for row in trace.itertuples():
        assert row.assumption_id in assumption_ids or row.assumption_id.startswith("derived:")
        assert set(row.sources.split()) <= known, row.sources


def test_an_override_changes_what_it_should_and_nothing_else(bench):
    plain = pb.break_even(bench, goals=["plus_1"], replicates=20)
    moved = pb.break_even(bench, goals=["plus_1"], replicates=20, assume={"gov.votes_per_question": 6000})
    gov = plain.forecaster_id == "gov"
    others = plain[~gov].reset_index(drop=True)
    assert others.equals(moved[~gov].reset_index(drop=True))
    before, after = plain[gov].iloc[0], moved[gov].iloc[0]
    assert before.mass_pct == after.mass_pct
    assert after.accounts == pytest.approx(before.accounts * 6000 / (before.mass / before.mass_pct * 100))
    assert after.accounts_low == after.accounts_high
    assert before.params_id != after.params_id


def test_a_general_override_changes_all_who_use_it(bench):
    plain = pb.break_even(bench, goals=["plus_1"], replicates=20)
    moved = pb.break_even(bench, goals=["plus_1"], replicates=20, assume={"panel_quota.panel_size": 100_000})
    changed = plain.accounts.ne(moved.accounts) & plain.accounts.notna()
    assert set(plain[changed].mechanism) == {"panel_quota", "poll_average"}
    assert changed[plain.mechanism == "panel_quota"].all()


def test_a_size_that_nobody_published_can_be_given(bench):
    plain = pb.break_even(bench, target="fillon", forecaster="brand-analytics", goals=["plus_1"])
    given = pb.break_even(
        bench,
        target="fillon",
        forecaster="brand-analytics",
        goals=["plus_1"],
        assume={"brand-analytics.positive_messages": 100_000},
    )
    assert plain.accounts.isna().all()
    # 7 messages a day, of which 8 in 10 are read rightly.
    assert given.accounts.item() == pytest.approx(given.mass_pct.item() / 100 * 100_000 / (7 * 0.8))
    assert given.evidence_class.item() == "A"


def own_election(tmp_path, *rows):
    """A user's election with one poll of a panel, and assumptions of its own."""
    folder = copy_of("fr-pres-2017", tmp_path)
    head = "assumption_id,subject,parameter,meaning,value,low,high,unit,as_of,evidence_class,sources,note,election_id"
    (folder / "assumptions.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def point(bench, forecaster="ipsos"):
    table = pb.break_even(
        bench,
        target="fillon",
        goals=["plus_1"],
        forecaster=forecaster,
        contest_id="fr-pres-2017-r1",
        replicates=20,
    )
    return table.iloc[0]


def test_an_election_without_assumptions_of_its_own_is_attacked_with_the_shared_ones(bench, tmp_path):
    folder = copy_of("fr-pres-2017", tmp_path)
    (folder / "assumptions.csv").unlink()
    with load(folder) as opened:
        assert point(opened).accounts == point(bench).accounts
        gov = point(opened, "gov")
        assert np.isnan(gov.accounts)
        # What is missing is named with its unit.
        assert gov.missing == "votes_per_question (votes) or votes_per_question_day (votes/day)"


def test_the_row_of_an_election_comes_before_the_shared_one(bench, tmp_path):
    row = "own-size,panel_quota,panel_size,members,{},,,persons,2010,A,method:assumption,,{}"
    shared = point(bench)
    with load(own_election(tmp_path, row.format(1000, "fr-pres-2017"))) as opened:
        moved = point(opened)
        assert moved.mass == pytest.approx(1000 * moved.mass_pct / 100)
        assert moved.accounts < shared.accounts / 100


def test_panels_of_another_country_are_not_taken_for_french_ones(bench):
    assumptions = Assumptions(bench)
    panel = MECHANISMS["panel_quota"]
    assert assumptions.find("panel_size", "ipsos", panel, "fr-pres-2017") is not None
    assert assumptions.find("panel_size", "ipsos", panel, "us-pres-2024") is None
    assert (
        assumptions.find("messages_per_attacker_day", "x", MECHANISMS["share_of_voice"], "us-pres-2024")
        is not None
    )


def test_every_shipped_election_with_polls_of_a_panel_can_be_attacked_by_accounts(all_elections):
    table = pb.break_even(all_elections, goals=["plus_1"], replicates=20)
    panels = table[table.mechanism == "panel_quota"]
    assert {"fr-pres-2012-r1", "fr-pres-2017-r1", "fr-pres-2022-r1"} <= set(panels.contest_id)
    assert panels.accounts.notna().all()
    unknown = table[table.accounts.isna() & (table.mechanism != "market_lmsr")]
    assert (unknown.missing != "").all()


@pytest.mark.parametrize(
    ("parameter", "value", "words"),
    [("panel_size", "0", "above 0"), ("relative_activity", "0", "above 0")],
)
def test_an_assumption_that_cannot_be_gets_one_message_with_its_row(tmp_path, parameter, value, words):
    row = f"own,panel_quota,{parameter},words,{value},,,persons,2010,A,method:assumption,,fr-pres-2017"
    with load(own_election(tmp_path, row)) as opened, pytest.raises(DataError, match=words) as refused:
        point(opened)
    assert "'own'" in str(refused.value)
    assert "assumptions.csv" in str(refused.value)


def test_a_zero_that_the_user_gives_is_refused_where_it_divides(bench):
    with pytest.raises(PolicyError, match="above 0"):
        pb.stress(bench, attack="push", budgets=[1], axis="accounts", assume={"panel_quota.panel_overlap": 0})
    # That no message causes another is an answer.
    pb.stress(
        bench, attack="push", budgets=[1], axis="accounts", assume={"general.amplification": 0}, replicates=20
    )
