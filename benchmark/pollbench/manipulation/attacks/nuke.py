"""Nuke: every attacker speaks against the target."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.model import ATTACKS, Attack
from pollbench.manipulation.normal_form import Scale


def voice(figures: np.ndarray, target: int, scale: Scale, rank: int = 1) -> np.ndarray:
    """What attackers say: the lowest for the target; where figures share one whole, they name the others in proportion."""
    del rank
    said = np.array(figures, dtype=float) if scale.whole else np.full(len(figures), np.nan)
    said[target] = scale.lowest
    if scale.whole and (total := said.sum()) > 0:
        said *= scale.highest / total
    return said


NUKE = ATTACKS.add(Attack(name="nuke", title="nuke the target", voice=voice, sign=-1))
