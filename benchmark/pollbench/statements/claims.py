"""What forecasters announced in words, and what became of it.

Some forecasters of 2017 published no vote shares (Gov an approval, Vigiglobe a count of messages):
this is where they are judged, by what they announced and by the order their figures put the
candidates in. Claims known only from a text written after the vote are distinguished: it is easy to
recall having been right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.data.memo import memo_table
from pollbench.scoring.outcomes import RULES, outcome
from pollbench.scoring.votes import votes_of

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Quantities that put candidates in an order, the nearest to a vote share first; a lower rank is
#: better, more is better in all others.
ORDERING = (
    "vote_share",
    "win_probability",
    "digital_share",
    "share_of_voice",
    "approval",
    "message_volume",
    "rank",
)

_CLAIMS = """
SELECT c.claim_id, c.contest_id, c.forecaster_id, o.name, o.house, o.family, c.made_on,
  c.made_precision, c.type, c.candidates, c.hedged, c.recalled, c.confidence, t.advance, t.day AS vote_day,
  CASE c.made_precision
    WHEN 'month' THEN least(last_day(c.made_on), t.day - 1)
    WHEN 'year' THEN least(make_date(year(c.made_on), 12, 31), t.day - 1)
    ELSE c.made_on END AS known_by,
  c.sources, coalesce(c.note, '') AS note,
  EXISTS (FROM figure g WHERE g.claim_id = c.claim_id AND g.verdict = 'unverifiable') AS unverifiable
FROM claim c JOIN forecaster o USING (forecaster_id) JOIN contest t USING (contest_id)
ORDER BY c.contest_id, c.made_on, c.claim_id
"""

_FIGURES = """
SELECT f.contest_id, f.forecaster_id, f.forecast_id, f.quantity::VARCHAR AS quantity, f.public_on, f.release,
  coalesce(f.measured_to, f.public_on) AS measured, f.recency, r.candidate_id, r.half AS value
FROM forecast_day f JOIN reading r USING (forecast_id)
WHERE NOT f.recalled AND f.condition IS NULL AND (f.lineup IS NULL OR f.lineup IN ('final', 'near-final'))
  AND r.half IS NOT NULL
"""


@memo_table
def claims_table(bench: Bench) -> pd.DataFrame:
    """Every announcement with what became of it and what the forecaster's own figures said.

    Returns
    -------
    frame with claim_id, contest_id, forecaster_id, name, house, family, made_on, made_precision,
    type, candidates, hedged, recalled, confidence, verdict ("true", "partly", "false", "undefined",
    "unverifiable" where the table of figures says so of the announcement, or "" before the vote), rule, own_forecast_id, own_quantity, own_said
    (the candidates its own latest figures of that day put in the place of the claim),
    own_agrees ("true", "partly", "false", or "" without figures), sources, note. Sorted by
    contest and day.

    Notes
    -----
    A claim of an elected winner is compared with the figures about the same round only. Recalled
    figures never stand for what was said on the day.
    """
    claims = bench.frame(_CLAIMS)
    votes = votes_of(bench)
    figures = bench.frame(_FIGURES)
    judged = [_verdict(claim, votes) for claim in claims.itertuples()]
    own_figures = [_own(claim, figures) for claim in claims.itertuples()]
    claims["verdict"] = judged
    claims["rule"] = claims["type"].map(RULES)
    for index, column in enumerate(("own_forecast_id", "own_quantity", "own_said", "own_agrees")):
        claims[column] = [row[index] for row in own_figures]
    return claims[
        [
            "claim_id", "contest_id", "forecaster_id", "name", "house", "family", "made_on",
            "made_precision", "type", "candidates", "hedged", "recalled", "confidence", "verdict", "rule",
            "own_forecast_id", "own_quantity", "own_said", "own_agrees", "sources", "note",
        ]
    ]  # fmt: skip


def _verdict(claim: Any, votes: dict[str, dict[str, int]]) -> str:
    counted = votes.get(claim.contest_id)
    if not counted:
        return ""
    if claim.unverifiable:
        # Whether it was announced at all is not known: no verdict on what would have come of it.
        return "unverifiable"
    named = claim.candidates.split()
    return outcome(claim.type, named, counted, advance=claim.advance).verdict


def _own(claim: Any, figures: pd.DataFrame) -> tuple[str, str, str, str]:
    """The forecaster's latest figures by the day of the claim, read as the claim is."""
    published = figures[
        (figures["contest_id"] == claim.contest_id)
        & (figures["forecaster_id"] == claim.forecaster_id)
        & (figures["public_on"] <= claim.known_by)
        & figures["quantity"].isin(ORDERING)
    ]
    named = claim.candidates.split()
    nearness = {quantity: number for number, quantity in enumerate(ORDERING)}
    latest = published.assign(nearness=-published["quantity"].map(nearness).astype(float)).sort_values(
        ["measured", "release", "nearness", "recency"], ascending=False
    )
    for forecast_id in latest["forecast_id"].unique():
        rows = latest[latest["forecast_id"] == forecast_id]
        quantity = str(rows["quantity"].iloc[0])
        scores = order_of(rows.set_index("candidate_id")["value"], quantity)
        # Figures about fewer candidates than the claim takes places say nothing about it.
        if len(scores) < 2 or (quantity == "rank" and len(scores) < len(named)):
            continue
        advance = claim.advance
        said = outcome(claim.type, named, scores, advance=advance)
        ranked = _by_score(scores)
        width = {"leader": 1, "winner": 1, "order": len(named)}.get(claim.type, advance)
        agrees = "" if said.verdict == "undefined" else said.verdict
        return str(forecast_id), quantity, " ".join(ranked[:width]), agrees
    return "", "", "", ""


