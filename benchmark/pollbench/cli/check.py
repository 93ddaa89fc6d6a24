"""``pollbench check``: recompute the published tables, and go red when a figure moved."""

from __future__ import annotations

from typing import Annotated

import typer


def check_(
    write: Annotated[
        bool,
        typer.Option("--write", help="Write the tables anew, for maintainers, after a change that is meant."),
    ] = False,
) -> None:
    """Compare the tables as cited with recomputed ones. Leaves with 1 if a figure moved."""
    if not write:
        compare_published(None)
        return
    from pollbench.data.store import load
    from pollbench.outputs.publish import write_all

    with load() as bench:
        for path in write_all(bench):
            typer.echo(path)


def compare_published(names: tuple[str, ...] | None) -> None:
    """Print what differs from the published tables of these names; Exit(1) if anything does."""
    from pollbench.data.store import load
    from pollbench.outputs.published import compare_all, report

    with load() as bench:
        differences = compare_all(bench, names=names)
    typer.echo(report(differences))
    if any(differences.values()):
        raise typer.Exit(1)
