"""Pages of rounds and houses: every round has one, the numbers are those of the tables, every number has an address."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from pollbench.data.bench import Bench
from pollbench_dashboards.charts import named
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import houses, votes
from pollbench_dashboards.pages.menu import ALONE, GROUPS, grouped
from pollbench_dashboards.pages.page import menu


@pytest.fixture(scope="module")
def every(all_elections: Bench) -> Gathered:
    return gather(all_elections)


def test_every_round_has_a_page_and_the_switch_leads_there(every: Gathered) -> None:
    rounds = [each for election in votes.switch(every, Words("fr")) for each in election["rounds"]]
    pages = {each["id"]: each["page"] for each in rounds}
    assert set(pages) == set(every["contest"].contest_id)
    voted = votes.voted(every)
    assert {contest for contest in voted if "primary" in contest}
    assert {pages[contest] for contest in voted} == {votes.page_of(contest) for contest in voted}
    # Votes to come lead to the page of the vote to come.
    assert {page for contest, page in pages.items() if contest not in voted} == {"open"}


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_round_without_a_figure_to_compare_shows_what_was_published_and_why(
    every: Gathered, locale: str
) -> None:
    candidates = every["candidate"]
    for contest in votes.voted(every):
        if votes.template_of(every, contest) == "vote":
            continue
        content = votes.content(every, contest, Words(locale))
        assert sum(share for _, _, share in content["results"]) == pytest.approx(100)
        assert len(content["results"]) == (candidates.contest_id == contest).sum()
        forecasts = every.bench.table("forecast").query("contest_id == @contest")
        assert {row["id"] for row in content["rows"]} == set(forecasts.forecast_id)
        assert all(row["reason"] for row in content["rows"])
        assert len(content["claims"]) == (every["claim"].contest_id == contest).sum()


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_round_shows_every_last_figure_with_its_error_and_mentions(every: Gathered, locale: str) -> None:
    content = votes.content(every, "fr-pres-2022-r1", Words(locale))
    board = every["board"].query("contest_id == 'fr-pres-2022-r1'").set_index("forecast_id")
    assert {row["id"] for row in content["rows"]} == set(board.index)
    for row in content["rows"]:
        assert row["error"] == pytest.approx(board.value[row["id"]])
    assert [row["error"] for row in content["rows"]] == sorted(row["error"] for row in content["rows"])
    assert content["mentions"].polls == int((board.kind == "quota_poll").sum())


def test_a_figure_is_coloured_by_its_error_and_a_bar_stands_before_chance(every: Gathered) -> None:
    """By hand: Odoxa had Macron 28.0 and Mélenchon 16.0 in 2022; they got 27.85 and 21.95."""
    content = votes.content(every, "fr-pres-2022-r1", Words("en"))
    rows = {row["id"].split("-2022")[0]: row for row in content["rows"]}
    shown = {figure["candidate"]: figure for figure in rows["odoxa"]["figures"]}
    assert (shown["macron"]["side"], shown["macron"]["strength"]) == ("above", 0.03)
    assert (shown["melenchon"]["side"], shown["melenchon"]["strength"]) == ("below", 1.0)
    # As printed equal to the result: neither side.
    atlas = {figure["candidate"]: figure for figure in rows["atlasintel"]["figures"]}
    assert (round(atlas["macron"]["share"], 1), atlas["macron"]["side"]) == (27.8, "")
    # 0.32 to 1.21 points of a longest bar of 7.34.
    start, width = rows["odoxa"]["chance"]
    assert (start, width) == pytest.approx((100 * 0.32 / 7.34, 100 * 0.89 / 7.34), abs=0.2)
    assert rows["qotmii"]["chance"] is None
    assert max(row["width"] for row in content["rows"]) == 100


def test_the_charts_that_a_round_offers_are_charts() -> None:
    assert {named(name).pooled for name in votes.CHARTS_TO_DRAW} == {False}


def test_a_house_is_counted_over_all_votes(every: Gathered) -> None:
    row = next(row for row in houses.houses(every, Words("en")) if row["house"] == "ifop")
    errors = every["last_error"]
    own = errors[errors.house == "ifop"]
    assert row["contests"] == own.contest_id.nunique()
    assert row["mae"] == pytest.approx(own.mae.mean())
    middle = errors[errors.family == "poll"]
    middle = middle[middle.kind != "poll_average"].groupby("contest_id").mae.median()
    assert row["excess"] == pytest.approx((own.mae - own.contest_id.map(middle)).mean())


def test_what_is_disclosed_is_a_share_of_releases() -> None:
    table = pd.DataFrame({name: [1, None] for name in houses.DISCLOSED})
    assert set(houses.disclosed(table).values()) == {50.0}


def test_every_number_of_a_round_has_an_address(site: Path, bench: Bench) -> None:
    text = unescape((site / "vote-fr-pres-2017-r1.html").read_text("utf-8"))
    assert re.search(r'id="filteris-2017-04-21-b:mae" data-value="2\.1[45]', text)
    assert 'id="filteris-2017-04-21-b:macron"' in text


def test_every_page_stands_in_one_group_of_the_menu(every: Gathered) -> None:
    pages = menu(every)
    grown = [page for _, names in grouped(pages) for page in names]
    assert sorted([pages[0], *ALONE, *grown]) == sorted(pages)
    assert {group for group, _ in grouped(pages)} == set(GROUPS)


@pytest.mark.parametrize("contest", ["fr-pres-2017-r1", "fr-pres-2017-r2"])
def test_a_round_shows_who_led_with_the_mentions_of_every_poll_drawn(site: Path, contest: str) -> None:
    page = (site / "fr" / f"vote-{contest}.html").read_text("utf-8")
    (figure,) = re.findall(r'<figure id="first_minus_second-[^"]*">(.*?)</figure>', page, flags=re.S)
    pictures = re.findall(r'(?:srcset|src)="([^"#]+\.svg)', figure)
    assert len(pictures) == 2
    assert all((site / "fr" / name).is_file() for name in pictures)
    drawn = pd.read_csv(site / "charts" / f"first_minus_second-{contest}.fr.csv")
    polls = drawn[drawn.family == "poll"]
    assert len(polls) > 10
    listed = re.findall(r"pour les (\d+) sondages montrés", page)
    # Those of the table are among those of the picture.
    assert {int(number) for number in listed} == {polls.forecast_id.nunique()}
