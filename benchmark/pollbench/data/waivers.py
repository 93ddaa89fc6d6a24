"""Exceptions to a check with their reason: each names a check, and excepts a row that the check finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pollbench.data.checks import Check, Finding, to_findings

UNKNOWN = Check(
    "waiver_names_check",
    "error",
    "check_name must name a check.",
    "an exception to a rule that does not exist hides a mistake",
    "",
    "",
)
IDLE = Check(
    "waiver_is_needed",
    "warning",
    "A waiver excepts a row that its check finds.",
    "one that matches nothing would silently except a later fault",
    "Remove it, or correct its key.",
    "",
)
ABOUT_WAIVERS = (UNKNOWN, IDLE)


def judge_waivers(
    waivers: Iterable[tuple[str, str]],
    checks: set[str],
    offences: set[tuple[str, str]] | None,
    places: dict[tuple[str, str], tuple[str, int]],
) -> Iterator[Finding]:
    """The waivers that name no check, and those that except nothing.

    Parameters
    ----------
    waivers : (check, key) of each.
    checks : names of the checks.
    offences : (check, key) of what the checks found; None if not all ran.
    places : (table, key) -> file and line.
    """
    unknown = replace(UNKNOWN, remedy=f"There is: {', '.join(sorted(checks))}.")
    for name, key in sorted(waivers):
        if name not in checks:
            yield from to_findings(unknown, [_row(name, key, "check_name")], places, {})[0]
        elif offences is not None and (name, key) not in offences:
            yield from to_findings(IDLE, [_row(name, key, "row_key")], places, {})[0]


def _row(name: str, key: str, column: str) -> tuple[str, str, str, str]:
    return "waiver", f"{name}/{key}", column, key
