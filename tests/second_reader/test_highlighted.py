"""The title of a chart with chosen forecasters: values and ranks, recomputed from the shipped CSV."""

from __future__ import annotations

import pytest
import recomputed as again
import recomputed_time as time
from parsing import numbers

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered


@pytest.fixture(scope="module")
def frames(bench) -> Gathered:
    return gather(bench)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_title_is_about_those_who_are_highlighted(frames: Gathered, locale: str) -> None:
    board = again.errors(again.FIRST, 4).set_index("forecaster_id").mae
    ranks = board.round(9).rank(method="min")

    def title(name: str, *chosen: str) -> str:
        return registered()[name].draw(frames, View(locale=locale, highlight=chosen)).title

    for name in ("error_by_forecaster", "forecast_against_result", "chance_beside_error"):
        said = title(name, "filteris")
        assert "Filteris" in said
        expected = [round(board["filteris"], 1), ranks["filteris"], len(board)]
        assert numbers(said, locale) == pytest.approx(expected, abs=0.051)
        said = title(name, "filteris", "elabe", "bva")
        chosen = board[["elabe", "bva", "filteris"]]
        assert numbers(said, locale) == pytest.approx([*chosen, len(board)], abs=0.051)
        assert said.index("Elabe") < said.index("BVA") < said.index("Filteris")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_house_is_said_to_lie_as_far_from_the_others_as_its_effects_do_on_average(
    frames: Gathered, locale: str
) -> None:
    effects = time.house_effects()
    apart = effects.effect.abs().groupby(effects.house).mean()
    ranks = apart.rank(ascending=False)
    kind = registered()["house_effects"]
    drawing = kind.draw(frames, View(locale=locale, highlight=("elabe",)))
    assert "Elabe" in drawing.title
    expected = [apart["elabe"], ranks["elabe"], len(apart)]
    assert numbers(drawing.title, locale) == pytest.approx(expected, abs=0.051)
    # The rows stand in that order.
    first = drawing.data[drawing.data.candidate_id == "macron"]
    assert list(first.house) == list(apart.sort_values(ascending=False).index)


def test_without_a_value_the_finding_stays(frames: Gathered) -> None:
    kind = registered()["error_by_forecaster"]
    # Published nothing that is compared: nothing can be said of it.
    assert kind.draw(frames, View(highlight=("vigiglobe",))).title == kind.draw(frames).title
