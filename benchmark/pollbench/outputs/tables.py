"""The tables that ``pollbench run`` writes, gathered from the modules that declare them.

Each takes the opened data and a policy and returns a sorted frame, or raises NothingToCompare where
the data hold nothing to make it of (before the vote, without polls); the same input gives the same
bytes, whichever process makes it. What needs random numbers takes its seed from here.
"""

from __future__ import annotations

# Importing a module registers the tables that it declares.
from pollbench.outputs import accuracy, campaign, flows, manipulation, record, statements  # noqa: F401
from pollbench.outputs.table import TABLES, Table
from pollbench.randomness import SEED

__all__ = ["SEED", "TABLES", "Table"]
