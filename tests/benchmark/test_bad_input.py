"""Each kind of bad input gets a message that names file, line, value, rule and remedy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pollbench.data import checksums as registry
from pollbench.data.elections import datasets_folder
from pollbench.data.store import build, load, open_database, validate
from pollbench.errors import ChecksumError, DataError, OutputError, UnknownName
from tests_support import copy_of, replace_once

ELABE = "elabe-2017-04-20-a,macron,24,,,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("fr-pres-2017", tmp_path)


def findings(folder: Path) -> list[str]:
    return [str(finding) for finding in validate(folder).errors]


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def the_one_about(messages: list[str], *parts: str) -> str:
    found = [message for message in messages if all(part in message for part in parts)]
    assert found, f"nothing about {parts} in {messages[:5]}"
    return found[0]


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


def test_a_poll_given_twice_is_refused(folder):
    path = folder / "forecasts.csv"
    row = next(
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("elabe-2017-04-20-a,")
    )
    replace_once(path, f"{row}\n", f"{row}\n{row}\n")
    assert "2 times" in the_one_about(findings(folder), "forecasts.csv", "elabe-2017-04-20-a", "unique")


def test_a_poll_dated_2021_is_refused(folder):
    path = folder / "forecasts.csv"
    row = next(
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("elabe-2017-04-20-a,")
    )
    replace_once(path, row, row.replace("2017-04-19", "2021-04-19").replace(",2017-04-20", ",2021-04-20"))
    assert the_one_about(findings(folder), "forecasts.csv", "elabe-2017-04-20-a", "2021")


def test_fieldwork_after_the_vote_is_refused(folder):
    path = folder / "forecasts.csv"
    row = next(
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("elabe-2017-04-20-a,")
    )
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


def test_a_changed_byte_under_a_registered_checksum_is_noticed(tmp_path):
    root = Path(shutil.copytree(datasets_folder(), tmp_path / "data"))
    assert registry.verify(root) > 10
    path = root / "fr-pres-2017" / "predictions.csv"
    replace_once(path, f"\n{ELABE}\n", "\nelabe-2017-04-20-a,macron,25,,,\n")
    with pytest.raises(ChecksumError, match=r"1 changed: fr-pres-2017/predictions\.csv\."):
        registry.verify(root)
    (root / "people.csv").unlink()
    (root / "fr-pres-2017" / "extra.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(ChecksumError) as caught:
        registry.verify(root)
    message = str(caught.value)
    for part in (
        "1 changed: fr-pres-2017/pred",
        "1 missing: people.csv",
        "1 not registered: fr-pres-2017/extra.csv",
    ):
        assert part in message


def test_the_message_about_checksums_is_a_handful_of_lines(tmp_path):
    root = Path(shutil.copytree(datasets_folder(), tmp_path / "data"))
    for path in root.rglob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(ChecksumError) as caught:
        registry.verify(root)
    message = str(caught.value)
    assert message.count("\n") == 3
    assert len(message) < 800
    assert "lines end as on Windows" in message


def test_a_clone_that_changes_line_ends_has_the_registered_bytes(tmp_path):
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        pytest.skip("not a clone")
    clone = tmp_path / "clone"
    # What is in the working folder, not what has been committed: a change is tested before it is.
    shutil.copytree(datasets_folder(), tmp_path / "work" / "datasets" / "pollbench_datasets")
    shutil.copy(root / ".gitattributes", tmp_path / "work")
    git = ["git", "-c", "core.autocrlf=true", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "data"]):
        subprocess.run([*git, *command], cwd=tmp_path / "work", check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", str(tmp_path / "work"), str(clone)], check=True, capture_output=True)
    assert registry.verify(clone / "datasets" / "pollbench_datasets") > 100


def test_the_registry_is_of_the_files_as_they_are():
    assert (datasets_folder() / "registry.txt").read_text(encoding="utf-8") == registry.make(), (
        "run 'make registry' if the change of the data is meant"
    )


def test_a_build_onto_a_folder_or_into_a_file_is_refused(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        build(tmp_path, "fr-primary-left-2017")
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        build(file / "p.duckdb", "fr-primary-left-2017")
    assert file.read_text(encoding="utf-8") == "x"


def test_a_failed_build_leaves_the_old_file_and_nothing_else(tmp_path, folder):
    target = tmp_path / "p.duckdb"
    build(target, "fr-primary-left-2017")
    before = target.read_bytes()
    replace_once(folder / "predictions.csv", f"\n{ELABE}\n", "\nelabe-2017-04-20-a,macron,22.555,,,\n")
    with pytest.raises(Exception, match=r"22\.555"):
        build(target, folder)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fr-pres-2017", "p.duckdb"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path):
    place = tmp_path / "closed"
    place.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="closed"):
        build(place / "p.duckdb", "fr-primary-left-2017")


def test_two_builds_at_once_both_end_whole(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    target = tmp_path / "p.duckdb"
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: build(target, "fr-primary-left-2017"), range(2)))
    with open_database(target) as bench:
        assert bench.elections == ("fr-primary-left-2017",)
    assert [path.name for path in tmp_path.iterdir()] == ["p.duckdb"]


def test_an_opened_database_cannot_be_changed(bench):
    with pytest.raises(Exception, match="read-only"):
        bench.execute("DELETE FROM result")


def test_every_table_and_column_says_what_it_means(bench):
    dictionary = bench.dictionary()
    assert len(dictionary) > 150
    assert dictionary.meaning.str.len().min() > 3
    assert dictionary.table_meaning.str.len().min() > 10
    views = bench.frame("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary")
    assert views.comment.notna().all()


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


def test_an_election_named_twice_is_one(tmp_path):
    with load("fr-primary-left-2017", "fr-primary-left-2017") as bench:
        assert bench.elections == ("fr-primary-left-2017",)
    with pytest.raises(DataError, match=r"election\.toml.*'fr-primary-left-2017'.*is also the id"):
        validate("fr-primary-left-2017", copy_of("fr-primary-left-2017", tmp_path))
