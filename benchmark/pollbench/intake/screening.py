"""Which questions count: what lacks a day, a name or a sound sum is left out, and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake.ids import Names
from pollbench.intake.mapping import Mapping as Decided
from pollbench.intake.model import Band, Draft, Figure, Level, Question
from pollbench.intake.plan import Planned
from pollbench.intake.remarks import Remarks

#: Firms print half or whole points and balance the total: a complete list is off by a point at the most.
LOWEST, HIGHEST = Decimal(99), Decimal(101)
#: If a larger part of the rows adds up to more than 100, the table was read wrongly, not typed wrongly.
MOST_WRONG = 0.34


def total(question: Question) -> tuple[Decimal, Decimal]:
    """The smallest and the largest sum that the printed shares allow: "<0.5" is anything below."""
    printed = sum((figure.value for figure in question.figures if figure.flag != "lt"), Decimal(0))
    below = sum((figure.value for figure in question.figures if figure.flag == "lt"), Decimal(0))
    return printed, printed + below


def is_whole(question: Question) -> bool:
    """Whether the printed figures add up to 100 within a point, and nothing of the rest stands under "others"."""
    lowest, highest = total(question)
    rest = bool(question.others) and lowest < 100
    return lowest <= HIGHEST and highest >= LOWEST and not rest


def check_sums(path: Path, draft: Draft) -> None:
    """Refuse rows whose shares add up to more than 100, and a table in which many do.

    Raises
    ------
    DataError : so many rows are wrong that the table must have been read wrongly.
    """
    shares = [question for question in draft.kept() if question.quantity == "vote_share" and question.figures]
    wrong = [question for question in shares if total(question)[0] > HIGHEST]
    if len(wrong) > max(1, MOST_WRONG * len(shares)):
        first = wrong[0]
        named = ", ".join(f"{figure.name} {figure.value}" for figure in first.figures[:8])
        raise DataError(
            path,
            value=f"{first.row}: {named}",
            rule=f"{len(wrong)} of {len(shares)} rows add up to more than {HIGHEST}; this one to {total(first)[0]}.",
            remedy="Columns that are no candidate (a lead, a turnout) belong under [columns] of mapping.toml as "
            '"ignore"; a lost decimal comma must be restored in the source. Nothing was written.',
        )
    for question in wrong:
        question.refused = f"its shares add up to {total(question)[0]}"


def screen(
    draft: Draft, plans: Mapping[str, Planned], names: Names, decided: Decided, remarks: Remarks
) -> list[Question]:
    """The questions that count, their figures under ids instead of printed names; the rest is reported.

    ``house`` holds the id of the forecaster afterwards, ``figures`` those of the candidates.
    """
    counted = []
    if len(draft.races) > 1:
        remarks.guess("One name in several races is taken for one candidate.")
    for question in draft.questions:
        why = _left_out(question, plans, decided) or _renamed(question, names)
        if why:
            remarks.drop(question.row, question.house, why)
        else:
            counted.append(question)
    return counted


def _left_out(question: Question, plans: Mapping[str, Planned], decided: Decided) -> str:
    """Why a question does not count; "" if it does."""
    by_hand = decided.decided(decided.drop, question.key, question.row)
    if by_hand is not None:
        return f"mapping.toml: {by_hand or 'no reason given'}"
    if question.refused and decided.decided(decided.keep, question.key, question.row) is None:
        return question.refused
    plan = plans.get(question.race)
    if plan is None:
        return f"the race {question.race!r} is not imported"
    contest = plan.contests.get(question.round)
    if contest is None:
        return f"round {question.round} has no day: give --day once for each round"
    day = question.end or question.published
    if day is None:
        return "no day can be read"
    if day >= contest.day:
        return f"ends on {day}, the vote is on {contest.day}"
    if plan.since and day < plan.since:
        return f"before {plan.since}"
    if question.start and question.start > day:
        return f"starts on {question.start}, after its end on {day}"
    if not (question.figures or question.bands):
        return "no figure"
    rows: list[Figure | Level | Band] = [*question.figures, *question.levels, *question.bands]
    if not all(row.name.strip() for row in rows):
        return "a figure without a candidate"
    if not question.house.strip():
        return "no house"
    return ""


def _renamed(question: Question, names: Names) -> str:
    """Put ids in place of names; why the question cannot count, "" if it can."""
    house = names.house(question.house)
    if not house:
        return "mapping.toml leaves this house out"
    figures: dict[str, Figure] = {}
    for figure in question.figures:
        identity = names.person(figure.name)
        if not identity:
            continue
        if identity in figures:
            return f"two figures for {identity} ({figures[identity].value}, {figure.value})"
        figures[identity] = Figure(identity, figure.value, figure.flag, figure.lower, figure.upper)
    if question.figures and not figures:
        return "mapping.toml leaves all its candidates out"
    question.figures = list(figures.values())
    question.levels = _kept(question.levels, names.person)
    question.bands = _kept(question.bands, names.person)
    if question.levels:
        question.levels = [level for level in question.levels if level.name in figures]
    question.house = house
    return ""


def _kept(rows: list, rename: Callable[[str], str]) -> list:  # type: ignore[type-arg]
    renamed = [(rename(row.name), row) for row in rows]
    return [replace(row, name=identity) for identity, row in renamed if identity]
