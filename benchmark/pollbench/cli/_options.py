"""Options that several verbs share: which elections, which policy, which form of output."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pollbench.selection.policy import Policy

DEFAULT_ELECTION = "fr-pres-2017"


class Format(StrEnum):
    """Forms in which a table is printed or written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


Elections = Annotated[
    list[str] | None, typer.Argument(help="Ids or folders; all shipped elections if none is named.")
]
FewElections = Annotated[
    list[str] | None,
    typer.Argument(
        help=f"Ids of elections, or folders laid out like one; {DEFAULT_ELECTION} if none is named."
    ),
]
MoreElections = Annotated[
    list[str] | None,
    typer.Option("--election", "-e", help="The same as an option: an id or a folder; repeatable."),
]
Contest = Annotated[str | None, typer.Option("--contest", help="Only this round, such as fr-pres-2017-r1.")]
Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        help="Before the ballot is known: the polled line-up that stands in for it; repeatable, one a round.",
    ),
]
TableFormat = Annotated[Format, typer.Option("--format", help="Form of the output.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")
]
AsOf = Annotated[str | None, typer.Option(help="Only what was public by this day (2017-04-21).")]
WithinDays = Annotated[
    int, typer.Option(help="Largest age of a forecast at the vote, in days; -1 for no limit.")
]
Select = Annotated[
    str,
    typer.Option(help="Of each forecaster: last, mean_of_samples (several samples of one day), or all."),
]
Lineup = Annotated[str, typer.Option(help="Line-ups of polls: final, near-final, any.")]
Candidates = Annotated[
    str, typer.Option(help="A set (main, main4, all) or candidates separated by commas (macron,le-pen).")
]
Quantities = Annotated[
    str, typer.Option(help="Quantities separated by commas, such as vote_share,digital_share.")
]
Statuses = Annotated[str, typer.Option(help="Statuses separated by commas: forecast,claimed,index.")]
Below = Annotated[str, typer.Option(help='How a printed "<0.5" is read: half, zero, bound.')]
Waves = Annotated[
    str,
    typer.Option(
        help="Where a forecaster has both rolling waves and separate surveys: any, rolling, separate."
    ),
]
Rescale = Annotated[
    str,
    typer.Option(help="Shares as published (none), to_100, or to the total that the candidates had (main)."),
]
Scenario = Annotated[
    str | None, typer.Option(help="A named line-up that polls tested, instead of the ballot.")
]
Missing = Annotated[
    str, typer.Option(help="Forecasts that lack a candidate: drop, error, or impute:<baseline>.")
]


SiteMoment = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="The moment for which the site is built, 2027-04-17T10:00:00+02:00: elections in their legal silence are left out.",
    ),
]


def asked_for(
    elections: list[str] | None, more: list[str] | None, default: tuple[str, ...] = (DEFAULT_ELECTION,)
) -> tuple[str, ...]:
    """The elections that a command names, as arguments and with ``-e`` alike; ``default`` if it names none."""
    return (*(elections or ()), *(more or ())) or default


def make_policy(
    as_of: str | None,
    within_days: int,
    select: str,
    lineup: str,
    candidates: str,
    quantities: str,
    statuses: str,
    below: str,
    missing: str,
    waves: str,
    rescale: str,
    scenario: str | None,
) -> Policy:
    """The policy that the options say; PolicyError if they mean nothing."""
    from pollbench.errors import PolicyError
    from pollbench.selection.policy import Policy

    if within_days < -1:
        message = f"--within-days is {within_days}; it is an age in days, or -1 for no limit."
        raise PolicyError(message)
    named = _split(candidates)
    fields: dict[str, Any] = {
        "as_of": as_of,
        "within_days": None if within_days == -1 else within_days,
        "select": select,
        "lineup": lineup,
        "candidates": named if "," in candidates else candidates,
        "quantities": _split(quantities),
        "statuses": _split(statuses),
        "below": below,
        "missing": missing,
        "waves": waves,
        "rescale": rescale,
        "scenario": scenario,
    }
    return Policy(**fields)


def _split(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def day_of(option: str, text: str) -> date:
    """The day that an option names; BadDay if it names none."""
    from pollbench.errors import BadDay

    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{option} is {text!r}; write a day such as 2027-04-18."
        raise BadDay(message) from None
