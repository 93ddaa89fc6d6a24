"""The Data Package of the data sets, read by the reference implementation of the standard."""

from __future__ import annotations

import json

import pytest

from pollbench.data.checksums import registered_files
from pollbench.data.elections import datasets_folder
from pollbench.outputs.datapackage import DATAPACKAGE, of_data
from tests_support import validated


def described() -> list[str]:
    package = json.loads((datasets_folder() / DATAPACKAGE).read_text(encoding="utf-8"))
    return [resource["path"] for resource in package["resources"]]


def test_every_csv_file_of_the_data_sets_is_described():
    assert described() == [path for path in registered_files(datasets_folder()) if path.endswith(".csv")]


@pytest.mark.slow
def test_all_data_sets_are_as_their_package_says():
    found = validated(datasets_folder() / DATAPACKAGE)
    assert found.valid, found.flatten(["name", "type", "message"])[:5]


@pytest.mark.parametrize(
    ("old", "new", "offence"),
    [
        (",quota_poll,", ",reading_tea,", "constraint-error"),
        ("\nifop,", "\nipsos,", "primary-key"),
        ("\nifop,", "\n,", "constraint-error"),
    ],
    ids=["no such word", "a key twice", "no key"],
)
def test_a_planted_fault_is_seen_by_readers_of_the_package(tmp_path, bench, old, new, offence):
    (tmp_path / "forecasters.csv").write_bytes((datasets_folder() / "forecasters.csv").read_bytes())
    for path, content in of_data(bench, tmp_path).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(json.dumps(content), encoding="utf-8")
    package = tmp_path / DATAPACKAGE
    assert validated(package).valid
    text = (tmp_path / "forecasters.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "forecasters.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    found = validated(package)
    assert offence in {kind for (kind,) in found.flatten(["type"])}


def test_a_table_of_columns_of_its_own_is_described_by_their_names(tmp_path, bench):
    (tmp_path / "odd.csv").write_text("size,colour\n1,red\n", encoding="utf-8")
    (tmp_path / "notes.toml").write_text("a = 1\n", encoding="utf-8")
    files = of_data(bench, tmp_path)
    assert list(files) == [DATAPACKAGE]
    (resource,) = files[DATAPACKAGE]["resources"]
    assert resource["path"] == "odd.csv"
    assert resource["schema"] == {
        "fields": [{"name": "size", "type": "any"}, {"name": "colour", "type": "any"}]
    }
