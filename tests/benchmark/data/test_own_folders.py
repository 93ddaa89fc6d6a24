"""What is wrong with a user's own folder is said once, with its place and what to do; nothing passes in silence."""

from __future__ import annotations

import os
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from clean_election import A3, A17, TOML, Plant, write
from clean_rows import FIRST
from pollbench.data.checks import Finding
from pollbench.data.store import validate
from pollbench.errors import DataError
from pollbench.manipulation import MECHANISMS
from tests_support import replace_once


def found(tmp_path: Path, plant: Plant) -> list[Finding]:
    return validate(write(tmp_path / "xx-2030", plant.tables, plant.toml)).findings


def test_a_misnamed_file_is_warned_of_with_the_name_it_should_have(tmp_path):
    folder = write(tmp_path / "xx-2030", Plant().tables)
    (folder / "milestones.csv").rename(folder / "Milestone.csv")
    (folder / "polls.xlsx").write_bytes(b"PK")
    (folder / "README.md").write_text("mine", encoding="utf-8")
    findings = [each for each in validate(folder).findings if each.check == "file_is_read"]
    assert [(Path(each.file).name, each.severity) for each in findings] == [
        ("Milestone.csv", "warning"),
        ("polls.xlsx", "warning"),
    ]
    assert findings[0].remedy == "Rename it to milestones.csv."


def test_an_unknown_key_of_the_description_is_warned_of_with_its_line(tmp_path):
    plant = Plant()
    plant.toml = TOML.replace('revision = "1"', 'revision = "1"\nlaws = "none"').replace(
        "to = ", "till = 3\nto = "
    )
    findings = [each for each in found(tmp_path, plant) if each.check == "description_is_read"]
    lines = plant.toml.splitlines()
    at = {key: 1 + lines.index(line) for key, line in (("laws", 'laws = "none"'), ("till", "till = 3"))}
    assert [(each.value, each.line) for each in findings] == list(at.items())
    assert findings[0].remedy == "Did you mean 'law'?"


def test_an_id_that_a_shipped_row_holds_is_explained_with_both_places(tmp_path):
    plant = Plant()
    plant.add("forecaster", "gamma", forecaster_id="ipsos", name="Ipsos", house="ipsos")
    [finding] = [each for each in found(tmp_path, plant) if each.check == "unique"]
    assert Path(finding.file).name == "forecasters.csv"
    assert "comes with PollBench" in finding.rule
    assert "forecasters.csv, line" in finding.rule
    assert "an id of its own" in finding.remedy


def test_a_repeated_key_names_the_other_line(tmp_path):
    plant = Plant()
    plant.add("prediction", f"{A3}/ann")
    [finding] = [each for each in found(tmp_path, plant) if each.check == "unique"]
    assert "first in" in finding.rule
    assert "predictions.csv, line 2" in finding.rule


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [
        ("forecast", A17, "sample_size", "1,853"),
        ("forecast", A17, "sample_size", "c. 1000"),
        ("forecast", A17, "sample_size", "1 501"),
        ("forecast", A17, "measured_from", "16/4/2030"),
        ("prediction", f"{A17}/ann", "value", "<1"),
        ("prediction", f"{A17}/ann", "value", "39,5"),
        ("prediction", f"{A17}/ann", "value", "40%"),
        ("prediction", f"{A17}/ann", "value", " 27"),
        ("forecaster", "alpha", "operator", "Acme "),
        ("person", "ann", "name", "An\x1bn"),
        ("person", "ann", "name", "An\u2028n"),
        ("person", "ann", "name", "An\u202en"),
        ("person", "ann", "name", unicodedata.normalize("NFD", "Ané")),
        ("person", "ann", "name", "n" * 301),
        ("source", "web", "note", "n" * 4001),
    ],
)
def test_a_cell_that_cannot_be_read_is_one_finding(tmp_path, table, key, column, value):
    plant = Plant()
    plant.set(table, key, **{column: value})
    [finding] = [each for each in found(tmp_path, plant) if each.severity == "error"]
    assert (finding.check, finding.column, finding.value) == ("form", column, value[:80])


@pytest.mark.parametrize("name", ["a(b", "*", "(?:", "\\x", "a'b", "mélanie", "a b", "a/b", "-a", "a" * 121])
def test_an_id_outside_of_its_alphabet_is_refused_at_the_door(tmp_path, name):
    plant = Plant()
    plant.set("forecaster", "alpha", forecaster_id=name)
    findings = [each for each in found(tmp_path, plant) if each.check == "form"]
    assert [(each.column, each.value) for each in findings] == [("forecaster_id", name[:80])]


