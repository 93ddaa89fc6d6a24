"""What attackers say: one file per goal. Importing this package registers all of them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pollbench.manipulation.model import ATTACKS

__all__ = ["ATTACKS"]

for _module in sorted(info.name for info in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
