"""The command line as a stranger meets it: run as a program, read what it prints."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pollbench.cli import VERBS
from tests_support import copy_of, program, replace_once


def apart(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pollbench", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=300,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )


def test_the_program_in_a_process_of_its_own_prints_the_same(tmp_path):
    for words in (("list", "attacks"), ("list", "attaks")):
        there, here = apart(*words, cwd=tmp_path), program(*words)
        assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)


def test_help_names_every_verb_at_the_head_of_a_line_with_what_it_does():
    from pollbench.cli import app

    lines = program("--help").stdout.split("Commands:\n")[1].splitlines()
    heads = [line.split()[0] for line in lines if line.startswith("  ") and not line.startswith("   ")]
    assert heads == list(VERBS)
    purposes = {command.name: (command.callback.__doc__ or "").split() for command in app.registered_commands}
    for verb in VERBS:
        line = next(line for line in lines if line.split()[0] == verb)
        assert line.split()[1:4] == purposes[verb][:3], verb


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_help_with_its_purpose_and_its_options(verb):
    from typer.main import get_command
    from typer.testing import CliRunner

    from pollbench.cli import app

    answer = CliRunner().invoke(app, [verb, "--help"], env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert answer.exit_code == 0
    assert f" {verb} [OPTIONS]" in answer.output.splitlines()[1] + answer.output.splitlines()[0]
    callback = next(each.callback for each in app.registered_commands if each.name == verb)
    assert " ".join((callback.__doc__ or "").split())[:40] in " ".join(answer.output.split())
    options = get_command(app).commands[verb].params
    assert all(flag in answer.output for option in options for flag in option.opts if flag.startswith("-"))


def test_help_loads_no_heavy_library():
    code = (
        "import sys, pollbench.cli; heavy = {'pandas', 'numpy', 'duckdb', 'altair', 'statsmodels', 'sklearn', 'scipy', 'rich.console'}; "
        "sys.argv = ['pollbench', '--help']; "
        "import atexit; atexit.register(lambda: print(sorted(heavy & set(sys.modules)))); pollbench.cli.main()"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip().splitlines()[-1] == "[]"


def test_the_leaderboard_prints_the_figures_computed_by_hand():
    answer = program("leaderboard", "fr-pres-2017", "--candidates", "main4", "--format", "csv")
    board = pd.read_csv(io.StringIO(answer.stdout))
    first = board[board.contest_id == "fr-pres-2017-r1"].set_index("forecaster_id")
    assert first.value.round(2)[["elabe", "harris", "ipsos", "filteris"]].tolist() == [0.07, 0.34, 0.57, 2.15]
    assert round(first.baseline["filteris"], 2) == 1.47
    second = board[board.contest_id == "fr-pres-2017-r2"].set_index("forecaster_id")
    assert second.value.round(1)[["smi", "ifop", "kantar"]].tolist() == [2.7, 3.1, 7.1]


def test_the_printed_leaderboard_says_what_it_rests_on_and_leaves_out():
    text = program("leaderboard").stdout
    assert "filteris *" in text
    assert "digital weight" in text
    assert "Policy " in text
    assert "open-web-vote-2017-04-a, lacks macron" in text


def test_scores_in_csv_are_sorted_tidy_and_keep_all_digits():
    answer = program("score", "--measure", "mae", "--format", "csv", "--contest", "fr-pres-2017-r1")
    scores = pd.read_csv(io.StringIO(answer.stdout), keep_default_na=False)
    from pollbench.scoring.score import COLUMNS

    assert list(scores.columns) == COLUMNS
    assert scores.forecaster_id.is_monotonic_increasing
    elabe = scores.set_index("forecaster_id").value.astype(str)["elabe"]
    assert len(elabe) > 12


def test_json_is_a_list_of_records():
    records = json.loads(program("list", "elections", "--format", "json").stdout)
    assert "fr-pres-2017" in {each["election_id"] for each in records}


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["leaderboard", "fr-pres-2071"], ["no election 'fr-pres-2071'", "fr-pres-2017"]),
        (["leaderboard", "--candidates", "main5"], ["no candidate set of fr-pres-2017 'main5'", "'main4'"]),
        (["leaderboard", "--as-of", "21/04/2017"], ["as_of is '21/04/2017'", "2017-04-21"]),
        (["leaderboard", "--measure", "mea"], ["no measure 'mea'", "'mae'"]),
        (["leaderboard", "--measure", "bias"], ["bias gives no order"]),
        (["score", "--quantities", "approval", "--measure", "mae"], ["mae does not take approval"]),
        (["score", "--missing", "error"], ["open-web-vote-2017-04-a lacks"]),
        (["list", "colours"], ["no list 'colours'"]),
        (["build", "-o", "."], ["is a folder"]),
    ],
)
def test_misuse_gets_one_message_exit_2_and_no_traceback(words, parts, tmp_path):
    answer = program(*words, cwd=tmp_path)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    for part in parts:
        assert part in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_validate_leaves_with_1_and_names_the_line(tmp_path):
    folder = copy_of("fr-primary-left-2017", tmp_path)
    assert program("validate", str(folder)).returncode == 0
    replace_once(folder / "results.csv", "596647", "596648")
    answer = program("validate", str(folder))
    assert answer.returncode == 1
    assert "contests.csv" in answer.stdout or "results.csv" in answer.stdout
    assert "error" in answer.stdout
    as_json = program("validate", str(folder), "--format", "json")
    assert as_json.returncode == 1
    assert json.loads(as_json.stdout)[0]["severity"] == "error"


def test_build_writes_a_database_that_any_client_can_read(tmp_path):
    import duckdb

    answer = program("build", "fr-pres-2017", "-o", str(tmp_path / "p.duckdb"))
    assert answer.returncode == 0
    assert "0 errors" in answer.stdout
    with duckdb.connect(str(tmp_path / "p.duckdb"), read_only=True) as connection:
        shares = connection.execute(
            "SELECT round(share_pct, 2) FROM oracle WHERE contest_id = 'fr-pres-2017-r1' ORDER BY rank LIMIT 4"
        )
        assert [row[0] for row in shares.fetchall()] == [24.01, 21.3, 20.01, 19.58]


def test_a_closed_pipe_is_no_error_in_a_process_of_its_own():
    command = (
        f"{sys.executable} -m pollbench score --format csv fr-pres-2002 | head -1; exit ${{PIPESTATUS[0]}}"
    )
    answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("contest_id,")


def test_a_measure_of_a_family_leaves_empty_what_one_forecast_would_have():
    answer = program(
        "score", "--measure", "mae", "--measure", "sampling_excess", "--contest", "fr-pres-2017-r1"
    )
    assert answer.returncode == 0
    assert "sampling_excess" in answer.stdout


def test_every_list_can_be_printed():
    from pollbench.cli.list import KINDS

    for kind in KINDS:
        answer = program("list", kind)
        assert answer.returncode == 0, (kind, answer.stderr[-300:])
        assert len(answer.stdout.splitlines()) > 2
