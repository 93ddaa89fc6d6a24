"""Pages and timelines of an election to come: taken while the data stay; a timeline also when another round changes."""

from __future__ import annotations

import gc

import pytest

from pollbench import cache
from pollbench.data.store import load
from pollbench.registry import only_ours
from pollbench_dashboards.drawing.chart import ChartKind
from pollbench_dashboards.frames import gather
from pollbench_dashboards.pages import scenarios
from pollbench_dashboards.pages.page import Pages
from pollbench_dashboards.site import write_open_pages
from tests_support import copy_of, replace_once

ELECTION = "fr-pres-2027"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes the pages of the line-ups that stand: their bytes by name, the pages made, and the rounds drawn."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    gc.collect()
    assert only_ours()
    own = copy_of(ELECTION, tmp_path)
    made, drawn = [], []
    make, draw, every = Pages._made, ChartKind.draw, scenarios.standings
    monkeypatch.setattr(
        Pages, "_made", lambda pages, name, *given: made.append(name) or make(pages, name, *given)
    )
    monkeypatch.setattr(
        ChartKind,
        "draw",
        lambda kind, frames, view: drawn.append(view.contest_id) or draw(kind, frames, view),
    )
    monkeypatch.setattr(scenarios, "standings", lambda frames: [one for one in every(frames) if one.default])

    def write():
        made.clear()
        drawn.clear()
        with load(own) as bench:
            folder = tmp_path / "site"
            frames = gather(bench)
            failed: dict[str, str] = {}
            paths = write_open_pages(frames, folder, {"en": Pages(frames, folder, "en")}, failed)
        assert not failed
        return {path.stem: path.read_bytes() for path in paths}, set(made), set(drawn)

    return own, write


def test_pages_of_scenarios_are_taken_again_and_made_after_a_poll_of_which_only_its_round_is_drawn(written):
    own, write = written
    first, made, drawn = write()
    rounds = {f"{ELECTION}-r1", f"{ELECTION}-r2"}
    assert drawn == rounds
    assert made == set(first)
    charts = {name for name in first if name.startswith(("chart-", "embed-"))}
    assert len(charts) == 4
    assert {name for name in made if name.startswith("open")} > {"open"}
    assert write() == (first, set(), set())
    with load(own) as bench:
        line_up = bench.scenarios[f"{ELECTION}-r1"]
        newest = bench.frame(
            "SELECT p.forecast_id || ',' || p.candidate_id || ',' AS start, p.value::DOUBLE AS value FROM prediction p "
            "JOIN forecast f USING (forecast_id) WHERE f.scenario = ? AND p.value > 5 ORDER BY f.measured_to DESC, start LIMIT 1",
            [line_up],
        ).iloc[0]
    lines = (own / "predictions.csv").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if line.startswith(newest.start))
    replace_once(
        own / "predictions.csv",
        line,
        ",".join([*line.split(",")[:2], f"{newest.value - 1:.1f}", *line.split(",")[3:]]),
    )
    after, made, drawn = write()
    assert drawn == {f"{ELECTION}-r1"}
    assert {name for name in after if after[name] != first[name]} <= made
    assert after["open"] != first["open"]
    # The page and the frame of the chart of that round alone.
    assert {name.partition("-")[0] for name in made & charts} == {"chart", "embed"}
    assert len(made & charts) == 2
