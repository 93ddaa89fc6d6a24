"""Tables whose form is not known: where the header is, which rows count, and what is no table."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pollbench.errors import DataError
from pollbench.intake.remarks import LISTED, Remarks
from pollbench.intake.tables import Table, read_json, read_table, read_text


def table(tmp_path: Path, text: str, **remarks: Remarks) -> Table:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, remarks.get("remarks", Remarks()))


def test_empty_columns_behind_the_last_heading_are_none_and_empty_rows_are_passed_over(tmp_path):
    read = table(tmp_path, "House,Ann,Ann,,\nA,40,60,,\n,,,,\nB,41,59,,\n")
    assert read.columns == ("House", "Ann", "Ann (2)")
    assert [(row.line, row.get("Ann (2)")) for row in read.rows] == [(2, "60"), (4, "59")]


def test_the_header_is_the_first_row_that_is_as_full_as_the_others_and_no_row_of_numbers(tmp_path):
    assert table(tmp_path, "Polls of May\n\nHouse,Ann,Bob\nA,40,60\nB,41,59\n").columns == (
        "House",
        "Ann",
        "Bob",
    )
    # Where all rows are numbers there is no better one than the first.
    assert table(tmp_path, "1,2\n3,4\n5,6\n").columns == ("1", "2")


@pytest.mark.parametrize("length", [20_000, 200_000])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_without_end_is_named_with_its_line_whatever_its_length(tmp_path, length, quote):
    text = f"House,Ann\nA,40\nB,{quote}{'6' * length}\n"
    with pytest.raises(
        DataError, match=r"t\.csv.*line 3.* characters: a quote seems to be left open\. Close"
    ) as error:
        table(tmp_path, text)
    assert error.value.line == 3


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(DataError, match=r"is a folder; this kind reads a file\. Name a file of it\."):
        read_text(tmp_path, Remarks())


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(DataError, match=r"cannot be read \(No such file or directory\)"):
        read_text(tmp_path / "none.csv", Remarks())


def test_a_text_that_starts_as_another_encoding_is_said_to_be_none(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"\xff\xfea\x00,")
    with pytest.raises(DataError, match="starts like utf-16 and is not"):
        read_text(tmp_path / "t.csv", Remarks())


def test_accents_of_windows_are_read_and_said(tmp_path):
    (tmp_path / "t.csv").write_bytes("Béa".encode("cp1252"))
    remarks = Remarks()
    assert read_text(tmp_path / "t.csv", remarks) == "Béa"
    assert remarks.read == ["t.csv: not UTF-8; read as Windows-1252. Look at the accents in the names below."]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [('{"a": 1,\n"b": }', 2, "is not well-formed JSON"), ('{"a": [', 1, "seems cut off"), ("[" * 100_000, None, "nested too deeply")],
)  # fmt: skip
def test_a_json_that_is_none_is_named_with_its_line(tmp_path, text, line, words):
    (tmp_path / "t.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=words) as error:
        read_json(tmp_path / "t.json", Remarks())
    assert error.value.line == line


def test_the_report_lists_so_many_rows_left_out_and_counts_the_others():
    remarks = Remarks()
    for number in range(LISTED + 3):
        remarks.drop(f"t.csv, line {number}", "A | B", "no\nfigure")
    for _ in range(2):
        remarks.lacks("No result.")
    text = remarks.text("Import of t.csv", "Nothing.", "mapping.toml")
    assert f"## Left out ({LISTED + 3})\n" in text
    assert text.count("| A \\| B | no figure |") == LISTED
    assert text.endswith("And 3 more.\n")
    assert text.count("No result.") == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_the_right_to_read_it_is_named(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n")
    path.chmod(0)
    with pytest.raises(DataError, match="Permission denied"):
        read_text(path, Remarks())
