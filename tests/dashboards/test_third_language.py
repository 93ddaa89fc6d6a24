"""A third language is a folder: English in brackets, found, drawn and printed without a line of code."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import pollbench
import pollbench_dashboards
from pollbench.attribution.legal_notice import notice
from pollbench.data.bench import Bench
from pollbench.errors import UnknownName
from pollbench.language import texts
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import export
from pollbench_dashboards.pages.page import Pages

#: A locale that no language has: English as it might look, numbers and days as in German.
PSEUDO = "en-XA"
LANGUAGE = """
name = "[English]"
cldr = "de"

[[filled]]
pattern = "polls"
by = "pollz"
"""


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The folder of the language, made from the English ones, and known as long as a test runs."""
    folder = tmp_path / "text" / PSEUDO
    folder.mkdir(parents=True)
    for package in (pollbench, pollbench_dashboards):
        for path in (Path(package.__file__).parent / "text" / "en").glob("*.toml"):
            if path.name != texts.LANGUAGE_FILE:
                table = tomllib.loads(path.read_text("utf-8"))
                name = f"{package.__name__}_{path.name}"
                (folder / name).write_text("\n".join(bracketed("", table)) + "\n", "utf-8")
    (folder / texts.LANGUAGE_FILE).write_text(LANGUAGE, "utf-8")
    (folder / "data.toml").write_text(
        '"French presidential election 2017" = "[Présidentielle 2017]"\n', "utf-8"
    )
    monkeypatch.setattr(texts, "_FOLDERS", [*texts._FOLDERS, tmp_path / "text"])
    yield PSEUDO
    shutil.rmtree(tmp_path / "text")


def bracketed(prefix: str, table: dict[str, object]) -> Iterator[str]:
    """The lines of a file of texts with every text in brackets."""
    for key, value in table.items():
        name = f'{prefix}."{key}"' if prefix else f'"{key}"'
        if isinstance(value, dict):
            yield from bracketed(name, value)
        else:
            yield f"{name} = {json.dumps(f'[{value}]', ensure_ascii=False)}"


def test_the_folder_is_found_and_the_source_stays_first(pseudo: str) -> None:
    assert texts.locales() == ("en", pseudo, "fr")
    assert texts.language(pseudo).name == "[English]"


def test_without_the_folder_the_language_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match=f"{PSEUDO}.*en, fr"):
        Words(PSEUDO)


def test_numbers_and_days_are_those_of_its_cldr_locale(pseudo: str) -> None:
    words = Words(pseudo)
    assert words.number(1234.5) == "1.234,5"
    assert words("family.poll") == "[Polls]"


@pytest.mark.parametrize("name", ["error_by_forecaster", "campaign_timeline"])
def test_a_chart_is_drawn_in_it(frames: Gathered, pseudo: str, name: str) -> None:
    drawing = registered()[name].draw(frames, View(locale=pseudo))
    assert drawing.title.startswith("[")
    svg = export.to_svg(drawing)
    assert "[Polls]" in svg
    assert re.search(r"\d,\d", svg)


def test_a_page_is_written_in_it_and_names_all_other_languages(
    frames: Gathered, pseudo: str, tmp_path: Path
) -> None:
    pages = Pages(frames, tmp_path / "site", pseudo)
    pages.write("method", {})
    html = pages.path("method").read_text("utf-8")
    assert pages.path("method") == tmp_path / "site" / pseudo / "method.html"
    assert f'<html lang="{pseudo}">' in html
    assert 'href="../method.html" lang="en"' in html
    assert 'href="../fr/method.html" lang="fr"' in html
    assert Words(pseudo)("page.method.menu") in html


def test_other_pages_name_it_too(frames: Gathered, pseudo: str, tmp_path: Path) -> None:
    pages = Pages(frames, tmp_path / "site", "fr")
    pages.write("method", {})
    assert f'href="../{pseudo}/method.html" lang="{pseudo}"' in pages.path("method").read_text("utf-8")


def test_the_title_of_an_election_is_a_translation_and_no_column(frames: Gathered, pseudo: str) -> None:
    drawing = registered()["error_by_forecaster"].draw(frames, View(locale=pseudo))
    assert "[Présidentielle 2017]" in json.dumps(drawing.framed(), ensure_ascii=False)


def test_a_law_without_a_file_in_it_is_worded_in_english(bench: Bench, pseudo: str) -> None:
    made = notice(bench, "elabe-2017-04-20-a")
    assert made.lines(pseudo) == made.lines("en")
