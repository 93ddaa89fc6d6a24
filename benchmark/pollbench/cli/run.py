"""``pollbench run``: the main job, from the data to the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pollbench.cli._options import Elections, MoreElections, Scenarios, SiteMoment, asked_for

if TYPE_CHECKING:
    from pollbench_dashboards.pages.silence import Silenced


def run_(
    elections: Elections = None,
    election: MoreElections = None,
    scenario: Scenarios = None,
    as_of: SiteMoment = "",
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.")] = Path("output"),
    settings: Annotated[
        Path | None,
        typer.Option(help="site.toml: publisher, address and correction notice printed on every page."),
    ] = None,
) -> None:
    """Verify, validate, build the database, score, rank, and draw the page: all into one folder.

    A folder that already holds a run of the same data, code, libraries, policy and seed is compared with
    its checksums, and nothing is computed again; another --output always is.
    """
    from pollbench.cli._unchanged import CHECKSUMS, SUMMARY, is_whole, made_from
    from pollbench_dashboards.pages.settings import Settings, read_settings

    asked, chosen = asked_for(elections, election, ()), tuple(scenario or ())
    named, silenced = _shown(asked, as_of)
    publisher = read_settings(settings) if settings else Settings()
    unchanged = is_whole(output, made_from(named, chosen, as_of, repr(publisher)))
    failed: dict[str, str] = {}
    if not unchanged:
        from pollbench.cli._job import run

        failed = run(output, named, chosen, silenced=silenced, settings=publisher, progress=True).failed
    typer.echo((output / SUMMARY).read_text(encoding="utf-8"))
    if unchanged:
        files = len((output / CHECKSUMS).read_text(encoding="utf-8").splitlines())
        typer.echo(
            f"Made earlier, from the same data, code, libraries, policy and seed: all {files} files are as "
            f"{CHECKSUMS} says. To compute everything again, name another --output."
        )
    typer.echo(f"Tables: {output / 'tables'}   Database: {output / 'pollbench.duckdb'}")
    typer.echo(f"Page: {output / 'site' / 'index.html'}")
    if failed:
        typer.echo(f"Failed: {', '.join(failed)}. Everything else is whole.", err=True)
        raise typer.Exit(1)


def _shown(asked: tuple[str, ...], as_of: str) -> tuple[tuple[str, ...], Silenced | None]:
    """The elections that may be shown at a moment, and those that the site leaves out.

    Raises
    ------
    MomentError, UnknownName, DataError : as for ``outside_silence``.
    NothingToCompare : all of them are in their legal silence.
    """
    if not as_of:
        return asked, None
    from pollbench.errors import NothingToCompare
    from pollbench.protocol.silence import outside_silence
    from pollbench_dashboards.pages.silence import Silenced

    left, silent = outside_silence(asked, as_of)
    if silent and not left:
        message = (
            f"{silent[0].election.election_id} is in its legal silence until {silent[0].until.isoformat()}: no table and "
            "no page of it is made. 'pollbench dashboard' with the same --as-of writes the page that says so."
        )
        raise NothingToCompare(message)
    return tuple(map(str, left)), Silenced(as_of, silent)
