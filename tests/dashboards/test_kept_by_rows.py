"""What is made of frames is kept by their rows: taken while these stay, whatever was edited, and made when they change."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench import cache
from pollbench.data.kept import kept
from pollbench.data.store import load
from pollbench.errors import NothingToCompare
from pollbench_dashboards.frames import gather
from pollbench_dashboards.frames.gathered import _FRAMES, ROWS
from pollbench_dashboards.pages import changes
from pollbench_dashboards.pages.page import WITHOUT_CHARTS, Pages
from pollbench_dashboards.site import write_votes
from tests_support import replace_once, small_election


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return small_election(tmp_path)


def edit(own):
    replace_once(own / "predictions.csv", "ann,52", "ann,51")


@pytest.fixture
def written(own, tmp_path, monkeypatch):
    """Writes the pages that need no chart, of the rounds and of the houses: their bytes by name, and those made."""
    made = []
    make = Pages._made
    monkeypatch.setattr(
        Pages, "_made", lambda pages, name, *given: made.append(name) or make(pages, name, *given)
    )

    def write():
        made.clear()
        failed = {}
        with load(own) as bench:
            frames = gather(bench)
            pages = Pages(frames, tmp_path / "site", "en")
            for name in WITHOUT_CHARTS:
                pages.write(name, {})
            others = write_votes(frames, {"en": pages}, failed, {})
        assert not failed
        paths = [*map(pages.path, WITHOUT_CHARTS), *others]
        return {path.stem: path.read_bytes() for path in paths}, set(made)

    return write


def test_after_an_edit_pages_are_those_without_a_cache_and_only_those_with_other_rows_are_made(
    own, written, monkeypatch
):
    before, made = written()
    assert made == set(before)
    assert written() == (before, set())
    edit(own)
    after, made = written()
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        assert written() == (after, set(before))
    changed = {name for name, content in after.items() if content != before[name]}
    assert {"votes", "vote-xx-2030-r1", "houses"} <= changed
    assert {"register", "method"} & changed == set()
    assert made == changed


def test_the_page_of_the_changes_is_kept_until_a_log_changes(own, written, monkeypatch):
    before, _ = written()
    text = changes.Logs.text
    monkeypatch.setattr(changes.Logs, "text", lambda logs, package: text(logs, package) + "\n- One more.\n")
    after, made = written()
    assert made == {"changes"}
    assert b"One more." in after["changes"]
    assert b"One more." not in before["changes"]


def test_a_page_that_shows_no_poll_does_not_rest_on_the_mentions_of_one(own, written):
    before, _ = written()
    replace_once(own / "forecasts.csv", ",1000,", ",1001,")
    after, made = written()
    assert {"register", "method", "api", "record-releases"} & made == set()
    assert after["register"] == before["register"]


@pytest.fixture
def rows_of(own):
    """The number of rows of a frame with a contest in focus, by a result that is kept; and for which frames it was made."""
    times = []

    def rows(name, contest_id=""):
        def make():
            times.append(name)
            frame = frames.focused(contest_id)[name] if contest_id else frames[name]
            return pd.DataFrame({"rows": [len(frame)]})

        with load(own) as bench:
            frames = gather(bench)
            return kept(bench, "a test", (name, contest_id), make, beside={ROWS: frames}).rows.item()

    return rows, times


def test_a_result_of_a_frame_is_made_when_its_rows_change_and_not_when_only_what_was_asked_for_it_does(
    own, rows_of
):
    rows, times = rows_of
    for _ in range(2):
        assert (rows("contest"), rows("comparison"), rows("contest", "xx-2030-r1")) == (1, 6, 1)
    assert times == ["contest", "comparison", "contest"]
    # All three frames are made of the comparisons, which read every prediction.
    edit(own)
    assert (rows("contest"), rows("comparison"), rows("contest", "xx-2030-r1")) == (1, 6, 1)
    assert times == ["contest", "comparison", "contest", "comparison"]


def test_a_result_of_frames_that_it_cannot_ask_again_rests_on_every_row(own):
    times = []

    def rows():
        with load(own) as bench:
            frames = gather(bench)

            def make():
                times.append(1)
                return pd.DataFrame({"rows": [len(frames["contest"])]})

            return kept(bench, "a test", (), make).rows.item()

    assert (rows(), rows(), len(times)) == (1, 1, 1)
    edit(own)
    assert (rows(), len(times)) == (1, 2)


def test_a_result_of_a_frame_that_cannot_be_made_is_not_kept(own, rows_of, monkeypatch):
    rows, times = rows_of
    assert rows("comparison") == 6

    def refuse(all_frames):
        raise NothingToCompare(f"{len(all_frames.bench.table('prediction'))} figures, none compared.")

    # As a function of the package: with one from outside nothing at all would be kept.
    refuse.__module__ = "pollbench_dashboards.frames.accuracy"
    monkeypatch.setitem(_FRAMES, "comparison", refuse)
    edit(own)
    for _ in range(2):
        with pytest.raises(NothingToCompare, match="6 figures"):
            rows("comparison")
    assert len(times) == 3
