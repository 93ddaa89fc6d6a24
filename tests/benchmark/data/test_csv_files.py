"""A table is read strictly: what is wrong with its bytes, its header or a row is named with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pollbench.data.csv_files import LONGEST_FIELD, read_text_table
from pollbench.data.elections import DESCRIPTION, read_collection, read_description
from pollbench.errors import DataError

COLUMNS = ("id", "name", "note")
DESCRIBED = 'election_id = "xx-2030"\ncountry = "XX"\noffice = "office"\nyear = 2030\ntitle = "A vote"\nrevision = "1"\n'


def offences(tmp_path: Path, content: bytes, optional: tuple[str, ...] = ()) -> list[str]:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    table, found = read_text_table(path, COLUMNS, optional)
    assert (table is None) == bool(found) or "columns" in str(found[0]) or "values" in str(found[0])
    return [str(offence).removeprefix(str(tmp_path) + os.sep) for offence in found]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "t.csv: is empty. A table without rows still has its header line."),
        (b"PK\x03\x04x", "t.csv: is a workbook of a spreadsheet, not CSV."),
        (b"id,name,note\na,b\xe9,c\n", "t.csv, line 2: 'é,c"),
        (b"id,name,note\na,b\rc,d\n", "t.csv, line 2: holds a carriage return without a line feed."),
        (b"id,name,note\na,\x00,c\n", "t.csv, line 2: holds a NUL byte."),
        (
            b"id,name,note\na,b,c",
            "t.csv, line 2: 'a,b,c': does not end with a line feed: the file seems cut off.",
        ),
        (
            b"id;name;note\na;b;c\n",
            "t.csv, line 1: 'id;name;note': the values are separated by semicolons, not by commas.",
        ),
        (b"id\tname\tnote\n", "the values are separated by tabs, not by commas."),
        (b"id,note\n", "t.csv, line 1: 'id,note': the header lacks name."),
        (b"id,name,note,day\n", "the header has the unknown 'day'."),
        (b"id,who\n", "the header lacks name, note and has the unknown 'who'."),
        (b"id,name,note,note\n", "the header names a column twice."),
        (b"name,id,note\n", "the columns are not in their order. The header must be: id,name,note."),
        (b'id,name,note\na,"b,c\n', "t.csv, line 2: this line is not well-formed CSV"),
        (
            b"id,name,note\na,b," + b"c" * (LONGEST_FIELD + 1) + b"\n",
            "this line is not well-formed CSV (field larger",
        ),
    ],
)
def test_a_table_of_broken_form_is_refused_with_its_line(tmp_path, content, words):
    (offence,) = offences(tmp_path, content)
    assert words in offence


def test_rows_of_another_width_are_named_and_the_others_are_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b'id,name\na,"b\nb"\nb,c,d\nc\nd,e\n')
    table, found = read_text_table(path, COLUMNS, ("note",))
    assert (table.rows, table.lines) == ([["a", "b\nb", ""], ["d", "e", ""]], [2, 6])
    assert [offence.line for offence in found] == [4, 5]
    assert "Quote values that hold a comma" in found[0].remedy
    assert "Fill the line up" in found[1].remedy


def test_columns_that_may_be_left_out_are_said_where_the_header_is_wrong(tmp_path):
    (offence,) = offences(tmp_path, b"name,id\n", ("note",))
    assert offence.endswith("The header must be: id,name,note (these may be left out: note).")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    assert "(Is a directory)" in str(read_text_table(tmp_path, COLUMNS)[1][0])
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "(no regular file)" in str(read_text_table(tmp_path / "pipe", COLUMNS)[1][0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            DESCRIBED.replace('office = "office"\n', ""),
            "column office: is missing. Add a line for each: office = ...",
        ),
        (DESCRIBED.replace("2030\n", "true\n"), "column year: 'True': must be"),
        (DESCRIBED + "rows = 3\n", "column rows: '3': must hold numbers of rows under names of files."),
        (DESCRIBED + '[rows]\nclaims = "34"\n', "must hold numbers of rows under names of files."),
        (DESCRIBED + f"n = {'9' * 5_000}\n", "a number is too long"),
        ("\ufeff" + DESCRIBED, "line 1: starts with a byte order mark"),
        ("year = \n", "is not well-formed TOML"),
    ],
)
def test_a_description_that_cannot_be_used_is_one_message(tmp_path, content, words):
    (tmp_path / DESCRIPTION).write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_description(tmp_path)
    assert words in str(error.value)


def test_a_description_that_is_not_there_or_cannot_be_opened_says_why(tmp_path, monkeypatch):
    path = tmp_path / DESCRIPTION
    with pytest.raises(DataError, match=r"is missing: an election folder holds an election\.toml"):
        read_description(tmp_path)
    path.mkdir()
    with pytest.raises(DataError, match=r"\(no regular file\)"):
        read_description(tmp_path)

    def denied(_):
        raise PermissionError(13, "Permission denied")

    path.rmdir()
    path.write_text(DESCRIBED, encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(
        DataError, match=r"cannot be read \(Permission denied\)\. Check the path and its rights\."
    ):
        read_description(tmp_path)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "has no row. Write a row for each election of the folder."),
        ("xx,XX,office,203x,A vote,1\n", "line 2, column year: '203x': must be a year between"),
        ("xx,XX,,2030,A vote,1\n", "line 2, column office: must not be empty. Fill it in."),
        (
            "xx,XX,office,2030,A,1\nxx,XX,office,2030,B,1\n",
            "line 3, column election_id: 'xx': is also the id of line 2.",
        ),
    ],
)
def test_a_list_of_elections_that_cannot_be_used_is_one_message(tmp_path, rows, words):
    header = "election_id,country,office,year,title,revision\n"
    (tmp_path / "elections.csv").write_text(header + rows, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_collection(tmp_path)
    assert words in str(error.value)
