"""The meaning of every column of the tables of a run: one name means the same in all of them.

A table that needs another meaning for a name says so where it is declared.
"""

from __future__ import annotations

from pollbench.outputs.columns import Column, by_name
from pollbench.outputs.vocabulary import accuracy, campaign, identity, manipulation, statements

VOCABULARY: dict[str, Column] = by_name(
    (
        *identity.COLUMNS,
        *accuracy.COLUMNS,
        *statements.COLUMNS,
        *campaign.COLUMNS,
        *manipulation.COLUMNS,
    )
)
