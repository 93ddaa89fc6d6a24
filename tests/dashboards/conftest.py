"""Frames of the election of 2017, gathered once, the frames of corner cases, and one site for all page tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from pollbench.data.bench import Bench
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import WIDE, Drawing, View
from pollbench_dashboards.drawing.schema import unchecked
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import votes
from pollbench_dashboards.pages.page import Pages

Frames = dict[str, pd.DataFrame]
#: The tests of the charts themselves, and of the verb that draws them: every mark is held to Altair's schema, as nothing is
#: that a site draws.
HELD_TO_THE_SCHEMA = (
    "test_chart_verb.py",
    "test_charts.py",
    "test_each_election.py",
    "test_golden.py",
    "test_newsroom.py",
    "test_specification.py",
)


@pytest.fixture(scope="module", autouse=True)
def _as_a_site_draws(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.path.name in HELD_TO_THE_SCHEMA:
        yield
    else:
        with unchecked():
            yield


@pytest.fixture(scope="session")
def frames(bench: Bench) -> Gathered:
    return gather(bench)


@pytest.fixture(scope="session")
def drawn(frames: Gathered) -> Callable[..., Drawing]:
    """Draw a chart of the election of 2017, each view once for all tests."""

    @cache
    def draw(name: str, locale: str = "en", width: int = WIDE) -> Drawing:
        return registered()[name].draw(frames, View(locale=locale, width=width))

    return draw


@pytest.fixture(scope="session")
def changed(frames: Gathered) -> Callable[[Callable[[pd.DataFrame], pd.DataFrame]], Frames]:
    """All frames, those about forecasters changed by a function."""

    def change(function: Callable[[pd.DataFrame], pd.DataFrame]) -> Frames:
        return {
            name: function(table) if "forecaster_id" in table and name != "forecaster" else table
            for name, table in frames.items()
        }

    return change


@pytest.fixture(scope="session")
def site(finished_run: Path) -> Path:
    """The site of the election of 2017."""
    return finished_run / "site"


@pytest.fixture(scope="session")
def of_all_votes(all_elections: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that only a site of several elections has, in French."""
    folder = tmp_path_factory.mktemp("site")
    frames = gather(all_elections)
    pages, words = Pages(frames, folder, "fr"), Words("fr")
    pages.write("index", {})
    pages.write("votes", {})
    for contest in votes.voted(frames):
        if votes.template_of(frames, contest) == "uncompared":
            content = votes.content(frames, contest, words)
            pages.write(votes.page_of(contest), {}, template="uncompared", **content)
    return folder / "fr"
