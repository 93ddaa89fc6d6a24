"""The DuckDB workbench: the only module that imports duckdb.

CSV is the truth. ``build`` reads it strictly into tables without constraints, runs every check,
and only then fills the real tables, whose keys and CHECKs are the last guard; it writes to a
temporary name and renames, so that a crash, a full disk or two builds at once never leave a half
file or spoil the old one. ``open_database`` opens the result read-only.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from pollbench import cache
from pollbench.arguments import checked
from pollbench.cache import digest
from pollbench.data import built_before, loading
from pollbench.data import checksums as registry
from pollbench.data import database_version as database_mark
from pollbench.data.checks import CheckFailed, Report
from pollbench.data.contest_rows import OF_CONTEST, of_contest
from pollbench.data.elections import Election, datasets_folder, find_all, shipped_elections
from pollbench.data.frame_bytes import digest_of_frame
from pollbench.data.questions import (
    CONTENT,
    FRAME,
    Key,
    Memo,
    Question,
    Source,
    looking_away,
    note,
    note_unseen,
)
from pollbench.data.scenarios import assume, assume_anew
from pollbench.data.schema import type_of
from pollbench.errors import DatabaseError, OutputError
from pollbench.files import real_place, unwritable
from pollbench.temporary import Room, room, room_beside

if TYPE_CHECKING:
    import pandas as pd


Made = TypeVar("Made")


#: The kind of Parquet files in the cache.
PARQUET = "parquet"
#: The question what the checks found.
REPORT: Question = ("report",)
#: A database from elsewhere may hold views that read files or the network: both are forbidden, and the setting is locked.
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "lock_configuration": True,
    "threads": 1,
}
#: Thousands of small queries: a second thread would only wait for each of them.
ALONE: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "default_block_size": 16384}


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
        self._connection = connection = duckdb.connect(str(path), read_only=True, config=LOCKED)
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
            except (duckdb.Error, TypeError) as error:
                raise _refused(error) from None
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
        except duckdb.Error as error:
            raise _refused(error) from None

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
        folder = room()
        try:
            path = folder.path / "pollbench.duckdb"
            shutil.copyfile(self._path, path)
            connection = _connect(path)
            try:
                assume_anew(connection, scenarios)
                connection.execute("CHECKPOINT")
            finally:
                connection.close()
            under = Bench(path, self._report, folder)
        except BaseException:
            folder.close()
            raise
        under.ground = (self, CONTENT)
        return under

    def digest_of(self, question: Question) -> str:
        """A digest of the answer to a question that was noted: of a query, of the report, or of every row."""
        if question not in self._digests:
            with looking_away():
                self._digests[question] = self._digest_of(question)
        return self._digests[question]

    def _digest_of(self, question: Question) -> str:
        if question == CONTENT:
            return self._digest_of_rows()
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

    def _digest_of_rows(self) -> str:
        names = self.frame(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name"
        ).table_name
        queries = (
            f"SELECT '{name}' AS name, count(*) AS n, coalesce(sum(hash(t)), 0)::VARCHAR AS total, "
            f'coalesce(bit_xor(hash(t)), 0)::VARCHAR AS mixed FROM main."{name}" t'
            for name in names
        )
        rows = self.frame(" UNION ALL ".join(queries) + " ORDER BY name")
        return digest(*(str(value) for row in rows.itertuples(index=False) for value in row))

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
def load(*elections: str | Path, scenarios: Sequence[str] = ()) -> Bench:
    """Load elections into a database of their own, verified, validated and read-only.

    Parameters
    ----------
    elections : ids of shipped elections, or folders of the user's own; all shipped ones if none
        is named.
    scenarios : which named line-ups stand in for ballots that are not known yet, at most one for each
        contest; where none is named, the one that most surveys asked about of late.

    Raises
    ------
    UnknownName : there is no such election or scenario.
    PolicyError : a scenario is named where every ballot is known, or two for one contest.
    ChecksumError : a shipped file is not the one that was registered.
    CheckFailed : the data break a rule; the report holds all findings.

    Examples
    --------
    >>> bench = load("fr-pres-2017")
    >>> bench.frame("SELECT count(*) AS polls FROM forecast WHERE contest_id = 'fr-pres-2017-r1' "
    ...             "AND survey IS NOT NULL").polls.item()
    238
    """
    # What lies beside the temporary folder is looked at to remove what killed processes left there: no result rests on it.
    with looking_away():
        folder = room()
    try:
        path = folder.path / "pollbench.duckdb"
        with looking_away():
            report, key = _built(path, elections, scenarios)
            bench = Bench(path, report, folder)
    except BaseException:
        folder.close()
        raise
    if key is None:
        note_unseen("files that were changed while they were loaded")
    else:
        loaded = built_before.Loaded(elections, scenarios, key)
        bench.ground = (loaded, loaded.question)
        note(*bench.ground)
    return bench


@checked
def open_database(path: Path) -> Bench:
    """Open a database that ``build`` of this version has written, read-only.

    Raises
    ------
    DatabaseError : there is no such file, it is no DuckDB file, damaged, or of another version's schema.
    """
    database_mark.refuse_other_files(path)
    try:
        with duckdb.connect(str(path), read_only=True, config=LOCKED) as connection:
            database_mark.refuse_other_schemas(connection, path)
            return Bench(path)
    except duckdb.Error as error:
        message = (
            f"{path} is damaged or of another format ({_first_line(error)}). {database_mark.remedy(path)}"
        )
        raise DatabaseError(message) from None


@checked
def build(path: Path, *elections: str | Path, scenarios: Sequence[str] = ()) -> Report:
    """Write the database of ``elections`` (all shipped ones if none is named) to ``path``.

    The old file stays until the new one is whole.

    Raises
    ------
    UnknownName, PolicyError, ChecksumError, CheckFailed : as for ``load``.
    OutputError : the file cannot be written.
    """
    return _built(path, elections, scenarios)[0]


def _built(
    path: Path, elections: Sequence[str | Path], scenarios: Sequence[str]
) -> tuple[Report, str | None]:
    """Build at ``path``; the report, and the digest of all that it was built from, None if that changed meanwhile."""
    chosen = find_all(elections or shipped_elections())
    verify_checksums(chosen)
    with _written_whole(path) as temporary:
        key = built_before.key_of(chosen, scenarios)
        report = built_before.take(key, temporary)
        if report is None:
            report = _fill(temporary, path, chosen, scenarios)
            # A file that was changed meanwhile must not be kept under the name of its old bytes.
            key = key if built_before.key_of(chosen, scenarios) == key else None
            built_before.keep(key, temporary, report)
    return report, key


def _fill(temporary: Path, path: Path, chosen: Sequence[Election], scenarios: Sequence[str]) -> Report:
    """Build the database of ``chosen`` at ``temporary``, for ``path``."""
    temporary.write_bytes(built_before.empty(loading.statements(), _with_tables))
    connection = _connect(temporary)
    try:
        report = loading.fill(connection, chosen)
        if report.errors:
            raise CheckFailed(report)
        assume(connection, scenarios)
        connection.execute((datasets_folder() / "sql" / "views.sql").read_text(encoding="utf-8"))
        database_mark.mark(connection)
        connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        message = f"{path} cannot be built: {_first_line(error)}"
        raise OutputError(message) from None
    finally:
        connection.close()
    return report


def _with_tables() -> bytes:
    """A database with empty tables, which takes a fifth of a second to make."""
    with room() as folder:
        path = folder / "empty.duckdb"
        with _connect(path) as connection:
            loading.create_tables(connection)
            connection.execute("CHECKPOINT")
        return path.read_bytes()


@checked
def validate(*elections: str | Path) -> Report:
    """Load ``elections`` into a database that is thrown away and return what the checks found, errors included."""
    chosen = find_all(elections)
    verify_checksums(chosen)
    with room() as folder:
        path = folder / "pollbench.duckdb"
        path.write_bytes(built_before.empty(loading.statements(), _with_tables))
        with _connect(path) as connection:
            return loading.fill(connection, chosen)


def query_files(query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
    """The rows of a query over files, on one thread: the caller may be one of many workers.

    Raises
    ------
    DatabaseError : what DuckDB says of the files, in one line.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET enable_progress_bar = false")
        try:
            return connection.execute(query, parameters).df()
        except duckdb.Error as error:
            raise DatabaseError(str(error).splitlines()[0]) from None


