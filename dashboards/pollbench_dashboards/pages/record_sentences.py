"""The sentences of the page of the record, computed from its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.records.leader_calls import CODERS

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.records.record import Record
    from pollbench_dashboards.language.words import Words

#: Coding whose ratio is the headline: the rule of the page on the first collection.
HEADLINE = "page_rule"
#: Forecasters whose record over the years is written out.
TOLD = ("polly", "bing-predicts", "brandseye", "espacio-politico", "qotmii")
#: The figure that changed in the telling which a sentence names: forecaster, contest, option.
NAMED = ("polly", "ca-federal-2019-r1", "ca-liberal")


def sentences(record: Record, held: pd.DataFrame, words: Words) -> dict[str, str]:
    """Text key -> the sentence, filled."""
    return {
        **leaders(record, words),
        **before_and_after(record, words),
        **beside_the_polls(record, words),
        **telling(record, words),
        **chances(record, words),
        **collection(record, held, words),
    }


def leaders(record: Record, words: Words) -> dict[str, str]:
    """Who led, by coders, and the kinds that claims are made about."""
    calls: Any = record.leader_calls.set_index(["coders", "known", "record_group"])
    read = {coders: calls.loc[(coders, "before", "digital")] for coders in CODERS}
    after = calls.loc[("first_collection", "after", "digital")]
    kinds = {kind: calls.loc[("first_collection", "before", kind)] for kind in ("search", "audience")}
    return {
        "led": words("record.led", **words_of(read["double"], words)),
        "led_first": words("record.led_first", **words_of(read["first_collection"], words)),
        "led_all": words("record.led_all", **words_of(read["all"], words)),
        "led_after": words("record.led_after", **words_of(after, words)),
        **{
            kind: words(
                f"record.{kind}",
                right=words.number(row.right, 0),
                releases=words.count(row.releases),
                blind=words.number(row.blind),
            )
            for kind, row in kinds.items()
        },
    }


def before_and_after(record: Record, words: Words) -> dict[str, str]:
    """What was known before the vote against what was told after it."""
    codings: Any = record.before_after.set_index("coding")
    rule: Any = codings.loc[HEADLINE]
    return {
        "told": words(
            "record.told",
            before=words.number(rule.before_median),
            after=words.number(rule.after_median),
            n_before=words.count(rule.before),
            n_after=words.count(rule.after),
            ratio=words.number(rule.ratio),
            low=words.number(rule.low),
            high=words.number(rule.high),
            above=words.count((codings.ratio > 1).sum()),
            codings=words.count(len(codings)),
            small=words.count((codings.p_releases < 0.05).sum()),
            houses=words.number(rule.p_houses, 2),
        )
    }


def beside_the_polls(record: Record, words: Words) -> dict[str, str]:
    """Digital figures and the polls of the same days."""
    pairs: Any = record.pairs_summary.set_index(["coders", "known"]).loc[("first_collection", "before")]
    adds: Any = record.adds_to_polls.set_index("predictors")
    return {
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


def telling(record: Record, words: Words) -> dict[str, str]:
    """Track records over the years, and what changed in the telling."""
    tracks: Any = record.tracks.set_index("forecaster_id")
    said = {}
    for name in TOLD:
        row = tracks.loc[name]
        without = row.median_before != row.median_before
        said[f"track_{name}"] = words(
            "record.track_plain" if without else "record.track",
            name=row["name"],
            years=years(row.first_year, row.last_year, words),
            before=words.count(row.known_before),
            right=words.number(row.right_before, 0),
            led=words.count(row.led_before),
            median=words.number(row.median_before),
            after=words.count(row.told_after),
        )
    retold = record.retold
    judged = retold[retold.moved_closer.notna()]
    forecaster, contest, option = NAMED
    of_one = (retold.forecaster_id == forecaster) & (retold.contest_id == contest)
    named: Any = retold[of_one & (retold.candidate_id == option)].iloc[0]
    said["retold"] = words(
        "record.retold",
        closer=words.count(judged.moved_closer.astype(bool).sum()),
        moved=words.count(len(judged)),
        year=contest.split("-")[2],
        liberal_before=words.number(named.figure_before, 0),
        liberal_after=words.number(named.figure_after, 0),
        liberal_result=words.number(named.result, 0),
    )
    return said


def chances(record: Record, words: Words) -> dict[str, str]:
    """Markets, and machines that answer."""
    corp: Any = record.corp.set_index("who").loc["market"]
    calls: Any = record.leader_calls.set_index(["coders", "known", "record_group"])
    market, machine = (calls.loc[("all", "before", kind)] for kind in ("market", "language_model"))
    return {
        "markets": words(
            "record.markets",
            chances=words.count(corp.chances),
            contests=words.count(corp.contests),
            brier=words.number(corp.brier, 3),
            miss=words.number(corp.miscalibration, 3),
            gain=words.number(corp.discrimination, 3),
            right=words.number(market.right, 0),
            releases=words.count(market.releases),
        ),
        "machines": words(
            "record.machines",
            right=words.number(machine.right, 0),
            releases=words.count(machine.releases),
            contests=words.count(machine.contests),
        ),
    }


def collection(record: Record, held: pd.DataFrame, words: Words) -> dict[str, str]:
    """How it was coded, and the elections that are joined in."""
    releases = record.releases
    disputes = record.bench.frame("SELECT count(*) AS n FROM dispute").n.item()
    known, recalled = (held[held.known_before_vote == side] for side in ("yes", "no"))
    filteris = held[
        (held.forecaster_id == "filteris") & held["last"] & (held.known_before_vote == "yes")
    ].iloc[0]
    return {
        "coders": words(
            "record.coders",
            double=words.count((releases.read_by == "double").sum()),
            releases=words.count(len(releases)),
            disputes=words.count(disputes),
        ),
        "held": words(
            "record.held",
            known=words.count(len(known)),
            median=words.number(known.mae.median()),
            recalled=words.count(len(recalled)),
            median_after=words.number(recalled.mae.median()),
            year=str(filteris.year),
            filteris=words.number(filteris.mae),
        ),
    }


def years(first: int, last: int, words: Words) -> str:
    """From the first year to the last, or the one year."""
    return str(first) if first == last else words("record.years", first=str(first), last=str(last))


def words_of(row: Any, words: Words) -> dict[str, str]:
    """The numbers of a row of who led, as they are written."""
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
