"""What attackers say: one file per goal."""

from __future__ import annotations

from pollbench.manipulation.attacks import control, nuke, push, push_and_nuke
from pollbench.manipulation.model import ATTACKS

__all__ = ["ATTACKS", "control", "nuke", "push", "push_and_nuke"]
