"""The world record as it is shipped: counts of its source tables, ids that do not clash, both coders' readings kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pollbench.data.bench import Bench
from pollbench.data.store import load, validate
from tests_support import one


@pytest.fixture(scope="module")
def world() -> Iterator[Bench]:
    with load("world") as bench:
        yield bench


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT count(*) FROM contest", 257),
        ("SELECT count(DISTINCT country) FROM election", 47),
        ("SELECT count(*) FROM release", 596),
        ("SELECT count(*) FROM release WHERE added_by <> 'later'", 260),
        (
            "SELECT count(*) FROM release JOIN forecast USING (forecast_id) WHERE transcription = 'double'",
            121,
        ),
        # 696 figures of the first collection are printed; the two ends of eight ranges are one row each.
        (
            "SELECT count(*) FROM printed_figure JOIN release USING (forecast_id) WHERE added_by <> 'later'",
            688,
        ),
        # 375 districts of one study among the later ones.
        ("SELECT count(*) FROM printed_figure WHERE unit_printed = 'two_party_pct'", 375),
        ("SELECT count(*) FROM forecast WHERE forecast_id NOT IN (SELECT forecast_id FROM release)", 416),
        ("SELECT count(*) FROM dispute", 155),
        ("SELECT count(*) FROM omitted_figure", 437),
        ("SELECT count(*) FROM release WHERE known_before_vote = 'yes' AND added_by <> 'later'", 202),
        ("SELECT count(*) FROM release WHERE known_before_vote = 'yes' AND added_by = 'later'", 251),
        ("SELECT count(*) FROM release WHERE claim_kind = 'vote_share' AND added_by <> 'later'", 62),
    ],
)
def test_the_collection_holds_what_was_collected(world: Bench, query: str, count: int) -> None:
    assert one(world, query) == count


def test_it_is_sound_beside_the_elections_that_it_shares() -> None:
    report = validate("world", "fr-pres-2017", "fr-pres-2022", "fr-pres-2027")
    assert [str(each) for each in report.errors] == []


def test_every_figure_of_a_release_can_be_traced(world: Bench) -> None:
    rows = world.frame(
        "SELECT p.location, s.url, s.retrieved_from FROM printed_figure p JOIN forecast f USING (forecast_id) "
        "JOIN source s ON s.source_id = string_split(f.sources, ' ')[1]"
    )
    assert len(rows) == one(world, "SELECT count(*) FROM printed_figure")
    assert (rows.location.str.len() > 0).all()
    assert (rows.url.notna() | rows.retrieved_from.notna()).all()


def test_a_page_of_the_day_of_the_vote_is_not_before_it_unless_its_hour_is_seen(world: Bench) -> None:
    rows = world.frame(
        "SELECT r.forecast_id FROM release r JOIN forecast f USING (forecast_id) JOIN contest c USING (contest_id) "
        "WHERE r.added_by = 'later' AND r.known_before_vote = 'yes' AND f.first_seen_on > c.day"
    )
    assert rows.empty


def test_what_stays_out_says_why(world: Bench) -> None:
    reasons = world.frame("SELECT DISTINCT reason FROM omitted_figure").reason
    assert (reasons.str.len() > 10).all()
