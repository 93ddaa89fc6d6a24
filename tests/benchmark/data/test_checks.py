"""A check is read from its file, and a report says what was found in one order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pollbench.data.checks import Finding, Report, read_check
from pollbench.data.descriptions import miscounted
from pollbench.data.elections import DESCRIPTION, find
from pollbench.data.schema import value_rules
from pollbench.data.waivers import judge_waivers

HEADER = """-- A heading that is none of the parts.
-- severity: {severity}
-- rule: What holds
--   in every row.
-- why: It matters.
-- remedy: Correct it.
SELECT 1
"""


@pytest.mark.parametrize(("word", "severity"), [("error", "error"), ("warning", "warning"), ("x", "warning")])
def test_the_header_of_a_check_is_its_sentence(tmp_path, word, severity):
    path = tmp_path / "a_check.sql"
    path.write_text(HEADER.format(severity=word), encoding="utf-8")
    check = read_check(path)
    assert (check.name, check.severity, check.rule) == ("a_check", severity, "What holds in every row.")
    assert (check.why, check.remedy) == ("It matters.", "Correct it.")


def test_a_check_without_a_part_of_its_header_is_a_fault_of_ours(tmp_path):
    path = tmp_path / "a_check.sql"
    path.write_text("-- severity: error\n-- rule: It holds.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a_check\.sql: the header of the check lacks remedy, why\."):
        read_check(path)


def finding(severity: str, line: int | None, column: str = "") -> Finding:
    return Finding(
        check="c",
        severity=severity,
        file="t.csv",
        line=line,
        column=column,
        row_key="k",
        value="",
        rule="R.",
        remedy="M.",
    )


def test_a_report_lists_errors_before_warnings_and_lines_in_their_order():
    report = Report(checks=["c"])
    report.add([finding("warning", None), finding("error", 3, "day"), finding("error", 2)])
    assert [(row.severity, row.line) for row in report.ordered()] == [
        ("error", 2),
        ("error", 3),
        ("warning", None),
    ]
    frame = report.to_frame()
    assert frame.severity.tolist() == ["error", "error", "warning"]
    assert frame.line.isna().tolist() == [False, False, True]
    assert str(report).splitlines() == [
        "error: t.csv, line 2 [k]: R. M. (c)",
        "error: t.csv, line 3, column day [k]: R. M. (c)",
        "1 checks, 2 errors, 1 warning, 0 exceptions with a reason.",
    ]
    assert "2 checks more once every line can be read." in Report(waiting=2).summary()
    assert Report().to_frame().empty


def test_a_waiver_of_no_check_and_one_that_excepts_nothing_are_found():
    places = {("waiver", f"{name}/k"): ("waivers.csv", 2) for name in ("here", "gone", "idle")}
    waivers = [("here", "k"), ("gone", "k"), ("idle", "k")]
    found = list(judge_waivers(waivers, {"here", "idle"}, {("here", "k")}, places))
    assert [(row.row_key, row.column) for row in found] == [("gone/k", "check_name"), ("idle/k", "row_key")]
    assert "There is: here, idle." in found[0].remedy
    # Where not all checks ran, none is called idle.
    assert len(list(judge_waivers(waivers, {"here", "idle"}, None, places))) == 1


def test_a_type_of_column_without_a_rule_is_a_fault_of_ours():
    with pytest.raises(NotImplementedError, match="a column of the type BLOB has no rule"):
        value_rules("photo", "BLOB")


def test_a_table_with_more_or_fewer_rows_than_the_description_says_is_found_where_it_says_so(tmp_path):
    path = tmp_path / DESCRIPTION
    path.write_text("year = 2030\n[rows]\nclaims = 3\nforecasts = 2\nevents = 1\n", encoding="utf-8")
    (shipped,) = find("fr-primary-left-2017")
    election = replace(shipped, folder=tmp_path, rows={"claims": 3, "forecasts": 2, "events": 1})
    (offence,) = miscounted(election, {"claims": 4, "forecasts": 2, "events": None})
    assert (offence.path, offence.line, offence.column, offence.value) == (path, 3, "rows", "claims = 3")
