"""Many tests at once: p-values corrected for how often was asked."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
from numpy.typing import NDArray


def holm(p_values: Any) -> NDArray[np.float64]:
    r"""Holm's step-down correction: whoever stays at or below a level keeps the error of the whole family there.

    .. math:: \tilde p_{(i)} = \max_{j \le i} \min\{1, (m - j + 1)\, p_{(j)}\}

    Parameters
    ----------
    p_values : array of shape (tests,), from 0 to 1.

    Returns
    -------
    array of shape (tests,), corrected, in the order given.

    Reference
    ---------
    Holm (1979), a simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6:65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    from statsmodels.stats.multitest import multipletests

    # The function of statsmodels collects garbage at every call, which takes longer than all else in a process
    # that holds many objects; what is frozen is not looked through. Who has frozen things already keeps them so.
    ours = gc.get_freeze_count() == 0
    if ours:
        gc.freeze()
    try:
        return np.asarray(multipletests(p_values, method="holm")[1], dtype=float)
    finally:
        if ours:
            gc.unfreeze()
