"""Seats are scored in seats, and as a share of all of them."""

from __future__ import annotations

import pytest

import pollbench as pb
from clean_election import Plant, write
from clean_rows import LAST
from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.outputs.tables import TABLES
from pollbench.scoring.seats import seats_table

#: The model of the clean election forecasts 301 seats for ann and 250 for bob in the first round.
SEATS = {"ann": "290", "bob": "260", "cleo": "50"}
FIRST = "xx-2030-r1"


def with_seats(**more: str) -> Plant:
    plant = Plant()
    for row in plant.tables["result"]:
        if row["contest_id"] == FIRST:
            row["seats"] = SEATS.get(row["candidate_id"], "0")
    for row in plant.tables["forecast"]:
        if row["forecast_id"] == "model-2030-04-18-b":
            row.update(more)
    return plant


def test_errors_are_in_seats_and_in_points_of_all_seats(tmp_path):
    with load(write(tmp_path / "xx-2030", with_seats().tables)) as bench:
        table = TABLES["seats"].make(bench, pb.Policy(missing="drop"))
    assert table[["candidate_id", "forecast", "result", "error"]].to_numpy().tolist() == [
        ["ann", 301, 290, 11],
        ["bob", 250, 260, -10],
    ]
    # 11 and -10 of 600 seats; the mean of 11 and 10.
    assert table.error_share.round(3).tolist() == [1.833, -1.667]
    assert table.mae.tolist() == [10.5, 10.5]


def test_the_policy_says_which_forecasts_of_seats_count(tmp_path):
    with load(write(tmp_path / "xx-2030", with_seats().tables)) as bench:
        for policy in (
            pb.Policy(as_of="2030-04-17"),
            pb.Policy(within_days=2),
            pb.Policy(statuses=("index",)),
        ):
            with pytest.raises(NothingToCompare, match="seats that were won"):
                TABLES["seats"].make(bench, policy)


def test_without_seats_won_the_table_says_so(tmp_path):
    with (
        load(write(tmp_path / "xx-2030", Plant().tables)) as bench,
        pytest.raises(NothingToCompare, match="both seats that were forecast and seats that were won"),
    ):
        TABLES["seats"].make(bench, pb.Policy())


def test_a_run_off_without_seats_is_left_alone(tmp_path):
    with load(write(tmp_path / "xx-2030", with_seats().tables)) as bench:
        table = TABLES["seats"].make(bench, pb.Policy())
    assert LAST not in set(table.contest_id)


def seats_alone() -> dict[str, list[dict[str, str]]]:
    """The tables of an election whose result is printed in seats, without a single vote or share."""
    tables = with_seats().tables
    for row in tables["result"]:
        row["votes"], row["seats"] = "", SEATS.get(row["candidate_id"], "0")
    for row in tables["contest"]:
        row.update(dict.fromkeys(("valid", "voters", "registered", "blank", "null_votes", "blank_null"), ""))
    return tables | {"department_result": []}


def test_every_table_is_made_or_excused_where_the_result_is_in_seats_alone(tmp_path):
    said = {}
    with load(write(tmp_path / "xx-2030", seats_alone())) as bench:
        for name in set(TABLES) - {name for name in TABLES if name.startswith("record_")}:
            try:
                TABLES[name].make(bench, pb.Policy(missing="drop"))
            except NothingToCompare as error:
                said[name] = str(error)
    assert "seats" not in said
    for name in ("scores", "leaderboard", "comparison"):
        assert "is in seats alone" in said[name], said[name]
    assert "No vote in XX (president) has both" in said["five_elections"]


def test_every_forecast_of_a_forecaster_counts_where_the_policy_takes_all(tmp_path):
    with load(write(tmp_path / "xx-2030", with_seats().tables)) as bench:
        last, every = (
            seats_table(bench, pb.Policy(missing="drop", select=select)) for select in ("last", "all")
        )
    assert every.equals(last)
    assert set(every.forecast_id) == {"model-2030-04-18-b"}
