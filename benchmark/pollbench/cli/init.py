"""``pollbench init``: a folder for an election of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import day_of


def init_(
    election: Annotated[str, typer.Argument(help="Id of the election: small letters, digits, hyphens.")],
    day: Annotated[
        list[str] | None, typer.Option(help="Day of the vote (2029-02-25), once for each round.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where; a folder called like the election if not said."),
    ] = None,
    country: Annotated[str, typer.Option(help="ISO code of the country.")] = "XX",
    office: Annotated[str, typer.Option(help="What is voted on, such as mayor.")] = "office",
    title: Annotated[str, typer.Option(help="Name of the election, which charts and pages print.")] = "",
    candidate: Annotated[
        list[str] | None, typer.Option(help="Name of one who stands; once for each.")
    ] = None,
) -> None:
    """Write an election folder to fill in: every file with its header and remarks, valid from the start."""
    from pollbench.intake.starter import Start, start

    details = Start(
        election,
        [day_of("--day", text) for text in day or ()],
        country=country,
        office=office,
        title=title,
        candidates=candidate or (),
    )
    target = folder or Path(election)
    for path in start(details, target):
        typer.echo(path)
    if not day:
        typer.echo(
            "The day of the vote is not given: another stands for it in contests.csv. Correct it there."
        )
    typer.echo(f"Fill it in, or: pollbench import wide TABLE.csv -o {target}")
