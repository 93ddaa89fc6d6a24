"""Probabilities of winning: one row per forecaster, day, contest and candidate, as forecasters of many states print them."""

from __future__ import annotations

from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import printed
from pollbench.intake.model import Draft, Figure, Question, Race
from pollbench.intake.names import fold
from pollbench.intake.questions import days_of
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, Table, read_table

HOUSES = ("forecaster", "model", "house", "pollster", "market", "source", "model id")
DAYS = ("published on", "published", "date", "forecast date", "day", "as of")
CANDIDATES = ("candidate", "candidate name", "name", "party")
VALUES = (
    "win prob",
    "probability",
    "prob",
    "win probability",
    "p win",
    "winprob",
    "chance",
    "p",
    "price",
    "value",
)
SHARES = ("est share", "share", "vote share", "voteshare", "predicted share", "mean")
RACES = ("contest", "race", "state", "location", "district", "constituency", "seat")
OFFICES = ("office",)


def read(source: Path, request: Request) -> Draft:
    """Read one table, or every CSV of a folder."""
    remarks = Remarks()
    draft = Draft(remarks)
    files = [source] if source.is_file() else sorted(source.glob("*.csv"))
    if not files:
        raise DataError(source, rule="holds no CSV file.", remedy="Name a table of probabilities.")
    for path in files:
        _read_table(read_table(path, remarks), request, draft)
    return draft


def _read_table(table: Table, request: Request, draft: Draft) -> None:
    folded = {fold(column): column for column in reversed(table.columns)}
    decided = {role: column for column, role in request.mapping.columns.items()}

    def column(role: str, words: tuple[str, ...]) -> str:
        return decided.get(role) or next((folded[word] for word in words if word in folded), "")

    where = {
        "house": column("house", HOUSES), "published": column("published", DAYS), "candidate": column("candidate", CANDIDATES),
        "value": column("value", VALUES), "race": column("race", RACES), "office": column("office", OFFICES),
        "share": column("share", SHARES),
    }  # fmt: skip
    lacking = [role for role in ("published", "candidate", "value") if not where[role]]
    lacking += ["house (or give --house)"] if not where["house"] and not request.house else []
    if lacking:
        raise DataError(
            table.path,
            line=1,
            value=", ".join(table.columns)[:160],
            rule=f"has no column that can be read as {', '.join(lacking)}.",
            remedy=f"A probability stands under one of {', '.join(VALUES)}; a day under one of {', '.join(DAYS)}.",
        )
    used = ", ".join(f"{name} = {role}" for role, name in where.items() if name)
    draft.remarks.said(f"{table.path.name}: columns {used}.")
    several = where["office"] and len({row.get(where["office"]) for row in table.rows}) > 1
    days = days_of(
        (row.get(where["published"]) for row in table.rows),
        None,
        request.country,
        draft.remarks,
        table.path.name,
    )
    grouped: dict[tuple[str, ...], list[Question]] = {}
    for row in table.rows:
        race = " ".join(
            word for word in (row.get(where["office"]) if several else "", row.get(where["race"])) if word
        )
        if request.race and fold(request.race) not in fold(race):
            continue
        house = printed.clean(row.get(where["house"]) or request.house)
        mark = (house, race, row.get(where["published"]))
        if mark not in grouped:
            grouped[mark] = [
                Question(row.place, house, [], race=race, quantity=name)
                for name in ("win_probability", "vote_share")
            ]
            for question in grouped[mark]:
                days.fill(question, "", "", "", row.get(where["published"]))
                question.end = question.published
        _add(grouped[mark], row, where)
        if race:
            draft.races.setdefault(race, Race(race, None, race))
    pairs = [pair for questions in grouped.values() for pair in questions if pair.figures or pair.refused]
    _to_per_cent(pairs, table.path.name, draft.remarks)
    draft.questions += pairs


def _add(questions: list[Question], row: Row, where: dict[str, str]) -> None:
    for question, role in zip(questions, ("value", "share"), strict=True):
        if not where[role]:
            continue
        text = row.get(where[role])
        try:
            # Very small probabilities are printed with an exponent.
            value = (
                None
                if printed.is_nothing(text)
                else printed.share(text)
                if "<" in text or ">" in text
                else (printed.decimal(text.rstrip("% ")), "", "")
            )
        except ValueError as error:
            question.refused = f"{row.place}: {str(error)!r} is no probability"
            continue
        name = printed.clean(row.get(where["candidate"]))
        if value is not None and name:
            question.figures.append(Figure(name, value[0], value[1]))


def _to_per_cent(questions: list[Question], name: str, remarks: Remarks) -> None:
    for quantity in ("win_probability", "vote_share"):
        some = [question for question in questions if question.quantity == quantity]
        values = [figure.value for question in some for figure in question.figures]
        if values and max(values) <= 1:
            remarks.guess(
                f"{name}: no {quantity.replace('_', ' ')} is larger than 1: read as proportions, times 100."
            )
            for question in some:
                question.figures = [
                    Figure(figure.name, figure.value * 100, figure.flag) for figure in question.figures
                ]


IMPORTER = Importer(
    name="probabilities",
    title="Probabilities of winning",
    reads="a table with one row per forecaster, day, contest and candidate: model, date, state, candidate, win_prob",
    refuses="rows without a probability",
    read=read,
    candidates="person",
    kind="statistical_model",
    family="model",
    many=True,
)
