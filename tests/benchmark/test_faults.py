"""The scripts of ``benchmark/faults``: a few cases of each, and that both can find what they look for."""

from __future__ import annotations

import stat
import sys
from collections import Counter
from importlib import util
from pathlib import Path

import pytest

from pollbench.files import write_text

FAULTS = Path(__file__).parents[2] / "benchmark" / "faults"


def script(name):
    if str(FAULTS) not in sys.path:
        sys.path.insert(0, str(FAULTS))
    spec = util.spec_from_file_location(f"faults_{name}", FAULTS / f"{name}.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_mutated_files_are_read_or_refused_with_a_message():
    counts, foreign = script("mutate").fuzz(10_000, seed=1)
    assert foreign == []
    assert counts["refused"] > 5_000
    assert counts["read"] > 1_000
    assert counts["validations"] >= 1


def test_a_search_can_be_continued_where_it_ended():
    mutate = script("mutate")
    both = mutate.fuzz(200, seed=1)[0]
    assert both == mutate.fuzz(120, seed=1)[0] + mutate.fuzz(80, seed=1, first=120)[0]


@pytest.mark.skipif(sys.platform == "win32", reason="no forks")
def test_a_case_that_kills_the_process_is_counted(monkeypatch):
    import os

    mutate = script("mutate")
    monkeypatch.setattr(mutate, "read", lambda _: os.kill(os.getpid(), 9))
    counts, foreign = mutate.fuzz(3, seed=1)
    assert counts["foreign"] == 1
    assert foreign == ["cases 0 to 2: ended with -9"]


def test_an_exception_that_is_none_of_ours_is_counted(monkeypatch):
    mutate = script("mutate")

    def broken(path):
        raise KeyError(path.name)

    monkeypatch.setattr(mutate, "read", broken)
    counts, foreign = mutate.fuzz(5, seed=1)
    assert counts["foreign"] == len(foreign) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_a_kill_at_any_step_of_the_replacement_loses_nothing():
    counts: Counter[str] = Counter()
    script("kill").killed_at_every_step(counts)
    assert counts["placed"] >= 8
    assert (counts["mixtures"], counts["leftovers"]) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no umask of this kind")
def test_files_obey_the_umask(tmp_path):
    import os

    before = os.umask(0o077)
    try:
        write_text(tmp_path / "a.txt", "a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600


#: One kind of each table, all in one election, with what shows it.
SAMPLE = {
    "share off by 1.5": "error",
    "share off by one": "warning",
    "shares among all asked": "error",
    "year off by one in row and id": "warning",
    "fieldwork twenty days longer": "warning",
    "sample ten times too large": "warning",
    "status of a poll changed": "warning",
    "poll of the other round": "error",
    "letter of an id skips some": "warning",
    "run-off a year later": "error",
    "round a day later": "error",
    "two advance in the last round": "error",
    "claim lost": "error",
    "dispute lost": "error",
    "wrong country": "error",
    "wrong law": "warning",
    "wrong revision": "silent",
    "read once, said twice": "silent",
}


@pytest.fixture(scope="module")
def plant():
    return script("plant")


def test_faults_of_a_clerk_are_shown_as_they_were(plant):
    counted = plant.rates(list(SAMPLE), places=1, seed=1)
    assert {kind: next(iter(outcomes)) for kind, outcomes in counted.items()} == SAMPLE


def test_a_change_that_is_none_is_silent(plant):
    import random

    ground = plant.Ground("fr-primary-left-2017")
    assert ground.outcome(lambda rows, _: rows.change("contest"), random.Random(1)) == "silent"
    assert ground.outcome(lambda rows, _: rows.change("contest").clear(), random.Random(1)) == "error"


def test_kinds_that_nothing_inside_can_show_are_kinds_and_named(plant):
    assert len(plant.KINDS) >= 110
    assert set(plant.UNSEEN) <= set(plant.KINDS)
    text = " ".join((FAULTS / "README.md").read_text(encoding="utf-8").split())
    assert [kind for kind in plant.UNSEEN if kind not in text] == []


@pytest.fixture(scope="module")
def mutation():
    """The changes that are made to code, and the warm process that judges them."""
    if str(FAULTS) not in sys.path:
        sys.path.insert(0, str(FAULTS))
    from mutation import operators, warm

    return operators, warm


def test_every_kind_of_change_is_made(mutation):
    import ast

    operators, _ = mutation
    code = "def f(x, y=2):\n    if x < 1 and not y:\n        raise ValueError\n    return x + y\n"
    made = {
        f"{kind}: {operators.words(node)} -> {operators.words(new)}"
        for node in ast.walk(ast.parse(code))
        for kind, new in operators.changes(node)
    }
    assert made == {
        "arithmetic: x + y -> x - y",
        "boolean: not y -> y",
        "boolean: x < 1 and (not y) -> x < 1 or not y",
        "comparison: x < 1 -> x <= 1",
        "constant: 1 -> 2",
        "constant: 2 -> 3",
        "return: return x + y -> return None",
        "statement: raise ValueError -> (left out)",
    }


def test_each_change_that_is_listed_as_none_is_a_change_of_the_code_with_a_reason(mutation, monkeypatch):
    operators, _ = mutation
    listed = operators.equivalents()
    monkeypatch.setattr(operators, "is_equivalent", lambda *_: False)
    known = {
        (file, mutant.path.read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip(), mutant.change)
        for file in {entry["file"] for entry in listed}
        for mutant in operators.mutants(operators.PACKAGE / file)
    }
    changes = {(file, change) for file, _, change in known}
    for entry in listed:
        assert len(entry["reason"]) > 10
        assert (entry["file"], entry["change"]) in changes
        assert "line" not in entry or (entry["file"], entry["line"], entry["change"]) in known, entry


@pytest.mark.skipif(sys.platform == "win32", reason="no forks")
def test_a_mutant_is_killed_by_a_test_and_survives_without_one(mutation, monkeypatch):
    """The code is exchanged where it stands: what was imported before runs the mutant, in the fork alone."""
    from types import FunctionType, SimpleNamespace

    from pollbench.inference import multiplicity
    from pollbench.inference.multiplicity import at_least

    operators, warm = mutation
    path = Path(multiplicity.__file__)
    mutant = next(one for one in operators.mutants(path) if one.change == "count - 1 -> count + 1")
    campaign = warm.Campaign(lambda _: None)
    campaign.functions = {
        str(path): [one for one in vars(multiplicity).values() if isinstance(one, FunctionType)]
    }
    # Its example would notice, too.
    monkeypatch.setattr(warm.doctest, "testmod", lambda _: SimpleNamespace(failed=0))
    for passes, verdict in (
        (lambda _: True, warm.SURVIVES),
        (lambda _: round(at_least(2, 9, 0.05), 3) == 0.071, warm.KILLED),
    ):
        monkeypatch.setattr(campaign, "passes", passes)
        assert warm.warm(campaign, mutant, warm.Covered()) == verdict
    assert round(at_least(2, 9, 0.05), 3) == 0.071


@pytest.fixture(scope="module")
def measured():
    return script_imported("measured")


def script_imported(name):
    if str(FAULTS) not in sys.path:
        sys.path.insert(0, str(FAULTS))
    return __import__(name)


def test_figures_come_back_as_they_were_kept_and_say_whether_they_keep_their_goal(measured, tmp_path):
    path = tmp_path / "measured.csv"
    score = measured.Figure("score", 98.3, "%", "at least", 95.0, "402 of 409", "make mutants", "one, two")
    lost = measured.Figure("lost", 0.0, "", "at most", 0.0, "", "make faults", "another")
    measured.keep([score, lost], path)
    measured.keep(
        [measured.Figure("score", 94.9, "%", "at least", 95.0, "", "make mutants", "another")], path
    )
    kept = measured.kept(path)
    assert kept["lost"] == lost
    assert [kept[name].reached for name in ("lost", "score")] == [True, False]
    text = measured.table(kept.values())
    assert text.splitlines()[0] == "another"
    assert "MISSED" in text
    assert text.endswith("1 of 2 goals reached.")


def test_kills_of_all_verbs_are_added(measured):
    one, other = (
        measured.Figure(measured.HITS.format(verb), hits, "", "at least", 100, "", "kill.py", "a machine")
        for verb, hits in (("run", 400.0), ("build", 599.0))
    )
    lost = measured.Figure("run killed: lost", 7.0, "", "at most", 0, "", "kill.py", "a machine")
    total = measured.of_all_kills([one, lost, other])
    assert (total.value, total.reached, total.detail) == (999, False, "400 + 599")


def test_coverage_counts_lines_and_branches_together(measured, tmp_path):
    path = tmp_path / "coverage.json"
    path.write_text(
        '{"totals": {"num_statements": 90, "num_branches": 10, "covered_lines": 89, "covered_branches": 8}}'
    )
    figure = measured.of_coverage(path)
    assert (figure.value, figure.reached, figure.detail) == (97, False, "97 of 100")
    assert "2 rooms" in measured.of_coverage(path, ["flows", "measures"]).what


def test_what_was_measured_is_kept_for_every_tool_with_a_command_and_a_machine(measured):
    figures = measured.kept().values()
    tools = ("kill.py", "mutate.py", "plant.py", "make mutants", "same_bytes.py")
    assert all(any(tool in figure.command for figure in figures) for tool in tools)
    assert all("processors" in figure.machine and "Python 3" in figure.machine for figure in figures)


def test_a_document_that_one_run_lacks_or_has_otherwise_differs():
    differing = script_imported("same_bytes").differing
    assert differing([{"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "1", "b": "2", "c": "4"}]) == [
        "b",
        "c",
    ]
    assert differing([{"a": "1"}, {"a": "1"}]) == []
