"""A user's own election, however small: every table is made, or one sentence says why not."""

from __future__ import annotations

import csv
from contextlib import suppress

import pytest

from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.outputs.tables import TABLES
from pollbench.selection.policy import Policy
from tests_support import small_election

DROP = Policy(missing="drop")
#: Tables that ask for more than one poll and one index, and what they say.
TOO_SMALL = {
    "calibration": "No forecaster published enough digital weights",
    "distance_from_polls": "No house published digital weights",
    "house_effects": "fewer than two firms have 3 surveys",
    "seats": "both seats that were forecast and seats that were won",
    "transfers": "transfers lead from one round to the next",
}
#: Tables of the campaign of the polls.
CAMPAIGN = dict.fromkeys(("trends", "house_effects", "herding"), "no poll with the final line-up")
#: Tables that set something beside a result.
SCORED = ("scores", "leaderboard", "comparison", "left_out", "effective_samples", "disputed", "bounds")
NO_DAY = {"as_of_scores": "there is nothing to compare at any day"}
POOLED = ("five_elections", "board_by_house", "board_by_family")
NOT_YET = dict.fromkeys(SCORED, "Nobody has voted yet in xx-2030") | dict.fromkeys(
    POOLED, "No vote in XX (mayor) has both"
)
NOTHING = dict.fromkeys(POOLED, "No vote in XX (mayor) has both") | dict.fromkeys(
    ("scores", "leaderboard"), "There is no forecast of vote_share or digital_share for xx-2030-r1"
)


@pytest.mark.parametrize(
    ("options", "excuses"),
    [
        ({}, TOO_SMALL),
        ({"candidates": 1}, TOO_SMALL),
        ({"results": False}, TOO_SMALL | NOT_YET | NO_DAY),
        ({"forecasts": False}, TOO_SMALL | CAMPAIGN | NOTHING | NO_DAY),
    ],
    ids=["whole", "one-candidate", "no-result", "no-forecast"],
)
def test_every_table_of_a_small_election_is_made_or_excused(tmp_path, options, excuses):
    said = {}
    with load(small_election(tmp_path, **options)) as bench:
        for name, table in TABLES.items():
            try:
                assert len(table.make(bench, DROP).columns), name
            except NothingToCompare as error:
                said[name] = str(error)
    assert sorted(said) == sorted(excuses)
    assert all(excuses[name] in said[name] for name in excuses)


def rewritten(folder, stem, **values):
    """The file with other values in all rows."""
    path = folder / f"{stem}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row | values for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    "figures", [{"value": "0"}, {"value": "40", "flag": "lt"}], ids=["all-zero", "all-below-a-bound"]
)
def test_figures_that_say_next_to_nothing_break_no_table_and_do_not_undo_the_vote(tmp_path, figures):
    folder = small_election(tmp_path)
    rewritten(folder, "predictions", **figures)
    rewritten(folder, "forecasts", complete="false")
    said = []
    with load(folder) as bench:
        # The tables of manipulation on such figures: tests of their room.
        for name in (
            "scores",
            "leaderboard",
            "bounds",
            "disputed",
            "trends",
            "probabilities",
            "five_elections",
        ):
            try:
                TABLES[name].make(bench, DROP)
            except NothingToCompare as error:
                said.append(str(error))
    assert not any("obody has voted" in sentence for sentence in said)


def test_contests_alone_are_no_fault(tmp_path):
    folder = small_election(tmp_path)
    for stem in ("candidates", "results", "forecasts", "predictions", "people", "forecasters"):
        (folder / f"{stem}.csv").unlink()
    with load(folder) as bench:
        for name in ("trends", "coverage", "break_even", "claims", "probabilities"):
            with suppress(NothingToCompare):
                TABLES[name].make(bench, DROP)


def test_a_page_of_forecasters_before_the_vote_lists_them_without_scores(tmp_path):
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.reference import forecasters

    with load(small_election(tmp_path, results=False)) as bench:
        entries = forecasters(gather(bench, DROP), Words("en"))["entries"]
    assert {"Poll Co", "Buzz Co"} <= {entry["name"] for entry in entries}
    assert all(entry["scores"] == [] for entry in entries)
