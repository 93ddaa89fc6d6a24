"""A submission: one CSV file of one forecaster about one contest, checked before anything is recorded."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from pollbench.data.csv_files import read_text_table
from pollbench.errors import DataError
from pollbench.protocol.rules import Protocol

COLUMNS = (
    "forecaster", "contest", "target", "output_type", "level", "candidate", "value", "made_at", "inputs_polls",
    "inputs_markets", "claim", "licence",
)  # fmt: skip
#: What may be forecast, with the types of output that say it.
TARGETS = {
    "vote_share": ("share", "quantile"),
    "leader": ("probability",),
    "qualifies": ("probability",),
    "winner": ("probability",),
}
CLAIMS = ("forecast", "index")
INPUTS = ("yes", "no", "unknown")
#: Columns with one value for the whole file.
CONSTANT = ("forecaster", "contest", "made_at", "inputs_polls", "inputs_markets", "claim", "licence")
#: Shares are printed rounded; their total may exceed 100 by so much, in points.
TOLERANCE = Decimal("0.5")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,6})?")


@dataclass(frozen=True)
class Row:
    """One figure of a submission; ``level`` is empty unless it is a quantile."""

    line: int
    target: str
    output_type: str
    level: str
    candidate: str
    value: Decimal


@dataclass(frozen=True)
class Submission:
    """A submission that fulfils every rule on its content.

    Attributes
    ----------
    path, digest : the file and the SHA-256 of its bytes.
    forecaster, contest_id, made_at, claim, licence, inputs_polls, inputs_markets : as stated, once for all rows.
    rows : the figures.
    """

    path: Path
    digest: str
    forecaster: str
    contest_id: str
    made_at: datetime
    inputs_polls: str
    inputs_markets: str
    claim: str
    licence: str
    rows: tuple[Row, ...]


def moment(text: str) -> datetime | None:
    """A moment in ISO form with its offset from UTC, else None.

    Examples
    --------
    >>> moment("2027-04-16T23:59:00+02:00").isoformat()
    '2027-04-16T23:59:00+02:00'
    >>> moment("2027-04-16") is None
    True
    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else None


def read_submission(
    path: Path, protocol: Protocol, candidates: Collection[str], *, collected: bool = False
) -> Submission:
    """Read and check a submission.

    Parameters
    ----------
    path : the file.
    protocol : the rules.
    candidates : who may be named: the ballot, before it is known everyone a poll of the election tested.
    collected : it is no submission but a public figure written down: a quotation, which states no licence.

    Raises
    ------
    DataError : the first rule that the file breaks, with line, column, value and remedy.
    """
    table, offences = read_text_table(path, COLUMNS)
    if offences or table is None:
        raise offences[0]
    if not table.rows:
        raise DataError(path, line=1, rule="has a header and no figure.", remedy="Give one figure a line.")
    cells = [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]
    refuse = _Refusal(path)
    _require_constants(cells, table.lines, refuse)
    licences = ("",) if collected else protocol.licences
    made_at = _require_words(cells[0], table.lines[0], protocol, licences, refuse)
    rows = tuple(
        _row(cell, line, protocol, candidates, refuse) for cell, line in zip(cells, table.lines, strict=True)
    )
    _require_no_double(rows, refuse)
    _require_totals(rows, protocol, cells[0]["contest"], refuse)
    _require_order(rows, refuse)
    first = cells[0]
    return Submission(
        path=path,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        forecaster=first["forecaster"],
        contest_id=first["contest"],
        made_at=made_at,
        inputs_polls=first["inputs_polls"],
        inputs_markets=first["inputs_markets"],
        claim=first["claim"],
        licence=first["licence"],
        rows=rows,
    )


