"""The scale of the polls' errors: last figures of every forecaster in every election held.

2017 was the polls' best first round of five: an error is large or small on the scale of several
votes, never of one. The same errors say how large a random sample each forecaster's figures were
worth, and hence what the error model of a later election starts from.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.data.elections import datasets_folder, shipped_elections
from pollbench.data.memo import memo_table
from pollbench.errors import DomainError, NothingToCompare
from pollbench.measures.effective_sample import effective_ratio_distribution, effective_sample_size
from pollbench.measures.point import mae
from pollbench.randomness import SEED
from pollbench.scoring.compare import compare
from pollbench.selection.comparison import Comparison
from pollbench.selection.contests import descriptions
from pollbench.selection.figures import figures_of
from pollbench.selection.policy import Policy
from pollbench.selection.reading import is_poll

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

Floats = NDArray[np.float64]
#: The last figures of everybody; a poll may lack small candidates, it must have the main ones.
LAST_FIGURES = Policy(lineup="near-final", missing="drop")
#: Where the errors of all elections stand, written by ``pollbench check --write``.
FORECAST_COLUMNS = [
    "contest_id", "forecaster_id", "name", "house", "family", "kind", "quantity", "forecast_id",
    "horizon_days", "n", "n_basis",
]  # fmt: skip
ERROR_COLUMNS = [
    "country", "office", "year", "election_id", "contest_id", "round", *FORECAST_COLUMNS[1:],
    "n_candidates", "mae", "flat", "squared_error", "n_eff", "common",
]  # fmt: skip
ERRORS_FILE = ("published", "pooled", "errors.csv")


def effective_size(shares: Any, result: Any) -> float:
    """Size of the random sample that would err as much as these figures did.

    The measure ``effective_sample_size`` over the published candidates, the rest of the ballot as one
    more cell; what was not published joins the rest.

    Parameters
    ----------
    shares, result : arrays of shape (candidates,), per cent, NaN in ``shares`` where nothing was
        published (joins the rest).

    Returns
    -------
    float; infinity for figures without error.

    Notes
    -----
    One draw of a wide distribution: 90 % of samples of n lie between about 0.4 n and 6 n on five cells.
    Pool by averaging squared errors (the harmonic mean), not sizes. The cells matter: compare
    forecasters on the same ones.

    Examples
    --------
    >>> round(effective_size([24, 21.5, 20, 19.5], [24.0091, 21.2970, 20.0059, 19.5814]), -3)
    134000.0
    """
    figures, votes = np.asarray(shares, dtype=float), np.asarray(result, dtype=float)
    known = np.isfinite(figures)
    return float(effective_sample_size(figures[known], votes[known]))


def _cells(shares: Any, result: Any) -> tuple[Floats, Floats]:
    """Published figures and the result of the same candidates as proportions, the rest as one more cell."""
    figures, votes = np.asarray(shares, dtype=float), np.asarray(result, dtype=float)
    known = np.isfinite(figures)
    printed, counted = figures[known], votes[known]
    printed = printed * (100.0 / max(100.0, printed.sum()))
    forecast = np.append(printed, 100 - printed.sum()) / 100
    truth = np.append(counted, 100 - counted.sum()) / 100
    return forecast, truth


@memo_table
def errors_table(bench: Bench) -> pd.DataFrame:
    """Error and effective size of everybody's last figures, in every loaded contest held.

    Returns
    -------
    frame with country, office, year, election_id, contest_id, round, forecaster_id, name,
    house, family, kind, quantity, forecast_id, horizon_days, n, n_basis, n_candidates, mae (points,
    main candidates), flat (points, the forecaster's own total shared out equally), squared_error
    (sum over all published candidates and the rest, points squared), n_eff (all published
    candidates), common (correlation of the errors of the last polls of the contest, see
    `common_share`; the same in all rows of a contest, NaN with fewer than two polls). Sorted by
    contest and forecaster.
    """
    described = descriptions(bench)
    pieces = []
    for comparison in compare(bench, LAST_FIGURES):
        contest = described[comparison.contest_id]
        rows = _errors_of(bench, comparison)
        if rows.empty:
            continue
        for index, column in enumerate(("country", "office", "year", "election_id")):
            rows.insert(index, column, contest[column])
        rows.insert(5, "round", contest["round"])
        pieces.append(rows)
    if not pieces:
        return pd.DataFrame(columns=ERROR_COLUMNS)
    return pd.concat(pieces, ignore_index=True).sort_values(
        ["contest_id", "forecaster_id", "quantity"], ignore_index=True
    )


def _errors_of(bench: Bench, comparison: Comparison) -> pd.DataFrame:
    rows = comparison.forecasts[FORECAST_COLUMNS].copy()
    if rows.empty:
        return rows
    rows["n"] = rows["n"].astype("float64")
    rows["n_candidates"] = len(comparison.candidates)
    rows["mae"] = mae(comparison.forecast, comparison.result)
    own_mean = np.broadcast_to(comparison.forecast.mean(axis=1, keepdims=True), comparison.forecast.shape)
    rows["flat"] = mae(own_mean, comparison.result)
    figures = figures_of(bench, comparison.contest_id)
    wide = figures.pivot_table(index="forecast_id", columns="candidate_id", values="share")
    result = figures.groupby("candidate_id")["result"].first().reindex(wide.columns).to_numpy()
    shares = wide.reindex(rows["forecast_id"]).to_numpy()
    rows["squared_error"] = [squared_error(share, result) for share in shares]
    rows["n_eff"] = [effective_size(share, result) for share in shares]
    polls = is_poll(rows).to_numpy()
    rows["common"] = common_share(np.nan_to_num(shares[polls] - result)) if polls.sum() > 1 else np.nan
    return rows


def squared_error(shares: Any, result: Any) -> float:
    """Sum of squared errors over the published candidates and the rest, points squared."""
    forecast, truth = _cells(shares, result)
    return float((100.0**2 * (forecast - truth) ** 2).sum())


def common_share(errors: Any) -> float:
    r"""Correlation of the errors of several polls of one vote: the part of the squared error common to them.

    .. math:: \hat\rho = \frac{J c - 1}{J - 1},\quad c = |\bar e|^2 / \overline{|e|^2}

    with J polls. Of J independent polls c is 1/J on average, their estimate 0.

    Parameters
    ----------
    errors : array of shape (polls, candidates), points; two polls or more.

    Returns
    -------
    float, at most 1; below 0 where the polls differ more than independent ones do on average.

    Raises
    ------
    DomainError : fewer than two polls.

    Examples
    --------
    >>> common_share([[1.0, -1.0], [1.0, -1.0]]), common_share([[1.0, -1.0], [-1.0, 1.0]])
    (1.0, -1.0)
    """
    values = np.asarray(errors, dtype=float)
    polls = len(values)
    if polls < 2:
        message = "common_share: a single poll shares its error with no other."
        raise DomainError(message)
    raw = float((values.mean(axis=0) ** 2).sum() / (values**2).sum(axis=1).mean())
    return (polls * raw - 1) / (polls - 1)


def independent_polls(polls: int, common: float) -> float:
    r"""Number of independent polls whose mean varies as much as that of ``polls`` with a common error.

    .. math:: J / (1 + (J - 1) \rho)

    Parameters
    ----------
    polls : how many, J.
    common : correlation of their errors, as from `common_share`; below 0 counts as 0.

    Returns
    -------
    float, from 1 to ``polls``.

    Examples
    --------
    >>> round(independent_polls(9, 0.47), 1), independent_polls(9, 1.0)
    (1.9, 1.0)
    """
    return polls / (1.0 + (polls - 1) * max(common, 0.0))


@memo_table
def effective_sample_table(bench: Bench) -> pd.DataFrame:
    """What random sample the last figures of each forecaster were worth.

    Returns
    -------
    frame with contest_id, forecaster_id, name, house, family, kind, quantity, forecast_id, n,
    n_basis, n_eff (answers of a random sample that errs as much), ratio (n_eff / n; above 1:
    closer than random sampling), low, high (central 90 % of n_eff of random samples of n answers;
    NaN without n). Sorted by contest and n_eff, the largest first.

    Notes
    -----
    For messages and clicks, n_eff is what their error is worth, not a number of persons.
    """
    table = errors_table(bench)
    table["ratio"] = table["n_eff"] / table["n"]
    ranges = [_sampling_range(bench, row.contest_id, row.n) for row in table.itertuples()]
    table["low"], table["high"] = zip(*ranges, strict=True) if ranges else ((), ())
    columns = [
        "contest_id", "forecaster_id", "name", "house", "family", "kind", "quantity", "forecast_id", "n",
        "n_basis", "n_eff", "ratio", "low", "high",
    ]  # fmt: skip
    return table.sort_values(["contest_id", "n_eff", "forecaster_id"], ascending=[True, False, True])[
        columns
    ].reset_index(drop=True)


def _sampling_range(bench: Bench, contest_id: Any, n: Any) -> tuple[float, float]:
    """Central 90 % of the effective size that random samples of n turn out to have."""
    if np.isnan(n):
        return float("nan"), float("nan")
    oracle = bench.frame(
        "SELECT share_pct FROM oracle WHERE contest_id = $c ORDER BY rank", {"c": contest_id}
    )
    distribution = effective_ratio_distribution(tuple(oracle["share_pct"].astype(float)), seed=SEED)
    # A draw itself: between two that hit the result exactly, with infinite sizes, lies nothing.
    low, high = np.quantile(distribution, [0.05, 0.95], method="nearest")
    return float(n) * low, float(n) * high


def published_errors() -> pd.DataFrame:
    """The errors of all elections held here, as published; empty where the file is not there yet.

    It is read, not recomputed, so that one election can be set on the scale of all without
    loading them; ``pollbench check`` recomputes it.
    """
    path = datasets_folder().joinpath(*ERRORS_FILE)
    return _errors_in(path.read_text(encoding="utf-8")).copy() if path.is_file() else pd.DataFrame()


@lru_cache(maxsize=1)
def _errors_in(text: str) -> pd.DataFrame:
    """The errors that a published file of this content holds."""
    return pd.read_csv(StringIO(text), keep_default_na=True)


def scale_of(country: Any, office: Any) -> str:
    """Which errors an election is set beside: those of its country, or of its office where none for it is held here.

    Examples
    --------
    >>> scale_of("FR", "president"), scale_of("FR", "mayor"), scale_of("XX", "mayor")
    ('FR', 'FR (mayor)', 'XX (mayor)')
    """
    published = published_errors()
    held = set() if published.empty else set(zip(published.country, published.office, strict=True))
    return str(country) if (country, office) in held else f"{country} ({office})"


def scales_of(table: pd.DataFrame) -> pd.Series:
    """`scale_of` of every row of a frame with country and office."""
    pairs = list(zip(table["country"], table["office"], strict=True))
    names = {pair: scale_of(*pair) for pair in set(pairs)}
    return pd.Series([names[pair] for pair in pairs], index=table.index, dtype="object")


def errors_beside(bench: Bench) -> pd.DataFrame:
    """The errors that the loaded elections stand among: the published ones on the same scales, and their own.

    Errors of another country's votes, or of votes for another office, are another scale: other numbers of
    candidates, other ways of voting.

    Returns
    -------
    frame of `errors_table`: elections held here as published, the others computed. Sorted by contest and forecaster.

    Raises
    ------
    NothingToCompare : no election on these scales has both a result and a forecast.
    """
    about = bench.frame("SELECT election_id, country::VARCHAR AS country, office FROM election")
    scales = set(scales_of(about))
    published = published_errors()
    pieces = [] if published.empty else [published[scales_of(published).isin(scales)]]
    if not set(about.election_id) <= set(shipped_elections()):
        # Before its vote an election has no errors, and those of earlier ones stand alone.
        with suppress(NothingToCompare):
            errors = errors_table(bench)
            pieces.append(errors[~errors.election_id.isin(shipped_elections())])
    pieces = [piece for piece in pieces if len(piece)]
    if not pieces:
        message = f"No vote in {', '.join(sorted(scales))} has both a result and a forecast here."
        raise NothingToCompare(message)
    return pd.concat(pieces, ignore_index=True).sort_values(
        ["contest_id", "forecaster_id", "quantity"], ignore_index=True
    )


def five_elections_table(errors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Everybody's last error on the scale of the polls' errors of all elections.

    Parameters
    ----------
    errors : as from `errors_table`; the published ones if not given.

    Returns
    -------
    the frame of `errors_table` with ``percentile``: share of the houses' last polls of the same
    round in all elections on the same scale (`scale_of`) that erred less or as much, in per cent (a poll counts itself).
    """
    table = (published_errors() if errors is None else errors).copy()
    if table.empty:
        return table
    scales = scales_of(table)
    table["percentile"] = [
        percentile_of(float(error), round_, table[scales == scale])
        for error, round_, scale in zip(table["mae"], table["round"], scales, strict=True)
    ]
    return table


def percentile_of(error: float, round_: Any, errors: pd.DataFrame) -> float:
    """Share of the houses' last polls of that round that erred no more than ``error``, per cent.

    Parameters
    ----------
    error : mean absolute error on the main candidates, points.
    round_ : first or second round: duels are another scale.
    errors : as from `errors_table`.
    """
    polls = errors[is_poll(errors) & (errors["round"] == round_)]
    if polls.empty:
        return float("nan")
    return 100.0 * float((polls["mae"] <= error + 1e-9).mean())
