"""The polls and releases of one campaign as one tidy frame: what the time tables start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.data.contest_rows import of_contest
from pollbench.data.memo import Key
from pollbench.errors import CoverageError, UnknownName
from pollbench.selection.policy import Policy
from pollbench.selection.reading import figures_read

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: How time reads figures: as the default policy does.
USUAL = Policy()

_FIGURES = """
SELECT f.contest_id, f.forecast_id, f.forecaster_id, f.name, f.house, f.family, f.kind, f.quantity, f.status,
  coalesce(f.survey, f.forecast_id) AS survey, coalesce(f.rolling_series, '') AS rolling_series,
  coalesce(f.rolling_thin, true) AS thin, coalesce(f.lineup, '') AS lineup, f.recalled, f.release,
  f.measured_from, f.measured_to, f.public_on, f.horizon_days::DOUBLE AS horizon_days, f.day AS vote_day,
  coalesce(f.expressing_n, f.sample_size)::DOUBLE AS n, f.complete,
  f.is_poll, c.candidate_id, o.share_pct::DOUBLE AS result
FROM forecast_day f
JOIN candidate c USING (contest_id)
LEFT JOIN oracle o USING (contest_id, candidate_id)
WHERE f.quantity IN ('vote_share', 'digital_share')
ORDER BY f.horizon_days DESC, f.forecast_id, c.candidate_id
"""


def require_contest(bench: Bench, contest_id: str) -> None:
    """Raise UnknownName, with close names, unless the contest is loaded."""
    known = bench.contests["contest_id"]
    if contest_id not in set(known):
        raise UnknownName.of(kind="contest", name=contest_id, known=known)


def figures_of(
    bench: Bench,
    contest_id: str,
    lineups: tuple[str, ...] = ("final", "near-final"),
    policy: Policy = USUAL,
) -> pd.DataFrame:
    """Every published share of one contest, one row per forecast and candidate.

    Parameters
    ----------
    bench : the loaded data.
    contest_id : the contest.
    lineups : line-ups of polls that count; averages and what is no poll have none and always count.
    policy : how figures are read (``below``, ``rescale`` = "to_100") and by which day they were public
        (``as_of``): its `Policy.reading`; nothing else of it counts here.

    Returns
    -------
    frame with contest_id, forecast_id, forecaster_id, name, house, family, kind, quantity,
    status, survey, rolling_series, thin, lineup, recalled, release, measured_from,
    measured_to, public_on, horizon_days, vote_day, n (expressed intentions, else the sample),
    complete, is_poll, candidate_id, share (per cent, as the policy reads it; bounds left out),
    result (per cent of valid votes, NaN before the vote). Sorted by time, the earliest first.
    """
    require_contest(bench, contest_id)
    policy = policy.reading
    key = _OF_CAMPAIGN.of(contest_id, lineups, policy)
    return bench.memo(key, lambda: _figures(bench, contest_id, lineups, policy)).copy()


_OF_CAMPAIGN: Key[pd.DataFrame] = Key("figures of a campaign")


def _figures(bench: Bench, contest_id: str, lineups: tuple[str, ...], policy: Policy) -> pd.DataFrame:
    frame = of_contest(bench, _FIGURES, contest_id)
    read = figures_read(bench, policy, contest_id)[["forecast_id", "candidate_id", "value"]].rename(
        columns={"value": "share"}
    )
    fits = (frame["lineup"] == "") | frame["lineup"].isin(lineups)
    if policy.as_of is not None:
        fits &= pd.to_datetime(frame["public_on"]) <= pd.Timestamp(policy.as_of)
    return frame[fits].merge(read, on=["forecast_id", "candidate_id"], how="inner")


def polls_of(bench: Bench, contest_id: str, *, thin: bool = True, policy: Policy = USUAL) -> pd.DataFrame:
    """Vote shares of the polls of one contest, without rolling waves that share respondents.

    Parameters
    ----------
    bench, contest_id, policy : as in `figures_of`.
    thin : keep only the waves of a rolling survey that do not overlap.

    Returns
    -------
    frame as in `figures_of`, polls only.

    Raises
    ------
    CoverageError : the contest has no such poll.
    """
    frame = figures_of(bench, contest_id, policy=policy)
    frame = frame[frame["is_poll"] & (frame["quantity"] == "vote_share")]
    if thin:
        frame = frame[frame["thin"].astype(bool)]
    if frame.empty:
        message = f"{contest_id} has no poll with the final line-up: there is no campaign to draw."
        raise CoverageError(message)
    return frame.reset_index(drop=True)


def usual_n(frame: pd.DataFrame) -> float:
    """Median number of expressed intentions, 1000 where no poll of the contest states one.

    Stands in where a poll's own is unknown: for weights and bands, never for a score.
    """
    known = frame["n"].dropna()
    return float(known.median()) if len(known) else 1000.0


def main_candidates(frame: pd.DataFrame, count: int | None = None) -> list[str]:
    """Candidates in the order of the result, or of their mean share before the vote.

    Parameters
    ----------
    frame : as from `figures_of`.
    count : how many, None for all.
    """
    by = frame.groupby("candidate_id")[["result", "share"]].mean()
    value = by["result"].where(by["result"].notna(), by["share"])
    order = np.lexsort((by.index.to_numpy(dtype=str), -value.to_numpy()))
    return by.index[order][:count].tolist()
