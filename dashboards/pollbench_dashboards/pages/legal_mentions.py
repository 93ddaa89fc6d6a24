"""The legal mentions of a chart: of every poll it shows, one paragraph per house; a list poll by poll, and plain text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.data.memo import Key
from pollbench.files import csv_text, write_text
from pollbench.language.texts import locales
from pollbench_dashboards.drawing.choosing import contest_title
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.kept_mentions import kept_text

if TYPE_CHECKING:
    from pollbench.attribution.legal_notice import Notice
    from pollbench_dashboards.drawing.chart import Drawing
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.pages.figure import Figure

#: Charts of a whole campaign: they rest on all that was published in it, though no row names one.
WHOLE_CAMPAIGN = ("coverage_matrix",)


@dataclass(frozen=True)
class OfHouse:
    """The mentions of the polls of one house in one contest, as a page prints them."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Mentions:
    """Everything that a law asks for with the polls of one chart.

    Attributes
    ----------
    law : title of the law that asks for it, or of each if there are several; empty if none is known.
    polls : how many polls the chart shows; several questions to one sample are one poll.
    shared : mentions that are the same for all of them.
    houses : the other mentions, house by house.
    others : lines on what is shown and is not a poll.
    credits : each poll in a sentence, in the order of the houses.
    file : name of the file with the mentions of every single poll; empty if no law asks for any, or none was wanted.
    """

    law: str
    polls: int
    shared: tuple[str, ...]
    houses: tuple[OfHouse, ...]
    others: tuple[str, ...]
    file: str
    credits: tuple[str, ...] = ()


def mentions_of(
    frames: Gathered, drawing: Drawing, words: Words, folder: Path | None = None
) -> Mentions | None:
    """The mentions of all polls that a drawing shows; None if it shows nothing that was published.

    Writes the mentions poll by poll to ``<name>.<locale>.mentions.csv`` in ``folder``, if there is one.
    """
    rows = _shown(frames, drawing)
    if rows.empty:
        return None
    mentions = _mentions(frames, rows, words)
    if folder is None or not mentions.law:
        return mentions
    file = f"{drawing.name}.{words.locale}.mentions.csv"

    def listed() -> str:
        return csv_text(_poll_by_poll(_worded(frames, rows)[0], words))

    write_text(folder / file, str(kept_text("poll by poll", frames, rows, words, listed)))
    return replace(mentions, file=file)


def _mentions(frames: Gathered, rows: pd.DataFrame, words: Words) -> Mentions:
    """The mentions of the polls in these rows, kept between runs."""
    fresh: list[Mentions] = []

    def make() -> str | None:
        fresh.append(_make_mentions(frames, rows, words))
        text = json.dumps(asdict(fresh[0]), ensure_ascii=False)
        return text if repr(_read(text)) == repr(fresh[0]) else None

    text = kept_text("together", frames, rows, words, make)
    return fresh[0] if fresh else _read(str(text))


def _read(text: str) -> Mentions:
    fields = json.loads(text)
    houses = tuple(OfHouse(house["heading"], tuple(house["lines"])) for house in fields["houses"])
    listed = {name: tuple(fields[name]) for name in ("shared", "others", "credits")}
    return Mentions(**{**fields, **listed, "houses": houses})


def _make_mentions(frames: Gathered, rows: pd.DataFrame, words: Words) -> Mentions:
    groups, remarks = _worded(frames, rows)
    contests = {str(row.contest_id): row for _, row in frames["contest"].iterrows()}
    several = len({group.contest_id for group in groups}) > 1
    houses, shared = [], []
    for group in groups:
        contest = contest_title(contests[group.contest_id], words) if several else ""
        lines = [(mention.shared, mention.texts[words.locale]) for mention in group.together.mentions]
        lines_of_house = tuple(text for same, text in lines if not same) or tuple(
            group.together.lines(words.locale)
        )
        houses.append(OfHouse(_heading(group, contest, words), lines_of_house))
        shared += [text for same, text in lines if same]
    laws = dict.fromkeys(group.together.titles[words.locale] for group in groups if group.together.mentions)
    return Mentions(
        law=words.listed(laws),
        polls=sum(group.polls for group in groups),
        shared=tuple(dict.fromkeys(shared)),
        houses=tuple(houses),
        others=tuple(remark[words.locale] for remark in remarks),
        file="",
        credits=tuple(line for group in groups for line in group.credits[words.locale]),
    )


def mentions_together(
    frames: Gathered, figures: Sequence[Figure], words: Words, named: Iterable[str] = ()
) -> Mentions | None:
    """The mentions of all polls on a page, each once, for its printed appendix; None if it shows none.

    ``named`` are forecasts of which the page speaks outside its figures.
    """
    listed = [figure for figure in figures if figure.polls and not figure.failed]
    wanted = set(named)
    if not wanted and len(listed) < 2:
        # A page that shows no polls does not rest on any.
        return listed[0].mentions if listed else None
    rows = frames["notice_row"]
    spoken_of = rows[rows.forecast_id.isin(wanted)]
    if len(listed) == 1 and spoken_of.empty:
        return listed[0].mentions
    drawings = [figure.wide for figure in listed]
    shown = [rows for drawing in drawings if len(rows := _shown(frames, drawing))]
    shown += [spoken_of] if len(spoken_of) else []
    if not shown:
        return None
    rows = pd.concat(shown).drop_duplicates("forecast_id").sort_values("forecast_id")
    return _mentions(frames, rows, words)


