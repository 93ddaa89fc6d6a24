"""Events: who leads, who goes through, in which order. Calls, not distances.

Ties have one rule: a forecast that leaves a place open gets the chance of being right if the tie
were broken by lot. In an order of places it states no contradiction and is counted as right, as
newspapers do. A result tied at the place in question leaves the event undefined.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures._domain import require_candidates, require_order
from pollbench.measures._measure import ORDERED, measure

TIED_RESULT = "the result is tied at the place in question"
NO_ORDER = "the result is tied at the place in question, or the forecast puts all candidates level"


def _at_the_cut(values: Any, places: int) -> tuple[Any, Any, Any]:
    """Who is above the value at ``places``, who stands at it, and how many places those share."""
    last = values.shape[-1] - places
    cut = np.partition(values, last, axis=-1)[..., last : last + 1]
    above = values > cut
    return above, values == cut, places - above.sum(axis=-1)


def _credit_for_set(forecast: Any, result: Any, places: int) -> Any:
    """Credit for naming the first ``places`` of the result as a set; NaN where the result is tied."""
    from scipy.special import binom

    def credit(forecast: Any, true: Any) -> Any:
        above, level, open_places = _at_the_cut(true, places)
        through = above | level
        clear = level.sum(axis=-1) == open_places
        above, level, open_places = _at_the_cut(forecast, places)
        # Right if no candidate who stayed out is above the cut and none who went through is below it.
        possible = ~(above & ~through).any(axis=-1) & ~(through & ~(above | level)).any(axis=-1)
        completions = binom(level.sum(axis=-1), open_places)
        return np.where(clear, np.where(possible, 1.0 / completions, 0.0), np.nan)

    return credit(forecast, result)


def _credit_by_candidate(forecast: Any, result: Any, places: int) -> Any:
    """One minus the distance of the chance the forecast gives a candidate from what happened."""
    above, level, open_places = _at_the_cut(result, places)
    clear = level.sum(axis=-1, keepdims=True) == open_places[..., None]
    through = above | level
    above, level, open_places = _at_the_cut(forecast, places)
    chance = above.astype(float)
    np.copyto(chance, (open_places / level.sum(axis=-1))[..., None], where=level)
    # Written over the chances where they meet one result.
    shape = np.broadcast_shapes(chance.shape, through.shape)
    credit = np.subtract(chance, through, out=chance if shape == chance.shape else None)
    np.abs(credit, out=credit)
    np.subtract(1.0, credit, out=credit)
    np.copyto(credit, np.nan, where=~clear)
    return credit


def _credit_for_order(forecast: Any, result: Any, places: int) -> Any:
    """1 where the first ``places`` of the result come in order and before all others, else 0."""
    order = np.argsort(-result, axis=-1, kind="stable")
    shape = np.broadcast_shapes(forecast.shape, result.shape)
    order = np.broadcast_to(order, shape)
    ordered = np.take_along_axis(np.broadcast_to(forecast, shape), order, axis=-1)
    true = np.take_along_axis(np.broadcast_to(result, shape), order, axis=-1)
    steps = min(places, shape[-1] - 1)
    best_behind = np.maximum.accumulate(ordered[..., ::-1], axis=-1)[..., ::-1][..., 1:]
    right = (ordered[..., :steps] >= best_behind[..., :steps]).all(axis=-1)
    clear = (true[..., :steps] > true[..., 1 : steps + 1]).all(axis=-1)
    stated = ordered.max(axis=-1) > ordered.min(axis=-1)
    return np.where(clear & stated, right * 1.0, np.nan)


@measure(
    title="leader called",
    unit="",
    orientation="higher",
    sign="1: the winner of the vote led the forecast; 0: another candidate did.",
    quantities=ORDERED,
    version=1,
    reference="fivethirtyeight2023",
    inputs="order",
    undefined=TIED_RESULT,
)
def leader_called(forecast: Any, result: Any) -> Any:
    r"""Leader called: was the one who came first also first in the forecast?

    .. math:: \frac{1}{m} \text{ if the first of the result is among the } m \text{ leaders of } p,
        \text{ else } 0

    A pure number between 0 and 1; 1 = right. FiveThirtyEight counts 0.5 for a lead shared by two;
    a lead shared by m counts 1/m.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.

    Returns
    -------
    array of shape (...). NaN where the result itself is tied for the lead.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a single candidate.

    Examples
    --------
    Before the first round of 2017, Macron, Le Pen, Fillon, Mélenchon: Filteris, then BVA, which had
    the first two level.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> float(leader_called(np.array([20.03, 22.7, 21.5, 21.3]), result))
    0.0
    >>> float(leader_called(np.array([23.0, 23.0, 19.0, 19.5]), result))
    0.5
    """
    require_order(forecast, result, "leader_called")
    return _credit_for_set(forecast, result, 1)


@measure(
    title="qualified pair called",
    unit="",
    orientation="higher",
    sign="1: the two who went through stood first and second in the forecast, in either order.",
    quantities=ORDERED,
    version=1,
    reference="",
    inputs="order",
    undefined=TIED_RESULT,
)
def pair_called(forecast: Any, result: Any, *, places: int = 2) -> Any:
    r"""Qualified pair called: were the two who went through the first two of the forecast?

    .. math:: \frac{1}{c} \text{ if one of the } c \text{ ways of breaking the ties of } p
        \text{ at the cut names the right set, else } 0

    A pure number between 0 and 1; 1 = right, in either order.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.
    places : how many go through; 2 in a French first round.

    Returns
    -------
    array of shape (...). NaN where the result itself is tied at the cut.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, fewer than ``places`` + 1 candidates.

    Examples
    --------
    Filteris on the eve of the first round of 2017: Macron, Le Pen, Fillon, Mélenchon; then a
    forecast that has Macron ahead and the next two level.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> float(pair_called(np.array([20.03, 22.7, 21.5, 21.3]), result))
    0.0
    >>> float(pair_called(np.array([24.0, 21.0, 21.0, 19.0]), result))
    0.5
    """
    require_order(forecast, result, "pair_called")
    require_candidates(result, places + 1, "pair_called", f"a choice of {places}")
    return _credit_for_set(forecast, result, places)


@measure(
    title="qualification called",
    unit="",
    orientation="higher",
    sign="1: the forecast placed this candidate on the right side of the cut.",
    quantities=ORDERED,
    level="candidate",
    version=1,
    reference="",
    inputs="order",
    undefined=TIED_RESULT,
)
def qualification_called(forecast: Any, result: Any, *, places: int = 2) -> Any:
    r"""Qualification called, candidate by candidate: through or out, as it happened?

    .. math:: 1 - |q_k - o_k|

    where :math:`o_k` is 1 for those who went through, and :math:`q_k` is 1 above the cut of the
    forecast, 0 below it and, for those level at it, the open places over their number. A pure
    number between 0 and 1; 1 = right.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.
    places : how many go through; 2 in a French first round.

    Returns
    -------
    array of the broadcast shape (..., candidates). NaN where the result is tied at the cut.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, fewer than ``places`` + 1 candidates.

    Examples
    --------
    Filteris on the eve of the first round of 2017: right about Le Pen and Mélenchon only.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> qualification_called(np.array([20.03, 22.7, 21.5, 21.3]), result)
    array([0., 1., 0., 1.])
    """
    require_order(forecast, result, "qualification_called")
    require_candidates(result, places + 1, "qualification_called", f"a choice of {places}")
    credit = partial(_credit_by_candidate, places=places)
    return credit(forecast, result)


@measure(
    title="order called",
    unit="",
    orientation="higher",
    sign="1: the forecast does not contradict the order of the first candidates of the result.",
    quantities=ORDERED,
    version=1,
    reference="",
    inputs="order",
    undefined=NO_ORDER,
)
def order_called(forecast: Any, result: Any, *, first: int | None = None) -> Any:
    r"""Order called: are the first m of the result in that order, ahead of all the others?

    .. math:: 1 \text{ if } p_{(1)} \ge p_{(2)} \ge \dots \ge p_{(m)} \ge p_{(j)}, \; j > m,
        \text{ else } 0

    with the candidates numbered as in the result. A pure number, 1 or 0. Ties of the forecast are
    counted as right, which is how the French press counted in 2017; a forecast that puts everybody
    level states no order and has no value.

    Parameters
    ----------
    forecast, result : array of shape (..., candidates), higher = better placed; a rank negated.
    first : m, how many places; all candidates if left out.

    Returns
    -------
    array of shape (...). NaN where the result is tied among its first m or at the cut, or the
    forecast puts all candidates level.

    Raises
    ------
    DomainError : shapes that do not meet, NaN, infinity, a single candidate, ``first`` below 1 or
        above the number of candidates.

    Examples
    --------
    Ipsos before the first round of 2017, with the third and the fourth level; then Filteris.

    >>> result = np.array([24.01, 21.30, 20.01, 19.58])
    >>> order_called(np.array([[24, 22, 19, 19], [20.03, 22.7, 21.5, 21.3]]), result)
    array([1., 0.])
    """
    require_order(forecast, result, "order_called")
    count = result.shape[-1]
    places = count if first is None else first
    if not 1 <= places <= count:
        message = f"order_called: first={first}, but there are {count} candidates; ask for 1 to {count}."
        raise DomainError(message)
    return _credit_for_order(forecast, result, places=places)
