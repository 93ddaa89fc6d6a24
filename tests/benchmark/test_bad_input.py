"""Each kind of bad input gets a message that names file, line, value, rule and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spoilt_copy import ELABE, findings, line_of, the_one_about
from tests_support import copy_of, replace_once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("fr-pres-2017", tmp_path)


def test_the_shipped_copy_is_sound(folder):
    assert findings(folder) == []


def test_a_missing_and_an_extra_column_are_named(folder):
    path = folder / "predictions.csv"
    replace_once(
        path,
        "forecast_id,candidate_id,value,lower,upper,flag\n",
        "forecast_id,candidate_id,valeur,lower,upper,flag\n",
    )
    message = the_one_about(findings(folder), "predictions.csv, line 1")
    assert "lacks value and has the unknown 'valeur'" in message
    assert "forecast_id,candidate_id,value,lower,upper,flag" in message


def test_swapped_columns_are_refused_although_their_types_agree(folder):
    path = folder / "predictions.csv"
    replace_once(path, "value,lower,upper", "value,upper,lower")
    assert "not in their order" in the_one_about(findings(folder), "predictions.csv, line 1")


def test_a_wrong_encoding_is_placed(folder):
    path = folder / "figures.csv"
    content = path.read_bytes()
    path.write_bytes(content + b"latin,\xe9t\xe9,1,2,holds,dp,\n")
    last = content.count(b"\n") + 1
    assert the_one_about(findings(folder), f"figures.csv, line {last}", "is not UTF-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda content: content.replace(b"\n", b"\r", 3), "carriage return without"),
        (lambda content: content.replace(b",", b";"), "separated by semicolons"),
        (lambda content: content.replace(b",", b"\t"), "separated by tabs"),
        (lambda content: b"PK\x03\x04" + content, "workbook of a spreadsheet"),
        (
            lambda content: content.replace(b"flag\n", b'"flag\n', 1).replace(b",,\n", b',,"\n', 1),
            "the header",
        ),
        (lambda content: content.replace(b"flag\n", b"f" * 140_000 + b"\n", 1), "field larger than"),
        (lambda content: b"", "is empty"),
        (lambda content: content[:-7], "cut off"),
        (lambda content: content + b"a,b\n", "has 2 values"),
        (lambda content: content + b'"open,b,1,,,\n', "well-formed CSV"),
    ],
    ids=[
        "old-mac",
        "semicolons",
        "tabs",
        "workbook",
        "quote-in-header",
        "long-header",
        "empty",
        "truncated",
        "short-line",
        "open-quote",
    ],
)
def test_a_broken_file_says_what_is_broken(folder, spoil, words):
    path = folder / "predictions.csv"
    path.write_bytes(spoil(path.read_bytes()))
    message = the_one_about(findings(folder), "predictions.csv", words)
    assert message.startswith("error: ")


@pytest.mark.parametrize(
    "save",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
    ],
    ids=["bom", "crlf", "both"],
)
def test_what_a_spreadsheet_saves_is_read(folder, save):
    for path in folder.glob("*.csv"):
        path.write_bytes(save(path.read_bytes()))
    assert findings(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (ELABE, 'elabe-2017-04-20-a,macron,"24,0",,,', ["'24,0'", "decimal point", "Write 22.5"]),
        (ELABE, "elabe-2017-04-20-a,macron,22.555,,,", ["'22.555'", "at most 2 decimals", "lost"]),
        (ELABE, "elabe-2017-04-20-a,macron,101,,,", ["101"]),
        (ELABE, "elabe-2017-04-20-a,macrno,24,,,", ["'macrno'", "Did you mean 'macron'"]),
        (ELABE, "elabe-2017-04-20-a,macron,24,,,vers", ["'vers'", "must be one of lt, gt"]),
        (ELABE, "elabe-2017-04-20-a,macron,,,,", ["value must not be empty"]),
        (ELABE, "elabe-2017-04-20-a, macron,24,,,", ["' macron'", "start or end with a space"]),
    ],
    ids=["decimal-comma", "lossy", "share-of-101", "unknown-candidate", "unknown-word", "no-value", "space"],
)
def test_a_bad_value_is_named_with_its_line(folder, old, new, words):
    path = folder / "predictions.csv"
    line = line_of(path, old)
    replace_once(path, f"\n{old}\n", f"\n{new}\n")
    message = the_one_about(findings(folder), f"predictions.csv, line {line}", *words)
    assert "predictions.csv" in message


def row_of(path: Path, key: str) -> str:
    return next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(f"{key},"))


def test_a_poll_given_twice_is_refused(folder):
    path = folder / "forecasts.csv"
    row = row_of(path, "elabe-2017-04-20-a")
    replace_once(path, f"{row}\n", f"{row}\n{row}\n")
    assert "2 times" in the_one_about(findings(folder), "forecasts.csv", "elabe-2017-04-20-a", "unique")


def test_a_poll_dated_2021_is_refused(folder):
    path = folder / "forecasts.csv"
    row = row_of(path, "elabe-2017-04-20-a")
    replace_once(path, row, row.replace("2017-04-19", "2021-04-19").replace(",2017-04-20", ",2021-04-20"))
    assert the_one_about(findings(folder), "forecasts.csv", "elabe-2017-04-20-a", "2021")


def test_fieldwork_after_the_vote_is_refused(folder):
    path = folder / "forecasts.csv"
    row = row_of(path, "elabe-2017-04-20-a")
    replace_once(path, row, row.replace(",2017-04-20", ",2017-04-25"))
    assert the_one_about(findings(folder), "forecasts.csv", "elabe-2017-04-20-a", "2017-04-25")


def test_all_failures_are_reported_not_only_the_first(folder):
    path = folder / "predictions.csv"
    replace_once(path, f"\n{ELABE}\n", "\nelabe-2017-04-20-a,macron,22.555,,,\n")
    replace_once(path, "\nelabe-2017-04-20-a,fillon,20,,,\n", "\nelabe-2017-04-20-a,filon,20,,,\n")
    (folder / "results.csv").write_bytes(b"")
    text = "\n".join(findings(folder))
    assert "22.555" in text
    assert "filon" in text
    assert "results.csv: is empty" in text


def test_a_users_own_election_may_add_people_but_not_contradict(folder):
    (folder / "people.csv").write_text(
        "candidate_id,name\nmacron,Emmanuel Macron\nnobody,Nobody At All\n", encoding="utf-8"
    )
    assert findings(folder) == []
    (folder / "people.csv").write_text("candidate_id,name\nmacron,Emmanuel Micron\n", encoding="utf-8")
    assert the_one_about(findings(folder), "macron", "2 times")


def test_a_vote_without_votes_is_no_result(folder):
    # Shares of nothing would be NaN in every score and chart.
    path = folder / "results.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    emptied = [re.sub(r",[0-9]+,", ",0,", line) if "-r2," in line else line for line in lines]
    path.write_text("\n".join(emptied) + "\n", encoding="utf-8")
    contests = folder / "contests.csv"
    text = contests.read_text(encoding="utf-8")
    replace_once(contests, text, re.sub(r"(?<=,)31381603(?=,)", "0", text))
    assert the_one_about(findings(folder), "contests.csv, line 3", "column valid", "'0'", "> 0")


@pytest.mark.parametrize("name", ["predictions.csv", "people.csv"])
@pytest.mark.parametrize("kind", ["loop", "folder", "nowhere"])
def test_what_is_no_file_is_not_taken_for_a_missing_one(folder, name, kind):
    path = folder / name
    path.unlink(missing_ok=True)
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if kind == "loop" else folder / "nothing")
    assert the_one_about(findings(folder), f"{name}: cannot be read")
