"""A market read through the logarithmic market scoring rule: money is the base."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.manipulation.model import MECHANISMS, Activity, Mechanism
from pollbench.manipulation.normal_form import Mixing, NormalForm, Scale, Values, require_numbers

PRICE = Scale("price", 0.0, 100.0, whole=True)


def bought_fraction(money: Any, liquidity: Any) -> Any:
    r"""Part of the way to 100 that money buys: the price moves from p to (1 - e) p + 100 e.

    .. math:: e = 1 - \exp(-m / b)

    A pure number from 0 to 1; the prices of the other outcomes keep their proportions. Before other traders answer the
    trade.

    References
    ----------
    Hanson (2003), Combinatorial information market design, Information Systems Frontiers 5, for the rule.

    Examples
    --------
    Twelve per cent of the liquidity move a price of 10 to 20:

    >>> round(10.0 + float(bought_fraction(0.1178, 1.0)) * 90.0, 2)
    20.0
    """
    money, liquidity = require_numbers("bought_fraction", money=money, liquidity=liquidity)
    spent = np.divide(
        money, liquidity, out=np.full(np.broadcast(money, liquidity).shape, np.inf), where=liquidity > 0
    )
    return np.where(money > 0, -np.expm1(-spent), 0.0)


def money_for(fraction: Any, liquidity: Any) -> Any:
    r"""Money that buys a part of the way to 100: the inverse of :func:`bought_fraction`.

    .. math:: m = -b \ln(1 - e)

    Examples
    --------
    >>> round(float(money_for(10.0 / 90.0, 1.0)), 4)
    0.1178
    """
    wanted = np.clip(np.asarray(fraction, dtype=float), 0.0, 1.0)
    with np.errstate(divide="ignore"):
        return np.asarray(liquidity, dtype=float) * -np.log1p(-wanted) + 0.0


def form(figures: Any, base: Any, values: Values) -> NormalForm:
    """Normal form of the prices, moved by money."""
    del values
    return NormalForm.of(figures, base, mixing=Mixing(fraction=bought_fraction, mass=money_for))


def mass_per_account(values: Values, activity: Activity) -> float:
    """Not known: how many accounts spend the money says nothing."""
    del values, activity
    return float("nan")


MARKET_LMSR = MECHANISMS.add(
    Mechanism(
        name="market_lmsr",
        title="prediction market",
        scale=PRICE,
        base=(
            "the liquidity b of a market maker; the markets of 2017 are order books without a published b, "
            "so costs are per unit of b"
        ),
        enters="at the trade; informed traders may take the price back",
        unit="units of b",
        quantities=("win_probability", "runoff_probability"),
        base_parameters={"liquidity": "units of b"},
        form=form,
        mass_per_account=mass_per_account,
        records=False,
        without_accounts="if no other trader answered the trade; how many accounts spend it says nothing.",
        base_in_words="the liquidity",
    )
)
