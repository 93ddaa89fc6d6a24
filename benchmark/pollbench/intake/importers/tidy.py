"""A table with one figure to a row: house, days, candidate, value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import printed
from pollbench.intake.columns import roles_of
from pollbench.intake.model import Draft, Figure, Question
from pollbench.intake.questions import (
    days_of,
    population_of,
    round_of,
    scale_proportions,
    size_of,
    sponsors_of,
)
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, read_table

FLAGS = ("lt", "gt", "about", "computed", "derived")
#: Roles that tell one question from another where no column numbers the questions.
TELLING = ("house", "start", "end", "dates", "published", "round", "scenario", "size", "population", "key")


def read(source: Path, request: Request) -> Draft:
    """Read one table; rows with the same house, days, size and scenario are one question."""
    remarks = Remarks()
    table = read_table(source, remarks)
    roles = roles_of(table, request.mapping.columns, remarks, tidy=True)
    where = {role: column for column, role in reversed(roles.items())}
    lacking = [role for role in ("candidate", "value") if role not in where]
    lacking += ["house"] if "house" not in where and not request.house else []
    lacking += ["end"] if not {"end", "dates", "published"} & where.keys() else []
    if lacking:
        raise DataError(
            source,
            line=1,
            value=", ".join(table.columns)[:160],
            rule=f"has no column that can be read as {', '.join(lacking)}.",
            remedy="Say what the columns are under [columns] of a mapping file and give --mapping.",
        )
    dated = [where[role] for role in ("start", "end", "dates", "published") if role in where]
    texts = (row.get(column) for row in table.rows for column in dated)
    days = days_of(texts, request.days[-1] if request.days else None, request.country, remarks, source.name)
    grouped: dict[tuple[str, ...], Question] = {}
    for row in table.rows:
        mark = tuple(row.get(where[role]) if role in where else "" for role in TELLING)
        if mark not in grouped:
            grouped[mark] = _question(row, where, request, remarks)
            cells = [
                row.get(where[role]) if role in where else ""
                for role in ("start", "end", "dates", "published")
            ]
            days.fill(grouped[mark], *cells)
        _add(grouped[mark], row, where)
    draft = Draft(remarks, list(grouped.values()), columns=roles)
    for question in draft.questions:
        if not {"end", "dates"} & where.keys():
            question.end, question.day_is = question.published, "publication_or_fieldwork_end"
    scale_proportions(draft.questions, remarks, source.name)
    return draft


def _question(row: Row, where: dict[str, str], request: Request, remarks: Remarks) -> Question:
    def cell(role: str) -> str:
        return row.get(where[role]) if role in where else ""

    house = printed.clean(cell("house") or request.house)
    question = Question(
        row.place,
        house,
        [],
        key=cell("key") and f"{house} {cell('key')} {cell('round')} {cell('scenario')}".strip(),
    )
    question.sponsors = sponsors_of(cell("sponsor"))
    question.mode = "" if printed.is_nothing(cell("mode")) else printed.clean(cell("mode"))
    question.population = population_of(cell("population"))
    question.base = "" if printed.is_nothing(cell("population")) else cell("population")
    question.partisan = "" if printed.is_nothing(cell("partisan")) else cell("partisan")
    question.scenario = cell("scenario")
    question.notice_url = cell("notice") if cell("notice").startswith("http") else ""
    question.note = printed.clean(cell("note"))
    try:
        question.round = round_of(cell("round"), request.round)
        question.size = size_of(cell("size"), row.place, remarks)
        question.expressing = size_of(cell("expressing"), row.place, remarks)
        undecided = printed.share(cell("undecided"))
        question.undecided = None if undecided is None else undecided[0]
    except ValueError as error:
        question.refused = f"{str(error)!r} is no figure"
    return question


def _add(question: Question, row: Row, where: dict[str, str]) -> None:
    def bound(role: str) -> Decimal | None:
        share = printed.share(row.get(where[role])) if role in where else None
        return None if share is None else share[0]

    try:
        value = printed.share(row.get(where["value"]))
        if value is None:
            return
        figure = Figure(
            printed.clean(row.get(where["candidate"])), value[0], value[1], bound("lower"), bound("upper")
        )
    except ValueError as error:
        question.refused = f"{row.place}: {str(error)!r} is no figure"
        return
    said = row.get(where["flag"]) if "flag" in where else ""
    if said in FLAGS:
        figure = replace(figure, flag=said)
    question.figures.append(figure)


IMPORTER = Importer(
    name="tidy",
    title="Table with one figure per row",
    reads="a table with columns house, start, end, candidate, value; round, size, scenario, sponsor, mode, key where there are",
    refuses="rows without a figure, questions that add up to more than 101",
    read=read,
)
