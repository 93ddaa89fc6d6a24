"""Charts and pages of an election without a vote yet, or without a vote in the run-off."""

from __future__ import annotations

import pytest

from pollbench.data.store import load
from pollbench_dashboards.charts import named, registered
from pollbench_dashboards.charts.campaign_timeline import finding
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.answers import answers
from tests_support import copy_of, without_results

#: What is set beside a result.
JUDGED = {
    "forecast_against_result",
    "error_by_forecaster",
    "chance_beside_error",
    "five_elections",
    "second_round",
    "effective_sample",
    "bias_heat_map",
    "distance_by_day",
    "closest_by_day",
    "live_accounts",
    "robust_rank",
    "transfer_matrix",
}


@pytest.fixture(scope="module")
def unvoted(tmp_path_factory):
    folder = without_results(copy_of("fr-pres-2017", tmp_path_factory.mktemp("unvoted")))
    with load(folder) as bench:
        yield gather(bench)


@pytest.fixture(scope="module")
def between(tmp_path_factory):
    folder = copy_of("fr-pres-2017", tmp_path_factory.mktemp("between"))
    with load(without_results(folder, "fr-pres-2017-r2")) as bench:
        yield gather(bench)


@pytest.mark.parametrize("name", registered())
def test_a_chart_shows_what_needs_no_result_or_says_that_nobody_has_voted(unvoted, name):
    drawing = named(name).draw(unvoted)
    drawing.framed()
    said = Words("en")("nothing.open")
    assert (drawing.title == said) == (name in JUDGED)
    if name not in JUDGED:
        assert len(drawing.data) > 3
        assert "result" not in drawing.subtitle


def test_the_campaign_shows_the_main_candidates_in_the_order_of_the_last_polls(unvoted):
    drawing = named("campaign_timeline").draw(unvoted)
    assert list(dict.fromkeys(drawing.data.panel)) == ["Macron", "Le Pen", "Fillon", "Mélenchon"]
    assert drawing.title == "Le Pen was in front in 85 of 133 polls since 24 February 2017"


def test_one_who_led_everywhere_led_in_all_polls(unvoted):
    table = named("campaign_timeline").draw(unvoted).data
    polls = table[(table.family == "poll") & table.forecast.notna()]
    led = polls[polls.forecast >= polls.groupby("forecast_id").forecast.transform("max")]
    led = led[led.candidate == "Le Pen"].forecast_id
    title, _ = finding(table[table.forecast_id.isin(led)], Words("en"))
    assert title == f"Le Pen was in front in all {led.nunique()} polls since 24 February 2017"


def test_the_push_is_for_the_first_who_would_not_advance(unvoted):
    assert unvoted["target"].target.item() == "fillon"


def test_claims_have_no_verdict_and_probabilities_no_outcome(unvoted):
    claims = named("claims_board").draw(unvoted)
    assert set(claims.data.verdict) == {"open"}
    assert claims.title == "34 things were announced; nobody has voted yet"
    probabilities = named("probabilities_by_date").draw(unvoted, View(locale="fr"))
    assert probabilities.data.occurred.isna().all()
    assert "personne n’a encore voté" in probabilities.title
    assert "Victoire de Macron" in set(probabilities.data.event)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_answers_say_that_the_vote_is_to_come(unvoted, locale):
    words = Words(locale)
    assert answers(unvoted, words)["right"].answer == words("answer.open")


def test_between_the_rounds_the_first_is_judged_and_the_second_waits(between):
    claims = named("claims_board").draw(between).data
    assert set(claims[claims.contest_id == "fr-pres-2017-r1"].verdict) == {
        "true",
        "partly",
        "false",
        "unverifiable",
    }
    assert set(claims[claims.contest_id == "fr-pres-2017-r2"].verdict) == {"open"}
    assert named("error_by_forecaster").draw(between).data.shape[0] > 10
    assert named("second_round").draw(between).title == Words("en")("nothing.open")
