"""Every release of the record with what became of it: its error, its leader, how long before the vote."""

from __future__ import annotations

import math
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pollbench.data.memo import Key, memo_table
from pollbench.errors import NothingToCompare
from pollbench.records.counted import counted, judging
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

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
#: Claims whose figures are shares of something, or read like shares.
SHARES = ("vote_share", "buzz_share")
#: Printed units that count something: rescaled to 100 they are shares of the printed names.
COUNTS = frozenset({"index", "count", "per_minute"})
#: A list of names that adds up to 100 is compared with the result of the same names, rescaled, if these have less.
FULL_LOW, FULL_HIGH, MOST_OF_THE_VOTE = 99.0, 101.0, 97.0
#: Two options that have more than this together are the two answers to one question.
WHOLE = 99.0

COLUMNS = [
    "forecast_id",
    "contest_id",
    "election",
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
    "read_by",
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
  f.note, e.country, e.year, e.office, e.title AS election, c.day, g.candidate_id, h.name AS candidate,
  p.value::DOUBLE AS value, g.unit_printed::VARCHAR AS unit_printed, g.qualifier::VARCHAR AS qualifier, g.location, s.url,
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
_ALLIANCES = "SELECT contest_id, candidate_id, party FROM candidate WHERE party IS NOT NULL ORDER BY ALL"
#: Field of a disagreement -> the column that it is about, where the first coder's reading may count in place of the adopted one.
READ_TWICE = {"known_before_vote": "known_before_vote", "claim_kind": "claim_kind", "kind": "method"}
_FIRST_READ = "SELECT forecast_id, field, value_a FROM dispute WHERE source_a = 'first coder' ORDER BY ALL"
_FIGURES: Key[list[list[dict[Any, Any]]]] = Key("figures of the record by release")
_OUTCOMES_KEY: Key[dict[str, dict[str, dict[str, float]]]] = Key("outcomes of the record")


def releases_table(bench: Bench, rules: Rules = PAGE) -> pd.DataFrame:
    """One row per release: what it claimed, what was known when, its error and whether its leader led.

    Parameters
    ----------
    bench : opened data with releases, such as ``load("world")``.
    rules : the coding rules.

    Returns
    -------
    frame by forecast. ``mae`` in points over the printed options that have a result, ``lead_error`` in points on the
    margin of the first two of the result; ``leader_right`` 0 to 1 (a shared lead counts in shares), ``blind_chance``
    1 over the number of names printed. What has no result, or is no share, is empty. ``read_by``: double = coded by two
    readers, sampled = of the first collection, of which a second reader read a sample, single = by one reader.

    Raises
    ------
    NothingToCompare : the data hold no releases.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> table = releases_table(load("world"))
    >>> int((table.read_by == "double").sum())
    121
    """
    return counted(_judged(bench, judging(rules)), rules)


@memo_table
def _judged(bench: Bench, rules: Rules) -> pd.DataFrame:
    """Every release with its error and its leader; made and kept once for all rules that judge alike."""
    import pandas as pd

    grouped = bench.memo(_FIGURES, lambda: _by_release(bench.frame(_QUERY)))
    if not grouped:
        message = "The data hold no releases (releases.csv). Load the collection of the world record: load('world')."
        raise NothingToCompare(message)
    if rules.coder == "first":
        grouped = _as_first_read(bench, grouped)
    results = outcomes(bench)
    people = dict(bench.frame("SELECT candidate_id, name FROM person").itertuples(index=False, name=None))
    alliances: dict[str, dict[str, str]] = {}
    for contest, option, above in bench.frame(_ALLIANCES).itertuples(index=False, name=None):
        alliances.setdefault(contest, {})[option] = above
    rows = [
        _release(
            figures_of,
            results.get(figures_of[0]["contest_id"], {}),
            alliances.get(figures_of[0]["contest_id"], {}),
            people,
            rules,
        )
        for figures_of in grouped
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {
            "mae": float,
            "lead_error": float,
            "leader_right": float,
            "blind_chance": float,
            "days_before": float,
        }
    )


def _by_release(figures: pd.DataFrame) -> list[list[dict[Any, Any]]]:
    return [list(rows) for _, rows in groupby(figures.to_dict("records"), itemgetter("forecast_id"))]


def _as_first_read(bench: Bench, grouped: list[list[dict[Any, Any]]]) -> list[list[dict[Any, Any]]]:
    """The figures by release, with the claim, the method and the timing that the first coder had read."""
    read: dict[str, dict[str, str]] = {}
    for forecast, field, value in bench.frame(_FIRST_READ).itertuples(index=False, name=None):
        if field in READ_TWICE:
            read.setdefault(forecast, {})[READ_TWICE[field]] = value
    return [[row | read.get(row["forecast_id"], {}) for row in figures] for figures in grouped]


def outcomes(bench: Bench) -> dict[str, dict[str, dict[str, float]]]:
    """Contest -> share, seats, elected (1 or 0) -> option -> value, of what is known."""
    return bench.memo(_OUTCOMES_KEY, lambda: _outcomes(bench))


def _outcomes(bench: Bench) -> dict[str, dict[str, dict[str, float]]]:
    known: dict[str, dict[str, dict[str, float]]] = {}
    for contest, option, share, seats, elected in bench.frame(_OUTCOMES).itertuples(index=False, name=None):
        of_contest = known.setdefault(contest, {})
        won = {"yes": 1.0, "no": 0.0}.get(elected)
        for unit, value in (("share", share), ("seats", seats), ("elected", won)):
            if value is not None and value == value:
                of_contest.setdefault(unit, {})[option] = float(value)
    return known


def _release(
    figures: list[dict[Any, Any]],
    known: dict[str, dict[str, float]],
    alliances: dict[str, str],
    names: dict[str, str],
    rules: Rules,
) -> dict[str, Any]:
    """One release: the row of the table."""
    first = figures[0]
    shares = known.get("share", {})
    seen = first["first_seen_on"]
    dated = seen is not None and seen == seen
    row: dict[str, Any] = {name: first[name] for name in COLUMNS if name in first}
    row |= {
        "digital": first["method"] not in NOT_DIGITAL,
        "read_by": _read_by(first),
        "days_before": (first["day"] - seen).days if dated else None,
        "two_answers": two_answers(first["office"], shares),
        "named": len(figures),
        "figures": "; ".join(f"{names[row['candidate_id']]} {row['shown']:.12g}" for row in figures),
        "location": "; ".join(dict.fromkeys(row["location"] for row in figures)),
        "mae": None,
        "lead_error": None,
    }
    printed = {
        row["candidate_id"]: row["value"]
        for row in figures
        if row["qualifier"] != "lead"
        and row["value"] == row["value"]
        and row["unit_printed"] in {"pct", *COUNTS}
    }
    units = {row["unit_printed"] for row in figures if row["candidate_id"] in printed}
    if first["claim_kind"] in SHARES or reads_like_shares(first):
        row |= errors(in_shares(printed, units, rules), shares)
    return row | _leader(figures, printed, known, names, alliances, rules)


def _read_by(first: dict[Any, Any]) -> str:
    if first["transcription"] == "double":
        return "double"
    return "single" if first["added_by"] == "later" else "sampled"


def reads_like_shares(first: dict[Any, Any]) -> bool:
    """Whether it is a rate of being elected of a digital index, whose rates add up to 100."""
    return bool(first["claim_kind"] == "probability" and first["method"] == "digital_index")


def two_answers(office: str, shares: dict[str, float]) -> bool:
    """Whether the vote was a referendum, or its listed result has two options with (nearly) all votes."""
    return office == "referendum" or (len(shares) == 2 and math.fsum(shares.values()) > WHOLE)


def in_shares(printed: dict[str, float], units: set[str], rules: Rules) -> dict[str, float]:
    """Printed shares as they are; counts of two names or more in per cent of their sum, unless the rules leave them out."""
    if units == {"pct"}:
        return printed
    total = math.fsum(printed.values())
    if not units or not units <= COUNTS or len(printed) < 2 or total <= 0 or rules.counts == "left_out":
        return {}
    return {option: 100 * value / total for option, value in printed.items()}


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
    total = math.fsum(result.values())
    whole = len(result) == len(printed) > 1 and FULL_LOW <= math.fsum(printed.values()) <= FULL_HIGH
    if whole and total < MOST_OF_THE_VOTE:
        result = {option: 100 * value / total for option, value in result.items()}
    mae = math.fsum(abs(printed[option] - value) for option, value in result.items()) / len(result)
    lead = None
    if len(result) > 1:
        one, two = sorted(result, key=lambda option: (-result[option], option))[:2]
        lead = abs((printed[one] - printed[two]) - (result[one] - result[two]))
    return {"mae": mae, "lead_error": lead}


def _leader(
    figures: list[dict[Any, Any]],
    printed: dict[str, float],
    known: dict[str, dict[str, float]],
    names: dict[str, str],
    alliances: dict[str, str],
    rules: Rules,
) -> dict[str, Any]:
    """The call of the release: shares beside shares of votes, chances and calls beside who won, seats beside seats."""
    from pollbench.records.calls import beside, leader_call, named_winner, of_two_answers

    first, claim = figures[0], figures[0]["claim_kind"]
    shares, won = known.get("share", {}), known.get("elected", {})
    whole = rules.leader_of == "vote"
    if claim in SHARES or reads_like_shares(first):
        if len(printed) == 1 and first["office"] == "referendum" and rules.single_share == "referendum":
            printed, shares = of_two_answers(printed, shares)
        return leader_call(printed, beside(printed, shares, alliances), names, whole=whole)
    if claim == "probability":
        return leader_call(printed, won or shares, names, whole=whole and not won)
    if claim == "seats":
        seats = {row["candidate_id"]: row["value"] for row in figures if row["value"] == row["value"]}
        return leader_call(seats, known.get("seats", {}) or won, names, whole=whole)
    if claim == "order":
        ranks = {row["candidate_id"]: -row["value"] for row in figures if row["unit_printed"] == "rank"}
        if ranks:
            return leader_call(ranks, shares, names, whole=whole)
    return named_winner(figures, won or shares or known.get("seats", {}), names)
