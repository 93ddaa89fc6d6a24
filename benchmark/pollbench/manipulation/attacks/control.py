"""The honest control: as many newcomers who answer like everybody else."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.model import ATTACKS, Attack
from pollbench.manipulation.normal_form import Scale


def voice(figures: np.ndarray, target: int, scale: Scale, rank: int = 1) -> np.ndarray:
    """What newcomers say: the published figures, so that only sampling noise of the same size is added."""
    del target, scale, rank
    return np.array(figures, dtype=float)


CONTROL = ATTACKS.add(
    Attack(name="control", title="honest newcomers of the same number", voice=voice, sign=0)
)
