"""A folder may hold many elections; a file may leave out columns; a result may be shares or seats."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import pollbench as pb
from clean_election import Plant, write
from clean_rows import FIRST, LAST, clean_tables
from pollbench.data.elections import COLUMNS, find, find_all
from pollbench.data.store import load, validate
from pollbench.errors import DataError

HEADER = ",".join(COLUMNS)
DROP = pb.Policy(missing="drop")


def collection(folder: Path, states: list[str]) -> Path:
    """Elections with two candidates, one poll and one result each."""
    rows = {
        "elections": [HEADER, *(f"{s}-2030,XX,president,2030,State {s},1,," for s in states)],
        "contests": [
            "contest_id,election_id,round,day,advance,valid,sources",
            *(f"{s}-2030-r1,{s}-2030,1,2030-04-21,1,1000,paper" for s in states),
        ],
        "candidates": [
            "contest_id,candidate_id",
            *(f"{s}-2030-r1,{name}" for s in states for name in ("ann", "bob")),
        ],
        "results": [
            "contest_id,candidate_id,votes,sources",
            *(f"{s}-2030-r1,{name},{v},paper" for s in states for name, v in (("ann", 520), ("bob", 480))),
        ],
        "people": ["candidate_id,name", "ann,Ann", "bob,Bob"],
        "sources": ["source_id,title,retrieved_from", "paper,A paper,a library"],
        "forecasters": [
            "forecaster_id,name,house,family,kind,measures,quota,identity_check,rule_disclosed,mechanism,sources",
            "seer,Seer,seer,model,statistical_model,shares,no,no,no,none,paper",
        ],
        "forecasts": [
            "forecast_id,forecaster_id,contest_id,quantity,unit,status,published_on,published_precision,release,"
            "last_release,recalled,complete,sources,transcription,confidence",
            *(
                f"seer-{s}-2030-r1-2030-04-19-a,seer,{s}-2030-r1,vote_share,share_pct,forecast,2030-04-19,day,1,yes,false,"
                "true,paper,single,high"
                for s in states
            ),
        ],
        "predictions": [
            "forecast_id,candidate_id,value",
            *(
                f"seer-{s}-2030-r1-2030-04-19-a,{n},{v}"
                for s in states
                for n, v in (("ann", 54), ("bob", 46))
            ),
        ],
        "silences": ["contest_id,first_day,last_day", f"{states[0]}-2030-r1,2030-04-20,2030-04-21"],
        "candidate_sets": [
            "contest_id,name,candidate_id",
            *(f"{states[0]}-2030-r1,main,{name}" for name in ("ann", "bob")),
        ],
    }
    folder.mkdir()
    for stem, lines in rows.items():
        (folder / f"{stem}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_loading_many_contests_takes_one_folder(tmp_path: Path) -> None:
    states = [f"s{number:02}" for number in range(1, 52)]
    folder = collection(tmp_path / "states", states)
    assert [str(each) for each in validate(folder).findings] == []
    with load(folder) as bench:
        assert bench.elections == tuple(f"{state}-2030" for state in states)
        assert bench.frame("SELECT count(*) AS n FROM silence").n.item() == 1
        assert bench.frame("SELECT count(*) AS n FROM candidate_set").n.item() == 2
        scores = pb.score(bench, measures=["mae"]).frame
        own = scores[scores.forecaster_id == "seer"]
    assert len(own) == 51
    assert own.value.tolist() == pytest.approx([2.0] * 51)


def test_the_columns_of_a_collection_are_those_of_the_table_election() -> None:
    with load("fr-primary-left-2017") as bench:
        assert tuple(bench.table("election").columns) == COLUMNS


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a-2030,XX,president,2030,A,1,,\na-2030,XX,president,2030,A,1,,", ["line 3", "id of line 2"]),
        ("a-2030,XX,president,20300,A,1,,", ["line 2", "column year", "between 1700 and 2200"]),
        ("a-2030,XX,president,2030,,1,,", ["line 2", "column title", "must not be empty"]),
        ("a-2030,XX,president,2030,A", ["line 2", "has 5 values"]),
    ],
)
def test_a_faulty_row_of_a_collection_is_placed(tmp_path: Path, row: str, words: list[str]) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "elections.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        find(folder)
    assert all(word in str(caught.value) for word in ["elections.csv", *words])


def test_a_folder_is_one_election_or_many_not_both(tmp_path: Path) -> None:
    folder = collection(tmp_path / "states", ["a", "b"])
    (folder / "election.toml").write_text('election_id = "c"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"stands beside elections\.csv"):
        find_all([folder])


def test_a_fault_in_a_collection_names_its_line(tmp_path: Path) -> None:
    folder = collection(tmp_path / "states", ["a", "b"])
    path = folder / "elections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1,,\n", "1,,fr-77-880\n", 1), encoding="utf-8")
    [finding] = [each for each in validate(folder).errors if each.check == "law_is_known"]
    assert (finding.check, finding.file, finding.line) == ("law_is_known", str(path), 2)


def test_columns_that_may_be_empty_may_be_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "xx-2030", clean_tables())
    with load(folder) as bench:
        whole = bench.table("forecast")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        used = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
        if used:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, used, extrasaction="ignore", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    assert "condition" not in (folder / "forecasts.csv").read_text(encoding="utf-8").split("\n")[0]
    assert [str(each) for each in validate(folder).findings] == []
    with load(folder) as bench:
        assert bench.table("forecast").equals(whole)


def test_a_column_that_must_be_filled_may_not_be_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "xx-2030", clean_tables())
    (folder / "people.csv").write_text("candidate_id\nann\n", encoding="utf-8")
    [message] = [str(each) for each in validate(folder).errors if each.check == "form"]
    assert "the header lacks name" in message
    assert "these may be left out: kind" in message


def test_an_empty_kind_is_a_person(tmp_path: Path) -> None:
    plant = Plant()
    plant.set("person", "ann", kind="")
    plant.set("person", "bob", kind="party")
    with load(write(tmp_path / "xx-2030", plant.tables)) as bench:
        kinds = bench.frame(
            "SELECT candidate_id, kind FROM person WHERE candidate_id IN ('ann', 'bob') ORDER BY 1"
        )
    assert kinds.kind.tolist() == ["person", "party"]


def in_shares(shares: dict[str, str]) -> Plant:
    """The clean election, its run-off printed in shares alone."""
    plant = Plant()
    plant.tables["department_result"] = [
        row for row in plant.tables["department_result"] if row["contest_id"] == FIRST
    ]
    plant.set("contest", LAST, valid="", blank="", null_votes="", blank_null="", voters="")
    for name, share in shares.items():
        plant.set("result", f"{LAST}/{name}", votes="", share_pct=share)
    return plant


def test_a_result_in_printed_shares_is_scored_and_said_to_be_rounded(tmp_path: Path) -> None:
    plant = in_shares({"ann": "60.12", "bob": "39.88"})
    plant.set("event", "market-2030-04-16-b-1", low="60.1", high="60.2")
    with load(write(tmp_path / "xx-2030", plant.tables)) as bench:
        oracle = bench.frame(f"SELECT * FROM oracle WHERE contest_id = '{LAST}' ORDER BY rank")
        scores = pb.score(bench, measures=["mae", "data_defect_correlation"], policy=DROP).frame
        from pollbench.statements.probabilities import probabilities_table

        table = probabilities_table(bench)
    assert oracle.share_pct.tolist() == [60.12, 39.88]
    assert oracle.rounded.all()
    own = scores[(scores.forecaster_id == "alpha") & (scores.contest_id == LAST) & (scores.measure == "mae")]
    assert own.value.tolist() == pytest.approx([5.12])
    band = table[table.question == "share_band"]
    assert band.occurred.tolist() == [1.0]


def test_seats_stand_beside_shares_and_are_no_shares(tmp_path: Path) -> None:
    plant = in_shares({"ann": "", "bob": ""})
    plant.set("result", f"{LAST}/ann", seats="270")
    plant.set("result", f"{LAST}/bob", seats="268")
    with load(write(tmp_path / "xx-2030", plant.tables)) as bench:
        oracle = bench.frame(f"SELECT * FROM oracle WHERE contest_id = '{LAST}' ORDER BY rank")
        scores = pb.score(bench, measures=["mae"], policy=DROP).frame
        from pollbench.statements.probabilities import probabilities_table

        table = probabilities_table(bench)
    assert oracle.seats.tolist() == [270, 268]
    assert oracle.share_pct.isna().all()
    assert LAST not in set(scores.contest_id)
    assert table[table.question == "share_band"].occurred.isna().all()
    printed = table[(table.question == "winner") & (table.forecaster_id == "market")]
    assert printed.occurred.tolist() == [1.0]


def test_a_part_of_the_electorate_is_never_scored_as_the_electorate(tmp_path: Path) -> None:
    plant = Plant()
    plant.set("forecast", "alpha-2030-04-17-a", population="subgroup:young", status="index")
    with load(write(tmp_path / "xx-2030", plant.tables)) as bench:
        policy = pb.Policy(statuses=("forecast", "claimed", "index"), candidates="all", missing="drop")
        scores = pb.score(bench, measures=["mae"], policy=policy).frame
    chosen = scores[(scores.forecaster_id == "alpha") & (scores.contest_id == FIRST)]
    assert chosen.forecast_id.tolist() == ["alpha-2030-04-10-a"]
