"""Every chart has a page of its own, and a frame that fits into the page of another site."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.of_chart import ROWS, readable, tips_of

SLUGS = [name.replace("_", "-") for name in sorted(registered())]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_chart_has_its_page_and_every_link_on_it_leads_somewhere(site: Path, locale: str) -> None:
    folder = site if locale == "en" else site / locale
    for slug in SLUGS:
        for kind in ("chart", "embed"):
            path = folder / f"{kind}-{slug}.html"
            html = path.read_text("utf-8")
            for address in re.findall(r' (?:href|src)="([^"#]+)', html):
                assert address.startswith("http") or (path.parent / address).is_file(), (path.name, address)


#: Headings of tooltips whose values the table has under another one, which says more: what remains plain and adapted.
SAID_OTHERWISE = {"defence_value": {"points qui restent"}}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_pointer_would_show_stands_in_a_table_that_a_keyboard_reaches(site: Path, slug: str) -> None:
    name = slug.replace("-", "_")
    tips = tips_of(json.loads((site / "charts" / f"{name}.fr.json").read_text("utf-8")))
    html = (site / "fr" / f"chart-{slug}.html").read_text("utf-8")
    heads = {unescape(head) for head in re.findall(r'<th scope="col">(.*?)</th>', html)}
    # Sources stand below the table as links.
    missing = set(tips.values()) - heads - {"Source"} - SAID_OTHERWISE.get(name, set())
    assert missing == set()
    region = re.search(r'<div class="scroll" tabindex="0" role="region" aria-labelledby="table">', html)
    assert region is not None
    assert 'id="table"' in html


@pytest.mark.parametrize("page", ["accuracy", "bias", "time", "manipulation"])
def test_every_drawing_of_a_page_leads_to_its_table(site: Path, page: str) -> None:
    html = (site / "fr" / f"{page}.html").read_text("utf-8")
    drawn = re.findall(r'<figure id="(\w+)">(.*?)</figure>', html, flags=re.S)
    assert drawn
    for name, figure in drawn:
        assert f'href="chart-{name.replace("_", "-")}.html#table"' in figure


def test_the_table_holds_the_rows_of_the_file(site: Path) -> None:
    html = (site / "fr" / "chart-error-by-forecaster.html").read_text("utf-8")
    with (site / "charts" / "error_by_forecaster.fr.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    shown = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", body)]
    assert len(shown) == min(ROWS, len(rows))
    assert unescape(shown[0][0]) == rows[0]["name"]
    assert "0,07" in shown[0]
    # What a figure claims to be stands there in words, once, and not as the code of the data.
    assert shown[0].count("part des voix") == 1
    assert "vote_share" not in shown[0]


def test_a_chart_can_be_cited_with_its_policy_and_revision(site: Path) -> None:
    html = (site / "chart-error-by-forecaster.html").read_text("utf-8")
    cited = html.split('class="citation">')[1].split("</p>")[0]
    with (site / "charts" / "error_by_forecaster.en.csv").open(encoding="utf-8", newline="") as file:
        policy = next(csv.DictReader(file))["policy_id"]
    assert policy in cited
    assert "fr-pres-2017" in cited
    data = json.loads(html.split('application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Dataset"
    assert all((site / each["contentUrl"]).is_file() for each in data["distribution"])


def test_figures_lead_to_their_pages(site: Path) -> None:
    html = (site / "accuracy.html").read_text("utf-8")
    assert 'href="chart-error-by-forecaster.html"' in html


def test_polls_in_a_frame_have_their_mentions(site: Path) -> None:
    html = (site / "fr" / "embed-error-by-forecaster.html").read_text("utf-8")
    assert "BFM TV" in html.split('<details class="mentions">')[1]


@pytest.mark.parametrize("name", ["chance_beside_error", "claims_board"])
def test_names_and_sentences_of_a_french_table_are_not_marked_as_english(frames: Gathered, name: str) -> None:
    drawing = registered()[name].draw(frames, View(locale="fr"))
    _, rows = readable(drawing.data, Words("fr"), tips_of(drawing.bare()))
    cells = [text for row in rows for _, text in row]
    assert any(" " in text for text in cells)
    assert not [text for text in cells if 'lang="en"' in text]


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_table_for_readers_holds_words_and_no_codes(site: Path, slug: str, locale: str) -> None:
    html = ((site if locale == "en" else site / locale) / f"chart-{slug}.html").read_text("utf-8")
    table = html[html.index('id="table"') :].split("</table>")[0]
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", table)]
    assert [cell for cell in cells if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", cell)] == []
    assert [cell for cell in cells if "le-pen" in cell] == []
    heads = re.findall(r'<th scope="col">(.*?)</th>', table)
    assert len(heads) == len(set(heads))
