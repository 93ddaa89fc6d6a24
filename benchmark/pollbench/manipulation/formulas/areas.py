"""How well a score tells an attack from none: its ROC curve and the area under it."""

from __future__ import annotations

from typing import Any

import numpy as np


def area_under_curve(clean: Any, attacked: Any) -> float:
    r"""Chance that an attacked score is above a clean one: the area under the ROC curve.

    .. math:: A = P(Y > X) + P(Y = X) / 2

    A number from 0 to 1, 1/2 where the score tells nothing; by ranks, without the curve (see
    :func:`receiver_operating`).

    Parameters
    ----------
    clean, attacked : scores without and with an attack; higher is more suspicious. ``clean`` sorted.

    Reference
    ---------
    Hanley and McNeil (1982), the meaning and use of the area under a ROC curve, Radiology 143:29-36.

    Examples
    --------
    >>> area_under_curve(np.array([0.0, 1.0]), np.array([1.0, 3.0]))
    0.875
    """
    clean, attacked = np.asarray(clean, dtype=float), np.asarray(attacked, dtype=float)
    below = np.searchsorted(clean, attacked, side="left") + np.searchsorted(clean, attacked, side="right")
    return float(below.sum() / (2 * len(clean) * len(attacked)))


def receiver_operating(clean: Any, attacked: Any) -> tuple[np.ndarray, np.ndarray, float]:
    """False-positive rates, true-positive rates and the area under the curve of a score.

    Parameters
    ----------
    clean, attacked : scores without and with an attack; higher is more suspicious.

    Examples
    --------
    >>> _, _, area = receiver_operating(np.array([0.0, 1.0]), np.array([2.0, 3.0]))
    >>> area
    1.0
    """
    from sklearn.metrics import auc, roc_curve

    scores = np.concatenate([np.asarray(clean, dtype=float), np.asarray(attacked, dtype=float)])
    truth = np.concatenate([np.zeros(len(clean)), np.ones(len(attacked))])
    false_rate, true_rate, _ = roc_curve(truth, scores, drop_intermediate=True)
    return false_rate, true_rate, float(auc(false_rate, true_rate))
