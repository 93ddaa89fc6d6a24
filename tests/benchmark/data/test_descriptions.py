"""What is wrong with the description of an election is named with file, line, value, rule and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pollbench.data.store import load, validate
from pollbench.errors import DataError, UnknownName
from spoilt_copy import findings, line_of, the_one_about
from tests_support import copy_of, replace_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("fr-pres-2017", tmp_path)


def test_a_folder_without_a_description_or_contests_says_so(tmp_path, folder):
    with pytest.raises(DataError, match=r"election\.toml: is missing"):
        validate(tmp_path)
    (folder / "contests.csv").unlink()
    assert the_one_about(findings(folder), "contests.csv", "cannot be read")
    (folder / "election.toml").write_text('election_id = "x', encoding="utf-8")
    with pytest.raises(DataError, match="not well-formed TOML"):
        validate(folder)


def test_an_unknown_election_gets_close_names():
    with pytest.raises(UnknownName, match=r"Did you mean .*'fr-pres-2017'"):
        load("fr-pres-2071")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year = 2017", "year = true", ["column year", "must be a whole number"]),
        ("year = 2017", "year = 99999999999999", ["column year", "between 1700 and 2200"]),
        ('revision = "1"', "revision = 1", ["column revision", "must be a text"]),
        ('law = "fr-77-808"', "law = 3", ["column law", "must be a text"]),
        ('law = "fr-77-808"', "superseded_by = 3", ["column superseded_by", "must be a text"]),
        ("from = 2017-04-22\n", "from = 2017-04-22T00:00:00\n", ["column from", "must be a day"]),
        ('main4 = ["macron", "le-pen", "fillon", "melenchon"]', "main4 = 4", ["candidate_sets", "lists"]),
        ('main4 = ["macron", "le-pen", "fillon", "melenchon"]', "main4 = [4]", ["candidate_sets", "lists"]),
        ('main4 = ["macron", "le-pen", "fillon", "melenchon"]', 'main4 = "all"', ["candidate_sets", "lists"]),
        ('revision = "1"', 'revision = "1"\ncandidate_sets = 3', ["not well-formed TOML"]),
    ],
)
def test_a_field_of_the_wrong_type_is_named(folder, old, new, words):
    replace_once(folder / "election.toml", old, new)
    with pytest.raises(DataError) as caught:
        validate(folder)
    assert all(word in str(caught.value) for word in ["election.toml", *words])


def test_a_law_that_nobody_wrote_down_is_a_finding_with_its_line_and_the_known_ones(folder):
    path = folder / "election.toml"
    replace_once(path, 'law = "fr-77-808"', 'law = "fr-77-880"')
    message = the_one_about(findings(folder), "law_is_known")
    place = f"election.toml, line {line_of(path, 'law =')}, column law: 'fr-77-880'"
    assert all(
        part in message
        for part in (place, "fr-77-808, none", "Did you mean 'fr-77-808'", "Leave the line out")
    )
    replace_once(path, 'law = "fr-77-880"', 'law = "none"')
    assert findings(folder) == []


@pytest.mark.parametrize("listed", ["silence = 3", 'silence = ["a"]', "candidate_sets = 3"])
def test_a_description_without_its_tables_says_how_to_write_them(folder, listed):
    path = folder / "election.toml"
    head = path.read_text(encoding="utf-8").split("[candidate_sets")[0]
    path.write_text(f"{head}\n{listed}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"column {listed.split()[0]}.*Write \["):
        validate(folder)


@pytest.mark.parametrize(
    ("encode", "words"),
    [
        (lambda text: text.encode("utf-8-sig"), "line 1: starts with a byte order mark"),
        (lambda text: text.encode("latin-1"), "line [0-9]+: is not UTF-8"),
    ],
    ids=["bom", "latin-1"],
)
def test_a_description_in_another_encoding_is_refused(folder, encode, words):
    path = folder / "election.toml"
    path.write_bytes(encode(path.read_text(encoding="utf-8").replace("’", "'")))
    with pytest.raises(DataError, match=words):
        validate(folder)


def test_an_election_named_twice_is_one(tmp_path):
    with load("fr-primary-left-2017", "fr-primary-left-2017") as bench:
        assert bench.elections == ("fr-primary-left-2017",)
    with pytest.raises(DataError, match=r"election\.toml.*'fr-primary-left-2017'.*is also the id"):
        validate("fr-primary-left-2017", copy_of("fr-primary-left-2017", tmp_path))
