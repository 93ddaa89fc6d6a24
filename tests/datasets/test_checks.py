"""Every check finds a fault planted for it, names the row, and finds nothing in clean data.

The clean data are a small election of a user's own: two rounds, two firms, an index, an app and a market. A fault is
planted into staged copies of its tables, where the check's query runs alone; a few run through ``validate`` as well.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pollbench.catalog import datasets_folder
from pollbench.checks import read_checks
from pollbench.loading import PER_ELECTION, SHARED
from pollbench.store import validate

CHECKS = {check.name: check for check in read_checks(datasets_folder() / "sql" / "checks")}
SCHEMA = (datasets_folder() / "sql" / "schema.sql").read_text(encoding="utf-8")
FIRST, LAST = "xx-2030-r1", "xx-2030-r2"
BALLOT = {"ann": 29, "bob": 27, "cleo": 21, "dan": 13, "eve": 10}

Row = dict[str, str]
Tables = dict[str, list[Row]]


def columns(table: str) -> list[str]:
    body = re.search(rf"CREATE TABLE {table} \((.*?)\n\);", SCHEMA, re.DOTALL)
    assert body is not None
    names = (line.split()[0] for line in body[1].strip().splitlines())
    return [name for name in names if name.islower()]


def forecaster(name: str, family: str, kind: str, mechanism: str) -> Row:
    return {
        "forecaster_id": name,
        "name": name.title(),
        "house": name,
        "family": family,
        "kind": kind,
        "country": "France",
        "measures": "something",
        "quota": "unknown",
        "identity_check": "unknown",
        "rule_disclosed": "unknown",
        "mechanism": mechanism,
        "sources": "paper",
    }


def poll(name: str, day: str, contest: str, lineup: str = "final", **more: str) -> Row:
    return {
        "forecast_id": f"{name}-{day}-a",
        "forecaster_id": name,
        "contest_id": contest,
        "quantity": "vote_share",
        "unit": "share_pct",
        "status": "forecast",
        "survey": f"{name}-{day}",
        "measured_from": day[:-2] + f"{int(day[-2:]) - 1:02}",
        "measured_to": day,
        "date_basis": "fieldwork",
        "release": "1",
        "last_release": "unknown",
        "recalled": "false",
        "sample_size": "1000",
        "sample_size_basis": "registered voters",
        "expressing_n": "800",
        "expressing_basis": "the notice",
        "sponsors": "A paper",
        "lineup": lineup,
        "complete": "true",
        "sources": "paper web",
        "transcription": "single",
        "confidence": "high",
        **more,
    }


def reading(name: str, day: str, contest: str, quantity: str, unit: str, letter: str = "a") -> Row:
    return {
        "forecast_id": f"{name}-{day}-{letter}",
        "forecaster_id": name,
        "contest_id": contest,
        "quantity": quantity,
        "unit": unit,
        "status": "claimed",
        "published_on": day,
        "published_precision": "day",
        "release": "1",
        "last_release": "unknown",
        "recalled": "false",
        "complete": "false",
        "sources": "web",
        "transcription": "single",
        "confidence": "high",
    }


def figures(forecast: str, values: dict[str, object]) -> list[Row]:
    return [
        {"forecast_id": forecast, "candidate_id": name, "value": str(value)} for name, value in values.items()
    ]


def clean_tables() -> Tables:
    """An election without a fault."""
    votes = {
        FIRST: {"ann": 300, "bob": 250, "cleo": 200, "dan": 150, "eve": 100},
        LAST: {"ann": 600, "bob": 400},
    }
    shares = {
        "alpha-2030-04-03-a": BALLOT,
        "alpha-2030-04-10-a": BALLOT | {"ann": 28, "bob": 28},
        "alpha-2030-04-17-a": BALLOT | {"ann": 27, "bob": 29},
        "gamma-2030-04-12-a": {"ann": 30, "bob": 25, "cleo": 20, "dan": 15, "fay": 10},
        "alpha-2030-04-30-a": {"ann": 55, "bob": 45},
        "gamma-2030-04-30-a": {"ann": 52, "cleo": 48},
        "buzz-2030-04-15-a": {"ann": 40, "bob": 20},
        "buzz-2030-04-16-a": {"ann": 41, "bob": 20},
        "app-2030-04-16-a": {"ann": 60, "bob": 70},
        "market-2030-04-16-a": {"ann": 60},
    }
    return {
        "source": [
            {"source_id": "paper", "title": "A paper", "retrieved_from": "a library"},
            {"source_id": "web", "title": "A page", "url": "https://example.org/page"},
        ],
        "person": [{"candidate_id": name, "name": name.title()} for name in (*BALLOT, "fay")],
        "forecaster": [
            forecaster("alpha", "poll", "quota_poll", "phone_quota"),
            forecaster("gamma", "poll", "random_poll", "phone_quota"),
            forecaster("buzz", "buzz", "share_of_voice", "share_of_voice"),
            forecaster("app", "buzz", "rating_app", "daily_rating"),
            forecaster("market", "market", "prediction_market", "market_lmsr"),
        ],
        "contest": [
            {
                "contest_id": f"xx-2030-r{number}",
                "election_id": "xx-2030",
                "round": str(number),
                "day": day,
                "advance": advance,
                "registered": "1500",
                "voters": "1100",
                "blank": "70",
                "null_votes": "30",
                "blank_null": "100",
                "valid": "1000",
                "sources": "paper",
            }
            for number, day, advance in ((1, "2030-04-21", "2"), (2, "2030-05-05", "1"))
        ],
        "candidate": [
            {"contest_id": contest, "candidate_id": name, "bloc": f"bloc-{name}"}
            for contest, counted in votes.items()
            for name in counted
        ],
        "result": [
            {"contest_id": contest, "candidate_id": name, "votes": str(count), "sources": "paper"}
            for contest, counted in votes.items()
            for name, count in counted.items()
        ],
        "department_result": [
            {
                "contest_id": contest,
                "dept_code": code,
                "department": department,
                "candidate_id": name,
                "votes": str(count // 2),
                "sources": "paper",
            }
            for contest, counted in votes.items()
            for code, department in (("01", "North"), ("02", "South"))
            for name, count in counted.items()
        ],
        "forecast": [
            poll("alpha", "2030-04-03", FIRST, rolling_series="alpha-roll", rolling_thin="true"),
            poll("alpha", "2030-04-10", FIRST, rolling_series="alpha-roll", rolling_thin="true"),
            poll("alpha", "2030-04-17", FIRST, published_on="2030-04-18", published_precision="day"),
            poll("gamma", "2030-04-12", FIRST, lineup="x-fay--no-eve"),
            poll("alpha", "2030-04-30", LAST),
            poll("gamma", "2030-04-30", LAST, lineup="duel-ann-v-cleo"),
            reading("buzz", "2030-04-15", FIRST, "digital_share", "share_pct"),
            reading("buzz", "2030-04-16", FIRST, "digital_share", "share_pct") | {"last_release": "yes"},
            reading("app", "2030-04-16", FIRST, "approval", "approval_pct"),
            reading("market", "2030-04-16", LAST, "win_probability", "probability_pct"),
            reading("market", "2030-04-16", LAST, "event", "probability_pct", letter="b"),
        ],
        "prediction": [row for name, values in shares.items() for row in figures(name, dict(values))],
        "event": [
            {
                "event_id": "market-2030-04-16-b-1",
                "forecast_id": "market-2030-04-16-b",
                "type": "share_band",
                "candidates": "ann",
                "low": "50",
                "high": "60",
                "value": "70",
            }
        ],
        "claim": [
            {
                "claim_id": "buzz-2030-04-15-leader",
                "forecaster_id": "buzz",
                "contest_id": FIRST,
                "made_on": "2030-04-15",
                "made_precision": "day",
                "type": "leader",
                "candidates": "ann",
                "hedged": "false",
                "recalled": "false",
                "confidence": "high",
                "sources": "web",
            }
        ],
        "assumption": [
            {
                "assumption_id": "size",
                "subject": "app",
                "parameter": "users",
                "meaning": "people who rate",
                "value": "100",
                "low": "50",
                "high": "200",
                "unit": "persons",
                "evidence_class": "A",
                "sources": "paper",
            }
        ],
        "milestone": [
            {
                "milestone_id": "debate",
                "election_id": "xx-2030",
                "day": "2030-04-04",
                "label": "Debate",
                "label_fr": "Débat",
                "sources": "web",
            }
        ],
        "dispute": [{"dispute_id": "one", "forecast_id": "alpha-2030-04-03-a", "field": "sample_size"}],
        "waiver": [],
    }


TOML = """\
election_id = "xx-2030"
country = "XX"
office = "president"
year = 2030
title = "A small election"
title_fr = "Une petite élection"
revision = "1"

