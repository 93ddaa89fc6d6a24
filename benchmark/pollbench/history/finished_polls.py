"""What finished polls have erred by: the errors of the last polls before votes that are over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pollbench.data.elections import datasets_folder

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 90.0


@dataclass(frozen=True)
class ErrorBand:
    """How far a candidate's share lay from the result in the houses' last polls.

    Attributes
    ----------
    median, high : points; half of the errors and ``level`` per cent of them are no larger.
    level : per cent.
    shares : candidates' shares that the band rests on.
    contests : contests they belong to.
    """

    median: float
    high: float
    level: float
    shares: int
    contests: int


def finished_poll_errors(round_number: int) -> pd.DataFrame:
    """Absolute errors of the houses' last polls in one round of the presidential elections held here.

    Read from the scores as published, which ``pollbench check`` recomputes; averages of polls are left out.

    Returns
    -------
    DataFrame, one row per poll and main candidate: contest_id, forecaster_id, candidate_id, error (points, 0 or more).

    Examples
    --------
    >>> finished_poll_errors(1).contest_id.nunique()
    5
    """
    return _errors(round_number).copy()


@lru_cache(maxsize=2)
def _errors(round_number: int) -> pd.DataFrame:
    import pandas as pd

    folder = datasets_folder()
    kinds = pd.read_csv(folder / "forecasters.csv", usecols=["forecaster_id", "kind"])
    polls = set(kinds.forecaster_id[kinds.kind.isin(["quota_poll", "random_poll"])])
    pieces = []
    for election in sorted((folder / "published").glob("*-pres-*")):
        # Revisions are numbers: the last one is the one in force. A vote to come has no scores.
        revision = max(election.iterdir(), key=lambda path: int(path.name))
        if not (revision / "scores.csv").is_file():
            continue
        scores = pd.read_csv(revision / "scores.csv", keep_default_na=True)
        finished = scores[
            (scores.measure == "absolute_error")
            & (scores.quantity == "vote_share")
            & scores.forecaster_id.isin(polls)
            & scores.contest_id.str.endswith(f"-r{round_number}")
        ]
        pieces.append(finished[["contest_id", "forecaster_id", "candidate_id", "value"]])
    table = pd.concat(pieces, ignore_index=True)
    return table.rename(columns={"value": "error"})


def finished_poll_band(round_number: int, level: float = LEVEL) -> ErrorBand:
    """The band around a share that finished polls of that round have stayed in, ``level`` per cent of the time.

    Formula: the ``level``-th percentile of the absolute errors of the houses' last polls on the main candidates.

    Parameters
    ----------
    round_number : 1 or 2.
    level : per cent.

    Notes
    -----
    These polls ended within three weeks of the vote; a poll taken months before measures another campaign, and
    nothing here says how far opinion will move.

    Examples
    --------
    >>> band = finished_poll_band(1)
    >>> round(band.median, 1), round(band.high, 1), band.contests
    (1.7, 4.0, 5)
    """
    table = finished_poll_errors(round_number)
    errors = table.error.to_numpy(dtype=float)
    import numpy as np

    return ErrorBand(
        median=float(np.median(errors)),
        high=float(np.percentile(errors, level)),
        level=level,
        shares=len(errors),
        contests=table.contest_id.nunique(),
    )
