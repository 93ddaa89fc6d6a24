"""Skill: a score against the score of a reference."""

from __future__ import annotations

from typing import Any

from pollbench.errors import DomainError, PolicyError
from pollbench.measures._domain import require_values, where_defined
from pollbench.measures._door import together
from pollbench.measures._measure import Orientation


def skill(scores: Any, reference: Any, *, orientation: Orientation = "lower", axis: int | None = None) -> Any:
    r"""Skill against a reference: how much of its score was saved.

    .. math:: 1 - \frac{\sum_c S_c}{\sum_c S^{ref}_c}

    A pure number; 1 = perfect, 0 = no better than the reference, negative = worse.

    Parameters
    ----------
    scores, reference : arrays of equal shape, 0 or above: scores of which lower is better.
    orientation : that of the measure; anything but "lower" is refused, since a ratio of signed
        errors, or of figures of which more is better, means nothing.
    axis : the axis of the contests. The scores are summed over it first: a mean of ratios would let
        the contest with the smallest reference decide. Left out, every pair is taken by itself.

    Returns
    -------
    array. NaN where the reference scores 0: nothing can be saved from a perfect reference.

    Raises
    ------
    PolicyError : a measure whose orientation is not "lower".
    DomainError : a negative or missing score, no array of numbers, shapes that do not meet, no such axis.

    Examples
    --------
    Filteris and the flat forecast made of its own figures, first round of 2017, main four:

    >>> import numpy as np
    >>> round(float(skill(np.array(2.15), np.array(1.47))), 2)
    -0.46
    """
    if orientation != "lower":
        message = (
            f"skill compares scores of which lower is better; this measure's orientation is {orientation}."
        )
        raise PolicyError(message)
    scores, reference = together("skill", score=scores, reference=reference)
    if axis is not None and not (isinstance(axis, int) and -scores.ndim <= axis < scores.ndim):
        message = f"skill: axis is {axis!r}; it is a whole number, and the scores have {scores.ndim} axes."
        raise DomainError(message)
    for what, values in (("score", scores), ("reference", reference)):
        message = f"a {what} is missing or negative; leave it out."
        require_values(values, lambda values: values >= 0, "skill", message)
    if axis is not None:
        scores, reference = scores.sum(axis=axis), reference.sum(axis=axis)
    return 1 - where_defined(reference > 0, scores, reference)
