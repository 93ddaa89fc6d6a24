"""Measures of accuracy and bias, one family a file.

``registered()`` lists them, ``named("mae")`` finds one.
"""

from pollbench.measures import (
    composition,
    events,
    lead,
    log_ratio,
    no_bias,
    point,
    predictive_accuracy,
    ranks,
)
from pollbench.measures._measure import Measure, as_order, named, registered

__all__ = [
    "Measure",
    "as_order",
    "composition",
    "events",
    "lead",
    "log_ratio",
    "named",
    "no_bias",
    "point",
    "predictive_accuracy",
    "ranks",
    "registered",
]
