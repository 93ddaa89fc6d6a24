"""Nuke: every attacker speaks against the target."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.model import ATTACKS, Attack


def voice(figures: np.ndarray, target: int, scale: str = "shares", recall: float = 1.0) -> np.ndarray:
    """What attackers say: nothing for the target; in shares they name the others in proportion."""
    if scale in ("ratings", "sentiment"):
        said = np.full(len(figures), np.nan)
        said[target] = 0.0 if scale == "ratings" else -100.0 * (2.0 * recall - 1.0)
        return said
    said = np.array(figures, dtype=float)
    said[target] = 0.0
    total = said.sum()
    return 100.0 * said / total if total > 0 else said


NUKE = ATTACKS.add(Attack(name="nuke", title="nuke the target", voice=voice, sign=-1))
