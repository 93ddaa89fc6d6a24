"""How much of everything the shipped data hold.

Counts were written down from the sources before the data set was made; a change here is a change of the data, with a
new revision.
"""

from __future__ import annotations

import pytest

from pollbench.data.bench import Bench
from tests_support import one

PRESIDENTIAL = ("fr-pres-2002", "fr-pres-2007", "fr-pres-2012", "fr-pres-2017", "fr-pres-2022")


def test_which_elections_are_shipped(all_elections: Bench) -> None:
    others = ("fr-pres-2027", "fr-primary-left-2017", "fr-primary-right-2016")
    assert all_elections.elections == (*PRESIDENTIAL, *others)
    assert one(all_elections, "SELECT count(*) FROM contest") == 16
    assert all_elections.open_contests == ["fr-pres-2027-r1", "fr-pres-2027-r2"]
    assert one(all_elections, "SELECT count(*) FROM result") == 89


@pytest.mark.parametrize(
    ("contest", "polls", "final", "near_final", "rolling"),
    [
        ("fr-pres-2002-r1", 78, 16, 1, 0),
        ("fr-pres-2002-r2", 1, 1, 0, 0),
        ("fr-pres-2007-r1", 101, 42, 59, None),
        ("fr-pres-2007-r2", 113, 113, 0, None),
        ("fr-pres-2012-r1", 170, 61, 0, 72),
        ("fr-pres-2012-r2", 200, 200, 0, 82),
        ("fr-pres-2017-r1", 238, 90, 43, 113),
        ("fr-pres-2017-r2", 431, 207, 0, 241),
        ("fr-pres-2022-r1", 349, 136, 0, 162),
        # One of the 317 asks a question that has two answers: it is a dispute, not a row.
        ("fr-pres-2022-r2", 683, 316, 0, 402),
    ],
)
def test_number_of_polls(
    all_elections: Bench, contest: str, polls: int, final: int, near_final: int, rolling: int | None
) -> None:
    row = all_elections.frame(
        "SELECT count(*) AS polls, count(*) FILTER (lineup = 'final') AS final, "
        "count(*) FILTER (lineup = 'near-final') AS near_final, count(rolling_series) AS waves "
        f"FROM forecast WHERE survey IS NOT NULL AND contest_id = '{contest}'"
    ).iloc[0]
    assert (row.polls, row.final, row.near_final) == (polls, final, near_final)
    if rolling is not None:
        assert row.waves == rolling


def test_polls_of_2017(bench: Bench) -> None:
    polls = "FROM forecast WHERE survey IS NOT NULL AND contest_id = "
    first, second = f"{polls} 'fr-pres-2017-r1'", f"{polls} 'fr-pres-2017-r2'"
    assert one(bench, f"SELECT count(*) {first} AND measured_to >= DATE '2017-01-01'") == 213
    assert one(bench, f"SELECT count(DISTINCT survey) {first} AND measured_to >= DATE '2017-01-01'") == 184
    assert (
        one(bench, f"SELECT count(*) {second} AND lineup = 'final' AND measured_from > DATE '2017-04-22'")
        == 38
    )
    assert one(bench, "SELECT count(published_on) FROM forecast WHERE survey IS NOT NULL") == 128
    firms = bench.frame(
        "SELECT forecaster_id, count(*) FILTER (contest_id LIKE '%r1') AS r1, "
        "count(*) FILTER (contest_id LIKE '%r2') AS r2 FROM forecast WHERE survey IS NOT NULL GROUP BY ALL"
    )
    assert {row.forecaster_id: (row.r1, row.r2) for row in firms.itertuples()} == {
        "bva": (19, 26),
        "dedicated": (2, 0),
        "elabe": (27, 46),
        "harris": (12, 31),
        "ifop": (73, 127),
        "ipsos": (23, 28),
        "kantar": (15, 18),
        "le-terrain": (2, 12),
        "odoxa": (10, 23),
        "opinionway": (55, 120),
    }
    thinned = bench.frame(
        "SELECT forecaster_id, count(*) AS waves FROM forecast WHERE rolling_thin "
        "AND contest_id = 'fr-pres-2017-r1' AND lineup IN ('final', 'near-final') GROUP BY ALL"
    )
    assert dict(zip(thinned.forecaster_id, thinned.waves, strict=True)) == {"ifop": 13, "opinionway": 16}


def test_polls_by_firm_in_other_years(all_elections: Bench) -> None:
    counts = all_elections.frame(
        "SELECT contest_id, house, count(*) AS polls FROM forecast JOIN forecaster USING (forecaster_id) "
        "WHERE survey IS NOT NULL GROUP BY ALL"
    )
    found = {(row.contest_id[8:], row.house): row.polls for row in counts.itertuples()}
    expected = {
        ("2002-r1", "kantar"): 17,
        ("2002-r1", "lh2"): 5,
        ("2007-r1", "csa"): 19,
        ("2007-r2", "ipsos"): 29,
        ("2012-r1", "ifop"): 88,
        ("2012-r2", "lh2"): 12,
        ("2022-r1", "opinionway"): 110,
        ("2022-r1", "ipsos"): 38,
        ("2022-r2", "ifop"): 213,
        ("2022-r2", "elabe"): 40,
    }
    assert {key: found[key] for key in expected} == expected


