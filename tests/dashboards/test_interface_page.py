"""The page of the Python interface: what PollBench defines, whatever Python it is written by."""

from __future__ import annotations

from pollbench_dashboards.pages.api import content


def test_methods_of_python_itself_are_not_listed():
    """Python 3.13 prints a signature of ``add_note`` that 3.11 does not have."""
    methods = {name.partition("(")[0] for entry in content()["entries"] for name, _ in entry["methods"]}
    assert "Bench.frame" in methods
    assert not {name for name in methods if name.endswith((".add_note", ".with_traceback"))}
