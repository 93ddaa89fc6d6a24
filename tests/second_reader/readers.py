"""What the printed sentences must say: for each its numbers, and names that stand in it, by the recomputations."""

from __future__ import annotations

from collections.abc import Callable

import recomputed as again
import recomputed_time as time

Numbers = list[float]
READERS: dict[str, Callable[[], tuple[Numbers, list[str]]]] = {}


def reader(
    name: str,
) -> Callable[[Callable[[], tuple[Numbers, list[str]]]], Callable[[], tuple[Numbers, list[str]]]]:
    """Register the second reader of a sentence: its numbers, and names that must stand in it."""

    def register(
        function: Callable[[], tuple[Numbers, list[str]]],
    ) -> Callable[[], tuple[Numbers, list[str]]]:
        READERS[name] = function
        return function

    return register


@reader("forecast_against_result")
@reader("right.answer")
def _places() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls = again.polls(rows)
    assert rows[rows.family != "poll"].place.max() == 4
    assert (polls.place == 1).all()
    return [4.0, 4.0, len(polls)], ["Macron", "Filteris"]


@reader("right.happened")
def _right() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, others = again.polls(rows), rows[rows.family != "poll"]
    assert (polls.place == 1).all()
    return [len(polls), int((others.place == 1).sum()), len(others)], ["Macron"]


@reader("campaign_timeline")
def _ahead() -> tuple[Numbers, list[str]]:
    # 120 days before 23 April.
    rows = again.campaign(again.FIRST, 4, "2016-12-24")
    polls, filteris = again.polls(rows), rows[rows.forecaster_id == "filteris"]
    assert not filteris.ahead.any()
    return [polls.ahead.sum(), len(polls), len(filteris)], ["Macron", "Filteris"]


@reader("first_minus_second")
def _lead() -> tuple[Numbers, list[str]]:
    medians = time.weekly_leads("2016-12-24", "2017-04-23")
    result = again.shares(again.FIRST)
    last = float(medians.iloc[-1])
    assert last > 0
    return [int((medians > 0).sum()), len(medians), last, result.iloc[0] - result.iloc[1]], ["Macron"]


@reader("error_by_forecaster")
@reader("much.answer")
def _errors() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, worst = again.polls(rows), rows[rows.family.isin(["buzz", "market"])].iloc[-1]
    assert (polls.mae < worst.mae).all()
    assert worst.mae > worst.flat
    return [polls.mae.min(), polls.mae.max(), worst.mae, worst.flat], ["Brand Analytics"]


@reader("right.proves")
def _common() -> tuple[Numbers, list[str]]:
    common, polls = again.common_error(again.FIRST), len(again.polls(again.board(again.FIRST)))
    return [round(100 * common), polls, polls / (1 + (polls - 1) * common)], []


@reader("bias_heat_map")
def _bias() -> tuple[Numbers, list[str]]:
    missed = again.figures(again.FIRST, 4) - again.shares(again.FIRST).iloc[:4]
    rows = again.board(again.FIRST).set_index("forecast_id")
    polls, buzz = missed.loc[again.polls(rows).index], missed.loc[rows.index[rows.family == "buzz"]]
    worst = (buzz.mean() - polls.mean()).abs().idxmax()
    assert worst == "fillon"
    side = buzz[worst] > 0 if buzz[worst].mean() > 0 else buzz[worst] < 0
    # "Both" is a word.
    assert side.all()
    assert len(buzz) == 2
    return [abs(buzz[worst].mean()), abs(polls[worst].mean())], ["Fillon"]


@reader("effective_sample")
def _samples() -> tuple[Numbers, list[str]]:
    rows = again.board(again.FIRST)
    rows["n_eff"] = again.effective_sizes(rows.forecast_id)
    polls, buzz = again.polls(rows)[lambda each: each.n.notna()], rows[rows.family == "buzz"]
    worth, weakest = int((polls.n_eff >= polls.n).sum()), float(buzz.n_eff.min())
    return [float(f"{weakest:.2g}"), worth, len(polls)], ["Brand Analytics"]


@reader("much.happened")
def _middle() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, others = again.polls(rows), rows[rows.family.isin(["buzz", "market"])]
    return [len(polls), polls.mae.median(), len(others), others.mae.median()], []


@reader("much.proves")
def _spread() -> tuple[Numbers, list[str]]:
    polls = again.polls(again.errors(again.FIRST, 4))
    n_eff, common = again.earlier_errors()
    usual = again.furthest_behind(len(polls), 0, n_eff, common)
    spread = polls.mae.max() - polls.mae.min()
    assert spread < usual
    return [len(polls), spread, usual, 95], []


@reader("chance_beside_error")
@reader("surely.answer")
def _behind() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    n_eff, common = again.earlier_errors()
    family = rows.family == "poll"
    reach = again.furthest_behind(int(family.sum()), int((~family).sum()), n_eff, common)
    gap = rows.mae.max() - rows.mae.min()
    assert gap < reach
    return [len(rows) - 1, gap, len(rows), reach], ["Elabe", "Brand Analytics"]


@reader("surely.proves")
def _surely() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    lucky = again.lucky(rows)
    known = int(again.polls(rows).n.notna().sum())
    return [len(rows), lucky, known, 95, known, lucky, round(100 * again.at_least(lucky, known, 0.05))], []


@reader("five_elections")
@reader("surely.happened")
def _scale() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.FIRST, 4)
    polls, buzz = again.polls(rows), rows[rows.family == "buzz"]
    worse = int((polls.mae >= buzz.mae.min()).sum())
    assert not worse
    return [len(polls), 2017, buzz.mae.min(), buzz.mae.max()], []


@reader("second_round")
def _run_off() -> tuple[Numbers, list[str]]:
    rows = again.errors(again.SECOND, 2)
    missed = -rows.winner_error
    closest = rows.loc[rows.winner_error.abs().idxmin()]
    assert closest.family == "buzz"
    assert (missed > 0).all()
    return [missed.min(), len(rows), missed.min(), missed.max()], ["SMI", "Macron"]


@reader("claims_board")
def _claims() -> tuple[Numbers, list[str]]:
    claims = again.table("claims")
    claims["verdict"] = [again.verdict(row) for _, row in claims.iterrows()]
    told = claims[~claims.recalled]
    counts = [int((told.verdict == each).sum()) for each in ("true", "partly", "false", "unverifiable")]
    return [len(told), *counts, int(claims.recalled.sum())], []


@reader("claimed_against_recomputed")
def _figures() -> tuple[Numbers, list[str]]:
    counts = again.table("figures").verdict.value_counts()
    names = ("holds", "rounding", "approximate", "contradicted", "unverifiable")
    return [int(counts.sum()), *(int(counts[name]) for name in names)], []
