"""The pages of vote transfers and of the register: every cell, every system, and sentences from the numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pollbench.flows.story import Verdict
from pollbench_dashboards.charts.transfer_matrix import finding
from pollbench_dashboards.frames.gathered import Gathered
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import flows
from pollbench_dashboards.pages.page import Pages


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_page_holds_every_pair_and_the_sentences_repeat_the_table(frames: Gathered, locale: str) -> None:
    content = flows.transfers(frames, {}, Words(locale))
    table = frames["transfer"]
    pairs = table[["from_option", "to_option"]].drop_duplicates()
    assert len(content["cells"]) == len(pairs)
    polled = [row for row in content["cells"] if row["polls"]]
    assert len(polled) == 14
    for row in content["cells"]:
        assert (
            row["bounds"][0] - 1e-9
            <= row["known_truth"][0]
            <= row["known_truth"][1]
            <= row["bounds"][1] + 1e-9
        )
    own = table[(table.method == "local_step") & (table.interval_kind == "known_truth")]
    text = " ".join(content["sentences"])
    assert str(int(own.polls_inside.sum())) in text
    assert "565" in text
    assert "35,514" in text if locale == "en" else "35\u202f514" in text
    assert content["methods"][0]["name"] == "local_step"
    assert {each.figure_id for each in content["claims"]} >= {
        "lmp-effect",
        "lmp-precincts",
        "polling-stations",
    }


def test_the_register_page_names_every_system(frames: Gathered) -> None:
    systems = flows.register(frames, Words("en"))["systems"]
    assert len(systems) == len(frames["register"]) == 10


def test_the_title_follows_the_rule() -> None:
    words = Words("en")
    all_meet = Verdict("lphom", 14, 14, (), 1.4, 80, 70)
    some = Verdict("lphom", 14, 12, (("a", "b"), ("c", "d")), 1.4, 80, 60)
    many = Verdict("lphom", 14, 8, (("a", "b"),) * 6, 1.4, 80, 40)
    assert finding(all_meet, {}, words).startswith("In all 14 pairs")
    assert "would miss by chance" in finding(some, {}, words)
    assert "chance would part 1.4" in finding(many, {}, words)


def test_the_register_is_french_on_the_french_page_and_names_its_sources(
    frames: Gathered, tmp_path: Path
) -> None:
    Pages(frames, tmp_path, "fr").write("register", {})
    page = (tmp_path / "fr" / "register.html").read_text(encoding="utf-8")
    body = page[page.index("<main") : page.index("</main")]
    assert 'lang="en"' not in body
    assert "déduit des résultats des bureaux de vote" in body
    assert "12 avril 2017" in body.replace("\u202f", " ").replace("\xa0", " ")
    # Sources are titles with addresses, not keys.
    assert "press:" not in re.sub(r'(href|id)="[^"]*"', "", body)
    assert body.count("<a href=") >= 10
