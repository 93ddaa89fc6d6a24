"""Figures, results and errors, their order, and what chance alone would give."""

from __future__ import annotations

from pollbench.outputs.columns import Column

COLUMNS = (
    # figures, results and errors
    Column("forecast", "number", "The published figure as the policy reads it.", "%"),
    Column("lower", "number", "Lower end of a published interval.", "%"),
    Column("upper", "number", "Upper end of a published interval.", "%"),
    Column("result", "number", "Share of the valid votes.", "%"),
    Column("error", "number", "Forecast less result; positive = overestimated.", "points"),
    Column("measure", "text", "Name of the measure."),
    Column("component", "text", "Component of the measure, where it has several."),
    Column("value", "number", "Value of the measure.", "of the measure"),
    Column("low", "number", "Lower end of the interval."),
    Column("high", "number", "Upper end of the interval."),
    Column("measure_version", "integer", "Version of the measure; raised when its formula changes."),
    Column("policy_id", "text", "Identifier of the policy: which forecasts count and how they are read."),
    Column("dataset_revision", "text", "Revision of the data of the election."),
    Column("mae", "number", "Mean absolute error.", "points"),
    Column(
        "flat",
        "number",
        "Mean absolute error of the naive forecast that gives every candidate the same.",
        "points",
    ),
    Column(
        "squared_error",
        "number",
        "Sum of the squared errors over all published candidates and the rest.",
        "points squared",
    ),
    Column(
        "common",
        "number",
        "Correlation of the errors of the last polls of the contest: what is common to them.",
    ),
    Column(
        "excess",
        "number",
        "Error beyond that of the median poll of the same contests; negative = better.",
        "points",
    ),
    # order and inference
    Column("rank", "integer", "Position by error, 1 = smallest error; 0 = not ranked."),
    Column(
        "tied_with_best",
        "text",
        "Tied with the best: yes = this evidence does not distinguish the two, no, unknown.",
    ),
    Column(
        "tie_range",
        "number",
        "How far behind the best the furthest of as many equally good forecasters lies in 95 per cent of votes.",
        "of the measure",
    ),
    Column("tests", "integer", "Number of tests."),
    Column("expected", "number", "Tests that say too close by chance, on average."),
    Column("closer", "integer", "Tests that say that the polls are too close together."),
    Column("further", "integer", "Tests that say that the polls are too far apart."),
    Column("direction", "text", "closer or further: than random samples of their sizes are on average."),
    Column("p_closer", "number", "Chance that random samples are as close together or closer, 0 to 1."),
    Column("p_further", "number", "Chance that random samples are as far apart or further, 0 to 1."),
    Column(
        "expected_low",
        "number",
        "5 per cent quantile of what an unbiased sample of the same size would have scored.",
        "of the measure",
    ),
    Column(
        "expected_median",
        "number",
        "Median of what an unbiased sample of the same size would have scored.",
        "of the measure",
    ),
    Column(
        "expected_high",
        "number",
        "95 per cent quantile of what an unbiased sample of the same size would have scored.",
        "of the measure",
    ),
    Column(
        "luck_pct",
        "number",
        "Share of unbiased samples of the same size that score as well or better.",
        "%",
    ),
    Column(
        "percentile",
        "number",
        "Share of the polls' last errors of all elections that were no larger.",
        "%",
    ),
    Column("baseline", "number", "Score of the naive forecast.", "of the measure"),
    Column(
        "skill",
        "number",
        "1 less the error divided by that of the baseline; below 0 = worse than the baseline.",
    ),
    Column(
        "poll_average_before",
        "number",
        "Score of the average of the polls that were public before the day of the forecast.",
        "of the measure",
    ),
    Column(
        "skill_over_polls",
        "number",
        "1 less the error divided by poll_average_before; below 0 = knew less than a reader of the polls.",
    ),
    Column(
        "as_of_days",
        "integer",
        "Only what was public so many days before the vote; 0 = on its day.",
        "days",
    ),
    Column("p_value", "number", "p-value of the test described in the table, 0 to 1."),
    Column("what_happened", "text", "What happened, in words."),
    Column("what_it_proves", "text", "What one vote can prove about it, in words."),
    Column("reason", "text", "Why it is left out."),
    # bounds and disputed figures
    Column("total", "number", "Sum of the printed figures.", "points"),
    Column(
        "best",
        "number",
        "Smallest mean absolute error on the whole ballot, given what was not published.",
        "points",
    ),
    Column(
        "worst",
        "number",
        "Largest mean absolute error on the whole ballot, given what was not published.",
        "points",
    ),
    Column("behind", "integer", "Number of polls that are closer even at its best."),
    Column("dispute_id", "text", "The dispute."),
    Column("held", "number", "The figure that the data set holds.", "%"),
    Column("other", "number", "The reading that was not chosen.", "%"),
    Column("mae_other", "number", "Mean absolute error under the other reading.", "points"),
    Column("change", "number", "Error under the other reading less the error held.", "points"),
    Column("rank_other", "integer", "Position under the other reading."),
)
