"""Any table with a house, days and one column per candidate, as encyclopedias and spreadsheets have it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import printed
from pollbench.intake.columns import roles_of
from pollbench.intake.model import Counted, Draft, Figure, Question
from pollbench.intake.names import fold
from pollbench.intake.questions import (
    Days,
    days_of,
    population_of,
    round_of,
    scale_proportions,
    size_of,
    sponsors_of,
)
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, Table, read_table

#: Words by which a row is the result of a vote, not a poll.
RESULT = re.compile(
    r"\b(election|result|resultat|ergebnis|elections|scrutin|bundestagswahl|referendum|eleccion|wahl)\b"
)


def read(source: Path, request: Request) -> Draft:
    """Read one table."""
    remarks = Remarks()
    table = read_table(source, remarks)
    roles = roles_of(table, request.mapping.columns, remarks)
    return draft_of(table, roles, request, remarks)


def draft_of(table: Table, roles: dict[str, str], request: Request, remarks: Remarks) -> Draft:
    """The draft of a table whose columns are known.

    Raises
    ------
    DataError : it lacks a column of houses, days or candidates.
    """
    where = {role: column for column, role in reversed(roles.items())}
    _require(table, where, roles, request)
    dated = [where[role] for role in ("start", "end", "dates", "published") if role in where]
    texts = (row.get(column) for row in table.rows for column in dated)
    last = request.days[-1] if request.days else None
    days = days_of(texts, last, request.country, remarks, table.path.name)
    draft = Draft(remarks, columns=roles)
    for row in table.rows:
        if year := _heading_year(row):
            days.reading = type(days.reading)(days.reading.month_first, days.reading.before, year)
            continue
        _read_row(row, roles, where, request, days, draft)
    scale_proportions(draft.questions, remarks, table.path.name)
    return draft


def _require(table: Table, where: dict[str, str], roles: dict[str, str], request: Request) -> None:
    lacking = []
    if "house" not in where and not request.house:
        lacking.append("one of houses (or give --house)")
    if not {"end", "dates", "published"} & where.keys():
        lacking.append("one of days")
    if "candidate" not in roles.values():
        lacking.append("one of shares")
    if lacking:
        raise DataError(
            table.path,
            line=1,
            value=", ".join(table.columns)[:160],
            rule=f"has no column that can be read as {' or '.join(lacking)}.",
            remedy='Say what the columns are under [columns] of a mapping file ("Umfrage" = "house") and give --mapping.',
        )


def _heading_year(row: Row) -> int | None:
    """The year that a row of one cell announces."""
    filled = {cell.strip() for cell in row.cells.values() if cell.strip()}
    if len(filled) == 1 and re.fullmatch(r"(19|20)\d\d", text := filled.pop()):
        return int(text)
    return None


def _read_row(
    row: Row, roles: dict[str, str], where: dict[str, str], request: Request, days: Days, draft: Draft
) -> None:
    def cell(role: str) -> str:
        return row.get(where[role]) if role in where else ""

    house = printed.clean(cell("house") or request.house)
    question = Question(row.place, house, [], key=cell("key") and f"{house} {cell('key')}")
    try:
        question.round = round_of(cell("round"), request.round)
        for column, role in roles.items():
            if role == "candidate":
                _add_figure(question, column, row.get(column))
        question.others = _share(cell("others"))
        question.undecided = _share(cell("undecided"))
        question.size = size_of(cell("size"), row.place, draft.remarks)
        question.expressing = size_of(cell("expressing"), row.place, draft.remarks)
    except ValueError as error:
        question.refused = f"{str(error)!r} is no figure"
    if not question.figures and not question.refused:
        draft.remarks.drop(
            row.place,
            house or " ".join(row.cells.values())[:60],
            "no figure: taken for a heading or an event",
        )
        return
    days.fill(question, cell("start"), cell("end"), cell("dates"), cell("published"))
    if "end" not in where and "dates" not in where:
        question.end, question.day_is = question.published, "publication_or_fieldwork_end"
    elif "dates" in where and question.start is None:
        question.day_is = (
            "publication_or_fieldwork_end" if fold(where["dates"]) in ("date", "data") else "fieldwork_end"
        )
    question.published = question.published if "published" in where else None
    if RESULT.search(fold(house)):
        _take_result(question, request, draft)
        return
    question.sponsors = sponsors_of(cell("sponsor"))
    question.mode = "" if printed.is_nothing(cell("mode")) else printed.clean(cell("mode"))
    question.population = population_of(cell("population"))
    question.partisan = "" if printed.is_nothing(cell("partisan")) else cell("partisan")
    question.base = _base(question, cell("population"))
    question.scenario = cell("scenario")
    question.notice_url = cell("notice") if cell("notice").startswith("http") else ""
    question.note = printed.clean(cell("note"))
    draft.questions.append(question)


def _add_figure(question: Question, column: str, text: str) -> None:
    share = printed.share(text)
    if share is None:
        return
    value, flag, rest = share
    # "34 Bardella" under the heading of a party names the candidate who was tested for it.
    name = rest if re.search(r"[^\W\d_]{3}", rest) else column
    question.figures.append(Figure(name, value, flag))


def _share(text: str) -> Decimal | None:
    share = printed.share(text)
    return None if share is None else share[0]


def _base(question: Question, population: str) -> str:
    """Whom the shares are of, in words; undecided voters inside the base are said."""
    parts = [printed.clean(population)] if population and not printed.is_nothing(population) else []
    total = sum((figure.value for figure in question.figures), question.others or Decimal(0))
    if question.undecided and total + question.undecided <= 101 and total < 99:
        parts.append("undecided voters are in the base")
    return "; ".join(parts)


def _take_result(question: Question, request: Request, draft: Draft) -> None:
    """The row of the vote itself is its result; that of an earlier vote is left out."""
    if question.end in request.days and not draft.counted:
        number = request.days.index(question.end) + 1
        draft.remarks.said(f"{question.row}: the result of round {number}.")
        draft.counted = [
            Counted(figure.name, share=figure.value, round=number) for figure in question.figures
        ]
    else:
        draft.remarks.drop(question.row, question.house, "the result of another vote")


IMPORTER = Importer(
    name="wide",
    title="Table with one column per candidate",
    reads="a table (CSV, TSV, ...) with columns for house, dates, sample size and one per candidate; headings in several languages",
    refuses="headings and events inside the table, results of earlier votes, rows that add up to more than 101",
    read=read,
)
