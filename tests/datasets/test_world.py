"""The world record as it is shipped: counts of its source tables, ids that do not clash, both coders' readings kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pollbench.data.store import Bench, load, validate
from tests_support import one


@pytest.fixture(scope="module")
def world() -> Iterator[Bench]:
    with load("world") as bench:
        yield bench


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT count(*) FROM contest", 131),
        ("SELECT count(DISTINCT country) FROM election", 32),
        ("SELECT count(*) FROM release", 260),
        (
            "SELECT count(*) FROM release JOIN forecast USING (forecast_id) WHERE transcription = 'double'",
            121,
        ),
        # 696 figures are printed; the two ends of eight ranges are one row each.
        ("SELECT count(*) FROM printed_figure JOIN release USING (forecast_id)", 688),
        ("SELECT count(*) FROM forecast WHERE forecast_id NOT IN (SELECT forecast_id FROM release)", 390),
        ("SELECT count(*) FROM dispute", 155),
        ("SELECT count(*) FROM release WHERE known_before_vote = 'yes'", 202),
        ("SELECT count(*) FROM release WHERE claim_kind = 'vote_share'", 62),
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
