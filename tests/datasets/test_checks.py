"""Every check finds a fault planted for it, names the row, and finds nothing in clean data.

A fault is planted into staged copies of the tables of the clean election, where the check's query runs alone; a few
run through ``validate`` as well.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from clean_election import A3, KEYS, SCHEMA, Plant, columns, write
from clean_rows import Row, Tables, clean_tables
from planted_in_elections import IN_ELECTIONS
from planted_in_forecasts import IN_FORECASTS
from pollbench.data import loading
from pollbench.data.checks import read_checks
from pollbench.data.elections import datasets_folder
from pollbench.data.store import validate
from pollbench.data.table_files import INSERTION_ORDER
from pollbench.errors import DataError

FAULTS = IN_ELECTIONS | IN_FORECASTS
CHECKS = {check.name: check for check in read_checks(datasets_folder() / "sql" / "checks")}


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
    election = {key: str(value) for key, value in description.items() if not isinstance(value, (list, dict))}
    return plant.tables | {
        "election": [election],
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
        # It is not left out where that table has rows.
        assert CHECKS[check].may_blame({table}, INSERTION_ORDER)
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


def test_a_check_is_left_out_where_the_tables_that_it_may_blame_have_no_row() -> None:
    check = CHECKS["quantiles_do_not_cross"]
    assert not check.may_blame({"prediction"}, INSERTION_ORDER)
    assert check.may_blame({"quantile"}, INSERTION_ORDER)
    unnamed = replace(check, query="SELECT table_name, row_key, column_name, found FROM quantile")
    assert unnamed.may_blame({"prediction"}, INSERTION_ORDER)


def test_few_rows_and_many_are_checked_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant = Plant()
    for check in ("departments_sum_to_result", "jump_in_a_house", "sources_exist"):
        FAULTS[check][0][0](plant)
    folder = write(tmp_path / "xx-2030", plant.tables, plant.toml)
    few = validate(folder)
    monkeypatch.setattr(loading, "FEW_ROWS", 0)
    assert validate(folder) == few
    assert {"departments_sum_to_result", "jump_in_a_house"} <= {finding.check for finding in few.findings}


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


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("claims = 1\nresults = 7", []),
        ("claims = 2", ["must be the number of rows of claims.csv, which has 1."]),
        ("quantiles = 0", ["must be the number of rows of quantiles.csv, which has 3."]),
        ("unheard-of = 1", ["must be the number of rows of unheard-of.csv, which has 0."]),
    ],
)
def test_a_row_that_is_lost_is_missed_where_the_description_counts(
    tmp_path: Path, rows: str, words: list[str]
) -> None:
    plant = Plant()
    folder = write(tmp_path / "xx-2030", plant.tables, f"{plant.toml}\n[rows]\n{rows}\n")
    findings = validate(folder).findings
    assert [(finding.check, finding.rule) for finding in findings] == [
        ("rows_are_counted", rule) for rule in words
    ]
    assert all(finding.line and finding.severity == "error" for finding in findings)


def test_numbers_of_rows_are_numbers(tmp_path: Path) -> None:
    folder = write(tmp_path / "xx-2030", clean_tables(), f"{Plant().toml}\n[rows]\nclaims = true\n")
    with pytest.raises(DataError, match="must hold numbers of rows"):
        validate(folder)


def test_elections_that_are_over_count_their_rows() -> None:
    for path in sorted(datasets_folder().glob("*/election.toml")):
        description = tomllib.loads(path.read_text(encoding="utf-8"))
        held = {entry.stem for entry in path.parent.glob("*.csv")} - {"assumptions"}
        over = (path.parent / "results.csv").exists()
        assert set(description.get("rows", {})) == (held if over else set()), path
