"""``pollbench chart``: one chart as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pollbench.cli._options import DEFAULT_ELECTION, Scenarios
from pollbench.language.texts import SOURCE_LOCALE, locales


class ChartFormat(StrEnum):
    """Forms of a chart; without one the ending of the file decides."""

    json = "json"
    html = "html"
    svg = "svg"
    png = "png"
    csv = "csv"


def chart_(
    name: Annotated[
        str, typer.Argument(help="The chart, such as error-by-forecaster; see 'pollbench list charts'.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; without it the text goes to the screen."),
    ] = None,
    election: Annotated[
        list[str] | None,
        typer.Option(
            "--election", "-e", help="Id of an election, or a folder laid out like one; repeatable."
        ),
    ] = None,
    locale: Annotated[str, typer.Option(help=f"Language: {', '.join(locales())}.")] = SOURCE_LOCALE,
    form: Annotated[
        ChartFormat | None, typer.Option("--format", help="Form; else the ending of the file.")
    ] = None,
    width: Annotated[int, typer.Option(min=280, max=4000, help="Width in pixels.")] = 760,
    scale: Annotated[
        float, typer.Option(min=0.5, max=8, help="Pixels of a PNG for each pixel of the width.")
    ] = 2.0,
    theme: Annotated[
        str, typer.Option(help="house, print, dark, grey, or a theme that you registered with Altair.")
    ] = "house",
    highlight: Annotated[
        list[str] | None, typer.Option(help="A forecaster to stress, such as filteris; repeatable.")
    ] = None,
    candidates: Annotated[str, typer.Option(help="Candidates to show, separated by commas.")] = "",
    contest: Annotated[str, typer.Option(help="The contest, such as fr-pres-2017-r2.")] = "",
    scenario: Scenarios = None,
    as_of: Annotated[str | None, typer.Option(help="Only what was public by this day (2017-04-21).")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Write the table behind the chart to this CSV file too.")
    ] = None,
) -> None:
    """Draw one chart with its title, source and policy; nothing is fetched from anywhere.

    Beside a picture of polls stand the legal mentions to print with it, as text in the language of the chart.
    """
    from pollbench.data.store import load
    from pollbench.errors import PolicyError, UnknownName
    from pollbench.selection.policy import Policy
    from pollbench_dashboards.charts import named
    from pollbench_dashboards.drawing.chart import View
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages import export
    from pollbench_dashboards.pages.legal_mentions import mentions_of

    kind = named(name)
    wanted = form.value if form else (output.suffix.lstrip(".").lower() if output else "json")
    if wanted not in export.FORMATS:
        raise UnknownName.of(kind="chart format", name=wanted, known=export.FORMATS)
    chosen = tuple(part.strip() for part in candidates.split(",") if part.strip())
    # A chart over several elections shows all that ship; every other one shows a contest of one.
    elections = election or ([] if kind.pooled else [DEFAULT_ELECTION])
    with load(*elections, scenarios=scenario or ()) as bench:
        _require(bench.contests.contest_id, contest, "contest")
        if len(bench.elections) > 1 and not kind.pooled and not contest:
            message = (
                f"{name} shows one contest, and {len(bench.elections)} elections are asked for. Name one election, or "
                f"one contest with --contest: {', '.join(bench.contests.contest_id)}."
            )
            raise PolicyError(message)
        for each in highlight or ():
            _require(bench.table("forecaster").forecaster_id, each, "forecaster")
        for each in chosen:
            _require(bench.table("person").candidate_id, each, "candidate")
        policy = Policy(missing="drop", as_of=as_of, candidates=chosen or "main")
        frames = gather(bench, policy, contest)
        drawing = kind.draw(
            frames,
            View(
                locale=locale,
                theme=theme,
                width=width,
                highlight=tuple(highlight or ()),
                candidates=chosen,
                contest_id=contest,
            ),
        )
        # A table of the data is no publication of a poll; a page holds its mentions.
        polls = kind.polls and wanted != "csv"
        mentions = mentions_of(frames, drawing, Words(locale)) if polls else None
    if data is not None:
        export.write(drawing, data, "csv")
    if output is not None:
        export.write(drawing, output, wanted, scale, mentions)
        if mentions is not None and wanted != "html":
            beside = export.write_mentions(mentions, drawing, output)
            typer.echo(f"{output} shows polls: print the legal mentions in {beside} with it.")
        return
    if mentions is not None and wanted != "html":
        typer.echo("Polls are shown: with --output the legal mentions to print with them come too.", err=True)
    if wanted == "png":
        typer.get_binary_stream("stdout").write(export.to_png(drawing, scale))
    else:
        typer.echo(export.content_of(drawing, wanted, mentions=mentions).decode("utf-8"), nl=False)


def _require(known: object, name: str, kind: str) -> None:
    """UnknownName with close names unless ``name`` is empty or known."""
    import pandas as pd

    from pollbench.errors import UnknownName

    assert isinstance(known, pd.Series)
    if name and name not in set(known):
        raise UnknownName.of(kind=kind, name=name, known=known)
