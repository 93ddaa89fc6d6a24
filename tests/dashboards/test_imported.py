"""What each importer writes is scored, drawn and attacked without glue: every kind on a made input in its layout."""

from __future__ import annotations

import pytest

import pollbench as pb
from intake_cases import CASES, imported
from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench.outputs.tables import TABLES
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather

DROP = pb.Policy(missing="drop")
#: What needs a result, much history or the world record, and is tested where that is.
TABLES_OF_ALL = (
    "coverage",
    "trends",
    "probabilities",
    "break_even",
    "robustness_unknown",
    "five_elections",
    "leaderboard",
)
CHARTS_OF_ALL = (
    "campaign_timeline",
    "coverage_matrix",
    "forecast_against_result",
    "error_by_forecaster",
    "break_even",
)
#: Kinds of polls by panel or telephone of a country whose panels are known here: their figures have a price.
PRICED = {"nsppolls", "pollsposition", "mieuxvoter", "wide"}
#: Kinds whose made input holds no poll: there is no campaign to draw.
NO_POLLS = {"hubverse", "probabilities"}


@pytest.mark.parametrize("case", CASES)
def test_an_imported_folder_has_tables_charts_and_attacks_or_a_sentence(case, tmp_path):
    imported(case, tmp_path / case)
    made, said = {}, {}
    with load(tmp_path / case) as bench:
        for name in TABLES_OF_ALL:
            try:
                made[name] = TABLES[name].make(bench, DROP)
            except NothingToCompare as error:
                said[name] = str(error)
        frames = gather(bench, DROP)
        drawings = {name: registered()[name].draw(frames, View(locale="fr")) for name in CHARTS_OF_ALL}
        forecasters = set(bench.table("forecast").forecaster_id)
    assert set(made["coverage"].forecaster_id) == forecasters
    assert ("trends" in said) == (case in NO_POLLS)
    assert all(sentence.endswith(".") for sentence in said.values())
    costs = made["break_even"]
    assert costs.accounts.notna().any() == (case in PRICED)
    # Who has no price is listed with what is missing.
    priced = set(costs.forecaster_id[costs.accounts.notna()])
    assert forecasters <= priced | set(made["robustness_unknown"].forecaster_id) | set(costs.forecaster_id)
    assert all(drawing.title and drawing.caption for drawing in drawings.values())
    assert drawings["coverage_matrix"].data is not None
