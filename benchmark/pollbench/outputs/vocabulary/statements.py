"""Claims, events and probabilities."""

from __future__ import annotations

from pollbench.outputs.columns import Column

COLUMNS = (
    Column("claim_id", "text", "The claim."),
    Column("type", "text", "What is said to happen."),
    Column("candidates", "text", "The candidates, in order."),
    Column("hedged", "boolean", "The author wrote could or possible."),
    Column("confidence", "text", "How far the transcription may be trusted."),
    Column(
        "verdict",
        "text",
        "What became of it: true, partly, false, undefined or unverifiable; empty before the vote.",
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
)
