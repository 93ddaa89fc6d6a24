"""Manipulation sensitivity: how far motivated people can move a published figure, and at what cost.

Sensitivity is a property of the instrument. Nothing here says that a figure was manipulated.
"""

from __future__ import annotations

from pollbench.manipulation.attacks import ATTACKS
from pollbench.manipulation.defences import DEFENCES
from pollbench.manipulation.mechanisms import MECHANISMS
from pollbench.manipulation.model import Attack

__all__ = ["ATTACKS", "DEFENCES", "MECHANISMS", "list_attacks"]


def list_attacks() -> dict[str, Attack]:
    """All attacks, by name.

    Examples
    --------
    >>> sorted(list_attacks())
    ['control', 'nuke', 'push', 'push_and_nuke']
    """
    return dict(sorted(ATTACKS.items()))
