"""A database that was built before from the same bytes by the same code is taken from the cache.

The report of the checks is kept with it: a line of JSON, then the bytes of the database.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from pollbench import cache
from pollbench.data.checks import Finding, Report
from pollbench.data.elections import Election, datasets_folder, find_all, shipped_elections
from pollbench.data.questions import Question
from pollbench.errors import PollbenchError
from pollbench.version import __version__

KIND = "database"
#: Endings of the files of a folder whose content is read; of the others only the names matter.
_READ = (".csv", ".toml")
#: What the code of this room rests on.
_GROUND = ("cache", "errors", "files", "temporary")


def key_of(elections: Sequence[Election], scenarios: Sequence[str]) -> str | None:
    """Digest of all that the database of ``elections`` and its report depend on; None if something cannot be read.

    The elections with their paths (the report names files) and all their files, what they share, schema, checks,
    names of laws, scenarios, the code of this room and below, versions of Python, DuckDB, pandas and PollBench.
    """
    shared = datasets_folder()
    versions = (__version__, platform.python_version(), *map(version, ("duckdb", "pandas", "numpy")))
    try:
        room = Path(__file__).parent
        ground = [room.parent / f"{name}.py" for name in _GROUND]
        code = cache.digest_of_files([*ground, *room.glob("*.py")])
        parts = [
            *versions,
            code,
            str(shared),
            cache.digest_of_files(shared.glob("*.csv")),
            cache.digest_of_files((shared / "sql").glob("*.sql")),
            cache.digest_of_files((shared / "sql" / "checks").glob("*.sql")),
            *sorted(path.name for path in (shared / "laws").iterdir()),
        ]
        for folder in dict.fromkeys(election.folder for election in elections):
            parts += ["folder", str(folder), *_files_of(folder)]
        parts += ["elections", *(f"{election.folder}/{election.election_id}" for election in elections)]
        return cache.digest(*parts, "scenarios", *scenarios)
    except OSError:
        return None


def _files_of(folder: Path) -> list[str]:
    """Names of all that is in ``folder``, and digests of the files that are read."""
    listed = sorted(folder.iterdir())
    read = [path for path in listed if path.suffix.lower() in _READ and path.is_file()]
    return [*(path.name for path in listed), cache.digest_of_files(read)]


def empty(statements: str, make: Callable[[], bytes]) -> bytes:
    """The database that ``statements`` create, without a row: the one that was kept, or what ``make`` makes."""
    return cache.remembered("schema", cache.digest(version("duckdb"), statements), make)


def take(key: str | None, path: Path) -> Report | None:
    """Write the database that was kept under ``key`` to ``path`` and return its report; None if there is none."""
    content = None if key is None else cache.read(KIND, key)
    if content is None:
        return None
    head, _, database = content.partition(b"\n")
    fields = json.loads(head)
    path.write_bytes(database)
    return Report(**{**fields, "findings": [Finding(**finding) for finding in fields["findings"]]})


def keep(key: str | None, path: Path, report: Report) -> Report:
    """Keep the database at ``path`` and its report under ``key``; return the report of the one that is kept.

    DuckDB writes the same rows in other bytes each time: of two processes that build at once the second takes, at
    ``path``, what the first has kept, so that later runs have the bytes of both.
    """
    before = take(key, path)
    if before is not None:
        return before
    if key is not None:
        cache.write(KIND, key, json.dumps(asdict(report)).encode() + b"\n" + path.read_bytes())
    return report


class Loaded:
    """The files of elections as a source of answers, for results that rest on data which they load themselves.

    Parameters
    ----------
    elections, scenarios : as for `load`.
    key : digest of all that their database was built from; None = as the files are now.
    """

    def __init__(
        self, elections: Sequence[str | Path], scenarios: Sequence[str], key: str | None = None
    ) -> None:
        self.question: Question = (
            "loaded",
            json.dumps([[str(name) for name in elections], list(scenarios)]),
        )
        self._key = key

    def digest_of(self, question: Question) -> str:
        """Digest of all that the database of the elections follows from."""
        if self._key is None:
            elections, scenarios = json.loads(question[1])
            try:
                self._key = key_of(find_all(elections or shipped_elections()), scenarios)
            except (PollbenchError, OSError):
                self._key = "not found"
        return str(self._key)
