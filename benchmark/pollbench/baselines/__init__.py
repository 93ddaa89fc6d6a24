"""Naive forecasts: what any claim to knowledge has to beat.

A baseline takes a comparison and returns forecasts on the same candidates; ``registered()`` lists
them. Each is one file. None sees anything published after the forecast it is compared with.
"""

from pollbench.baselines import flat, last_poll, poll_average, previous_election, uniform
from pollbench.baselines._baseline import Baseline, BaselineForecasts, named, registered

__all__ = [
    "Baseline",
    "BaselineForecasts",
    "flat",
    "last_poll",
    "named",
    "poll_average",
    "previous_election",
    "registered",
    "uniform",
]
