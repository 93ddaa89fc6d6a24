"""Digital figures beside the polls of the same days: who was closer?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pollbench.data.memo import Key, memo_table
from pollbench.errors import NothingToCompare
from pollbench.records.leader_calls import CODERS, DRAWS
from pollbench.records.releases import SHARES, outcomes, releases_table
from pollbench.records.resampling import SEED, middle, resampled_means
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

PAIR_COLUMNS = [
    "forecast_id",
    "contest_id",
    "name",
    "method",
    "known_before_vote",
    "inputs_polls",
    "read_by",
    "candidates",
    "digital_mae",
    "polls_mae",
    "excess",
    "digital_lead_error",
    "polls_lead_error",
    "digital_closer",
    "polls",
]
#: Days before the vote in which the fieldwork of the polls beside a figure ended.
POLL_DAYS = 10
_POLLS = """
WITH ours AS (
  SELECT d.contest_id, d.forecast_id
  FROM forecast_day d
  WHERE d.is_poll AND d.quantity = 'vote_share' AND NOT d.recalled AND d.public_on <= d.day AND d.age_days <= $days
  QUALIFY $every OR row_number() OVER (PARTITION BY d.contest_id, d.house ORDER BY d.recency DESC) = 1
)
SELECT o.contest_id, p.candidate_id, avg(p.value::DOUBLE) AS polled, count(*) AS polls
FROM ours o JOIN prediction p USING (forecast_id)
GROUP BY ALL ORDER BY ALL
"""
_SHOWN = """
SELECT p.forecast_id, p.candidate_id, p.value::DOUBLE AS value
FROM prediction p JOIN printed_figure g USING (forecast_id, candidate_id)
WHERE g.unit_printed = 'pct'
"""
_POLLED: Key[pd.DataFrame] = Key("means of the polls beside the record")
_ERRORS: Key[pd.DataFrame] = Key("errors beside the polls")
_SHARES_SHOWN: Key[pd.DataFrame] = Key("printed shares of the record")


def pairs_table(bench: Bench, rules: Rules = PAGE) -> pd.DataFrame:
    r"""Digital shares beside the mean of the polls of the last ten days, for the same candidates.

    .. math:: d = e_{\mathrm{digital}} - e_{\mathrm{polls}}

    Points; negative = the digital figure was closer. Both sides are compared on the printed names that have a result and
    a poll; the lead is that of the first two of the result among them.

    Parameters
    ----------
    bench : opened data with releases and polls of the same contests.
    rules : the coding rules; ``polls`` says whether every poll counts, or the last one of each house.

    Returns
    -------
    frame by contest and release, the cases in which the digital figure was closer first.

    Raises
    ------
    NothingToCompare : no release has a poll beside it.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> table = pairs_table(load("world"))
    >>> bool(table.digital_closer.iloc[0])
    True
    """
    # Of the rules, these alone say which figures have polls beside them; the others date or judge.
    choosing = ("counts", "claims", "confidence", "polls", "coder")
    same = replace(PAGE, **{name: getattr(rules, name) for name in choosing})
    table = bench.memo(_ERRORS.of(same), lambda: _errors_beside(bench, same))
    named = releases_table(bench, rules).set_index("forecast_id")
    table = table.join(named[[name for name in PAIR_COLUMNS if name in named.columns]]).reset_index()
    return table[PAIR_COLUMNS].sort_values(
        ["digital_closer", "excess", "forecast_id"], ascending=[False, True, True], ignore_index=True
    )


def _errors_beside(bench: Bench, rules: Rules) -> pd.DataFrame:
    """Errors of the figures and of the polls beside them, by release."""
    cells = cells_beside_polls(bench, rules)
    cells["digital_mae"] = (cells.value - cells.result).abs()
    cells["polls_mae"] = (cells.polled - cells.result).abs()
    by_release = cells.groupby("forecast_id")
    table = by_release[["digital_mae", "polls_mae"]].mean().join(_lead_errors(cells), how="left")
    table["candidates"], table["polls"] = by_release.size(), by_release.polls.max()
    table["excess"] = table.digital_mae - table.polls_mae
    by_lead = table.digital_lead_error < table.polls_lead_error
    table["digital_closer"] = by_lead.where(table.digital_lead_error.notna(), table.excess < 0).astype(bool)
    return table


def _lead_errors(cells: pd.DataFrame) -> pd.DataFrame:
    """Errors of the figure and of the polls on the margin of the first two of the result, by release."""
    ordered = cells.sort_values(["forecast_id", "result", "candidate_id"], ascending=[True, False, True])
    first = ordered.groupby("forecast_id").nth(0).set_index("forecast_id")
    second = ordered.groupby("forecast_id").nth(1).set_index("forecast_id")
    gap = (first[["value", "polled", "result"]] - second[["value", "polled", "result"]]).dropna()
    return (
        gap[["value", "polled"]]
        .sub(gap.result, axis=0)
        .abs()
        .set_axis(["digital_lead_error", "polls_lead_error"], axis=1)
    )


def cells_beside_polls(bench: Bench, rules: Rules = PAGE) -> pd.DataFrame:
    """One row per digital release and candidate: value, polled, result, per cent."""
    import pandas as pd

    polls = bench.memo(
        _POLLED.of(rules.polls),
        lambda: bench.frame(_POLLS, {"days": POLL_DAYS, "every": rules.polls == "every"}),
    )
    every = releases_table(bench, rules)
    shares = every.loc[
        every.digital & every.claim_kind.isin(SHARES) & every.mae.notna(), ["forecast_id", "contest_id"]
    ]
    shown = bench.memo(_SHARES_SHOWN, lambda: bench.frame(_SHOWN))
    cells = shares.merge(shown, on="forecast_id").merge(polls, on=["contest_id", "candidate_id"])
    results = pd.DataFrame(
        [
            (contest, option, value)
            for contest, known in outcomes(bench).items()
            for option, value in known.get("share", {}).items()
        ],
        columns=["contest_id", "candidate_id", "result"],
    )
    cells = cells.merge(results, on=["contest_id", "candidate_id"])
    if cells.empty:
        message = "No digital release of the record has polls of the same days beside it."
        raise NothingToCompare(message)
    return cells.sort_values(["forecast_id", "candidate_id"], ignore_index=True)


SUMMARY_COLUMNS = [
    "coders",
    "known",
    "pairs",
    "contests",
    "closer_pairs",
    "contest_share",
    "low",
    "high",
    "p_sign",
    "median_digital",
    "median_polls",
    "seed",
]


@memo_table
def pairs_summary_table(
    bench: Bench, rules: Rules = PAGE, *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    r"""How often the digital figure was closer on the lead than the polls of the same days, over contests.

    .. math:: p = P(|B - C/2| \ge |b - C/2|), \quad B \sim \mathrm{Bin}(C, 1/2)

    ``p_sign`` is the two-sided sign test with one draw per contest (the majority of its releases); the interval resamples
    contests. Medians of the error on the lead in points.

    Parameters
    ----------
    bench : opened data with releases and polls.
    rules : the coding rules.
    draws : resamples of the contests.
    seed : of the draws.

    Returns
    -------
    frame by coders and whether the figures were known before the vote.
    """
    import pandas as pd
    from scipy.stats import binomtest

    pairs = pairs_table(bench, rules)
    pairs = pairs[pairs.digital_lead_error.notna()]
    rows = []
    for coders, codings in CODERS.items():
        read = pairs[pairs.read_by.isin(codings)]
        for known in ("before", "after"):
            chosen = read[(read.known_before_vote == "yes") == (known == "before")]
            if chosen.empty:
                continue
            rates = chosen.astype({"digital_closer": float}).groupby("contest_id").digital_closer.mean()
            low, high = middle(100 * resampled_means(rates.to_numpy(), draws, seed))
            decided = rates[rates != 0.5]
            rows.append(
                {
                    "coders": coders,
                    "known": known,
                    "pairs": len(chosen),
                    "contests": len(rates),
                    "closer_pairs": int(chosen.digital_closer.sum()),
                    "contest_share": 100 * rates.mean(),
                    "low": low,
                    "high": high,
                    "p_sign": float(binomtest(int((decided > 0.5).sum()), len(decided)).pvalue)
                    if len(decided)
                    else None,
                    "median_digital": chosen.digital_lead_error.median(),
                    "median_polls": chosen.polls_lead_error.median(),
                    "seed": seed,
                }
            )
    return pd.DataFrame(rows, columns=SUMMARY_COLUMNS)
