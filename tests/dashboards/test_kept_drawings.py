"""Drawings kept between runs: the same figure and the same files, for the same rows, code and view alone."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from pollbench import cache
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import ChartKind, View
from pollbench_dashboards.pages.draw_all import draw_one
from pollbench_dashboards.pages.kept_drawings import KIND, KeptDrawings, from_content, to_content
from pollbench_dashboards.pages.of_round import rows_of


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / KIND


def texts_of(drawing):
    bare = json.dumps(drawing.bare(), sort_keys=False)
    framed = json.dumps(drawing.framed())
    return bare, framed, repr(drawing.control), repr(drawing.view), drawing.forecasts, drawing.name


@pytest.mark.parametrize("name", ["live_accounts", "coverage_matrix"])
def test_a_figure_and_its_files_are_the_same_with_and_without_a_cache(
    place, frames, tmp_path, monkeypatch, name
):
    given = {needed: frames[needed] for needed in registered()[name].frames}

    def drawn(folder):
        figure = draw_one(name, "fr", given, tmp_path / folder)
        assert figure.failed == ""
        files = {
            path.name: path.read_bytes()
            for path in sorted((tmp_path / folder / "charts").iterdir())
            if path.suffix != ".pdf"
        }
        every = [figure.wide, figure.narrow, *figure.others]
        return [texts_of(drawing) for drawing in every], [drawing.data for drawing in every], files

    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        without = drawn("without")
    first = drawn("first")
    assert len(list(place.iterdir())) == 4
    monkeypatch.setattr(ChartKind, "draw", lambda *_: pytest.fail("drawn again"))
    again = drawn("again")
    for texts, tables, files in (first, again):
        assert texts == without[0]
        assert files == without[2]
        for table, expected in zip(tables, without[1], strict=True):
            pd.testing.assert_frame_equal(table, expected, check_exact=True)


def test_one_changed_row_a_width_and_a_theme_have_drawings_of_their_own(place, frames):
    kind = registered()["coverage_matrix"]
    given = {needed: frames[needed] for needed in kind.frames}
    KeptDrawings(kind, given).draw(View())
    KeptDrawings(kind, given).draw(View(width=328))
    KeptDrawings(kind, given).draw(View(theme="print"))
    name = kind.frames[0]
    column = given[name].select_dtypes("str").columns[-1]
    given[name] = given[name].assign(**{column: given[name][column].where(given[name].index > 0, "x")})
    KeptDrawings(kind, given).draw(View())
    KeptDrawings(kind, given).draw(View())
    assert len(list(place.iterdir())) == 4


def test_a_chart_from_outside_the_package_is_never_kept(place, frames):
    from dataclasses import replace

    kind = registered()["coverage_matrix"]
    own = replace(kind, function=lambda *given: kind.function(*given))
    given = {needed: frames[needed] for needed in kind.frames}
    KeptDrawings(own, given).draw(View())
    assert not place.exists()


def test_a_damaged_drawing_is_drawn_again(place, frames):
    kind = registered()["coverage_matrix"]
    given = {needed: frames[needed] for needed in kind.frames}
    first = texts_of(KeptDrawings(kind, given).draw(View()))
    (entry,) = place.iterdir()
    for content in (b"null\n", b"{}\n", b"[1]"):
        cache.write(KIND, entry.stem, content)
        assert texts_of(KeptDrawings(kind, given).draw(View())) == first
    entry.write_bytes(entry.read_bytes()[:-1])
    assert texts_of(KeptDrawings(kind, given).draw(View())) == first


def test_a_drawing_comes_back_from_its_bytes(frames):
    drawing = registered()["live_accounts"].draw(frames).settled()
    back = from_content(to_content(drawing), drawing.view)
    assert texts_of(back) == texts_of(drawing)
    assert back.control.steps == drawing.control.steps


def test_a_drawing_without_its_frames_or_of_a_theme_from_outside_is_not_kept(place, frames):
    kind = registered()["coverage_matrix"]
    given = {needed: frames[needed] for needed in kind.frames}
    assert KeptDrawings(kind, {}).origin == ""
    assert KeptDrawings(kind, given).origin
    KeptDrawings(kind, given).draw(View(theme="default"))
    assert not place.exists()


def test_a_drawing_that_json_would_change_has_no_bytes(frames):
    drawing = registered()["coverage_matrix"].draw(frames).settled()
    whole = drawing.specification
    assert to_content(drawing) is not None
    for spoilt in (float("nan"), object()):
        odd = type(drawing).of_specification(
            {**whole, "usermeta": spoilt},
            data=drawing.data,
            view=drawing.view,
            control=drawing.control,
            forecasts=drawing.forecasts,
            **{
                name: getattr(drawing, name)
                for name in ("title", "subtitle", "caption", "alternative", "name")
            },
        )
        assert to_content(odd) is None
    assert from_content(b"{}\nno table", drawing.view) is None


@pytest.mark.parametrize("name", [name for name, kind in registered().items() if kind.one_contest])
def test_a_chart_of_one_contest_is_the_same_without_the_rows_of_the_others(frames, name):
    kind = registered()[name]
    cut = rows_of(frames, kind.frames, frames.focus)
    assert any(len(cut[frame]) < len(frames[frame]) for frame in kind.frames)
    whole, alone = (kind.draw(given, View(locale="fr")).settled() for given in (frames, cut))
    assert texts_of(alone) == texts_of(whole)
    pd.testing.assert_frame_equal(alone.data, whole.data)


class Edited(dict):
    """Frames of which one was edited."""

    def once(self, _, make):
        return make()


def test_a_chart_of_one_contest_is_kept_while_the_rows_of_the_others_change(frames):
    kind = registered()["campaign_timeline"]
    given = {name: frames[name] for name in kind.frames}
    campaign = given["campaign"]
    other = next(contest for contest in campaign.contest_id if contest != frames.focus)

    def origin(contest_id):
        edited = campaign.assign(n=campaign.n.where(campaign.contest_id != contest_id, 1))
        rows = rows_of(Edited(given, campaign=edited), kind.frames, frames.focus)
        return KeptDrawings(kind, rows).origin

    assert origin("none") == origin(other) != origin(frames.focus)
