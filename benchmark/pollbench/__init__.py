"""PollBench: polls, buzz, markets and models against what voters then did.

Public names are loaded on first use, so that ``import pollbench`` costs a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__: list[str] = []
