"""Naive forecasts: what any claim to knowledge has to beat.

A baseline takes a comparison and returns forecasts on the same candidates; ``registered()`` lists
them. Each is one file, registered by importing this package. None sees anything published after the
forecast it is compared with.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pollbench.baselines._baseline import Baseline, BaselineForecasts, named, registered

__all__ = ["Baseline", "BaselineForecasts", "named", "registered"]

for _module in sorted(info.name for info in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
