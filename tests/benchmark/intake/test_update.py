"""A newer copy of a source: what is new comes in, what was changed by hand stays, what is withdrawn goes."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

import pollbench as pb
from intake_cases import MADE, imported
from pollbench.data.store import load, validate
from pollbench.errors import DataError
from pollbench.intake.plan import Details
from pollbench.intake.run import import_files
from pollbench.statements.probabilities import probabilities_table
from tests_support import copy_of, replace_once

DETAILS = Details("xx-2030", (date(2030, 4, 14),), country="XX")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copy(MADE / "tidy.csv", tmp_path / "tidy.csv"))


def rows(folder: Path, stem: str) -> list[dict[str, str]]:
    with (folder / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(source: Path, folder: Path) -> list[str]:
    return import_files("tidy", source, folder, details=DETAILS, results=MADE / "result.csv").remarks.changes


def test_a_new_poll_is_added_and_reported(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    more = "Gamma,2030-04-08,2030-04-09,700,,{},{}\n"
    source.write_text(
        source.read_text() + "".join(more.format(*pair) for pair in (("Ann", 39), ("Bob", 36), ("Cleo", 25)))
    )
    changes = run(source, folder)
    assert "(1 of them forecasts)" in changes[0]
    assert "gamma-2030-04-09-a" in {row["forecast_id"] for row in rows(folder, "forecasts")}
    assert validate(folder).errors == []


def test_a_changed_figure_is_taken_over_and_reported(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    replace_once(source, "A Paper,Ann,40", "A Paper,Ann,39.5")
    changes = run(source, folder)
    assert any(
        "predictions alpha-research-2030-04-03-a/ann, value: '40' to '39.5'" in line for line in changes
    )


def test_a_withdrawn_poll_is_removed_and_reported(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    source.write_text(
        "".join(line for line in source.read_text().splitlines(True) if not line.startswith("Alpha"))
    )
    changes = run(source, folder)
    assert any(
        "withdrawn by the source, removed: forecasts alpha-research-2030-04-03-a" in line for line in changes
    )
    assert {row["forecaster_id"] for row in rows(folder, "forecasts")} == {"beta"}


def test_a_cell_changed_by_hand_stays_and_the_rest_of_its_row_is_updated(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    replace_once(folder / "forecasts.csv", "A Paper", "Another Paper")
    text = source.read_text().replace("1000,A Paper", "1001,A Paper")
    source.write_text(text)
    run(source, folder)
    alpha = next(row for row in rows(folder, "forecasts") if row["forecaster_id"] == "alpha-research")
    assert (alpha["sponsors"], alpha["sample_size"]) == ("Another Paper", "1001")


def test_a_cell_that_both_changed_is_kept_and_said(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    replace_once(
        folder / "predictions.csv", "alpha-research-2030-04-03-a,ann,40", "alpha-research-2030-04-03-a,ann,41"
    )
    replace_once(source, "A Paper,Ann,40", "A Paper,Ann,39.5")
    changes = run(source, folder)
    assert any("yours '41', the source now '39.5'" in line for line in changes)


def test_a_row_added_and_one_removed_by_hand_stay_so(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    forecasts = folder / "forecasts.csv"
    lines = forecasts.read_text().splitlines(True)
    mine = (
        lines[1]
        .replace("alpha-research-2030-04-03", "alpha-research-2030-04-02")
        .replace("2030-04-01,2030-04-03", "2030-04-01,2030-04-02")
    )
    forecasts.write_text("".join([lines[0], lines[1], mine]))
    figures = folder / "predictions.csv"
    kept = [line for line in figures.read_text().splitlines(True) if not line.startswith("beta")]
    kept += [line.replace("04-03-a", "04-02-a") for line in kept if line.startswith("alpha")]
    figures.write_text("".join(kept))
    run(source, folder)
    assert [row["forecast_id"] for row in rows(folder, "forecasts")] == [
        "alpha-research-2030-04-02-a",
        "alpha-research-2030-04-03-a",
    ]
    assert validate(folder).errors == []


def test_the_ids_of_forecasts_stay_when_another_question_comes_before(tmp_path):
    place = Path(shutil.copytree(MADE / "mieuxvoter", tmp_path / "source"))
    details = Details("fr-made-2027", (date(2027, 4, 18), date(2027, 5, 2)), "FR")
    import_files("mieuxvoter", place, tmp_path / "o", details=details)
    before = {row["forecast_id"]: row["scenario"] for row in rows(tmp_path / "o", "forecasts")}
    polls = (place / "polls.csv").read_text().splitlines(True)
    fresh = polls[1].replace("_if_A,H1", "_if_0,H4")
    (place / "polls.csv").write_text("".join([polls[0], fresh, *polls[1:]]))
    shutil.copy(place / "polls" / "20260601_0602_if_B.csv", place / "polls" / "20260601_0602_if_0.csv")
    replace_once(place / "polls" / "20260601_0602_if_0.csv", "Nouvelle Personne", "Autre Personne")
    import_files("mieuxvoter", place, tmp_path / "o", details=details)
    after = {row["forecast_id"]: row["scenario"] for row in rows(tmp_path / "o", "forecasts")}
    assert before.items() <= after.items()
    assert set(after) - set(before) == {"ifop-2026-06-02-d"}


def test_a_folder_that_no_import_wrote_keeps_every_row(tmp_path):
    folder = copy_of("fr-pres-2022", tmp_path)
    before = rows(folder, "forecasts")
    outcome = imported("nsppolls", folder)
    after = {row["forecast_id"]: row for row in rows(folder, "forecasts")}
    for row in before:
        assert {name: value for name, value in row.items() if value} == {
            name: value for name, value in after[row["forecast_id"]].items() if value
        }
    # Where a made survey of the source stands on a day that the folder holds, the difference is said.
    assert len(after) > len(before)
    assert outcome.remarks.changes
    assert validate(folder).errors == []


def test_the_description_changed_by_hand_stays(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    replace_once(folder / "election.toml", 'title = "xx-2030"', 'title = "The vote"')
    run(source, folder)
    assert 'title = "The vote"' in (folder / "election.toml").read_text()


def test_the_mapping_is_obeyed(source, tmp_path):
    folder = tmp_path / "o"
    run(source, folder)
    mapping = folder / "mapping.toml"
    replace_once(mapping, 'Beta = "beta"', 'Beta = ""')
    replace_once(mapping, '"Alpha Research" = "alpha-research"', '"Alpha Research" = "alpha"')
    run(source, folder)
    assert [row["forecast_id"] for row in rows(folder, "forecasts")] == ["alpha-2030-04-03-a"]


def test_a_row_is_dropped_or_counted_by_hand(tmp_path):
    place = Path(shutil.copytree(MADE / "mieuxvoter", tmp_path / "source"))
    details = Details("fr-made-2027", (date(2027, 4, 18), date(2027, 5, 2)), "FR")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[drop]\n20260601_0602_if_A = "asked twice"\n[keep]\n20260613_0614_cl_A = "it was a vote"\n'
    )
    outcome = import_files("mieuxvoter", place, tmp_path / "o", details=details, mapping_file=mapping)
    assert ("polls.csv, line 2", "IFOP", "mapping.toml: asked twice") in outcome.remarks.dropped
    assert "cluster17-2026-06-14-a" in {row["forecast_id"] for row in rows(tmp_path / "o", "forecasts")}


CHANCES = "model,date,candidate,win_prob\nA Model,2030-04-05,Ann,0.6\nA Model,2030-04-05,Bob,0.25\nA Model,2030-04-05,Cleo,0.15\n"


@pytest.fixture
def both(source, tmp_path):
    """A folder of polls into which the probabilities of a model were imported too."""
    run(source, tmp_path / "o")
    (tmp_path / "p.csv").write_text(CHANCES)
    import_files("probabilities", tmp_path / "p.csv", tmp_path / "o")
    return tmp_path / "o"


def test_another_kind_joins_the_folder_with_a_report_and_a_mapping_of_its_own(both):
    assert {row["forecaster_id"] for row in rows(both, "forecasts")} == {"alpha-research", "beta", "a-model"}
    assert {path.name for path in both.iterdir()} >= {
        "import.md", "mapping.toml", "import.json",
        "import-probabilities.md", "mapping-probabilities.toml", "import-probabilities.json",
    }  # fmt: skip
    assert "was imported as tidy: that stays as it is" in (both / "import-probabilities.md").read_text()
    assert validate(both).errors == []
    with load(both) as bench:
        scores = pb.score(bench, ["mae"], pb.Policy(missing="drop"))
        board = probabilities_table(bench, implied=False)
    assert "alpha-research" in set(scores.frame.forecaster_id)
    assert board[board.forecaster_id == "a-model"].brier.notna().any()


def test_an_import_leaves_what_another_kind_wrote(both, source, tmp_path):
    before = {path.name: path.read_bytes() for path in both.iterdir()}
    for outcome in (
        run(source, both),
        import_files("probabilities", tmp_path / "p.csv", both).remarks.changes,
    ):
        assert [line for line in outcome if not line.startswith("0 ")] == []
    after = {path.name: path.read_bytes() for path in both.iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {
        "import.md",
        "import-probabilities.md",
    }
    # Ann is of both: without the polls she stays, for the model names her.
    source.write_text("".join(line for line in source.read_text().splitlines(True) if "Beta" not in line))
    run(source, both)
    assert {row["forecaster_id"] for row in rows(both, "forecasts")} == {"alpha-research", "a-model"}
    assert validate(both).errors == []


def test_a_source_of_many_elections_is_refused_by_a_folder_of_one(source, tmp_path):
    run(source, tmp_path / "o")
    with pytest.raises(DataError, match=r"is about 3 elections, and .*o holds one.*--race"):
        imported("probabilities", tmp_path / "o", results=None)
    imported("probabilities", tmp_path / "many")
    with pytest.raises(DataError, match=r"is about one election, and .*many holds many"):
        run(source, tmp_path / "many")
    outcome = imported("probabilities", tmp_path / "o", race="P AA", results=None)
    assert any("the only race" in line for line in outcome.remarks.guesses)


def test_a_damaged_record_is_refused_with_its_remedy(source, tmp_path):
    run(source, tmp_path / "o")
    (tmp_path / "o" / "import.json").write_text("{")
    with pytest.raises(DataError, match="not the record that an import writes"):
        run(source, tmp_path / "o")
