"""The shipped data hold what they say: counts, known rows, files in good order.

Counts and rows were written down from the sources before the data set was made; a change here is a
change of the data, with a new revision.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pollbench.catalog import datasets_folder, shipped_elections
from pollbench.outcomes import outcome
from pollbench.store import Bench, load

FOLDER = datasets_folder()
PRESIDENTIAL = ("fr-pres-2002", "fr-pres-2007", "fr-pres-2012", "fr-pres-2017", "fr-pres-2022")
CSV_FILES = sorted(FOLDER.glob("*.csv")) + sorted(FOLDER.glob("*/*.csv"))
TEXT_FILES = CSV_FILES + sorted(FOLDER.glob("*/*.toml")) + sorted(FOLDER.glob("sql/**/*.sql"))

#: The key of each kind of file.
KEYS = {
    "assumptions": 1,
    "candidates": 2,
    "claims": 1,
    "contests": 1,
    "departments": 0,
    "disputes": 1,
    "events": 1,
    "evidence": 1,
    "figures": 1,
    "forecasters": 1,
    "forecasts": 1,
    "milestones": 1,
    "people": 1,
    "predictions": 2,
    "results": 2,
    "sources": 0,
    "waivers": 2,
}


@pytest.fixture(scope="module")
def everything() -> Iterator[Bench]:
    """All shipped elections."""
    with load() as opened:
        yield opened


def one(bench: Bench, query: str) -> object:
    """The single value that ``query`` returns."""
    frame = bench.frame(query)
    assert frame.shape == (1, 1)
    return frame.iat[0, 0]


def relative(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


# ---------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("path", TEXT_FILES, ids=relative)
def test_file_is_plain(path: Path) -> None:
    content = path.read_bytes()
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8")
    for slip in ("\ufffd", "Ã©", "Ã¨", "â€", "\u00a0", "\t"):
        assert slip not in text
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("path", CSV_FILES, ids=relative)
def test_file_is_sorted_and_quoted_only_where_needed(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert path.stem in KEYS
    if width := KEYS[path.stem]:
        keys = [row[:width] for row in rows]
        assert keys == sorted(keys)
    elif path.stem == "sources":
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    else:
        keys = [
            [row[header.index(name)] for name in ("contest_id", "dept_code", "candidate_id")] for row in rows
        ]
        assert keys == sorted(keys)
    lines = path.read_text(encoding="utf-8").splitlines()
    for row, line in zip([header, *rows], lines, strict=True):
        needed = sum(any(mark in value for mark in ',"') for value in row)
        assert line.count('"') - 2 * sum(value.count('"') for value in row) == 2 * needed


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/predictions.csv")), ids=relative)
def test_numbers_are_written_plainly(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("value", "lower", "upper"):
                if text := row[name]:
                    assert text == f"{float(text):.2f}".rstrip("0").rstrip("."), row


def test_no_place_of_work_is_named() -> None:
    for path in [*TEXT_FILES, FOLDER / "CHANGELOG.md", FOLDER.parent / "LICENSE-DATA"]:
        text = path.read_text(encoding="utf-8")
        # A path from the root of some machine, at the start of a value or after a space or quote.
        found = re.search(r"(?:^|[\s,\"'(])/[a-z]+/[a-z]", text, re.MULTILINE)
        assert found is None, (path, found and found[0])
        for place in ("polls.csv", "readings.csv", "this project"):
            assert place not in text, path


def test_every_revision_is_in_the_changelog() -> None:
    text = (FOLDER / "CHANGELOG.md").read_text(encoding="utf-8")
    for election in shipped_elections():
        description = tomllib.loads((FOLDER / election / "election.toml").read_text(encoding="utf-8"))
        assert f"## {election}, revision {description['revision']}\n" in text


# --------------------------------------------------------------------------------------------- counts


def test_which_elections_are_shipped(everything: Bench) -> None:
    assert everything.elections == (*PRESIDENTIAL, "fr-primary-left-2017", "fr-primary-right-2016")
    assert one(everything, "SELECT count(*) FROM contest") == 14
    assert one(everything, "SELECT count(*) FROM result") == 89


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
    everything: Bench, contest: str, polls: int, final: int, near_final: int, rolling: int | None
) -> None:
    row = everything.frame(
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


def test_polls_by_firm_in_other_years(everything: Bench) -> None:
    counts = everything.frame(
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


def test_number_of_other_forecasts_and_claims(everything: Bench) -> None:
    counts = everything.frame(
        "SELECT contest_id, count(*) AS n FROM forecast WHERE survey IS NULL GROUP BY ALL ORDER BY ALL"
    )
    found = dict(zip(counts.contest_id, counts.n, strict=True))
    assert found["fr-pres-2017-r1"] == 56
    assert found["fr-pres-2017-r2"] == 37
    assert sum(n for contest, n in found.items() if "2022" in contest) == 17
    assert sum(n for contest, n in found.items() if "primary" in contest) == 6
    assert sum(found.values()) == 117
    quantities = everything.frame(
        "SELECT quantity, count(*) AS n FROM forecast WHERE survey IS NULL GROUP BY ALL"
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
    statuses = everything.frame(
        "SELECT status, count(*) AS n FROM forecast WHERE survey IS NULL GROUP BY ALL"
    )
    assert dict(zip(statuses.status, statuses.n, strict=True)) == {"forecast": 68, "claimed": 43, "index": 6}
    assert (
        one(everything, "SELECT count(*) FROM forecast WHERE survey IS NULL AND last_release = 'yes'") == 22
    )
    assert one(everything, "SELECT count(*) FROM event") == 13
    assert one(everything, "SELECT count(*) FROM claim") == 42
    assert one(everything, "SELECT count(*) FROM claim WHERE recalled") == 5
    assert one(everything, "SELECT count(*) FROM figure") == 19
    assert (
        one(everything, "SELECT count(*) FROM forecaster WHERE kind NOT IN ('quota_poll', 'random_poll')")
        == 39
    )


def test_departments_of_2017(bench: Bench) -> None:
    counts = bench.frame(
        "SELECT contest_id, count(DISTINCT dept_code) AS departments, count(*) AS n FROM department_result "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert counts.values.tolist() == [["fr-pres-2017-r1", 107, 1177], ["fr-pres-2017-r2", 107, 214]]


def test_new_caledonia_and_polynesia_are_not_exchanged(bench: Bench) -> None:
    shares = bench.frame(
        "SELECT dept_code, round(100.0 * sum(votes) FILTER (candidate_id = 'macron') / sum(votes), 2) AS macron "
        "FROM department_result WHERE contest_id = 'fr-pres-2017-r2' AND dept_code IN ('ZN', 'ZP') "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert shares.values.tolist() == [["ZN", 52.57], ["ZP", 58.39]]


# ----------------------------------------------------------------------------------------- known rows


@pytest.mark.parametrize(
    ("contest", "shares"),
    [
        ("fr-pres-2002-r1", {"chirac": 19.88, "le-pen-jm": 16.86, "jospin": 16.18}),
        ("fr-pres-2007-r2", {"sarkozy": 53.06, "royal": 46.94}),
        ("fr-pres-2012-r2", {"hollande": 51.64, "sarkozy": 48.36}),
        (
            "fr-pres-2017-r1",
            {"macron": 24.01, "le-pen": 21.30, "fillon": 20.01, "melenchon": 19.58, "hamon": 6.36},
        ),
        ("fr-pres-2017-r2", {"macron": 66.10, "le-pen": 33.90}),
        ("fr-pres-2022-r1", {"macron": 27.85, "le-pen": 23.15, "melenchon": 21.95}),
        ("fr-pres-2022-r2", {"macron": 58.55, "le-pen": 41.45}),
        ("fr-primary-right-2016-r2", {"fillon": 66.49, "juppe": 33.51}),
        ("fr-primary-left-2017-r2", {"hamon": 58.69, "valls": 41.31}),
    ],
)
def test_official_shares(everything: Bench, contest: str, shares: dict[str, float]) -> None:
    oracle = everything.frame(f"SELECT candidate_id, share_pct FROM oracle WHERE contest_id = '{contest}'")
    found = dict(zip(oracle.candidate_id, oracle.share_pct.round(2), strict=True))
    assert {name: found[name] for name in shares} == shares


LAST_POLLS_2017 = [
    ("bva-2017-04-21", "2017-04-20", 1494, 1134, [23, 23, 19, 19.5, 8, 4, 1, 1.5, 0.5, 0.5, "<0.5"]),
    ("ifop-2017-04-21", "2017-04-18", 2823, 2115, [24.5, 22.5, 19.5, 18.5, 7, 4, 1, 1.5, 1, 0.5, "<0.5"]),
    ("odoxa-2017-04-21", "2017-04-21", 953, 666, [24.5, 23, 19, 19, 7.5, 4.5, 0.5, 1, 1, 0, 0]),
    ("elabe-2017-04-20", "2017-04-19", 1445, 1137, [24, 21.5, 20, 19.5, 7, 4, 1, 1.5, 1, 0.5, "<0.5"]),
    ("harris-2017-04-20", "2017-04-18", 962, None, [24.5, 21, 20, 19, 7.5, 4, 1, 1.5, 1, 0.5, "<0.5"]),
    ("ipsos-2017-04-20", "2017-04-19", 2048, 1401, [24, 22, 19, 19, 7.5, 4, 1.5, 1.5, 1, 0.5, "<0.5"]),
    ("opinionway-2017-04-20", "2017-04-18", 2269, 1495, [23, 22, 21, 18, 8, 4, 1, 2, 1, 0, 0]),
    ("kantar-2017-04-17", "2017-04-14", 1530, 1178, [24, 23, 18.5, 18, 8, 4, 1, 2, 1, 0.5, "<0.5"]),
    ("le-terrain-2017-04-15", "2017-04-13", 1139, 642, [24, 21.5, 17.5, 22, 8, 3.5, 0.5, 1.5, 0.5, 1, 0]),
]
BALLOT_2017 = [
    "macron",
    "le-pen",
    "fillon",
    "melenchon",
    "hamon",
    "dupont-aignan",
    "lassalle",
    "poutou",
    "asselineau",
    "arthaud",
    "cheminade",
]


@pytest.mark.parametrize(
    ("survey", "since", "sample", "expressing", "shares"),
    LAST_POLLS_2017,
    ids=[row[0] for row in LAST_POLLS_2017],
)
def test_last_polls_of_the_first_round_of_2017(
    bench: Bench, survey: str, since: str, sample: int, expressing: int | None, shares: list[float | str]
) -> None:
    rows = bench.frame(
        "SELECT * FROM forecast JOIN prediction USING (forecast_id) "
        f"WHERE survey = '{survey}' AND contest_id = 'fr-pres-2017-r1' AND lineup = 'final'"
    )
    first = rows.iloc[0]
    assert str(first.measured_from.date()) == since
    assert first.sample_size == sample
    assert first.expressing_n == expressing if expressing else rows.expressing_n.isna().all()
    assert first.last_release == "yes"
    printed = {
        row.candidate_id: f"<{row.value:g}" if row.flag == "lt" else row.value for row in rows.itertuples()
    }
    assert printed == dict(zip(BALLOT_2017, shares, strict=True))


@pytest.mark.parametrize(
    ("forecast", "macron"),
    [
        ("harris-2017-05-05-a", 62),
        ("ifop-2017-05-05-a", 63),
        ("ipsos-2017-05-05-a", 63),
        ("elabe-2017-05-04-a", 62),
        ("odoxa-2017-05-04-a", 62),
        ("opinionway-2017-05-04-a", 62),
        ("bva-2017-05-02-a", 60),
        ("kantar-2017-04-30-a", 59),
    ],
)
def test_last_polls_of_the_second_round_of_2017(bench: Bench, forecast: str, macron: float) -> None:
    rows = bench.frame(
        "SELECT candidate_id, value, last_release FROM forecast JOIN prediction USING (forecast_id) "
        f"WHERE forecast_id = '{forecast}' AND contest_id = 'fr-pres-2017-r2' AND lineup = 'final'"
    )
    assert dict(zip(rows.candidate_id, rows.value, strict=True)) == {"macron": macron, "le-pen": 100 - macron}
    assert set(rows.last_release) == {"yes"}


def test_the_two_filteris_releases_of_21_april(bench: Bench) -> None:
    rows = bench.frame(
        "SELECT release, last_release, quantity, status, candidate_id, value FROM forecast "
        "JOIN prediction USING (forecast_id) WHERE forecaster_id = 'filteris' AND published_on = DATE '2017-04-21'"
    )
    second = rows[rows.release == 2]
    assert dict(zip(second.candidate_id, second.value, strict=True)) == {
        "macron": 20.03,
        "le-pen": 22.7,
        "fillon": 21.5,
        "melenchon": 21.3,
    }
    assert set(second.last_release) == {"yes"}
    assert set(rows[rows.release == 1].last_release) == {"no"}
    assert set(rows.quantity) == {"digital_share"}
    assert set(rows.status) == {"claimed"}


def test_traps_are_marked(everything: Bench) -> None:
    def flags(forecast: str) -> tuple[object, ...]:
        columns = "published_precision, last_release, recalled, transcription, confidence"
        frame = everything.frame(f"SELECT {columns} FROM forecast WHERE forecast_id = '{forecast}'")
        return tuple(frame.iloc[0].fillna(""))

    assert flags("huffpost-compilateur-2017-04-a") == ("month", "unknown", False, "single", "medium")
    assert flags("the-economist-2017-02-24-a")[:2] == ("day", "no")
    assert flags("iprotego-2017-04-24-a")[:3] == ("day", "no", True)
    assert flags("odoxa-2017-04-25-a")[3:] == ("disputed", "medium")
    assert flags("opinionway-2017-05-04-a")[3:] == ("disputed", "medium")
    assert flags("elabe-2017-03-29-c")[3:] == ("disputed", "low")
    assert flags("elabe-2022-01-26-c")[3:] == ("disputed", "low")
    assert flags("bva-2002-02-02-a")[3:] == ("single", "low")
    for doubted in (
        "harris-2022-02-14-a",
        "ifop-2022-02-15-a",
        "cluster17-2022-04-08-a",
        "elabe-2021-11-24-c",
    ):
        assert flags(doubted)[3:] == ("disputed", "medium")
    assert one(everything, "SELECT count(*) FROM forecast WHERE forecast_id = 'elabe-2022-01-26-d'") == 0
    assert (
        one(
            everything,
            "SELECT count(*) FROM forecast WHERE note LIKE '%Poutou 0 or 1%' AND transcription = 'disputed'",
        )
        == 7
    )


def test_telephone_polls_are_not_attacked_as_panels(everything: Bench) -> None:
    frame = everything.frame(
        "SELECT DISTINCT coalesce(f.mechanism::VARCHAR, o.mechanism::VARCHAR) AS mechanism FROM forecast f "
        "JOIN forecaster o USING (forecaster_id) WHERE f.mode LIKE 'telephone%'"
    )
    assert frame.mechanism.tolist() == ["phone_quota"]


# ------------------------------------------------------------------------------------------ candidate sets


@pytest.mark.parametrize(
    ("election", "size"),
    [("fr-pres-2002", 3), ("fr-pres-2007", 4), ("fr-pres-2012", 5), ("fr-pres-2017", 4), ("fr-pres-2022", 5)],
)
def test_main_set_is_those_with_8_points_in_the_last_polls(
    everything: Bench, election: str, size: int
) -> None:
    """8 points or more in the mean of the houses' last polls of the official list."""
    means = everything.frame(
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


def test_blocs_are_followed_from_one_election_to_the_next(everything: Bench) -> None:
    names = everything.frame(
        "SELECT bloc, string_agg(DISTINCT candidate_id, ' ' ORDER BY candidate_id) AS names FROM candidate "
        "WHERE bloc IS NOT NULL GROUP BY bloc"
    )
    blocs = dict(zip(names.bloc, names.names, strict=True))
    assert blocs["left"] == "hamon hidalgo hollande jospin royal"
    assert blocs["far-right"] == "le-pen le-pen-jm"
    earlier = everything.frame(
        "SELECT count(*) AS n FROM candidate WHERE bloc = 'en-marche' AND contest_id < 'fr-pres-2017'"
    )
    assert earlier.n.item() == 0


def test_the_shipped_data_pass_every_check(everything: Bench) -> None:
    assert everything.report is not None
    assert everything.report.errors == []
    kinds = {finding.check for finding in everything.report.warnings}
    assert kinds == {
        "jump_in_a_house",
        "poll_without_size",
        "poll_without_sponsor",
        "same_figures_on_two_days",
    }


# ---------------------------------------------------------------------------------------------- verdicts


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
        "JOIN contest USING (contest_id) WHERE type <> 'margin' ORDER BY key"
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


def test_how_many_claims_came_true(everything: Bench) -> None:
    found = verdicts(everything, "claim")
    assert Counter(found.values()) == {"true": 16, "partly": 14, "false": 12}
    recalled = set(everything.frame("SELECT claim_id FROM claim WHERE recalled").claim_id)
    assert Counter(found[key] for key in recalled) == {"true": 5}
    buzz = everything.frame(
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
