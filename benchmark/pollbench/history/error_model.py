"""How wrong the last polls of an election may be, judged from earlier elections only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pollbench.history.last_errors import published_errors
from pollbench.selection.reading import is_poll

#: Where no earlier election is known: a quarter of a nominal sample of 1,000, since polls err about
#: twice as much as their sampling error (Shirani-Mehr et al. 2018).
FIRST_N_EFF = 250.0
#: And the part of the squared error that the houses share, of the order found in five elections.
FIRST_COMMON = 0.8
#: With fewer than two earlier elections nothing says how much elections differ: half and twice.
UNKNOWN_FACTOR = 2.0


@dataclass(frozen=True)
class ErrorModel:
    """What earlier elections say about the last polls of one.

    Attributes
    ----------
    n_eff : size of the random sample with their squared error (harmonic mean over elections).
    low, high : smallest and largest of single elections.
    common : correlation of the errors of two houses: the part of the squared error that they share, 0 to 1.
    elections : the earlier elections it rests on; empty: `FIRST_N_EFF`.
    """

    n_eff: float
    low: float
    high: float
    common: float
    elections: tuple[str, ...]


def sizes_by_election(errors: pd.DataFrame) -> pd.DataFrame:
    """Effective size and common share of the last first-round polls, one row per election.

    Parameters
    ----------
    errors : as from `scale.errors_table`.

    Returns
    -------
    frame with country, office, year, election_id, houses, n_eff (harmonic mean over houses),
    common; sorted by year.
    """
    polls = errors[is_poll(errors) & (errors["round"] == 1)]
    grouped = polls.groupby(["country", "office", "year", "election_id"])
    table = grouped.agg(
        houses=("house", "nunique"),
        n_eff=("n_eff", lambda sizes: 1 / np.mean(1 / sizes)),
        common=("common", "first"),
    )
    return table.reset_index().sort_values(["year", "election_id"], ignore_index=True)


def error_model(
    year: int, country: str = "FR", office: str = "president", errors: pd.DataFrame | None = None
) -> ErrorModel:
    """The error model of an election, from the elections for that office before it.

    Parameters
    ----------
    year : of the election; later ones, and itself, are never used.
    country, office : of the election.
    errors : as from `scale.errors_table`; the published ones if not given.

    Returns
    -------
    ErrorModel.

    Notes
    -----
    First rounds only, and for both rounds: two candidates give one error an election, and four
    run-offs are too few to know its size.
    """
    known = published_errors() if errors is None else errors
    sizes = sizes_by_election(known) if not known.empty else pd.DataFrame({"year": []})
    if not sizes.empty:
        sizes = sizes[(sizes["year"] < year) & (sizes["country"] == country) & (sizes["office"] == office)]
    if sizes.empty:
        low, high = FIRST_N_EFF / UNKNOWN_FACTOR, FIRST_N_EFF * UNKNOWN_FACTOR
        return ErrorModel(FIRST_N_EFF, low, high, FIRST_COMMON, ())
    pooled = float(1 / np.mean(1 / sizes["n_eff"]))
    low, high = float(sizes["n_eff"].min()), float(sizes["n_eff"].max())
    if len(sizes) == 1:
        low, high = low / UNKNOWN_FACTOR, high * UNKNOWN_FACTOR
    # One house alone cannot show what houses have in common.
    common = float(sizes["common"].mean()) if sizes["common"].notna().any() else FIRST_COMMON
    common = min(max(common, 0.0), 1.0)
    return ErrorModel(pooled, low, high, common, tuple(sizes["election_id"]))


def finished_polls(country: str, errors: pd.DataFrame | None = None) -> tuple[float, int]:
    """Size of the random sample that errs like the last polls of all elections of a country held here, and how many these are.

    Parameters
    ----------
    country : such as "FR".
    errors : as from `last_errors.errors_table`; the published ones if not given.

    Returns
    -------
    (harmonic mean of n_eff over elections, number of elections); (nan, 0) where none was held.

    Notes
    -----
    For what a reader should make of a nominal margin. The error model of an election never uses later ones.
    """
    known = published_errors() if errors is None else errors
    sizes = sizes_by_election(known[known["country"] == country]) if not known.empty else known
    if sizes.empty:
        return float("nan"), 0
    return float(1 / np.mean(1 / sizes["n_eff"])), len(sizes)
