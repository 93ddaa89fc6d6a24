"""The folder ready for deposit: complete, described, and read by the official reader of Croissant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import pollbench as pb
from pollbench.errors import OutputError
from pollbench.outputs.croissant import RELEASED
from pollbench.outputs.record_deposit import deposit, record_tables

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def world() -> Iterator[pb.Bench]:
    with pb.load("world") as bench:
        yield bench


@pytest.fixture(scope="module")
def folder(world: pb.Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("deposit") / "record"
    deposit(world, place)
    return place


def test_every_table_is_there_in_both_forms(folder: Path) -> None:
    for name in record_tables():
        rows = pd.read_csv(folder / "tables" / f"{name}.csv")
        path = folder / "tables" / f"{name}.parquet"
        [(count,)] = duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()
        assert len(rows) == count > 0


def test_the_database_opens(folder: Path) -> None:
    from pollbench.data.bench import open_database

    with open_database(folder / "record.duckdb") as bench:
        assert bench.frame("SELECT count(*) AS n FROM release").n.item() == 596


def test_the_reader_of_croissant_finds_no_error_and_the_rows(folder: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    rows = list(dataset.records("record_corp"))
    assert len(rows) == len(pd.read_csv(folder / "tables" / "record_corp.csv"))


def test_a_planted_fault_in_croissant_is_noticed(folder: Path, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    content = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    content["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "no-such-file.csv"
    (tmp_path / "croissant.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(str(tmp_path / "croissant.json"))


def test_the_codebook_has_a_sentence_for_each_column(folder: Path) -> None:
    text = (folder / "CODEBOOK.md").read_text(encoding="utf-8")
    for name, table in record_tables().items():
        assert f"## {name}.csv" in text
        for column in table.columns:
            assert f"* `{column.name}` (" in text
            assert column.meaning in text


def test_descriptions_name_the_files_and_agree_with_the_project(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in package["resources"]} == {
        f"tables/{name}.csv" for name in record_tables()
    }
    zenodo = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))
    assert zenodo["upload_type"] == "dataset"
    assert "type: dataset" in (folder / "CITATION.cff").read_text(encoding="utf-8")
    assert f'date-released: "{RELEASED}"' in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_nothing_is_overwritten(world: pb.Bench, folder: Path) -> None:
    with pytest.raises(OutputError, match="empty"):
        deposit(world, folder)
