"""What readers can move: every step says what is in the data, and every state can be cited."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from pollbench.data.bench import Bench
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import Drawing, View
from pollbench_dashboards.frames.gathered import Gathered

LIVE = sorted(name for name, kind in registered().items() if kind.live)
Draw = Callable[..., Drawing]


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_live_chart_has_steps_that_can_be_distinguished(drawn: Draw, name: str, locale: str) -> None:
    control = drawn(name, locale).control
    assert control is not None
    for key in ("value", "address", "label"):
        assert len({step[key] for step in control.steps}) == len(control.steps)
    assert all(len(step["sentence"]) > 20 for step in control.steps)
    values = {step["value"] for step in control.steps}
    parameters = {each["name"]: each["value"] for each in drawn(name, locale).bare()["params"]}
    # The picture shows the step at which the control starts.
    assert parameters[control.signal] == control.steps[control.start]["value"]
    assert control.ticks
    # The ends of what is moved are marked, each mark at the step that it names.
    assert [control.marks[0][0], control.marks[-1][0]] == [0, len(control.steps) - 1]
    assert all(label in control.steps[at]["label"] or name == "closest_by_day" for at, label in control.marks)
    assert all(min(values) <= tick["value"] <= max(values) for tick in control.ticks)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_title_follows_the_accounts_and_opens_at_those_of_the_chart(drawn: Draw, locale: str) -> None:
    drawing = drawn("live_accounts", locale)
    assert drawing.control is not None
    steps = drawing.control.steps
    assert steps[drawing.control.start]["title"] == drawing.title
    assert drawing.alternative.startswith(drawing.title)
    assert len({step["title"] for step in steps}) == len(steps)


def test_rows_change_places_with_the_errors_and_ghosts_stay(drawn: Draw) -> None:
    drawing = drawn("live_accounts")
    for panel, field, order in zip(
        drawing.bare()["vconcat"], ("figure", "mae"), ("descending", "ascending"), strict=True
    ):
        sorts = [layer["encoding"]["y"]["sort"] for layer in panel["layer"]]
        assert sorts == [{"field": field, "op": "min", "order": order}] * len(sorts)
        ticks = [layer for layer in panel["layer"] if layer["mark"]["type"] == "tick"]
        published = "figure_pct" if field == "figure" else "before"
        assert [layer["encoding"]["x"]["field"] for layer in ticks] == [published]


def test_days_follow_each_other_and_end_with_the_vote(drawn: Draw) -> None:
    control = drawn("closest_by_day").control
    assert control is not None
    days = [date.fromisoformat(step["address"]) for step in control.steps]
    assert days == sorted(days)
    assert days[-1] == date(2017, 4, 23)
    assert control.start == len(days) - 1
    assert [(days[-1] - day).days for day in days] == [step["value"] for step in control.steps]


@pytest.mark.parametrize("day", [date(2017, 2, 13), date(2017, 3, 20), date(2017, 4, 10), date(2017, 4, 22)])
def test_the_sentence_of_a_day_recomputed(bench: Bench, frames: Gathered, drawn: Draw, day: date) -> None:
    """By another way: the last figures of each forecaster on that day, from the database."""
    figures = bench.frame(
        """
        WITH figure AS (
          SELECT f.forecaster_id, f.forecast_id, f.name, f.public_on, f.release, count(*) AS named,
            avg(abs(p.value::DOUBLE - o.share_pct)) AS distance
          FROM forecast_day f JOIN prediction p USING (forecast_id) JOIN oracle o USING (contest_id, candidate_id)
          WHERE f.contest_id = 'fr-pres-2017-r1' AND NOT f.recalled AND f.condition IS NULL
            AND f.quantity IN ('vote_share', 'digital_share') AND f.status <> 'index'
            AND (f.lineup IS NULL OR f.lineup IN ('final', 'near-final'))
            AND p.candidate_id IN ('macron', 'le-pen', 'fillon', 'melenchon')
            AND f.public_on <= $day AND f.public_on >= $day - INTERVAL 21 DAY
          GROUP BY ALL
        )
        SELECT * FROM figure WHERE named = 4
        QUALIFY row_number() OVER (PARTITION BY forecaster_id ORDER BY public_on DESC, release DESC, forecast_id DESC) = 1
        ORDER BY distance
        """,
        {"day": day},
    )
    control = drawn("closest_by_day").control
    assert control is not None
    step = next(each for each in control.steps if each["address"] == day.isoformat())
    best = figures.iloc[0]
    level = figures["name"][figures.distance <= best.distance + 1e-9]
    assert any(step["sentence"].startswith(each.split(" (")[0]) for each in level) or len(figures) == 1
    assert ("as close, to two decimals" in step["sentence"]) == (len(level) > 1)
    assert f"{best.distance:.1f} points from the result" in step["sentence"]
    if len(figures) == 1:
        assert step["sentence"].startswith("Only ")
    else:
        assert f"closest of {len(figures)}," in step["sentence"]


def test_a_day_in_view_is_the_one_that_is_shown(frames: Gathered) -> None:
    drawing = registered()["closest_by_day"].draw(frames, View(day=date(2017, 3, 20)))
    assert drawing.control is not None
    assert drawing.control.steps[drawing.control.start]["address"] == "2017-03-20"
    assert [each["value"] for each in drawing.bare()["params"]] == [34]
    assert re.search(r"was the closest of \d+", drawing.alternative)
