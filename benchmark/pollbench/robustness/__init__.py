"""Manipulation sensitivity of the forecasters of a data set: shifts, costs, ranks, tables.

Built on the pure core in :mod:`pollbench.manipulation`; every number carries a threat model and the
parameters it rests on. Nothing here says that anybody manipulated anything: a budget "would suffice".
"""

from __future__ import annotations

from pollbench.robustness.costs import break_even
from pollbench.robustness.defending import defence_table
from pollbench.robustness.noticing import detection_table
from pollbench.robustness.sensitivity import sensitivity_table
from pollbench.robustness.stressing import stress
from pollbench.robustness.tables import (
    break_even_table,
    parameters_table,
    robust_rank_table,
    robustness_table,
    ruler_table,
    unanswered_table,
)
from pollbench.robustness.tornado import tornado_table

__all__ = [
    "break_even",
    "break_even_table",
    "defence_table",
    "detection_table",
    "parameters_table",
    "robust_rank_table",
    "robustness_table",
    "ruler_table",
    "sensitivity_table",
    "stress",
    "tornado_table",
    "unanswered_table",
]
