"""A table for the eye has its decimals and no missing values; one for a program keeps all digits."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from pollbench.cli import app
from pollbench.cli._options import Format
from pollbench.cli._output import as_text, show
from pollbench.errors import OutputError
from pollbench.manipulation import ATTACKS
from tests_support import small_election

FRAME = pd.DataFrame(
    {
        "day": pd.to_datetime([date(2017, 4, 23), None]),
        "who": ["elabe", None],
        "n": pd.array([1445, None], dtype="Int64"),
        "mae": [0.0748765, float("nan")],
        "share": [24.01, 3.0],
    }
)


def read_parquet(path: Path) -> pd.DataFrame:
    return duckdb.read_parquet(str(path)).df()


def test_a_table_for_the_eye_has_its_decimals_days_and_blanks():
    assert as_text(FRAME, Format.table, {"share": 1}).splitlines() == [
        "day         who       n   mae  share",
        "2017-04-23  elabe  1445  0.07   24.0",
        "                                 3.0",
    ]


def test_a_table_without_a_row_says_so_and_as_csv_has_its_header():
    assert as_text(FRAME.iloc[:0], Format.table, {}) == "nothing\n"
    assert as_text(FRAME.iloc[:0], Format.csv, {}) == "day,who,n,mae,share\n"


def test_csv_json_and_parquet_keep_all_digits(tmp_path):
    for form in (Format.csv, Format.json, Format.parquet):
        show(FRAME, form, tmp_path / f"t.{form.value}", {"mae": 1})
    read = pd.read_csv(tmp_path / "t.csv")
    assert read.mae[0] == json.loads((tmp_path / "t.json").read_text("utf-8"))[0]["mae"] == 0.0748765
    assert read_parquet(tmp_path / "t.parquet").mae[0] == 0.0748765
    assert str(read.day[0]).startswith("2017-04-23")


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> str:
    return str(small_election(tmp_path_factory.mktemp("own")))


@pytest.mark.parametrize(
    ("words", "column"),
    [(("score", "--measure", "mae"), "value"), (("leaderboard",), "rank"), (("attack",), "accounts")],
)
def test_parquet_goes_into_a_pipe(words, column, own, tmp_path):
    answer = CliRunner().invoke(app, [*words, own, "--format", "parquet"])
    assert answer.exit_code == 0, answer.output
    (tmp_path / "piped.parquet").write_bytes(answer.stdout_bytes)
    assert column in read_parquet(tmp_path / "piped.parquet")


def test_a_list_is_written_to_a_file(tmp_path):
    answer = CliRunner().invoke(
        app, ["list", "attacks", "--format", "csv", "-o", str(tmp_path / "attacks.csv")]
    )
    assert (answer.exit_code, answer.output) == (0, "")
    assert set(pd.read_csv(tmp_path / "attacks.csv").attack) == set(ATTACKS)


def test_parquet_is_not_written_to_a_screen(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(OutputError, match="name a file with --output"):
        show(FRAME, Format.parquet, None)