[candidate_sets.xx-2030-r1]
main = ["ann", "bob", "cleo"]

[[silence]]
contest = "xx-2030-r1"
from = 2030-04-20
to = 2030-04-21
"""


def write(folder: Path, tables: Tables, toml: str = TOML) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "election.toml").write_text(toml, encoding="utf-8")
    for table, rows in tables.items():
        path = folder / f"{(SHARED | PER_ELECTION)[table]}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns(table), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


class Plant:
    """Changes to the clean tables, one fault at a time."""

    def __init__(self) -> None:
        self.tables = clean_tables()
        self.toml = TOML

    def set(self, table: str, key: str, **values: str) -> None:
        """Change the row whose key columns, joined by slashes, are ``key``."""
        names = KEYS[table]
        [row] = [each for each in self.tables[table] if "/".join(each[name] for name in names) == key]
        row.update(values)

    def add(self, table: str, like: str, **values: str) -> None:
        """Add a row like that of the key ``like``, but for ``values``."""
        names = KEYS[table]
        [row] = [each for each in self.tables[table] if "/".join(each[name] for name in names) == like]
        self.tables[table].append(row | values)

    def drop(self, table: str, key: str) -> None:
        """Leave out the row ``key``."""
        names = KEYS[table]
        self.tables[table] = [
            each for each in self.tables[table] if "/".join(each[name] for name in names) != key
        ]

    def copy(self, forecast: str, new: str, **values: str) -> None:
        """Add a forecast with the figures of another."""
        self.add("forecast", forecast, forecast_id=new, **values)
        for row in [each for each in self.tables["prediction"] if each["forecast_id"] == forecast]:
            self.tables["prediction"].append(row | {"forecast_id": new})


KEYS = {
    "person": ["candidate_id"],
    "source": ["source_id"],
    "forecaster": ["forecaster_id"],
    "contest": ["contest_id"],
    "candidate": ["contest_id", "candidate_id"],
    "result": ["contest_id", "candidate_id"],
    "department_result": ["contest_id", "dept_code", "candidate_id"],
    "forecast": ["forecast_id"],
    "prediction": ["forecast_id", "candidate_id"],
    "event": ["event_id"],
    "claim": ["claim_id"],
    "assumption": ["assumption_id"],
    "milestone": ["milestone_id"],
    "dispute": ["dispute_id"],
}
A3, A10, A17, RUNOFF = "alpha-2030-04-03-a", "alpha-2030-04-10-a", "alpha-2030-04-17-a", "alpha-2030-04-30-a"
BUZZ, MARKET, BAND, CLAIM = (
    "buzz-2030-04-15-a",
    "market-2030-04-16-a",
    "market-2030-04-16-b-1",
    "buzz-2030-04-15-leader",
)


def forecast(key: str, **values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set("forecast", key, **values)


def claim(**values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set("claim", CLAIM, **values)


def value(key: str, **values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set("prediction", key, **values)


def other(table: str, key: str, **values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set(table, key, **values)


def toml(before: str, after: str) -> Callable[[Plant], None]:
    def change(plant: Plant) -> None:
        assert before in plant.toml
        plant.toml = plant.toml.replace(before, after)

    return change


def both(*changes: Callable[[Plant], None]) -> Callable[[Plant], None]:
    def change(plant: Plant) -> None:
        for each in changes:
            each(plant)

    return change


#: Check -> faults, each with the rows that the check must name.
FAULTS: dict[str, list[tuple[Callable[[Plant], None], list[str]]]] = {
    "address_is_an_address": [
        (other("source", "web", url="example.org"), ["web"]),
        (forecast(A17, notice_url="see the site"), [A17]),
    ],
    "assumption_in_its_range": [(other("assumption", "size", low="120"), ["size"])],
    "ballots_add_up": [
        (other("contest", FIRST, voters="1101"), [FIRST]),
        (other("contest", LAST, blank="71"), [LAST]),
        (other("contest", LAST, registered="1000"), [LAST]),
    ],
    "band_has_ends": [
        (other("event", BAND, high=""), [BAND]),
        (other("event", BAND, low="60", high="50"), [BAND]),
        (other("event", BAND, type="winner"), [BAND]),
    ],
    "bloc_stands_once": [
        (
            other("candidate", f"{FIRST}/bob", bloc="bloc-ann"),
            [f"{FIRST}/ann", f"{FIRST}/bob"],
        )
    ],
    "candidates_exist": [
        (other("event", BAND, candidates="zoe"), [BAND]),
        (claim(candidates="zoe"), [CLAIM]),
        (forecast(MARKET, condition="ann zoe"), [MARKET]),
    ],
    "candidates_fit_type": [
        (claim(candidates="ann bob"), [CLAIM]),
        (claim(type="qualified_pair", candidates="ann ann"), [CLAIM]),
        (claim(type="order"), [CLAIM]),
        (other("event", BAND, candidates="ann bob"), [BAND]),
    ],
    "claim_is_said_in_words": [(claim(type="share_band"), [CLAIM])],
    "claim_type_fits_round": [
        (claim(type="winner"), [CLAIM]),
        (claim(contest_id=LAST, type="eliminated"), [CLAIM]),
    ],
    "contest_id_names_round": [(other("contest", LAST, round="3"), [LAST])],
    "dates_in_order": [(forecast(A3, measured_from="2030-04-04"), [A3])],
    "department_has_one_name": [
        (
            other("department_result", f"{FIRST}/01/cleo", department="Nort"),
            [f"{FIRST}/01/ann"],
        )
    ],
    "departments_sum_to_result": [
        (other("department_result", f"{FIRST}/01/cleo", votes="99"), [f"{FIRST}/cleo"]),
        (lambda plant: plant.drop("department_result", f"{LAST}/02/bob"), [f"{LAST}/bob"]),
    ],
    "dispute_names_forecast": [(other("dispute", "one", forecast_id="alpha-2030-04-04-a"), ["one"])],
    "disputed_row_has_dispute": [(forecast(A10, transcription="disputed"), [A10])],
    "doubt_says_why": [
        (forecast(A10, confidence="low"), [A10]),
        (claim(confidence="low"), [CLAIM]),
    ],
    "duel_has_two_candidates": [(lambda plant: plant.drop("prediction", f"{RUNOFF}/bob"), [RUNOFF])],
    "everyone_has_a_result": [(lambda plant: plant.drop("result", f"{FIRST}/eve"), [f"{FIRST}/eve"])],
    "expressing_within_sample": [(forecast(A3, expressing_n="1001"), [A3])],
    "figures_stand_where_they_belong": [
        (forecast("market-2030-04-16-b", quantity="win_probability"), ["market-2030-04-16-b"]),
        (lambda plant: plant.drop("prediction", f"{MARKET}/ann"), [MARKET]),
        (lambda plant: plant.drop("event", BAND), ["market-2030-04-16-b"]),
    ],
    "finalists_come_from_round_before": [
        (lambda plant: plant.drop("candidate", f"{FIRST}/bob"), [f"{LAST}/bob"]),
        (other("contest", FIRST, advance="3"), [LAST]),
    ],
    "has_a_day": [(forecast(BUZZ, published_on="", published_precision=""), [BUZZ])],
    "id_agrees_with_date": [
        (forecast(A3, measured_to="2030-04-04"), [A3]),
        (forecast(BUZZ, published_on="2030-04-14"), [BUZZ]),
        (claim(made_on="2030-04-14"), [CLAIM]),
    ],
    "ids_without_gaps": [
        (other("person", "ann", candidate_id="an n"), ["an n"]),
        (other("forecast", A17, forecast_id="a/17"), ["a/17"]),
        (other("source", "web", source_id="the web"), ["the web"]),
    ],
    "interval_holds_value": [
        (value(f"{BUZZ}/ann", lower="41"), [f"{BUZZ}/ann"]),
        (value(f"{BUZZ}/ann", upper="39"), [f"{BUZZ}/ann"]),
    ],
    "jump_in_a_house": [
        (
            both(value(f"{A17}/ann", value="24"), value(f"{A17}/bob", value="32.5")),
            [f"{A17}/bob"],
        )
    ],
    "kind_fits_family": [(other("forecaster", "buzz", kind="prediction_market"), ["buzz"])],
    "last_release_is_last": [
        (forecast(BUZZ, last_release="yes"), [BUZZ]),
        (forecast(A3, last_release="yes"), [A3]),
    ],
    "lineup_agrees_with_candidates": [
        (forecast("gamma-2030-04-12-a", lineup="final"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-12-a", lineup="near-final"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-12-a", lineup="x-fay--no-dan"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-12-a", lineup="x--no-eve"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-30-a", lineup="duel-ann-v-bob"), ["gamma-2030-04-30-a"]),
        (forecast("gamma-2030-04-12-a", lineup="full"), ["gamma-2030-04-12-a"]),
        (lambda plant: plant.drop("prediction", f"{A3}/eve"), [A3]),
    ],
    "measured_before_vote": [
        (forecast(A17, measured_to="2030-04-21"), [A17]),
        (forecast(BUZZ, measured_to="2030-04-22"), [BUZZ]),
    ],
    "measured_within_400_days": [
        (forecast(A3, measured_from="2034-04-02", measured_to="2034-04-03"), [A3, A3]),
        (forecast(BUZZ, published_on="2029-01-15"), [BUZZ]),
    ],
    "milestone_in_campaign": [(other("milestone", "debate", day="2003-04-04"), ["debate"])],
    "no_more_advance_than_stand": [
        (other("contest", FIRST, advance="6"), [FIRST]),
        (other("contest", LAST, advance="3"), [LAST]),
    ],
    "one_question_one_row": [
        (
            lambda plant: plant.copy(A3, "alpha-2030-04-03-b"),
            [A3, "alpha-2030-04-03-b"],
        )
    ],
    "one_release_one_row": [
        (
            lambda plant: plant.copy(BUZZ, "buzz-2030-04-15-b"),
            [BUZZ, "buzz-2030-04-15-b"],
        )
    ],
    "one_survey_one_sample": [(forecast(A10, survey="alpha-2030-04-03"), [A3])],
    "only_polls_have_samples": [
        (forecast(BUZZ, sample_size="1000", sample_size_basis="messages"), [BUZZ]),
        (forecast(BUZZ, lineup="final"), [BUZZ]),
    ],
    "poll_names_its_survey": [
        (forecast(A3, lineup=""), [A3]),
        (forecast(A3, date_basis=""), [A3]),
        (forecast(A3, survey=""), [A3]),
    ],
    "poll_without_size": [(forecast(A3, sample_size="", sample_size_basis=""), [A3])],
    "poll_without_sponsor": [(forecast(A3, sponsors=""), [A3])],
    "precision_fits_day": [
        (forecast(A17, published_precision=""), [A17]),
        (forecast(BUZZ, published_precision="month"), [BUZZ]),
        (claim(made_precision="year"), [CLAIM]),
    ],
    "published_after_measured": [
        (forecast(A17, published_on="2030-04-16"), [A17]),
        (forecast(BUZZ, measured_to="2030-04-16"), [BUZZ]),
    ],
    "published_before_vote": [
        (forecast(BUZZ, published_on="2030-04-22"), [BUZZ]),
        (claim(made_on="2030-04-22"), [CLAIM]),
    ],
    "published_in_silence": [
        (forecast(A17, published_on="2030-04-20"), [A17]),
        (forecast(RUNOFF, published_on="2030-04-21", published_precision="day"), [RUNOFF]),
    ],
    "rolling_wave_says_thin": [
        (forecast(A3, rolling_thin=""), [A3]),
        (forecast(A17, rolling_thin="true"), [A17]),
    ],
    "rounds_in_order": [(other("contest", LAST, day="2030-04-21"), [LAST])],
    "same_figures_on_two_days": [
        (
            both(
                value(f"{A17}/ann", value="29"),
                value(f"{A17}/bob", value="27"),
            ),
            [A17],
        )
    ],
    "set_stands_on_ballot": [
        (toml('"cleo"]', '"fay"]'), [f"{FIRST}/main/fay"]),
    ],
    "shares_sum_to_100": [
        (value(f"{A3}/eve", value="12"), [A3]),
        (value(f"{A3}/eve", value="8"), [A3]),
        (value(f"{BUZZ}/bob", value="62"), [BUZZ]),
    ],
    "silence_before_vote": [(toml("to = 2030-04-21", "to = 2030-04-20"), [f"{FIRST}/2030-04-20"])],
    "size_says_its_base": [
        (forecast(A3, sample_size_basis=""), [A3]),
        (forecast(A3, expressing_basis=""), [A3]),
        (forecast(A3, sample_size="", expressing_n=""), [A3]),
    ],
    "source_can_be_found": [(other("source", "paper", retrieved_from=""), ["paper"])],
    "sources_exist": [
        (forecast(A3, sources="paper wob"), [A3]),
        (other("forecaster", "buzz", sources="wob"), ["buzz"]),
        (other("contest", FIRST, sources="wob"), [FIRST]),
        (other("result", f"{FIRST}/ann", sources="wob"), [f"{FIRST}/ann"]),
        (other("department_result", f"{FIRST}/01/ann", sources="wob"), [f"{FIRST}/01/ann"]),
        (claim(sources="wob"), [CLAIM]),
        (other("assumption", "size", sources="wob"), ["size"]),
        (other("milestone", "debate", sources="paper  web"), ["debate"]),
    ],
    "thin_waves_do_not_overlap": [(forecast(A10, measured_from="2030-04-03"), [A10])],
    "unit_agrees_with_quantity": [
        (forecast(BUZZ, unit="approval_pct"), [BUZZ]),
        (forecast(MARKET, quantity="rank"), [MARKET]),
    ],
    "values_in_range": [
        (value(f"{A3}/eve", value="101"), [f"{A3}/eve"]),
        (value(f"{A3}/eve", value="-1"), [f"{A3}/eve"]),
        (value(f"{MARKET}/ann", upper="120"), [f"{MARKET}/ann"]),
        (other("event", BAND, value="100.5"), [BAND]),
        (
            both(forecast(MARKET, quantity="rank", unit="rank"), value(f"{MARKET}/ann", value="0")),
            [f"{MARKET}/ann"],
        ),
    ],
    "votes_sum_to_valid": [
        (other("result", f"{FIRST}/ann", votes="301"), [FIRST]),
        (other("contest", LAST, valid=""), [LAST]),
    ],
}


class Staging:
    """The tables of the clean election without constraints; a fault lasts for one query."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(SCHEMA)
        self.connection.execute("CREATE SCHEMA staging")
        for (table,) in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            self.connection.execute(f"CREATE TABLE staging.{table} AS FROM main.{table} LIMIT 0")
        self.connection.execute("USE staging")
        self.clean = staged(Plant())
        for table, rows in self.clean.items():
            self._fill(table, rows)

    def _fill(self, table: str, rows: list[Row]) -> None:
        names = columns(table)
        marks = ", ".join("?" * len(names))
        values = [[row.get(name) or None for name in names] for row in rows]
        if values:
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)

    def found(self, check: str, plant: Plant) -> list[tuple[str, str, str, str]]:
        """What ``check`` finds in the tables of ``plant``."""
        self.connection.execute("BEGIN")
        for table, rows in staged(plant).items():
            if rows != self.clean[table]:
                self.connection.execute(f"DELETE FROM {table}")
                self._fill(table, rows)
        rows = self.connection.execute(CHECKS[check].query).fetchall()
        self.connection.execute("ROLLBACK")
        return rows


