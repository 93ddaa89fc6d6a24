"""Tables that were made before from the same data by the same code are taken from the cache.

A table is kept as what it is (`frame_bytes`), under a digest of all that it was made from: the content of the
database, the code and texts of the rooms that make tables, what the shipped elections share, the versions of the
libraries, the name of the table and its options. Where a measure, an attack or another idea was registered from
outside the package, or a statement was run on the database, no table is taken and none is kept.
"""

from __future__ import annotations

import platform
from dataclasses import is_dataclass
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench import cache
from pollbench.data.elections import datasets_folder, shipped_collections, shipped_elections
from pollbench.data.frame_bytes import from_bytes, to_bytes
from pollbench.registry import only_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    import pandas as pd

    from pollbench.data.store import Bench

KIND = "table"
#: Libraries that may move a figure.
LIBRARIES = ("duckdb", "numpy", "pandas", "scikit-learn", "scipy", "statsmodels")
#: Rooms that print, write or bring in, but make no table that is kept.
_OTHER_ROOMS = ("cli", "intake", "outputs")


def kept(
    bench: Bench, table_name: str, options: tuple[Hashable, ...], make: Callable[[], pd.DataFrame]
) -> pd.DataFrame:
    """The table of ``bench`` of that name with these options: the one that was kept, or the one that ``make`` makes."""
    name = name_of(bench, table_name, options)
    if name is None:
        return make()
    content = cache.read(KIND, name)
    table = None if content is None else from_bytes(content)
    if table is None:
        table = make()
        written = to_bytes(table)
        if written is not None:
            cache.write(KIND, name, written)
    return table


def plain(value: Any) -> bool:
    """Whether the value of an option says by its text all that it is, so that it may stand in a key.

    Examples
    --------
    >>> plain((1, "mae", None)), plain({"a": 1})
    (True, False)
    """
    if isinstance(value, tuple):
        return all(map(plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return all(plain(getattr(value, name)) for name in value.__dataclass_fields__)
    return value is None or type(value) in (str, int, float, bool)


def name_of(bench: Bench, table_name: str, options: tuple[Hashable, ...]) -> str | None:
    """Digest of all that the table depends on; None where it is not to be kept."""
    if cache.folder() is None or bench.has_own_statements or not only_ours() or not plain(options):
        return None
    try:
        return cache.digest(code_of_tables(), bench.content_digest, table_name, repr(options))
    except OSError:
        return None


@once
def code_of_tables() -> str:
    """Digest of the code, texts and shared data that make tables, and of the versions of what they rest on."""
    versions = (platform.python_version(), platform.machine(), *map(version, LIBRARIES))
    names = (*shipped_elections(), *shipped_collections())
    return cache.digest(*versions, *names, cache.digest_of_files(_files(set(names))))


def _files(elections: set[str]) -> Iterator[Path]:
    package = Path(__file__).parents[1]
    for path in package.rglob("*"):
        inside = path.relative_to(package).parts
        if path.suffix in (".py", ".toml") and inside[0] not in _OTHER_ROOMS:
            yield path
    root = datasets_folder()
    for path in root.rglob("*"):
        inside = path.relative_to(root).parts
        if path.is_file() and path.suffix not in (".py", ".pyc") and inside[0] not in elections:
            yield path
