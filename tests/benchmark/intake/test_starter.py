"""``pollbench init``: valid from the start, and filled by an import."""

from __future__ import annotations

from datetime import date

import pytest

from intake_cases import MADE
from pollbench.data.store import validate
from pollbench.errors import OutputError
from pollbench.intake.plan import Details
from pollbench.intake.run import import_files
from pollbench.intake.starter import BadStart, Start, start

DAYS = [date(2030, 4, 14), date(2030, 4, 28)]


@pytest.mark.parametrize("candidates", [(), ("Ann", "Bob Bee"), ("Emmanuel Macron", "Cleo")])
def test_a_new_folder_is_valid(candidates, tmp_path):
    start(Start("xx-2030", DAYS, candidates=candidates), tmp_path / "o")
    assert validate(tmp_path / "o").findings == []


def test_known_people_keep_their_ids(tmp_path):
    start(Start("fr-2030", DAYS, candidates=["MACRON, Emmanuel", "Emmanuel Macron"]), tmp_path / "o")
    assert "fr-2030-r1,macron" in (tmp_path / "o" / "candidates.csv").read_text()


def test_an_import_fills_a_new_folder(tmp_path):
    start(Start("xx-2030", DAYS[:1], candidates=["Ann", "Bob", "Cleo"]), tmp_path / "o")
    import_files("tidy", MADE / "tidy.csv", tmp_path / "o", details=Details())
    assert validate(tmp_path / "o").errors == []
    assert "alpha-research-2030-04-03-a" in (tmp_path / "o" / "forecasts.csv").read_text()


def test_without_a_day_one_stands_in_its_place_and_says_so(tmp_path):
    start(Start("xx-2030", []), tmp_path / "o")
    assert validate(tmp_path / "o").errors == []
    assert "not known yet" in (tmp_path / "o" / "contests.csv").read_text()


@pytest.mark.parametrize(
    ("identity", "days", "words"),
    [
        ("XX 2030", DAYS, "is no id"),
        ("xx", [], "Give --day"),
        ("xx-2030", DAYS[::-1], "must grow"),
    ],
)
def test_what_makes_no_election_is_refused(identity, days, words, tmp_path):
    with pytest.raises(BadStart, match=words):
        start(Start(identity, days), tmp_path / "o")
    assert not (tmp_path / "o").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        start(Start("xx-2030", DAYS), tmp_path)
