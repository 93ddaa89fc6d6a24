"""The table of speed: which scripts are in it, what it says of a goal, and what it keeps."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "benchmark" / "speed"


@pytest.fixture
def modules(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    import figures
    import report

    yield figures, report
    for name in ("figures", "report", "machine"):
        sys.modules.pop(name, None)


SCRIPT = """from figures import Figure


def figures(long):
    yield Figure("fast", 1.0, "s", 2.0)
    yield Figure("slow", 3.0, "s", 2.0, "three were needed")
    if long:
        yield Figure("long", 60.0, "s")
"""


def test_a_script_with_figures_joins_by_being_there(modules, tmp_path, monkeypatch):
    _, report = modules
    (tmp_path / "added.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "helper.py").write_text("FIGURES = 1\n", encoding="utf-8")
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    assert report.scripts() == ["added"]
    monkeypatch.syspath_prepend(tmp_path)
    assert [figure.what for figure in report.figures_of("added", long=False)] == ["fast", "slow"]
    assert [figure.what for figure in report.figures_of("added", long=True)][-1] == "long"


def test_a_script_that_was_never_measured_is_named(modules, tmp_path, monkeypatch):
    figures, report = modules
    for name in ("added", "other"):
        (tmp_path / f"{name}.py").write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    one = {("added", "fast"): (figures.Figure("fast", 1.0, "s"), "machine")}
    assert report.missing(one) == "Never measured: other. Name them, with --long."
    assert report.missing(one | {("other", "fast"): one["added", "fast"]}) == ""


def test_a_goal_is_reached_or_says_why_not(modules):
    figures, _ = modules
    assert figures.Figure("a", 2.0, "s", 2.0).verdict == "reached"
    assert figures.Figure("a", 2.1, "s", 2.0, "two were needed").verdict == "missed: two were needed"
    assert figures.Figure("a", 2.1, "s").verdict == ""


def test_what_is_kept_comes_back_and_stands_under_its_machine(modules, tmp_path):
    figures, report = modules
    one = figures.Figure("one, in seconds", 1.25, "s", 2.0)
    two = figures.Figure("two", 1234.0, "MB", 1000.0, "blocks are large")
    measured = {("b", one.what): (one, "machine, old"), ("a", two.what): (two, "machine, new")}
    report.keep(measured, tmp_path / "measured.csv")
    assert report.kept(tmp_path / "measured.csv") == measured
    text = report.table(measured)
    assert text.index("machine, old") < text.index("one, in seconds")
    assert "missed: blocks are large" in text
    assert "1 of 2 goals reached." in text


def test_every_script_of_the_folder_is_read(modules):
    _, report = modules
    assert {"sampled"} <= set(report.scripts())
    assert not {"figures", "report", "machine"} & set(report.scripts())
