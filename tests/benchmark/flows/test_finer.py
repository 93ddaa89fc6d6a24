"""The communes beside the departments: what is counted, and elections without either."""

from __future__ import annotations

import pandas as pd
import pytest

import pollbench as pb
from pollbench.data.bench import Bench
from pollbench.flows.finer import communes, finer
from pollbench.flows.polls import polled


def test_communes_move_the_estimates_and_leave_the_intervals_as_wide(bench: Bench) -> None:
    table = pb.transfers(bench, "fr-pres-2017")
    polls = polled(bench, str(table.contest_id.iloc[0]))
    found = finer(table, polls)
    assert found is not None
    assert (found.units, found.before) == (35_514, 107)
    assert found.moved == pytest.approx(2.75, abs=0.01)
    # How far a method errs hangs on sizes of rows and estimates, whose classes few of these pairs leave.
    assert found.width == pytest.approx(found.width_before, abs=0.1)
    assert (found.verdict.meet, found.verdict.cells, found.verdict.apart) == (14, 14, ())
    by_program = finer(table, polls, "lphom")
    assert by_program is not None
    assert by_program.verdict.apart == (("fillon", "le-pen"),)


def test_without_communes_or_polls_nothing_is_said(bench: Bench) -> None:
    table = pb.transfers(bench, "fr-pres-2017", method="lphom")
    polls = polled(bench, str(table.contest_id.iloc[0]))
    assert finer(table.assign(contest_id="xx-2030-r2"), polls) is None
    assert finer(table, polls.iloc[:0]) is None


def test_the_communes_are_within_their_bounds() -> None:
    rows = communes()
    bounds = rows[rows.method == "bounds"].set_index(["from_option", "to_option"])
    others = rows[(rows.method != "bounds") & (rows.method != "goodman_free")]
    edges = bounds.loc[pd.MultiIndex.from_frame(others[["from_option", "to_option"]])]
    assert (others.share_pct.to_numpy() >= edges.low.to_numpy() - 0.05).all()
    assert (others.share_pct.to_numpy() <= edges.high.to_numpy() + 0.05).all()
