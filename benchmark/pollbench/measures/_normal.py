"""The normal quantile of a 95 per cent interval, once for measures, bands and margins of error."""

from __future__ import annotations

#: Two-sided: 95 per cent of a standard normal lie within so many standard deviations; printed as 1.96.
NORMAL_95 = 1.959963984540054
