"""``pollbench cite``: how to cite the data, or one number, sentence or release of a site."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pollbench.cli._options import Elections, MoreElections, asked_for
from pollbench.language.texts import SOURCE_LOCALE


class Style(StrEnum):
    """Forms of a citation."""

    sentence = "sentence"
    bibtex = "bibtex"
    cff = "cff"
    sources = "sources"


def cite_(
    elections: Elections = None,
    election: MoreElections = None,
    style: Annotated[
        Style, typer.Option("--format", help="Form; sources: every source of the data as BibTeX.")
    ] = Style.sentence,
    locale: Annotated[str, typer.Option(help="Language of a number or a sentence.")] = SOURCE_LOCALE,
    address: Annotated[
        str, typer.Option(help="Where the site is published, such as https://example.org/polls/.")
    ] = "",
) -> None:
    """Print how to cite the benchmark and its data, or a number, sentence, cell or release of the record by its address on the site or its id (vote-fr-pres-2017-r1.html#filteris-2017-04-21-b:mae, fr-pres-2017:right, start:right, house-ifop:mae, chart:error-by-forecaster.table.1.mae, world:RELEASE)."""
    from pollbench.cli._answers import answered
    from pollbench_dashboards.pages.addresses import is_address

    asked = elections or []
    numbers = [
        name for name in asked if is_address(name) or (":" in name and not name.startswith((".", "/")))
    ]
    folders = [name for name in asked if name not in numbers]
    where = f"{address.rstrip('/')}/" if address else ""
    named = asked_for(folders, election, ())

    def say() -> None:
        from pollbench.attribution.citation import cite, sources_bibtex
        from pollbench.data.store import load

        with load(*named) as bench:
            for number in numbers:
                typer.echo(_cited(bench, number, locale, where))
            if not numbers:
                typer.echo(sources_bibtex(bench) if style is Style.sources else cite(bench, style.value))

    answered(("cite", *numbers, style.value, locale, where), named, say)


def _cited(bench: object, number: str, locale: str, address: str) -> str:
    """A number of a round, a release of the record, a cell of a chart, or a sentence: of an election, or about all of them."""
    from pollbench.data.bench import Bench
    from pollbench.ranking.cited import cite_number
    from pollbench.records.cited import cite_release, is_release
    from pollbench.records.record import COLLECTION
    from pollbench_dashboards.pages import sentences
    from pollbench_dashboards.pages.addresses import asked_of, is_address, locale_of

    assert isinstance(bench, Bench)
    if is_address(number):
        number, named = asked_of(number)
        locale = locale_of(named, locale)
    election, _, sentence = number.partition(":")
    if election == COLLECTION:
        release, _, figure = sentence.partition(":")
        return cite_release(bench, release, figure, locale=locale, address=address)
    if election == sentences.CHART:
        return sentences.cite_cell(bench, sentence, locale, address)
    if election == sentences.START:
        return sentences.cite_start(bench, sentence, locale, address)
    if election == sentences.OVERVIEW:
        return sentences.cite_overview(bench, sentence, locale, address)
    if election.startswith(sentences.HOUSE):
        return sentences.cite_house(bench, election, sentence, locale, address)
    if election in bench.revisions:
        return sentences.cite_sentence(election, sentence, locale, address)
    if is_release(bench, election):
        return cite_release(bench, election, sentence, locale=locale, address=address)
    return cite_number(bench, number, locale=locale, address=address)
