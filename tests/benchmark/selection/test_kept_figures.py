"""The figures of one contest rest on its own rows: an edit of another contest keeps what is made of them."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench import cache
from pollbench.data.kept import kept
from pollbench.data.store import load
from pollbench.selection.figures import figures_of
from pollbench.selection.policy import Policy
from tests_support import copy_of, replace_once


def test_an_edit_of_another_contest_keeps_what_is_made_of_the_figures_and_one_of_this_contest_does_not(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    own = copy_of("fr-pres-2002", tmp_path)
    rounds = ("fr-pres-2002-r1", "fr-pres-2002-r2")
    made = []

    def sums():
        def total(contest, policy):
            made.append(contest)
            return pd.DataFrame({"total": [figures_of(bench, contest, policy=policy).share.sum()]})

        with load(own) as bench:
            return [
                kept(bench, "a test", (contest, policy), lambda c=contest, p=policy: total(c, p)).total.item()
                for contest in rounds
                for policy in (Policy(), Policy(rescale="to_100"))
            ]

    before = sums()
    assert sums() == before
    assert made == [rounds[0]] * 2 + [rounds[1]] * 2
    lines = (own / "predictions.csv").read_text(encoding="utf-8").splitlines()
    with load(own) as bench:
        edited = bench.frame(
            "SELECT forecast_id, candidate_id, value::VARCHAR AS value FROM prediction JOIN forecast USING (forecast_id) "
            f"WHERE contest_id = '{rounds[1]}' ORDER BY ALL LIMIT 1"
        ).iloc[0]
    line = next(line for line in lines if line.startswith(f"{edited.forecast_id},{edited.candidate_id},"))
    fields = line.split(",")
    fields[2] = f"{float(fields[2]) - 0.1:.1f}"
    replace_once(own / "predictions.csv", f"{line}\n", ",".join(fields) + "\n")
    after = sums()
    assert made[4:] == [rounds[1]] * 2
    assert after[:2] == before[:2]
    assert after[2] == pytest.approx(before[2] - 0.1)
