"""Frames about manipulation: what would move each figure, and what it would cost."""

from __future__ import annotations
