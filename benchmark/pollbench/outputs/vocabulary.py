"""The meaning of every column of the tables of a run: one name means the same in all of them.

A table that needs another meaning for a name says so where it is declared.
"""

from __future__ import annotations

from pollbench.outputs.columns import Column

VOCABULARY: dict[str, Column] = {
    column.name: column
    for column in (
        # what a row is about
        Column("contest_id", "text", "The contest."),
        Column("election_id", "text", "The election."),
        Column("country", "text", "ISO country code."),
        Column("office", "text", "What was voted on."),
        Column("year", "integer", "Year of the vote."),
        Column("round", "integer", "Number of the round, from 1."),
        Column("forecaster_id", "text", "The forecaster."),
        Column("forecast_id", "text", "The forecast."),
        Column("candidate_id", "text", "The candidate; empty for a figure about the whole forecast."),
        Column("candidate", "text", "Full name of the candidate."),
        Column("name", "text", "Name under which the figures appeared."),
        Column("house", "text", "Firm behind several names."),
        Column("family", "text", "poll, buzz, market, model or baseline."),
        Column("kind", "text", "Finer than family: quota_poll, poll_average, share_of_voice, ..."),
        Column("who", "text", "The forecaster, house or family that the row is about."),
        Column("quantity", "text", "What the figures claim to be; only vote_share is a share of votes."),
        Column(
            "status",
            "text",
            "forecast = its author presents it as one; claimed = the author, a partner or the press used it as one; index = never presented as one.",
        ),
        Column("mechanism", "text", "Attack mechanism: how the figure comes about."),
        Column("recalled", "boolean", "Known only from a text written after the vote."),
        Column(
            "lineup",
            "text",
            "Line-up that the forecast supposes; final = the official list or the real duel.",
        ),
        Column("sources", "text", "Source keys, the main one first."),
        Column("note", "text", "Remark."),
        Column(
            "transcription",
            "text",
            "single = one source; double = two independent sources agree; disputed = they disagree.",
        ),
        Column(
            "flag",
            "text",
            "Remark on the figure, such as lt (printed as below), already or base not known; empty where there is none.",
        ),
        # when
        Column("day", "date", "The day."),
        Column("public_on", "date", "Day on which it was public."),
        Column("made_on", "date", "Day; for a month or year its first day."),
        Column("made_precision", "text", "day, month or year."),
        Column("measured_from", "date", "First day of fieldwork or counting."),
        Column(
            "measured_to", "date", "Last day of fieldwork or counting, or the day at which a price stood."
        ),
        Column("first_day", "date", "Day of the first forecast."),
        Column("last_day", "date", "Day of the last forecast."),
        Column("as_of", "text", "Day, month or year to which it refers."),
        Column("days_before", "number", "Days to the vote.", "days"),
        Column("horizon_days", "number", "Days from the middle of the fieldwork to the vote.", "days"),
        Column(
            "age_days",
            "integer",
            "Age of the forecast: days from its fieldwork to the day it is counted for.",
            "days",
        ),
        Column("release", "integer", "1, 2, ... for several releases on one day."),
        Column("releases", "integer", "Number of releases."),
        Column(
            "last_release",
            "text",
            "Is it the last release of that quantity before the vote? yes, no or unknown.",
        ),
        Column("later_release", "text", "yes = a later release is known to exist; no; unknown."),
        Column("rolling_series", "text", "Rolling survey whose waves share respondents."),
        # sizes
        Column("n", "number", "Answers behind the figure; empty where none are known.", "persons"),
        Column(
            "n_basis", "text", "What n counts: expressing_n (those who state an intention) or sample_size."
        ),
        Column("sample_size", "number", "Headline sample.", "persons"),
        Column("n_candidates", "integer", "Number of candidates scored."),
        Column("n_forecasts", "integer", "Number of forecasts behind the figure."),
        Column(
            "n_eff",
            "number",
            "Size of the random sample that errs as much: what the error is worth.",
            "persons",
        ),
        Column("forecasters", "integer", "Number of forecasters."),
        Column("forecasts", "integer", "Number of forecasts."),
        Column("contests", "integer", "Number of contests."),
        Column("contest_ids", "text", "The contests."),
        Column("polls", "integer", "Number of polls."),
        Column("surveys", "integer", "Number of surveys."),
        Column("elections", "integer", "Number of earlier elections."),
        Column("named", "integer", "Number of candidates or outcomes with a figure."),
        Column("ballot", "integer", "Number of candidates who stood."),
        Column("main_candidates", "integer", "How many of the main candidates have a figure."),
        Column("main_set", "integer", "Number of main candidates of the contest."),
        Column("complete", "boolean", "The list of figures is complete."),
        Column("last", "boolean", "The last of its forecaster and question before the vote."),
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
        Column("as_of", "date", "Only what was public by this day."),
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
        # statements
        Column("claim_id", "text", "The claim."),
        Column("type", "text", "What is said to happen."),
        Column("candidates", "text", "The candidates, in order."),
        Column("hedged", "boolean", "The author wrote could or possible."),
        Column("confidence", "text", "How far the transcription may be trusted."),
        Column(
            "verdict", "text", "What became of it: true, partly, false or undefined; empty before the vote."
        ),
        Column("rule", "text", "Rule of the verdict."),
        Column("own_forecast_id", "text", "The latest forecast of the same author on that day."),
        Column("own_quantity", "text", "What the figures of that forecast claim to be."),
        Column("own_said", "text", "Candidates that those figures put in the position claimed."),
        Column(
            "own_agrees",
            "text",
            "Do the author's own figures agree with the claim? true, partly, false, or empty without figures.",
        ),
        Column("leader", "text", "Candidate it had first."),
        Column("pair", "text", "The two candidates it had first and second."),
        Column(
            "leader_verdict",
            "text",
            "Did the candidate it had first come first? true, false, or empty before the vote.",
        ),
        Column(
            "pair_verdict",
            "text",
            "How many of its first two came among the first two: true, partly or false.",
        ),
        Column("basis", "text", "How the figures are read here."),
        Column("origin", "text", "printed = a published probability; implied = computed from shares."),
        Column(
            "question",
            "text",
            "What the probability is about: leader, qualifies, winner, qualified_pair or share_band.",
        ),
        Column("condition", "text", "Pair of candidates that the figure supposes."),
        Column("printed", "number", "Probability as printed; empty for implied ones.", "%"),
        Column(
            "probability",
            "number",
            "Probability that is scored: rescaled to 100 where the list is complete.",
            "%",
        ),
        Column("occurred", "number", "1 = it happened, 0 = it did not; empty before the vote."),
        Column(
            "brier",
            "number",
            "Brier score: squared difference of probability and outcome, 0 to 1; smaller is better.",
        ),
        Column(
            "log_score",
            "number",
            "Logarithmic score of the probability of what happened; smaller is better.",
            "nats",
        ),
        Column(
            "equal_chance",
            "number",
            "Probability if all on the ballot had the same chance; empty for a band.",
            "%",
        ),
        Column("brier_of_equal_chances", "number", "Mean Brier score of equal chances on the same events."),
        Column("brier_version", "integer", "Version of the measure brier."),
        Column("log_score_version", "integer", "Version of the measure log_score."),
        Column("probability_of_what_happened", "number", "Probability given to what happened.", "%"),
        Column("statement", "text", "What is said, in our words."),
        Column("stated_value", "text", "The figure in circulation."),
        Column("official_value", "text", "The official or best value."),
        # through the campaign
        Column("distance", "number", "Mean distance of the shares to the result.", "points"),
        Column("runner_up", "text", "The second closest forecaster."),
        Column("margin", "number", "How much closer the closest was than the second.", "points"),
        Column("mean_change", "number", "Mean change of a share from one release to the next.", "points"),
        Column(
            "largest_change", "number", "Largest change of a share from one release to the next.", "points"
        ),
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
        Column(
            "deviation_from_others", "number", "Mean distance of a poll to the mean of the others.", "points"
        ),
        Column("caveat", "text", "What keeps the figure from being a proof."),
        Column("trained_on", "integer", "Number of earlier releases that the calibration learns from."),
        Column("from_polls_raw", "number", "Mean distance of the release to the polls of its day.", "points"),
        Column(
            "from_polls_calibrated", "number", "The same after calibration on earlier releases.", "points"
        ),
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
        Column(
            "learnt_weight", "number", "Mean of the weights of the elections before; empty for the first."
        ),
        Column("error_polls", "number", "Mean absolute error of the polls.", "points"),
        Column("error_own", "number", "Mean absolute error of the house.", "points"),
        Column(
            "error_blended",
            "number",
            "Mean absolute error of the polls moved by the learnt weight.",
            "points",
        ),
        Column("sentence", "text", "The finding in words."),
        # manipulation
        Column("target", "text", "Candidate whom the attack is about."),
        Column("threat_model_id", "text", "The threat model."),
        Column("defence_id", "text", "The defence; empty = none."),
        Column("budget_axis", "text", "What the budget counts: mass_pct, accounts, ..."),
        Column("budget", "number", "Size of the attack.", "of the axis"),
        Column("mass_pct", "number", "Mass of the attack in per cent of the honest base.", "%"),
        Column("accounts", "number", "Accounts or persons that the attack takes.", "accounts"),
        Column("figure_pct", "number", "Figure without an attack.", "%"),
        Column("shift_pp", "number", "Shift of the target's figure; positive = it rises.", "points"),
        Column("monte_carlo_error", "number", "Standard error of the simulated chances, 0 to 1."),
        Column(
            "assumption_low", "number", "Smallest shift with all assumptions within their ranges.", "points"
        ),
        Column(
            "assumption_high", "number", "Largest shift with all assumptions within their ranges.", "points"
        ),
        Column(
            "worst_pp",
            "number",
            "Size of the shift under the worst timing, adapted to the defence.",
            "points",
        ),
        Column(
            "certified_pp",
            "number",
            "Size of a shift that no attack of that budget passes; empty where none can be given.",
            "points",
        ),
        Column("p_lead", "number", "Chance that the attack makes the target lead, 0 to 1."),
        Column("p_top2", "number", "Chance that the attack puts the target among the first two, 0 to 1."),
        Column(
            "power_fpr01",
            "number",
            "Chance that the operator's test notices at a false positive rate of 1 per cent, 0 to 1.",
        ),
        Column(
            "evidence_class",
            "text",
            "Least sure of what the row rests on: F = read in a source, D = derived, A = assumption, U = base not known.",
        ),
        Column("unreliable", "boolean", "Rests on few records or on an unknown base."),
        Column("missing", "text", "Assumptions that would be needed to count accounts, with their units."),
        Column("params_id", "text", "The set of parameters, see robustness_parameters."),
        Column("seed", "integer", "Seed of the random numbers."),
        Column("goal", "text", "What is to be reached: plus_1, plus_2, plus_5 (points), lead, top_two."),
        Column("gap_pp", "number", "Points missing to the goal; negative = ahead.", "points"),
        Column(
            "minimal_05",
            "number",
            "Mass that suffices in 5 of 100 honest samples, in per cent of the base.",
            "%",
        ),
        Column(
            "minimal_50",
            "number",
            "Mass that suffices in 50 of 100 honest samples, in per cent of the base.",
            "%",
        ),
        Column(
            "minimal_95",
            "number",
            "Mass that suffices in 95 of 100 honest samples, in per cent of the base.",
            "%",
        ),
        Column("records", "number", "Invented answers in a sample of fixed size.", "answers"),
        Column("breakdown_pct", "number", "Share of all records that are the attacker's.", "%"),
        Column("unit", "text", "Unit of the base or parameter."),
        Column("mass", "number", "Mass that would suffice.", "of the base"),
        Column("mass_low", "number", "The least with all parameters within their ranges.", "of the base"),
        Column("mass_high", "number", "The most with all parameters within their ranges.", "of the base"),
        Column("accounts_low", "number", "The least with all parameters within their ranges.", "accounts"),
        Column("accounts_high", "number", "The most with all parameters within their ranges.", "accounts"),
        Column("person_days", "number", "Work that would suffice.", "person-days"),
        Column(
            "person_days_low", "number", "The least with all parameters within their ranges.", "person-days"
        ),
        Column(
            "person_days_high", "number", "The most with all parameters within their ranges.", "person-days"
        ),
        Column("eur", "number", "Price of what would suffice.", "euros"),
        Column("eur_low", "number", "The least with all parameters within their ranges.", "euros"),
        Column("eur_high", "number", "The most with all parameters within their ranges.", "euros"),
        Column("slope_per_percent", "number", "Shift for 1 per cent of the base.", "points"),
        Column("slope_per_1000", "number", "Shift for 1,000 accounts.", "points"),
        Column(
            "slope_per_1000_low", "number", "The least with all parameters within their ranges.", "points"
        ),
        Column(
            "slope_per_1000_high", "number", "The most with all parameters within their ranges.", "points"
        ),
        Column("elasticity", "number", "Per cent more for 1 per cent more base, all of it for the target."),
        Column("breakdown_1pp_pct", "number", "Share of the records that forces a shift of one point.", "%"),
        Column(
            "max_bias_5pct", "number", "Largest shift that 5 per cent of the records can force.", "points"
        ),
        Column("disclosure_share", "number", "Share of the parameters that are facts.", "%"),
        Column("result_pct", "number", "Share of the valid votes.", "%"),
        Column(
            "sufficient_pct",
            "number",
            "Contamination that would suffice for the excess of the figure over the result.",
            "%",
        ),
        Column("compatible_pct", "number", "Any contamination up to it is compatible with the figure.", "%"),
        Column(
            "explained_pct",
            "number",
            "Share of the squared error that such a contamination would explain, signed.",
            "%",
        ),
        Column("n_eff_at_1pct", "number", "The same under a push of 1 per cent of the base.", "persons"),
        Column("wording", "text", "How the row may be put into words."),
        Column("mae_clean", "number", "Mean absolute error without an attack.", "points"),
        Column("rank_clean", "integer", "Position without an attack."),
        Column("rank_best", "integer", "Best position that the attack can give."),
        Column("rank_worst", "integer", "Worst position that the attack can give."),
        Column("tau", "number", "Kendall's tau between the order without and under attack."),
        Column(
            "flip_budget",
            "number",
            "Smallest budget for this forecaster alone at which the order of the board changes; infinity = none.",
            "of the axis",
        ),
        Column(
            "flip_budget_together",
            "number",
            "Smallest budget for every forecaster at once at which the order of the board changes; infinity = none.",
            "of the axis",
        ),
        Column(
            "timing", "text", "When the attack comes: burst_end (in the last days) or drip (every day alike)."
        ),
        Column("shift_none", "number", "Shift without the defence.", "points"),
        Column("shift_plain", "number", "Shift with the defence under the same attack.", "points"),
        Column(
            "shift_adapted", "number", "Shift with the defence under the attack that adapts to it.", "points"
        ),
        Column("value_plain", "number", "What the defence takes away from the same attack.", "points"),
        Column(
            "value_adapted",
            "number",
            "What the defence takes away from the adapted attack; negative = it helps the attackers.",
            "points",
        ),
        Column("variance_factor", "number", "Factor on the variance of the clean figure; 1 = free."),
        Column(
            "price_pp2",
            "number",
            "Squared error that the defence adds to the clean figure.",
            "points squared",
        ),
        Column("lead_time_days", "number", "Preparation that the defence forces on the attack.", "days"),
        Column("adaptive", "text", "The attack that adapts, in words."),
        Column("settings", "text", "Settings of the defence."),
        Column("test", "text", "The test that might notice."),
        Column(
            "false_positive_rate", "number", "How often the test raises an alarm without an attack, 0 to 1."
        ),
        Column("power", "number", "Chance that the test notices, 0 to 1."),
        Column(
            "auc", "number", "Area under the curve of the test, 0.5 = no better than chance, 1 = perfect."
        ),
        Column("threshold", "number", "Threshold of the test, calibrated by simulation."),
        Column(
            "stealth_mass_pct",
            "number",
            "Mass at which the test notices every other time, in per cent of the base.",
            "%",
        ),
        Column("stealth_shift_pp", "number", "Shift at which the test notices every other time.", "points"),
        Column("output", "text", "The answer that is looked at."),
        Column("parameter", "text", "Name of the parameter."),
        Column("subject", "text", "A forecaster, a mechanism, an operation or anything named."),
        Column("assumption_id", "text", "The assumption."),
        Column("output_at_low", "number", "The answer with the parameter at its lower end.", "of the output"),
        Column(
            "output_central",
            "number",
            "The answer with all parameters at their central values.",
            "of the output",
        ),
        Column(
            "output_at_high", "number", "The answer with the parameter at its upper end.", "of the output"
        ),
        Column(
            "sobol",
            "number",
            "First-order Sobol index: share of the variance that is due to this parameter, 0 to 1.",
        ),
        Column("evidence_id", "text", "The operation."),
        Column("reported", "text", "What was reported."),
        Column("grade", "text", "documented, alleged or hypothetical."),
        Column("anachronistic", "boolean", "Its prices and tools did not exist in the campaign of 2017."),
    )
}
