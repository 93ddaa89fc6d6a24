"""Measures of accuracy and bias, one family a file.

``registered()`` lists them, ``named("mae")`` finds one.
"""

from pollbench.measures import point
from pollbench.measures._measure import Measure, named, registered

__all__ = ["Measure", "named", "point", "registered"]
