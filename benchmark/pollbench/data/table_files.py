"""Which table stands in which file of an election folder, and in which order tables refer to each other."""

from __future__ import annotations

#: Table -> stem of its file. Shared ones stand beside the election folders; an election may add to them.
SHARED = {
    "source": "sources",
    "person": "people",
    "forecaster": "forecasters",
    "register": "register",
    "assumption": "assumptions",
}
PER_ELECTION = {
    "contest": "contests",
    "candidate": "candidates",
    "result": "results",
    "department_result": "departments",
    "scenario": "scenarios",
    "forecast": "forecasts",
    "prediction": "predictions",
    "quantile": "quantiles",
    "event": "events",
    "claim": "claims",
    "evidence": "evidence",
    "figure": "figures",
    "outcome": "outcomes",
    "release": "releases",
    "printed_figure": "printed_figures",
    "omitted_figure": "omitted_figures",
    "milestone": "milestones",
    "transfer": "transfers",
    "dispute": "disputes",
    "waiver": "waivers",
}
#: Files of a folder that holds many elections; where it holds one, its election.toml says the same.
PER_COLLECTION = {"silence": "silences", "candidate_set": "candidate_sets"}
#: Without it there is no election; every other file may be missing.
REQUIRED = "contest"
#: An order in which references point backwards.
INSERTION_ORDER = (
    *SHARED,
    "election",
    "contest",
    *PER_COLLECTION,
    *(table for table in PER_ELECTION if table != "contest"),
)
