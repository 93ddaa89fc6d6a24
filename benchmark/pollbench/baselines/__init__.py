"""Naive forecasts that need no knowledge: what any claim to knowledge has to beat.

A baseline takes a comparison and returns forecasts on the same candidates; ``registered()`` lists
them. Each is one file.
"""

from pollbench.baselines import flat, uniform
from pollbench.baselines._baseline import Baseline, BaselineForecasts, named, registered

__all__ = ["Baseline", "BaselineForecasts", "flat", "named", "registered", "uniform"]
