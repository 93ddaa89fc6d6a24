"""The world record recomputed with pandas and numpy from its CSV files, without the package."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from rows_of_record import polled_means, read

SEED, DRAWS = 20280423, 2000
NOT_DIGITAL = {
    "market", "betting", "statistical_model", "agent_model", "llm_agents", "llm_chatbot", "human_swarm", "survey",
    "expert_crowd",
}  # fmt: skip
COUNTED = {"index", "count", "per_minute"}


@cache
def releases(changed: str = "", *, first_collection: bool = False) -> pd.DataFrame:
    """One row per release with its error, its leader and the coders that read it; ``changed`` is one rule of judging."""
    table = read("releases").merge(
        read("forecasts")[
            ["forecast_id", "contest_id", "forecaster_id", "transcription", "confidence", "inputs_polls", "first_seen_on",
             "first_seen_precision"]
        ],
        on="forecast_id",
    )  # fmt: skip
    if first_collection:
        table = table[table.added_by != "later"].reset_index(drop=True)
    contests = read("contests").set_index("contest_id")
    offices = read("elections").set_index("election_id").office
    parties = read("candidates").set_index(["contest_id", "candidate_id"]).party.dropna().to_dict()
    figures = read("printed_figures").merge(
        read("predictions"), on=["forecast_id", "candidate_id"], how="left"
    )
    by_release = dict(list(figures.groupby("forecast_id")))
    results = {name: rows.set_index("candidate_id") for name, rows in read("results").groupby("contest_id")}
    won = {
        name: rows.set_index("candidate_id").elected.dropna()
        for name, rows in read("outcomes").groupby("contest_id")
    }
    rows = []
    for release in table.itertuples():
        shown = by_release[release.forecast_id]
        office = offices[contests.election_id[release.contest_id]]
        result = results.get(release.contest_id)
        shares = result.share_pct.dropna() if result is not None else pd.Series(dtype=float)
        seats = result.seats.dropna() if result is not None else pd.Series(dtype=float)
        rows.append(
            _judged(
                release,
                shown,
                office,
                shares,
                seats,
                won.get(release.contest_id, pd.Series(dtype=object)),
                parties,
                changed,
            )
        )
    judged = pd.DataFrame(rows, columns=["mae", "lead_error", "right", "blind", "two_answers"])
    table = pd.concat([table, judged], axis=1)
    table["digital"] = ~table.method.isin(NOT_DIGITAL)
    table["read_by"] = np.where(
        table.transcription == "double", "double", np.where(table.added_by == "later", "single", "sampled")
    )
    seen = pd.to_datetime(table.first_seen_on.where(table.first_seen_precision == "day"))
    table["days"] = (pd.to_datetime(contests.day[table.contest_id].to_numpy()) - seen).dt.days
    return table


def _judged(release, shown, office, shares, seats, won, parties, changed):  # type: ignore[no-untyped-def]
    contest = release.contest_id
    printed = shown[
        (shown.qualifier != "lead") & shown.value.notna() & shown.unit_printed.isin({"pct"} | COUNTED)
    ]
    units, values = set(printed.unit_printed), printed.set_index("candidate_id").value
    two = office == "referendum" or (len(shares) == 2 and shares.sum() > 99)
    rate = release.claim_kind == "probability" and release.method == "digital_index"
    mae = lead = right = blind = None
    if release.claim_kind in ("vote_share", "buzz_share") or rate:
        compared = values
        if units and units <= COUNTED:
            left_out = len(values) < 2 or changed == "counts=left_out"
            compared = values[:0] if left_out else 100 * values / values.sum()
        held = shares.reindex(compared.index).dropna()
        if len(held):
            truth = held
            if len(held) == len(compared) > 1 and 99 <= compared.sum() <= 101 and held.sum() < 97:
                truth = 100 * held / held.sum()
            mae = (compared[truth.index] - truth).abs().mean()
            if len(truth) > 1:
                one, other = truth.sort_values(ascending=False, kind="stable").index[:2]
                lead = abs((compared[one] - compared[other]) - (truth[one] - truth[other]))
        right, blind = _leader(values, shares, office, contest, parties, changed)
    elif release.claim_kind == "probability":
        truth = (won == "yes").astype(float) if len(won) else shares
        names = truth[truth.index.isin(values.index)] if len(won) else truth
        if len(values) > 1 and values.index.isin(truth.index).any():
            right, blind = _shared(values, names), 1 / len(values)
    elif release.claim_kind == "seats":
        printed = shown[shown.value.notna()].set_index("candidate_id").value
        truth = seats if len(seats) else (won == "yes").astype(float)
        if len(printed) > 1 and printed.index.isin(truth.index).any():
            right, blind = _shared(printed, truth), 1 / len(printed)
    elif release.claim_kind == "order" and (shown.unit_printed == "rank").any():
        ranks = -shown[shown.unit_printed == "rank"].set_index("candidate_id").value
        right, blind = _leader(ranks, shares, "", contest, parties, "")
    else:
        named = shown.candidate_id[shown.unit_printed == "winner"]
        truth = (won == "yes").astype(float) if len(won) else shares if len(shares) else seats
        if len(named) == 1 and len(truth):
            right, blind = float(named.iloc[0] in truth.index[truth == truth.max()]), 1 / max(2, len(truth))
    return mae, lead, right, blind, two


def _leader(values, shares, office, contest, parties, changed):  # type: ignore[no-untyped-def]
    alone = changed == "single_share=none"
    if not alone and len(values) == 1 and office == "referendum" and values.index[0] in shares.index:
        above = values.iloc[0] > 50
        return float(above == (shares[values.index[0]] > 50)), 0.5
    if len(values) < 2 or not values.index.isin(shares.index).any():
        return None, None
    above = {parties.get((contest, option)) for option in values.index}
    apart = [
        option in values.index
        or (option not in above and parties.get((contest, option)) not in set(values.index))
        for option in shares.index
    ]
    if changed == "leader_of=printed":
        apart = shares.index.isin(values.index)
    return _shared(values, shares[apart]), 1 / len(values)


def _shared(values, truth):  # type: ignore[no-untyped-def]
    ahead = values.index[values == values.max()]
    return float(ahead.isin(truth.index[truth == truth.max()]).mean())


CODERS = {
    "double": ["double"],
    "first_collection": ["double", "sampled"],
    "all": ["double", "sampled", "single"],
}


def like_shares(table: pd.DataFrame) -> pd.Series:
    """Digital figures in shares, with the rates of digital indices."""
    rates = (table.claim_kind == "probability") & (table.method == "digital_index")
    return table.digital & (table.claim_kind.isin(["vote_share", "buzz_share"]) | rates)


def group(coders: str, known: str, name: str) -> pd.DataFrame:
    """The releases of a row of who led."""
    table = releases()
    table = table[
        table.read_by.isin(CODERS[coders]) & ((table.known_before_vote == "yes") == (known == "before"))
    ]
    if name == "digital":
        return table[like_shares(table)]
    if name == "digital_last_days":
        return table[like_shares(table) & (table.days <= 10)]
    if name in ("sold_as_vote_share", "talk_sold_as_talk"):
        claim = {"sold_as_vote_share": "vote_share", "talk_sold_as_talk": "buzz_share"}[name]
        return table[table.digital & (table.claim_kind == claim)]
    if name == "market":
        return table[table.method.isin(["market", "betting"])]
    if name == "language_model":
        return table[table.method.isin(["llm_agents", "llm_chatbot"])]
    return table[like_shares(table) & (table.method == name)]


def led(coders: str, known: str, name: str, *, spread: bool = True) -> dict[str, float]:
    """Counts, shares over contests with their interval, and the median error, with its interval where ``spread`` asks for it."""
    rows = group(coders, known, name)
    called = rows[rows.right.notna()].astype({"right": float, "blind": float})
    rates = called.groupby("contest_id").right.mean()
    missed = rows[rows.mae.notna()]
    said = {
        "right": called.right.sum(),
        "releases": len(called),
        "contests": len(rates),
        "blind_releases": called.blind.sum(),
        "mae_releases": len(missed),
    }
    if len(rates):
        drawn = np.random.default_rng(SEED).integers(0, len(rates), (DRAWS, len(rates)))
        low, high = np.percentile(100 * rates.to_numpy()[drawn].mean(axis=1), [2.5, 97.5])
        blind = 100 * called.groupby("contest_id").blind.mean().mean()
        said |= {"share": 100 * rates.mean(), "low": low, "high": high, "blind": blind}
    if len(missed):
        said["median"] = missed.mae.astype(float).median()
    if len(missed) and spread:
        said["mae_low"], said["mae_high"] = np.nanpercentile(medians(missed, "contest_id"), [2.5, 97.5])
    return said


def medians(rows: pd.DataFrame, block: str) -> np.ndarray:
    """Medians of the errors when whole blocks are drawn anew."""
    members = [each.mae.astype(float).to_numpy() for _, each in rows.groupby(block)]
    drawn = np.random.default_rng(SEED).integers(0, len(members), (DRAWS, len(members)))
    return np.array([np.median(np.concatenate([members[index] for index in chosen])) for chosen in drawn])


def sold() -> pd.DataFrame:
    """Digital figures sold as a vote share that have an error; rates of indices beside them for one coding."""
    table = releases()
    return table[table.digital & table.mae.notna() & table.claim_kind.isin(["vote_share", "probability"])]


def under(rule: str, value: str) -> dict[str, float]:
    """The headlines of the first collection when one coding rule has another value: digital figures known before the vote."""
    changed = f"{rule}={value}"
    judging = changed in ("leader_of=printed", "single_share=none", "counts=left_out")
    table = (
        as_first_read()
        if rule == "coder"
        else releases(changed, first_collection=True)
        if judging
        else releases()
    )
    table = table[table.added_by != "later"]
    known = table.known_before_vote
    if rule == "unknown":
        known = known.where(known != "unknown", {"before": "yes", "after": "no"}[value])
    if rule == "later_pages":
        known = known.where(
            ~table.public_before.isin(["corroborated", "said"][: 1 + (value == "said")]), "yes"
        )
    table = table.assign(known_before_vote=known)
    if rule == "claims":
        table = table[table.claim_ambiguous != "yes"]
    if rule == "confidence":
        table = table[table.confidence != "low"]
    before = table[(table.known_before_vote == "yes") & like_shares(table)].astype(
        {"right": float, "mae": float}
    )
    called = before[before.right.notna()]
    claims = ["vote_share", "probability"] if rule == "rates" else ["vote_share"]
    beside = pairs(table, last_of_house=rule == "polls")
    beside = beside[(beside.known == "yes") & beside.digital.notna()]
    return {
        "right": called.right.sum(),
        "releases": len(called),
        "share": 100 * called.groupby("contest_id").right.mean().mean(),
        "median": before.mae.median(),
        "ratio": ratio(table[table.digital & table.mae.notna() & table.claim_kind.isin(claims)]),
        "closer": beside.closer.sum(),
        "pairs": len(beside),
    }


def as_first_read() -> pd.DataFrame:
    """The releases with the claim, the method and the timing that the first coder had read."""
    table, disputes = releases().copy(), read("disputes")
    for field, column in (("claim_kind", "claim_kind"), ("kind", "method"), ("known_before_vote",) * 2):
        values = disputes[disputes.field == field].set_index("forecast_id").value_a
        table[column] = table.forecast_id.map(values).fillna(table[column])
    return table.assign(digital=~table.method.isin(NOT_DIGITAL))


@cache
def codings() -> dict[str, pd.DataFrame]:
    """Every coding -> its releases."""
    every = sold()
    shares = every[every.claim_kind == "vote_share"]
    first = shares[shares.added_by != "later"]
    his = as_first_read()
    his = his[his.digital & his.mae.notna() & (his.claim_kind == "vote_share") & (his.added_by == "first")]

    def moved(rows: pd.DataFrame, which: pd.Series, to: str) -> pd.DataFrame:
        return rows.assign(known_before_vote=rows.known_before_vote.where(~which, to))

    return {
        "two_coders": shares[shares.read_by == "double"],
        "page_rule": first,
        "every_release": shares,
        "first_coder_came_upon": shares[shares.added_by == "first"],
        "first_coder_read": his,
        "first_coder_read_unknown_after": moved(his, his.known_before_vote == "unknown", "no"),
        "first_coder_read_unknown_before": moved(his, his.known_before_vote == "unknown", "yes"),
        "read_by_the_second": shares[(shares.read_by == "double") | (shares.added_by == "second")],
        "unambiguous_claims": first[first.claim_ambiguous != "yes"],
        "corroborated_as_before": moved(first, first.public_before == "corroborated", "yes"),
        "said_public_as_before": moved(first, first.public_before.isin(["corroborated", "said"]), "yes"),
        "unknown_as_after": moved(first, first.known_before_vote == "unknown", "no"),
        "unknown_as_before": moved(first, first.known_before_vote == "unknown", "yes"),
        "rates_as_shares": every[every.added_by != "later"],
        "without_low_confidence": first[first.confidence != "low"],
        "without_bing": first[first.forecaster_id != "bing-predicts"],
        "without_poll_eaters": first[~((first.inputs_polls == "yes") | (first.method == "mixed_model"))],
        "two_answers": first[first.two_answers],
        "more_answers": first[~first.two_answers.astype(bool)],
        "before_in_last_days": first[(first.known_before_vote != "yes") | (first.days <= 10)],
    }


def sides(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Errors of figures known before the vote and of those told afterwards."""
    return tuple(rows.mae[rows.known_before_vote == side].astype(float) for side in ("yes", "no"))  # type: ignore[return-value]


