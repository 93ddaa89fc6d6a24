"""The tables of who moved between two rounds, and of the systems that published no forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.outputs.columns import Column
from pollbench.outputs.table import table

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.policy import Policy


@table(
    "election_id contest_id units from_option from_pct to_option method interval_kind share_pct low high possible "
    "polls poll_low poll_high polls_inside",
    "election_id from_option to_option method interval_kind",
    special={
        column.name: column
        for column in (
            Column("contest_id", "text", "The round that the voters went to."),
            Column(
                "units",
                "integer",
                "How many departments, communes or polling stations the estimate rests on.",
            ),
            Column(
                "from_option",
                "text",
                "What was chosen at the round before: a candidate, others, blank_null, abstention.",
            ),
            Column("from_pct", "number", "Voters of that option, of all registered.", "%"),
            Column(
                "to_option",
                "text",
                "What was chosen then; neither = blank_null and abstention together, so that a row adds up to 100 without it.",
            ),
            Column("method", "text", "Transfer method; bounds = what is certain whatever the voters did."),
            Column(
                "interval_kind",
                "text",
                "bounds; known_truth = nine errors of ten of the method where the true table is known; bootstrap = units drawn anew.",
            ),
            Column("share_pct", "number", "Estimate, of the voters of the option of the round before.", "%"),
            Column("low", "number", "Lower end of the interval.", "%"),
            Column("high", "number", "Upper end of the interval.", "%"),
            Column("possible", "boolean", "The bounds hold the estimate."),
            Column("polls", "integer", "Polled figures of this transfer."),
            Column("poll_low", "number", "The lowest of them.", "%"),
            Column("poll_high", "number", "The highest of them.", "%"),
            Column("polls_inside", "integer", "How many of them lie within the interval."),
        )
    },
    elsewhere=True,
)
def transfers(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Who moved where between two rounds: bounds, estimates, honest intervals, polls."""
    from pollbench.flows.table import transfers_table

    return transfers_table(bench)


@table(
    "system_id name operator used_by meaning claim claimed_on claim_sources test tested tested_where figures sources note",
    "system_id",
    special={
        column.name: column
        for column in (
            Column("system_id", "text", "Key."),
            Column("name", "text", "Name of the system, or of what was found."),
            Column("operator", "text", "Firm or organisation behind it."),
            Column("used_by", "text", "Who is said to have used it."),
            Column("meaning", "text", "What it does."),
            Column(
                "claim",
                "text",
                "What was claimed in public, in our words; empty = no claim that could be opened.",
            ),
            Column("claimed_on", "text", "Day, month or year of the claim."),
            Column("claim_sources", "text", "Source keys of the claim."),
            Column("test", "text", "What would test it."),
            Column("tested", "text", "yes, partly, no or unknown."),
            Column("tested_where", "text", "Page or table that does."),
            Column(
                "figures", "text", "Figures in circulation about it that are checked in the table figure."
            ),
        )
    },
)
def register(bench: Bench, policy: Policy) -> pd.DataFrame:
    """Systems named in reports on a campaign that published no forecast."""
    return bench.table("register")
