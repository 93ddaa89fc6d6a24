"""Which candidates are compared: declared sets, the main ones by the polls, and names that are no set."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from pollbench.data.store import load
from pollbench.errors import UnknownName
from pollbench.scoring.compare import compare
from pollbench.selection.candidates import _named_set, candidates_of
from pollbench.selection.policy import Policy
from tests_support import small_election

CONTEST = "xx-2030-r1"
POLL = "pollco-2030-04-30-a"


def change(path: Path, rows) -> None:
    """Rewrite a CSV file with what ``rows`` makes of its rows."""
    with path.open(encoding="utf-8", newline="") as file:
        before = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, before[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(before))


def with_poll(folder: Path, forecast_id: str, shares: dict[str, int], **values: str) -> None:
    """Add a poll like the one that is there, with figures of its own."""
    change(
        folder / "forecasts.csv",
        lambda rows: [
            *({**row, "last_release": "unknown"} for row in rows),
            *(
                {**row, "last_release": "unknown", "forecast_id": forecast_id, **values}
                for row in rows
                if row["forecast_id"] == POLL
            ),
        ],
    )
    change(
        folder / "predictions.csv",
        lambda rows: [
            *rows,
            *(
                {
                    **dict.fromkeys(rows[0], ""),
                    "forecast_id": forecast_id,
                    "candidate_id": name,
                    "value": str(value),
                }
                for name, value in shares.items()
            ),
        ],
    )


def poll(folder: Path, **shares: str) -> None:
    """Give the poll these shares."""
    change(
        folder / "predictions.csv",
        lambda rows: [
            {**row, "value": shares[row["candidate_id"]]} if row["forecast_id"] == POLL else row
            for row in rows
        ],
    )


@pytest.fixture
def folder(tmp_path):
    """An election that declares no set; its poll has 65, 30 and 5."""
    made = small_election(tmp_path)
    poll(made, ann="65", bob="30", cid="5")
    return made


def main_of(folder: Path) -> tuple[str, ...]:
    with load(folder) as bench:
        return candidates_of(bench, CONTEST, "main")


def test_main_candidates_have_eight_points_in_the_last_poll(folder):
    assert main_of(folder) == ("ann", "bob")


def test_a_candidate_with_exactly_eight_points_is_a_main_one(folder):
    poll(folder, ann="62", bob="30", cid="8")
    assert main_of(folder) == ("ann", "bob", "cid")


def test_a_later_poll_of_an_old_line_up_does_not_hide_the_final_one(folder):
    change(folder / "people.csv", lambda rows: [*rows, {"candidate_id": "dee", "name": "Dee Smith"}])
    with_poll(
        folder,
        "pollco-2030-05-02-a",
        {"ann": 40, "bob": 30, "dee": 30},
        survey="q",
        measured_from="2030-05-01",
        measured_to="2030-05-02",
        published_on="2030-05-03",
        lineup="x-dee--no-cid",
    )
    assert main_of(folder) == ("ann", "bob")


def test_before_the_vote_candidates_stand_in_the_order_of_the_last_polls(tmp_path):
    folder = small_election(tmp_path, results=False)
    shares = {"ann": "20", "bob": "30", "cid": "50"}
    change(
        folder / "predictions.csv",
        lambda rows: [{**row, "value": shares[row["candidate_id"]]} for row in rows],
    )
    assert main_of(folder) == ("cid", "bob", "ann")


def test_an_earlier_poll_of_the_same_house_does_not_count(folder):
    with_poll(
        folder,
        "pollco-2030-04-20-a",
        {"ann": 40, "bob": 20, "cid": 40},
        survey="q",
        measured_from="2030-04-19",
        measured_to="2030-04-20",
        published_on="2030-04-21",
    )
    assert main_of(folder) == ("ann", "bob")


def test_what_a_firm_says_besides_votes_does_not_count(folder):
    with_poll(
        folder,
        "pollco-2030-05-01-a",
        {"ann": 40, "bob": 40, "cid": 60},
        survey="another",
        quantity="approval",
        unit="approval_pct",
        measured_from="2030-05-01",
        measured_to="2030-05-01",
        published_on="2030-05-01",
        complete="false",
    )
    assert main_of(folder) == ("ann", "bob")


def test_without_polls_everybody_is_compared(tmp_path):
    assert main_of(small_election(tmp_path, forecasts=False)) == ("ann", "bob", "cid")


def test_the_rule_gives_the_sets_that_shipped_elections_declare(all_elections):
    contests = all_elections.contests
    voted = ~contests.contest_id.isin(all_elections.open_contests)
    firsts = contests[
        voted & (contests["round"] == 1) & contests.election_id.str.startswith("fr-pres")
    ].contest_id
    declared = {contest: candidates_of(all_elections, contest, "main") for contest in firsts}
    means = all_elections.table("last_polls_mean")
    kept = means[means.mean_pct >= 8]
    assert len(firsts) == 5
    for contest in firsts:
        assert set(kept.candidate_id[kept.contest_id == contest]) == set(declared[contest])


def test_a_set_that_an_election_lacks_is_refused_with_those_it_has(all_elections):
    with pytest.raises(
        UnknownName, match=r"fr-pres-2002 has no candidate set 'main4'; fr-pres-2017 has\. Sets of "
    ):
        compare(all_elections, Policy(candidates="main4", missing="drop"))
    with pytest.raises(UnknownName, match="Sets of fr-pres-2012: all, main"):
        compare(all_elections, Policy(candidates="main4", missing="drop"), "fr-pres-2012-r1")
    assert compare(all_elections, Policy(candidates="main4", missing="drop"), "fr-pres-2017-r1")


def test_one_candidate_taken_for_a_set_is_told_how_to_be_named(bench):
    with pytest.raises(UnknownName, match=r"'macron' is a candidate.*write 'macron,'.*all, main, main4"):
        compare(bench, Policy(candidates="macron", missing="drop"))
    with pytest.raises(UnknownName, match=r"no candidate set of fr-pres-2017 'main5'\. Did you mean"):
        compare(bench, Policy(candidates="main5", missing="drop"))


def test_candidates_by_name_stand_in_the_order_of_the_result_and_an_unknown_one_is_refused(bench):
    named = candidates_of(bench, "fr-pres-2017-r1", ("fillon", "macron"))
    assert named == ("macron", "fillon")
    # None of them is on the ballot of the run-off: the whole ballot.
    assert candidates_of(bench, "fr-pres-2017-r2", ("fillon", "melenchon")) == ("macron", "le-pen")
    with pytest.raises(UnknownName, match="Did you mean 'fillon'"):
        candidates_of(bench, "fr-pres-2017-r1", ("macron", "filon"))


def test_a_set_of_the_contest_itself_comes_before_those_of_other_rounds():
    class Sets:
        def frame(self, _: str) -> pd.DataFrame:
            rows = [
                (of, contest, "main", name)
                for of in ("x-r1", "x-r2")
                for contest, names in (("x-r1", ("ann", "bob")), ("x-r2", ("ann", "cid")))
                for name in names
            ]
            return pd.DataFrame(rows, columns=["of_contest", "contest_id", "name", "candidate_id"])

    assert _named_set(Sets(), "x-r1", "main") == {"ann", "bob"}
    assert _named_set(Sets(), "x-r2", "main") == {"ann", "cid"}
