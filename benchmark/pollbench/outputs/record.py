"""The tables of the world record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.outputs.columns import Column, by_name
from pollbench.outputs.table import table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.records.record import Record
    from pollbench.selection.policy import Policy

#: What columns mean in the tables of the record.
WORDS = by_name(
    (
        Column("method", "text", "Kind of method of the release: search, tone, account_panel, market, ..."),
        Column("digital", "boolean", "Counts posts, searches, likes or talk, alone or with polls."),
        Column("claim_kind", "text", "What the release claims to be, as printed."),
        Column("claim_ambiguous", "text", "yes = the claim could be read as another kind."),
        Column(
            "known_before_vote",
            "text",
            "yes = the page is from before the polls closed; no = from after; unknown.",
        ),
        Column("public_before", "text", "What a page from after the vote says of an earlier publication."),
        Column("transcription", "text", "double = coded by two readers; single = by one."),
        Column(
            "added_by",
            "text",
            "Coder who came upon it: first, second, or one who added to the collection later.",
        ),
        Column(
            "read_by",
            "text",
            "double = coded by two readers; sampled = of the first collection, of which a second reader read a sample; single = by one.",
        ),
        Column("election", "text", "Title of the vote."),
        Column("inputs_polls", "text", "Whether polls of the contest enter it."),
        Column("first_seen_on", "date", "Day of the page that carries it, where one is printed."),
        Column("days_before", "number", "Days from that page to the vote; negative = after it.", "days"),
        Column("two_answers", "boolean", "The vote had two answers."),
        Column("named", "integer", "Names with a printed figure."),
        Column("mae", "number", "Mean absolute error of the printed names that have a result.", "points"),
        Column(
            "lead_error", "number", "Error on the lead of the first two of the result among them.", "points"
        ),
        Column("leader", "text", "The option that the figures had in front."),
        Column(
            "winner", "text", "The option that led the vote, or won it where a chance or a winner is claimed."
        ),
        Column("leader_right", "number", "1 = the same; a shared lead counts in shares."),
        Column("blind_chance", "number", "Chance of picking the leader blind among the names printed."),
        Column("figures", "text", "The figures as printed."),
        Column("url", "text", "Address of the page."),
        Column("location", "text", "Where on the page they stand, in our words."),
        Column(
            "coders",
            "text",
            "double = releases coded by two readers; first_collection = of which a second reader read a sample; all = every release.",
        ),
        Column("known", "text", "before = known before the vote; after = told afterwards, or unknown."),
        Column("record_group", "text", "Group of releases: all digital ones, a claim, a method."),
        Column("right", "number", "Releases whose leader led the result; a shared lead counts in shares."),
        Column("releases_share", "number", "The same, of the releases.", "%"),
        Column("contest_share", "number", "The same over contests, each once.", "%"),
        Column("blind", "number", "How many picking blind among the names printed would have had."),
        Column("contest_blind", "number", "The same over contests.", "%"),
        Column("median_mae", "number", "Median error of the releases in shares.", "points"),
        Column("mae_low", "number", "Lower end of its interval.", "points"),
        Column("mae_high", "number", "Upper end of its interval.", "points"),
        Column("mae_releases", "integer", "Releases with an error."),
        Column("coding", "text", "How doubtful releases are coded, or which are left out."),
        Column("before", "integer", "Releases known before the vote."),
        Column("after", "integer", "Releases told afterwards."),
        Column("before_houses", "integer", "Houses of those known before."),
        Column("after_houses", "integer", "Houses of those told afterwards."),
        Column("before_median", "number", "Median error of those known before.", "points"),
        Column("after_median", "number", "Median error of those told afterwards.", "points"),
        Column("ratio", "number", "The first median over the second."),
        Column("p_releases", "number", "Mann-Whitney test of the releases, two-sided."),
        Column("p_house_means", "number", "Mann-Whitney test of one mean per house and side, two-sided."),
        Column(
            "p_houses",
            "number",
            "Permutation of these means between the sides, difference of medians, two-sided.",
        ),
        Column("without_house_low", "number", "Smallest p_releases when one house is left out."),
        Column("without_house_high", "number", "Largest p_releases when one house is left out."),
        Column("candidates", "integer", "Names compared."),
        Column("digital_mae", "number", "Mean absolute error of the digital figure.", "points"),
        Column(
            "polls_mae",
            "number",
            "Mean absolute error of the mean of the polls of the last ten days.",
            "points",
        ),
        Column(
            "excess",
            "number",
            "The first less the second; negative = the digital figure was closer.",
            "points",
        ),
        Column("digital_lead_error", "number", "Error of the digital figure on the lead.", "points"),
        Column("polls_lead_error", "number", "Error of the polls on the lead.", "points"),
        Column(
            "digital_closer",
            "boolean",
            "The digital figure was closer on the lead (on the one name, where one is compared).",
        ),
        Column("polls", "integer", "Polls that are averaged."),
        Column("pairs", "integer", "Releases with a lead and polls beside them."),
        Column("closer_pairs", "integer", "Of them, those that were closer on the lead than the polls."),
        Column("p_sign", "number", "Sign test over contests, two-sided."),
        Column("median_digital", "number", "Median error of the digital figures on the lead.", "points"),
        Column("median_polls", "number", "Median error of the polls on the lead.", "points"),
        Column("predictors", "text", "What the result is predicted from."),
        Column("cells", "integer", "Pairs of release and name."),
        Column("gain", "number", "How much better than the polls alone; negative = worse.", "points"),
        Column("contests_better", "integer", "Contests in which it was better."),
        Column("weight_polls", "number", "Weight of the polls in the regression."),
        Column("weight_digital", "number", "Weight of the digital figure in the regression."),
        Column("rule", "text", "The coding rule that differs from those of the page; page = none does."),
        Column("value", "text", "Its value."),
        Column("who", "text", "market, or others."),
        Column("chances", "integer", "Printed chances of winning whose outcome is known."),
        Column("low_chance", "number", "Lower end of the bin; empty = all of them.", "%"),
        Column("high_chance", "number", "Upper end of the bin; empty = all of them.", "%"),
        Column("mean_chance", "number", "Mean of the printed chances.", "%"),
        Column("came_true", "number", "Share that came true.", "%"),
        Column("brier", "number", "Mean Brier score of an outcome, 0 to 1."),
        Column("reliability", "number", "Murphy's reliability term; 0 is best."),
        Column("resolution", "number", "Murphy's resolution term; more is better."),
        Column("uncertainty", "number", "Murphy's uncertainty term."),
        Column("chance", "number", "Printed chance.", "%"),
        Column("recalibrated", "number", "Frequency that isotonic regression gives it.", "%"),
        Column("miscalibration", "number", "What isotonic recalibration would gain; 0 is best."),
        Column(
            "discrimination",
            "number",
            "What the recalibrated chances gain over the base rate; more is better.",
        ),
        Column("threshold", "number", "Chance above which a person acts.", "%"),
        Column("score", "number", "Mean elementary score at that threshold, 0 to 1; lower is better."),
        Column("base_score", "number", "The same of the base rate."),
        Column("figure_before", "number", "The figure as last known before the vote, in per cent or seats."),
        Column("before_forecast", "text", "The release that carries it."),
        Column("figure_after", "number", "The figure as told after the vote."),
        Column("after_forecast", "text", "The release that tells it."),
        Column("result", "number", "What came out, in per cent or seats."),
        Column("moved_closer", "boolean", "The figure as told after the vote is closer to what came out."),
        Column(
            "last", "boolean", "The last release of the forecaster in the contest, on its side of the vote."
        ),
        Column("first_year", "integer", "Year of its first vote here."),
        Column("last_year", "integer", "Year of its last vote here."),
        Column("known_before", "integer", "Releases known before the vote."),
        Column("led_before", "integer", "Of them, those in shares that name a leader and have a result."),
        Column("right_before", "number", "Of these, those whose leader led the result."),
        Column("median_before", "number", "Median error of those known before.", "points"),
        Column("told_after", "integer", "Releases told afterwards, or of unknown day."),
        Column("right_after", "number", "Of them, those whose leader led the result."),
        Column("median_after", "number", "Median error of those told afterwards.", "points"),
    )
)


def _record(bench: Bench) -> Record:
    from pollbench.records.record import record_beside

    return record_beside(bench)


@table(
    "forecast_id contest_id election country year day forecaster_id name method digital claim_kind claim_ambiguous known_before_vote public_before transcription added_by read_by confidence inputs_polls first_seen_on days_before two_answers named mae lead_error leader winner leader_right blind_chance figures url location note",
    "forecast_id",
    special=WORDS,
)
def record_releases(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Every digital, machine and market prediction of the world record, and what it came to."""
    return _record(bench).releases


