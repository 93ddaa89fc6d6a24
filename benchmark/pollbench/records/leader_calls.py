"""How often the leader of the figures led the result, beside picking blind, with intervals over contests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare
from pollbench.records.releases import SHARES, releases_table
from pollbench.records.resampling import SEED, middle, resampled_means, resampled_medians
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from pollbench.data.bench import Bench

    Choice = Callable[[pd.DataFrame], pd.Series]

DRAWS = 2000
#: Days before the vote that count as the last ones.
LAST_DAYS = 10
#: Which releases are read -> the codings that belong: two readers; the first collection, of which a second reader read a
#: sample; every release.
CODERS: dict[str, tuple[str, ...]] = {
    "double": ("double",),
    "first_collection": ("double", "sampled"),
    "all": ("double", "sampled", "single"),
}

COLUMNS = [
    "coders",
    "known",
    "record_group",
    "releases",
    "contests",
    "right",
    "releases_share",
    "contest_share",
    "low",
    "high",
    "blind",
    "contest_blind",
    "median_mae",
    "mae_low",
    "mae_high",
    "mae_releases",
    "seed",
]


def like_shares(table: pd.DataFrame) -> pd.Series:
    """Digital releases whose figures are shares of votes or of talk, or rates of being elected that add up to 100."""
    rates = (table.claim_kind == "probability") & (table.method == "digital_index")
    return table.digital & (table.claim_kind.isin(SHARES) | rates)


#: Groups of releases -> which rows belong.
GROUPS: dict[str, Choice] = {
    "digital": like_shares,
    "digital_last_days": lambda t: like_shares(t) & (t.days_before <= LAST_DAYS),
    "digital_every_claim": lambda t: t.digital,
    "sold_as_vote_share": lambda t: t.digital & (t.claim_kind == "vote_share"),
    "talk_sold_as_talk": lambda t: t.digital & (t.claim_kind == "buzz_share"),
    "search": lambda t: like_shares(t) & (t.method == "search"),
    "audience": lambda t: like_shares(t) & (t.method == "audience"),
    "share_of_voice": lambda t: like_shares(t) & (t.method == "share_of_voice"),
    "tone": lambda t: like_shares(t) & (t.method == "tone"),
    "open_vote": lambda t: like_shares(t) & (t.method == "open_vote"),
    "account_panel": lambda t: like_shares(t) & (t.method == "account_panel"),
    "digital_index": lambda t: like_shares(t) & (t.method == "digital_index"),
    "mixed_model": lambda t: like_shares(t) & (t.method == "mixed_model"),
    "market": lambda t: t.method.isin(["market", "betting"]),
    "language_model": lambda t: t.method.isin(["llm_agents", "llm_chatbot"]),
}


@memo_table
def leader_calls_table(
    bench: Bench, rules: Rules = PAGE, *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    r"""How often the leader of the figures led the result, by group, coders and whether it was known before the vote.

    .. math:: \hat h = \frac{1}{C} \sum_{c=1}^{C} \frac{1}{R_c} \sum_{r \in c} h_{cr}

    Per cent. A contest counts once, whatever the number of its releases; the interval resamples contests, which contests
    of one country and one house do not make fully independent. Beside it the share that picking blind among the names
    printed would have had, and the median error in points with an interval over contests.

    Parameters
    ----------
    bench : opened data with releases.
    rules : the coding rules.
    draws : resamples of the contests.
    seed : of the draws.

    Returns
    -------
    frame by coders (double, first_collection, all), known (before; after: told after the vote or unknown) and group.

    Raises
    ------
    NothingToCompare : the data hold no releases.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> table = leader_calls_table(load("world"), draws=200)
    >>> rows = table.set_index(["coders", "known", "record_group"])
    >>> int(rows.right["first_collection", "before", "search"])
    10
    """
    import pandas as pd

    every = releases_table(bench, rules)
    grouped = {name: choose(every).to_numpy(bool) for name, choose in GROUPS.items()}
    counted = every[["leader_right", "blind_chance", "mae"]].assign(
        contest_id=every.contest_id.factorize(sort=True)[0]
    )
    before = (every.known_before_vote == "yes").to_numpy(bool)
    rows = []
    for coders, codings in CODERS.items():
        read = every.read_by.isin(codings).to_numpy(bool)
        for known, timed in (("before", before), ("after", ~before)):
            for name, belongs in grouped.items():
                chosen = counted[read & timed & belongs]
                if len(chosen):
                    rows.append(
                        {"coders": coders, "known": known, "record_group": name}
                        | summary(chosen, draws=draws, seed=seed)
                    )
    if not rows:
        message = "The data hold no releases in any group of the record."
        raise NothingToCompare(message)
    return pd.DataFrame(rows, columns=COLUMNS)


def summary(chosen: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> dict[str, Any]:
    """Counts, shares and the median error of a group of releases, with intervals over its contests."""
    called = chosen[chosen.leader_right.notna()]
    missed = chosen[chosen.mae.notna()]
    by_contest = called.groupby("contest_id")
    rates = by_contest.leader_right.mean()
    low, high = middle(100 * resampled_means(rates.to_numpy(), draws, seed))
    mae_low, mae_high = middle(resampled_medians(missed.mae.to_numpy(), missed.contest_id, draws, seed))
    right = float(called.leader_right.sum())
    return {
        "releases": len(called),
        "contests": len(rates),
        "right": right,
        "releases_share": 100 * right / len(called) if len(called) else None,
        "contest_share": 100 * rates.mean() if len(rates) else None,
        "low": low,
        "high": high,
        "blind": float(called.blind_chance.sum()),
        "contest_blind": 100 * by_contest.blind_chance.mean().mean() if len(rates) else None,
        "median_mae": missed.mae.median() if len(missed) else None,
        "mae_low": mae_low,
        "mae_high": mae_high,
        "mae_releases": len(missed),
        "seed": seed,
    }
