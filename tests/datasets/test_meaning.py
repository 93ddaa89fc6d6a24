"""What the shipped data mean taken together: who the main candidates are, which words came true."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from pollbench.data.bench import Bench
from pollbench.data.elections import datasets_folder
from pollbench.scoring.outcomes import outcome

FOLDER = datasets_folder()


@pytest.mark.parametrize(
    ("election", "size"),
    [("fr-pres-2002", 3), ("fr-pres-2007", 4), ("fr-pres-2012", 5), ("fr-pres-2017", 4), ("fr-pres-2022", 5)],
)
def test_main_set_is_those_with_8_points_in_the_last_polls(
    all_elections: Bench, election: str, size: int
) -> None:
    """8 points or more in the mean of the houses' last polls of the official list."""
    means = all_elections.frame(
        "WITH ranked AS (SELECT forecast_id, row_number() OVER (PARTITION BY house "
        "ORDER BY measured_to DESC, measured_from DESC, forecast_id DESC) AS place "
        "FROM forecast JOIN forecaster USING (forecaster_id) "
        f"WHERE survey IS NOT NULL AND lineup = 'final' AND contest_id = '{election}-r1') "
        "SELECT candidate_id, avg(value)::DOUBLE AS mean FROM ranked JOIN prediction USING (forecast_id) "
        "WHERE place = 1 GROUP BY candidate_id ORDER BY mean DESC"
    )
    description = tomllib.loads((FOLDER / election / "election.toml").read_text(encoding="utf-8"))
    sets = description["candidate_sets"][f"{election}-r1"]
    assert sets["main"] == means[means["mean"] >= 8].candidate_id.tolist()
    assert len(sets["main"]) == size
    assert election != "fr-pres-2017" or sets["main4"] == sets["main"]


def test_blocs_are_followed_from_one_election_to_the_next(all_elections: Bench) -> None:
    names = all_elections.frame(
        "SELECT bloc, string_agg(DISTINCT candidate_id, ' ' ORDER BY candidate_id) AS names FROM candidate "
        "WHERE bloc IS NOT NULL GROUP BY bloc"
    )
    blocs = dict(zip(names.bloc, names.names, strict=True))
    assert blocs["left"] == "hamon hidalgo hollande jospin royal"
    assert blocs["far-right"] == "le-pen le-pen-jm"
    earlier = all_elections.frame(
        "SELECT count(*) AS n FROM candidate WHERE bloc = 'en-marche' AND contest_id < 'fr-pres-2017'"
    )
    assert earlier.n.item() == 0


def test_the_shipped_data_pass_every_check(all_elections: Bench) -> None:
    assert all_elections.report is not None
    assert all_elections.report.errors == []
    kinds = {finding.check for finding in all_elections.report.warnings}
    assert kinds == {
        "alone_in_its_house",
        "fieldwork_unlike_the_house",
        "jump_in_a_house",
        "letters_without_a_gap",
        "poll_without_size",
        "poll_without_sponsor",
        "published_in_order",
        "same_figures_twice",
        "several_samples_on_one_day",
        "size_unlike_the_house",
        "sponsor_of_another_house",
        "sum_is_a_hundred",
        "survey_agrees_with_itself",
        "waves_overlap_undeclared",
    }


def verdicts(bench: Bench, table: str) -> dict[str, str]:
    """The verdict of each row of ``claim`` or ``event`` by its key."""
    results = bench.table("result")
    votes = {
        contest: dict(zip(rows.candidate_id, rows.votes, strict=True))
        for contest, rows in results.groupby("contest_id")
    }
    forecasts = "JOIN forecast USING (forecast_id)" if table == "event" else ""
    band = "low::DOUBLE AS low, high::DOUBLE AS high" if table == "event" else "NULL AS low, NULL AS high"
    rows = bench.frame(
        f"SELECT {table}_id AS key, type, candidates, contest_id, advance, {band} FROM {table} {forecasts} "
        "JOIN contest USING (contest_id) WHERE type <> 'margin' AND contest_id IN (SELECT contest_id FROM result) ORDER BY key"
    )
    return {
        row.key: outcome(
            row.type,
            row.candidates.split(),
            votes[row.contest_id],
            advance=row.advance,
            low=row.low if row.type == "share_band" else None,
            high=row.high if row.type == "share_band" else None,
        ).verdict
        for row in rows.itertuples()
    }


def test_how_many_claims_came_true(all_elections: Bench) -> None:
    found = verdicts(all_elections, "claim")
    assert Counter(found.values()) == {"true": 16, "partly": 14, "false": 12}
    recalled = set(all_elections.frame("SELECT claim_id FROM claim WHERE recalled").claim_id)
    assert Counter(found[key] for key in recalled) == {"true": 5}
    buzz = all_elections.frame(
        "SELECT claim_id FROM claim JOIN forecaster USING (forecaster_id) "
        "WHERE family = 'buzz' AND contest_id LIKE 'fr-pres-2017%'"
    ).claim_id
    assert Counter(found[key] for key in buzz) == {"true": 7, "partly": 10, "false": 10}


def test_which_events_came_true(bench: Bench) -> None:
    assert sorted(key for key, verdict in verdicts(bench, "event").items() if verdict == "true") == [
        "betfair-2017-05-04-b-2",
        "betting-markets-2017-04-23-a-1",
        "betting-markets-2017-04-24-d-2",
        "tooclosetocall-2017-04-09-a-1",
        "world-election-forecast-2017-04-22-c-1",
    ]
