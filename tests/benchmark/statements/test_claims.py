"""Claims in words: what became of them, and what the forecaster's own figures said that day."""

from __future__ import annotations

import pytest

from pollbench.statements.claims import claims_table, order_of, ranks_table


@pytest.fixture(scope="module")
def claims(all_elections):
    return claims_table(all_elections).set_index("claim_id")


def test_of_the_recalled_claims_all_came_true_and_of_the_others_eleven_of_thirty_seven(claims):
    # What was announced about a vote to come has no verdict yet.
    claims = claims[~claims.contest_id.str.startswith("fr-pres-2027")]
    recalled = claims.recalled.astype(bool)
    assert (claims.verdict[recalled] == "true").tolist() == [True] * 5
    assert (~recalled).sum() == 37
    assert (claims.verdict[~recalled] == "true").sum() == 11


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("gov-2017-03-21-leader", "unverifiable"),
        ("gov-2016-11-10-winner", "true"),
        ("vigiglobe-2017-04-16-qualified-pair", "unverifiable"),
        ("filteris-2017-04-21-qualified-pair", "partly"),
        ("electorally-2017-04-23-order", "partly"),
        ("qotmii-2022-02-11-leader", "false"),
        ("eiu-2017-04-20-winner", "true"),
    ],
)
def test_verdict_follows_from_the_votes(claims, claim, verdict):
    assert claims.verdict[claim] == verdict


def test_every_verdict_prints_its_rule(claims):
    assert claims.rule.str.startswith("true if").all()


def test_filteris_was_quoted_with_fillon_when_its_last_release_had_le_pen(claims):
    claim = claims.loc["filteris-2017-04-21-leader"]
    assert claim.own_forecast_id == "filteris-2017-04-21-b"
    assert (claim.own_said, claim.own_agrees) == ("le-pen", "false")


def test_own_figures_are_never_later_than_the_claim(all_elections, claims):
    public = (
        all_elections.frame("SELECT forecast_id, public_on FROM forecast_day")
        .set_index("forecast_id")
        .public_on
    )
    day_claims = claims[(claims.made_precision == "day") & (claims.own_forecast_id != "")]
    assert len(day_claims) > 10
    assert (day_claims.own_forecast_id.map(public) <= day_claims.made_on).all()


def test_approvals_and_volumes_are_read_as_an_order_and_say_so(bench):
    ranks = ranks_table(bench).set_index(["forecaster_id", "quantity"])
    gov = ranks.loc[("gov", "approval")]
    assert (gov.leader, gov.leader_verdict) == ("fillon", "false")
    assert gov.basis == "approval read as an order"
    vigiglobe = ranks.loc[("vigiglobe", "message_volume")]
    assert (vigiglobe.pair, vigiglobe.pair_verdict) == ("macron fillon", "partly")


def test_rank_of_one_candidate_names_a_leader_only_if_it_is_the_first(bench):
    ranks = ranks_table(bench).set_index(["forecaster_id", "quantity"])
    assert ranks.loc[("vigiglobe", "rank")].leader == ""
    assert ranks.loc[("smi", "rank")].leader == "macron"
    assert ranks.loc[("google-trends", "rank")].leader == ""


def test_two_that_the_source_did_not_order_are_tied():
    import pandas as pd

    order = order_of(pd.Series({"a": 1.5, "b": 1.5}), "rank")
    assert order["a"] == order["b"]


def test_an_announcement_that_the_figures_call_unverifiable_has_no_other_verdict(bench, claims):
    called = bench.frame(
        "SELECT claim_id, verdict::VARCHAR AS verdict FROM figure WHERE claim_id IS NOT NULL"
    )
    assert set(called.claim_id) == {"gov-2017-03-21-leader", "vigiglobe-2017-04-16-qualified-pair"}
    for claim_id, verdict in zip(called.claim_id, called.verdict, strict=True):
        assert verdict == "unverifiable"
        assert claims.verdict[claim_id] == "unverifiable"
    assert (claims.verdict == "unverifiable").sum() == len(called)
