"""Through the campaign: trends, house effects, herding, distances."""

from __future__ import annotations

from pollbench.outputs.columns import Column

COLUMNS = (
    Column("distance", "number", "Mean distance of the shares to the result.", "points"),
    Column("runner_up", "text", "The second closest forecaster."),
    Column("margin", "number", "How much closer the closest was than the second.", "points"),
    Column("mean_change", "number", "Mean change of a share from one release to the next.", "points"),
    Column("largest_change", "number", "Largest change of a share from one release to the next.", "points"),
    Column("largest_change_candidate", "text", "Candidate of the largest change."),
    Column("flip_flops", "integer", "How often the candidate it had first changed."),
    Column("leaders", "text", "Candidates it had first, in order of time."),
    Column("level", "number", "Level of the polls on that day.", "%"),
    Column("method", "text", "Method of the curve."),
    Column("effect", "number", "Difference of the house from the mean of the houses.", "points"),
    Column(
        "excludes_zero",
        "boolean",
        "The effect is significant at 5 per cent after Holm's correction over the table.",
    ),
    Column("deviation_from_others", "number", "Mean distance of a poll to the mean of the others.", "points"),
    Column("caveat", "text", "What keeps the figure from being a proof."),
    Column("trained_on", "integer", "Number of earlier releases that the calibration learns from."),
    Column("from_polls_raw", "number", "Mean distance of the release to the polls of its day.", "points"),
    Column("from_polls_calibrated", "number", "The same after calibration on earlier releases.", "points"),
    Column(
        "from_polls_naive",
        "number",
        "Distance of the polls of the day of the previous release to those of this one.",
        "points",
    ),
    Column("distance_raw", "number", "Mean distance of the release to the result.", "points"),
    Column("distance_calibrated", "number", "The same after calibration on earlier releases.", "points"),
    Column("distance_polls", "number", "Mean distance of the polls of the day to the result.", "points"),
    Column(
        "weight",
        "number",
        "Weight of the house's distance from the polls that fits the result best, in hindsight.",
    ),
    Column("learnt_weight", "number", "Mean of the weights of the elections before; empty for the first."),
    Column("error_polls", "number", "Mean absolute error of the polls.", "points"),
    Column("error_own", "number", "Mean absolute error of the house.", "points"),
    Column(
        "error_blended",
        "number",
        "Mean absolute error of the polls moved by the learnt weight.",
        "points",
    ),
    Column("sentence", "text", "The finding in words."),
)
