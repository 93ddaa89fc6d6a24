"""The record against the audit of its second coder (README of the collected facts, section 4, November 2026).

His script read the 260 releases of the first collection. Every number below is printed there. Where ours differ, the test names
the releases and shows that without the difference the printed number comes out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

import pollbench as pb
from pollbench.inference.mann_whitney import mann_whitney
from pollbench.records.leader_calls import CODERS, like_shares


@pytest.fixture(scope="module")
def record() -> Iterator[pb.Record]:
    with pb.load("world") as bench:
        yield pb.record(bench)


@pytest.fixture(scope="module")
def digital(record: pb.Record) -> pd.DataFrame:
    """Digital releases of the first collection in shares, with a leader that can be judged."""
    table = record.releases
    chosen = table.read_by.isin(CODERS["first_collection"]) & like_shares(table)
    return table[chosen & table.leader_right.notna()]


def as_audited(table: pd.DataFrame) -> pd.DataFrame:
    """As the second coder counted.

    Italy 2018: he set a list of parties against the coalition that led; we compare parties with parties, and M5S led them.
    Colombia's consultation of 2026: he had no result of it.
    """
    party_list = (table.contest_id == "it-general-2018-r1") & (table.leader == "M5S")
    counted = table.assign(leader_right=table.leader_right.where(~party_list, 0.0))
    return counted[counted.contest_id != "co-consulta-2026-right-r1"]


def counts(table: pd.DataFrame) -> tuple[int, float, float, int, float, float]:
    """Releases, right, blind; contests, right, blind over contests, as section 4.2 prints them."""
    by_contest = table.groupby("contest_id")
    return (
        len(table),
        table.leader_right.sum(),
        table.blind_chance.sum(),
        len(by_contest),
        by_contest.leader_right.mean().sum(),
        by_contest.blind_chance.mean().sum(),
    )


def approx(printed: tuple[float, ...]) -> object:
    """Printed to one decimal: 15.65 may stand as 15.7."""
    return pytest.approx(printed, abs=0.051)


@pytest.mark.parametrize(
    ("group", "printed"),
    [
        (lambda t: t.digital, (103, 54, 39.4, 59, 35.8, 22.9)),
        (lambda t: t.claim_kind == "vote_share", (33, 21, None, 25, 16.5, None)),
        (lambda t: t.claim_kind == "buzz_share", (63, 27, None, 33, 15.7, None)),
        (lambda t: t.method == "search", (30, 10, 10.1, 19, 9.2, 6.2)),
        (lambda t: t.method == "audience", (6, 1, None, 5, 1, None)),
        (lambda t: t.method == "account_panel", (8, 7, None, None, None, None)),
        (lambda t: t.method == "digital_index", (9, 7, None, None, None, None)),
        (lambda t: t.method == "mixed_model", (10, 7, None, None, None, None)),
    ],
)
def test_leaders_known_before_the_vote(
    digital: pd.DataFrame, group: object, printed: tuple[float | None, ...]
) -> None:
    before = as_audited(digital[digital.known_before_vote == "yes"])
    counted = counts(before[group(before)])
    for ours, theirs in zip(counted, printed, strict=True):
        assert theirs is None or ours == pytest.approx(theirs, abs=0.051)


def test_leaders_told_after_the_vote(digital: pd.DataFrame) -> None:
    after = as_audited(digital[digital.known_before_vote != "yes"])
    assert counts(after) == approx((30, 24, 12.2, 26, 21.2, 10.4))


def test_leaders_of_the_last_ten_days(digital: pd.DataFrame) -> None:
    last = digital[(digital.known_before_vote == "yes") & (digital.days_before <= 10)]
    # He dates the Australian survey by the announcement of its result, eight days after the last ballots were taken in.
    last = as_audited(last[last.contest_id != "au-ssm-2017-r1"])
    assert counts(last) == approx((58, 28, 22.8, 37, 20.5, 14.6))


def test_what_the_two_differences_move(record: pb.Record) -> None:
    calls = record.leader_calls.set_index(["coders", "known", "record_group"])
    row = calls.loc[("first_collection", "before", "digital")]
    assert (row.releases, row.right, row.contests) == (104, 55, 60)
    assert row.contest_share == pytest.approx(60.1, abs=0.05)
    # He prints 61 % [49; 72]; other draws of the contests move an end by a point.
    assert row.low == pytest.approx(49, abs=1.5)
    assert row.high == pytest.approx(72, abs=1.5)


#: Coding -> medians and numbers before and after, p of the releases, p of one mean per house, permutation over houses, ratio.
CODINGS = {
    "first_coder_came_upon": (4.0, 22, 1.2, 12, 0.005, 0.010, 0.06, 3.2),
    # His "his coding, corrected results", then with the undated left out, then with them counted as before.
    "first_coder_read_unknown_after": (3.5, 22, 1.0, 9, 0.001, 0.003, 0.07, 3.4),
    "first_coder_read": (3.5, 22, 1.0, 5, 0.001, 0.002, 0.04, 3.4),
    "first_coder_read_unknown_before": (3.3, 26, 1.0, 5, 0.007, 0.008, 0.11, 3.2),
    "page_rule": (4.5, 35, 1.6, 14, 0.03, 0.009, 0.06, 2.8),
    "unambiguous_claims": (3.4, 33, 1.6, 14, 0.04, 0.022, 0.16, 2.1),
    "corroborated_as_before": (4.0, 36, 1.9, 13, 0.06, 0.033, 0.22, 2.0),
    "said_public_as_before": (3.6, 41, 1.5, 8, 0.05, 0.056, 0.26, 2.4),
    "rates_as_shares": (4.6, 42, 2.1, 19, 0.014, 0.006, 0.10, 2.2),
    "without_bing": (3.4, 24, 1.3, 13, 0.05, 0.010, 0.19, 2.6),
    "without_poll_eaters": (3.4, 24, 1.3, 11, 0.12, 0.027, 0.34, 2.6),
    "read_by_the_second": (4.0, 32, 1.9, 13, 0.06, 0.013, 0.07, 2.0),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_before_and_after(record: pb.Record, coding: str) -> None:
    row = record.before_after.set_index("coding").loc[coding]
    before, n_before, after, n_after, p_releases, p_means, p_houses, ratio = CODINGS[coding]
    assert (row.before, row.after) == (n_before, n_after)
    assert round(row.before_median, 1) == before
    assert round(row.after_median, 1) == after
    assert row.p_releases == pytest.approx(p_releases, abs=0.0051 if p_releases >= 0.02 else 0.00051)
    assert row.p_house_means == pytest.approx(p_means, abs=0.00051)
    # A simulated p of 2,000 relabellings: three standard errors of both simulations.
    assert row.p_houses == pytest.approx(p_houses, abs=0.045)
    assert round(row.ratio, 1) == ratio


def test_as_the_first_coder_read_them(record: pb.Record) -> None:
    first = pb.record(record.bench, pb.Rules(coder="first")).releases
    first = first[(first.added_by == "first") & like_shares(first) & first.leader_right.notna()]
    # Printed "his dates, results filled": 45 of 88 releases, 52 contests.
    before = first[first.known_before_vote == "yes"]
    assert (len(before), before.leader_right.sum(), before.contest_id.nunique()) == (88, 45, 52)


def test_polls_on_the_same_pages(record: pb.Record) -> None:
    rows = record.bench.frame(
        """
        SELECT f.forecast_id, f.unit::VARCHAR AS unit, p.value::DOUBLE AS value,
          coalesce(CASE WHEN f.unit = 'seats' THEN o.seats END, o.share_pct)::DOUBLE AS result,
          (SELECT max(CASE WHEN f.unit = 'seats' THEN r.seats ELSE r.share_pct END) FROM oracle r
           WHERE r.contest_id = f.contest_id)::DOUBLE AS most
        FROM forecast f JOIN prediction p USING (forecast_id)
        LEFT JOIN oracle o USING (contest_id, candidate_id)
        WHERE f.note LIKE '%printed beside digital figures of the first collection' AND NOT f.recalled
        """
    )
    errors, right = [], []
    for _, cell in rows[rows.most.notna()].groupby("forecast_id"):
        if cell.unit.iloc[0] == "share_pct":
            errors.append((cell.value - cell.result).abs().mean())
        if len(cell) > 1:
            right.append(bool(cell.result[cell.value.idxmax()] == cell.most.iloc[0]))
    # Printed: 10 of 13, and 4.0 points in 12, four of them of one election.
    assert (sum(right), len(right)) == (10, 13)
    assert len(errors) == 12
    assert round(float(np.median(errors)), 1) == 4.0


def test_page_rule_in_full(record: pb.Record) -> None:
    row = record.before_after.set_index("coding").loc["page_rule"]
    assert (row.before_houses, row.after_houses) == (12, 10)
    assert round(row.without_house_low, 3) == 0.014
    assert round(row.without_house_high, 3) == 0.054
    # Printed [1.2; 8.0]: other draws of the same houses.
    assert row.low == pytest.approx(1.2, abs=0.2)
    assert row.high == pytest.approx(8.0, abs=1.0)


def test_the_last_ten_days_differ_by_the_day_of_one_vote(record: pb.Record) -> None:
    row = record.before_after.set_index("coding").loc["before_in_last_days"]
    # Printed 22 with a median of 4.0: without the Australian survey, which he dates eight days later.
    assert (row.before, row.after) == (23, 14)
    table = record.releases
    sold = table[table.digital & (table.claim_kind == "vote_share") & table.mae.notna()]
    sold = sold[sold.read_by.isin(CODERS["first_collection"])]
    last = sold[
        (sold.known_before_vote == "yes") & (sold.days_before <= 10) & (sold.contest_id != "au-ssm-2017-r1")
    ]
    assert len(last) == 22
    assert round(last.mae.median(), 1) == 4.0


def test_votes_with_two_answers_differ_before_the_vote(record: pb.Record) -> None:
    rows = record.before_after.set_index("coding")
    # Printed 13 and 9, 22 and 5. His rule is not stated; with ours (a referendum, or two options with all votes) the nine told
    # afterwards are the same, and primaries with two candidates left are counted where these have all votes.
    assert (rows.before["two_answers"], rows.after["two_answers"]) == (12, 9)
    assert round(rows.after_median["two_answers"], 1) == 1.3
    assert (rows.before["more_answers"], rows.after["more_answers"]) == (23, 5)
    assert round(rows.after_median["more_answers"], 1) == 1.9


@pytest.mark.parametrize(
    ("group", "median", "low", "high", "releases"),
    [
        ("digital", 7.3, 5.8, 9.3, 107),
        ("sold_as_vote_share", 4.5, 3.2, 7.3, 35),
        ("talk_sold_as_talk", 9.5, 7.3, 12.3, 65),
        ("search", 7.9, 5.8, 11.5, 31),
        ("audience", 15.5, 9.7, 28, 6),
        ("account_panel", 3.9, 2.2, 7.1, 8),
        ("digital_index", 3.2, None, None, 9),
        ("mixed_model", 6.8, None, None, 12),
    ],
)
def test_errors_by_group(
    record: pb.Record, group: str, median: float, low: float | None, high: float | None, releases: int
) -> None:
    row = record.leader_calls.set_index(["coders", "known", "record_group"]).loc[
        ("first_collection", "before", group)
    ]
    assert row.mae_releases == releases
    assert row.median_mae == pytest.approx(median, abs=0.06)
    if low is not None and high is not None:
        # Intervals by other draws of the contests; the smaller the group, the coarser their ends.
        assert row.mae_low == pytest.approx(low, rel=0.2)
        assert row.mae_high == pytest.approx(high, rel=0.2)


def test_beside_the_polls_of_the_last_ten_days(record: pb.Record) -> None:
    pairs = record.pairs
    pairs = pairs[pairs.read_by.isin(CODERS["first_collection"]) & pairs.digital_lead_error.notna()]
    american = pairs[(pairs.known_before_vote == "yes") & pairs.contest_id.str.startswith("us-")]
    without_bing = american[~american.forecast_id.str.startswith("bing")]
    # Printed 9 of 19, without Bing 6 of 13, median 7.9. He sets the one share of BrightPlanet (Obama 53) against the polls too, which
    # does not name Romney; and in Florida's Republican primary (2.1 against 1.5 points here) his window has Bing closer.
    assert (int(without_bing.digital_closer.sum()), len(without_bing)) == (6, 12)
    assert (int(american.digital_closer.sum()), len(american)) == (8, 18)
    florida = american.set_index("forecast_id").loc["bing-predicts-us-fl-rep-2016-r1-2016-03-15-a"]
    assert 0 < florida.digital_lead_error - florida.polls_lead_error < 0.6
    with_brightplanet = sorted([*american.digital_lead_error, (53 - 47) - (50.67 - 47.69)])
    assert with_brightplanet[9] == pytest.approx(7.9, abs=0.05)


def test_one_value_per_contest(record: pb.Record) -> None:
    table = record.releases
    sold = table[table.digital & (table.claim_kind == "vote_share") & table.mae.notna()]
    sold = sold[sold.read_by.isin(CODERS["first_collection"])]
    before, after = (
        sold[sold.known_before_vote == known].groupby("contest_id").mae.mean().to_numpy()
        for known in ("yes", "no")
    )
    # Printed: 5.2 (27) against 1.6 (12), p .008.
    assert (len(before), len(after)) == (27, 12)
    assert round(float(np.median(before)), 1) == 5.2
    assert round(float(np.median(after)), 1) == 1.6
    p = mann_whitney(before, after)
    assert p is not None
    assert round(p, 3) == 0.008
