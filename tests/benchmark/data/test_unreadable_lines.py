"""One line that cannot be read brings one message, not one for every row that refers to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pollbench.data.store import validate
from tests_support import copy_of, small_election

FILES = ("contests", "candidates", "forecasts", "predictions", "results")


def tear(path: Path, line: int) -> None:
    """Join the first two values of a line, as a semicolon typed for a comma does."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(",", ";", 1)
    path.write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("fr-pres-2002", tmp_path)


@pytest.mark.parametrize("line", [1, 2], ids=["header", "row"])
@pytest.mark.parametrize("name", FILES)
def test_one_torn_line_brings_one_message(folder, name, line):
    tear(folder / f"{name}.csv", line)
    report = validate(folder)
    assert [(Path(error.file).name, error.line, error.check) for error in report.errors] == [
        (f"{name}.csv", line, "form")
    ]
    assert report.waiting > 0
    assert f" {report.waiting} checks more once every line can be read." in report.summary()


def test_a_second_fault_elsewhere_is_found_at_once(folder):
    tear(folder / "forecasts.csv", 2)
    path = folder / "candidates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",chirac,", ",,", 1), encoding="utf-8")
    report = validate(folder)
    checks = {(Path(error.file).name, error.check) for error in report.errors}
    assert {("forecasts.csv", "form"), ("candidates.csv", "required")} <= checks
    (empty,) = (error for error in report.errors if error.check == "required")
    assert empty.line == 1 + next(
        number for number, line in enumerate(path.read_text("utf-8").splitlines()) if "-r1,," in line
    )


def test_nothing_waits_where_every_line_is_read(tmp_path):
    report = validate(small_election(tmp_path))
    assert report.waiting == 0
    assert "once every line" not in report.summary()
