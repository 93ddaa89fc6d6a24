"""A chart or a page that cannot be made is named, stands in its place as a sentence, and takes no other with it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pollbench import cache
from pollbench.errors import OutputError
from pollbench.workers import Workers
from pollbench_dashboards import site
from pollbench_dashboards.charts import registered
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.pages import houses, votes
from pollbench_dashboards.pages.draw_all import draw_one
from pollbench_dashboards.pages.page import Pages
from pollbench_dashboards.site import write_votes

ROUND = "fr-pres-2017-r1"


def fail() -> None:
    message = "the rows are spoilt"
    raise ValueError(message)


def test_a_chart_that_cannot_be_drawn_is_a_sentence_in_its_place(tmp_path: Path) -> None:
    spoilt = {name: pd.DataFrame({"x": [1]}) for name in registered()["coverage_matrix"].frames}
    figure = draw_one("coverage_matrix", "fr", spoilt, tmp_path)
    assert figure.failed
    assert not figure.polls
    picture = (tmp_path / "charts" / "coverage_matrix.fr.svg").read_text("utf-8")
    assert "n’a pas pu" in picture


def test_a_picture_of_a_round_that_fails_is_named_and_its_page_is_written(
    frames: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    monkeypatch.setattr(votes, "voted", lambda _: [ROUND])
    monkeypatch.setattr(houses, "houses", lambda *_: [])
    monkeypatch.setattr(
        site, "_write", lambda pages, name, figures, *_, **__: shown.append((name, dict(figures)))
    )
    failed: dict[str, str] = {}
    pages = {"en": Pages(frames, tmp_path, "en")}
    written = write_votes(frames, pages, failed, {ROUND: {"en": [Workers(0).give(fail)]}})
    assert failed == {f"chart on page vote-{ROUND}.html (en)": "ValueError: the rows are spoilt"}
    assert shown == [(f"vote-{ROUND}", {})]
    assert [path.name for path in written] == [f"vote-{ROUND}.html"]


def test_a_page_that_cannot_be_made_says_so_and_a_full_disk_ends_all(
    frames: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, cache.OFF)
    pages, failed = Pages(frames, tmp_path, "en"), {}
    site._write(pages, "method", {}, failed, content=fail)
    assert failed == {"page method.html (en)": "ValueError: the rows are spoilt"}
    assert "could not be made" in pages.path("method").read_text("utf-8")

    def full() -> None:
        message = "the disk is full"
        raise OutputError(message)

    with pytest.raises(OutputError, match="disk is full"):
        site._write(pages, "method", {}, failed, content=full)
