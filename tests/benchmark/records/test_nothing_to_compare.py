"""A record that lacks what a table compares says which part is missing, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import pytest

import pollbench as pb
from pollbench import cache
from pollbench.data.bench import Bench
from pollbench.errors import NothingToCompare
from pollbench.records import adds_to_polls, before_after, beside_polls, calibration, leader_calls
from pollbench.records.chances import known_chances
from pollbench.records.releases import COLUMNS, releases_table
from pollbench.records.rules import PAGE
from tests_support import small_election


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One election of a user, with neither releases of a record nor forecasts."""
    with pb.load(small_election(tmp_path_factory.mktemp("small"), forecasts=False)) as bench:
        yield bench


@pytest.fixture
def without(small: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Bench]:
    """The election, with a function of a module that gives a table without rows."""
    monkeypatch.setenv(cache.VARIABLE, cache.OFF)

    def replaced(module: Any, name: str, columns: Sequence[str] = COLUMNS) -> Bench:
        none = pd.DataFrame(columns=list(columns))
        none = none.astype({column: bool for column in none.columns if column in ("digital", "two_answers")})
        monkeypatch.setattr(module, name, lambda *_, **__: none.copy())
        return small

    return replaced


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (
            releases_table,
            r"The data hold no releases \(releases\.csv\)\. Load the collection of the world record",
        ),
        (known_chances, r"The record holds no chance of winning whose outcome is known\."),
    ],
)
def test_an_election_of_polls_alone_is_no_record(small, function, sentence):
    with pytest.raises(NothingToCompare, match=f"^{sentence}"):
        function(small)


def test_fewer_contests_with_polls_and_digital_figures_than_folds_are_counted(without):
    bench = without(adds_to_polls, "releases_table")
    without(adds_to_polls, "cells_beside_polls", ["forecast_id", "contest_id"])
    with pytest.raises(NothingToCompare, match=rf"^0 contests have .*; {adds_to_polls.FOLDS} are needed\.$"):
        adds_to_polls.adds_to_polls_table(bench)


def test_figures_on_one_side_of_the_vote_are_compared_with_nothing(without):
    bench = without(before_after, "releases_table")
    assert before_after.sold_as_shares(bench, PAGE).empty
    with pytest.raises(
        NothingToCompare, match=r"^No coding has figures sold as a vote share on both sides of the vote"
    ):
        before_after.before_after_table(bench)


def test_digital_figures_without_polls_of_their_days_have_no_cells(without):
    bench = without(beside_polls, "releases_table")
    with pytest.raises(
        NothingToCompare, match=r"^No digital release of the record has polls of the same days"
    ):
        beside_polls.cells_beside_polls(bench)


def test_a_group_of_releases_that_is_empty_has_no_row(without):
    columns = ("digital_lead_error", "read_by", "known_before_vote", "digital_closer", "contest_id")
    bench = without(beside_polls, "pairs_table", columns)
    assert beside_polls.pairs_summary_table(bench).empty


def test_chances_printed_after_the_vote_alone_are_not_calibrated(without):
    bench = without(calibration, "known_chances", ["known", "who"])
    with pytest.raises(
        NothingToCompare, match=r"^The record holds no chance of winning that was known before a vote"
    ):
        calibration.corp_table(bench)


def test_no_release_in_any_group_calls_no_leader(without):
    bench = without(leader_calls, "releases_table")
    with pytest.raises(NothingToCompare, match=r"^The data hold no releases in any group of the record\."):
        leader_calls.leader_calls_table(bench)
