"""mapping.toml: what is written is read again, and what means nothing is refused with its key and remedy."""

from __future__ import annotations

from datetime import date

import pytest

from pollbench.errors import DataError
from pollbench.intake.mapping import Mapping, read_mapping

WHOLE = Mapping(
    kind="wide",
    election={"election_id": "xx-2030", "year": 2030, "title": 'A "vote"', "since": date(2029, 1, 1)},
    contests=[
        {"round": 1, "day": date(2030, 4, 14), "advance": 2, "ballot": ["ann", "bob"]},
        {"round": 2, "day": date(2030, 4, 28), "advance": 1, "ballot": []},
    ],
    source={"licence": "CC0", "title": "line\nend \x7f"},
    columns={"": "ignore", "Ann Lee": "candidate"},
    houses={"Ifop": "ifop"},
    people={"Béa": ""},
    drop={"t.csv, line 3": "a test"},
    keep={"t.csv, line 4": ""},
)


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text(WHOLE.to_toml(), encoding="utf-8")
    assert read_mapping(path) == WHOLE
    path.write_text(Mapping().to_toml(), encoding="utf-8")
    assert read_mapping(path) == Mapping()


@pytest.mark.parametrize(
    ("content", "column", "rule"),
    [
        ("houses = 3\n", "houses", "must be a table"),
        ("contests = 3\n", "contests", "must be a list of tables"),
        ("contests = [3]\n", "contests", "must be a list of tables"),
        ("kind = 3\n", "kind", "must be a text"),
        ("[source]\nday = 2030-04-14\n", "source.day", "means nothing. There is: source_id, title"),
        ("[source]\ntitle = [1]\n", "source.title", "must be a text"),
        ("[people]\nAnn = 1\n", "people.Ann", "must be a text"),
        ("[election]\nyear = '2030'\n", "election.year", "must be a whole number"),
        ("[election]\nsince = '2030-01-01'\n", "election.since", "must be a day"),
        ("[election]\nsince = 2030-01-01T00:00:00\n", "election.since", "must be a day"),
        ("[election]\ncountry = 33\n", "election.country", "must be a text in quotes"),
        ("[[contests]]\nround = 1\nvotes = 3\n", "contests.votes", "means nothing. There is: round, day"),
        ("[[contests]]\nround = true\n", "contests.round", "must be a whole number"),
        ("[[contests]]\nround = 1\nballot = 'ann'\n", "contests.ballot", "must be a list of ids in quotes"),
        ("[[contests]]\nround = 1\nballot = [1]\n", "contests.ballot", "must be a list of ids in quotes"),
        ("[[contests]]\nround = 1\nday = 2030-04-14T20:00:00\n", "contests.day", "must be a day"),
    ],
)
def test_what_means_nothing_is_refused_with_its_key(tmp_path, content, column, rule):
    path = tmp_path / "mapping.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_mapping(path)
    assert (error.value.path, error.value.column) == (path, column)
    assert rule in str(error.value)


def test_a_source_may_be_dated_without_quotes(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text("[source]\naccessed = 2030-04-01\nrevision = 3\n", encoding="utf-8")
    assert read_mapping(path).source == {"accessed": date(2030, 4, 1), "revision": 3}


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path):
    with pytest.raises(
        DataError, match=r"none\.toml.* cannot be read \(No such file or directory\)\. Name a file"
    ):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "m.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match="is not well-formed TOML"):
        read_mapping(tmp_path / "m.toml")
