"""A chart of data of the user's own names their owner and licence; one of shipped data names PollBench."""

from __future__ import annotations

import pytest

from clean_election import Plant, write
from pollbench.data.bench import Bench
from pollbench.data.store import load
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_chart_of_an_own_election_names_the_source_of_its_data(tmp_path, locale):
    plant = Plant()
    plant.set("source", "web", title="The Daily Count", publisher="Daily Ltd", licence="CC BY 4.0")
    with load(write(tmp_path / "xx-2030", plant.tables)) as bench:
        frames = gather(bench)
        drawing = registered()["error_by_forecaster"].draw(
            {name: frames[name] for name in registered()["error_by_forecaster"].frames}, View(locale=locale)
        )
    assert "The Daily Count, Daily Ltd, CC BY 4.0" in drawing.caption
    assert not drawing.caption.startswith(("Source: PollBench", "Source\u00a0: PollBench"))


def test_a_chart_of_a_shipped_election_names_its_data_set(bench: Bench):
    contest = gather(bench)["contest"]
    assert set(contest.credit) == {""}
