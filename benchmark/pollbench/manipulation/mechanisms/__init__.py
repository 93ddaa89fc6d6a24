"""How forecasters turn people or messages into figures: one file per mechanism, registered by importing this package.

A mechanism's file alone decides what its figures are, what its base is and how an account becomes mass.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pollbench.manipulation.model import MECHANISMS

__all__ = ["MECHANISMS"]

for _module in sorted(info.name for info in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
