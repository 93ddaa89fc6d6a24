"""A market read through the logarithmic market scoring rule: money is the base."""

from __future__ import annotations

from typing import Any

from pollbench.manipulation.model import MECHANISMS, Mechanism, NormalForm


def form(figures: Any, base: Any) -> NormalForm:
    """Normal form of the prices; what moves them is money, see closed_forms.market_cost."""
    return NormalForm.of(figures, base, scale="price")


MARKET_LMSR = MECHANISMS.add(
    Mechanism(
        name="market_lmsr",
        title="prediction market",
        scale="price",
        base=(
            "the liquidity b of a market maker; the markets of 2017 are order books without a published b, "
            "so costs are per unit of b"
        ),
        enters="at the trade; informed traders may take the price back",
        unit="units of b",
        base_parameters=("liquidity",),
        mass_parameters=(),
        per_day=False,
        fixed_size=False,
        persons=False,
        form=form,
    )
)