def staged(plant: Plant) -> Tables:
    """The tables of ``plant`` with those that come from election.toml."""
    description = tomllib.loads(plant.toml)
    return plant.tables | {
        "silence": [
            {"contest_id": each["contest"], "first_day": str(each["from"]), "last_day": str(each["to"])}
            for each in description["silence"]
        ],
        "candidate_set": [
            {"contest_id": contest, "name": name, "candidate_id": candidate}
            for contest, sets in description["candidate_sets"].items()
            for name, candidates in sets.items()
            for candidate in candidates
        ],
    }


@pytest.fixture(scope="module")
def staging() -> Iterator[Staging]:
    made = Staging()
    yield made
    made.connection.close()


def test_the_clean_election_has_no_finding(tmp_path: Path) -> None:
    report = validate(write(tmp_path / "xx-2030", clean_tables()))
    assert [str(finding) for finding in report.findings] == []
    assert set(CHECKS) <= set(report.checks)


def test_every_check_has_a_planted_fault() -> None:
    assert sorted(FAULTS) == sorted(CHECKS)


@pytest.mark.parametrize(
    ("check", "change", "keys"),
    [
        pytest.param(check, change, keys, id=f"{check}-{number}")
        for check, faults in FAULTS.items()
        for number, (change, keys) in enumerate(faults, start=1)
    ],
)
def test_check_finds_the_fault(
    staging: Staging, check: str, change: Callable[[Plant], None], keys: list[str]
) -> None:
    plant = Plant()
    change(plant)
    found = staging.found(check, plant)
    assert [row_key for _, row_key, _, _ in found] == keys
    for table, row_key, column, value in found:
        assert table in KEYS or table in ("silence", "candidate_set")
        assert row_key
        assert column in [*columns(table), "to", "candidate_sets"]
        assert value


