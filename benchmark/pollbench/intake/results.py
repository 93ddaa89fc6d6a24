"""The result of a vote from a small table: one row per candidate, with votes or a share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pollbench.errors import DataError
from pollbench.intake import printed
from pollbench.intake.model import Counted
from pollbench.intake.names import fold
from pollbench.intake.remarks import Remarks
from pollbench.intake.tables import read_table

NAMES = ("candidate", "candidat", "name", "nom", "party", "parti", "partei", "candidate id")
VOTES = ("votes", "voix", "stimmen", "count")
SHARES = (
    "share",
    "pct",
    "percent",
    "per cent",
    "share pct",
    "result",
    "resultat",
    "score",
    "value",
    "anteil",
)
ROUNDS = ("round", "tour")
RACES = ("race", "state", "contest", "location")


def read_results(path: Path, remarks: Remarks, races: Iterable[str] = ()) -> list[Counted]:
    """Read who got how much.

    Parameters
    ----------
    races : the races of the source: those of the result are theirs, whatever the accents and capitals.

    Raises
    ------
    DataError : the table names no candidate or no figure, or a cell is none.
    """
    table = read_table(path, remarks)
    folded = {fold(column): column for column in reversed(table.columns)}
    name = next((folded[word] for word in NAMES if word in folded), "")
    votes = next((folded[word] for word in VOTES if word in folded), "")
    share = next((folded[word] for word in SHARES if word in folded), "")
    round_of = next((folded[word] for word in ROUNDS if word in folded), "")
    race = next((folded[word] for word in RACES if word in folded), "")
    if not name or not (votes or share):
        raise DataError(
            path,
            line=1,
            value=", ".join(table.columns),
            rule="is no table of results: it needs a column candidate, and votes or share.",
            remedy="Write a header such as candidate,votes.",
        )
    known = {fold(name): name for name in races}
    counted = []
    for row in table.rows:
        try:
            figure = printed.count(row.get(votes)) if votes else None
            percentage = printed.share(row.get(share)) if share and figure is None else None
            number = int(row.get(round_of) or 1) if round_of else 1
        except ValueError as error:
            raise DataError(
                path,
                line=row.line,
                value=str(error),
                rule="is no number.",
                remedy="Write votes as 12345, shares as 45.3.",
            ) from None
        if row.get(name) and (figure is not None or percentage is not None):
            named = known.get(fold(row.get(race)), row.get(race))
            counted.append(
                Counted(row.get(name), figure, None if percentage is None else percentage[0], named, number)
            )
    shares = [candidate.share for candidate in counted if candidate.share is not None]
    # No candidate wins an election with one per cent: a column that never exceeds 1 holds proportions.
    if shares and max(shares) <= 1:
        remarks.guess(f"{path.name}: shares of 1 and less are proportions, times 100.")
        counted = [
            Counted(
                candidate.name,
                candidate.votes,
                None if candidate.share is None else candidate.share * Decimal(100),
                candidate.race,
                candidate.round,
            )
            for candidate in counted
        ]
    return counted
