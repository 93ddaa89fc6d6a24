"""The honest sample, drawn once for each forecast and used for every target, budget, goal and defence."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.normal_form import require_numbers, require_shares


def stable_hash(text: str) -> int:
    """A number that depends on the text alone, not on the process, the machine or the order of work.

    Examples
    --------
    >>> stable_hash("gov-2017-03-21-a")
    5475905685617766130
    """
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def generator_for(seed: int, forecast_id: str) -> np.random.Generator:
    """The generator of one forecast: adding another forecast changes none of its draws.

    Examples
    --------
    >>> one, again = (generator_for(20170423, "a").random(2) for _ in range(2))
    >>> bool((one == again).all())
    True
    """
    return np.random.default_rng(np.random.SeedSequence([seed, stable_hash(forecast_id)]))


def completed(shares: Any) -> tuple[np.ndarray, str]:
    """Shares with the others added as a last column, adding up to 100, and a flag.

    Parameters
    ----------
    shares : array (candidates,), per cent.

    Returns
    -------
    array (candidates + 1,) and the flag: "" or "over 100" (the figures added up to more and were scaled
    down).

    Examples
    --------
    >>> completed(np.array([60.0, 30.0]))
    (array([60., 30., 10.]), '')
    >>> completed(np.array([80.0, 45.0]))
    (array([64., 36.,  0.]), 'over 100')
    """
    (shares,) = require_shares("completed", shares=shares)
    total = shares.sum()
    if total > 100.0 + 1e-9:
        return np.append(shares * 100.0 / total, 0.0), "over 100"
    return np.append(shares, max(100.0 - total, 0.0)), ""


def sample_shares(shares: Any, persons: int, replicates: int, seed: int, forecast_id: str) -> np.ndarray:
    """Counts of one multinomial sample of ``persons`` for every replicate.

    Parameters
    ----------
    shares : array (candidates,), per cent, adding up to 100 (see :func:`completed`).
    persons : respondents behind the figure.
    replicates : number of samples.
    seed, forecast_id : what the draws depend on, and nothing else.

    Returns
    -------
    array (replicates, candidates) of whole numbers, int32.

    Raises
    ------
    DomainError : shares that do not add up to 100, no persons.

    Examples
    --------
    >>> sample_shares(np.array([50.0, 50.0]), 10, 3, 20170423, "a").sum(axis=1).tolist()
    [10, 10, 10]
    """
    (shares,) = require_shares("sample_shares", shares=shares)
    if persons < 1 or not np.isclose(shares.sum(), 100.0):
        message = "sample_shares: shares must add up to 100 and at least one person stand behind them."
        raise DomainError(message)
    generator = generator_for(seed, forecast_id)
    return generator.multinomial(persons, shares / shares.sum(), replicates).astype(np.int32)


def sample_ratings(ratings: Any, raters: Any, replicates: int, seed: int, forecast_id: str) -> np.ndarray:
    """Approvals in per cent, one binomial a candidate: approvals have no common total.

    Returns
    -------
    array (replicates, candidates), per cent.

    Examples
    --------
    >>> sample_ratings(np.array([58.0, 32.0]), 4500, 2, 20170423, "a").shape
    (2, 2)
    """
    (ratings,) = require_shares("sample_ratings", ratings=ratings)
    (raters,) = require_numbers("sample_ratings", raters=raters)
    number = np.broadcast_to(np.maximum(np.round(raters), 1), ratings.shape).astype(np.int64)
    generator = generator_for(seed, forecast_id)
    return 100.0 * generator.binomial(number, ratings / 100.0, (replicates, len(ratings))) / number
