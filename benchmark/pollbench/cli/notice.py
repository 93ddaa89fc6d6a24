"""``pollbench notice``: the legal mentions of one forecast."""

from __future__ import annotations

from typing import Annotated

import typer

from pollbench.cli._options import DEFAULT_ELECTION, Election
from pollbench.cli.chart import Locale


def notice_(
    forecast: Annotated[str, typer.Argument(help="Id of the forecast, such as elabe-2017-04-20-a.")],
    election: Election = DEFAULT_ELECTION,
    locale: Annotated[
        Locale | None, typer.Option(help="One language only; else French and an English gloss.")
    ] = None,
) -> None:
    """Print the mentions that the law of the election asks for with the first publication of a poll."""
    from pollbench.attribution.legal_notice import notice
    from pollbench.data.store import load

    with load(election) as bench:
        made = notice(bench, forecast)
    for language in [locale.value] if locale else ["fr", "en"]:
        typer.echo(f"{made.law_fr if language == 'fr' else made.law}\n{made.forecast_ids[0]}")
        for number, line in enumerate(made.lines(language), start=1):
            typer.echo(f"{number}. {line}" if made.mentions else line)
        typer.echo("")
