"""Which published figures can be attacked, as arrays; for every other forecaster, why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench.data.memo import Key
from pollbench.errors import PolicyError, UnknownName
from pollbench.manipulation import MECHANISMS
from pollbench.manipulation.model import Derived, Facts, Mechanism
from pollbench.manipulation.study.assumptions import Parameter
from pollbench.selection.candidates import candidates_of
from pollbench.selection.figures import USUAL
from pollbench.selection.policy import Policy
from pollbench.selection.reading import figures_read

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench


class Remark(StrEnum):
    """Remarks on what an attack does or costs, as the column ``flag`` of the tables prints them."""

    ALREADY = "already"
    NO_SUCH_PLACE = "no such place"
    OUT_OF_REACH = "out of reach"
    A_TIE = "a tie: one record more"
    BASE_NOT_KNOWN = "base not known"
    ACCOUNTS_NOT_KNOWN = "accounts not known"
    RULE_NOT_DISCLOSED = "rule not disclosed: robustness unknown"
    NO_CERTIFICATE = "no number of persons: no certificate"
    DIGITAL_WEIGHT = "digital weight, not a vote share"
    TOO_MUCH = "adds up to more than 100"
    #: What is said wherever accounts or answers are bought: no price of 2017 was published.
    ANACHRONISTIC = "prices of 2025, anachronistic for earlier votes"


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
PROBABILITIES = ("win_probability", "runoff_probability")
#: A row of rounded shares may pass 100 by this much, in points: eleven candidates to the half point, and "<0.5".
ROUNDING = 1.0
#: Name of the column that takes what the published shares leave of 100.
OTHERS = "others"
#: The mechanism of forecasters that the model says nothing about.
NO_MECHANISM = "none"
UNANSWERED = ["contest_id", "forecaster_id", "forecast_id", "mechanism", "reason"]


@dataclass(frozen=True)
class AttackedFigure:
    """One published forecast, ready to be attacked.

    Attributes
    ----------
    candidates : those with a figure; figures of one whole have ``others`` as the last one.
    figures : array (candidates,), per cent.
    targets : the main candidates among them.
    persons : respondents behind the figure; None where persons were not counted.
    given : what the data set itself says about the base (counts, voters, polls), if anything.
    window_days : days that the figure covers.
    certifiable : False where the rule is secret: then robustness is unknown.
    flags : remarks, such as "adds up to more than 100".
    """

    election_id: str
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

    @property
    def named(self) -> int:
        """Number of candidates with a figure; what is left of 100 belongs to no candidate and can win nothing."""
        return len(self.candidates) - (self.candidates[-1] == OTHERS)

    def respondents(self, base: float) -> float | None:
        """The number behind its sampling error: respondents, or the base where that is what was counted."""
        if self.mechanism.sampled_base:
            return base if np.isfinite(base) else None
        return self.persons


#: A run asks for its figures a dozen times.
_FIGURES: Key[tuple[list[AttackedFigure], pd.DataFrame]] = Key("attacked figures")


def _latest(bench: Bench, policy: Policy) -> pd.DataFrame:
    """The last forecast of each forecaster, contest and quantity that was public in time, whatever its status and age."""
    cutoff = "day" if policy.as_of is None else f"least(day, DATE '{policy.as_of}')"
    return bench.frame(
        "SELECT f.*, coalesce(f.mechanism, o.mechanism)::VARCHAR AS way, o.rule_disclosed::VARCHAR AS disclosed, "
        "coalesce(f.expressing_n, f.sample_size) AS n, c.registered, c.election_id, c.sources AS contest_sources "
        f"FROM (SELECT * FROM forecast_day WHERE public_on <= {cutoff} AND (survey IS NULL OR lineup = 'final') "
        # Polls about a run-off count from the first round on; before any vote the duels that were asked are all there is.
        "AND condition IS NULL AND (survey IS NULL OR previous_round IS NULL OR measured_to >= previous_round "
        "OR election_id NOT IN (SELECT election_id FROM contest JOIN result USING (contest_id))) "
        "QUALIFY row_number() OVER (PARTITION BY contest_id, forecaster_id, quantity ORDER BY recency DESC) = 1) f "
        "JOIN forecaster o USING (forecaster_id) JOIN contest c USING (contest_id) "
        "ORDER BY f.contest_id, f.forecaster_id, f.quantity"
    )


def _values(bench: Bench, wanted: pd.Series, policy: Policy) -> dict[str, dict[str, float]]:
    """Forecast -> candidate -> figure, largest first."""
    rows = figures_read(bench, policy).sort_values(
        ["forecast_id", "value", "candidate_id"], ascending=[True, False, True]
    )
    rows = rows[rows.forecast_id.isin(set(wanted))]
    values: dict[str, dict[str, float]] = {}
    for forecast, candidate, value in zip(rows.forecast_id, rows.candidate_id, rows.value, strict=True):
        values.setdefault(forecast, {})[candidate] = value
    return values


class _Polls:
    """Firms and days of the polls of each contest."""

    def __init__(self, bench: Bench) -> None:
        rows = bench.frame(
            "SELECT contest_id, forecaster_id, public_on FROM forecast_day WHERE survey IS NOT NULL"
        )
        self._of = {
            contest: (group.forecaster_id.to_numpy(), group.public_on.to_numpy())
            for contest, group in rows.groupby("contest_id")
        }

    def within(self, row: Any, days: int) -> int:
        """Firms with a poll of the contest in so many days before a forecast."""
        if row.contest_id not in self._of:
            return 0
        firms, public = self._of[row.contest_id]
        last = row.public_on.to_datetime64()
        return len(set(firms[(public >= last - np.timedelta64(days, "D")) & (public <= last)]))


def _given(row: Any, derived: Derived | None) -> Parameter | None:
    """What the data set says about the base, as a parameter."""
    if derived is None:
        return None
    of, key, sources = (
        (row.contest_id, row.contest_id, row.contest_sources)
        if derived.of_contest
        else (row.forecaster_id, row.forecast_id, row.sources)
    )
    value = derived.value
    return Parameter(
        derived.name, of, f"derived:{key}", value, value, value, derived.unit, derived.evidence_class,
        derived.sources or sources,
    )  # fmt: skip


def _figure(row: Any, values: dict[str, float], main: tuple[str, ...], polls: _Polls) -> AttackedFigure:
    from pandas import isna as missing

    mechanism = MECHANISMS[row.way]
    names = tuple(values)
    figures = np.array([values[name] for name in names], dtype=float)
    total = float(figures.sum())
    flags: tuple[str, ...] = ()
    if row.quantity == "message_volume":
        figures = 100.0 * figures / total
    elif row.quantity not in PROBABILITIES and mechanism.scale.whole:
        figures = np.append(figures, max(0.0, mechanism.scale.highest - total))
        names = (*names, OTHERS)
        flags = (Remark.TOO_MUCH,) if total > mechanism.scale.highest + ROUNDING else ()
    facts = Facts(
        quantity=row.quantity,
        total=total,
        registered=None if missing(row.registered) else float(row.registered),
        polls_within=lambda days: polls.within(row, days),
    )
    dated = not (missing(row.measured_from) or missing(row.measured_to))
    window = (row.measured_to - row.measured_from).days + 1 if dated else 1
    return AttackedFigure(
        election_id=row.election_id,
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
        given=_given(row, mechanism.derives(facts)),
        window_days=mechanism.window_days or max(window, 1),
        certifiable=row.disclosed != "no",
        flags=flags,
    )


def _fits(row: Any, values: dict[str, dict[str, float]]) -> bool:
    """Whether a forecast holds figures that its mechanism speaks about."""
    return (
        row.way != NO_MECHANISM
        and row.quantity in MECHANISMS.named(row.way).quantities
        and row.quantity in QUANTITIES
        and row.forecast_id in values
        # Of counts that are all 0 there are no shares.
        and not (row.quantity == "message_volume" and not any(values[row.forecast_id].values()))
    )


def _why_not(rows: list[Any]) -> str:
    way = rows[0].way
    quantities = {row.quantity for row in rows}
    published = ", ".join(sorted(quantity.replace("_", " ") for quantity in quantities))
    if way == NO_MECHANISM:
        return "no single mechanism of the model fits (mixed inputs, experts or fixed odds)"
    if MECHANISMS.named(way).why_not:
        return MECHANISMS[way].why_not.format(published=published)
    if quantities <= set(PROBABILITIES) | {"event"}:
        return f"only probabilities of a model are known ({published}): no closed form leads from its inputs to them"
    return f"no figure with a closed form is known; published: {published}"


def attacked_figures(bench: Bench, policy: Policy = USUAL) -> tuple[list[AttackedFigure], pd.DataFrame]:
    """The figure of every forecaster and contest that can be attacked, and the reasons for the others.

    One figure per forecaster and contest: its last one before the vote, of the first quantity of
    :data:`QUANTITIES` that it published. Of the policy, `Policy.reading` counts: how figures are read and by when they
    were public; every published figure can be moved, whatever its age, status or quantity.

    Returns
    -------
    figures : sorted by contest and forecaster.
    unanswered : DataFrame(contest_id, forecaster_id, forecast_id, mechanism, reason).
    """
    policy = policy.reading
    return bench.memo(_FIGURES.of(policy), lambda: _attacked_figures(bench, policy))


def _attacked_figures(bench: Bench, policy: Policy) -> tuple[list[AttackedFigure], pd.DataFrame]:
    import pandas as pd

    latest = _latest(bench, policy)
    values = _values(bench, latest.forecast_id, policy)
    main = {contest: candidates_of(bench, contest, "main") for contest in sorted(set(latest.contest_id))}
    polls = _Polls(bench)
    figures: list[AttackedFigure] = []
    unanswered: list[tuple[str, ...]] = []
    records: list[Any] = list(latest.itertuples(index=False))
    for (contest, forecaster), group in groupby(records, key=lambda row: (row.contest_id, row.forecaster_id)):
        rows = list(group)
        ranked = [row for row in rows if _fits(row, values)]
        if not ranked:
            unanswered.append((contest, forecaster, rows[0].forecast_id, rows[0].way, _why_not(rows)))
            continue
        best = min(ranked, key=lambda row: QUANTITIES.index(row.quantity))
        figure = _figure(best, values[best.forecast_id], main[contest], polls)
        if figure.targets:
            figures.append(figure)
        else:
            reason = "its last figures name none of the main candidates"
            unanswered.append((contest, forecaster, figure.forecast_id, figure.mechanism.name, reason))
    seen = set(latest.forecaster_id)
    unanswered += [
        ("", str(row.forecaster_id), "", str(row.mechanism), str(row.reason))
        for row in _silent(bench).itertuples()
        if row.forecaster_id not in seen
    ]
    return figures, pd.DataFrame(unanswered, columns=UNANSWERED)


def _silent(bench: Bench) -> pd.DataFrame:
    """Why a forecaster that published or claimed something has no figure that counts at all."""
    return bench.frame(
        "SELECT o.forecaster_id, o.mechanism::VARCHAR AS mechanism, "
        "CASE WHEN count(f.forecast_id) = 0 THEN 'no figure of it about these contests is known' "
        "WHEN bool_and(f.public_on > f.day) THEN 'its figures were public only after the vote' "
        "ELSE 'no figure on the line-up that stood' END AS reason "
        "FROM forecaster o LEFT JOIN forecast_day f USING (forecaster_id) "
        # Forecasters are one list for all elections: of most of them a single election has nothing to say.
        "WHERE o.family <> 'baseline' AND (f.forecast_id IS NOT NULL OR o.forecaster_id IN (SELECT forecaster_id FROM claim)) "
        "GROUP BY o.forecaster_id, o.mechanism ORDER BY o.forecaster_id"
    )


def checked_budgets(budgets: Sequence[float]) -> np.ndarray:
    """The budgets with 0, sorted; PolicyError if there is none or one means nothing."""
    values = np.unique(np.append(np.asarray(budgets, dtype=float).ravel(), 0.0))
    if len(np.atleast_1d(budgets)) == 0 or not np.isfinite(values).all() or (values < 0).any():
        message = "An attack needs its budgets: one finite number of 0 or more, or several."
        raise PolicyError(message)
    return values


def chosen_targets(figure: AttackedFigure, target: str | Sequence[str]) -> tuple[str, ...]:
    """The targets of a figure: all main candidates it has, or those asked for."""
    if target == "all":
        return figure.targets
    wanted = (target,) if isinstance(target, str) else tuple(target)
    return tuple(name for name in wanted if name in figure.candidates[: figure.named])


def chosen_figures(
    bench: Bench,
    forecaster: str | Sequence[str] | None,
    contest_id: str | None,
    target: str | Sequence[str],
    policy: Policy = USUAL,
) -> tuple[list[AttackedFigure], pd.DataFrame]:
    """The figures asked for and the reasons for those that cannot be attacked.

    Raises
    ------
    UnknownName : no such forecaster, contest or candidate.
    """
    figures, unanswered = attacked_figures(bench, policy)
    people = set(bench.frame("SELECT candidate_id FROM person").candidate_id)
    for name in () if target == "all" else (target,) if isinstance(target, str) else target:
        if name not in people:
            raise UnknownName.of(kind="candidate", name=name, known=people)
    if forecaster is not None:
        wanted = (forecaster,) if isinstance(forecaster, str) else tuple(forecaster)
        known = {figure.forecaster_id for figure in figures} | set(unanswered.forecaster_id)
        for name in wanted:
            if name not in known:
                raise UnknownName.of(kind="forecaster", name=name, known=known)
        figures = [figure for figure in figures if figure.forecaster_id in wanted]
        unanswered = unanswered[unanswered.forecaster_id.isin(wanted)]
    if contest_id is not None:
        known = set(bench.contests.contest_id)
        if contest_id not in known:
            raise UnknownName.of(kind="contest", name=contest_id, known=known)
        figures = [figure for figure in figures if figure.contest_id == contest_id]
        unanswered = unanswered[unanswered.contest_id.isin(["", contest_id])]
    return figures, unanswered.reset_index(drop=True)
