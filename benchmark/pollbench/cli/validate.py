"""``pollbench validate``: checksums, strict load, all checks."""

from __future__ import annotations

import typer

from pollbench.cli._options import Elections, Format, Output, TableFormat


def validate_(elections: Elections = None, form: TableFormat = Format.table, output: Output = None) -> None:
    """Check data: shipped elections, or a folder of your own. Leaves with 1 if there are errors."""
    from pollbench.catalog import shipped_elections
    from pollbench.cli._output import show
    from pollbench.store import validate

    report = validate(*(elections or shipped_elections()))
    if form is Format.table and output is None:
        for finding in report.ordered():
            typer.echo(str(finding))
        typer.echo(report.summary())
    else:
        show(report.to_frame(), form, output)
    if report.errors:
        raise typer.Exit(1)
