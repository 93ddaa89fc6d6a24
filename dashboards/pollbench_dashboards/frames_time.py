"""Frames about time, claims and probabilities."""

from __future__ import annotations
