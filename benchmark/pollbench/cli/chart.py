"""``pollbench chart``: one chart as a file."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pollbench.cli._options import DEFAULT_ELECTION, MoreElections, Scenarios, asked_for, takes_policy
from pollbench.language.texts import SOURCE_LOCALE, locales

if TYPE_CHECKING:
    from pollbench.selection.policy import Policy


class ChartFormat(StrEnum):
    """Forms of a chart; without one the ending of the file decides."""

    json = "json"
    html = "html"
    svg = "svg"
    png = "png"
    pdf = "pdf"
    csv = "csv"


class CsvForm(StrEnum):
    """Forms of a CSV file."""

    plain = "plain"
    excel_fr = "excel-fr"


@takes_policy("candidates", "scenario")
def chart_(
    name: Annotated[
        str,
        typer.Argument(
            help="The chart, such as error-by-forecaster or who-was-closest; see 'pollbench list charts'."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; without it the text goes to the screen."),
    ] = None,
    named_elections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ELECTIONS]...",
            help=f"Ids or folders; if none is named, {DEFAULT_ELECTION}, or all shipped ones for a chart over several.",
        ),
    ] = None,
    election: MoreElections = None,
    locale: Annotated[str, typer.Option(help=f"Language: {', '.join(locales())}.")] = SOURCE_LOCALE,
    form: Annotated[
        ChartFormat | None, typer.Option("--format", help="Form; else the ending of the file.")
    ] = None,
    width: Annotated[
        int | None, typer.Option(min=280, max=4000, help="Width in pixels; 760 without a size.")
    ] = None,
    size: Annotated[
        str,
        typer.Option(
            help="What it is for: a4, column (88 mm), square (1080 x 1080), story (1080 x 1920), card (1200 x 675)."
        ),
    ] = "",
    scale: Annotated[
        float | None,
        typer.Option(
            min=0.5, max=8, help="Dots of a PNG for each pixel; 2, or 1 for square, story and card."
        ),
    ] = None,
    transparent: Annotated[
        bool, typer.Option("--transparent", help="Without ground (SVG, PNG, PDF).")
    ] = False,
    theme: Annotated[
        str, typer.Option(help="house, print, dark, grey, or a TOML file with your colours and fonts.")
    ] = "house",
    highlight: Annotated[
        list[str] | None, typer.Option(help="Forecasters to stress, such as filteris,elabe; repeatable.")
    ] = None,
    candidates: Annotated[str, typer.Option(help="Candidates to show, separated by commas.")] = "",
    contest: Annotated[str, typer.Option(help="The contest, such as fr-pres-2017-r2.")] = "",
    scenario: Scenarios = None,
    *,
    policy: Policy,
    title: Annotated[str, typer.Option(help="Your title in place of the computed finding.")] = "",
    subtitle: Annotated[str, typer.Option(help="Your subtitle.")] = "",
    note: Annotated[str, typer.Option(help="A sentence before the source.")] = "",
    credit: Annotated[str, typer.Option(help="A sentence after the source, such as your name.")] = "",
    logo: Annotated[
        Path | None, typer.Option(help="Your logo below the source: a PNG or SVG file of at most 200 kB.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Write the table behind the chart to this CSV file too.")
    ] = None,
    dialect: Annotated[
        CsvForm, typer.Option("--csv", help="How CSV is written: excel-fr opens in a French Excel.")
    ] = CsvForm.plain,
) -> None:
    """Draw one chart with its title, source and policy; nothing is fetched from anywhere.

    Beside a picture of polls stand the legal notices to print with it, as text in the language of the chart.
    """
    from pollbench.data.store import load
    from pollbench.errors import PolicyError, UnknownName
    from pollbench_dashboards.charts import named
    from pollbench_dashboards.drawing.chart import CARD, COMPACT, WIDE, Drawing, View
    from pollbench_dashboards.drawing.logo import read_logo
    from pollbench_dashboards.drawing.own_theme import read_theme
    from pollbench_dashboards.drawing.sizes import fitting, size_called
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages import export
    from pollbench_dashboards.pages.legal_mentions import mentions_of

    kind = named(name)
    wanted = form.value if form else (output.suffix.lstrip(".").lower() if output else "json")
    if wanted not in export.FORMATS:
        raise UnknownName.of(kind="chart format", name=wanted, known=export.FORMATS)
    if logo is not None and wanted in ("json", "csv"):
        message = (
            f"--logo stands in pictures and pages: svg, png, pdf, html. A {wanted} file has no room for it."
        )
        raise PolicyError(message)
    mark = read_logo(logo) if logo is not None else None
    chosen = _split([candidates])
    stressed = _split(highlight or [])
    sheet = size_called(size) if size else None
    if theme.lower().endswith(".toml"):
        theme = read_theme(Path(theme))
    # A chart over several elections shows all that ship; every other one shows a contest of one.
    elections = asked_for(named_elections, election, () if kind.pooled else (DEFAULT_ELECTION,))
    with load(*elections, scenarios=scenario or ()) as bench:
        _require(bench.contests.contest_id, contest, "contest")
        if len(bench.elections) > 1 and not kind.pooled and not contest:
            message = (
                f"{name} shows one contest, and {len(bench.elections)} elections are asked for. Name one election, or "
                f"one contest with --contest: {', '.join(bench.contests.contest_id)}."
            )
            raise PolicyError(message)
        for forecaster_id in stressed:
            _require(bench.table("forecaster").forecaster_id, forecaster_id, "forecaster")
        for candidate_id in chosen:
            _require(bench.table("person").candidate_id, candidate_id, "candidate")
        frames = gather(bench, replace(policy, candidates=chosen or "main"), contest)
        view = View(
            locale=locale,
            theme=theme,
            width=width or WIDE,
            highlight=stressed,
            candidates=chosen,
            contest_id=contest,
        )
        texts = {"title": title, "subtitle": subtitle, "note": note, "credit": credit}

        def drawn(width: int) -> Drawing:
            return kind.draw(frames, replace(view, width=width)).with_texts(**texts).with_logo(mark)

        if sheet is not None and width is None:
            drawing = drawn(fitting(sheet, COMPACT - 1, CARD, lambda at: export.to_svg(drawn(at))))
        else:
            drawing = drawn(view.width)
        # A table of the data is no publication of a poll; a page holds its mentions.
        polls = kind.polls and wanted != "csv"
        mentions = mentions_of(frames, drawing, Words(locale)) if polls else None
    shape = export.Form(
        scale=scale or (1.0 if sheet and sheet.height else 2.0),
        transparent=transparent,
        size=sheet,
        dialect=dialect.value,
    )
    if data is not None:
        export.write(drawing, data, "csv", shape)
    if output is not None:
        export.write(drawing, output, wanted, shape, mentions)
        if mentions is not None and wanted != "html":
            beside = export.write_mentions(mentions, drawing, output)
            typer.echo(f"{output} shows polls: print the legal notices in {beside} with it.")
        return
    if mentions is not None and wanted != "html":
        typer.echo("Polls are shown: with --output the legal notices to print with them come too.", err=True)
    content = export.content_of(drawing, wanted, shape, mentions)
    if wanted in ("png", "pdf"):
        typer.get_binary_stream("stdout").write(content)
    else:
        typer.echo(content.decode("utf-8"), nl=False)


def _split(given: list[str]) -> tuple[str, ...]:
    """The names in options that may hold several, separated by commas."""
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _require(known: object, name: str, kind: str) -> None:
    """UnknownName with close names unless ``name`` is empty or known."""
    import pandas as pd

    from pollbench.errors import UnknownName

    assert isinstance(known, pd.Series)
    if name and name not in set(known):
        raise UnknownName.of(kind=kind, name=name, known=known)
