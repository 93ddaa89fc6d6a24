"""Push: every attacker speaks for the target."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.model import ATTACKS, Attack


def voice(figures: np.ndarray, target: int, scale: str = "shares", recall: float = 1.0) -> np.ndarray:
    """What attackers say: 100 for the target, 0 (shares) or nothing (NaN, elsewhere) for the rest."""
    if scale in ("ratings", "sentiment"):
        said = np.full(len(figures), np.nan)
        said[target] = 100.0 if scale == "ratings" else 100.0 * (2.0 * recall - 1.0)
        return said
    said = np.zeros(len(figures))
    said[target] = 100.0
    return said


PUSH = ATTACKS.add(Attack(name="push", title="push the target", voice=voice, sign=1))
