"""Databases are built: into one of their own, into a file, or to be thrown away once they are checked.

CSV is the truth. ``build`` reads it strictly into tables without constraints, runs every check,
and only then fills the real tables, whose keys and CHECKs are the last guard; it writes to a
temporary name and renames, so that a crash, a full disk or two builds at once never leave a half
file or spoil the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pollbench.arguments import checked
from pollbench.data import built_before, loading
from pollbench.data import checksums as registry
from pollbench.data import database_version as database_mark
from pollbench.data.bench import Bench
from pollbench.data.checks import CheckFailed, Report
from pollbench.data.connection import Failure, first_line, writable
from pollbench.data.elections import Election, datasets_folder, find_all, shipped_elections
from pollbench.data.questions import looking_away, note, note_unseen
from pollbench.data.scenarios import assume
from pollbench.errors import OutputError
from pollbench.files import real_place, unwritable
from pollbench.temporary import room, room_beside


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
            report = built_before.keep(key, temporary, report)
    return report, key


def _fill(temporary: Path, path: Path, chosen: Sequence[Election], scenarios: Sequence[str]) -> Report:
    """Build the database of ``chosen`` at ``temporary``, for ``path``."""
    temporary.write_bytes(built_before.empty(loading.statements(), _with_tables))
    connection = writable(temporary)
    try:
        report = loading.fill(connection, chosen)
        if report.errors:
            raise CheckFailed(report)
        assume(connection, scenarios)
        connection.execute((datasets_folder() / "sql" / "views.sql").read_text(encoding="utf-8"))
        database_mark.mark(connection)
        connection.execute("CHECKPOINT")
    except Failure as error:
        message = f"{path} cannot be built: {first_line(error)}"
        raise OutputError(message) from None
    finally:
        connection.close()
    return report


def _with_tables() -> bytes:
    """A database with empty tables, which takes a fifth of a second to make."""
    with room() as folder:
        path = folder / "empty.duckdb"
        with writable(path) as connection:
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
        with writable(path) as connection:
            return loading.fill(connection, chosen)


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
