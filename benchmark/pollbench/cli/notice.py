"""``pollbench notice``: the legal mentions of one forecast."""

from __future__ import annotations

from typing import Annotated

import typer

from pollbench.cli._options import FewElections, MoreElections, asked_for
from pollbench.language.texts import SOURCE_LOCALE, locales


def notice_(
    forecast: Annotated[str, typer.Argument(help="Id of the forecast, such as elabe-2017-04-20-a.")],
    elections: FewElections = None,
    election: MoreElections = None,
    locale: Annotated[
        str | None,
        typer.Option(help=f"One language only, of {', '.join(locales())}; else all, English last."),
    ] = None,
    short: Annotated[
        bool, typer.Option("--short", help="One sentence of credit instead of the mentions.")
    ] = False,
) -> None:
    """Print the mentions that the law of the election asks for with the first publication of a poll."""
    from pollbench.cli._answers import answered

    named = asked_for(elections, election)
    languages = (
        [locale] if locale else [*(other for other in locales() if other != SOURCE_LOCALE), SOURCE_LOCALE]
    )
    answered(
        ("notice", forecast, *languages, short), named, lambda: _say(forecast, named, languages, short=short)
    )


def _say(forecast: str, elections: tuple[str, ...], languages: list[str], *, short: bool) -> None:
    from pollbench.attribution.credit_line import credit_line
    from pollbench.attribution.legal_notice import notice, row_of
    from pollbench.data.store import load

    with load(*elections) as bench:
        notices = notice(bench, forecast)
        row = row_of(bench, forecast)
    for language in languages:
        if short:
            typer.echo(credit_line(row, language) if notices.mentions else notices.remarks[language])
            continue
        lines = notices.lines(language)
        typer.echo(f"{notices.titles[language]}\n{notices.forecast_ids[0]}")
        for number, line in enumerate(lines, start=1):
            typer.echo(f"{number}. {line}" if notices.mentions else line)
        typer.echo("")
