"""Options that several verbs share: which elections, which policy, which form of output."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

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
#: Every option of a policy: its help, type and default stand here, and nowhere else.
POLICY_OPTIONS: dict[str, tuple[Any, Any]] = {
    "as_of": (
        Annotated[str | None, typer.Option(help="Only what was public by this day (2017-04-21).")],
        None,
    ),
    "within_days": (
        Annotated[int, typer.Option(help="Largest age of a forecast at the vote, in days; -1 for no limit.")],
        21,
    ),
    "select": (
        Annotated[
            str,
            typer.Option(
                help="Of each forecaster: last, mean_of_samples (several samples of one day), or all."
            ),
        ],
        "last",
    ),
    "lineup": (Annotated[str, typer.Option(help="Line-ups of polls: final, near-final, any.")], "final"),
    "candidates": (
        Annotated[
            str,
            typer.Option(help="A set (main, main4, all) or candidates separated by commas (macron,le-pen)."),
        ],
        "main",
    ),
    "quantities": (
        Annotated[
            str, typer.Option(help="Quantities separated by commas, such as vote_share,digital_share.")
        ],
        "vote_share,digital_share",
    ),
    "statuses": (
        Annotated[str, typer.Option(help="Statuses separated by commas: forecast,claimed,index.")],
        "forecast,claimed",
    ),
    "below": (
        Annotated[str, typer.Option(help='How a printed "<0.5" is read: half, zero, bound.')],
        "half",
    ),
    "missing": (
        Annotated[
            str, typer.Option(help="Forecasts that lack a candidate: drop, error, or impute:<baseline>.")
        ],
        "drop",
    ),
    "waves": (
        Annotated[
            str,
            typer.Option(
                help="Where a forecaster has both rolling waves and separate surveys: any, rolling, separate."
            ),
        ],
        "any",
    ),
    "rescale": (
        Annotated[
            str,
            typer.Option(
                help="Shares as published (none), to_100, or to the total that the candidates had (main)."
            ),
        ],
        "none",
    ),
    "scenario": (
        Annotated[
            str | None,
            typer.Option(help="A named line-up that polls tested, instead of the ballot."),
        ],
        None,
    ),
}


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


def takes_policy(*without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a verb the options of a policy, but for those of ``without``, in place of its parameter ``policy``."""
    options = {name: option for name, option in POLICY_OPTIONS.items() if name not in without}

    def give(function: Callable[..., None]) -> Callable[..., None]:
        def verb(**values: Any) -> None:
            chosen = {name: values.pop(name) for name in options}
            function(**values, policy=make_policy(**chosen))

        # The class of a policy is imported when a verb runs: the help answers at once.
        kinds = get_type_hints(function, localns={"Policy": object}, include_extras=True)
        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(function).parameters.values():
            if parameter.name == "policy":
                parameters += [
                    inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
                    for name, (kind, default) in options.items()
                ]
            else:
                annotation = kinds[parameter.name]
                parameters.append(
                    parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=annotation)
                )
        verb.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        verb.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        verb.__name__, verb.__doc__, verb.__module__ = (
            function.__name__,
            function.__doc__,
            function.__module__,
        )
        return verb

    return give


def make_policy(**options: Any) -> Policy:
    """The policy that the options say; those that are not given are at their default.

    Raises
    ------
    PolicyError : they mean nothing.
    """
    from pollbench.errors import PolicyError
    from pollbench.selection.policy import Policy

    fields = {name: default for name, (_, default) in POLICY_OPTIONS.items()} | options
    if fields["within_days"] < -1:
        message = f"--within-days is {fields['within_days']}; it is an age in days, or -1 for no limit."
        raise PolicyError(message)
    named = _split(fields["candidates"])
    fields["within_days"] = None if fields["within_days"] == -1 else fields["within_days"]
    fields["candidates"] = named if "," in fields["candidates"] else fields["candidates"]
    fields["quantities"], fields["statuses"] = _split(fields["quantities"]), _split(fields["statuses"])
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
