"""What an importer hands over: questions as its source prints them, before any id is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pollbench.intake.remarks import Remarks


@dataclass(frozen=True)
class Figure:
    """One published figure of one candidate.

    Attributes
    ----------
    name : the candidate as printed.
    value : in the unit of the question; shares and probabilities in per cent.
    flag : "lt", "gt", "about", "computed", "derived" or "".
    lower, upper : a published interval, if there is one.
    """

    name: str
    value: Decimal
    flag: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class Level:
    """One quantile of a published distribution: ``level`` between 0 and 1, ``value`` in per cent."""

    name: str
    level: Decimal
    value: Decimal


@dataclass(frozen=True)
class Band:
    """The probability, in per cent, that the share of a candidate lies between ``low`` and ``high``."""

    name: str
    low: Decimal
    high: Decimal
    value: Decimal


@dataclass
class Question:
    """One question put to one sample, or one release of one quantity.

    Attributes
    ----------
    row : where it stands in the source ("polls.csv, line 4").
    house : who published it, as printed.
    figures : the printed figures.
    race : which election it is about, where a source holds many; "" where it holds one.
    round : which round of that election.
    key : what names it in the source for good, so that a corrected copy is known again; "" if nothing does.
    sample : joins the questions put to one sample; "" = house, days and size do.
    others : shares printed for candidates without a name of their own.
    rolling : whether its source calls it a wave of a rolling survey; None = it says nothing.
    refused : why the importer leaves it out; "" = it counts.
    """

    row: str
    house: str
    figures: list[Figure]
    race: str = ""
    round: int = 1
    key: str = ""
    sample: str = ""
    start: date | None = None
    end: date | None = None
    published: date | None = None
    day_is: str = "fieldwork"
    quantity: str = "vote_share"
    size: int | None = None
    size_basis: str = ""
    expressing: int | None = None
    expressing_basis: str = ""
    undecided: Decimal | None = None
    others: Decimal | None = None
    certain: Decimal | None = None
    mode: str = ""
    sampling: str = ""
    base: str = ""
    population: str = ""
    partisan: str = ""
    sponsors: str = ""
    scenario: str = ""
    rolling: bool | None = None
    notice_url: str = ""
    note: str = ""
    refused: str = ""
    levels: list[Level] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """What a candidate got in the vote: ``votes``, or ``share`` in per cent where only that is printed."""

    name: str
    votes: int | None = None
    share: Decimal | None = None
    race: str = ""
    round: int = 1


@dataclass(frozen=True)
class Person:
    """What a source says about a candidate: the name under which figures come, and what else is known."""

    name: str
    party: str = ""
    withdrew: date | None = None


@dataclass(frozen=True)
class Race:
    """An election of a source that holds many: its day, its name, and what is voted on where."""

    race: str
    day: date | None = None
    title: str = ""
    office: str = ""
    country: str = ""


@dataclass
class Draft:
    """What an importer made of its source."""

    remarks: Remarks
    questions: list[Question] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    races: dict[str, Race] = field(default_factory=dict)
    scenarios: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)

    def kept(self) -> Iterator[Question]:
        """The questions that nothing speaks against so far."""
        return (question for question in self.questions if not question.refused)