@pytest.mark.parametrize("size", ["2147483647", "10000001", "0"])
def test_a_size_beyond_belief_is_refused(tmp_path, size):
    plant = Plant()
    plant.set("forecast", A17, sample_size=size, expressing_n="", expressing_basis="")
    [finding] = [each for each in found(tmp_path, plant) if each.severity == "error"]
    assert (finding.check, finding.column) == ("allowed", "sample_size")


def test_counts_as_large_as_a_column_holds_are_compared_not_overflown(tmp_path):
    plant = Plant()
    plant.set("contest", FIRST, valid="2147483647", blank_null="2147483647")
    assert {"ballots_add_up", "votes_sum_to_valid"} <= {each.check for each in found(tmp_path, plant)}


def test_a_dispute_about_nothing_where_there_are_no_forecasts_is_no_fault(tmp_path):
    plant = Plant()
    for table in ("forecast", "prediction", "event", "quantile", "release", "printed_figure"):
        plant.tables[table] = []
    plant.tables["dispute"] = [{"dispute_id": "one", "field": "a poll that was not loaded"}]
    assert [each.check for each in found(tmp_path, plant) if each.severity == "error"] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"year = {'9' * 5000}", "a number is too long"),
        (f"law = {'[' * 5000}", "well-formed TOML"),
        ('title = "a\\u001bb"', None),
    ],
)
def test_a_description_that_cannot_be_read_is_one_message(tmp_path, line, words):
    folder = write(tmp_path / "xx-2030", Plant().tables)
    key = line.split(" = ")[0]
    old = next((each for each in TOML.splitlines() if each.startswith(key)), 'revision = "1"')
    replace_once(folder / "election.toml", old, line)
    if words is None:
        [finding] = [each for each in validate(folder).findings if each.check == "form"]
        assert (finding.column, Path(finding.file).name) == ("title", "election.toml")
        return
    with pytest.raises(DataError, match=words):
        validate(folder)


def test_all_that_a_description_lacks_is_said_at_once(tmp_path):
    folder = write(tmp_path / "xx-2030", Plant().tables, 'election_id = "xx-2030"\n')
    with pytest.raises(DataError, match=r"country, office, year, title, revision: are missing"):
        validate(folder)


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes with a name")
@pytest.mark.parametrize("name", ["predictions.csv", "election.toml"])
def test_a_pipe_is_not_waited_for(tmp_path, name):
    folder = write(tmp_path / "xx-2030", Plant().tables)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    try:
        message = "\n".join(str(each) for each in validate(folder).errors)
    except DataError as error:
        message = str(error)
    assert f"{name}" in message
    assert "no regular file" in message


def test_the_words_of_a_mechanism_are_those_that_are_registered(tmp_path, monkeypatch):
    plant = Plant()
    plant.set("forecaster", "gamma", mechanism="show_of_hands")
    [finding] = [finding for finding in found(tmp_path, plant) if finding.column == "mechanism"]
    assert "must be one of daily_rating, market_lmsr," in finding.rule
    assert finding.rule.endswith("none.")
    own = replace(MECHANISMS["optin_ballot"], name="show_of_hands")
    monkeypatch.setitem(MECHANISMS, own.name, own)
    assert not [finding for finding in found(tmp_path, plant) if finding.column == "mechanism"]


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems hold such a name in other ways, or refuse it"
)
def test_a_path_with_bytes_that_are_no_text_is_refused_by_name(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff"))
    folder.mkdir()
    write(folder / "xx-2030", Plant().tables)
    with pytest.raises(
        DataError, match=r"x\\xff/xx-2030: has a path with bytes that are not UTF-8"
    ) as caught:
        validate(folder / "xx-2030")
    str(caught.value).encode("utf-8")


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems hold such a name in other ways, or refuse it"
)
def test_a_file_whose_name_is_no_text_is_warned_of(tmp_path):
    folder = write(tmp_path / "xx-2030", Plant().tables)
    Path(os.fsdecode(os.fsencode(folder) + b"/poll\xff.csv")).write_text("a,b\n1,2\n", encoding="utf-8")
    findings = [finding for finding in validate(folder).findings if finding.check == "file_is_read"]
    assert len(findings) == 1
    str(findings[0]).encode("utf-8")
