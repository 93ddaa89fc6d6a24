"""Measures of accuracy and bias, one family a file.

``registered()`` lists them, ``named("mae")`` finds one.
"""

from pollbench.measures import events, point, ranks
from pollbench.measures._measure import Measure, as_order, named, registered

__all__ = ["Measure", "as_order", "events", "named", "point", "ranks", "registered"]