def order_of(values: pd.Series, quantity: str) -> dict[str, int]:
    """Figures as whole numbers of which more is better, to be read like votes.

    Parameters
    ----------
    values : figures by candidate.
    quantity : what they are; ranks are turned round.

    Examples
    --------
    >>> order_of(pd.Series({"macron": 1.26, "fillon": 1.25}), "message_volume")
    {'macron': 126, 'fillon': 125}
    >>> order_of(pd.Series({"macron": 1, "le-pen": 2}), "rank")
    {'macron': 99900, 'le-pen': 99800}
    """
    best_first = 1000.0 - values if quantity == "rank" else values
    return {str(candidate): round(float(value) * 100) for candidate, value in best_first.items()}


def _by_score(scores: dict[str, int]) -> list[str]:
    """Candidates, the highest first; among equals by name."""
    return sorted(scores, key=lambda candidate: (-scores[candidate], candidate))


def _first_two(ranked: list[str], scores: dict[str, int], ranks: pd.Series | None) -> tuple[str, list[str]]:
    """Leader ('' if tied) and pair ([] if fewer than two) of an order; printed ranks are believed."""
    tied = len(ranked) > 1 and scores[ranked[0]] == scores[ranked[1]]
    leader = "" if tied or not ranked else ranked[0]
    pair = ranked[:2] if len(ranked) > 1 else []
    if ranks is not None:
        # A source may print the rank of one candidate only, and not the first.
        leader = leader if leader and ranks[leader] == 1 else ""
        pair = pair if pair and max(ranks[pair]) <= 2 else []
    return leader, pair


def _judge(type_: str, named: list[str], counted: dict[str, int] | None) -> str:
    """The verdict on a place that figures give, '' without names or votes."""
    return outcome(type_, named, counted, advance=2).verdict if named and counted else ""


_LATEST = """
SELECT f.contest_id, f.forecaster_id, f.name, f.family, f.forecast_id, f.quantity::VARCHAR AS quantity,
  f.status::VARCHAR AS status, f.public_on, f.recalled, f.advance, f.last_release::VARCHAR AS last_release
FROM forecast_day f
WHERE f.quantity IN ('share_of_voice', 'approval', 'audience', 'message_volume', 'rank')
  AND f.public_on <= f.day
QUALIFY row_number() OVER (PARTITION BY contest_id, forecaster_id, quantity ORDER BY recency DESC) = 1
ORDER BY contest_id, forecaster_id, quantity
"""


@memo_table
def ranks_table(bench: Bench) -> pd.DataFrame:
    """Last approvals, audiences, volumes and ranks before the vote, read as an order.

    Returns
    -------
    frame with contest_id, forecaster_id, name, family, forecast_id, quantity, status, public_on,
    recalled, last_release, leader, pair, leader_verdict, pair_verdict, basis (words that mark
    the reading). ``pair`` and its verdict are empty where the figures order fewer than two.

    Notes
    -----
    None of these figures claims to be a share of votes: reading them as an order is what their
    readers did. An index was never offered as a forecast, see ``status``.
    """
    latest = bench.frame(_LATEST)
    values = bench.frame(
        "SELECT forecast_id, candidate_id, half AS value FROM reading WHERE half IS NOT NULL ORDER BY ALL"
    )
    votes = votes_of(bench)
    rows = []
    for forecast in latest.itertuples():
        forecast_values = values[values["forecast_id"] == forecast.forecast_id].set_index("candidate_id")[
            "value"
        ]
        scores = order_of(forecast_values, str(forecast.quantity))
        counted = votes.get(str(forecast.contest_id))
        ranked = _by_score(scores)
        leader, pair = _first_two(ranked, scores, forecast_values if forecast.quantity == "rank" else None)
        pair = pair if forecast.advance == 2 else []
        rows.append(
            {
                "contest_id": forecast.contest_id, "forecaster_id": forecast.forecaster_id, "name": forecast.name,
                "family": forecast.family, "forecast_id": forecast.forecast_id, "quantity": forecast.quantity,
                "status": forecast.status, "public_on": forecast.public_on, "recalled": forecast.recalled,
                "last_release": forecast.last_release, "leader": leader, "pair": " ".join(pair),
                "leader_verdict": _judge("leader", [leader] if leader else [], counted),
                "pair_verdict": _judge("qualified_pair", pair, counted),
                "basis": f"{str(forecast.quantity).replace('_', ' ')} read as an order",
            }
        )  # fmt: skip
    columns = [
        "contest_id", "forecaster_id", "name", "family", "forecast_id", "quantity", "status", "public_on",
        "recalled", "last_release", "leader", "pair", "leader_verdict", "pair_verdict", "basis",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
