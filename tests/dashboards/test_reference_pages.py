"""The pages one looks things up on mark what is known only from texts written after the vote, as charts do."""

from __future__ import annotations

import pytest

from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages import reference

MARK = {"en": "(recalled)", "fr": "(a posteriori)"}


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_record_marks_what_was_only_recalled(frames, bench, locale):
    words = Words(locale)
    later = frames["score"].loc[frames["score"].recalled, ["forecaster_id", "house", "contest_id"]]
    assert {"world-election-forecast", "iprotego"} & set(later.forecaster_id)
    entries = {each["anchor"]: each for each in reference.forecasters(frames, words)["entries"]}
    contests = frames["score"].contest_id.map(reference.contest_titles(frames, words))
    known = set(zip(frames["score"].house, contests, frames["score"].recalled, strict=True))
    seen = 0
    for row in bench.table("forecaster").itertuples():
        entry = entries[row.forecaster_id]
        for score in entry["scores"]:
            recalled = MARK[locale] in score["name"]
            assert (row.house, score["contest"], recalled) in known
            seen += recalled
        assert bool(entry["recalled"]) == any(MARK[locale] in score["name"] for score in entry["scores"])
    assert seen
    assert entries["world-election-forecast"]["recalled"] == words("caption.recalled")
    assert not entries["ipsos"]["recalled"]


def test_the_values_of_a_measure_mark_what_was_only_recalled(frames):
    entries = {each["name"]: each for each in reference.measures(frames, Words("en"))["entries"]}
    names = [each["name"] for each in entries["mae"]["values"]]
    assert any(MARK["en"] in name for name in names)
    assert not all(MARK["en"] in name for name in names)
    assert entries["mae"]["recalled"] == Words("en")("caption.recalled")


def test_an_announcement_known_only_later_says_so(frames):
    entries = {each["anchor"]: each for each in reference.forecasters(frames, Words("en"))["entries"]}
    remarks = [claim["remark"] for claim in entries["smi"]["claims"]]
    assert Words("en")("claim_mark.recalled") in remarks
    assert not any(
        Words("en")("claim_mark.recalled") in each["remark"] for each in entries["filteris"]["claims"]
    )
    assert Words("en")("claim_mark.low") in [each["remark"] for each in entries["filteris"]["claims"]]


def test_the_page_prints_the_marks_and_what_they_mean(site):
    for locale, page in (("en", site / "forecasters.html"), ("fr", site / "fr" / "forecasters.html")):
        entry = page.read_text("utf-8").split('id="world-election-forecast"')[1].split("</section>")[0]
        assert MARK[locale] in entry
        assert Words(locale)("caption.recalled") in entry.replace("&#39;", "'")
