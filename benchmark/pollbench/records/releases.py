"""Every release of the record with what became of it: its error, its leader, how long before the vote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Methods that are not digital: markets, models of polls, machines that read all, people who are asked.
NOT_DIGITAL = frozenset(
    [
        "market",
        "betting",
        "statistical_model",
        "agent_model",
        "llm_agents",
        "llm_chatbot",
        "human_swarm",
        "survey",
        "expert_crowd",
    ]
)
#: Claims whose figures name a leader among those printed.
LED = ("vote_share", "buzz_share", "probability")
#: Printed units whose figures can be put in order.
ORDERED = frozenset({"pct", "index", "count", "per_minute"})
#: A list of names that adds up to 100 is compared with the result of the same names, rescaled, if these have less.
FULL_LOW, FULL_HIGH, MOST_OF_THE_VOTE = 99.0, 101.0, 97.0
#: Two options that have more than this together are the two answers to one question.
WHOLE = 99.0

COLUMNS = [
    "forecast_id",
    "contest_id",
    "country",
    "year",
    "day",
    "forecaster_id",
    "name",
    "method",
    "digital",
    "claim_kind",
    "claim_ambiguous",
    "known_before_vote",
    "public_before",
    "transcription",
    "added_by",
    "confidence",
    "inputs_polls",
    "first_seen_on",
    "days_before",
    "two_answers",
    "named",
    "mae",
    "lead_error",
    "leader",
    "winner",
    "leader_right",
    "blind_chance",
    "figures",
    "url",
    "location",
    "note",
]

_QUERY = """
SELECT r.forecast_id, r.method::VARCHAR AS method, r.claim_kind::VARCHAR AS claim_kind,
  r.claim_ambiguous::VARCHAR AS claim_ambiguous, r.known_before_vote::VARCHAR AS known_before_vote,
  r.public_before::VARCHAR AS public_before, r.added_by::VARCHAR AS added_by,
  f.transcription::VARCHAR AS transcription,
  f.confidence::VARCHAR AS confidence, f.inputs_polls::VARCHAR AS inputs_polls, f.contest_id, f.forecaster_id, o.name,
  CASE WHEN f.first_seen_precision = 'day' THEN f.first_seen_on END AS first_seen_on,
  f.note, e.country, e.year, c.day, g.candidate_id, h.name AS candidate, p.value::DOUBLE AS value,
  g.unit_printed::VARCHAR AS unit_printed, g.qualifier::VARCHAR AS qualifier, g.location, s.url,
  coalesce(v.value::DOUBLE, p.value::DOUBLE) AS shown
