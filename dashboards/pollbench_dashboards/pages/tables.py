"""The tables of the data set that the site offers for download."""

from __future__ import annotations

#: Tables of the data set offered for download.
DATA_TABLES = (
    "election",
    "contest",
    "candidate",
    "person",
    "forecaster",
    "forecast",
    "prediction",
    "event",
    "claim",
    "result",
    "department_result",
    "assumption",
    "evidence",
    "figure",
    "milestone",
    "register",
    "transfer",
    "dispute",
    "source",
)
