"""Closed forms for figures that are not shares of one whole: ratings, tone, sentiment, prices.

Ratings, shares and prices are per cent, a net sentiment lies between -100 and 100, shifts are points.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.manipulation.formulas.closed_forms import push_shift
from pollbench.manipulation.model import contamination, require_numbers, require_shares


def approval_lead_breakdown(target: Any, leader: Any, both: bool = True) -> Any:
    r"""Per cent of the raters that must be hostile to the leader for the target's approval to draw level.

    .. math:: 100 \gamma / (1 + \gamma) \text{ (push and nuke)}, \qquad 100 \gamma / (1 - A_t) \text{ (push)}

    With :math:`\gamma = A_r - A_t` as proportions. Push and nuke is always the cheaper one. 0 where the
    target leads; infinite where a push alone cannot do it.

    Examples
    --------
    >>> [round(float(approval_lead_breakdown(29, 55, both)), 1) for both in (True, False)]
    [20.6, 36.6]
    """
    target, leader = require_shares("approval_lead_breakdown", target=target, leader=leader)
    gap = np.maximum(leader - target, 0.0)
    room = 100.0 + gap if both else 100.0 - target
    part = np.divide(100.0 * gap, room, out=np.zeros(np.broadcast(gap, room).shape), where=room > 0)
    return np.where(part >= 100.0, np.inf, part)


def normalised_ratings(mean: Any, variance: Any) -> Any:
    r"""Expected shares when ratings are divided by their sum, with the second-order bias.

    .. math:: s_t \approx \frac{\mu_t}{S} - \frac{v_t}{S^2} + \frac{\mu_t \sum v}{S^3}, \quad S = \sum \mu

    Per cent; the last axis is candidates, ratings independent of each other.

    Parameters
    ----------
    mean : ratings, per cent.
    variance : their sampling variances, points squared.

    Examples
    --------
    >>> normalised_ratings(np.array([58.0, 32.0, 27.0]), np.zeros(3)).round(1)
    array([49.6, 27.4, 23.1])
    """
    mean, variance = require_numbers("normalised_ratings", mean=mean, variance=variance)
    total = mean.sum(axis=-1, keepdims=True)
    spread = variance.sum(axis=-1, keepdims=True)
    return 100.0 * (mean / total - variance / total**2 + mean * spread / total**3)


def tone_share_shift(share: Any, messages: Any, positive_messages: Any, recall: Any) -> Any:
    r"""Points gained in a share of positive messages, of which a classifier reads a part rightly.

    .. math:: \Delta = \frac{m \kappa}{\sum_c V_c \tau_c + m \kappa} (100 - p)

    Examples
    --------
    >>> round(float(tone_share_shift(24.4, 10_000, 100_000, 0.8)), 2)
    5.6
    """
    messages, recall = require_numbers("tone_share_shift", messages=messages, recall=recall)
    return push_shift(share, messages * recall, positive_messages)


def net_sentiment_shift(sentiment: Any, messages: Any, own_messages: Any, recall: Any) -> Any:
    r"""Points by which the net sentiment of a candidate moves, on the scale from -100 to 100.

    .. math:: \Delta = \frac{m}{V_c + m} \left( 100 (2 \kappa - 1) - S_c \right)

    The base is the candidate's own messages: a small candidate is moved by few. Friendly messages of a
    classifier that is right half of the time pull the figure to 0.

    Raises
    ------
    DomainError : a sentiment outside -100 to 100.

    Examples
    --------
    >>> round(float(net_sentiment_shift(-20.0, 1000, 20_000, 0.8)), 2)
    3.81
    """
    sentiment = np.asarray(sentiment, dtype=float)
    if not (np.abs(sentiment) <= 100).all():
        message = "net_sentiment_shift: a net sentiment lies between -100 and 100."
        raise DomainError(message)
    (recall,) = require_numbers("net_sentiment_shift", recall=recall)
    return contamination(messages, own_messages) * (100.0 * (2.0 * recall - 1.0) - sentiment)


def market_cost(price: Any, goal: Any, liquidity: Any = 1.0) -> Any:
    r"""Money that moves a price in a logarithmic market scoring rule, buying one outcome.

    .. math:: A = b \ln \frac{100 - p}{100 - p'}

    In the unit of the liquidity b; with ``liquidity=1`` the cost per unit of it. Infinite for a goal of 100,
    0 if the price stands there already. The market answers: informed traders may take the price back.

    Examples
    --------
    >>> round(float(market_cost(10.0, 20.0)), 4)
    0.1178
    """
    price, goal = require_shares("market_cost", price=price, goal=goal)
    (liquidity,) = require_numbers("market_cost", liquidity=liquidity)
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = liquidity * np.log((100.0 - price) / (100.0 - goal))
    return np.where(goal <= price, 0.0, np.where(goal >= 100.0, np.inf, cost))


def market_shift(price: Any, money: Any, liquidity: Any = 1.0) -> Any:
    r"""Points by which money moves a price in a logarithmic market scoring rule: inverse of :func:`market_cost`.

    .. math:: \Delta = (100 - p) (1 - e^{-m / b})

    Before anybody answers the trade.

    Examples
    --------
    >>> round(float(market_shift(10.0, 0.1178)), 2)
    10.0
    """
    (price,) = require_shares("market_shift", price=price)
    money, liquidity = require_numbers("market_shift", money=money, liquidity=liquidity)
    return (100.0 - price) * -np.expm1(-money / liquidity)
