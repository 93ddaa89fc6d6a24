"""Mean scores of Parquet files: the figures of memory to the last digit, whatever the blocks and the workers."""

from __future__ import annotations

import re
from math import fsum
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

import pollbench as pb
from pollbench.errors import DataError, DomainError, PolicyError
from pollbench.measures import named

ROOT = Path(__file__).parents[3]
ROWS = 100_000
RESULT = [66.1, 33.9]


@pytest.fixture(scope="module")
def frame():
    generator = np.random.default_rng(20170507)
    macron = np.round(generator.normal(62, 3, ROWS), 3)
    house = np.array(["elabe", "ifop", "bva"])[generator.integers(3, size=ROWS)]
    seen = generator.normal(66.1, 0.1, ROWS)
    return pd.DataFrame(
        {"forecaster": house, "macron": macron, "le_pen": 100 - macron, "seen": seen, "other": 100 - seen}
    )


@pytest.fixture(scope="module")
def files(frame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("home") / "forecasts"
    folder.mkdir()
    paths = [folder / "1.parquet", folder / "2.parquet"]
    for path, rows in zip(paths, (frame[:60_000], frame[60_000:]), strict=True):
        duckdb.from_df(rows).write_parquet(str(path), row_group_size=20_000)
    return paths


def means(files, measures=("mae", "margin_error"), **options):
    options = {"forecast": ["macron", "le_pen"], "result": RESULT, "by": "forecaster", **options}
    return pb.score_parquet(files, list(measures), **options)


def test_the_means_are_those_of_memory_to_the_last_digit(frame, files):
    found = means(files)
    assert list(found.group.unique()) == ["bva", "elabe", "ifop"]
    for row in found.itertuples():
        shares = frame.loc[frame.forecaster == row.group, ["macron", "le_pen"]].to_numpy()
        values = named(row.measure)(shares, np.array(RESULT))
        assert row.value == fsum(values.tolist()) / len(values)
        assert row.n_forecasts == len(values)


@pytest.mark.parametrize("rows", [17_001, 33_333, 1_000_000])
def test_no_digit_depends_on_the_blocks(files, rows):
    pd.testing.assert_frame_equal(means(files, rows=rows), means(files[::-1]), check_exact=True)


def test_a_measure_of_candidates_and_a_result_of_every_row(frame, files):
    found = means(files, ["bias"], result=["seen", "other"], by=None)
    assert found.candidate_id.tolist() == ["macron", "le_pen"]
    errors = frame[["macron", "le_pen"]].to_numpy() - frame[["seen", "other"]].to_numpy()
    assert found.value.tolist() == [fsum(column.tolist()) / ROWS for column in errors.T]


@pytest.mark.slow
def test_the_recipe_of_the_readme_on_two_workers(files, monkeypatch, capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [recipe] = re.findall(r"```python\n(from pathlib import Path\n.*?score_parquet.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(files[0].parents[1])
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "benchmark"))
    scope = {"__name__": "__main__"}
    exec(compile(recipe, "README.md", "exec"), scope)
    pd.testing.assert_frame_equal(scope["means"], means(files), check_exact=True)
    assert "margin_error" in capsys.readouterr().out


def test_where_a_measure_has_no_value_the_forecasts_are_counted(tmp_path):
    path = str(tmp_path / "level.parquet")
    duckdb.sql("SELECT * FROM (VALUES (50.0, 50.0), (60.0, 40.0)) t(a, b)").write_parquet(path)
    found = pb.score_parquet([path], ["kendall_tau_b"], forecast=["a", "b"], result=RESULT)
    assert found[["value", "n_forecasts", "undefined"]].to_numpy().tolist() == [[1.0, 1, 1]]


def test_what_cannot_be_read_is_named(files, tmp_path):
    with pytest.raises(DataError, match=r"none\.parquet.*no such file"):
        means([tmp_path / "none.parquet"])
    with pytest.raises(DataError, match=r"'fillon'.*it has forecaster, macron"):
        means(files, forecast=["macron", "fillon"])
    path = tmp_path / "gap.parquet"
    duckdb.sql("SELECT * FROM (VALUES (50.0, 50.0), (60.0, NULL)) t(macron, le_pen)").write_parquet(str(path))
    with pytest.raises(DomainError, match=r"gap\.parquet, row 2, column le_pen: this is no number"):
        means([path], by=None)
    text = tmp_path / "text.parquet"
    text.write_text("macron,le_pen\n", encoding="utf-8")
    with pytest.raises(DataError, match="no readable Parquet"):
        means([text])


def test_what_a_measure_refuses_names_file_and_rows(tmp_path):
    path = tmp_path / "zero.parquet"
    duckdb.sql("SELECT * FROM (VALUES (50.0, 50.0), (100.0, 0.0)) t(macron, le_pen)").write_parquet(str(path))
    with pytest.raises(DomainError, match=r"zero\.parquet, rows 1 to 2: "):
        means([path], ["accuracy_b"], by=None)


@pytest.mark.parametrize("name", ["crps_samples", "sampling_excess", "coverage"])
def test_a_measure_that_takes_more_is_refused_before_a_file_is_opened(name):
    with pytest.raises(PolicyError, match="takes more than one forecast"):
        means(["nowhere.parquet"], [name])


def test_unlike_lengths_and_no_rows_are_refused(files):
    with pytest.raises(PolicyError, match="there are 2 and 1"):
        means(files, result=[66.1])
    with pytest.raises(PolicyError, match="at least one row"):
        means(files, rows=0)
