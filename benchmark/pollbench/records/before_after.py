"""Figures known before the vote beside figures first heard of afterwards, under every coding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare
from pollbench.inference.mann_whitney import mann_whitney, mann_whitney_of_subsets
from pollbench.records.leader_calls import CODERS, LAST_DAYS
from pollbench.records.releases import releases_table
from pollbench.records.resampling import SEED, drawn, middle, weighted_medians
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from pollbench.data.bench import Bench

    Rows = Callable[[pd.DataFrame], pd.DataFrame]

DRAWS = 2000

COLUMNS = [
    "coding",
    "before",
    "after",
    "before_houses",
    "after_houses",
    "before_median",
    "after_median",
    "ratio",
    "low",
    "high",
    "p_releases",
    "p_house_means",
    "p_houses",
    "without_house_low",
    "without_house_high",
    "seed",
]

#: What the codings read of a release.
READ = [
    "forecast_id",
    "forecaster_id",
    "method",
    "known_before_vote",
    "added_by",
    "read_by",
    "inputs_polls",
    "days_before",
    "two_answers",
    "mae",
]


def _first_collection(table: pd.DataFrame) -> pd.DataFrame:
    return table[table.read_by.isin(CODERS["first_collection"])]


def _double(table: pd.DataFrame) -> pd.DataFrame:
    return table[table.read_by == "double"]


def _of_the_first_coder(table: pd.DataFrame) -> pd.DataFrame:
    return table[table.added_by == "first"]


#: Coding -> rules that differ from those of the page, and the releases that are read, sold as a vote share.
CODINGS: dict[str, tuple[dict[str, str], Rows]] = {
    "two_coders": ({}, _double),
    "page_rule": ({}, _first_collection),
    "every_release": ({}, lambda t: t),
    "first_coder_came_upon": ({}, _of_the_first_coder),
    "first_coder_read": ({"coder": "first"}, _of_the_first_coder),
    "first_coder_read_unknown_after": ({"coder": "first", "unknown": "after"}, _of_the_first_coder),
    "first_coder_read_unknown_before": ({"coder": "first", "unknown": "before"}, _of_the_first_coder),
    "read_by_the_second": ({}, lambda t: t[(t.read_by == "double") | (t.added_by == "second")]),
    "unambiguous_claims": ({"claims": "unambiguous"}, _first_collection),
    "corroborated_as_before": ({"later_pages": "corroborated"}, _first_collection),
    "said_public_as_before": ({"later_pages": "said"}, _first_collection),
    "unknown_as_after": ({"unknown": "after"}, _first_collection),
    "unknown_as_before": ({"unknown": "before"}, _first_collection),
    "rates_as_shares": ({"rates": "shares"}, _first_collection),
    "without_low_confidence": ({"confidence": "not_low"}, _first_collection),
    "without_bing": ({}, lambda t: _first_collection(t[t.forecaster_id != "bing-predicts"])),
    "without_poll_eaters": (
        {},
        lambda t: _first_collection(t[~((t.inputs_polls == "yes") | (t.method == "mixed_model"))]),
    ),
    "two_answers": ({}, lambda t: _first_collection(t[t.two_answers])),
    "more_answers": ({}, lambda t: _first_collection(t[~t.two_answers])),
    "before_in_last_days": (
        {},
        lambda t: _first_collection(t[(t.known_before_vote != "yes") | (t.days_before <= LAST_DAYS)]),
    ),
}


@memo_table
def before_after_table(
    bench: Bench, rules: Rules = PAGE, *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    r"""Median error of digital figures sold as a vote share, known before the vote and told afterwards, by coding.

    .. math:: \rho = \tilde e_{\mathrm{before}} / \tilde e_{\mathrm{after}}

    Points. The interval of the ratio resamples houses. ``p_releases`` is the Mann-Whitney test of the releases,
    ``p_house_means`` the same of one mean per house and side, ``p_houses`` a permutation of these means between the sides
    (difference of their medians); all two-sided. It measures what is retold, not that a figure was made up afterwards:
    the number not retold is not known.

    Parameters
    ----------
    bench : opened data with releases.
    rules : the coding rules from which each coding differs.
    draws : resamples and permutations.
    seed : of both.

    Returns
    -------
    frame by coding, with the range of ``p_releases`` when one house is left out.

    Raises
    ------
    NothingToCompare : no coding has releases on both sides.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> row = before_after_table(load("world"), draws=200).set_index("coding").loc["page_rule"]
    >>> int(row.before), int(row.after), round(float(row.before_median), 1), round(float(row.after_median), 1)
    (35, 14, 4.5, 1.6)
    """
    import pandas as pd

    rows = []
    for name, (differences, choose) in CODINGS.items():
        coded = replace(rules, **differences)
        compared = _compared(choose(sold_as_shares(bench, coded)), draws, seed)
        if compared is not None:
            rows.append({"coding": name} | compared)
    if not rows:
        message = "No coding has figures sold as a vote share on both sides of the vote."
        raise NothingToCompare(message)
    return pd.DataFrame(rows, columns=COLUMNS)


def sold_as_shares(bench: Bench, rules: Rules) -> pd.DataFrame:
    """Digital releases sold as a vote share that have an error, with rates of being elected if the rules say so; columns ``READ``."""
    table = releases_table(bench, rules)
    sold = table.claim_kind == "vote_share"
    if rules.rates == "shares":
        sold |= table.claim_kind == "probability"
    return table.loc[table.digital & table.mae.notna() & sold, READ]


def _compared(rows: pd.DataFrame, draws: int, seed: int) -> dict[str, Any] | None:
    before, after = rows[rows.known_before_vote == "yes"], rows[rows.known_before_vote == "no"]
    if before.empty or after.empty:
        return None
    medians = before.mae.median(), after.mae.median()
    low, high = _ratio_interval(before, after, draws, seed)
    without = _without_each_house(before, after)
    houses = [side.groupby("forecaster_id").mae.mean().to_numpy() for side in (before, after)]
    return {
        "before": len(before),
        "after": len(after),
        "before_houses": before.forecaster_id.nunique(),
        "after_houses": after.forecaster_id.nunique(),
        "before_median": medians[0],
        "after_median": medians[1],
        "ratio": medians[0] / medians[1],
        "low": low,
        "high": high,
        "p_releases": mann_whitney(before.mae.to_numpy(), after.mae.to_numpy()),
        "p_house_means": mann_whitney(*houses),
        "p_houses": permuted(*houses, draws=draws, seed=seed),
        "without_house_low": without.min() if len(without) else None,
        "without_house_high": without.max() if len(without) else None,
        "seed": seed,
    }


def _without_each_house(before: pd.DataFrame, after: pd.DataFrame) -> NDArray[np.float64]:
    """p of the releases when each house is left out in turn; of the houses without which both sides hold some."""
    import numpy as np

    houses = np.array(sorted({*before.forecaster_id, *after.forecaster_id}), dtype=object)[:, None]
    others = (side.forecaster_id.to_numpy(object) != houses for side in (before, after))
    p = mann_whitney_of_subsets(before.mae.to_numpy(), after.mae.to_numpy(), *others)
    return p[~np.isnan(p)]


def _ratio_interval(
    before: pd.DataFrame, after: pd.DataFrame, draws: int, seed: int
) -> tuple[float | None, float | None]:
    """The middle 95 % of the ratio of the medians when the houses of both sides are drawn anew together."""
    import pandas as pd

    both = pd.concat([before, after])
    codes, names = both.forecaster_id.factorize(sort=True)
    weights = drawn(len(names), draws, seed)[:, codes]
    values, split = both.mae.to_numpy(), len(before)
    above = weighted_medians(values[:split], weights[:, :split])
    return middle(above / weighted_medians(values[split:], weights[:, split:]))


def permuted(
    before: NDArray[np.float64], after: NDArray[np.float64], *, draws: int = DRAWS, seed: int = SEED
) -> float:
    r"""Share of relabellings whose medians lie at least as far apart as those of the two sides do.

    .. math:: p = \frac{1 + \#\{|\tilde b^* - \tilde a^*| \ge |\tilde b - \tilde a|\}}{1 + \mathrm{draws}}

    Parameters
    ----------
    before, after : one value per house and side, points.
    draws : relabellings.
    seed : of the relabellings.

    Returns
    -------
    two-sided p.

    Examples
    --------
    >>> import numpy as np
    >>> permuted(np.array([9.0, 8.0, 7.0, 6.0]), np.array([1.0, 2.0, 1.5, 0.5]), draws=500) < 0.1
    True
    """
    import numpy as np

    both, split = np.concatenate([before, after]), len(before)
    order = np.random.default_rng(seed).random((draws, len(both))).argsort(axis=1)
    relabelled = both[order]
    apart = np.abs(np.median(relabelled[:, :split], axis=1) - np.median(relabelled[:, split:], axis=1))
    seen = abs(np.median(before) - np.median(after))
    return float((1 + (apart >= seen - 1e-12).sum()) / (1 + draws))
