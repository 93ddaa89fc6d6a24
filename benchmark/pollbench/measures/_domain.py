"""What a measure refuses, and arithmetic that several families share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pollbench.errors import DomainError


def require_shapes(forecast: Any, result: Any, name: str) -> None:
    """Raise DomainError unless the last axes hold the same candidates."""
    if forecast.ndim == 0 or result.ndim == 0:
        message = f"{name}: the last axis must be candidates, a single number has none."
        raise DomainError(message)
    if forecast.shape[-1] != result.shape[-1]:
        message = (
            f"{name}: {forecast.shape[-1]} candidates forecast, {result.shape[-1]} in the result; "
            "the last axes must hold the same candidates in the same order."
        )
        raise DomainError(message)


def require_values(values: Any, condition: Callable[[Any], Any], name: str, message: str) -> None:
    """Raise DomainError with ``message`` where ``condition`` does not hold."""
    if not np.all(condition(values)):
        text = f"{name}: {message}"
        raise DomainError(text)


def require_finite(values: Any, what: str, name: str) -> None:
    """Raise DomainError for NaN or infinity."""
    message = f"the {what} holds NaN or infinity; leave out what was not published."
    require_values(values, np.isfinite, name, message)


def require_positive(values: Any, what: str, name: str, reason: str) -> None:
    """Raise DomainError for a share of 0, with the reason and what to do."""
    message = (
        f"the {what} holds a share of 0: {reason}. Merge the small candidates, or fill zeros with "
        "log_ratio.replace_zeros and say so."
    )
    require_values(values, lambda values: values > 0, name, message)


def require_sizes(n: Any, name: str) -> None:
    """Raise DomainError unless every sample size is a number above 0."""
    values = np.asanyarray(n) if isinstance(n, int | float) else n
    require_values(
        values, lambda values: values > 0, name, "n must be above 0; leave out forecasts without it."
    )


def proportions(values: Any) -> Any:
    """``values`` rescaled to a sum of 1 along the last axis."""
    return values / values.sum(axis=-1, keepdims=True)


def require_domain(forecast: Any, result: Any, name: str) -> None:
    """Raise DomainError unless both arrays hold the same candidates and no impossible share."""
    require_shapes(forecast, result, name)
    for what, values in (("forecast", forecast), ("result", result)):
        require_finite(values, what, name)
        require_values(values, lambda values: values >= 0, name, f"the {what} holds a negative share.")


def require_order(forecast: Any, result: Any, name: str) -> None:
    """Raise DomainError unless both arrays put the same two or more candidates in an order.

    Negative figures are welcome: a negated rank is one.
    """
    require_shapes(forecast, result, name)
    for what, values in (("forecast", forecast), ("result", result)):
        require_finite(values, what, name)
    require_candidates(result, 2, name, "an order")


def require_candidates(result: Any, least: int, name: str, purpose: str) -> None:
    """Raise DomainError unless the last axis holds ``least`` candidates."""
    if result.shape[-1] < least:
        message = f"{name}: {purpose} needs at least {least} candidates, there is {result.shape[-1]}."
        raise DomainError(message)


def where_defined(defined: Any, numerator: Any, denominator: Any) -> Any:
    """``numerator / denominator`` where ``defined``, NaN elsewhere, without a warning."""
    return np.where(defined, numerator / np.where(defined, denominator, 1.0), np.nan)
