"""Every chart and page of every election alone: few polls, none, no panels, no buzz, one candidate."""

from __future__ import annotations

import pytest

from pollbench.data.elections import shipped_elections
from pollbench.data.store import load
from pollbench_dashboards.charts import registered
from pollbench_dashboards.frames import gather
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import answers
from pollbench_dashboards.pages.content import page_content
from pollbench_dashboards.pages.export import to_json
from tests_support import small_election

SMALL = {"one-candidate": {"candidates": 1}, "no-forecast": {"forecasts": False}}
#: Of these whole runs draw every chart and page, in test_run.py, and no chart may fail.
RUN_ALONE = {"fr-pres-2017", "fr-primary-left-2017"}


@pytest.mark.parametrize(
    "election", [*(name for name in shipped_elections() if name not in RUN_ALONE), *SMALL]
)
def test_every_chart_can_be_drawn_of_an_election_alone(election, tmp_path):
    place = small_election(tmp_path, **SMALL[election]) if election in SMALL else election
    words = Words("en")
    with load(place) as bench:
        frames = gather(bench)
        for name, kind in registered().items():
            drawing = kind.draw(frames)
            # Specifications are strict JSON, without NaN.
            assert len(to_json(drawing)) > 300, name
            assert drawing.title, name
        assert len(answers(frames, words)) == 4
        for page in ("forecasters", "measures", "data", "method"):
            page_content(page, frames, {}, words)
