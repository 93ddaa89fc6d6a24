"""The protocol of an election to come: its id and ledger for every page, and the page "How to hand in"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench_dashboards.drawing.choosing import contest_title
from pollbench_dashboards.language.naming import short_name
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words
from pollbench_dashboards.pages.scenarios import open_election

#: The steps of handing in, each with its commands: as they stand they run one after the other in an empty folder.
STEPS: dict[str, tuple[str, ...]] = {
    "fill": ("pollbench protocol template --kind model > my.csv", "pollbench protocol candidates"),
    "open_door": ("pollbench protocol receive my.csv --at 2027-04-16T18:00:00+02:00 --ledger ledger",),
    "sealed_door": (
        "SALT=$(python -c 'import secrets; print(secrets.token_hex(16))')",
        'SEAL=$(pollbench protocol seal my.csv --salt "$SALT")',
        'pollbench protocol receive --seal "$SEAL" --forecaster example-model --contest fr-pres-2027-r1 '
        "--at 2027-04-16T18:30:00+02:00 --ledger ledger",
    ),
    "reveal": (
        'pollbench protocol reveal my.csv --salt "$SALT" --at 2027-04-18T20:30:00+02:00 --ledger ledger',
    ),
    "verify": ("pollbench protocol verify --ledger ledger",),
}

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.protocol.rules import Protocol, ProtocolContest
    from pollbench_dashboards.frames.gathered import Gathered


def rules_of(bench: Bench) -> Protocol | None:
    """The protocol of the election to come; None without one."""
    from pollbench.protocol.rules import load_protocol, shipped_protocols

    election = open_election(bench)
    protocols = (load_protocol(name) for name in (shipped_protocols() if election else ()))
    return next((rules for rules in protocols if rules.election_id == election), None)


def protocol_state(bench: Bench, words: Words) -> dict[str, Any] | None:
    """The protocol of the election to come: its id, whether it is frozen, the counts of its ledger; None without one."""
    from pollbench.protocol.collection import collection_table
    from pollbench.protocol.ledger import read_ledger
    from pollbench.protocol.proofs import frozen_record
    from pollbench.protocol.registry import registry_table
    from pollbench.protocol.rules import protocol_folder

    rules = rules_of(bench)
    if rules is None:
        return None
    folder = protocol_folder(rules.name)
    record = frozen_record(folder)
    receipts = read_ledger(folder)
    table = registry_table(receipts)
    state = (
        words("protocol.frozen", day=words.day(pd.Timestamp(record["frozen_on"])))
        if record
        else words("protocol.draft")
    )
    ledger = words(
        "protocol.ledger",
        committed=words.count(int(table.committed.sum())),
        sealed=words.count(int(table.sealed.sum())),
        revealed=words.count(int(table.revealed.sum())),
        collected=words.count(int(table.collected.sum())),
    )
    return {
        "rules": rules,
        "id": rules.protocol_id,
        "state": state,
        "ledger": ledger,
        "head": receipts[-1].own_digest if receipts else "",
        "readings": collection_table(rules, receipts),
        "line": words("protocol.line", id=rules.protocol_id, state=state, ledger=ledger),
    }


def hand_in(frames: Gathered, words: Words) -> dict[str, Any]:
    """What the template of the page "How to hand in" needs."""
    from pollbench.protocol.named import may_be_named
    from pollbench.protocol.submission import COLUMNS
    from pollbench.protocol.template import EXAMPLES, example

    state = protocol_state(frames.bench, words)
    if state is None:
        return {"protocol": None}
    rules = state["rules"]
    opens = words.day(rules.opens.date())
    who = frames["forecaster"].set_index("forecaster_id").name
    names = {
        known.forecaster: short_name(known.forecaster, who.get(known.forecaster, known.forecaster), words)
        for known in rules.collected
    }
    rounds = {
        str(row.contest_id): capitalised(contest_title(row, words)) for _, row in frames["contest"].iterrows()
    }
    text: Mapping[str, str] = rules.rules.get(words.locale, rules.rules["en"])
    return {
        "protocol": state,
        "headline": words.typeset(rules.titles.get(words.locale, rules.titles["en"])),
        "deadlines": [
            {
                "contest": contest.contest_id,
                "day": words.day(contest.day),
                "round": rounds.get(contest.contest_id, contest.contest_id),
                "rungs": [_deadline(contest, rung, words) for rung in contest.rungs],
            }
            for contest in rules.contests
        ],
        "steps": [
            {"text": words(f"hand_in.{name}", opens=opens), "commands": run} for name, run in STEPS.items()
        ],
        "hours": rules.collected_hours,
        "questions": [
            {
                "asked": words(
                    "hand_in.asked",
                    names=words.join(
                        [names[known.forecaster] for known in rules.collected if known.question == question]
                    ),
                ),
                "text": question,
            }
            for question in dict.fromkeys(known.question for known in rules.collected if known.question)
        ],
        "collected": _collected(rules, state["readings"], names, words),
        "columns": [{"name": name, "meaning": words(f"submission.{name}")} for name in COLUMNS],
        "candidates": may_be_named(frames.bench, rules.election_id),
        "levels": ", ".join(rules.quantile_levels),
        "licences": ", ".join(rules.licences),
        "rules": [
            {"name": words(f"protocol_rule.{name}"), "text": words.typeset(rule)}
            for name, rule in text.items()
        ],
        "examples": [
            {"title": words(f"protocol_example.{kind.replace('-', '_')}"), "text": example(rules, kind)}
            for kind in EXAMPLES
        ],
    }


def _deadline(contest: ProtocolContest, rung: int, words: Words) -> str:
    """One deadline in words: how many days before the vote, the day that begins, its offset from UTC."""
    moment = contest.deadline(rung)
    offset = moment.strftime("%z")
    return words.plural(
        "hand_in.deadline",
        rung,
        number=words.count(rung),
        day=words.day(moment.date()),
        offset=f"{offset[:3]}:{offset[3:]}",
    )


def _collected(
    rules: Protocol, readings: pd.DataFrame, names: Mapping[str, str], words: Words
) -> list[dict[str, str]]:
    """Who is read without handing in, where, and at how many of the deadlines it was."""
    rows = []
    for listed in rules.collected:
        of_forecaster = readings[readings.forecaster_id == listed.forecaster]
        rows.append(
            {
                "name": names[listed.forecaster],
                "family": words(f"family.{listed.family}"),
                "page": listed.page,
                "read": words(
                    "hand_in.read", read=int((of_forecaster.receipt != "").sum()), due=len(of_forecaster)
                ),
            }
        )
    return rows
