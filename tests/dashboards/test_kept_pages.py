"""Pages kept between runs: the same bytes as those that are made, for the same answers, figures and settings alone."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from pollbench import cache, load
from pollbench.registry import only_ours
from pollbench_dashboards.charts import registered
from pollbench_dashboards.frames import gather
from pollbench_dashboards.pages.draw_all import draw_one
from pollbench_dashboards.pages.figures import Figures
from pollbench_dashboards.pages.page import HTML, Pages
from pollbench_dashboards.pages.settings import Settings


@pytest.fixture(scope="module")
def frames():
    """Frames of their own: what other tests have read of the shared ones is none of these pages' questions."""
    with load("fr-pres-2017") as bench:
        yield gather(bench)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    # A registry of another test may not have been collected yet, and its ideas are none of ours.
    gc.collect()
    assert only_ours()
    return tmp_path / "cache" / HTML.kind


@pytest.fixture(scope="module")
def figure(frames, tmp_path_factory):
    """A figure of the page of time, drawn once."""
    given = {name: frames[name] for name in registered()["coverage_matrix"].frames}
    folder = tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(cache.VARIABLE, str(folder / "cache"))
        return draw_one("coverage_matrix", "fr", given, folder)


class Written:
    """Writes pages and counts how many were made."""

    def __init__(self, frames, folder, monkeypatch):
        self._frames, self._folder, self.made = frames, folder, []
        make = Pages._made
        monkeypatch.setattr(
            Pages,
            "_made",
            lambda pages, name, *given: self.made.append(name) or make(pages, name, *given),
        )

    def page(self, name, figures=None, settings=None, **more):
        pages = Pages(self._frames, self._folder, "fr", settings or Settings())
        pages.write(name, figures or {}, **more)
        return pages.path(name).read_bytes()


@pytest.fixture
def written(frames, tmp_path, monkeypatch):
    return Written(frames, tmp_path / "site", monkeypatch)


def test_a_page_is_taken_with_the_bytes_that_it_has_without_a_cache(place, written, figure, monkeypatch):
    first = [written.page("register"), written.page("time", {"coverage_matrix": figure})]
    assert [written.page("register"), written.page("time", {"coverage_matrix": figure})] == first
    assert written.made == ["register", "time"]
    assert len(list(place.iterdir())) == 2
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert [written.page("register"), written.page("time", {"coverage_matrix": figure})] == first


def test_another_figure_mention_or_setting_and_the_page_is_made(place, written, figure):
    shown = {"coverage_matrix": figure}
    written.page("time", shown)
    for changed in (replace(figure, origin="another"), replace(figure, stills={"wide": (9, 9)})):
        written.page("time", {"coverage_matrix": changed})
    written.page("time", {})
    assert len(written.made) == 4
    other = written.page("time", shown, Settings(publisher="Le Journal"))
    assert b"Le Journal" in other
    assert len(written.made) == 5
    # A figure that the page does not show is none of its business.
    written.page("time", {**shown, "break_even": replace(figure, origin="another")})
    assert len(written.made) == 5


def test_a_page_of_a_figure_of_unknown_origin_or_of_values_made_before_is_never_kept(place, written, figure):
    for _ in range(2):
        written.page("time", {"coverage_matrix": replace(figure, origin="")})
        written.page("register", remark="One.")
    assert written.made == ["time", "register"] * 2
    assert not place.exists()


def test_the_names_of_figures_are_an_answer_too(figure):
    one, two = Figures({"a": figure}), Figures({"a": figure, "b": figure})
    assert one.digest_of(("figures",)) != two.digest_of(("figures",))
    assert one.digest_of(("figure", "b")) == "none" != two.digest_of(("figure", "b"))


@pytest.mark.parametrize("content", [b"", b"?", b"!{}"])
def test_a_damaged_page_is_made_again(place, written, content):
    first = written.page("register")
    (entry,) = place.iterdir()
    cache.write(HTML.kind, entry.stem, content)
    assert written.page("register") == first
    assert written.made == ["register"] * 2
