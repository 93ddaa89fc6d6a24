"""``pollbench import``: files of others become an election folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import day_of


def import_(
    kind: Annotated[str, typer.Argument(help="Kind of source: 'pollbench list importers' names them.")],
    source: Annotated[Path, typer.Argument(help="A local file or folder.")],
    folder: Annotated[Path, typer.Option("--output", "-o", help="Election folder to write, or to update.")],
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="Decisions to obey, as in the mapping.toml of an earlier import; default: that of the folder."
        ),
    ] = None,
    election: Annotated[
        str,
        typer.Option(
            help="Id of the election; of a shipped one, its contests, ballot and results are taken over."
        ),
    ] = "",
    day: Annotated[
        list[str] | None, typer.Option(help="Day of the vote (2027-04-18), once for each round.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Leave out what ended before this day.")] = None,
    country: Annotated[str, typer.Option(help="ISO code of the country.")] = "",
    office: Annotated[str, typer.Option(help="What is voted on, such as president.")] = "",
    title: Annotated[str, typer.Option(help="Name of the election, which charts and pages print.")] = "",
    round_of: Annotated[
        int, typer.Option("--round", help="Round that the table is about, where no column says it.")
    ] = 1,
    house: Annotated[str, typer.Option(help="Who published the figures, where no column says it.")] = "",
    race: Annotated[
        str, typer.Option(help="Of a source with many elections, those whose name holds this.")
    ] = "",
    results: Annotated[
        Path | None,
        typer.Option(help="Table of the result: candidate, and votes or share; round where there are two."),
    ] = None,
    url: Annotated[str, typer.Option(help="Address of the source, for sources.csv.")] = "",
    licence: Annotated[str, typer.Option(help="Licence of the source, for sources.csv.")] = "",
    revision: Annotated[
        str, typer.Option(help="Revision of the source (a commit, a day), for sources.csv.")
    ] = "",
) -> None:
    """Read files of others into an election folder, and report every guess, drop and name in its import.md."""
    from pollbench.intake.plan import Details
    from pollbench.intake.run import import_files

    details = Details(
        election_id=election,
        days=tuple(day_of("--day", text) for text in day or ()),
        country=country,
        office=office,
        title=title,
        since=day_of("--since", since) if since else None,
    )
    outcome = import_files(
        kind,
        source,
        folder,
        mapping_file=mapping,
        details=details,
        round_of=round_of,
        house=house,
        race=race,
        results=results,
        says={"url": url, "licence": licence, "revision": revision},
    )
    typer.echo(outcome.summary)
    remarks = outcome.remarks
    for line in remarks.changes:
        typer.echo(line)
    typer.echo(
        f"{len(remarks.guesses)} guesses, {len(remarks.dropped)} rows left out: {folder / outcome.report} lists them; "
        f"change {folder / outcome.mapping} and import again."
    )
    for line in remarks.missing:
        typer.echo(f"missing: {line}")
