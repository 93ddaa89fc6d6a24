"""Scores of probabilities: markets, models, and what an error model makes of a poll.

``forecast`` holds probabilities in per cent, ``result`` outcomes: 1 where it came true, 0 where it
did not. Events are scored one by one; classes (who is elected, which place) are exclusive, their
probabilities sum to 100 and exactly one outcome is 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.measures._domain import require_candidates, require_finite, require_shapes, require_values
from pollbench.measures._measure import PROBABILITIES, measure

#: A list of rounded percentages misses 100 by more than this: it must be renormalised first.
TOLERANCE = 1e-6
INFINITE = "allowed; a probability of 0 for what came true scores infinity"


def _events(forecast: Any, result: Any, name: str) -> tuple[Any, Any]:
    """Both as proportions, after the checks that every event needs."""
    require_shapes(forecast, result, name)
    require_finite(forecast, "forecast", name)
    message = "a probability must lie between 0 and 100 per cent."
    require_values(forecast, lambda values: (values >= 0) & (values <= 100), name, message)
    message = "the result must hold outcomes: 1 where it came true, 0 where it did not."
    require_values(result, lambda values: (values == 0) | (values == 1), name, message)
    return forecast / 100, result * 1.0


def _classes(forecast: Any, result: Any, name: str) -> tuple[Any, Any]:
    """Both as proportions, after the checks that exclusive classes need."""
    share, outcome = _events(forecast, result, name)
    require_candidates(result, 2, name, "a choice")
    message = "the probabilities of exclusive classes must sum to 100; renormalise a complete list first."
    require_values(share.sum(axis=-1), lambda values: abs(values - 1) <= TOLERANCE, name, message)
    message = "exactly one of the exclusive classes must have come true."
    require_values(outcome.sum(axis=-1), lambda values: values == 1, name, message)
    return share, outcome


@measure(
    title="Brier score",
    unit="",
    orientation="lower",
    sign="0 is perfect; 0.25 is what a coin gets; 1 is certain and wrong.",
    quantities=PROBABILITIES,
    level="candidate",
    inputs="probabilities",
    version=1,
    reference="brier1950",
)
def brier(forecast: Any, result: Any) -> Any:
    r"""Brier score of every event.

    .. math:: (p_k - o_k)^2

    A pure number from 0 to 1; 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., events), probabilities in per cent.
    result : array of shape (..., events), outcomes 1 or 0.

    Returns
    -------
    array of the broadcast shape (..., events).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, other outcomes.

    Examples
    --------
    >>> brier(np.array([27.1]), np.array([0])).round(6)
    array([0.073441])
    """
    share, outcome = _events(forecast, result, "brier")
    return (share - outcome) ** 2


@measure(
    title="multi-class score of Brier",
    unit="",
    orientation="lower",
    sign="0 is perfect; 2 is certain and wrong.",
    quantities=PROBABILITIES,
    inputs="probabilities",
    version=1,
    reference="brier1950",
)
def brier_classes(forecast: Any, result: Any) -> Any:
    r"""The multi-class score of Brier, over exclusive classes.

    .. math:: \sum_{k=1}^{K} (p_k - o_k)^2

    A pure number from 0 to 2; 0 is perfect. For two classes it is twice ``brier``.

    Parameters
    ----------
    forecast : array of shape (..., classes), probabilities in per cent that sum to 100.
    result : array of shape (..., classes), 1 for the class that came true, 0 for the others.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, probabilities that
        do not sum to 100, not exactly one outcome of 1.

    Examples
    --------
    >>> float(brier_classes(np.array([50.0, 30.0, 20.0]), np.array([1, 0, 0])).round(6))
    0.38
    """
    share, outcome = _classes(forecast, result, "brier_classes")
    return ((share - outcome) ** 2).sum(axis=-1)


@measure(
    title="decomposition after Murphy",
    unit="",
    orientation="lower",
    sign="Reliability near 0: the probabilities mean what they say; resolution: they tell cases apart.",
    quantities=PROBABILITIES,
    inputs="probabilities",
    version=1,
    reference="murphy1973",
    components=("", "reliability", "resolution", "uncertainty"),
)
def brier_decomposition(forecast: Any, result: Any) -> dict[str, Any]:
    r"""The decomposition after Murphy of the mean ``brier`` over the events, exact.

    .. math:: \frac{1}{N} \sum_i (p_i - o_i)^2 = REL - RES + UNC

    with events of equal probability in one group g of relative size :math:`w_g` and observed
    frequency :math:`\bar o_g`:
    :math:`REL = \sum_g w_g (p_g - \bar o_g)^2`, :math:`RES = \sum_g w_g (\bar o_g - \bar o)^2`,
    :math:`UNC = \bar o (1 - \bar o)`. Pure numbers; a low reliability term and a high resolution
    term are good. Grouping by distinct probability, not into bins, is what makes it exact.

    Parameters
    ----------
    forecast : array of shape (..., events), probabilities in per cent.
    result : array of shape (..., events), outcomes 1 or 0.

    Returns
    -------
    dict of arrays of shape (...): "" the mean over the events, "reliability", "resolution" and
    "uncertainty".

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, other outcomes.

    Notes
    -----
    It needs many independent events. One vote does not give them.

    Examples
    --------
    >>> parts = brier_decomposition(np.array([80.0, 80, 80, 20, 20]), np.array([1, 1, 0, 0, 0]))
    >>> {name: round(float(value), 4) for name, value in parts.items()}
    {'': 0.16, 'reliability': 0.0267, 'resolution': 0.1067, 'uncertainty': 0.24}
    """
    share, outcome = _events(forecast, result, "brier_decomposition")
    base = outcome.mean(axis=-1)
    reliability: Any = 0.0
    resolution: Any = 0.0
    events = share.shape[-1]
    for i in range(events):
        candidate = share[..., i : i + 1]
        group = share == candidate
        frequency = (group * outcome).sum(axis=-1) / group.sum(axis=-1)
        reliability = reliability + (candidate[..., 0] - frequency) ** 2 / events
        resolution = resolution + (frequency - base) ** 2 / events
    return {
        "": ((share - outcome) ** 2).mean(axis=-1),
        "reliability": reliability,
        "resolution": resolution,
        "uncertainty": base * (1 - base) + 0 * reliability,
    }


@measure(
    title="logarithmic score of an event",
    unit="nats",
    orientation="lower",
    sign="0 is perfect; 0.69 is what a coin gets; infinite: impossible was what happened.",
    quantities=PROBABILITIES,
    level="candidate",
    inputs="probabilities",
    zeros=INFINITE,
    version=1,
    reference="good1952",
)
def log_score(forecast: Any, result: Any) -> Any:
    r"""The logarithmic score of an event, for every event.

    .. math:: -\ln p_k \text{ if it came true, else } -\ln (1 - p_k)

    In nats; 0 is perfect, infinite where what happened had probability 0.

    Parameters
    ----------
    forecast : array of shape (..., events), probabilities in per cent.
    result : array of shape (..., events), outcomes 1 or 0.

    Returns
    -------
    array of the broadcast shape (..., events), nats.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, other outcomes.

    Examples
    --------
    >>> log_score(np.array([48.1]), np.array([0])).round(7)
    array([0.6558514])
    """
    from scipy.special import xlogy

    share, outcome = _events(forecast, result, "log_score")
    return -xlogy(outcome, share) - xlogy(1 - outcome, 1 - share) + 0.0


@measure(
    title="logarithmic score of the outcome",
    unit="nats",
    orientation="lower",
    sign="0 is perfect; infinite: what happened had been given no chance.",
    quantities=PROBABILITIES,
    inputs="probabilities",
    zeros=INFINITE,
    version=1,
    reference="good1952",
)
def log_score_classes(forecast: Any, result: Any) -> Any:
    r"""The logarithmic score of the outcome, over exclusive classes.

    .. math:: -\ln p_y

    for the class y that came true. In nats; 0 is perfect, infinite where it had probability 0.

    Parameters
    ----------
    forecast : array of shape (..., classes), probabilities in per cent that sum to 100.
    result : array of shape (..., classes), 1 for the class that came true, 0 for the others.

    Returns
    -------
    array of shape (...), nats.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, probabilities that
        do not sum to 100, not exactly one outcome of 1.

    Examples
    --------
    >>> float(log_score_classes(np.array([50.0, 30.0, 20.0]), np.array([0, 0, 1])).round(4))
    1.6094
    """
    from scipy.special import xlogy

    share, outcome = _classes(forecast, result, "log_score_classes")
    return -xlogy(outcome, share).sum(axis=-1) + 0.0


@measure(
    title="ranked probability score",
    unit="",
    orientation="lower",
    sign="0 is perfect; being one place off costs less than being five places off.",
    quantities=PROBABILITIES,
    inputs="probabilities",
    version=1,
    reference="epstein1969",
)
def ranked_probability_score(forecast: Any, result: Any, *, normalised: bool = False) -> Any:
    r"""Ranked probability score over classes that have an order.

    .. math:: \sum_{j=1}^{K-1} (F_j - O_j)^2

    with F and O the cumulated probabilities and outcomes. A pure number, 0 to K - 1; 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., classes), probabilities in per cent that sum to 100, the classes
        in their order: the finishing places of a candidate have one, names have not.
    result : array of shape (..., classes), 1 for the class that came true, 0 for the others.
    normalised : divide by K - 1, as some do (R's verification); 0 to 1 then.

    Returns
    -------
    array of shape (...).

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, probabilities that
        do not sum to 100, not exactly one outcome of 1.

    Examples
    --------
    >>> forecast, outcome = np.array([1.0, 32, 44, 23]), np.array([0, 0, 1, 0])
    >>> float(ranked_probability_score(forecast, outcome).round(6))
    0.1619
    """
    share, outcome = _classes(forecast, result, "ranked_probability_score")
    gap = np.cumsum(share, axis=-1) - np.cumsum(outcome, axis=-1)
    total = (gap[..., :-1] ** 2).sum(axis=-1)
    return total / (share.shape[-1] - 1) if normalised else total


@measure(
    title="ranked logarithmic score",
    unit="nats",
    orientation="lower",
    sign="0 is perfect; infinite: no chance was left for a place as far up or down as the true one.",
    quantities=PROBABILITIES,
    inputs="probabilities",
    zeros=INFINITE,
    version=1,
    reference="todter2012",
)
def ranked_log_score(forecast: Any, result: Any) -> Any:
    r"""Ranked logarithmic score over classes that have an order.

    .. math:: -\sum_{j=1}^{K-1} \ln |F_j + O_j - 1|

    with F and O the cumulated probabilities and outcomes. In nats; 0 is perfect.

    Parameters
    ----------
    forecast : array of shape (..., classes), probabilities in per cent that sum to 100, the classes
        in their order.
    result : array of shape (..., classes), 1 for the class that came true, 0 for the others.

    Returns
    -------
    array of shape (...), nats.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, a probability outside 0 to 100, probabilities that
        do not sum to 100, not exactly one outcome of 1.

    Examples
    --------
    >>> forecast, outcome = np.array([21.0, 31, 32, 16]), np.array([0, 1, 0, 0])
    >>> float(ranked_log_score(forecast, outcome).round(6))
    1.064002
    """
    from scipy.special import xlogy

    share, outcome = _classes(forecast, result, "ranked_log_score")
    below = np.cumsum(outcome, axis=-1)[..., :-1]
    # The probability given to the side on which the outcome lies, summed from that side: no
    # difference of near-equal numbers, and a certain forecast gives an exact 1.
    upwards = np.cumsum(share, axis=-1)[..., :-1]
    downwards = np.cumsum(share[..., ::-1], axis=-1)[..., ::-1][..., 1:]
    right = np.where(below == 1, upwards, downwards)
    return -xlogy(1.0, np.minimum(right, 1.0)).sum(axis=-1) + 0.0
