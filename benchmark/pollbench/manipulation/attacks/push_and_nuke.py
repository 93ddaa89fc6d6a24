"""Push and nuke: for the target and, where one account can do both, against the rival in its way."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.attacks import push
from pollbench.manipulation.model import ATTACKS, Attack
from pollbench.manipulation.normal_form import Scale


def voice(figures: np.ndarray, target: int, scale: Scale, rank: int = 1) -> np.ndarray:
    """What attackers say: as in a push; where each figure is its own, the lowest for the rank-th best of the others."""
    said = push.voice(figures, target, scale, rank)
    if not scale.whole and len(figures) > rank:
        others = np.delete(np.arange(len(figures)), target)
        order = np.argsort(np.asarray(figures, dtype=float)[others], kind="stable")
        said[others[order[-rank]]] = scale.lowest
    return said


PUSH_AND_NUKE = ATTACKS.add(
    Attack(name="push_and_nuke", title="push the target and nuke its strongest rival", voice=voice, sign=1)
)
