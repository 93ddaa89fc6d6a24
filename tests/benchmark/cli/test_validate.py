"""``pollbench validate``: errors first, the first warnings of each check, and exit 1 for an error alone."""

from __future__ import annotations

import csv
import io

import pytest

from pollbench.data.checks import Finding, Report
from tests_support import program


def finding(check: str, severity: str, line: int) -> Finding:
    return Finding(check, severity, "forecasts.csv", line, "sponsors", "", "x", "Is a rule.", "Look.")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What is validated, with four warnings of one check and, of a folder of its own, one error."""
    folders: list[tuple[str, ...]] = []

    def validate(*named: str) -> Report:
        folders.append(named)
        errors = [finding("ids", "error", 9)] if named == ("own",) else []
        return Report(
            [finding("sponsor", "warning", line) for line in (4, 3, 2, 1)] + errors, ["ids", "sponsor"]
        )

    monkeypatch.setattr("pollbench.data.store.validate", validate)
    return folders


def test_the_first_warnings_of_a_check_stand_for_the_others(asked):
    answer = program("validate")
    assert (answer.returncode, answer.stderr) == (0, "")
    shown = answer.stdout.splitlines()
    assert [line.split(",")[1].strip() for line in shown[:3]] == ["line 4", "line 3", "line 2"]
    assert shown[3] == "warning: 1 more of sponsor; --format csv lists all."
    assert shown[4].startswith("2 checks, 0 errors, 4 warnings")
    assert {"fr-pres-2017", "world"} <= set(asked[0])


def test_an_error_stands_before_the_warnings_and_the_exit_is_1(asked):
    answer = program("validate", "own")
    assert answer.returncode == 1
    assert answer.stdout.startswith("error: forecasts.csv, line 9")


def test_a_table_lists_every_finding(asked):
    answer = program("validate", "own", "--format", "csv")
    assert answer.returncode == 1
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert sorted(row["line"] for row in rows) == ["1", "2", "3", "4", "9"]