def frame_to_parquet(frame: pd.DataFrame) -> bytes:
    """The bytes of a Parquet file that holds ``frame``."""
    return frames_to_parquet({"frame": frame})["frame"]


def frames_to_parquet(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The bytes of a Parquet file of each frame, by name: those that were kept, the others by one connection."""
    keys = {name: digest(duckdb.__version__, digest_of_frame(frame)) for name, frame in frames.items()}
    before = {name: cache.read(PARQUET, key) for name, key in keys.items()}
    fresh = _parquet({name: frame for name, frame in frames.items() if before[name] is None})
    for name, content in fresh.items():
        cache.write(PARQUET, keys[name], content)
    return {name: fresh[name] if content is None else content for name, content in before.items()}


def _parquet(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if not frames:
        return files
    with room() as folder, duckdb.connect() as connection:
        path = folder / "frame.parquet"
        quoted = str(path).replace("'", "''")
        for name, frame in frames.items():
            connection.register("frame", frame)
            connection.execute(f"COPY frame TO '{quoted}' (FORMAT parquet)")
            connection.unregister("frame")
            files[name] = path.read_bytes()
    return files


def verify_checksums(elections: Sequence[Election]) -> int:
    """Verify the shipped files among those that ``elections`` rest on; return how many there are."""
    shipped = dict.fromkeys(
        election.folder.name for election in elections if election.folder.parent == datasets_folder()
    )
    return registry.verify(only=[f"{name}/" for name in shipped])


@contextmanager
def _written_whole(path: Path) -> Iterator[Path]:
    path = real_place(path)
    if path.is_dir():
        message = f"{path} is a folder; name the file to write, such as {path / 'pollbench.duckdb'}."
        raise OutputError(message)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # In a folder of its own, where DuckDB may put its log beside it.
        with room_beside(path) as folder:
            yield folder / "new"
            (folder / "new").replace(path)
    except OSError as error:
        raise unwritable(path, error) from None


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config=ALONE)
    except duckdb.Error as error:
        message = f"{path} cannot be written: {_first_line(error)}"
        raise OutputError(message) from None


def _plain(parameters: Sequence[Any] | dict[str, Any]) -> bool:
    values = parameters.values() if isinstance(parameters, dict) else parameters
    listed = isinstance(parameters, (dict, list, tuple))
    return listed and all(value is None or type(value) in (str, int, float, bool) for value in values)


def _refused(error: Exception) -> DatabaseError:
    """What an opened database says to a question that it cannot answer."""
    if isinstance(error, duckdb.ConnectionException):
        return DatabaseError("The data set is closed. Load it again; a 'with' block closes it at its end.")
    return DatabaseError(f"The question cannot be answered: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
