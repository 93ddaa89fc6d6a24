"""What a folder says besides its tables: its description as rows, numbers of rows, and files that no rule reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from pollbench.data.csv_files import TextTable
from pollbench.data.elections import COLLECTION, Election, datasets_folder, line_of_key
from pollbench.errors import DataError

#: Endings of files that look like tables.
TABLES = (".csv", ".tsv", ".tab", ".xls", ".xlsx", ".ods", ".numbers")


def rows_of(
    elections: Sequence[Election], columns: Mapping[str, Iterable[str]]
) -> dict[str, list[TextTable]]:
    """The descriptions as rows of the tables election, silence and candidate_set, under the rules of all rows."""
    contents: dict[str, list[TextTable]] = {"election": [], "silence": [], "candidate_set": []}
    for election in elections:
        fields = [getattr(election, name) for name in columns["election"]]
        rows = {
            "election": [["" if value is None else str(value) for value in fields]],
            "silence": [
                [silence.contest_id, str(silence.first_day), str(silence.last_day)]
                for silence in election.silences
            ],
            "candidate_set": [
                [contest, name, candidate]
                for contest, sets in election.candidate_sets.items()
                for name, candidates in sets.items()
                for candidate in candidates
            ],
        }
        for table, listed in rows.items():
            if listed:
                lines = [election.line or 0] * len(listed)
                contents[table].append(TextTable(election.path, tuple(columns[table]), listed, lines))
    return contents


def unread_tables(folder: Path, known: Collection[str]) -> Iterator[DataError]:
    """Files of ``folder`` that look like tables and are none of the ``known``: a misnamed file is a missing one."""
    if folder == datasets_folder():
        return
    names = {*known, COLLECTION}
    for name in sorted(path.name for path in folder.iterdir()):
        if name in names or name.startswith(".") or not name.lower().endswith(TABLES):
            continue
        close = get_close_matches(name.lower(), names, n=1, cutoff=0.7)
        remedy = (
            f"Rename it to {close[0]}." if close else "Remove it, or bring it in with 'pollbench import'."
        )
        yield DataError(folder / name, rule="is not a file that is read.", remedy=remedy)


def miscounted(election: Election, there: Mapping[str, int | None]) -> Iterator[DataError]:
    """Tables that hold more or fewer rows than the description says: a row that is lost leaves no other sign.

    Parameters
    ----------
    there : name of the file of a table -> rows that it has; None where lines of it could not be read.
    """
    for stem, number in election.rows.items():
        if there[stem] not in (number, None):
            yield DataError(
                election.path,
                line=line_of_key(election.path, stem),
                column="rows",
                value=f"{stem} = {number}",
                rule=f"must be the number of rows of {stem}.csv, which has {there[stem]}.",
                remedy="Look for rows that were lost or came in; where the change is meant, correct the number.",
            )
