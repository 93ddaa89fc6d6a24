"""``pollbench init``: an election folder to fill in, commented, and valid from the start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pollbench.errors import OutputError, PollbenchError
from pollbench.files import filled_folder, write_text
from pollbench.intake.layout import columns, to_csv
from pollbench.intake.mapping import quoted
from pollbench.intake.names import people, slug

#: Tables whose header a new folder holds, so that rows can be typed below it at once.
TABLES = ("people", "forecasters", "sources", "contests", "candidates", "results", "forecasts", "predictions")
NOT_KNOWN = "the day is not known yet: the last of the year stands for it; write the day of the vote"
PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadStart(PollbenchError):
    """What ``init`` was given makes no election."""


@dataclass(frozen=True)
class Start:
    """What a new folder starts from.

    Attributes
    ----------
    days : the day of each round.
    candidates : names of those who stand; none = not known yet.
    day_unknown : whether the day is not known yet, and another stands for it.
    """

    election_id: str
    days: Sequence[date]
    country: str = "XX"
    office: str = "office"
    title: str = ""
    candidates: Sequence[str] = ()
    day_unknown: bool = False


def start(details: Start, folder: Path) -> list[Path]:
    """Write an election folder to fill in; the files written.

    Raises
    ------
    BadStart : the id is no id, a day is missing or stands twice.
    OutputError : the folder holds something.
    """
    if not PATTERN.fullmatch(details.election_id):
        message = (
            f"{details.election_id!r} is no id: small letters, digits and hyphens, such as de-bundestag-2029."
        )
        raise BadStart(message)
    if not details.days:
        details = replace(details, days=[_last_day_of_its_year(details.election_id)], day_unknown=True)
    if list(details.days) != sorted(set(details.days)):
        message = "The days of the rounds must grow: give --day in the order of the rounds, each once."
        raise BadStart(message)
    if folder.is_dir() and any(folder.iterdir()):
        message = f"{folder} is not empty; name a new folder, or edit the one that is there."
        raise OutputError(message)
    texts = _texts(details)
    with filled_folder(folder) as fresh:
        for name, text in texts.items():
            write_text(fresh / name, text)
    return [folder / name for name in texts]


def _last_day_of_its_year(election_id: str) -> date:
    """The day that stands for one not known yet, by the year in the id."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", election_id)
    if not years:
        message = (
            f"Give --day with the day of the vote, once for each round: {election_id!r} names no year either."
        )
        raise BadStart(message)
    return date(int(years[-1]), 12, 31)


def _texts(details: Start) -> dict[str, str]:
    register = people()
    shipped = {name: register.find(name)[0] for name in details.candidates}
    new = {name: register.add(name, slug(name)) for name, identity in shipped.items() if not identity}
    ids = {**{name: identity for name, identity in shipped.items() if identity}, **new}
    contests = [
        {
            "contest_id": f"{details.election_id}-r{number}",
            "election_id": details.election_id,
            "round": str(number),
            "day": str(day),
            "advance": "1" if number == len(details.days) else "2",
            "sources": f"told:{details.election_id}",
            "note": NOT_KNOWN if details.day_unknown else "",
        }
        for number, day in enumerate(details.days, start=1)
    ]
    rows: dict[str, list[dict[str, str]]] = {
        "people": [{"candidate_id": identity, "name": name} for name, identity in new.items()],
        "contests": contests,
        # Who stands in a run-off is decided by the round before.
        "candidates": [
            {"contest_id": contests[0]["contest_id"], "candidate_id": identity} for identity in ids.values()
        ],
        "sources": [
            {
                "source_id": f"told:{details.election_id}",
                "title": "What the owner of this folder knows",
                "retrieved_from": "told to pollbench init",
            }
        ],
    }
    texts = {"election.toml": _description(details), "README.md": _readme(details)}
    for stem in TABLES:
        texts[f"{stem}.csv"] = to_csv(stem, rows.get(stem, []), columns(stem))
    return texts


def _description(details: Start) -> str:
    first = f"{details.election_id}-r1"
    return f"""\
# The election. Every line that starts with # is a remark.
election_id = {quoted(details.election_id)}
# ISO code of the country.
country = {quoted(details.country)}
# What is voted on.
office = {quoted(details.office)}
year = {details.days[0].year}
# Charts and pages print the title.
title = {quoted(details.title or details.election_id)}
# Raise it with every change of the data that others have seen.
revision = "1"
# The law on the mentions of published polls: a file of laws/, such as "fr-77-808"; "none" if there is none.
# law = "none"

# A named set of candidates on whom all forecasters are compared; without it, all who stand.
# [candidate_sets.{first}]
# main = ["one-id", "another-id"]

# Days on which no poll may appear.
# [[silence]]
# contest = "{first}"
# from = {details.days[0]}
# to = {details.days[0]}
"""


def _readme(details: Start) -> str:
    return f"""\
# {details.title or details.election_id}

An election folder of PollBench. What each column holds is in the data dictionary; a column that may be empty may be left out.

1. `sources.csv`: one row per page or file that you read figures from; `url`, or `retrieved_from` where there is none.
2. `people.csv`, `candidates.csv`: who is tested, and who stands. No candidate yet? Leave `candidates.csv` with its header.
3. `forecasters.csv`: who publishes figures. Those that PollBench ships need no row: `pollbench list forecasters`.
4. `forecasts.csv`: one row per question put to one sample; its id is forecaster, last day of fieldwork, letter:
   `firm-{details.days[0].year}-01-31-a`. `predictions.csv`: one row per printed share.
5. After the vote: `results.csv`, and `valid` in `contests.csv`.

A table of polls you have already: `pollbench import wide table.csv -o .` fills 1 to 4.

Then: `pollbench validate .`, `pollbench leaderboard .`, `pollbench run .`
"""
