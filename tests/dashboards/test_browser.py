"""The site in a browser without a network: every chart drawn, nothing complained of, the control moved, axe satisfied."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.pages.html import standalone
from pollbench_dashboards.pages.page import PAGES

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PLACES = "[...document.querySelectorAll('[data-chart=live_accounts] svg path')].map(p => p.getAttribute('transform')).join()"
DRAWN = "document.documentElement.dataset.ready === 'yes' || !document.getElementById('specifications')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Opened:
    """A page from disk with the network off, and all it complained of or asked for."""

    def __init__(
        self, browser: Any, path: Path, *, width: int = 1280, anchor: str = "", **options: Any
    ) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + anchor)

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws_all_its_charts_and_asks_for_nothing(browser: Any, site: Path, name: str) -> None:
    with Opened(browser, site / f"{name}.html") as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        assert opened.complaints == []
        assert all(address.startswith("file:") for address in opened.requests)
        figures = opened.page.locator(".drawing")
        assert opened.page.locator(".drawing.drawn .live svg").count() == figures.count()
        marks = opened.page.evaluate(
            "[...document.querySelectorAll('.drawing .live svg')].map(s => s.querySelectorAll('path,text,line,rect').length)"
        )
        assert all(count > 10 for count in marks)


@pytest.mark.parametrize("name", ["index", "overview", "manipulation", "measures", "data"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1600, "light")])
def test_axe_finds_no_violation(browser: Any, site: Path, name: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with Opened(browser, site / "fr" / f"{name}.html", width=width, color_scheme=scheme) as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        violations = Axe().run(opened.page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in violations] == []


def test_the_menu_leaves_the_first_screen_of_a_phone_to_the_answer(browser: Any, site: Path) -> None:
    for folder in (site, site / "fr"):
        with Opened(browser, folder / "votes.html", width=360) as opened:
            assert opened.page.locator("header.site").bounding_box()["height"] < 90
            # Its groups open over the page, across its width, whatever the line they stand in.
            opened.page.locator("header.site summary").last.click()
            opened.page.locator("header.site details[open] a").last.wait_for(state="visible")
            assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360


SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(each => { if (!each.hadRecentInput) sum += each.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_while_a_page_is_drawn(browser: Any, site: Path, width: int) -> None:
    # Above the releases of the record a search and lists stand that only scripts use: narrow, they take most room.
    for name in ("index", "overview", "accuracy", *(("record-releases",) if width == 360 else ())):
        with Opened(browser, site / "fr" / f"{name}.html", width=width) as opened:
            opened.page.wait_for_function(DRAWN, timeout=60_000)
            assert opened.page.evaluate(SHIFTS) < 0.02, name


def test_the_number_of_accounts_moves_figures_words_and_address(browser: Any, site: Path) -> None:
    with Opened(browser, site / "manipulation.html") as opened:
        page = opened.page
        page.wait_for_function(DRAWN, timeout=60_000)
        slider = page.locator("input[type=range]")
        # It opens at the accounts of the title; without any, the figures are those that were published.
        assert page.locator(".control output").inner_text() == "1,000 accounts"
        slider.focus()
        page.keyboard.press("Home")
        assert page.locator(".control output").inner_text() == "0 accounts"
        assert "accounts=0" in page.url
        title = page.locator("#live_accounts [data-title-of]")
        assert title.inner_text().startswith("With no accounts added")
        before = page.locator(".control .sentence").inner_text()
        page.evaluate("window.pollbench.views.live_accounts.view.runAsync().then(() => true)")
        places = page.evaluate(PLACES)
        for _ in range(17):
            page.keyboard.press("ArrowRight")
        assert page.locator(".control output").inner_text() == "1,000 accounts"
        assert page.locator(".control .sentence").inner_text() != before
        assert "accounts=1000" in page.url
        assert title.inner_text().startswith("1,000 accounts for Fillon would move Gov")
        described = page.locator("[data-chart=live_accounts] .live").get_attribute("aria-label")
        assert described.startswith(title.inner_text())
        assert page.evaluate("window.pollbench.views.live_accounts.view.signal('accounts')") == 1000
        page.evaluate("window.pollbench.views.live_accounts.view.runAsync().then(() => true)")
        assert page.evaluate(PLACES) != places
        gov = re.search(r"Gov ([\d.]+)% \(\+([\d.]+)\)", page.locator(".control .sentence").inner_text())
        assert gov is not None
        assert 3 < float(gov.group(2)) < 9
        # On paper stands the picture of the start, and its title with it.
        page.keyboard.press("End")
        assert title.inner_text().startswith("100,000 accounts")
        for media, accounts in (("print", "1,000"), ("screen", "100,000")):
            page.emulate_media(media=media)
            page.wait_for_function(
                "start => document.querySelector('#live_accounts [data-title-of]').textContent.startsWith(start)",
                arg=f"{accounts} accounts",
            )
        assert opened.complaints == []


def test_the_address_brings_the_state_back(browser: Any, site: Path) -> None:
    with Opened(browser, site / "fr" / "manipulation.html", anchor="#accounts=10000") as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        assert opened.page.locator(".control output").inner_text() == "10\u202f000 comptes"
        assert opened.page.evaluate("window.pollbench.views.live_accounts.view.signal('accounts')") == 10000


def test_the_address_brings_the_day_back(browser: Any, site: Path) -> None:
    with Opened(browser, site / "fr" / "time.html", anchor="#day=2017-03-20") as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        assert opened.page.locator(".control output").inner_text() == "20\xa0mars 2017"
        assert opened.page.evaluate("window.pollbench.views.closest_by_day.view.signal('day')") == 34
        # A day without figures is read as the nearest one that has some; what is no day is not read.
        opened.page.evaluate("window.location.hash = '#day=2001-01-01'")
        opened.page.wait_for_function(
            "document.querySelector('.control output').textContent.includes('février')"
        )
        opened.page.evaluate("window.location.hash = '#day=soon'")
        assert opened.page.locator(".control output").inner_text() == "13\xa0février 2017"
        assert opened.complaints == []


def test_the_day_moves_words_figures_and_address(browser: Any, site: Path, frames: Gathered) -> None:
    days = frames["closest_day"].set_index("days_before")
    with Opened(browser, site / "time.html") as opened:
        page = opened.page
        page.wait_for_function(DRAWN, timeout=60_000)
        sentence = page.locator(".control .sentence")
        assert sentence.get_attribute("aria-live") == "polite"
        assert page.locator(".control output").inner_text() == "23 April 2017"
        assert sentence.inner_text().startswith("Elabe was the closest of 16, 0.1 points from the result")
        slider = page.locator("input[type=range]")
        slider.focus()
        for _ in range(6):
            page.keyboard.press("ArrowLeft")
        assert page.locator(".control output").inner_text() == "17 April 2017"
        row = days.loc[6]
        assert sentence.inner_text().startswith(
            f"{row['name']} was the closest of {row.forecasters}, {row.distance:.1f} points from the result"
        )
        assert "17 April 2017" in slider.get_attribute("aria-valuetext")
        assert page.url.endswith("#day=2017-04-17")
        page.evaluate("window.pollbench.views.closest_by_day.view.runAsync().then(() => true)")
        shown = page.locator(
            "[data-chart=closest_by_day] svg text", has_text="17 Apr: Harris Interactive, 0.3"
        )
        assert shown.count() == 1
        page.locator(".control button", has_text="First televised debate").click()
        assert page.url.endswith("#day=2017-03-20")
        assert page.locator(".control output").inner_text() == "20 March 2017"
        assert opened.complaints == []


@pytest.mark.parametrize(("width", "whiskers"), [(1280, True), (360, False)])
def test_a_caption_explains_what_the_drawing_that_is_seen_has(
    browser: Any, site: Path, width: int, whiskers: bool
) -> None:
    with Opened(browser, site / "accuracy.html", width=width) as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        figure = opened.page.locator("figure#forecast_against_result")
        assert ("Whiskers" in figure.locator("figcaption").inner_text()) is whiskers
        assert "Hollow:" in figure.locator("figcaption").inner_text()
        # The other one comes with the other drawing; the picture that is printed has whiskers at every width.
        opened.page.set_viewport_size({"width": 1640 - width, "height": 900})
        place = figure.locator(f".for-{'narrow' if whiskers else 'wide'}")
        place.wait_for(state="visible", timeout=10_000)
        assert ("Whiskers" in figure.locator("figcaption").inner_text()) is not whiskers
        opened.page.emulate_media(media="print")
        shown = "each => getComputedStyle(each).display"
        assert figure.locator(".for-wide").evaluate(shown) == "inline"
        assert figure.locator(".for-narrow").evaluate(shown) == "none"


def test_print_shows_the_pictures_of_the_start(browser: Any, site: Path) -> None:
    with Opened(browser, site / "time.html", anchor="#day=2017-03-20") as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        opened.page.emulate_media(media="print")
        assert opened.page.locator("[data-chart=closest_by_day] img.still").is_visible()
        assert not opened.page.locator("[data-chart=closest_by_day] .live").is_visible()
        assert not opened.page.locator(".control").is_visible()
    picture = (site / "charts" / "closest_by_day.en.svg").read_text("utf-8")
    assert "23 Apr: Elabe, 0.1" in picture


def test_print_shows_the_legal_mentions_once_after_everything_else(browser: Any, site: Path) -> None:
    with Opened(browser, site / "accuracy.html") as opened:
        folded = opened.page.locator("#error_by_forecaster details.mentions")
        appendix = opened.page.locator(".appendix")
        assert folded.is_visible()
        assert not appendix.is_visible()
        opened.page.emulate_media(media="print")
        assert not folded.is_visible()
        assert appendix.is_visible()
        assert appendix.inner_text().count("Everyone has the right to consult") == 1


def test_the_releases_are_printed_as_an_appendix_of_wide_pages(
    browser: Any, site: Path, tmp_path: Path
) -> None:
    with Opened(browser, site / "fr" / "record.html") as opened:
        opened.page.wait_for_function(DRAWN, timeout=60_000)
        opened.page.pdf(path=tmp_path / "x.pdf", prefer_css_page_size=True)
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "x.pdf").read_bytes())
        wide = sum(float(width) > float(height) for width, height in boxes)
        # Nine pages of text and short tables, twelve of the long one; the foot of the page follows it on the last.
        assert 10 <= wide <= 14
        assert len(boxes) - wide <= 10
        # A button is not printed again at the head of a table's next page; its words are.
        opened.page.emulate_media(media="print")
        shown = "[...document.querySelectorAll('th button')].map(one => getComputedStyle(one).display)"
        assert set(opened.page.evaluate(shown)) == {"contents"}


def test_a_picture_takes_the_ground_of_the_page_and_white_in_print(browser: Any, site: Path) -> None:
    ground = {"light": "rgb(251, 249, 244)", "print": "rgb(255, 255, 255)"}
    for media, colour in ground.items():
        options = {"java_script_enabled": False} if media == "light" else {}
        with Opened(browser, site / "accuracy.html", **options) as opened:
            page = opened.page
            if media == "print":
                page.wait_for_function(DRAWN, timeout=60_000)
                page.emulate_media(media="print")
            picture = page.locator("[data-chart=error_by_forecaster] img.still")
            # Its upper edge into the window, which may be shorter than the picture, and without the smooth scrolling.
            picture.evaluate("each => each.scrollIntoView({block: 'start', behavior: 'instant'})")
            place = picture.bounding_box()
            corner = {"x": place["x"] + 1, "y": place["y"] + 1, "width": 4, "height": 4}
            margin = {"x": 2, "y": corner["y"], "width": 4, "height": 4}
            # The same four pixels of paper inside the picture and beside the text.
            assert page.screenshot(clip=corner) == page.screenshot(clip=margin), media
            assert picture.evaluate("each => getComputedStyle(each).backgroundColor") == colour


def test_a_picture_that_travels_keeps_its_ground(browser: Any, site: Path) -> None:
    path = site / "charts" / "error_by_forecaster.en.svg"
    for anchor, fill in (("", "rgb(251, 249, 244)"), ("#without-ground", "none")):
        with Opened(browser, path, anchor=anchor) as opened:
            shown = opened.page.evaluate("getComputedStyle(document.querySelector('.ground')).fill")
            assert shown == fill


def test_without_scripts_the_pictures_stand(browser: Any, site: Path) -> None:
    with Opened(browser, site / "overview.html", java_script_enabled=False) as opened:
        pictures = opened.page.locator("img.still")
        assert pictures.count() == 5
        assert all(pictures.nth(place).is_visible() for place in range(5))


def test_a_forecaster_called_script_is_text(browser: Any, frames: Gathered, tmp_path: Path) -> None:
    odd = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"

    def rename(table: pd.DataFrame) -> pd.DataFrame:
        return (
            table.assign(name=table["name"].where(table.forecaster_id != "filteris", odd))
            if "name" in table
            else table
        )

    changed = {name: rename(table) if "forecaster_id" in table else table for name, table in frames.items()}
    drawing = registered()["error_by_forecaster"].draw(changed, View())
    path = tmp_path / "odd.html"
    path.write_text(standalone(drawing), encoding="utf-8")
    with Opened(browser, path) as opened:
        opened.page.wait_for_selector("#chart svg")
        assert opened.page.title() == drawing.title
        assert opened.page.locator("#chart svg text", has_text="<script>").count() >= 1
        assert opened.page.locator("img").count() == 0
        assert opened.complaints == []
        assert all(address.startswith("file:") for address in opened.requests)


@pytest.mark.parametrize("width", [300, 560, 1000])
@pytest.mark.parametrize("name", ["error-by-forecaster", "campaign-timeline"])
def test_a_chart_in_the_page_of_another_site_takes_the_height_it_tells(
    browser: Any, site: Path, tmp_path: Path, name: str, width: int
) -> None:
    code = unescape(
        (site / f"chart-{name}.html")
        .read_text("utf-8")
        .split('id="embed"')[1]
        .split("<code>")[1]
        .split("</code>")[0]
    )
    address = (site / f"embed-{name}.html").as_uri()
    host = tmp_path / "host.html"
    code = code.replace(f'src="embed-{name}.html"', f'src="{address}"').replace(' loading="lazy"', "")
    host.write_text(f'<!doctype html><body style="margin:0">{code}</body>', "utf-8")
    with Opened(browser, host, width=width, color_scheme="dark") as opened:
        frame = opened.page.frames[1]
        frame.wait_for_function(DRAWN)
        opened.page.wait_for_timeout(300)
        inside = frame.evaluate("Math.ceil(document.querySelector('main').getBoundingClientRect().height)")
        assert opened.page.evaluate("document.querySelector('iframe').clientHeight") == inside
        assert inside > 300
        assert frame.evaluate("document.documentElement.scrollWidth") <= width
        assert frame.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"
        assert frame.evaluate("document.querySelectorAll('details li').length") > 5
