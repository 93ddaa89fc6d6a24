"""Scores kept between runs: the same as those that are computed, for the same data and options alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pollbench import cache
from pollbench.data.bench import open_database
from pollbench.scoring import score as scoring
from pollbench.scoring.score import score
from pollbench.scoring.score_bytes import SCORES, from_content, to_content
from pollbench.scoring.scores import Scores
from pollbench.selection.policy import Policy

FIRST = "fr-pres-2017-r1"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / SCORES.kind


def scores_of(bench, measures=("mae", "bias"), **changes):
    with open_database(bench.path) as opened:
        return score(opened, list(measures), Policy(missing="drop", **changes), FIRST)


def test_kept_scores_are_those_that_are_computed(place, bench, monkeypatch):
    first = scores_of(bench)
    with monkeypatch.context() as patched:
        patched.setenv(cache.VARIABLE, "off")
        computed = scores_of(bench)
    monkeypatch.setattr(scoring, "_score", lambda *_: pytest.fail("computed again"))
    again = scores_of(bench)
    for scores in (first, again):
        pd.testing.assert_frame_equal(scores.frame, computed.frame, check_exact=True)
        assert repr(scores.contests) == repr(computed.contests)
        assert (scores.left_out, scores.refused) == (computed.left_out, computed.refused)


def test_a_measure_and_a_policy_have_scores_of_their_own(place, bench):
    made = [scores_of(bench), scores_of(bench, ["mae"]), scores_of(bench, rescale="main")]
    assert len(list(place.iterdir())) == 3
    assert not made[0].frame.equals(made[2].frame)


def test_a_damaged_entry_is_computed_again(place, bench):
    first = scores_of(bench)
    (entry,) = place.iterdir()
    for content in (b"[]\n", b"{}\n" * 3, b"null"):
        cache.write(SCORES.kind, entry.stem, content)
        assert scores_of(bench).frame.equals(first.frame)
    entry.write_bytes(entry.read_bytes()[:200])
    assert scores_of(bench).frame.equals(first.frame)


def test_what_would_not_come_back_the_same_has_no_bytes():
    frame = pd.DataFrame({"value": [1.0]})
    assert from_content(to_content(Scores(frame, {}, (), ("Why.",)))).refused == ("Why.",)
    assert to_content(Scores(frame, {"c": {"result": np.float64(1)}}, (), ())) is None
    assert to_content(Scores(frame, {"c": {"result": (1, 2)}}, (), ())) is None
    assert to_content(Scores(frame.set_index("value"), {}, (), ())) is None


def test_what_json_does_not_hold_has_no_bytes_and_other_bytes_are_no_scores():
    frame = pd.DataFrame({"value": [1.0]})
    assert to_content(Scores(frame, {"c": {"result": object()}}, (), ())) is None
    whole = to_content(Scores(frame, {}, (), ()))
    for content in (
        whole.replace(b"[{}, [], []]", b"[{}, []]"),
        whole.replace(b"[{}, [], []]", b"[{}, 1, 2]"),
        b"\xff",
    ):
        assert from_content(content) is None
