"""Odd folders of users: each ends in an error, a warning or the right reading, said with file, line, value and remedy."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import pollbench as pb
from clean_election import columns
from pollbench.data.checks import CheckFailed
from pollbench.data.store import load
from pollbench.data.table_files import PER_ELECTION, SHARED
from pollbench.errors import NothingToCompare

CONTEST = "xx-2030-r1"
DROP = pb.Policy(missing="drop")
ALIKE = {"ann": "40", "bob": "35", "cid": "25"}
VOTES = {"ann": 400, "bob": 350, "cid": 250}
#: What lists of polls lack by nature, and says nothing about the case.
USUAL = {"poll_without_sponsor", "poll_without_size"}


@dataclass
class Case:
    """A made folder and its right outcome.

    Attributes
    ----------
    polls : (house, day, letter, figures, other columns) of each.
    errors, warnings : checks that find something, and nothing else does.
    said : words of the finding, or of the sentence on why nothing is scored.
    scores : mean absolute error of each house on the candidates that polls put at 8 points or more.
    left_out : words of the reason by forecast.
    save : how every table is written.
    """

    polls: list[tuple[str, str, str, dict[str, str], dict[str, str]]]
    votes: dict[str, int] = field(default_factory=lambda: dict(VOTES))
    names: dict[str, str] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    said: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    save: Any = None
    moved: dict[str, str] = field(default_factory=dict)


def poll(
    house: str = "alpha", day: str = "2030-04-11", letter: str = "a", figures: Any = None, **more: str
) -> tuple[str, str, str, dict[str, str], dict[str, str]]:
    return house, day, letter, dict(figures or ALIKE), more


NEAR = {"ann": "39", "bob": "36", "cid": "25"}
ONE_SURVEY = {"survey": "alpha-2030-04-11"}
LETTERS = [first + second for first in "ab" for second in "abcdefghijklmno"]
CASES = {
    "a name that is not on the ballot": Case(
        [poll(figures={"ann": "40", "dan": "35", "cid": "25"})],
        names={"dan": "Dan"},
        errors=("lineup_agrees_with_candidates",),
        said="tested ann cid dan",
    ),
    "likely and registered voters under one survey": Case(
        [poll(base="likely voters", **ONE_SURVEY), poll(letter="b", figures=NEAR, base="registered voters", **ONE_SURVEY)],
        errors=("one_question_one_row",),
        said="say in population whom it asked",
    ),
    "likely and registered voters under two surveys": Case(
        [
            poll(population="likely", sample_size="700"),
            poll(letter="b", figures=NEAR, population="registered"),
        ],
        scores={"alpha": 0.67},
        left_out={"alpha-2030-04-11-a": "a sample of the same day as alpha-2030-04-11-b"},
    ),
    "a tied result": Case(
        [poll(figures={"ann": "51", "bob": "49"})], votes={"ann": 500, "bob": 500}, scores={"alpha": 1.0}
    ),
    "undecided voters inside the base": Case(
        [poll(figures={"ann": "46.8", "bob": "43.2"}, complete="false", undecided_pct="10")],
        votes={"ann": 520, "bob": 480},
        scores={"alpha": 5.0},
    ),
    "ids that other programs take for nothing": Case(
        [poll("null", figures={"NA": "40", "nan": "35", "None": "25"})],
        votes={"NA": 400, "nan": 350, "None": 250},
        scores={"null": 0.0},
    ),
    "a byte order mark": Case([poll()], save=lambda text: b"\xef\xbb\xbf" + text, scores={"alpha": 0.0}),
    "line ends of Windows": Case([poll()], save=lambda text: text.replace(b"\n", b"\r\n"), scores={"alpha": 0.0}),
    "99 in whole numbers": Case(
        [poll(figures=ALIKE | {"cid": "24"})], warnings=("sum_is_a_hundred",), said="sum 99", scores={"alpha": 0.33}
    ),
    "101 in whole numbers": Case(
        [poll(figures=ALIKE | {"cid": "26"})], warnings=("sum_is_a_hundred",), said="sum 101", scores={"alpha": 0.33}
    ),
    "100.9": Case(
        [poll(figures=ALIKE | {"cid": "25.9"})], warnings=("sum_is_a_hundred",), said="sum 100.9", scores={"alpha": 0.3}
    ),
    "101.1": Case([poll(figures=ALIKE | {"cid": "26.1"})], errors=("shares_sum_to_100",), said="sum 101.1"),
    "a candidate who withdrew": Case(
        [
            poll(figures={"ann": "40", "bob": "35", "cid": "15", "dan": "10"}, lineup="x-dan"),
            poll("beta", "2030-04-05", figures={"ann": "42", "bob": "33", "cid": "25"}),
        ],
        names={"dan": "Dan"},
        scores={"beta": 1.33},
        left_out={"alpha-2030-04-11-a": "line-up x-dan"},
    ),
    "a candidate who is not printed": Case(
        [poll(figures={"ann": "40", "bob": "35"}, complete="false"), poll("beta", "2030-04-10", figures=NEAR)],
        scores={"beta": 0.67},
        left_out={"alpha-2030-04-11-a": "lacks cid"},
    ),
    "a printed zero": Case(
        [poll(figures={"ann": "60", "bob": "40", "cid": "0"}), poll("beta", "2030-04-10", figures=NEAR)],
        warnings=("jump_in_a_house",),
        said="cid",
        scores={"alpha": 16.67, "beta": 0.67},
    ),
    "names that are formulas, scripts and quotes": Case(
        [poll(sponsors="=cmd|' /C calc'!A0;<b>X</b>")],
        names={"ann": "=SUM(A1)", "bob": "<script>alert(1)</script>", "cid": 'O\'Neil & "Co"'},
        scores={"alpha": 0.0},
    ),
    "thirty polls of one day": Case(
        [poll(letter=letter) for letter in LETTERS],
        warnings=("same_figures_twice", "several_samples_on_one_day"),
        said="30 samples on 2030-04-11",
        scores={"alpha": 0.0},
        left_out={"alpha-2030-04-11-aa": "a sample of the same day"},
    ),
    "fieldwork on the day of the vote": Case(
        [poll(day="2030-04-14")], errors=("measured_before_vote",), said="the vote is on 2030-04-14"
    ),
    "shares printed as below a bound": Case(
        [poll(figures={"ann": "50", "bob": "49.5", "cid": "<0.5"})],
        votes={"ann": 500, "bob": 495, "cid": 5},
        scores={"alpha": 0.0},
    ),
    "files under other names": Case(
        [poll()],
        moved={"forecasts": "forecast", "predictions": "Predictions"},
        warnings=("file_is_read",),
        said="Rename it to forecasts.csv",
    ),
    "polls of two years before alone": Case(
        [poll(day="2028-04-01")], votes={}, warnings=("alone_long_before_the_vote",), said="Compare the year"
    ),
}  # fmt: skip


def made(case: Case, place: Path) -> Path:
    people = {*case.votes, *(name for *_, figures, _ in case.polls for name in figures)}
    rows: dict[str, list[dict[str, str]]] = {
        "source": [{"source_id": "s", "title": "A page", "url": "https://example.org"}],
        "person": [{"candidate_id": name, "name": case.names.get(name, name.title())} for name in sorted(people)],
        "forecaster": [
            {"forecaster_id": house, "name": house.title(), "house": house, "family": "poll", "kind": "quota_poll"}
            | {"country": "XX", "measures": "intentions", "quota": "yes", "identity_check": "unknown"}
            | {"rule_disclosed": "partly", "mechanism": "panel_quota", "sources": "s"}
            for house in sorted({house for house, *_ in case.polls})
        ],
        "contest": [
            {"contest_id": CONTEST, "election_id": "xx-2030", "round": "1", "day": "2030-04-14", "advance": "1"}
            | {"valid": str(sum(case.votes.values()) or ""), "sources": "s"}
        ],
        "candidate": [{"contest_id": CONTEST, "candidate_id": name} for name in case.votes or ALIKE],
        "result": [
            {"contest_id": CONTEST, "candidate_id": name, "votes": str(votes), "sources": "s"}
            for name, votes in case.votes.items()
        ],
        "forecast": [
            {"forecast_id": f"{house}-{day}-{letter}", "forecaster_id": house, "contest_id": CONTEST}
            | {"quantity": "vote_share", "unit": "share_pct", "status": "forecast", "release": "1"}
            | {"survey": f"{house}-{day}" + letter * (letter != "a"), "date_basis": "fieldwork"}
            | {"measured_from": day, "measured_to": day, "last_release": "unknown", "recalled": "false"}
            | {"sample_size": "1000", "sample_size_basis": "interviewed", "lineup": "final", "complete": "true"}
            | {"sponsors": "A paper", "sources": "s", "transcription": "single", "confidence": "medium"}
            | more
            for house, day, letter, _, more in case.polls
        ],
        "prediction": [
            {"forecast_id": f"{house}-{day}-{letter}", "candidate_id": name}
            | {"value": value.removeprefix("<"), "flag": "lt" if value.startswith("<") else ""}
            for house, day, letter, figures, _ in case.polls
            for name, value in figures.items()
        ],
    }  # fmt: skip
    folder = place / "xx-2030"
    folder.mkdir()
    (folder / "election.toml").write_text(
        'election_id = "xx-2030"\ncountry = "XX"\noffice = "mayor"\nyear = 2030\n'
        'title = "A vote"\nrevision = "1"\nlaw = "none"\n',
        encoding="utf-8",
    )
    for table, content in rows.items():
        stem = (SHARED | PER_ELECTION)[table]
        path = folder / f"{case.moved.get(stem, stem)}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns(table), lineterminator="\n")
            writer.writeheader()
            writer.writerows(content)
        if case.save:
            path.write_bytes(case.save(path.read_bytes()))
    return folder


@pytest.mark.parametrize("name", CASES)
def test_an_odd_folder_is_refused_warned_of_or_read_rightly(name, tmp_path):
    case = CASES[name]
    folder = made(case, tmp_path)
    try:
        bench = load(folder)
    except CheckFailed as failed:
        findings = failed.report.errors
        assert {finding.check for finding in findings} == set(case.errors)
        assert all(finding.line and finding.value and finding.remedy for finding in findings)
        assert any(case.said in str(finding) for finding in findings)
        return
    with bench:
        warnings = [finding for finding in bench.report.warnings if finding.check not in USUAL]
        assert (case.errors, {finding.check for finding in warnings}) == ((), set(case.warnings))
        assert not warnings or any(case.said in str(finding) for finding in warnings)
        if not case.scores:
            with pytest.raises(
                NothingToCompare, match=r"There is no forecast.*Rename it|Nobody has voted yet"
            ):
                pb.score(bench, ["mae"], DROP)
            return
        scores = pb.score(bench, ["mae"], DROP)
        board = scores.frame[scores.frame.family == "poll"].set_index("forecaster_id")["value"].round(2)
        assert board.to_dict() == case.scores
        reasons = {row["forecast_id"]: row["reason"] for row in scores.left_out}
        assert all(words in reasons[forecast] for forecast, words in case.left_out.items())
