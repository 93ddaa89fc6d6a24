"""Which weighting cell attackers declare: their own, that of the sample, or the one that pays most."""

from __future__ import annotations

from typing import Any

import numpy as np

from pollbench.errors import UnknownName
from pollbench.manipulation.formulas.weighting import cheapest_allocation
from pollbench.manipulation.model import require_numbers

#: Profiles and what each means.
PROFILES = {
    "truthful": "attackers declare what they are",
    "as_sample": "attackers declare cells in the proportions of the honest records",
    "adaptive": "attackers declare the cells in which they move the figure most",
}


def allocation(profile: str, weight: Any, room: Any, records: Any, mass: Any, own: Any = None) -> np.ndarray:
    """Attack mass of every cell.

    Parameters
    ----------
    profile : a name of :data:`PROFILES`.
    weight, room, records : arrays (cells,), see :func:`pollbench.manipulation.formulas.weighting.weighted_shift`.
    mass : array (...), total mass.
    own : array (cells,), parts of the attackers who truly belong to each cell; needed for "truthful".

    Returns
    -------
    array (..., cells).

    Raises
    ------
    UnknownName : a profile that does not exist.
    DomainError : NaN, a negative number.

    Examples
    --------
    >>> allocation("as_sample", [0.5, 0.5], [80.0, 80.0], [100.0, 300.0], 40.0)
    array([10., 30.])
    """
    if profile not in PROFILES:
        raise UnknownName.of(kind="profile", name=profile, known=PROFILES)
    if profile == "adaptive":
        return cheapest_allocation(weight, room, records, mass)
    (mass, parts) = require_numbers(
        "allocation", mass=mass, parts=records if profile == "as_sample" or own is None else own
    )
    return mass[..., None] * parts / parts.sum()
