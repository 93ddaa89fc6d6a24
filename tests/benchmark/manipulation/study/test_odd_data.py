"""Data that pass every check and yet are odd: a table or a row that says why, or one message; never a traceback."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from pollbench.data.store import load
from pollbench.errors import DataError
from pollbench.manipulation.study import (
    defence_table,
    detection_table,
    sensitivity_table,
    tables,
    tornado_table,
)
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames.gathered import Gathered
from tests_support import small_election


def edited(folder, stem, change):
    """Rewrite a file of a folder row by row."""
    path = folder / f"{stem}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def all_tables(bench):
    made = [
        tables.robustness_table, tables.break_even_table, tables.robust_rank_table, tables.parameters_table,
        tables.unanswered_table, defence_table.defence_table, detection_table.detection_table,
        sensitivity_table.sensitivity_table, tornado_table.tornado_table,
    ]  # fmt: skip
    return {function.__name__: function(bench) for function in made}


def all_charts(bench):
    frames = Gathered(bench)
    return {
        name: kind.draw(frames, View(locale="en"))
        for name, kind in registered().items()
        if kind.topic == "manipulation"
    }


@pytest.mark.parametrize(
    "options",
    [{}, {"results": False}, {"forecasts": False, "results": False}, {"candidates": 1}, {"forecasts": False}],
    ids=str,
)
def test_a_small_election_has_tables_and_charts_whatever_it_lacks(tmp_path, options):
    with load(small_election(tmp_path, **options)) as bench:
        made = all_tables(bench)
        assert all(drawing.title for drawing in all_charts(bench).values())
        if options.get("forecasts", True):
            # No panel of its country is known: what is missing is named with its unit.
            costs = made["break_even_table"]
            panel = costs[(costs.mechanism == "panel_quota") & (costs.goal == "plus_1")]
            assert panel.accounts.isna().all()
            assert panel.missing.str.contains("panel_size (persons)", regex=False).all()
        else:
            assert made["robustness_table"].empty


def test_a_list_of_candidates_without_a_row_is_said_on_the_charts(tmp_path):
    folder = small_election(tmp_path, results=False, forecasts=False)
    path = folder / "candidates.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with load(folder) as bench:
        all_tables(bench)
        assert all(drawing.title for drawing in all_charts(bench).values())


def test_a_printed_zero_of_a_main_candidate_has_costs_and_no_test_of_its_share(tmp_path):
    def zero(rows):
        return [{**row, "value": "0"} if row["candidate_id"] == "cid" else row for row in rows]

    folder = edited(small_election(tmp_path), "predictions", zero)
    edited(folder, "forecasts", lambda rows: [{**row, "complete": "false"} for row in rows])
    with load(folder) as bench:
        made = all_tables(bench)
        costs = made["break_even_table"]
        point = costs[(costs.target == "cid") & (costs.goal == "plus_1") & (costs.mechanism == "panel_quota")]
        assert np.isfinite(point.mass_pct).all()
        assert "cid" not in set(made["detection_table"].target)
        assert all(drawing.title for drawing in all_charts(bench).values())


def test_two_forecasters_of_one_name_are_both_drawn(tmp_path):
    folder = edited(
        small_election(tmp_path),
        "forecasters",
        lambda rows: [{**row, "name": "One Name"} for row in rows],
    )
    (folder / "assumptions.csv").write_text(
        "assumption_id,subject,parameter,meaning,value,low,high,unit,as_of,evidence_class,sources,note\n"
        "messages,buzzco,messages,messages,1000,,,messages,2030,A,s,\n"
        "panel,panel_quota,panel_size,members,1000,,,persons,2030,A,s,\n"
        "activity,panel_quota,relative_activity,activity,1,,,ratio,2030,A,s,\n",
        encoding="utf-8",
    )
    with load(folder) as bench:
        assert len({figure.forecaster_id for figure in attacked_figures(bench)[0]}) == 2
        charts = all_charts(bench)
        assert "One Name (pollco)" in charts["break_even"].data.who.tolist()


def test_an_assumption_of_zero_gets_one_message_that_names_it(tmp_path):
    folder = small_election(tmp_path)
    (folder / "assumptions.csv").write_text(
        "assumption_id,subject,parameter,meaning,value,low,high,unit,as_of,evidence_class,sources,note\n"
        "none-there,buzzco,messages,messages,0,,,messages,2030,A,s,\n",
        encoding="utf-8",
    )
    with load(folder) as bench, pytest.raises(DataError, match="none-there"):
        tables.break_even_table(bench)
