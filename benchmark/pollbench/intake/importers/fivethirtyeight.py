"""FiveThirtyEight: raw-polls.csv of the pollster ratings, and president_polls.csv and the like."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import dates, printed
from pollbench.intake.model import Counted, Draft, Figure, Question, Race
from pollbench.intake.names import fold
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, Table, read_table

RATED = (
    "race",
    "pollster",
    "polldate",
    "samplesize",
    "cand1_name",
    "cand1_pct",
    "cand2_name",
    "cand2_pct",
    "electiondate",
)
LISTED = ("pollster", "end_date", "question_id", "pct")
POPULATIONS = {"a": "adults", "rv": "registered", "lv": "likely", "v": "likely"}
READING = dates.Reading(month_first=True)


def read(source: Path, request: Request) -> Draft:
    """Read one of the two tables; --race names a race, such as 2020_Pres-G_WI or Wisconsin."""
    remarks = Remarks()
    table = read_table(source, remarks)
    draft = Draft(remarks)
    if set(RATED) <= set(table.columns):
        _rated(table, draft, request)
    elif set(LISTED) <= set(table.columns):
        _listed(table, draft, request)
    else:
        raise DataError(
            source,
            line=1,
            value=", ".join(table.columns)[:160],
            rule="is neither raw-polls.csv nor a list such as president_polls.csv.",
            remedy=f"The first has {', '.join(RATED)}; the second {', '.join(LISTED)}.",
        )
    if not draft.questions:
        raise DataError(
            source,
            value=request.race,
            rule="holds no poll of such a race.",
            remedy="See the column race or state for names.",
        )
    return draft


def _wanted(request: Request, *names: str) -> bool:
    wish = fold(request.race)
    return not wish or any(wish == fold(name) or wish in fold(name) for name in names)


def _rated(table: Table, draft: Draft, request: Request) -> None:
    """raw-polls.csv: one row per poll of two candidates, with the result."""
    draft.remarks.said(
        "The result of each race is that of its first row (cand1_actual, cand2_actual): two candidates, in per cent."
    )
    for row in table.rows:
        race = row.get("race")
        if not _wanted(request, race, row.get("location")):
            continue
        identity = row.get("question_id") or row.get("pollno")
        key = f"538 {identity}" if identity else ""
        question = Question(row.place, printed.clean(row.get("pollster")), [], race=race, key=key)
        if row.get("poll_id"):
            question.sample = row.get("poll_id")
        try:
            names = [_candidate(row, number) for number in (1, 2)]
            question.end = dates.period(row.get("polldate"), READING)[1]
            question.day_is = "fieldwork_end"
            question.size = printed.count(row.get("samplesize"))
            for number, name in enumerate(names, start=1):
                share = printed.share(row.get(f"cand{number}_pct"))
                if share is not None:
                    question.figures.append(Figure(name, share[0], share[1]))
            day = dates.period(row.get("electiondate"), READING)[1]
        except (ValueError, dates.Undated) as error:
            draft.remarks.drop(row.place, question.house, f"{str(error)!r} cannot be read")
            continue
        question.partisan = row.get("partisan")
        question.mode = row.get("methodology")
        question.note = printed.clean(row.get("comment"))
        draft.questions.append(question)
        if race not in draft.races:
            draft.races[race] = Race(
                race,
                day,
                f"{row.get('year')} {row.get('type_simple')} {row.get('location')}".strip(),
                row.get("type_simple"),
                "US",
            )
            draft.counted += _result(row, race, names)


def _candidate(row: Row, number: int) -> str:
    """The name of a candidate; "Generic Candidate" and the like are distinguished by their party."""
    name = printed.clean(row.get(f"cand{number}_name"))
    party = row.get(f"cand{number}_party")
    if not name:
        column = f"cand{number}_name"
        raise ValueError(column)
    return f"{name} ({party})" if party and fold(name).startswith("generic") else name


def _result(row: Row, race: str, names: list[str]) -> list[Counted]:
    counted = []
    for number, name in enumerate(names, start=1):
        try:
            share = printed.share(row.get(f"cand{number}_actual"))
        except ValueError:
            share = None
        if share is None:
            return []
        counted.append(Counted(name, share=share[0], race=race))
    return counted


def _listed(table: Table, draft: Draft, request: Request) -> None:
    """president_polls.csv: one row per answer; rows of one question_id are one question."""
    grouped: dict[str, Question] = {}
    for row in table.rows:
        if row.get("stage") and fold(row.get("stage")) not in ("general", "runoff"):
            draft.remarks.drop(row.place, row.get("pollster"), f"stage {row.get('stage')}")
            continue
        try:
            day = _day(row.get("election_date"))
        except dates.Undated as error:
            draft.remarks.drop(row.place, row.get("pollster"), f"election_date {str(error)!r} is no day")
            continue
        office, state = row.get("office_type"), row.get("state") or "US"
        cycle = row.get("cycle") or (str(day.year) if day else "")
        race = " ".join(word for word in (cycle, office, state, row.get("seat_name")) if word)
        if not _wanted(request, race, state, row.get("race_id")):
            continue
        key = f"538 {row.get('poll_id')} {row.get('question_id')}"
        if key not in grouped:
            grouped[key] = _question(row, race, key)
            draft.races.setdefault(race, Race(race, day, race, office, "US"))
        try:
            share = printed.share(row.get("pct"))
        except ValueError as error:
            grouped[key].refused = f"{row.place}: {str(error)!r} is no share"
            continue
        name = printed.clean(row.get("candidate_name") or row.get("answer") or row.get("choice"))
        if share is not None and name:
            grouped[key].figures.append(Figure(name, share[0]))
    draft.questions = list(grouped.values())


def _question(row: Row, race: str, key: str) -> Question:
    question = Question(
        row.place, printed.clean(row.get("display_name") or row.get("pollster")), [], race=race, key=key
    )
    # The likely and the registered voters of one poll are two samples.
    question.sample = f"{row.get('poll_id')} {row.get('population')}"
    try:
        question.start = _day(row.get("start_date"))
        question.end = _day(row.get("end_date"))
        question.size = printed.count(row.get("sample_size"))
    except ValueError as error:
        question.refused = f"{str(error)!r} cannot be read"
    question.population = POPULATIONS.get(row.get("population").casefold(), "")
    question.base = row.get("population_full") or row.get("population")
    question.partisan = row.get("partisan")
    question.mode = row.get("methodology")
    question.sponsors = re.sub(r",\s*", "; ", row.get("sponsors"))
    question.notice_url = row.get("url") if row.get("url").startswith("http") else ""
    question.note = printed.clean(row.get("notes"))
    if fold(row.get("hypothetical")) == "true":
        question.scenario = "hypothetical"
    return question


def _day(text: str) -> date | None:
    return dates.period(text, READING)[1] if text else None


IMPORTER = Importer(
    name="fivethirtyeight",
    title="FiveThirtyEight polls",
    reads="raw-polls.csv of the pollster ratings (with results), or president_polls.csv and its siblings; --race names one race",
    refuses="primaries and other stages, rows without two candidates",
    read=read,
    candidates="person",
    kind="random_poll",
    many=True,
    source={
        "publisher": "FiveThirtyEight",
        "url": "https://github.com/fivethirtyeight/data",
        "licence": "CC BY 4.0",
    },
)
