"""``pollbench verdict``: the largest change of a disputed figure in words, and one row per sentence for a program."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from pollbench.ranking import readings
from tests_support import program, small_election


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small_election(tmp_path_factory.mktemp("own")))


def test_a_table_holds_the_sentences_of_the_text(own):
    rows = pd.read_csv(io.StringIO(program("verdict", own, "--format", "csv").stdout))
    said = program("verdict", own).stdout
    assert set(rows.contest_id) == {"xx-2030-r1"}
    assert all(f"  {sentence}\n" in said for sentence in rows.sentence)
    assert "Disputed figures: no scored figure is disputed." in said


def test_the_largest_change_of_a_disputed_figure_is_said_with_both_readings(own, monkeypatch):
    row = {"forecast_id": "buzzco-2030-05-01-a", "candidate_id": "ann", "held": 40.0, "other": 42.5}
    changes = pd.DataFrame([{**row, "change": -1.25, "rank": 2, "rank_other": 1}])
    monkeypatch.setattr(readings, "disputed_table", lambda *_, **__: changes)
    assert (
        "Disputed figures: the largest change is -1.25 points (buzzco-2030-05-01-a, ann 42.5 for 40), "
        "from rank 2 to 1.\n"
    ) in program("verdict", own).stdout
