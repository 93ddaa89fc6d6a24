"""``pollbench cite``: how to cite."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pollbench.cli._options import Elections, MoreElections, asked_for


class Style(StrEnum):
    """Forms of a citation."""

    sentence = "sentence"
    bibtex = "bibtex"
    cff = "cff"


def cite_(
    elections: Elections = None,
    election: MoreElections = None,
    style: Annotated[Style, typer.Option("--format", help="Form.")] = Style.sentence,
) -> None:
    """Print how to cite the benchmark and the revisions of the data sets used."""
    from pollbench.attribution.citation import cite
    from pollbench.data.store import load

    with load(*asked_for(elections, election, ())) as bench:
        typer.echo(cite(bench, style.value))