def test_number_of_other_forecasts_and_claims(all_elections: Bench) -> None:
    voted = "contest_id NOT LIKE 'fr-pres-2027-%'"
    counts = all_elections.frame(
        f"SELECT contest_id, count(*) AS n FROM forecast WHERE survey IS NULL AND {voted} GROUP BY ALL ORDER BY ALL"
    )
    found = dict(zip(counts.contest_id, counts.n, strict=True))
    assert found["fr-pres-2017-r1"] == 56
    assert found["fr-pres-2017-r2"] == 37
    assert sum(n for contest, n in found.items() if "2022" in contest) == 17
    assert sum(n for contest, n in found.items() if "primary" in contest) == 6
    assert sum(found.values()) == 117
    quantities = all_elections.frame(
        f"SELECT quantity, count(*) AS n FROM forecast WHERE survey IS NULL AND {voted} GROUP BY ALL"
    )
    assert dict(zip(quantities.quantity, quantities.n, strict=True)) == {
        "win_probability": 40,
        "digital_share": 24,
        "vote_share": 16,
        "rank": 14,
        "runoff_probability": 9,
        "event": 6,
        "approval": 3,
        "audience": 3,
        "share_of_voice": 1,
        "message_volume": 1,
    }
    statuses = all_elections.frame(
        f"SELECT status, count(*) AS n FROM forecast WHERE survey IS NULL AND {voted} GROUP BY ALL"
    )
    assert dict(zip(statuses.status, statuses.n, strict=True)) == {"forecast": 68, "claimed": 43, "index": 6}
    assert (
        one(all_elections, "SELECT count(*) FROM forecast WHERE survey IS NULL AND last_release = 'yes'")
        == 22
    )
    assert (
        one(all_elections, f"SELECT count(*) FROM event JOIN forecast USING (forecast_id) WHERE {voted}")
        == 13
    )
    assert one(all_elections, f"SELECT count(*) FROM claim WHERE {voted}") == 42
    assert one(all_elections, "SELECT count(*) FROM claim WHERE recalled") == 5
    assert one(all_elections, "SELECT count(*) FROM figure") == 19
    assert (
        one(all_elections, "SELECT count(*) FROM forecaster WHERE kind NOT IN ('quota_poll', 'random_poll')")
        == 48
    )


def test_line_ups_of_2027(all_elections: Bench) -> None:
    polls = "FROM forecast WHERE survey IS NOT NULL AND contest_id LIKE 'fr-pres-2027-%'"
    assert one(all_elections, f"SELECT count(*) {polls}") == 347
    assert one(all_elections, f"SELECT count(*) {polls} AND contest_id LIKE '%r2'") == 79
    assert one(all_elections, f"SELECT count(DISTINCT survey) {polls}") == 61
    assert one(all_elections, f"SELECT count(expressing_n) {polls}") == 168
    firms = all_elections.frame(
        "SELECT forecaster_id, count(*) FILTER (contest_id LIKE '%r1') AS r1, "
        f"count(*) FILTER (contest_id LIKE '%r2') AS r2, max(measured_to)::VARCHAR AS newest {polls} GROUP BY ALL"
    )
    assert {row.forecaster_id: (row.r1, row.r2, row.newest) for row in firms.itertuples()} == {
        "ifop": (102, 21, "2026-09-29"),
        "harris": (57, 17, "2026-09-24"),
        "opinionway": (27, 5, "2026-09-10"),
        "elabe": (29, 15, "2026-08-28"),
        "cluster17": (14, 7, "2026-09-16"),
        "odoxa": (7, 8, "2026-05-21"),
        "ipsos": (20, 0, "2026-09-09"),
        "verian": (6, 0, "2026-07-10"),
        "yougov": (6, 6, "2026-09-21"),
    }
    shares = "FROM prediction JOIN forecast USING (forecast_id) WHERE survey IS NOT NULL AND contest_id LIKE 'fr-pres-2027-%'"
    assert one(all_elections, f"SELECT count(*) {shares}") == 2957
    assert one(all_elections, f"SELECT count(*) {shares} AND flag = 'lt'") == 13
    assert one(all_elections, "SELECT count(*) FROM scenario WHERE election_id = 'fr-pres-2027'") == 150
    assert one(all_elections, "SELECT count(*) FROM milestone WHERE election_id = 'fr-pres-2027'") == 32
    # Thirty of 34 readings: four prices say nothing about the vote. Three runs of the model print pairs as well.
    readings = "FROM forecast WHERE survey IS NULL AND contest_id LIKE 'fr-pres-2027-%'"
    assert one(all_elections, f"SELECT count(*) {readings}") == 33
    assert one(all_elections, f"SELECT count(*) {readings} AND quantity = 'event'") == 3
    assert one(all_elections, "SELECT count(*) FROM quantile") == 3 * 23