class _Refusal:
    """Makes the one message of a submission that breaks a rule."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, line: int, column: str, value: str, rule: str, remedy: str) -> DataError:
        return DataError(self._path, line=line, column=column, value=value[:80], rule=rule, remedy=remedy)


Refuse = Callable[[int, str, str, str, str], DataError]


def _require_constants(cells: list[dict[str, str]], lines: list[int], refuse: Refuse) -> None:
    for cell, line in zip(cells, lines, strict=True):
        for column in CONSTANT:
            if cell[column] != cells[0][column]:
                rule = f"differs from {cells[0][column]!r} on line {lines[0]}: {column} is one for the whole file."
                raise refuse(
                    line, column, cell[column], rule, "Hand in one file for each forecaster and contest."
                )


def _require_words(
    cell: dict[str, str], line: int, protocol: Protocol, licences: tuple[str, ...], refuse: Refuse
) -> datetime:
    if not _ID.fullmatch(cell["forecaster"]):
        rule = "is no id of a forecaster: lower-case letters, digits and hyphens, at most 60."
        raise refuse(line, "forecaster", cell["forecaster"], rule, "Write it like my-model.")
    contests = [contest.contest_id for contest in protocol.contests]
    if cell["contest"] not in contests:
        raise refuse(
            line,
            "contest",
            cell["contest"],
            "is no contest of this protocol.",
            f"Name {' or '.join(contests)}.",
        )
    made_at = moment(cell["made_at"])
    if made_at is None:
        rule = "is no moment with its offset from UTC."
        raise refuse(line, "made_at", cell["made_at"], rule, "Write it like 2027-04-16T18:00:00+02:00.")
    for column, known in (("inputs_polls", INPUTS), ("inputs_markets", INPUTS), ("claim", CLAIMS)):
        if cell[column] not in known:
            raise refuse(line, column, cell[column], f"is none of {', '.join(known)}.", "Choose one of them.")
    if cell["licence"] not in licences:
        rule = "is no licence under which figures are received."
        remedy = f"Choose one of {', '.join(licences)}."
        if licences == ("",):
            rule = "is a licence, and a figure that is written down from a page is a quotation without one."
            remedy = "Leave the column empty."
        raise refuse(line, "licence", cell["licence"], rule, remedy)
    return made_at


def _row(
    cell: dict[str, str], line: int, protocol: Protocol, candidates: Collection[str], refuse: Refuse
) -> Row:
    target, kind, level = cell["target"], cell["output_type"], cell["level"]
    if target not in TARGETS:
        raise refuse(line, "target", target, "is no target.", f"Choose one of {', '.join(TARGETS)}.")
    if kind not in TARGETS[target]:
        rule = f"does not say a {target}: that is given as {' or '.join(TARGETS[target])}."
        raise refuse(line, "output_type", kind, rule, "Correct the type or the target.")
    if kind == "quantile" and level not in protocol.quantile_levels:
        rule = f"is no level of this protocol ({', '.join(protocol.quantile_levels)})."
        raise refuse(line, "level", level, rule, "Write the level as it stands in this list.")
    if kind != "quantile" and level:
        raise refuse(line, "level", level, f"stands beside a {kind}, which has no level.", "Leave it empty.")
    if cell["candidate"] not in candidates:
        rule = "is no candidate of this contest."
        raise refuse(line, "candidate", cell["candidate"], rule, _close(cell["candidate"], candidates))
    if not _NUMBER.fullmatch(cell["value"]):
        rule = "is no number of per cent: digits, a point, at most six decimals."
        raise refuse(
            line, "value", cell["value"], rule, "Write 24 or 24.5; not a fraction of one, no comma, no sign."
        )
    value = Decimal(cell["value"])
    if value > 100:
        raise refuse(line, "value", cell["value"], "is over 100 per cent.", "Correct the figure.")
    return Row(line, target, kind, level, cell["candidate"], value)


def _close(name: str, candidates: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(candidates), n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return "Use the ids that 'pollbench protocol candidates' prints."


def _require_no_double(rows: tuple[Row, ...], refuse: Refuse) -> None:
    seen: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        key = (row.target, row.output_type, row.level, row.candidate)
        if key in seen:
            rule = f"has the same figure as line {seen[key]}."
            raise refuse(row.line, "candidate", row.candidate, rule, "Keep one of the two.")
        seen[key] = row.line


def _totals(rows: tuple[Row, ...]) -> Iterator[tuple[Row, Decimal]]:
    """The last row of every list that has a total, with the total."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.output_type != "quantile":
            groups[row.target, row.output_type].append(row)
    for group in groups.values():
        yield group[-1], sum((row.value for row in group), Decimal(0))


def _require_totals(rows: tuple[Row, ...], protocol: Protocol, contest_id: str, refuse: Refuse) -> None:
    last_round = contest_id == protocol.contests[-1].contest_id
    for row, total in _totals(rows):
        most = 200 if row.target == "qualifies" and not last_round else 100
        if total > most + TOLERANCE:
            what = "shares" if row.output_type == "share" else f"probabilities of {row.target}"
            rule = f"is the total of the {what}; it is at most {most}."
            raise refuse(row.line, "value", str(total), rule, "Correct the figures: they are per cent.")


def _require_order(rows: tuple[Row, ...], refuse: Refuse) -> None:
    """Quantiles of a candidate rise with their level."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.output_type == "quantile":
            groups[row.candidate].append(row)
    for group in groups.values():
        ordered = sorted(group, key=lambda row: Decimal(row.level))
        for low, high in pairwise(ordered):
            if high.value < low.value:
                rule = (
                    f"at level {high.level} is below {low.value} at level {low.level} (line {low.line}): "
                    f"the quantiles of {high.candidate} cross."
                )
                raise refuse(
                    high.line,
                    "value",
                    str(high.value),
                    rule,
                    "A higher level has the same or a higher value.",
                )
