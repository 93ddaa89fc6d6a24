"""Measures of accuracy and bias, one family per file.

``registered()`` lists them, ``named("mae")`` finds one, ``skill`` sets a score against a reference.
"""

from pollbench.measures import (
    composition,
    densities,
    effective_sample,
    events,
    lead,
    log_ratio,
    no_bias,
    point,
    predictive_accuracy,
    probability,
    quantiles,
    ranks,
    samples,
    sampling_error,
)
from pollbench.measures._measure import Measure, as_order, named, registered
from pollbench.measures._skill import skill

__all__ = [
    "Measure",
    "as_order",
    "composition",
    "densities",
    "effective_sample",
    "events",
    "lead",
    "log_ratio",
    "named",
    "no_bias",
    "point",
    "predictive_accuracy",
    "probability",
    "quantiles",
    "ranks",
    "registered",
    "samples",
    "sampling_error",
    "skill",
]
