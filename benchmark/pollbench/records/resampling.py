"""Means and medians of whole blocks (contests, houses) drawn anew: arrays in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

SEED = 20280423


def drawn(blocks: int, draws: int, seed: int) -> NDArray[np.int64]:
    """How often each of the blocks stands in each of ``draws`` samples of as many blocks with replacement.

    Examples
    --------
    >>> drawn(3, 2, 1).sum(axis=1).tolist()
    [3, 3]
    """
    import numpy as np

    chosen = np.random.default_rng(seed).integers(0, blocks, (draws, blocks))
    cells = (chosen + blocks * np.arange(draws)[:, None]).ravel()
    return np.bincount(cells, minlength=draws * blocks).reshape(draws, blocks)


def resampled_means(values: NDArray[np.float64], draws: int, seed: int) -> NDArray[np.float64]:
    """Means of ``draws`` samples of the values with replacement; empty without values."""
    if not len(values):
        return values
    means: NDArray[np.float64] = drawn(len(values), draws, seed) @ values / len(values)
    return means


def resampled_medians(
    values: NDArray[np.float64], blocks: pd.Series, draws: int, seed: int
) -> NDArray[np.float64]:
    """Medians of the values in ``draws`` samples of whole blocks with replacement; empty without values."""
    if not len(values):
        return values
    codes, names = blocks.factorize(sort=True)
    return weighted_medians(values, drawn(len(names), draws, seed)[:, codes])


def weighted_medians(values: NDArray[np.float64], weights: NDArray[Any]) -> NDArray[np.float64]:
    """Medians of values that stand as often as their whole weights say.

    Parameters
    ----------
    values : array (values,).
    weights : array (draws, values), whole numbers; a draw without any has no median (NaN).

    Returns
    -------
    array (draws,).

    Examples
    --------
    >>> import numpy as np
    >>> weighted_medians(np.array([1.0, 5.0, 3.0]), np.array([[1, 1, 1], [2, 2, 0]])).tolist()
    [3.0, 3.0]
    """
    import numpy as np

    order = np.argsort(values, kind="stable")
    held, counted = values[order], np.cumsum(weights[:, order], axis=1)
    total = counted[:, -1]
    # The values at the two middle positions, the same one where the number is odd.
    low = (counted <= ((total - 1) // 2)[:, None]).sum(axis=1)
    high = (counted <= (total // 2)[:, None]).sum(axis=1)
    padded = np.append(held, np.nan)
    medians: NDArray[np.float64] = np.where(total > 0, (padded[low] + padded[high]) / 2, np.nan)
    return medians


def middle(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """The middle 95 % of resampled values; nothing of none."""
    import numpy as np

    if not len(values):
        return None, None
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)