@table(
    "coders known record_group releases contests right releases_share contest_share low high blind contest_blind median_mae mae_low mae_high mae_releases seed",
    "coders known record_group",
    special=WORDS,
)
def record_leader_calls(bench: Bench, policy: Policy) -> pd.DataFrame:
    """How often the leader of the figures led the result, beside picking blind."""
    return _record(bench).leader_calls


@table(
    "coding before after before_houses after_houses before_median after_median ratio low high p_releases p_house_means p_houses without_house_low without_house_high seed",
    "coding",
    special=WORDS,
)
def record_before_after(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Errors of what was known before the vote and of what was told afterwards, under every coding."""
    return _record(bench).before_after


@table(
    "forecast_id contest_id name method known_before_vote inputs_polls read_by candidates digital_mae polls_mae excess digital_lead_error polls_lead_error digital_closer polls",
    "forecast_id",
    special=WORDS,
)
def record_pairs(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Digital figures beside the polls of the same days, those that were closer first."""
    return _record(bench).pairs


@table(
    "coders known pairs contests closer_pairs contest_share low high p_sign median_digital median_polls seed",
    "coders known",
    special=WORDS,
)
def record_pairs_summary(bench: Bench, policy: Policy) -> pd.DataFrame:
    """How often the digital figure was closer than the polls of the same days."""
    return _record(bench).pairs_summary


@table(
    "predictors cells contests mae gain contests_better weight_polls weight_digital",
    "predictors",
    special=WORDS,
)
def record_adds_to_polls(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Whether the digital figure adds to the poll average, whole contests left out."""
    return _record(bench).adds_to_polls


@table(
    "who known chances contests low_chance high_chance mean_chance came_true brier reliability resolution uncertainty",
    "who known low_chance",
    special=WORDS,
)
def record_chances(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Printed chances of winning over many contests, and what came true."""
    return _record(bench).chances


@table(
    "forecaster_id name method contests releases first_year last_year known_before led_before right_before median_before told_after right_after median_after",
    "forecaster_id",
    special=WORDS,
)
def record_tracks(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Track record of every forecaster of the world record."""
    return _record(bench).tracks


@table(
    "rule value coders releases right contests contest_share contest_blind median_mae before_median after_median ratio pairs closer_pairs",
    "rule value coders",
    special=WORDS,
)
def record_rules(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What every single change of a coding rule of the world record moves."""
    return _record(bench).rules_table


@table(
    "who chances contests brier miscalibration discrimination uncertainty",
    "who",
    special=WORDS,
)
def record_corp(bench: Bench, policy: Policy) -> pd.DataFrame:
    """The Brier score of printed chances known before the vote in three terms, by isotonic recalibration."""
    return _record(bench).corp


@table("who chance recalibrated low high", "who chance", special=WORDS)
def record_calibration(bench: Bench, policy: Policy) -> pd.DataFrame:
    """How often what was printed as a chance came true, recalibrated, with a band from contests drawn anew."""
    return _record(bench).calibration


@table("who threshold score base_score", "who threshold", special=WORDS)
def record_murphy(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Mean elementary scores of printed chances over thresholds: the Murphy diagram."""
    return _record(bench).murphy


@table(
    "forecaster_id name contest_id election claim_kind candidate_id candidate figure_before before_forecast figure_after after_forecast result moved_closer",
    "after_forecast candidate_id",
    special=WORDS,
)
def record_retold(bench: Bench, policy: Policy) -> pd.DataFrame:
    """What changed in the telling: figures of one forecaster for one vote, known before it and told after it."""
    return _record(bench).retold


@table(
    "forecast_id forecaster_id name contest_id year known_before_vote last named mae leader_right",
    "forecast_id",
    special=WORDS,
)
def record_held(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Digital figures of the French elections held in full, on the scale of the world record."""
    from pollbench.records.elections_held import held_table

    return held_table(bench)
