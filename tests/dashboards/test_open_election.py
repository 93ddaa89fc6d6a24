"""The pages of an election to come, and its rehearsals, recomputed from the CSV without the package where they state a number."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import pollbench as pb
from pollbench.errors import UnknownName
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.of_chart import to_come
from pollbench_dashboards.pages.page import Pages, menu
from pollbench_dashboards.pages.rehearsal import ladders, night
from pollbench_dashboards.pages.scenario_chart import draw_standing
from pollbench_dashboards.pages.scenarios import (
    CHART,
    MOST_NAMES,
    chosen_scenarios,
    open_election,
    scenario_title,
    standings,
)
from pollbench_dashboards.pages.sentences import cite_cell
from pollbench_dashboards.site import _write_of_charts, write_open_pages

DATA = Path(str(resources.files("pollbench_datasets")))
LOCALES = ("en", "fr")


@pytest.fixture(scope="module")
def frames():
    with pb.load("fr-pres-2027") as bench:
        yield gather(bench)


@pytest.fixture(scope="module")
def site(frames, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("open")
    failed: dict[str, str] = {}
    write_open_pages(frames, folder, {locale: Pages(frames, folder, locale) for locale in LOCALES}, failed)
    assert not failed
    return folder


def text_of(site: Path, locale: str, name: str) -> str:
    path = site / ("" if locale == "en" else locale) / f"{name}.html"
    return html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))


def test_the_menu_has_these_pages_only_while_a_vote_is_to_come(frames, bench):
    assert {"open", "hand-in", "rehearsal"} <= set(menu(frames))
    assert not {"open", "hand-in", "rehearsal"} & set(menu(gather(bench)))
    assert open_election(bench) == ""


def test_the_first_scenario_is_the_one_that_stands_and_each_has_a_page_in_both_languages(frames, site):
    every = standings(frames)
    assert every[0].default
    assert every[0].scenario_id == frames.bench.scenarios[every[0].contest_id]
    for locale in LOCALES:
        folder = site / ("" if locale == "en" else locale)
        for standing in every:
            page = (folder / f"{standing.page}.html").read_text(encoding="utf-8")
            # Every other scenario is a plain link: the selector works without scripts.
            for other in every:
                link = f'href="{other.page}.html"'
                assert (link in page) is (other is not standing)
    for standing in every:
        if not standing.default:
            standing.frames.bench.close()


def test_scenarios_are_named_by_what_they_change(frames):
    words = Words("en")
    assert scenario_title(frames, "reference", words) == "the reference list"
    assert scenario_title(frames, "x-attal", words) == "the reference list with Attal"
    assert (
        scenario_title(frames, "x-attal--no-philippe", words)
        == "the reference list with Attal, without Philippe"
    )
    assert scenario_title(frames, "duel-attal-v-le-pen", words) == "Attal against Le Pen"


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text)]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_finding_is_the_mean_of_the_houses_last_polls(frames, site, locale):
    scenario = frames.bench.scenarios["fr-pres-2027-r1"]
    polls = pd.read_csv(DATA / "fr-pres-2027" / "forecasts.csv", dtype=str)
    polls = polls[(polls.scenario == scenario) & polls.survey.notna()].sort_values("measured_to")
    last = polls.drop_duplicates("forecaster_id", keep="last")
    figures = pd.read_csv(DATA / "fr-pres-2027" / "predictions.csv")
    figures = figures[figures.forecast_id.isin(last.forecast_id) & figures.flag.isna()]
    means = figures.groupby("candidate_id").value.mean().sort_values(ascending=False)
    key = "In the mean of the last polls of" if locale == "en" else "En moyenne des derniers sondages de"
    text = text_of(site, locale, "open")
    sentence = text[text.index(key) :].split("\n")[0]
    assert numbers(sentence)[:3] == [len(last), round(means.iloc[0], 1), round(means.iloc[1], 1)]
    assert "Le Pen" in sentence
    # A reader sees it in the first screen: after the day of the vote, before the choice of a line-up.
    assert text.index(Words(locale)("open.polls")) > text.index(sentence)
    assert text.count(sentence) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_the_days_are_counted_from_the_newest_figure_and_no_clock_is_read(site, locale):
    rows = pd.read_csv(DATA / "fr-pres-2027" / "forecasts.csv", dtype=str)
    markets = rows.forecaster_id.isin(["polymarket", "william-hill"])
    public = pd.to_datetime(rows.published_on.where(~markets, rows.measured_to), format="ISO8601")
    newest = max(
        public.max(), pd.to_datetime(rows.measured_to[rows.survey.notna()]).max() + pd.Timedelta(days=1)
    )
    days = (pd.Timestamp("2027-04-18") - newest).days
    assert f" {days} " in text_of(site, locale, "open")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_protocol_id_and_the_state_of_the_ledger_stand_on_every_page_of_the_vote(frames, site, locale):
    from pollbench.protocol.rules import load_protocol

    made = Pages(frames, site, locale)
    standing = standings(frames)[0]
    figure = draw_standing(standing, locale, site)
    written = [made.path(name) for name in ("open", "hand-in", "rehearsal", standing.page)]
    written += _write_of_charts(frames, made, {CHART: figure}, {})
    for name in ("forecasters", "method"):
        made.write(name, {})
        written.append(made.path(name))
    assert len(written) == 8
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert load_protocol("fr-pres-2027").protocol_id in text, path.name
        assert Words(locale)("protocol.draft") in text, path.name
        assert (
            Words(locale)("protocol.ledger", committed="0", sealed="0", revealed="0", collected="0") in text
        ), path.name
    assert "example-model,fr-pres-2027-r1" in text_of(site, locale, "hand-in")


def commands_of(site: Path, locale: str) -> list[str]:
    """The commands of the steps of handing in, as they stand on the page."""
    path = site / ("" if locale == "en" else locale) / "hand-in.html"
    steps = re.search(r'<ol class="steps">(.*?)</ol>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert steps
    return [html.unescape(found) for found in re.findall(r"<code>(.*?)</code>", steps[1], re.DOTALL)]


def test_a_stranger_who_follows_the_page_word_for_word_hands_in(site, tmp_path):
    commands = commands_of(site, "en")
    assert commands == commands_of(site, "fr")
    python = f'"{sys.executable}"'
    # The two programs that the page names, wherever they are installed.
    shell = f'pollbench() {{ {python} -m pollbench "$@"; }}\npython() {{ {python} "$@"; }}\nset -e\n'
    done = subprocess.run(
        ["/bin/bash", "-c", shell + "\n".join(commands)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Receipt 1 (open): example-model" in done.stdout
    assert "Receipt 2 (sealed): example-model" in done.stdout
    assert "opens receipt 2" in done.stdout
    assert "3 receipts" in done.stdout
    assert "all fits" in done.stdout


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_names_who_is_read_without_handing_in(site, locale):
    from pollbench.protocol.rules import load_protocol

    text = text_of(site, locale, "hand-in")
    for listed in load_protocol("fr-pres-2027").collected:
        assert listed.page in text
        assert listed.question in text


def test_no_protocol_stands_on_the_pages_of_votes_that_are_over(bench, tmp_path):
    Pages(gather(bench), tmp_path, "en").write("method", {})
    assert 'class="protocol"' not in (tmp_path / "method.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_rehearsals_stand_on_the_page_of_a_run_of_the_vote_to_come_alone(site, locale):
    text = text_of(site, locale, "rehearsal")
    # Both rounds of both elections, deadline by deadline, and the night of 2017.
    for year in ("2017", "2022"):
        assert text.count(year) >= 10
    days = "30 days before" if locale == "en" else "30 jours avant"
    assert text.count(days) == 2
    assert "66.10" in text.replace(",", ".")


def test_nothing_of_an_election_to_come_says_that_nothing_was_published(site):
    assert "No figure was published" not in text_of(site, "en", "open")
    assert "the vote is to come" in text_of(site, "en", "open")


def test_the_night_of_2017_is_told_with_the_interval_of_replays(bench):
    frames = gather(bench)
    told = night(frames, Words("en"))
    assert told is not None
    assert told["final"] == "In the end Macron has 66.10%."
    assert [row["may"] for row in told["rows"]][:5] == ["no"] * 5


def test_a_bench_without_a_vote_to_come_has_no_ladder(bench):
    assert ladders(gather(bench), Words("en")) == []


def test_a_settled_drawing_keeps_its_specification_under_another_name(frames):
    standing = standings(frames)[0]
    view = View(contest_id=standing.contest_id)
    settled = registered()[CHART].draw(standing.frames, view).settled()
    assert settled.named("other").specification == settled.specification
    assert settled.with_texts(title="Other").framed()["vconcat"][0]["vconcat"][0] == {
        key: value
        for key, value in settled.specification.items()
        if key not in ("$schema", "config", "datasets")
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_the_picture_has_its_size_and_shows_the_drawing_alone(frames, site, locale):
    figure = draw_standing(standings(frames)[0], locale, site)
    assert set(figure.stills) == {"wide", "narrow"}
    assert all(min(pixels) > 0 for pixels in figure.stills.values())
    for picture in (figure.picture, figure.narrow_picture):
        file, view = picture.split("#")
        assert f'<view id="{view}"' in (site / "charts" / file).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def line_ups(frames) -> dict[str, str]:
    """Scenario of every page -> the stem of the page of its chart."""
    shown = [scenario for _, scenario in chosen_scenarios(frames.bench)]
    assert len(shown) == 8
    return {
        scenario: "campaign-timeline-" + scenario.replace("+", "-").replace("_", "-") for scenario in shown
    }


def page_of(site: Path, locale: str, name: str) -> str:
    """A page as it is written."""
    return ((site if locale == "en" else site / locale) / f"{name}.html").read_text("utf-8")


def files_on(page: str) -> set[str]:
    """The files of charts that a page leads to."""
    return set(re.findall(r'href="(?:\.\./)?charts/([^"#]+)"', page))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_of_a_line_up_leads_to_the_page_of_its_chart_which_offers_every_file(site, line_ups, locale):
    endings = {"csv", "svg", "png", "pdf", "json", "mentions.csv"} | (
        {"excel.csv"} if locale == "fr" else set()
    )
    for scenario, slug in line_ups.items():
        page = page_of(site, locale, f"open-{scenario.replace('+', '_')}")
        assert f'href="chart-{slug}.html"' in page
        assert f'href="chart-{slug}.html#table"' in page
        stem = f"campaign_timeline-{scenario.replace('+', '_')}.{locale}"
        files = files_on(page_of(site, locale, f"chart-{slug}"))
        assert files == {f"{stem}.{ending}" for ending in endings}
        for file in files:
            assert (site / "charts" / file).stat().st_size > 500
        assert (site / "charts" / f"{stem}.png").read_bytes().startswith(b"\x89PNG")
        assert (site / "charts" / f"{stem}.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_chart_that_travels_alone_says_which_line_up_it_shows(frames, site, line_ups, locale):
    words = Words(locale)
    people = (
        pd.read_csv(DATA / "fr-pres-2027" / "scenarios.csv").set_index("scenario_id").candidates.str.split()
    )
    for scenario, slug in line_ups.items():
        title = words("open.line_up", scenario=scenario_title(frames, scenario, words))
        for name in (f"chart-{slug}", f"embed-{slug}"):
            page = html.unescape(page_of(site, locale, name))
            assert title in page
            beginning = words("open.on_the_list", names="").rstrip(".")
            assert (beginning in page) is (len(people[scenario]) > 2)
            if len(people[scenario]) > MOST_NAMES:
                listed = page.split(beginning)[1].split(".")[0]
                assert listed.count(",") == len(people[scenario]) - 2
        svg = (site / "charts" / f"campaign_timeline-{scenario.replace('+', '_')}.{locale}.svg").read_text(
            "utf-8"
        )
        assert title.split()[0] in svg


@pytest.mark.parametrize("locale", LOCALES)
def test_the_mentions_are_those_of_the_polls_drawn_and_the_table_has_no_blank_column(site, line_ups, locale):
    polls = pd.read_csv(DATA / "fr-pres-2027" / "forecasts.csv", dtype=str).dropna(subset="survey")
    for scenario, slug in line_ups.items():
        stem = f"campaign_timeline-{scenario.replace('+', '_')}.{locale}"
        table = pd.read_csv(site / "charts" / f"{stem}.csv")
        drawn = set(table.forecast_id) & set(polls.forecast_id)
        listed = pd.read_csv(site / "charts" / f"{stem}.mentions.csv")
        assert set(listed.forecast_id) == drawn
        assert set(polls.scenario[polls.forecast_id.isin(drawn)]) == {scenario}
        page = page_of(site, locale, f"chart-{slug}")
        assert 'class="mentions"' in page
        assert 'class="mentions"' in page_of(site, locale, f"embed-{slug}")
        body = page.split("<tbody>")[1].split("</tbody>")[0]
        rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", body)]
        assert len(rows) == min(200, len(table))
        assert all(any(column) for column in zip(*rows, strict=True))


def test_a_cell_of_the_chart_of_a_line_up_is_cited_as_its_page_has_it(frames, site, line_ups):
    for scenario in ("duel-attal-v-le-pen", "reference"):
        slug = line_ups[scenario]
        page = page_of(site, "fr", f"chart-{slug}")
        cell = re.search(r'id="table\.1\.forecast">(.*?)<', page)
        assert cell
        said = cite_cell(frames.bench, f"{slug}.table.1.forecast", "fr")
        assert cell[1] in said
        assert f"fr/chart-{slug}.html#table.1.forecast" in said
        assert f"pollbench cite chart:{slug}.table.1." in page
    with pytest.raises(UnknownName, match="campaign-timeline-nothing"):
        cite_cell(frames.bench, "campaign-timeline-nothing")


def test_a_chart_of_a_vote_to_come_says_so_beside_votes_that_are_over():
    contests = {"contest": pd.DataFrame({"contest_id": ["over", "next"], "scored": [True, False]})}

    def said(contest_id: str) -> bool:
        view = View(contest_id=contest_id)
        return to_come(contests, SimpleNamespace(wide=SimpleNamespace(view=view)))

    assert (said(""), said("over"), said("next")) == (False, False, True)
