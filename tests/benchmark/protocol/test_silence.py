"""The legal silence: from when, until when, and what a command shows meanwhile."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from pollbench.cli import app
from pollbench.data.elections import find
from pollbench.protocol.silence import MomentError, outside_silence, silences_at
from tests_support import program

BOTH = ("fr-pres-2022", "fr-pres-2027")


@pytest.mark.parametrize(
    ("at", "contest"),
    [
        ("2027-04-16T23:59:59+02:00", ""),
        ("2027-04-17T00:00:00+02:00", "fr-pres-2027-r1"),
        ("2027-04-18T19:59:59+02:00", "fr-pres-2027-r1"),
        # The same moment, written in another zone.
        ("2027-04-18T17:59:59+00:00", "fr-pres-2027-r1"),
        ("2027-04-18T20:00:00+02:00", ""),
        ("2027-05-01T00:00:00+02:00", "fr-pres-2027-r2"),
        ("2027-05-02T20:00:00+02:00", ""),
    ],
)
def test_polls_are_silent_from_friday_midnight_until_the_last_station_closes(at, contest):
    silent = silences_at(find("fr-pres-2027"), datetime.fromisoformat(at))
    assert [each.contest_id for each in silent] == ([contest] if contest else [])


def test_a_vote_without_a_protocol_is_silent_until_its_last_day_ends():
    elections = find("fr-pres-2022")
    silent = silences_at(elections, datetime.fromisoformat("2022-04-10T23:00:00+02:00"))
    assert [(each.contest_id, each.until.isoformat()) for each in silent] == [
        ("fr-pres-2022-r1", "2022-04-11T00:00:00+02:00")
    ]


def test_other_votes_are_shown_and_without_a_moment_nothing_is_silent():
    assert outside_silence(BOTH, "") == (BOTH, [])
    assert outside_silence(BOTH, "2027-03-01T00:00:00+01:00") == (BOTH, [])
    left, silent = outside_silence(BOTH, "2027-04-17T10:00:00+02:00")
    assert left == ("fr-pres-2022",)
    assert [each.election.election_id for each in silent] == ["fr-pres-2027"]
    everything, _ = outside_silence((), "2027-04-17T10:00:00+02:00")
    assert "fr-pres-2022" in everything
    assert "fr-pres-2027" not in everything


def test_a_moment_without_its_offset_is_refused():
    with pytest.raises(MomentError, match="offset from UTC"):
        outside_silence(BOTH, "2027-04-17")


def test_a_run_of_several_votes_leaves_out_the_silent_one_and_hands_it_to_the_site(tmp_path, monkeypatch):
    at, asked = "2027-04-17T10:00:00+02:00", []

    def run(output, elections, scenarios, *, silenced, **_):
        asked.append((elections, scenarios, silenced.as_of, [each.contest_id for each in silenced.silences]))
        (output / "summary.txt").write_text("A board.\n", encoding="utf-8")
        return SimpleNamespace(failed={"chart trends.en": "ValueError: nothing"})

    monkeypatch.setattr("pollbench.cli._job.run", run)
    answer = program("run", *BOTH, "--scenario", "reference", "--as-of", at, "-o", str(tmp_path))
    assert asked == [(("fr-pres-2022",), ("reference",), at, ["fr-pres-2027-r1"])]
    assert answer.stdout.startswith("A board.\n")
    assert (answer.returncode, answer.stderr) == (1, "Failed: chart trends.en. Everything else is whole.\n")


@pytest.mark.parametrize("at", ["2027-04-17T10:00:00+02:00", "tomorrow"])
def test_a_run_of_a_silent_vote_writes_nothing_and_says_why(tmp_path, at):
    result = CliRunner().invoke(app, ["run", "fr-pres-2027", "--as-of", at, "-o", str(tmp_path / "run")])
    assert result.exit_code != 0
    assert not (tmp_path / "run").exists()
