"""What moves when one coding rule changes: the headline figures under every alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.data.memo import memo_table
from pollbench.records.before_after import sold_as_shares
from pollbench.records.beside_polls import pairs_table
from pollbench.records.leader_calls import CODERS, like_shares
from pollbench.records.releases import releases_table
from pollbench.records.rules import PAGE, Rules, alternatives

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

COLUMNS = [
    "rule",
    "value",
    "coders",
    "releases",
    "right",
    "contests",
    "contest_share",
    "contest_blind",
    "median_mae",
    "before_median",
    "after_median",
    "ratio",
    "pairs",
    "closer_pairs",
]


@memo_table
def rules_table(bench: Bench) -> pd.DataFrame:
    """The headline figures under the rules of the page and under every single change of a rule.

    Parameters
    ----------
    bench : opened data with releases.

    Returns
    -------
    frame by rule, value and coders; the rules of the page first (rule ``page``, value ``page``). Per cent and points, as in
    the tables of which these are the headlines.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> rules_table(load("world")).rule.iloc[0]
    'page'
    """
    import pandas as pd

    rows = [
        {"rule": rule, "value": value} | row
        for rule, value, rules in [("page", "page", PAGE), *alternatives()]
        for row in headlines(bench, rules)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def headlines(bench: Bench, rules: Rules) -> list[dict[str, Any]]:
    """The figures of the headlines under some rules, by coders: digital figures known before the vote."""
    releases = releases_table(bench, rules)
    chosen = releases.loc[
        like_shares(releases) & (releases.known_before_vote == "yes"),
        ["contest_id", "read_by", "mae", "leader_right", "blind_chance"],
    ]
    pairs = pairs_table(bench, rules)
    pairs = pairs.loc[
        (pairs.known_before_vote == "yes") & pairs.digital_lead_error.notna(), ["read_by", "digital_closer"]
    ]
    sold = sold_as_shares(bench, rules)
    return [
        {"coders": coders}
        | _headline(*(table[table.read_by.isin(codings)] for table in (chosen, sold, pairs)))
        for coders, codings in CODERS.items()
    ]


def _headline(chosen: pd.DataFrame, sold: pd.DataFrame, pairs: pd.DataFrame) -> dict[str, Any]:
    called = chosen[chosen.leader_right.notna()]
    by_contest = called.groupby("contest_id")
    before, after = (sold.mae[sold.known_before_vote == side].median() for side in ("yes", "no"))
    return {
        "releases": len(called),
        "right": called.leader_right.sum(),
        "contests": len(by_contest),
        "contest_share": 100 * by_contest.leader_right.mean().mean(),
        "contest_blind": 100 * by_contest.blind_chance.mean().mean(),
        "median_mae": chosen.mae.median(),
        "before_median": before,
        "after_median": after,
        "ratio": before / after,
        "pairs": len(pairs),
        "closer_pairs": int(pairs.digital_closer.sum()),
    }
