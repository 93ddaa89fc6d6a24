"""What attackers say, when, and as whom: one file a goal; timing and profile are families."""

from __future__ import annotations

from pollbench.manipulation._model import ATTACKS
from pollbench.manipulation.attacks import control, nuke, profile, push, push_and_nuke, timing

__all__ = ["ATTACKS", "control", "nuke", "profile", "push", "push_and_nuke", "timing"]
