"""From the votes of many units at two votes to a table of who moved where: pure methods, one a file.

``registered()`` lists them, ``named("lphom")`` finds one. A method takes the votes of the units as two
arrays (units, options) and returns one table of votes; it knows no election and no file.
"""

from pollbench.ecological import bounds, goodman_free, goodman_simplex, independence, local_step, lphom
from pollbench.ecological._method import TransferMethod, named, registered
from pollbench.ecological.bootstrap import bootstrap
from pollbench.ecological.error import heterogeneity, index_of_error
from pollbench.ecological.margins import balanced, imbalance_pct, row_shares

__all__ = [
    "TransferMethod",
    "balanced",
    "bootstrap",
    "bounds",
    "goodman_free",
    "goodman_simplex",
    "heterogeneity",
    "imbalance_pct",
    "independence",
    "index_of_error",
    "local_step",
    "lphom",
    "named",
    "registered",
    "row_shares",
]
