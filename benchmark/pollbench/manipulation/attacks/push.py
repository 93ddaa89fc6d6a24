"""Push: every attacker speaks for the target."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.model import ATTACKS, Attack
from pollbench.manipulation.normal_form import Scale


def voice(figures: np.ndarray, target: int, scale: Scale, rank: int = 1) -> np.ndarray:
    """What attackers say: the highest for the target; nothing of the whole, or no word, for the others."""
    del rank
    said = np.full(len(figures), scale.lowest if scale.whole else np.nan)
    said[target] = scale.highest
    return said


PUSH = ATTACKS.add(Attack(name="push", title="push the target", voice=voice, sign=1))
