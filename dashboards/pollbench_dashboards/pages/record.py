"""The page of the world record: who led, before and after, the polls beside, the first collection with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pollbench.outputs.record_deposit import record_tables
from pollbench.records.leader_calls import CODERS
from pollbench.records.record import record_beside
from pollbench.records.unscored import unscored_table
from pollbench_dashboards.drawing.choosing import each_row
from pollbench_dashboards.pages.record_releases import addresses, data_line, listed, unscored_sentence
from pollbench_dashboards.pages.record_sentences import sentences, words_of, years

if TYPE_CHECKING:
    from pollbench.records.record import Record
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.language.words import Words
    from pollbench_dashboards.pages.figure import Figure

#: Forecasters whose track record the page shows, those with most contests.
MOST_TRACKS = 20
#: Groups in the table of who led, in its order.
GROUPS = [
    "digital",
    "digital_last_days",
    "sold_as_vote_share",
    "talk_sold_as_talk",
    "search",
    "audience",
    "account_panel",
    "digital_index",
    "mixed_model",
    "market",
]
CHARTS = ("record_leaders", "record_codings", "record_chances", "record_thresholds")
#: Rules whose alternatives are named with the value.
SEVERAL = ("unknown", "later_pages")


def content(frames: Gathered, figures: Mapping[str, Figure], words: Words) -> dict[str, Any]:
    """Everything that the template of the page needs."""
    record = record_beside(frames.bench)
    shown = {name: figures[name] for name in CHARTS if name in figures}
    return {
        "figures": shown,
        "shown": list(shown.values()),
        "sentences": sentences(record, frames["record_held"], words),
        "calls": calls_rows(record, words),
        "codings": codings_rows(record, words),
        "rules": rules_rows(record, words),
        "pairs": pairs_rows(record, words),
        "tracks": tracks_rows(record, words),
        "retold": retold_rows(record, words),
        **listed(record, "record", words),
        "unscored_sentence": unscored_sentence(unscored_table(record.bench), words),
        "downloads": list(record_tables()),
        "data_line": data_line(record, words),
    }


def calls_rows(record: Record, words: Words) -> list[dict[str, str]]:
    """Who led, by coders and group."""
    calls: Any = record.leader_calls.set_index(["coders", "known", "record_group"])
    rows = []
    for coders in CODERS:
        for name in GROUPS:
            if (coders, "before", name) not in calls.index:
                continue
            row = calls.loc[(coders, "before", name)]
            if row.releases:
                said = words_of(row, words)
                rows.append(
                    {
                        "coders": words(f"record.{coders}"),
                        "group": words(f"record.group.{name}"),
                        "right": f"{said['right']} / {said['releases']}",
                        # Where all contests agree, drawing them anew says nothing of how sure that is.
                        "share": said["share"]
                        if row.low == row.high
                        else words(
                            "record.interval", value=said["share"], low=said["low"], high=said["high"]
                        ),
                        "contests": said["contests"],
                        "blind": said["blind"],
                        "median": f"{said['median']} ({said['mae_releases']})" if row.mae_releases else "",
                    }
                )
    return rows


def codings_rows(record: Record, words: Words) -> list[dict[str, str]]:
    """Before and after, by coding."""
    return [
        {
            "name": words(f"record.coding.{row.coding}"),
            "before": f"{words.number(row.before_median)} ({row.before})",
            "after": f"{words.number(row.after_median)} ({row.after})",
            "ratio": words(
                "record.interval",
                value=words.number(row.ratio),
                low=words.number(row.low),
                high=words.number(row.high),
            ),
            "p": words.number(row.p_releases, 3),
            "houses": words.number(row.p_houses, 3),
        }
        for row in each_row(record.before_after)
    ]


def rules_rows(record: Record, words: Words) -> list[dict[str, str]]:
    """What every single change of a rule moves, in the first collection."""
    table = record.rules_table
    return [
        {
            "name": words(f"record.rule.{row.rule}" + (f"_{row.value}" if row.rule in SEVERAL else "")),
            "setting": "" if row.rule == row.value else f"--rule {row.rule}={row.value}",
            "right": f"{words.number(row.right, 0)} / {row.releases}",
            "share": words.share(row.contest_share, 0),
            "median": words.number(row.median_mae),
            "ratio": words.number(row.ratio),
            "closer": f"{row.closer_pairs} / {row.pairs}",
        }
        for row in each_row(table[table.coders == "first_collection"])
    ]


def pairs_rows(record: Record, words: Words) -> list[dict[str, str]]:
    """Digital figures beside the polls, those that were closer first."""
    named = record.releases.set_index("forecast_id").election
    address = addresses(record, "record")
    return [
        {
            "address": address[row.forecast_id],
            "name": row.name,
            "contest": named[row.forecast_id],
            "closer": words("record.yes") if row.digital_closer else words("record.no"),
            "lead_digital": _number(row.digital_lead_error, words),
            "lead_polls": _number(row.polls_lead_error, words),
            "digital": words.number(row.digital_mae),
            "polls": words.number(row.polls_mae),
            "known": words(f"record.known.{row.known_before_vote}"),
        }
        for row in each_row(record.pairs)
    ]


def tracks_rows(record: Record, words: Words) -> list[dict[str, Any]]:
    """Track records of those with most contests."""
    return [
        {
            "name": row["name"],
            "contests": row["contests"],
            "years": years(row["first_year"], row["last_year"], words),
            "before": row["known_before"],
            "right": f"{words.number(row['right_before'], 0)} / {row['led_before']}"
            if row["led_before"]
            else "",
            "median": _number(row["median_before"], words),
            "after": row["told_after"],
            "median_after": _number(row["median_after"], words),
        }
        for row in record.tracks.head(MOST_TRACKS).to_dict("records")
    ]


def retold_rows(record: Record, words: Words) -> list[dict[str, Any]]:
    """What changed in the telling."""
    address = addresses(record, "record")
    return [
        {
            "name": row["name"],
            "contest": row["election"],
            "option": row["candidate"],
            "before": words.number(row["figure_before"]),
            "before_address": address[row["before_forecast"]],
            "after": words.number(row["figure_after"]),
            "after_address": address[row["after_forecast"]],
            "result": _number(row["result"], words),
        }
        for row in record.retold.to_dict("records")
    ]


def _number(value: object, words: Words) -> str:
    return words.number(value) if isinstance(value, float) and value == value else ""
