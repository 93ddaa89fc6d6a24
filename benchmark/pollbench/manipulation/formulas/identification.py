"""What a published figure says about past contamination: next to nothing.

Any contamination from 0 to the published share is compatible with a figure. These functions say what
would suffice, never what happened: a change of public and a change of mind look the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.manipulation.normal_form import require_shares


def sufficient_contamination(forecast: Any, result: Any) -> Any:
    r"""Part of the records, in per cent, that would suffice to explain why a figure stood above the result.

    .. math:: 100\, (\hat p - \theta)_+ / (100 - \theta)

    0 where the figure stood at or below the result. It would suffice; that it happened does not follow.

    Parameters
    ----------
    forecast, result : figures, per cent.

    Returns
    -------
    array of the broadcast shape.

    Raises
    ------
    DomainError : NaN, infinity, figures outside 0 to 100.

    Examples
    --------
    Filteris in its last release, Fillon 21.5 against 20.01:

    >>> round(float(sufficient_contamination(21.5, 20.0059)), 2)
    1.87
    """
    forecast, result = require_shares("sufficient_contamination", forecast=forecast, result=result)
    room = 100.0 - result
    excess = np.maximum(forecast - result, 0.0)
    return np.divide(100.0 * excess, room, out=np.zeros(np.broadcast(excess, room).shape), where=room > 0)


def explained_share(forecast: Any, result: Any, target: int) -> Any:
    r"""Per cent of the squared error that points in the direction of a push for the target, with its sign.

    .. math:: 100\, \operatorname{sign}(s) \frac{s^2}{\|\hat p - \theta\|^2 \|e_t - \theta\|^2},
        \quad s = \langle \hat p - \theta, e_t - \theta \rangle

    Figures of one whole along the last axis (others included). Positive: the error looks like a push
    for the target; negative: like one against it; 0 where there is no error.

    Examples
    --------
    Filteris in its last release (Macron, Le Pen, Fillon, Mélenchon, others): a push for Fillon accounts for
    little of its error.

    >>> forecast = np.array([20.03, 22.7, 21.5, 21.3, 14.47])
    >>> result = np.array([24.0097, 21.3004, 20.0059, 19.5814, 15.1026])
    >>> round(float(explained_share(forecast, result, 2)))
    14
    """
    forecast, result = require_shares("explained_share", forecast=forecast, result=result)
    error = forecast - result
    direction = -result.copy()
    direction[..., target] += 100.0
    inner = (error * direction).sum(axis=-1)
    norm = (error**2).sum(axis=-1) * (direction**2).sum(axis=-1)
    explained = np.divide(inner**2, norm, out=np.zeros(np.shape(norm)), where=norm > 0)
    return 100.0 * np.sign(inner) * explained