@pytest.mark.parametrize("check", CHECKS)
def test_check_passes_on_the_clean_election(staging: Staging, check: str) -> None:
    assert staging.found(check, Plant()) == []


@pytest.mark.parametrize(
    ("check", "file"),
    [
        ("expressing_within_sample", "forecasts.csv"),
        ("departments_sum_to_result", "results.csv"),
        ("set_stands_on_ballot", "election.toml"),
        ("jump_in_a_house", "predictions.csv"),
    ],
)
def test_validate_reports_the_fault_with_its_place(tmp_path: Path, check: str, file: str) -> None:
    change, keys = FAULTS[check][0]
    plant = Plant()
    change(plant)
    folder = write(tmp_path / "xx-2030", plant.tables, plant.toml)
    [finding] = [each for each in validate(folder).findings if each.check == check]
    assert finding.file == str(folder / file)
    assert [finding.row_key] == keys
    assert (finding.severity, finding.rule, finding.remedy) == (
        CHECKS[check].severity,
        CHECKS[check].rule,
        CHECKS[check].remedy,
    )
    if finding.line:
        line = Path(finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
        assert line.startswith(finding.row_key.replace("/", ","))


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_header_is_made_of_sentences(check) -> None:
    for text in (check.rule, check.why, check.remedy):
        assert text.endswith(".")
        assert text[0].isupper() or check.rule == text
    head = check.query.split("\n\n")[0].split("\nWITH ")[0].split("\nSELECT ")[0]
    for line in head.splitlines():
        assert re.match(r"-- (severity|rule|why|remedy): |--   \S", line), (
            "a remark needs an empty line before it"
        )


def test_a_waiver_excepts_its_row(tmp_path: Path) -> None:
    plant = Plant()
    plant.set("forecast", A3, expressing_n="1001")
    plant.tables["waiver"] = [
        {"check_name": "expressing_within_sample", "row_key": A3, "reason": "the firm says so"}
    ]
    report = validate(write(tmp_path / "xx-2030", plant.tables))
    assert report.findings == []
    assert report.waived == 1


def test_a_waiver_that_matches_nothing_is_reported(tmp_path: Path) -> None:
    plant = Plant()
    plant.tables["waiver"] = [{"check_name": "expressing_within_sample", "row_key": A3, "reason": "once was"}]
    [finding] = validate(write(tmp_path / "xx-2030", plant.tables)).findings
    assert (finding.check, finding.severity, finding.line) == ("waiver_is_needed", "warning", 2)


def test_a_waiver_of_an_unknown_check_is_refused(tmp_path: Path) -> None:
    plant = Plant()
    plant.tables["waiver"] = [{"check_name": "expresing_within_sample", "row_key": A3, "reason": "a slip"}]
    [finding] = validate(write(tmp_path / "xx-2030", plant.tables)).findings
    assert (finding.check, finding.severity) == ("waiver_names_check", "error")