FROM release r
JOIN forecast f USING (forecast_id)
JOIN forecaster o USING (forecaster_id)
JOIN contest c USING (contest_id)
JOIN election e USING (election_id)
JOIN printed_figure g USING (forecast_id)
JOIN person h USING (candidate_id)
LEFT JOIN prediction p USING (forecast_id, candidate_id)
LEFT JOIN event v USING (forecast_id)
LEFT JOIN source s ON s.source_id = string_split(f.sources, ' ')[1]
ORDER BY r.forecast_id, g.candidate_id
"""
_OUTCOMES = """
SELECT contest_id, candidate_id, o.share_pct::DOUBLE AS share, o.seats::DOUBLE AS seats, q.elected::VARCHAR AS elected
FROM oracle o FULL JOIN outcome q USING (contest_id, candidate_id)
ORDER BY ALL
"""


@memo_table
def releases_table(bench: Bench) -> pd.DataFrame:
    """One row per release: what it claimed, what was known when, its error and whether its leader led.

    Parameters
    ----------
    bench : opened data with releases, such as ``load("world")``.

    Returns
    -------
    frame by forecast. ``mae`` in points over the printed options that have a result, ``lead_error`` in points on the
    margin of the first two of the result; ``leader_right`` 0 to 1 (a shared lead counts in shares), ``blind_chance``
    1 over the number of names printed. What has no result, or is no share, is empty.

    Raises
    ------
    NothingToCompare : the data hold no releases.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> table = releases_table(load("world"))
    >>> len(table), int(table.digital.sum())
    (260, 191)
    """
    import pandas as pd

    figures = bench.frame(_QUERY)
    if figures.empty:
        message = "The data hold no releases (releases.csv). Load the collection of the world record: load('world')."
        raise NothingToCompare(message)
    truths = outcomes(bench)
    rows = [
        _release(rows, truths.get(rows.contest_id.iloc[0], {}))
        for _, rows in figures.groupby("forecast_id", sort=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def outcomes(bench: Bench) -> dict[str, dict[str, tuple[str, float]]]:
    """Contest -> option -> what is known of it: its share, else its seats, else whether it won (1 or 0)."""
    said: dict[str, dict[str, tuple[str, float]]] = {}
    frame = bench.frame(_OUTCOMES)
    for contest, rows in frame.groupby("contest_id", sort=True):
        unit = next(
            (name for name in ("share", "seats", "elected") if rows[name].notna().any()),
            "",
        )
        if unit:
            known = rows[rows[unit].notna()]
            values = (known.elected == "yes").astype(float) if unit == "elected" else known[unit]
            said[str(contest)] = {
                str(option): (unit, float(value))
                for option, value in zip(known.candidate_id, values, strict=True)
            }
    return said


def _release(rows: pd.DataFrame, truth: dict[str, tuple[str, float]]) -> dict[str, Any]:
    """One release: the row of the table."""
    first = rows.iloc[0]
    names = dict(zip(rows.candidate_id, rows.candidate, strict=True))
    ordered = rows[rows.unit_printed.isin(ORDERED) & (rows.qualifier != "lead")]
    printed = dict(zip(ordered.candidate_id, ordered.value, strict=True))
    shares = {option: value for option, (unit, value) in truth.items() if unit == "share"}
    in_shares = bool(len(ordered)) and bool((ordered.unit_printed == "pct").all())
    seen = first.first_seen_on
    row: dict[str, Any] = {name: first[name] for name in COLUMNS if name in rows.columns}
    row |= {
        "digital": first.method not in NOT_DIGITAL,
        "days_before": (first.day - seen).days if seen == seen and seen is not None else None,
        "two_answers": len(shares) == 2 and sum(shares.values()) > WHOLE,
        "named": len(rows),
        "figures": "; ".join(
            f"{names[option]} {value:g}" for option, value in zip(rows.candidate_id, rows.shown, strict=True)
        ),
        "location": "; ".join(dict.fromkeys(rows.location)),
        "mae": None,
        "lead_error": None,
    }
    if in_shares and first.claim_kind in ("vote_share", "buzz_share"):
        row |= errors(printed, shares)
    row |= leader_call(printed, {option: value for option, (_, value) in truth.items()}, names)
    if first.claim_kind not in LED:
        row |= {"leader_right": None, "blind_chance": None}
    return row


def errors(printed: dict[str, float], shares: dict[str, float]) -> dict[str, float | None]:
    r"""Mean absolute error of the printed options that have a result, and the error on the lead.

    .. math:: \frac{1}{K} \sum_k |p_k - v_k| \qquad |(p_1 - p_2) - (v_1 - v_2)|

    Points. Options 1 and 2 are the first two of the result among those printed. A complete list of names (its shares add
    up to 99 to 101) is compared with the result of the same names, rescaled to 100, where these have less than 97 %.

    Parameters
    ----------
    printed : option -> printed share, per cent.
    shares : option -> share of the votes, per cent.

    Returns
    -------
    mae and lead_error; None where there is nothing to compare.

    Examples
    --------
    >>> errors({"yes": 55.0, "no": 45.0}, {"yes": 50.0, "no": 50.0})
    {'mae': 5.0, 'lead_error': 10.0}
    """
    result = {option: shares[option] for option in printed if option in shares}
    if not result:
        return {"mae": None, "lead_error": None}
    total = sum(result.values())
    whole = len(result) == len(printed) > 1 and FULL_LOW <= sum(printed.values()) <= FULL_HIGH
    if whole and total < MOST_OF_THE_VOTE:
        result = {option: 100 * value / total for option, value in result.items()}
    mae = sum(abs(printed[option] - value) for option, value in result.items()) / len(result)
    lead = None
    if len(result) > 1:
        one, two = sorted(result, key=lambda option: (-result[option], option))[:2]
        lead = abs((printed[one] - printed[two]) - (result[one] - result[two]))
    return {"mae": mae, "lead_error": lead}


def leader_call(printed: dict[str, float], result: dict[str, float], names: dict[str, str]) -> dict[str, Any]:
    """Whom the figures had in front, who led the result among those named, and the chance of picking blind.

    One figure names a leader where the result has two answers: above 50 itself, else the other one.

    Parameters
    ----------
    printed : option -> figure, in any unit.
    result : option -> share, seats or 1 for the winner.
    names : option -> name.

    Returns
    -------
    leader, winner, leader_right (0 to 1), blind_chance.

    Examples
    --------
    >>> leader_call({"a": 40.0, "b": 20.0}, {"a": 45.0, "b": 55.0}, {"a": "Ann", "b": "Bob"})
    {'leader': 'Ann', 'winner': 'Bob', 'leader_right': 0.0, 'blind_chance': 0.5}
    """
    nothing = {"leader": None, "winner": None, "leader_right": None, "blind_chance": None}
    if len(printed) == 1 and len(result) == 2 and set(printed) < set(result) and sum(result.values()) > WHOLE:
        [(option, value)] = printed.items()
        [other] = set(result) - {option}
        printed = {option: value, other: 100 - value}
    common = {option: result[option] for option in printed if option in result}
    if len(printed) < 2 or not common:
        return nothing
    leaders = [option for option, value in printed.items() if value == max(printed.values())]
    winners = [option for option, value in common.items() if value == max(common.values())]
    right = sum(option in winners for option in leaders) / len(leaders)
    return {
        "leader": ", ".join(names.get(option, option) for option in leaders),
        "winner": ", ".join(names.get(option, option) for option in winners),
        "leader_right": right,
        "blind_chance": len(winners) / len(printed),
    }
