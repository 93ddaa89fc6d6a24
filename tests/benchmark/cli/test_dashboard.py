"""``pollbench dashboard``: how many pages were written, and exit 1 where one could not be made."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from pollbench_dashboards import site
from pollbench_dashboards.pages.settings import Settings
from tests_support import program


@pytest.fixture
def built(bench, monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings with which sites are built, each of one page; one that names no publisher lacks a chart."""
    with_settings: list[Settings] = []

    def build(bench, folder: Path, *, settings: Settings, **_: object) -> site.Site:
        with_settings.append(settings)
        page = folder / "index.html"
        page.write_text("a page", encoding="utf-8")
        return site.Site([page], {} if settings.publisher else {"chart trends.en": "ValueError: nothing"})

    monkeypatch.setattr(site, "build_site", build)
    monkeypatch.setattr("pollbench.data.store.load", lambda *_, **__: nullcontext(bench))
    return with_settings


def test_a_whole_site_is_counted_with_the_settings_that_a_file_holds(built, tmp_path):
    (tmp_path / "site.toml").write_text('publisher = "Le Journal"\n', encoding="utf-8")
    answer = program("dashboard", "--settings", "site.toml", "-o", "pages", cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == "1 pages: pages/index.html\n"
    assert built == [Settings(publisher="Le Journal")]
    assert (tmp_path / "pages" / "index.html").read_text(encoding="utf-8") == "a page"


def test_what_could_not_be_made_is_named_and_the_exit_is_1(built, tmp_path):
    answer = program("dashboard", "-o", "pages", cwd=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr == "Failed: chart trends.en. ValueError: nothing\n"
    assert (tmp_path / "pages" / "index.html").is_file()
    assert built == [Settings()]
