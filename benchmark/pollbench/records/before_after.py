"""Figures known before the vote beside figures first heard of afterwards, under every coding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.errors import NothingToCompare
from pollbench.records.leader_calls import LAST_DAYS, SEED, weighted_medians
from pollbench.records.releases import errors, outcomes, releases_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from pollbench.data.store import Bench

    Coding = Callable[[pd.DataFrame], pd.DataFrame]

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
    "p_houses",
    "without_house_low",
    "without_house_high",
    "seed",
]


def _known(table: pd.DataFrame, moved: pd.Series, known: str) -> pd.DataFrame:
    return table.assign(known_before_vote=table.known_before_vote.where(~moved, known))


#: Coding -> the releases sold as a vote share, read that way.
CODINGS: dict[str, Coding] = {
    "page_rule": lambda t: t,
    "two_coders": lambda t: t[t.transcription == "double"],
    "first_coder_came_upon": lambda t: t[t.added_by == "first"],
    "unambiguous_claims": lambda t: t[t.claim_ambiguous != "yes"],
    "corroborated_as_before": lambda t: _known(t, t.public_before == "corroborated", "yes"),
    "said_public_as_before": lambda t: _known(t, t.public_before.isin(["corroborated", "said"]), "yes"),
    "unknown_as_after": lambda t: _known(t, t.known_before_vote == "unknown", "no"),
    "unknown_as_before": lambda t: _known(t, t.known_before_vote == "unknown", "yes"),
    "rates_as_shares": lambda t: t,
    "without_bing": lambda t: t[t.forecaster_id != "bing-predicts"],
    "without_poll_eaters": lambda t: t[~((t.inputs_polls == "yes") | (t.method == "mixed_model"))],
    "two_answers": lambda t: t[t.two_answers],
    "more_answers": lambda t: t[~t.two_answers],
    "before_in_last_days": lambda t: t[(t.known_before_vote != "yes") | (t.days_before <= LAST_DAYS)],
    "without_low_confidence": lambda t: t[t.confidence != "low"],
}


def before_after_table(bench: Bench, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    r"""Median error of digital figures sold as a vote share, known before the vote and told afterwards, by coding.

    .. math:: \rho = \tilde e_{\mathrm{before}} / \tilde e_{\mathrm{after}}

    Points. The interval of the ratio resamples houses; ``p_releases`` is the Mann-Whitney test of the releases,
    ``p_houses`` permutes which block (a house on one side) stands on which side, both two-sided. It measures what is
    retold, not that a figure was made up afterwards: the number not retold is not known.

    Parameters
    ----------
    bench : opened data with releases.
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

    every = releases_table(bench)
    digital = every[every.digital & every.mae.notna() & (every.claim_kind == "vote_share")]
    rows = []
    for name, coding in CODINGS.items():
        chosen = pd.concat([digital, rates_as_shares(bench)]) if name == "rates_as_shares" else digital
        compared = _compared(coding(chosen), draws, seed)
        if compared is not None:
            rows.append({"coding": name} | compared)
    if not rows:
        message = "No coding has figures sold as a vote share on both sides of the vote."
        raise NothingToCompare(message)
    return pd.DataFrame(rows, columns=COLUMNS)


def rates_as_shares(bench: Bench) -> pd.DataFrame:
    """Rates of being elected of an index that is printed as adding up to 100, scored as if they were vote shares."""
    every = releases_table(bench)
    rates = every[(every.method == "digital_index") & (every.claim_kind == "probability")].copy()
    printed = bench.frame("SELECT forecast_id, candidate_id, value::DOUBLE AS value FROM prediction").groupby(
        "forecast_id"
    )
    truths = outcomes(bench)
    values = []
    for forecast, contest in zip(rates.forecast_id, rates.contest_id, strict=True):
        shown = printed.get_group(forecast)
        shares = {
            option: value for option, (unit, value) in truths.get(contest, {}).items() if unit == "share"
        }
        values.append(errors(dict(zip(shown.candidate_id, shown.value, strict=True)), shares)["mae"])
    rates["mae"] = values
    return rates[rates.mae.notna()]


def _compared(rows: pd.DataFrame, draws: int, seed: int) -> dict[str, Any] | None:
    before, after = rows[rows.known_before_vote == "yes"], rows[rows.known_before_vote == "no"]
    if before.empty or after.empty:
        return None
    medians = before.mae.astype(float).median(), after.mae.astype(float).median()
    low, high = _ratio_interval(before, after, draws, seed)
    without = [
        p_value(before[before.forecaster_id != house], after[after.forecaster_id != house])
        for house in sorted({*before.forecaster_id, *after.forecaster_id})
    ]
    present = [value for value in without if value is not None]
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
        "p_releases": p_value(before, after),
        "p_houses": permuted_houses(before, after, draws, seed),
        "without_house_low": min(present, default=None),
        "without_house_high": max(present, default=None),
        "seed": seed,
    }


def p_value(before: pd.DataFrame, after: pd.DataFrame) -> float | None:
    """The two-sided Mann-Whitney test of the errors; None where a side is empty."""
    from scipy.stats import mannwhitneyu

    if before.empty or after.empty:
        return None
    return float(mannwhitneyu(before.mae.to_numpy(float), after.mae.to_numpy(float)).pvalue)


def _ratio_interval(before: pd.DataFrame, after: pd.DataFrame, draws: int, seed: int) -> tuple[float, float]:
    """The middle 95 % of the ratio of the medians when the houses of both sides are drawn anew together."""
    import numpy as np
    import pandas as pd

    both = pd.concat([before, after])
    codes, names = both.forecaster_id.factorize(sort=True)
    weights = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), draws)
    each_row = weights[:, codes]
    values = both.mae.to_numpy(float)
    split = len(before)
    ratios = weighted_medians(values[:split], each_row[:, :split]) / weighted_medians(
        values[split:], each_row[:, split:]
    )
    return float(np.nanpercentile(ratios, 2.5)), float(np.nanpercentile(ratios, 97.5))


def permuted_houses(before: pd.DataFrame, after: pd.DataFrame, draws: int, seed: int) -> float:
    """Share of relabellings of whole blocks whose mean ranks lie as far apart as those of the two sides do."""
    import numpy as np
    import pandas as pd
    from scipy.stats import rankdata

    both = pd.concat([before.assign(side=1), after.assign(side=0)])
    blocks, names = (both.forecaster_id + both.side.astype(str)).factorize(sort=True)
    ranks = rankdata(both.mae.to_numpy(float))
    first = int(both.drop_duplicates(["forecaster_id", "side"]).side.sum())
    order = np.random.default_rng(seed).random((draws, len(names))).argsort(axis=1).argsort(axis=1)
    sides = (order < first)[:, blocks].astype(float)

    def apart(labels: Any) -> Any:
        return np.abs(labels @ ranks / labels.sum(axis=1) - (1 - labels) @ ranks / (1 - labels).sum(axis=1))

    seen = apart(both.side.to_numpy(float)[None, :])[0]
    return float((1 + (apart(sides) >= seen - 1e-12).sum()) / (1 + draws))
