"""Which published figures can be attacked, as arrays; for every other forecaster, why not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import Key
from pollbench.manipulation import MECHANISMS
from pollbench.manipulation.model import Mechanism
from pollbench.manipulation.study.assumptions import Parameter
from pollbench.manipulation.study.remarks import TOO_MUCH
from pollbench.selection.candidates import candidates_of
from pollbench.selection.policy import Policy
from pollbench.selection.reading import figures_read

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

#: Quantities with a closed form, best first: of a forecaster that published several the first counts.
QUANTITIES = (
    "vote_share",
    "digital_share",
    "share_of_voice",
    "approval",
    "message_volume",
    "win_probability",
    "runoff_probability",
)
SHARES = ("vote_share", "digital_share", "share_of_voice", "message_volume")
PROBABILITIES = ("win_probability", "runoff_probability")
#: Days that a figure covers where its dates do not say. Gov: the counts on record are of questions that stayed open
#: for two days; the rest: one measure, about a day.
WINDOW_DAYS = {"daily_rating": 2}
#: A poll enters a poll average for so long, in days: FiveThirtyEight's window, as in the default policy. The polls
#: of an average are not known one by one: each firm with a poll in the window counts once.
AVERAGED_WITHIN_DAYS = 21
#: A row of rounded shares may pass 100 by this much, in points: eleven candidates to the half point, and "<0.5".
ROUNDING = 1.0
#: Name of the column that takes what the published shares leave of 100.
OTHERS = "others"


@dataclass(frozen=True)
class AttackedFigure:
    """One published forecast, ready to be attacked.

    Attributes
    ----------
    candidates : those with a figure; shares have ``others`` as the last one.
    figures : array (candidates,), per cent.
    targets : the main candidates among them.
    persons : respondents behind the figure; None where nobody counted persons.
    given : what the data set itself says about the base (counts, voters, polls), if anything.
    window_days : days that the figure covers.
    certifiable : False where the rule is secret: then robustness is unknown.
    flags : remarks, such as "adds up to more than 100".
    """

    contest_id: str
    forecaster_id: str
    name: str
    family: str
    kind: str
    forecast_id: str
    quantity: str
    mechanism: Mechanism
    candidates: tuple[str, ...]
    figures: np.ndarray
    targets: tuple[str, ...]
    persons: int | None
    given: Parameter | None
    window_days: int
    certifiable: bool
    flags: tuple[str, ...]

    def position(self, candidate: str) -> int:
        """The column of a candidate."""
        return self.candidates.index(candidate)


#: A run asks for its figures a dozen times.
_FIGURES: Key[tuple[list[AttackedFigure], pd.DataFrame]] = Key("attacked figures")


def _latest(bench: Bench) -> pd.DataFrame:
    """The last forecast of each forecaster, contest and quantity, whatever its status and age."""
    return bench.frame(
        "SELECT f.*, coalesce(f.mechanism, o.mechanism)::VARCHAR AS way, o.rule_disclosed::VARCHAR AS disclosed, "
        "coalesce(f.expressing_n, f.sample_size) AS n, c.registered, c.sources AS contest_sources "
        "FROM (SELECT * FROM forecast_day WHERE public_on <= day AND (survey IS NULL OR lineup = 'final') "
        "AND condition IS NULL AND (survey IS NULL OR previous_round IS NULL OR measured_to >= previous_round) "
        "QUALIFY row_number() OVER (PARTITION BY contest_id, forecaster_id, quantity ORDER BY recency DESC) = 1) f "
        "JOIN forecaster o USING (forecaster_id) JOIN contest c USING (contest_id) "
        "ORDER BY f.contest_id, f.forecaster_id, f.quantity"
    )


def _values(bench: Bench, wanted: pd.Series) -> dict[str, dict[str, float]]:
    """Forecast -> candidate -> figure, largest first."""
    rows = figures_read(bench, Policy()).sort_values(
        ["forecast_id", "value", "candidate_id"], ascending=[True, False, True]
    )
    rows = rows[rows.forecast_id.isin(set(wanted))]
    values: dict[str, dict[str, float]] = {}
    for forecast, candidate, value in zip(rows.forecast_id, rows.candidate_id, rows.value, strict=True):
        values.setdefault(forecast, {})[candidate] = value
    return values


def _derived(name: str, row: Any, value: float, unit: str, sources: str) -> Parameter:
    return Parameter(
        name, row.forecaster_id, f"derived:{row.forecast_id}", value, value, value, unit, "D", sources
    )


def _figure(row: Any, values: dict[str, float], main: tuple[str, ...], averaged: int) -> AttackedFigure:
    from pandas import isna as missing

    names = tuple(values)
    figures = np.array([values[name] for name in names], dtype=float)
    given = None
    flags: list[str] = []
    mechanism = MECHANISMS[row.way]
    if row.quantity == "message_volume":
        total = float(figures.sum())
        given = _derived("messages", row, total, "messages", row.sources)
        figures = 100.0 * figures / total
    elif row.quantity in SHARES:
        total = float(figures.sum())
        figures = np.append(figures, max(0.0, 100.0 - total))
        names = (*names, OTHERS)
        flags += [TOO_MUCH] if total > 100.0 + ROUNDING else []
    if mechanism.name == "phone_quota" and not missing(row.registered):
        given = Parameter(
            "reachable_electorate",
            row.contest_id,
            f"derived:{row.contest_id}",
            float(row.registered),
            float(row.registered),
            float(row.registered),
            "persons",
            "F",
            row.contest_sources,
        )
    if mechanism.name == "poll_average" and averaged:
        given = _derived("polls_averaged", row, float(averaged), "polls", "method:derived")
    dated = not (missing(row.measured_from) or missing(row.measured_to))
    window = (row.measured_to - row.measured_from).days + 1 if dated else 1
    return AttackedFigure(
        contest_id=row.contest_id,
        forecaster_id=row.forecaster_id,
        name=row.name,
        family=row.family,
        kind=row.kind,
        forecast_id=row.forecast_id,
        quantity=row.quantity,
        mechanism=mechanism,
        candidates=names,
        figures=figures,
        targets=tuple(candidate for candidate in main if candidate in values),
        persons=None if missing(row.n) or not mechanism.persons else int(row.n),
        given=given,
        window_days=WINDOW_DAYS.get(mechanism.name, max(window, 1)),
        certifiable=row.disclosed != "no",
        flags=tuple(flags),
    )


def _why_not(rows: list[Any]) -> str:
    way = rows[0].way
    quantities = {row.quantity for row in rows}
    published = ", ".join(sorted(quantity.replace("_", " ") for quantity in quantities))
    if way == "none":
        return "no single mechanism of the model fits (mixed inputs, experts or fixed odds)"
    if way == "net_sentiment":
        return f"no figure of its tone is known; published: {published}"
    if quantities <= set(PROBABILITIES) | {"event"}:
        return f"only probabilities of a model are known ({published}): no closed form leads from its inputs to them"
    return f"no figure with a closed form is known; published: {published}"


def attacked_figures(bench: Bench) -> tuple[list[AttackedFigure], pd.DataFrame]:
    """The figure of every forecaster and contest that can be attacked, and the reasons for the others.

    One figure a forecaster and contest: its last one before the vote, of the first quantity of
    :data:`QUANTITIES` that it published.

    Returns
    -------
    figures : sorted by contest and forecaster.
    unanswered : DataFrame(contest_id, forecaster_id, forecast_id, mechanism, reason).
    """
    return bench.memo(_FIGURES, lambda: _attacked_figures(bench))


def _attacked_figures(bench: Bench) -> tuple[list[AttackedFigure], pd.DataFrame]:
    import pandas as pd

    latest = _latest(bench)
    values = _values(bench, latest.forecast_id)
    main = {contest: candidates_of(bench, contest, "main") for contest in sorted(set(latest.contest_id))}
    polls = bench.frame(
        "SELECT contest_id, forecaster_id, public_on FROM forecast_day WHERE survey IS NOT NULL"
    )
    days = {
        contest: (rows.forecaster_id.to_numpy(), rows.public_on.to_numpy())
        for contest, rows in polls.groupby("contest_id")
    }
    figures: list[AttackedFigure] = []
    unanswered = []
    records: list[Any] = list(latest.itertuples(index=False))
    rows_of = groupby(records, key=lambda row: (row.contest_id, row.forecaster_id))
    for (contest, forecaster), group in rows_of:
        rows = list(group)
        ranked = [
            row
            for row in rows
            if row.quantity in QUANTITIES
            and row.forecast_id in values
            and row.way != "none"
            and _fits(row.quantity, row.way)
        ]
        if not ranked:
            unanswered.append(
                {
                    "contest_id": contest,
                    "forecaster_id": forecaster,
                    "forecast_id": rows[0].forecast_id,
                    "mechanism": rows[0].way,
                    "reason": _why_not(rows),
                }
            )
            continue
        best = min(ranked, key=lambda row: QUANTITIES.index(row.quantity))
        averaged = 0
        if best.way == "poll_average" and contest in days:
            firms, public = days[contest]
            since = best.public_on.to_datetime64() - np.timedelta64(AVERAGED_WITHIN_DAYS, "D")
            averaged = len(set(firms[(public >= since) & (public <= best.public_on.to_datetime64())]))
        figure = _figure(best, values[best.forecast_id], main[contest], averaged)
        if figure.targets:
            figures.append(figure)
        else:
            unanswered.append(
                {
                    "contest_id": contest,
                    "forecaster_id": forecaster,
                    "forecast_id": figure.forecast_id,
                    "mechanism": figure.mechanism.name,
                    "reason": "its last figures name none of the main candidates",
                }
            )
    silent = bench.frame(
        "SELECT o.forecaster_id, o.mechanism::VARCHAR AS mechanism, "
        "CASE WHEN count(f.forecast_id) = 0 THEN 'no figure about these contests is known' "
        "WHEN bool_and(f.public_on > f.day) THEN 'its figures were public only after the vote' "
        "ELSE 'no figure on the line-up that stood' END AS reason "
        "FROM forecaster o LEFT JOIN forecast_day f USING (forecaster_id) "
        "WHERE o.family <> 'baseline' GROUP BY o.forecaster_id, o.mechanism ORDER BY o.forecaster_id"
    )
    seen = set(latest.forecaster_id)
    unanswered += [
        {
            "contest_id": "",
            "forecaster_id": row.forecaster_id,
            "forecast_id": "",
            "mechanism": row.mechanism,
            "reason": row.reason,
        }
        for row in silent.itertuples()
        if row.forecaster_id not in seen
    ]
    columns = ["contest_id", "forecaster_id", "forecast_id", "mechanism", "reason"]
    return figures, pd.DataFrame(unanswered, columns=columns)


def _fits(quantity: str, way: str) -> bool:
    """Whether a mechanism speaks about a quantity."""
    if way == "market_lmsr":
        return quantity in PROBABILITIES
    if way == "daily_rating":
        return quantity == "approval"
    return quantity in SHARES and way != "net_sentiment"