def ratio(rows: pd.DataFrame) -> float:
    """Median error before over after."""
    before, after = sides(rows)
    return float(before.median() / after.median())


def ratio_interval(rows: pd.DataFrame) -> tuple[float, float]:
    """The middle 95 % of the ratio when houses are drawn anew."""
    rows = rows[rows.known_before_vote.isin(["yes", "no"])]
    members = [sides(each) for _, each in rows.groupby("forecaster_id")]
    drawn = np.random.default_rng(SEED).integers(0, len(members), (DRAWS, len(members)))
    before, after = (_medians_of(drawn, [each[side].to_numpy() for each in members]) for side in (0, 1))
    low, high = np.nanpercentile(before / after, [2.5, 97.5])
    return float(low), float(high)


def _medians_of(drawn: np.ndarray, members: list[np.ndarray]) -> np.ndarray:
    """The median of each draw of members, all their values laid side by side and sorted; NaN where there are none."""
    longest = max(len(values) for values in members)
    padded = np.array([np.append(values, np.full(longest - len(values), np.inf)) for values in members])
    laid = np.sort(padded[drawn].reshape(len(drawn), -1), axis=1)
    count = np.array([len(values) for values in members])[drawn].sum(axis=1)
    rows = np.arange(len(drawn))
    middle = (laid[rows, np.maximum(count - 1, 0) // 2] + laid[rows, np.maximum(count, 1) // 2]) / 2
    return np.where(count > 0, middle, np.nan)


def pairs(table: pd.DataFrame | None = None, *, last_of_house: bool = False) -> pd.DataFrame:
    """Digital figures beside the mean of the polls of the last ten days: errors on the lead and per name, who was closer."""
    polled = polled_means(last_of_house)
    table = releases() if table is None else table
    table = table[table.digital & table.claim_kind.isin(["vote_share", "buzz_share"])]
    figures = (
        read("printed_figures")
        .query("unit_printed == 'pct'")
        .merge(read("predictions"), on=["forecast_id", "candidate_id"])
    )
    cells = (
        table[["forecast_id", "contest_id", "known_before_vote", "added_by"]]
        .merge(figures, on="forecast_id")
        .merge(polled, on=["contest_id", "candidate_id"])
    )
    cells = cells.merge(
        read("results")[["contest_id", "candidate_id", "share_pct"]].dropna(),
        on=["contest_id", "candidate_id"],
    )
    rows = []
    for forecast, cell in cells.groupby("forecast_id"):
        mae = [(cell[side] - cell.share_pct).abs().mean() for side in ("value", "polled")]
        lead, closer = [np.nan, np.nan], mae[0] < mae[1]
        if len(cell) > 1:
            ordered = cell.sort_values(["share_pct", "candidate_id"], ascending=[False, True])
            gap = {
                side: ordered[side].iloc[0] - ordered[side].iloc[1]
                for side in ("value", "polled", "share_pct")
            }
            lead = [abs(gap[side] - gap["share_pct"]) for side in ("value", "polled")]
            closer = lead[0] < lead[1]
        one = cell.iloc[0]
        rows.append((forecast, one.contest_id, one.known_before_vote, one.added_by, *lead, *mae, closer))
    return pd.DataFrame(
        rows,
        columns=["forecast_id", "contest_id", "known", "added_by", "digital", "polls", "digital_mae", "polls_mae", "closer"],
    )  # fmt: skip
