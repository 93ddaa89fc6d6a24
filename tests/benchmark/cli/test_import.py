"""``pollbench import`` and ``pollbench init`` as a stranger meets them: from the README."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from pollbench import workers
from tests_support import program

ROOT = Path(__file__).parents[3]
MADE = ROOT / "tests" / "benchmark" / "intake" / "made"
POLLS = (
    "Pollster,Dates,Sample size,Ann,Bob\nAlpha,2-4 April 2030,1000,41,59\nBeta,5-6 April 2030,900,43.5,56.5\n"
)


def tutorial() -> list[list[str]]:
    """The commands of the README that lead from a spreadsheet to a chart."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("## From a spreadsheet to a chart\n")[1]
    lines = text.split("```\n")[1].splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("pollbench")]


@pytest.mark.slow
def test_the_tutorial_leads_from_a_spreadsheet_to_a_chart(tmp_path):
    (tmp_path / "polls.csv").write_text(POLLS, encoding="utf-8")
    (tmp_path / "result.csv").write_text("candidate,votes\nAnn,4200\nBob,5800\n", encoding="utf-8")
    commands = tutorial()
    assert [words[0] for words in commands] == [
        "import",
        "import",
        "validate",
        "import",
        "leaderboard",
        "chart",
    ]
    for words in commands:
        answer = program(*words, cwd=tmp_path)
        assert answer.returncode == 0, (words, answer.stdout, answer.stderr)
    assert (tmp_path / "mayor.svg").read_text(encoding="utf-8").startswith("<svg")


FAULTS = {
    "an unknown kind": (
        ["import", "spreadsheet", "polls.csv", "-o", "o"],
        2,
        "There is no importer 'spreadsheet'",
    ),
    "no day": (["import", "wide", "polls.csv", "-o", "o"], 2, "Give --day"),
    "a day that is none": (
        ["import", "wide", "polls.csv", "-o", "o", "--day", "soon"],
        2,
        "write a day such as",
    ),
    "no source": (["import", "wide", "none.csv", "-o", "o", "--day", "2030-04-14"], 1, "is not there"),
    "no table": (["import", "wide", "prose.txt", "-o", "o", "--day", "2030-04-14"], 1, "is no table"),
    "no id": (["init", "My vote"], 2, "is no id"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_and_nothing_is_written(fault, tmp_path):
    words, code, said = FAULTS[fault]
    (tmp_path / "polls.csv").write_text(POLLS, encoding="utf-8")
    (tmp_path / "prose.txt").write_text("nothing to see here\n", encoding="utf-8")
    answer = program(*words, cwd=tmp_path)
    assert answer.returncode == code
    assert said in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["polls.csv", "prose.txt"]


def test_a_new_folder_is_filled_by_an_import_and_says_where_its_report_lies(tmp_path):
    (tmp_path / "polls.csv").write_text(POLLS, encoding="utf-8")
    assert program("init", "xx-2030", "--day", "2030-04-14", "-o", "o", cwd=tmp_path).returncode == 0
    answer = program("import", "wide", "polls.csv", "-o", "o", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "2 forecasts from 2 surveys by 2 forecasters" in answer.stdout
    assert "import.md" in answer.stdout


def test_a_new_folder_without_a_day_says_where_to_write_it(tmp_path):
    words = ("init", "xx-2030", "--candidate", "Ann Smith")
    dated = program(*words, "--day", "2030-04-14", "-o", "dated", cwd=tmp_path)
    undated = program(*words, cwd=tmp_path)
    assert [dated.returncode, undated.returncode] == [0, 0]
    assert "The day of the vote is not given" in undated.stdout
    assert "The day of the vote is not given" not in dated.stdout
    assert "2030-04-14" in (tmp_path / "dated" / "contests.csv").read_text(encoding="utf-8")
    # Without --output the folder is called like the election.
    assert "Ann Smith" in (tmp_path / "xx-2030" / "people.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_imported_election_to_come_with_scenarios_has_its_site(tmp_path, monkeypatch):
    # A process beside this one would import every library anew.
    monkeypatch.setattr(workers, "MOST_WORKERS", 0)
    days = ("--day", "2027-04-18", "--day", "2027-05-02")
    source = str(MADE / "mieuxvoter")
    assert program("import", "mieuxvoter", source, "-o", "o", *days, cwd=tmp_path).returncode == 0
    answer = program("run", "o", "-o", "run", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "run" / "site" / "fr" / "index.html").is_file()
