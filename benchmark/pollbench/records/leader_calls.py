"""How often the leader of the figures led the result, beside picking blind, with intervals over contests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.errors import NothingToCompare
from pollbench.records.releases import releases_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from pollbench.data.store import Bench

    Choice = Callable[[pd.DataFrame], pd.Series]

SEED = 20280423
DRAWS = 4000
#: Days before the vote that count as the last ones.
LAST_DAYS = 10

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

#: Groups of releases -> which rows belong.
GROUPS: dict[str, Choice] = {
    "digital": lambda t: t.digital & t.claim_kind.isin(["vote_share", "buzz_share", "probability"]),
    "digital_last_days": lambda t: (
        t.digital
        & t.claim_kind.isin(["vote_share", "buzz_share", "probability"])
        & (t.days_before <= LAST_DAYS)
    ),
    "sold_as_vote_share": lambda t: t.digital & (t.claim_kind == "vote_share"),
    "talk_sold_as_talk": lambda t: t.digital & (t.claim_kind == "buzz_share"),
    "search": lambda t: t.method == "search",
    "audience": lambda t: t.method == "audience",
    "share_of_voice": lambda t: t.method == "share_of_voice",
    "tone": lambda t: t.method == "tone",
    "account_panel": lambda t: t.method == "account_panel",
    "digital_index": lambda t: t.method == "digital_index",
    "mixed_model": lambda t: t.method == "mixed_model",
    "market": lambda t: t.method.isin(["market", "betting"]),
    "language_model": lambda t: t.method.isin(["llm_agents", "llm_chatbot"]),
    "eats_polls": lambda t: t.inputs_polls == "yes",
}


def leader_calls_table(bench: Bench, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    r"""How often the leader of the figures led the result, by group, coders and whether it was known before the vote.

    .. math:: \hat h = \frac{1}{C} \sum_{c=1}^{C} \frac{1}{R_c} \sum_{r \in c} h_{cr}

    Per cent. A contest counts once, whatever the number of its releases; the interval resamples contests, which contests
    of one country and one house do not make fully independent. Beside it the share that picking blind among the names
    printed would have had, and the median error in points with an interval over contests.

    Parameters
    ----------
    bench : opened data with releases.
    draws : resamples of the contests.
    seed : of the draws.

    Returns
    -------
    frame by coders (all, double), known (before; after: told after the vote or unknown) and group.

    Raises
    ------
    NothingToCompare : the data hold no releases.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> table = leader_calls_table(load("world"), draws=200)
    >>> row = table[(table.coders == "all") & (table.known == "before") & (table.record_group == "search")].iloc[0]
    >>> int(row.right), int(row.releases)
    (10, 29)
    """
    import pandas as pd

    every = releases_table(bench)
    rows = []
    for coders in ("double", "all"):
        read = every[every.transcription == "double"] if coders == "double" else every
        for known in ("before", "after"):
            timed = read[(read.known_before_vote == "yes") == (known == "before")]
            for name, choose in GROUPS.items():
                chosen = timed[choose(timed)]
                if len(chosen):
                    rows.append(
                        {"coders": coders, "known": known, "record_group": name}
                        | summary(chosen, draws=draws, seed=seed)
                    )
    if not rows:
        message = "The data hold no releases in any group of the record."
        raise NothingToCompare(message)
    return pd.DataFrame(rows, columns=COLUMNS)


def summary(chosen: pd.DataFrame, *, draws: int, seed: int) -> dict[str, Any]:
    """Counts, shares and the median error of a group of releases, with intervals over its contests."""
    called = chosen[chosen.leader_right.notna()]
    missed = chosen[chosen.mae.notna()]
    by_contest = called.astype({"leader_right": float, "blind_chance": float}).groupby("contest_id")
    rates = by_contest.leader_right.mean()
    shares = 100 * resampled_means(rates.to_numpy(), draws, seed) if len(rates) else None
    medians = resampled_medians(missed, "contest_id", draws, seed)
    right = float(called.leader_right.sum())
    return {
        "releases": len(called),
        "contests": len(rates),
        "right": right,
        "releases_share": 100 * right / len(called) if len(called) else None,
        "contest_share": 100 * rates.mean() if len(rates) else None,
        "low": _at(shares, 2.5),
        "high": _at(shares, 97.5),
        "blind": float(called.blind_chance.sum()),
        "contest_blind": 100 * by_contest.blind_chance.mean().mean() if len(rates) else None,
        "median_mae": missed.mae.astype(float).median() if len(missed) else None,
        "mae_low": _at(medians, 2.5),
        "mae_high": _at(medians, 97.5),
        "mae_releases": len(missed),
        "seed": seed,
    }


def resampled_means(values: NDArray[np.float64], draws: int, seed: int) -> NDArray[np.float64]:
    """Means of ``draws`` samples of the values with replacement."""
    import numpy as np

    weights = np.random.default_rng(seed).multinomial(
        len(values), np.full(len(values), 1 / len(values)), draws
    )
    means: NDArray[np.float64] = weights @ values / len(values)
    return means


def resampled_medians(rows: pd.DataFrame, block: str, draws: int, seed: int) -> NDArray[np.float64] | None:
    """Medians of the errors of ``draws`` samples of whole blocks (contests, houses) with replacement."""
    import numpy as np

    if not len(rows):
        return None
    codes, names = rows[block].factorize(sort=True)
    weights = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), draws)
    return weighted_medians(rows.mae.to_numpy(float), weights[:, codes])


def weighted_medians(values: NDArray[np.float64], weights: NDArray[Any]) -> NDArray[np.float64]:
    """Medians of values that stand as often as their whole weights say.

    Parameters
    ----------
    values : array (values,).
    weights : array (draws, values), whole numbers; a draw without any has no median (NaN).

    Returns
    -------
    array (draws,).

    Examples
    --------
    >>> import numpy as np
    >>> weighted_medians(np.array([1.0, 5.0, 3.0]), np.array([[1, 1, 1], [2, 2, 0]])).tolist()
    [3.0, 3.0]
    """
    import numpy as np

    order = np.argsort(values, kind="stable")
    held, counted = values[order], np.cumsum(weights[:, order], axis=1)
    total = counted[:, -1]
    # The values at the two middle positions, the same one where the number is odd.
    low = (counted <= ((total - 1) // 2)[:, None]).sum(axis=1)
    high = (counted <= (total // 2)[:, None]).sum(axis=1)
    padded = np.append(held, np.nan)
    medians: NDArray[np.float64] = np.where(total > 0, (padded[low] + padded[high]) / 2, np.nan)
    return medians


def _at(draws: NDArray[np.float64] | None, level: float) -> float | None:
    import numpy as np

    return None if draws is None else float(np.nanpercentile(draws, level))
