"""Push and nuke: for the target and, where one account can do both, against its strongest rival."""

from __future__ import annotations

import numpy as np

from pollbench.manipulation.model import ATTACKS, Attack


def voice(figures: np.ndarray, target: int, scale: str = "shares", recall: float = 1.0) -> np.ndarray:
    """What attackers say: as in a push; in ratings and sentiment also the worst for the strongest rival."""
    from pollbench.manipulation.attacks import push

    said = push.voice(figures, target, scale, recall)
    if scale in ("ratings", "sentiment"):
        rivals = np.array(figures, dtype=float)
        rivals[target] = -np.inf
        said[int(np.argmax(rivals))] = 0.0 if scale == "ratings" else -100.0 * (2.0 * recall - 1.0)
    return said


PUSH_AND_NUKE = ATTACKS.add(
    Attack(name="push_and_nuke", title="push the target and nuke its strongest rival", voice=voice, sign=1)
)
