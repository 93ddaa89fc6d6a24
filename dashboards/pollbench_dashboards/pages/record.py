"""The page of the world record: who led, before and after, the polls beside, every release with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.records.record import Record, record_beside
from pollbench_dashboards.drawing.choosing import each_row

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered
    from pollbench_dashboards.language.words import Words

#: Forecasters whose track record the page shows, those with most contests.
MOST_TRACKS = 12
#: Groups in the table of who led, in its order.
GROUPS = [
    "digital",
    "digital_last_days",
    "sold_as_vote_share",
    "talk_sold_as_talk",
    "search",
    "audience",
    "account_panel",
    "mixed_model",
    "market",
]


def content(frames: Gathered, words: Words) -> dict[str, Any]:
    """Everything that the template of the page needs."""
    record = record_beside(frames.bench)
    calls: Any = record.leader_calls.set_index(["coders", "known", "record_group"])
    codings = record.before_after
    pairs = record.pairs
    return {
        "sentences": sentences(record, words),
        "calls": [
            {"coders": words(f"record.{coders}"), "group": words(f"record.group.{name}")}
            | _call(calls.loc[(coders, "before", name)], words)
            for coders in ("double", "first_collection", "all")
            for name in GROUPS
            if (coders, "before", name) in calls.index and calls.loc[(coders, "before", name)].releases
        ],
        "codings": [
            {
                "name": words(f"record.coding.{row.coding}"),
                "before": f"{words.number(row.before_median)} ({row.before})",
                "after": f"{words.number(row.after_median)} ({row.after})",
                "ratio": f"{words.number(row.ratio)} [{words.number(row.low)}; {words.number(row.high)}]",
                "p": words.number(row.p_releases, 3),
                "houses": words.number(row.p_houses, 3),
            }
            for row in each_row(codings)
        ],
        "pairs": [
            {
                "name": row.name,
                "contest": row.contest_id,
                "closer": words("record.yes") if row.digital_closer else words("record.no"),
                "digital": words.number(row.digital_mae),
                "polls": words.number(row.polls_mae),
                "known": words(f"record.known.{row.known_before_vote}"),
            }
            for row in each_row(pairs)
        ],
        "tracks": [
            {
                "name": row[1],
                "contests": row[3],
                "years": f"{row[5]}–{row[6]}",
                "before": row[7],
                "right": f"{words.number(row[9], 0)} / {row[8]}" if row[8] else "",
                "median": _number(row[10], words),
                "after": row[11],
                "median_after": _number(row[13], words),
            }
            for row in record.tracks.head(MOST_TRACKS).itertuples(index=False, name=None)
        ],
        "releases": [_release(row, words) for row in record.releases.to_dict("records")],
    }


def sentences(record: Record, words: Words) -> dict[str, str]:
    """The sentences of the page, computed from the tables of the record."""
    calls: Any = record.leader_calls.set_index(["coders", "known", "record_group"])
    read = {
        coders: calls.loc[(coders, "before", "digital")] for coders in ("double", "first_collection", "all")
    }
    after = calls.loc[("first_collection", "after", "digital")]
    search = calls.loc[("first_collection", "before", "search")]
    coding: Any = record.before_after.set_index("coding")
    rule: Any = coding.loc["page_rule"]
    pairs: Any = record.pairs_summary.set_index(["coders", "known"]).loc[("first_collection", "before")]
    adds: Any = record.adds_to_polls.set_index("predictors")
    return {
        "led": words("record.led", **_words_of(read["double"], words)),
        "led_first": words("record.led_first", **_words_of(read["first_collection"], words)),
        "led_all": words("record.led_all", **_words_of(read["all"], words)),
        "led_after": words("record.led_after", **_words_of(after, words)),
        "search": words(
            "record.search",
            right=words.number(search.right, 0),
            releases=words.count(search.releases),
            blind=words.number(search.blind),
        ),
        "told": words(
            "record.told",
            before=words.number(rule.before_median),
            after=words.number(rule.after_median),
            n_before=words.count(rule.before),
            n_after=words.count(rule.after),
            ratio=words.number(rule.ratio),
            low=words.number(rule.low),
            high=words.number(rule.high),
            above=words.count((coding.ratio > 1).sum()),
            codings=words.count(len(coding)),
            small=words.count((coding.p_releases < 0.05).sum()),
        ),
        "pairs": words(
            "record.pairs",
            closer=words.count(pairs.closer_pairs),
            pairs=words.count(pairs.pairs),
            share=words.share(pairs.contest_share, 0),
            low=words.number(pairs.low, 0),
            high=words.number(pairs.high, 0),
            contests=words.count(pairs.contests),
        ),
        "adds": words(
            "record.adds",
            alone=words.number(adds.mae["polls"]),
            both=words.number(adds.mae["polls_and_digital"]),
            contests=words.count(adds.contests["polls"]),
        ),
    }


def _words_of(row: Any, words: Words) -> dict[str, str]:
    return {
        "right": words.number(row.right, 0),
        "releases": words.count(row.releases),
        "share": words.share(row.contest_share, 0),
        "low": words.number(row.low, 0),
        "high": words.number(row.high, 0),
        "contests": words.count(row.contests),
        "blind": words.share(row.contest_blind, 0),
        "median": words.number(row.median_mae),
        "mae_low": words.number(row.mae_low),
        "mae_high": words.number(row.mae_high),
        "mae_releases": words.count(row.mae_releases),
    }


def _call(row: Any, words: Words) -> dict[str, str]:
    printed = _words_of(row, words)
    return {
        "right": f"{printed['right']} / {printed['releases']}",
        "share": f"{printed['share']} [{printed['low']}; {printed['high']}]",
        "contests": printed["contests"],
        "blind": printed["blind"],
        "median": f"{printed['median']} ({printed['mae_releases']})" if row.mae_releases else "",
    }


def _number(value: object, words: Words) -> str:
    return words.number(value) if isinstance(value, float) and value == value else ""


def _release(row: dict[Any, Any], words: Words) -> dict[str, Any]:
    seen = row["first_seen_on"]
    led = row["leader_right"]
    return {
        "id": row["forecast_id"],
        "name": row["name"],
        "contest": row["contest_id"],
        "day": words.day_in_figures(seen) if seen == seen and seen is not None else "",
        "method": words(f"record.method.{row['method']}"),
        "claim": words(f"record.claim.{row['claim_kind']}"),
        "known": words(f"record.known.{row['known_before_vote']}"),
        "coders": words(f"record.{row['read_by']}"),
        "figures": row["figures"],
        "mae": _number(row["mae"], words),
        "right": "" if led is None or led != led else words("record.yes") if led == 1 else words("record.no"),
        "url": row["url"] if isinstance(row["url"], str) else "",
        "location": row["location"],
    }
