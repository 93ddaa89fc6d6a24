"""``pollbench validate``: checksums, strict load, all checks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import typer

from pollbench.cli._options import Elections, Format, MoreElections, Output, TableFormat, asked_for

if TYPE_CHECKING:
    from pollbench.data.checks import Finding

#: Of each check, so that the errors are not lost among known gaps of the sources.
WARNINGS_SHOWN = 3


def validate_(
    elections: Elections = None,
    election: MoreElections = None,
    form: TableFormat = Format.table,
    output: Output = None,
) -> None:
    """Check data: shipped elections, or a folder of your own. Leaves with 1 if there are errors."""
    from pollbench.cli._output import show
    from pollbench.data.elections import shipped_collections, shipped_elections
    from pollbench.data.store import validate

    report = validate(*asked_for(elections, election, (*shipped_elections(), *shipped_collections())))
    if form is Format.table and output is None:
        for finding in report.errors:
            typer.echo(str(finding))
        for check, findings in groupby(
            sorted(report.warnings, key=lambda finding: finding.check), lambda finding: finding.check
        ):
            _echo_warnings(check, list(findings))
        typer.echo(report.summary())
    else:
        show(report.to_frame(), form, output)
    if report.errors:
        raise typer.Exit(1)


def _echo_warnings(check: str, findings: list[Finding]) -> None:
    """The first warnings of one check, and how many more there are."""
    for finding in findings[:WARNINGS_SHOWN]:
        typer.echo(str(finding))
    if len(findings) > WARNINGS_SHOWN:
        more = len(findings) - WARNINGS_SHOWN
        typer.echo(f"warning: {more} more of {check}; --format csv lists all.")
