"""A small election without a fault as files, and a way to plant one: for tests of the checks."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from clean_rows import Tables, clean_tables
from pollbench.data.elections import datasets_folder
from pollbench.data.table_files import PER_ELECTION, SHARED

SCHEMA = (datasets_folder() / "sql" / "schema.sql").read_text(encoding="utf-8")


def columns(table: str) -> list[str]:
    body = re.search(rf"CREATE TABLE {table} \((.*?)\n\);", SCHEMA, re.DOTALL)
    assert body is not None
    names = (line.split()[0] for line in body[1].strip().splitlines())
    return [name for name in names if name.islower()]


TOML = """\
election_id = "xx-2030"
country = "XX"
office = "president"
year = 2030
title = "A small election"
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
    "election": ["election_id"],
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
    "transfer": ["transfer_id"],
    "register": ["system_id"],
    "dispute": ["dispute_id"],
    "outcome": ["contest_id", "candidate_id"],
    "release": ["forecast_id"],
    "printed_figure": ["forecast_id", "candidate_id"],
    "quantile": ["forecast_id", "candidate_id", "level"],
    "scenario": ["election_id", "scenario_id"],
}

A3, A10, A17, RUNOFF = "alpha-2030-04-03-a", "alpha-2030-04-10-a", "alpha-2030-04-17-a", "alpha-2030-04-30-a"

BUZZ, MARKET, BAND, CLAIM = (
    "buzz-2030-04-15-a",
    "market-2030-04-16-a",
    "market-2030-04-16-b-1",
    "buzz-2030-04-15-leader",
)