def mentions_of_forecasts(frames: Gathered, forecast_ids: Iterable[str], words: Words) -> Mentions | None:
    """The mentions of the polls among these forecasts; None if nothing was published."""
    rows = frames["notice_row"]
    rows = rows[rows.forecast_id.isin(set(forecast_ids))]
    return None if rows.empty else _mentions(frames, rows, words)


def as_text(mentions: Mentions, title: str, words: Words) -> str:
    """The mentions as lines of plain text, under the title of the chart: to be set below it in print."""
    blocks: list[tuple[str, ...]] = [(title, words("mentions.title"))]
    if mentions.law:
        lead = words.plural("mentions.lead", mentions.polls, law=mentions.law, polls=mentions.polls)
        blocks.append((lead, *(f"- {line}" for line in mentions.shared)))
    if mentions.credits:
        blocks.append((words("charts.credits"), *(f"- {line}" for line in mentions.credits)))
    blocks += [(house.heading, *(f"- {line}" for line in house.lines)) for house in mentions.houses]
    blocks += [(line,) for line in mentions.others]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


@dataclass(frozen=True)
class _Group:
    """The polls of one house in one contest: worded together, and each of them."""

    contest_id: str
    house: str
    together: Notice
    notices: tuple[Notice, ...]
    polls: int
    credits: dict[str, tuple[str, ...]]


def _shown(frames: Gathered, drawing: Drawing) -> pd.DataFrame:
    """The rows that mentions are made of, of every forecast that a drawing shows."""
    rows = frames["notice_row"]
    if drawing.forecasts:
        return rows[rows.forecast_id.isin(drawing.forecasts)]
    if "forecast_id" in drawing.data:
        return rows[rows.forecast_id.isin(set(drawing.data.forecast_id))]
    if drawing.name in WHOLE_CAMPAIGN:
        return rows[rows.contest_id == frames.focus]
    # A chart of forecasters rather than of forecasts: the last figures of those it names, or of all.
    last = _last_figures(frames)
    if "forecaster_id" in drawing.data:
        last = last[last.forecaster_id.isin(set(drawing.data.forecaster_id))]
    return rows[rows.forecast_id.isin(set(last.forecast_id))]


def _last_figures(frames: Gathered) -> pd.DataFrame:
    """The compared figures of each forecaster of the contest in focus; of those not compared the ones that can be pushed."""
    compared, pushed = (
        table[table.contest_id == frames.focus][["forecaster_id", "forecast_id"]] if len(table) else EMPTY
        for table in (frames["comparison"], frames["shift_curve"])
    )
    others = pushed[~pushed.forecaster_id.isin(set(compared.forecaster_id))]
    return pd.concat([compared, others], ignore_index=True).drop_duplicates()


#: No figures at all.
EMPTY = pd.DataFrame(columns=["forecaster_id", "forecast_id"])


#: The mentions of a set of polls, and of a single one: several charts show the same forecasts, each in every language.
_WORDED: Key[tuple[list[_Group], list[dict[str, str]]]] = Key("mentions of polls")
_OF_POLL: Key[Notice] = Key("mentions of a poll")


def _worded(frames: Gathered, rows: pd.DataFrame) -> tuple[list[_Group], list[dict[str, str]]]:
    """The polls house by house, and a line in each language on what is no poll."""
    key = _WORDED.of(tuple(rows.forecast_id), locales())
    return frames.bench.memo(key, lambda: _make_worded(frames, rows))


def _make_worded(frames: Gathered, rows: pd.DataFrame) -> tuple[list[_Group], list[dict[str, str]]]:
    from pollbench.attribution.credit_line import credit_line
    from pollbench.attribution.legal_notice import of_rows, remark_on

    ordered = rows.sort_values(["contest_id", "name", "measured_to", "forecast_id"])
    polls = ordered[ordered.polled]
    groups = []
    for (contest_id, _), group in polls.groupby(["contest_id", "forecaster_id"], sort=False):
        records = _records(group)
        notices = tuple(_of_poll(frames, row) for row in records)
        together = notices[0] if len(notices) == 1 else of_rows(records)
        short = {locale: tuple(credit_line(row, locale) for row in records) for locale in locales()}
        surveys = group.survey.nunique()
        groups.append(_Group(str(contest_id), str(records[0]["name"]), together, notices, surveys, short))
    remarks = []
    for _, group in ordered[~ordered.polled].groupby(["law", "averaged"], dropna=False):
        records = _records(group.drop_duplicates("forecaster_id"))
        remarks.append(
            {
                locale: remark_on(
                    [{**row, "name": Words(locale).translated(row["name"], "data")} for row in records],
                    locale,
                )
                for locale in locales()
            }
        )
    return groups, remarks


def _of_poll(frames: Gathered, row: dict[str, Any]) -> Notice:
    from pollbench.attribution.legal_notice import of_rows

    return frames.bench.memo(_OF_POLL.of(row["forecast_id"], locales()), lambda: of_rows([row]))


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def _heading(group: _Group, contest: str, words: Words) -> str:
    number = group.polls
    counted = words("mentions.polls", house=group.house, number=number) if number > 1 else group.house
    return words("mentions.contest", house=counted, contest=contest) if contest else counted


def _poll_by_poll(groups: Sequence[_Group], words: Words) -> pd.DataFrame:
    """One row per poll, one column per mention of its law."""
    lines = []
    for group in groups:
        for notice in group.notices:
            texts = {
                f"mention_{mention.number}_{mention.name}": mention.texts[words.locale]
                for mention in notice.mentions
            }
            row = {
                "forecast_id": notice.forecast_ids[0],
                "contest_id": group.contest_id,
                "house": group.house,
            }
            lines.append({**row, "law": notice.titles[words.locale], **texts})
    return pd.DataFrame(lines)
