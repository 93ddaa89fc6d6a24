"""``pollbench dashboard``: the site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import Elections, MoreElections, Scenarios, SiteMoment, asked_for


def dashboard_(
    elections: Elections = None,
    election: MoreElections = None,
    scenario: Scenarios = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.")] = Path(
        "output/site"
    ),
    as_of: SiteMoment = "",
    settings: Annotated[
        Path | None,
        typer.Option(help="site.toml: publisher, address and correction notice printed on every page."),
    ] = None,
) -> None:
    """Draw the site: English at the root of the folder, French in fr/; opens without a network."""
    from pollbench.data.store import load
    from pollbench.files import filled_folder
    from pollbench.protocol.silence import outside_silence
    from pollbench.workers import Workers
    from pollbench_dashboards.pages.settings import Settings, read_settings
    from pollbench_dashboards.pages.silence import Silenced, build_silent_site
    from pollbench_dashboards.site import build_site

    named = read_settings(settings) if settings else Settings()
    left, silent = outside_silence(asked_for(elections, election, ()), as_of)
    silenced = Silenced(as_of, silent)
    if silent and not left:
        with filled_folder(output) as folder:
            pages = build_silent_site(folder, silenced)
        typer.echo(f"{len(pages)} pages, all of them about the legal silence: {output / 'index.html'}")
        return
    with (
        load(*left, scenarios=scenario or ()) as bench,
        filled_folder(output) as folder,
        Workers() as workers,
    ):
        site = build_site(bench, folder, progress=True, workers=workers, settings=named, silenced=silenced)
    typer.echo(f"{len(site.pages)} pages: {output / 'index.html'}")
    for name, why in site.failed.items():
        typer.echo(f"Failed: {name}. {why}", err=True)
    if site.failed:
        raise typer.Exit(1)
