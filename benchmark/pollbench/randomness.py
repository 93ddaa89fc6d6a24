"""The seed from which every draw starts where no other is given; every table that rests on draws prints it."""

from __future__ import annotations

#: The day of the first round of 2017; any number would do, it only has to be the same for all.
SEED = 20170423
