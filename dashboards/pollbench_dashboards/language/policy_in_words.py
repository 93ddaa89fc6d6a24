"""The rule of comparison in words: what a policy asks for, and why it leaves a forecast out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pollbench_dashboards.language.naming import surname
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench.selection.policy import Policy

#: How a reason that names something begins -> the text that says it.
NAMING = {
    "status ": "status",
    "line-up ": "lineup",
    "public only on ": "public",
    "lacks ": "lacks",
    "scenario ": "scenario",
}
#: Reasons that name nothing -> the text that says it.
PLAIN = {
    "supposes a pair that did not meet": "condition",
    "a duel that did not take place": "duel",
    "a line-up that did not stand": "not_standing",
    "older than the round before": "round_before",
    "too old": "age",
}


def policy_in_full(policy: Policy, people: Mapping[str, str], words: Words) -> str:
    """Every field of a policy in one sentence, for people; ``Policy.describe`` says it to programmers."""
    parts = [
        words(f"rule.select_{policy.select}"),
        "" if policy.as_of is None else words("rule.as_of", day=words.day(date.fromisoformat(policy.as_of))),
        words("policy.any_age")
        if policy.within_days is None
        else words("policy.within", days=policy.within_days),
        words(f"rule.lineup_{policy.lineup.replace('-', '_')}")
        if policy.scenario is None
        else words("rule.scenario", scenario=policy.scenario),
        "" if policy.waves == "any" else words(f"rule.waves_{policy.waves}"),
    ]
    if isinstance(policy.candidates, str):
        known = words.has(f"rule.set_{policy.candidates}")
        whom = words(f"rule.set_{policy.candidates}") if known else words("rule.set", name=policy.candidates)
    else:
        whom = words("rule.chosen", names=_named(policy.candidates, people, words))
    if policy.missing.startswith("impute:"):
        gaps = words("rule.gaps_impute", baseline=policy.missing.removeprefix("impute:"))
    else:
        gaps = words(f"rule.gaps_{policy.missing}")
    return capitalised(
        words(
            "rule.sentence",
            which=", ".join(clause for clause in parts if clause),
            candidates=whom,
            quantities=words.join([_quantity(quantity, words) for quantity in policy.quantities], most=10),
            statuses=words.either(words(f"rule.status_{status}") for status in policy.statuses),
            scale=words(f"rule.scale_{policy.rescale}"),
            below=words(f"rule.below_{policy.below}"),
            gaps=gaps,
        )
    )


def reason_in_words(reason: str, people: Mapping[str, str], words: Words) -> str:
    """Why a policy leaves a forecast out; the reason itself if the texts do not know it."""
    if reason in PLAIN:
        return words(f"reason.{PLAIN[reason]}")
    for start, key in NAMING.items():
        if reason.startswith(start):
            named = reason.removeprefix(start)
            if key == "lineup":
                return _lineup(named, people, words)
            if key == "lacks":
                named = _named(named.split(", "), people, words)
            elif key == "public":
                named = words.day(date.fromisoformat(named[:10]))
            elif key == "status":
                named = words(f"status.{named}")
            return words(f"reason.{key}", named=named)
    return reason


def _lineup(lineup: str, people: Mapping[str, str], words: Words) -> str:
    """A line-up that did not stand: whom it tests besides the official list, and whom it leaves out."""
    if not lineup.startswith("x-"):
        return words("reason.near_final") if lineup == "near-final" else words("reason.lineup", named=lineup)
    added, _, absent = lineup.removeprefix("x-").partition("--no-")
    parts = [words("reason.added", names=_named(added.split("+"), people, words))] if added else []
    parts += [words("reason.absent", names=_named(absent.split("+"), people, words))] if absent else []
    return words("reason.lineup", named=", ".join(parts))


def _quantity(name: str, words: Words) -> str:
    """The plural of a quantity; that of the rarer ones is their singular."""
    return words(f"rule.quantity_{name}" if words.has(f"rule.quantity_{name}") else f"quantity.{name}")


def _named(candidates: Iterable[str], people: Mapping[str, str], words: Words) -> str:
    return words.join(
        [surname(people.get(candidate_id, candidate_id), candidate_id) for candidate_id in candidates],
        most=12,
    )
