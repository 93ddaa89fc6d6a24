"""An opened database: the door to all data, read-only; what is asked of it is asked once and noted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pollbench.arguments import checked
from pollbench.cache import digest
from pollbench.data import database_version as database_mark
from pollbench.data.checks import Report
from pollbench.data.connection import Failure, first_line, read_only, refused, writable
from pollbench.data.contest_rows import OF_CONTEST, of_contest
from pollbench.data.frame_bytes import digest_of_frame
from pollbench.data.questions import CONTENT, FRAME, Key, Memo, Question, Source, looking_away, note
from pollbench.data.scenarios import assume_anew
from pollbench.data.schema import type_of
from pollbench.data.tables_read import digests_of_tables
from pollbench.errors import DatabaseError
from pollbench.temporary import Room, room

if TYPE_CHECKING:
    import pandas as pd

Made = TypeVar("Made")

#: The question what the checks found.
REPORT: Question = ("report",)


class Bench:
    """An opened database: elections, forecasts and results, read-only.

    Attributes
    ----------
    elections : ids of the elections it holds, sorted.
    revisions : election -> revision of its data.
    scenarios : contest -> scenario that stands in for its ballot, for contests whose ballot is not known.
    has_own_statements : whether a statement was run on it, so that it may answer otherwise than its file.
    ground : what all of its rows follow from, for a result that belongs to other data: the source and the question.
    """

    def __init__(
        self,
        path: Path,
        report: Report | None = None,
        folder: Room | None = None,
    ) -> None:
        self._path = path
        self._connection = connection = read_only(path)
        self._folder = folder
        self._report = report
        self._memo = Memo()
        self._answers: dict[tuple[str, str], pd.DataFrame] = {}
        self._digests: dict[Question, str] = {}
        self.ground: tuple[Source, Question] | None = None
        rows = connection.execute(
            "SELECT election_id, revision FROM election ORDER BY election_id"
        ).fetchall()
        self.revisions: dict[str, str] = dict(rows)
        self.elections: tuple[str, ...] = tuple(self.revisions)
        assumed = connection.execute(
            "SELECT contest_id, scenario_id FROM standing_scenario ORDER BY contest_id"
        ).fetchall()
        self.scenarios: dict[str, str] = dict(assumed)
        self.has_own_statements = False

    def frame(self, query: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> pd.DataFrame:
        """The answer to ``query`` as a data frame; words of an enumeration are plain text.

        The file is read-only, so that the same question has the same answer; it is asked once.
        """
        self._note(query, parameters)
        question = (query, repr(parameters))
        if question not in self._answers:
            try:
                frame = self._connection.execute(query, parameters or []).df()
            except (Failure, TypeError) as error:
                raise refused(error) from None
            words = frame.select_dtypes("category").columns
            self._answers[question] = frame.astype(dict.fromkeys(words, "str"))
        # Shallow: pandas copies on write, so that the stored answer stays as it is.
        return self._answers[question].copy(deep=False)

    def memo(self, key: Key[Made], make: Callable[[], Made]) -> Made:
        """The result named by ``key``, made by ``make`` when it is first asked for.

        Parameters
        ----------
        key : names the result and all that it depends on besides the data.
        make : makes it. It is given to every caller as it is: who changes it copies it first.
        """
        return self._memo.get(key, make)

    @checked
    def table(self, name: str) -> pd.DataFrame:
        """The table or view called ``name``, sorted by its columns from left to right."""
        quoted = name.replace('"', '""')
        return self.frame(f'SELECT * FROM "{quoted}" ORDER BY ALL')

    def execute(self, statement: str) -> None:
        """Run a statement that returns nothing, such as one that makes a temporary view; forget all results."""
        self.has_own_statements = True
        self._answers.clear()
        self._digests.clear()
        self._memo.clear()
        try:
            self._connection.execute(statement).fetchall()
        except Failure as error:
            raise refused(error) from None

    @property
    def path(self) -> Path:
        """The file, for another process that opens it too."""
        note(self, CONTENT)
        return self._path

    @property
    def report(self) -> Report | None:
        """What the checks found when it was built here; None if it was opened from a file."""
        note(self, REPORT)
        return self._report

    @property
    def contests(self) -> pd.DataFrame:
        """The contests by election and round."""
        return self.frame("SELECT * FROM contest ORDER BY election_id, round")

    @property
    def open_contests(self) -> list[str]:
        """The contests without a result: nobody has voted yet."""
        return self.frame(
            "SELECT contest_id FROM contest ANTI JOIN result USING (contest_id) ORDER BY election_id, round"
        ).contest_id.tolist()

    @checked
    def under(self, *scenarios: str) -> Bench:
        """The same data with other scenarios standing in for the ballots that are not known; see :func:`load`.

        Raises
        ------
        UnknownName, PolicyError : as for :func:`load`.
        """
        note(self, CONTENT)
        with looking_away():
            under = self._copied_under(scenarios)
        under.ground = (self, CONTENT)
        return under

    def _copied_under(self, scenarios: tuple[str, ...]) -> Bench:
        folder = room()
        try:
            path = folder.path / "pollbench.duckdb"
            shutil.copyfile(self._path, path)
            connection = writable(path)
            try:
                assume_anew(connection, scenarios)
                connection.execute("CHECKPOINT")
            finally:
                connection.close()
            return Bench(path, self._report, folder)
        except BaseException:
            folder.close()
            raise

    def digest_of(self, question: Question) -> str:
        """A digest of the answer to a question that was noted: of a query, of the report, or of every row."""
        if question not in self._digests:
            with looking_away():
                self._digests[question] = self._digest_of(question)
        return self._digests[question]

    def _digest_of(self, question: Question) -> str:
        if question == CONTENT:
            return digest(*(text for pair in sorted(digests_of_tables(self).items()) for text in pair))
        if question == REPORT:
            return digest(repr(self._report))
        kind, query, about = question
        if kind == OF_CONTEST:
            return digest_of_frame(of_contest(self, query, about))
        return digest_of_frame(self.frame(query, json.loads(about)))

    def _note(self, query: str, parameters: Sequence[Any] | dict[str, Any] | None) -> None:
        """Note that a query is asked; one whose parameters no text can hold stands for every row."""
        if parameters is None or _plain(parameters):
            note(self, (FRAME, query, json.dumps(parameters)))
        else:
            note(self, CONTENT)

    def dictionary(self) -> pd.DataFrame:
        """Every column of every table with its type and what it means."""
        columns = self.frame(
            "SELECT c.table_name, t.comment AS table_meaning, c.column_name, c.data_type, "
            "c.is_nullable OR c.column_default IS NOT NULL AS is_nullable, "
            "c.comment AS meaning FROM duckdb_columns() c JOIN duckdb_tables() t USING (schema_name, table_name) "
            "WHERE c.schema_name = 'main' AND NOT c.internal AND NOT t.temporary ORDER BY c.table_name, c.column_index"
        )
        return columns.assign(data_type=list(map(type_of, columns.column_name, columns.data_type)))

    def close(self) -> None:
        """Close the connection and remove the temporary database, if there is one."""
        self._connection.close()
        if self._folder is not None:
            with looking_away():
                self._folder.close()

    def __enter__(self) -> Bench:
        """Enter a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave a ``with`` block: close."""
        self.close()


@checked
def open_database(path: Path) -> Bench:
    """Open a database that ``build`` of this version has written, read-only.

    Raises
    ------
    DatabaseError : there is no such file, it is no DuckDB file, damaged, or of another version's schema.
    """
    database_mark.refuse_other_files(path)
    try:
        with read_only(path) as connection:
            database_mark.refuse_other_schemas(connection, path)
            return Bench(path)
    except Failure as error:
        message = (
            f"{path} is damaged or of another format ({first_line(error)}). {database_mark.remedy(path)}"
        )
        raise DatabaseError(message) from None


def _plain(parameters: Sequence[Any] | dict[str, Any]) -> bool:
    values = parameters.values() if isinstance(parameters, dict) else parameters
    listed = isinstance(parameters, (dict, list, tuple))
    return listed and all(value is None or type(value) in (str, int, float, bool) for value in values)