def test_disagreements_about_2027_stay_visible() -> None:
    from importlib import resources

    text = (resources.files("pollbench_datasets") / "fr-pres-2027" / "disputes.csv").read_text("utf-8")
    # Between the compilations, and four prices on events before the vote, which are named as not loaded.
    prices = text.count("\nfr-pres-2027-not-loaded-polymarket-")
    assert (text.count("\n") - 1 - prices, prices) == (346, 4)


def test_departments_of_2017(bench: Bench) -> None:
    counts = bench.frame(
        "SELECT contest_id, count(DISTINCT dept_code) AS departments, count(*) AS n FROM department_result "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert counts.values.tolist() == [["fr-pres-2017-r1", 107, 1177], ["fr-pres-2017-r2", 107, 214]]


def test_registers_of_the_departments_of_2017(bench: Bench) -> None:
    """Registered, abstentions, blank and null of the proclamation, from 107 rows a round."""
    sums = bench.frame(
        "SELECT contest_id, sum(registered)::BIGINT AS registered, sum(abstentions)::BIGINT AS abstentions, "
        "sum(blank_null)::BIGINT AS blank_null, sum(blank)::BIGINT AS blank FROM (SELECT DISTINCT contest_id, dept_code, "
        "registered, abstentions, blank_null, blank FROM department_result) GROUP BY contest_id ORDER BY contest_id"
    )
    assert sums.iloc[0].tolist() == ["fr-pres-2017-r1", 47582183, 10578455, 949334, 659997]
    assert sums.iloc[1, :4].tolist() == ["fr-pres-2017-r2", 47568693, 12101366, 4085724]
    assert (
        bench.frame("SELECT count(blank) AS n FROM department_result WHERE contest_id = 'fr-pres-2017-r2'").n[
            0
        ]
        == 0
    )


def test_polled_transfers(all_elections: Bench) -> None:
    """41 groups of voters in 14 polls; single figures as printed."""
    assert one(all_elections, "SELECT count(*) FROM transfer WHERE contest_id = 'fr-pres-2017-r2'") == 78
    assert one(all_elections, "SELECT count(*) FROM transfer WHERE contest_id = 'fr-pres-2022-r2'") == 10
    groups = "SELECT DISTINCT forecaster_id, measured_to, published_on, from_option FROM transfer"
    assert one(all_elections, f"SELECT count(*) FROM ({groups})") == 41
    ipsos = all_elections.frame(
        "SELECT from_option, to_option, share_pct::DOUBLE AS share FROM transfer WHERE forecaster_id = 'ipsos' "
        "AND measured_to = '2017-05-06' ORDER BY share_pct, to_option, from_option"
    )
    assert ipsos.values.tolist() == [
        ["melenchon", "le-pen", 7.0],
        ["fillon", "blank_null", 15.0],
        ["fillon", "abstention", 17.0],
        ["melenchon", "blank_null", 17.0],
        ["fillon", "le-pen", 20.0],
        ["melenchon", "abstention", 24.0],
        ["fillon", "macron", 48.0],
        ["melenchon", "macron", 52.0],
    ]


def test_every_system_of_the_founding_report_is_in_the_register(all_elections: Bench) -> None:
    names = " ".join(all_elections.frame("SELECT name, operator FROM register").fillna("").stack())
    for name in ("Fifty+One", "Liegey Muller Pons", "NationBuilder match", "Knockin", "Cloud Factory", "Linkfluence",
                 "Audit of the sites", "unsubscribers"):  # fmt: skip
        assert name in names
    named = all_elections.frame("SELECT figures FROM register WHERE figures IS NOT NULL").figures
    known = set(all_elections.frame("SELECT figure_id FROM figure").figure_id)
    assert {figure for each in named for figure in each.split()} <= known


def test_new_caledonia_and_polynesia_are_not_exchanged(bench: Bench) -> None:
    shares = bench.frame(
        "SELECT dept_code, round(100.0 * sum(votes) FILTER (candidate_id = 'macron') / sum(votes), 2) AS macron "
        "FROM department_result WHERE contest_id = 'fr-pres-2017-r2' AND dept_code IN ('ZN', 'ZP') "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert shares.values.tolist() == [["ZN", 52.57], ["ZP", 58.39]]


def test_people_have_their_own_names(all_elections: Bench) -> None:
    # Christiane, not Christine: the candidate of 2002 and 2022.
    assert (
        one(all_elections, "SELECT name FROM person WHERE candidate_id = 'taubira'") == "Christiane Taubira"
    )
