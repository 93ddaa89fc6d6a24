"""Light and contrast of colours, as WCAG 2.2 defines them."""

from __future__ import annotations

from functools import cache

import numpy as np


def linear(colour: str) -> np.ndarray:
    """Red, green and blue of #RRGGBB as amounts of light, 0 to 1."""
    values = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


@cache
def luminance(colour: str) -> float:
    """How bright a colour is, 0 to 1."""
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
