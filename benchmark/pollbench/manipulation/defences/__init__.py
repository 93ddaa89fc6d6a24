"""Counter-measures, each with the attack that adapts to it: one file per defence, registered by importing this package.

Secrecy of the rule is not a defence: it makes a number unknown, never robust.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pollbench.manipulation.model import DEFENCES

__all__ = ["DEFENCES"]

for _module in sorted(info.name for info in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
