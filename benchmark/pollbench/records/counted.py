"""Which of the judged releases count under some coding rules, and which count as known before the vote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

#: What a page from after the vote must say of an earlier publication for it to count as known before the vote.
COUNTED = {"none": (), "corroborated": ("corroborated",), "said": ("corroborated", "said")}
#: Rules under which a release is judged: they change its claim, its error or its leader. The others choose and date it.
JUDGING = ("leader_of", "single_share", "counts", "coder")


def judging(rules: Rules) -> Rules:
    """The rules of the page with those of ``rules`` that change a claim, an error or a leader: others share its judged releases."""
    return replace(PAGE, **{name: getattr(rules, name) for name in JUDGING})


def counted(judged: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The judged releases that count under the rules, ``known_before_vote`` as the rules read it."""
    known = judged.known_before_vote
    read = known.mask(judged.public_before.isin(COUNTED[rules.later_pages]), "yes")
    if rules.unknown != "apart":
        read = read.mask(known == "unknown", {"before": "yes", "after": "no"}[rules.unknown])
    table = judged.assign(known_before_vote=read)
    if rules.claims == "unambiguous":
        table = table[table.claim_ambiguous != "yes"]
    if rules.confidence == "not_low":
        table = table[table.confidence != "low"]
    return table.reset_index(drop=True)
