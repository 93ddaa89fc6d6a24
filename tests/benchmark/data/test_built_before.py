"""A database is taken from the cache only if every byte that it was made from is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pollbench import cache
from pollbench.data import built_before, loading, store
from pollbench.data.elections import datasets_folder, find_all
from pollbench.errors import ChecksumError
from tests_support import copy_of, small_election


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def forbid_building(monkeypatch):
    def fail(*_):
        pytest.fail("the database was built again")

    monkeypatch.setattr(loading, "fill", fail)


def tables(bench: store.Bench) -> dict[str, str]:
    names = bench.dictionary().table_name.unique()
    return {name: bench.table(name).to_json(orient="split", date_format="iso") for name in names}


def test_the_second_load_is_the_first_with_its_report(tmp_path, monkeypatch):
    folder = small_election(tmp_path)
    with store.load(folder) as first:
        forbid_building(monkeypatch)
        with store.load(folder) as second:
            assert tables(second) == tables(first)
            assert second.report == first.report
            assert second.report.checks


def test_of_two_builds_at_once_both_have_the_bytes_of_the_one_that_was_kept_first(tmp_path, monkeypatch):
    folder = small_election(tmp_path)
    paths = [tmp_path / name for name in ("first.duckdb", "second.duckdb", "third.duckdb")]
    fill, begun = store._fill, []

    def fill_while_another_builds(*given):
        report = fill(*given)
        if not begun:
            begun.append(True)
            store.build(paths[0], folder)
        return report

    monkeypatch.setattr(store, "_fill", fill_while_another_builds)
    for path in paths[1:]:
        store.build(path, folder)
    assert paths[0].read_bytes() == paths[1].read_bytes() == paths[2].read_bytes()


def test_an_entry_that_is_damaged_is_built_again(tmp_path, place):
    folder = small_election(tmp_path)
    with store.load(folder) as first:
        # That of the election and the empty one from which it was filled.
        entries = sorted(place.rglob("*.pollbench"))
        assert len(entries) == 2
        damaged = []
        for entry in entries:
            content = bytearray(entry.read_bytes())
            content[-5000] ^= 1
            entry.write_bytes(content)
            damaged.append(bytes(content))
        with store.load(folder) as second:
            assert tables(second) == tables(first)
    assert all(entry.read_bytes() != content for entry, content in zip(entries, damaged, strict=True))


def test_the_key_changes_with_one_byte_of_data_schema_checks_code_and_scenarios(tmp_path, monkeypatch):
    shared = tmp_path / "datasets"
    shutil.copytree(datasets_folder(), shared, ignore=shutil.ignore_patterns("transfers", "published"))
    code = tmp_path / "pollbench" / "data"
    shutil.copytree(Path(built_before.__file__).parents[1], code.parent)
    monkeypatch.setattr(built_before, "datasets_folder", lambda: shared)
    monkeypatch.setattr(built_before, "__file__", str(code / "built_before.py"))
    election = copy_of("fr-primary-left-2017", tmp_path)
    chosen = find_all([election])
    first = built_before.key_of(chosen, [])
    assert built_before.key_of(chosen, []) == first
    keys = {first, built_before.key_of(chosen, ["one"]), built_before.key_of(chosen, ["one", "two"])}
    files = [
        *election.glob("*.csv"),
        election / "election.toml",
        shared / "people.csv",
        shared / "sources.csv",
        shared / "sql" / "schema.sql",
        shared / "sql" / "views.sql",
        next((shared / "sql" / "checks").iterdir()),
        code / "loading.py",
        code / "checks.py",
        code.parent / "files.py",
    ]
    for path in files:
        before = path.read_bytes()
        path.write_bytes(before[:-2] + bytes([before[-2] ^ 1]) + before[-1:])
        keys.add(built_before.key_of(chosen, []))
        path.write_bytes(before)
    (election / "forecast.csv").write_bytes(b"")
    keys.add(built_before.key_of(chosen, []))
    assert len(keys) == 4 + len(files)


def test_where_the_folder_stands_belongs_to_the_key_for_the_report_names_files(tmp_path):
    (tmp_path / "other").mkdir()
    one, other = small_election(tmp_path), small_election(tmp_path / "other")
    assert built_before.key_of(find_all([one]), []) != built_before.key_of(find_all([other]), [])


def test_checksums_are_verified_though_the_database_is_kept(monkeypatch):
    store.load("fr-primary-left-2017").close()

    def changed(**_):
        message = "a byte was changed"
        raise ChecksumError(message)

    monkeypatch.setattr(store.registry, "verify", changed)
    with pytest.raises(ChecksumError):
        store.load("fr-primary-left-2017")


def test_data_that_change_while_they_are_read_are_not_kept(tmp_path, monkeypatch, place):
    folder = small_election(tmp_path)
    fill = loading.fill

    def fill_and_change(connection, elections):
        report = fill(connection, elections)
        with (folder / "contests.csv").open("ab") as file:
            file.write(b"\n")
        return report

    monkeypatch.setattr(loading, "fill", fill_and_change)
    store.load(folder).close()
    assert not list(place.glob("database/*.pollbench"))


def test_without_a_cache_everything_is_built(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, "off")
    with store.load(small_election(tmp_path)) as bench:
        assert bench.report.checks
