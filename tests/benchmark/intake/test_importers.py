"""Each importer on a made input: the folder and the report are those that were looked at, valid and usable.

To accept changed folders after looking at them: ``POLLBENCH_UPDATE_GOLDEN=1 python -m pytest
tests/benchmark/intake/test_importers.py``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import pollbench as pb
from intake_cases import CASES, MADE, imported
from pollbench.data.store import load, validate
from pollbench.errors import NothingToCompare
from pollbench.intake import registry
from pollbench.intake.registry import named, registered
from pollbench.intake.run import import_files
from pollbench.statements.probabilities import probabilities_table

GOLDEN = Path(__file__).parents[2] / "golden" / "intake"


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder that the import of a case writes: made once for all tests, which only read it."""

    @cache
    def made(case: str) -> Path:
        return imported(case, tmp_path_factory.mktemp("imported") / case).folder

    return made


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_every_importer_has_a_made_input():
    assert {kind for kind, _, _ in CASES.values()} == set(registered())


@pytest.mark.parametrize("case", CASES)
def test_the_folder_is_the_one_that_was_looked_at(case, folder_of):
    golden = GOLDEN / case
    if os.environ.get("POLLBENCH_UPDATE_GOLDEN"):
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(folder_of(case), golden)
    assert contents(folder_of(case)) == contents(golden)


@pytest.mark.parametrize("case", CASES)
def test_the_folder_is_valid(case, folder_of):
    assert validate(folder_of(case)).errors == []


@pytest.mark.parametrize("case", CASES)
def test_importing_the_same_again_changes_nothing(case, folder_of, tmp_path):
    shutil.copytree(folder_of(case), tmp_path / case)
    before = contents(tmp_path / case)
    again = imported(case, tmp_path / case)
    after = contents(tmp_path / case)
    assert {name for name in before if before[name] != after[name]} <= {"import.md"}
    assert [line for line in again.remarks.changes if not line.startswith("0 ")] == []


@pytest.mark.parametrize("case", ["wide", "tidy", "nsppolls", "pollsposition", "fivethirtyeight"])
def test_what_has_a_result_is_scored(case, folder_of):
    with load(folder_of(case)) as bench:
        policy = pb.Policy(within_days=None, lineup="any", missing="drop", candidates="all")
        scores = pb.score(bench, measures=["absolute_error", "mae"], policy=policy)
    assert scores.frame.value.notna().any()


def test_probabilities_are_scored_over_contests(folder_of):
    with load(folder_of("probabilities")) as bench:
        assert len(bench.elections) == 3
        table = probabilities_table(bench, implied=False)
        with pytest.raises(NothingToCompare, match="--quantities win_probability --measure brier"):
            pb.score(bench, ["mae"], pb.Policy(missing="drop"), "p-bb-r1")
    scored = table[table.brier.notna()]
    assert set(scored.contest_id) == {"p-aa-r1", "p-bb-r1"}
    # 10.5 % for the one who lost: 0.105 squared.
    row = scored[(scored.contest_id == "p-aa-r1") & (scored.candidates == "smith")]
    assert row.brier.round(6).tolist() == [0.011025]


def test_quantiles_come_in_with_their_levels_in_per_cent(folder_of):
    with load(folder_of("hubverse")) as bench:
        levels = bench.frame(
            "SELECT candidate_id, level, value FROM quantile WHERE forecast_id = 'team-model-2030-10-01-a' ORDER BY ALL"
        )
    assert levels[levels.candidate_id == "ann"][["level", "value"]].to_numpy().astype(float).tolist() == [
        [2.5, 43],
        [97.5, 53],
    ]


def test_a_distribution_function_becomes_bands_whose_probabilities_add_up_to_100(folder_of):
    with load(folder_of("hubverse")) as bench:
        total = bench.frame("SELECT sum(value) AS total FROM event GROUP BY forecast_id").total.astype(float)
    assert total.tolist() == [100.0]


def test_parts_of_the_electorate_and_wishes_are_refused_by_name(tmp_path):
    reasons = " ".join(why for _, _, why in imported("mieuxvoter", tmp_path / "m").remarks.dropped)
    assert "lgbt only, not the electorate" in reasons
    assert "'souhait'" in reasons


def test_line_ups_are_scenarios_while_the_ballot_is_not_known(folder_of):
    with load(folder_of("mieuxvoter")) as bench:
        found = bench.frame("SELECT scenario_id, candidates, until FROM scenario ORDER BY scenario_id")
    assert found.scenario_id.tolist() == ["h1", "h2", "h2-1"]
    # One of those in the second list withdrew on that day.
    assert str(found.until[1])[:10] == "2026-06-20"


def test_a_declared_rolling_survey_is_thinned_back_from_its_last_wave(folder_of):
    with load(folder_of("nsppolls")) as bench:
        found = bench.frame("SELECT DISTINCT survey, rolling_thin FROM forecast ORDER BY survey")
    assert found.rolling_thin.tolist() == [False, True]


def test_names_of_shipped_people_and_houses_keep_their_ids(folder_of):
    with load(folder_of("pollsposition")) as bench:
        assert bench.frame("SELECT DISTINCT forecaster_id FROM forecast").forecaster_id.tolist() == ["ifop"]
        assert set(bench.table("prediction").candidate_id) == {"macron", "le-pen", "melenchon"}
    assert not (folder_of("pollsposition") / "people.csv").exists()


def test_an_importer_from_outside_is_used(monkeypatch, tmp_path):
    tidy = named("tidy")
    monkeypatch.setitem(registry.registered(), "mine", replace(tidy, name="mine"))
    _, source, arguments = CASES["tidy"]
    outcome = import_files("mine", MADE / source, tmp_path / "o", **arguments)
    assert outcome.summary.startswith("tidy.csv: 2 forecasts")
