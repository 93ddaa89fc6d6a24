"""Model output of a hub (hubverse): mean, median, quantile, sample, cdf and pmf rows of one or many models."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import dates, printed
from pollbench.intake.model import Band, Draft, Figure, Level, Question, Race
from pollbench.intake.names import fold
from pollbench.intake.registry import Importer, Request
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import Row, read_table

COLUMNS = ("output_type", "output_type_id", "value")
DAYS = ("origin_date", "reference_date", "forecast_date", "round_id", "published_on", "date")
CANDIDATES = ("candidate", "candidate_id", "party", "choice", "answer", "option")
RACES = ("location", "contest", "contest_id", "race", "state", "region")
TYPES = ("mean", "median", "quantile", "sample", "cdf", "pmf")
#: Levels at which samples are summed up: the median, and intervals of 50, 80, 90 and 95 %.
LEVELS = ("0.025", "0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95", "0.975")
FILE = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<model>.+)")

Mark = tuple[str, str, str, str]


@dataclass
class Output:
    """The rows of one model, day, race and target: output type -> candidate -> (id, value)."""

    row: str
    day: date
    values: dict[str, dict[str, list[tuple[str, Decimal]]]] = field(default_factory=dict)


def read(source: Path, request: Request) -> Draft:
    """Read one file, or every file of a folder such as model-output/."""
    remarks = Remarks()
    files = [source] if source.is_file() else sorted(source.rglob("*.csv"))
    if not files:
        raise DataError(source, rule="holds no CSV file.", remedy="Name model-output/, or a file of it.")
    outputs: dict[Mark, Output] = {}
    for path in files:
        _collect(path, outputs, request, remarks)
    draft = Draft(remarks)
    shares = [output for (_, _, _, quantity), output in outputs.items() if quantity == "vote_share"]
    factor = Decimal(100) if _proportions(shares) else Decimal(1)
    if factor != 1:
        remarks.guess("No share is larger than 1: read as proportions, times 100.")
    for mark, output in outputs.items():
        draft.questions += _questions(mark, output, factor, remarks)
        if mark[1]:
            draft.races.setdefault(mark[1], Race(mark[1], None, mark[1]))
    return draft


def _collect(path: Path, outputs: dict[Mark, Output], request: Request, remarks: Remarks) -> None:
    table = read_table(path, remarks)
    table.require(*COLUMNS)
    named = FILE.fullmatch(path.stem)
    day_column = next((name for name in DAYS if name in table.columns), "")
    who = next(
        (name for name in CANDIDATES if name in table.columns), "target" if "target" in table.columns else ""
    )
    where = next((name for name in RACES if name in table.columns), "")
    if not who or not (day_column or named):
        raise DataError(
            path,
            line=1,
            value=", ".join(table.columns),
            rule="names no candidate, or no day of the forecast.",
            remedy=f"It needs one of {', '.join(CANDIDATES)}, and one of {', '.join(DAYS)} or a file name such as 2030-01-01-team-model.csv.",
        )
    for row in table.rows:
        house = row.get("model_id") or request.house or (named["model"] if named else path.parent.name)
        race = row.get(where)
        if request.race and fold(request.race) not in fold(race):
            continue
        kind = row.get("output_type")
        try:
            if kind not in TYPES:
                raise ValueError(kind)
            day = dates.period(
                row.get(day_column) if day_column else str(named and named["day"]), dates.Reading()
            )[1]
            value = printed.decimal(row.get("value"))
        except (ValueError, dates.Undated) as error:
            remarks.drop(row.place, house, f"{str(error)!r} cannot be read")
            continue
        mark = (house, race, str(day), _quantity(row, who, kind))
        output = outputs.setdefault(mark, Output(row.place, day))
        name = row.get("output_type_id") if kind == "pmf" and mark[3] == "win_probability" else row.get(who)
        output.values.setdefault(kind, {}).setdefault(name, []).append((row.get("output_type_id"), value))


def _quantity(row: Row, who: str, kind: str) -> str:
    """What the figures are: named by the target; a pmf over names is one of winning."""
    target = "" if who == "target" else fold(row.get("target"))
    if "seat" in target or "sitz" in target or "siege" in target:
        return "seats"
    if "win" in target or (kind == "pmf" and not re.search(r"\d", row.get("output_type_id"))):
        return "win_probability"
    return "vote_share"


def _proportions(outputs: list[Output]) -> bool:
    """Whether no share of any model exceeds 1."""
    values = [
        value
        for output in outputs
        for kind in ("mean", "median", "quantile", "sample")
        for listed in output.values.get(kind, {}).values()
        for _, value in listed
    ]
    steps = (
        step for output in outputs for listed in output.values.get("cdf", {}).values() for step in listed
    )
    values += [share for identity, _ in steps if (share := _share(identity)) is not None]
    return bool(values) and max(values) <= 1


def _share(text: str) -> Decimal | None:
    """The share at which a distribution function is given; None if the text is none."""
    try:
        return printed.decimal(text)
    except ValueError:
        return None


def _questions(mark: Mark, output: Output, factor: Decimal, remarks: Remarks) -> list[Question]:
    house, race, _, quantity = mark
    if quantity == "win_probability":
        factor = _probability_factor(output)
    if quantity == "seats":
        factor = Decimal(1)
    question = Question(
        output.row, house, [], race=race, quantity=quantity, end=output.day, published=output.day
    )
    centres: dict[str, tuple[Decimal, str]] = {}
    for kind in ("mean", "median"):
        for name, listed in output.values.get(kind, {}).items():
            centres[name] = (listed[-1][1] * factor, "")
    for name, listed in (output.values.get("pmf", {}) if quantity == "win_probability" else {}).items():
        centres[name] = (listed[-1][1] * factor, "")
    try:
        for name, levels in _levels(output, factor, remarks).items():
            question.levels += [Level(name, level, value) for level, value in levels.items()]
            centres[name] = _centre(levels, centres.get(name))
    except ValueError as error:
        question.refused = f"{str(error)!r} is no level between 0 and 1"
    question.figures = [Figure(name, value, flag) for name, (value, flag) in centres.items()]
    questions = [question] if question.figures or question.refused else []
    if quantity == "vote_share" and (bands := _bands(output, factor, remarks)):
        event = Question(
            output.row, house, [], race=race, quantity="event", end=output.day, published=output.day
        )
        event.bands = bands
        questions.append(event)
    return questions


def _probability_factor(output: Output) -> Decimal:
    values = [value for kind in output.values.values() for listed in kind.values() for _, value in listed]
    return Decimal(100) if max(values) <= 1 else Decimal(1)


def _levels(output: Output, factor: Decimal, remarks: Remarks) -> dict[str, dict[Decimal, Decimal]]:
    """Candidate -> level -> value, from quantile rows and from samples."""
    by_level: dict[str, dict[Decimal, Decimal]] = {}
    for name, listed in output.values.get("quantile", {}).items():
        for identity, value in listed:
            level = printed.decimal(identity)
            if not 0 < level < 1:
                raise ValueError(identity)
            by_level.setdefault(name, {})[level] = value * factor
    for name, listed in output.values.get("sample", {}).items():
        import numpy as np

        remarks.said(f"Samples are summed up by their quantiles at {', '.join(LEVELS)}.")
        drawn = np.array([float(value * factor) for _, value in listed])
        points = np.quantile(drawn, [float(level) for level in LEVELS])
        by_level[name] = {
            Decimal(level): printed.rounded(Decimal(repr(float(point))))
            for level, point in zip(LEVELS, points, strict=True)
        }
    return {name: dict(sorted(levels.items())) for name, levels in by_level.items()}


def _centre(levels: dict[Decimal, Decimal], printed_one: tuple[Decimal, str] | None) -> tuple[Decimal, str]:
    """The figure beside a distribution: the printed mean or median, its median, or the middle of its innermost pair."""
    if printed_one is not None:
        return printed_one
    half = Decimal("0.5")
    if half in levels:
        return levels[half], ""
    below = [value for level, value in levels.items() if level < half]
    above = [value for level, value in levels.items() if level > half]
    inner = [*below[-1:], *above[:1]]
    return sum(inner, Decimal(0)) / len(inner), "derived"


def _bands(output: Output, factor: Decimal, remarks: Remarks) -> list[Band]:
    """Probabilities of bands of a share: the steps of a cdf, or a pmf over bands such as 20-25."""
    bands = []
    for name, listed in output.values.get("cdf", {}).items():
        before_share, before = Decimal(0), Decimal(0)
        steps = []
        for identity, value in listed:
            share = _share(identity)
            if share is None:
                remarks.drop(output.row, name, f"cdf at {identity!r}: no share")
            else:
                steps.append((share * factor, value))
        steps.sort()
        if steps and steps[-1][0] < 100:
            steps.append((Decimal(100), Decimal(1)))
        for end, value in steps:
            if end > before_share:
                bands.append(Band(name, before_share, end, (value - before) * 100))
            before_share, before = end, value
    for name, listed in output.values.get("pmf", {}).items():
        for identity, value in listed:
            ends = re.findall(r"\d+(?:\.\d+)?", identity)
            if len(ends) == 2:
                bands.append(Band(name, Decimal(ends[0]) * factor, Decimal(ends[1]) * factor, value * 100))
            else:
                remarks.drop(output.row, name, f"pmf of {identity!r}: no band with two ends")
    return bands


IMPORTER = Importer(
    name="hubverse",
    title="Model output of a hub",
    reads="a CSV of model-output/, or the folder: origin_date, candidate (or party), location, output_type, output_type_id, value",
    refuses="output types that are none of mean, median, quantile, sample, cdf, pmf; categories that are no band of a share",
    read=read,
    kind="statistical_model",
    family="model",
    many=True,
)
