"""What was made once and is expensive to make, kept between runs as files in the user's cache folder.

The name of an entry is a digest of all that it was made from, so that an entry is never out of date, only unused.
An entry carries a digest of its own name and content: one that is damaged, cut short or of another program counts
as absent. Where no cache can be kept (no home folder, a full or read-only disk) everything is made anew.

``POLLBENCH_CACHE`` names another folder, or is ``off``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

# At once, not where it is needed: the watch over opened files asks for the folder while an import opens its files.
import platformdirs

from pollbench.errors import OutputError
from pollbench.files import write_bytes

VARIABLE, OFF = "POLLBENCH_CACHE", "off"
#: What decides where the usual folder is.
_HOMES = ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE")
#: First line of every entry; the second is the digest of its name and content.
MARK = b"pollbench cache 1\n"
SUFFIX = ".pollbench"
#: Above so many bytes in all, the entries that were not used for longest are removed.
CAPACITY = 1_000_000_000
#: Bytes written since room was made, and whether it was made: to look at all entries at each would take longer than to write.
_WRITTEN = [0, 0]
#: Names of entries and of what a killed process left of one.
_OURS = re.compile(r"[0-9a-f]{64}\.pollbench|\.[0-9a-f]{64}\.pollbench\.\d+-\w+\.tmp")


def digest(*parts: str | bytes) -> str:
    """SHA-256 of the parts in their order, in hexadecimal; where one part ends and the next begins counts.

    Examples
    --------
    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    total = hashlib.sha256()
    for piece in parts:
        content = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
        total.update(f"{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()


def digest_of_files(paths: Iterable[Path]) -> str:
    """The digest of the names and contents of files, in the order of their paths.

    Raises
    ------
    OSError : one of them cannot be read.
    """
    ordered = sorted(paths)
    return digest(*(piece for path in ordered for piece in (path.name, path.read_bytes())))


def folder() -> Path | None:
    """Where entries are kept; None where the user wants no cache or has no home folder."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return None if named in ("", OFF) else Path(named).absolute()
    return _usual(*map(os.environ.get, _HOMES))


@lru_cache(maxsize=1)
def _usual(*_: str | None) -> Path | None:
    """The folder of a user whose environment holds these homes: it is asked for thousands of times in a run."""
    with suppress(OSError, RuntimeError):
        usual = Path(platformdirs.user_cache_dir("pollbench", appauthor=False))
        # A home folder that does not exist is not made for the sake of a cache.
        if usual.is_absolute() and (Path.home().is_dir() or "XDG_CACHE_HOME" in os.environ):
            return usual
    return None


def read(kind: str, key: str) -> bytes | None:
    """The content that was kept of this kind under this key; None if there is none, or none that is whole.

    Parameters
    ----------
    kind : what it is, the name of a sub-folder ("database").
    key : a :func:`digest` of all that the content depends on.
    """
    path = _path(kind, key)
    if path is None:
        return None
    try:
        # Anything else with that name may wait for a writer, or never end.
        if not path.is_file():
            return None
        entry = path.read_bytes()
        content = entry[len(MARK) + 65 :]
        if entry[: len(MARK) + 65] != _head(kind, key, content):
            return None
        # What is used stays for longest; a place that is only read has its own order.
        with suppress(OSError):
            os.utime(path)
    except OSError:
        return None
    return content


def write(kind: str, key: str, content: bytes) -> None:
    """Keep ``content``; where that is not possible, do nothing."""
    path = _path(kind, key)
    if path is None:
        return
    with suppress(OutputError, OSError):
        # An entry that the system lost with its power is noticed by its digest.
        write_bytes(path, _head(kind, key, content) + content, settled=False)
        _WRITTEN[0] += len(content)
        if not _WRITTEN[1] or _WRITTEN[0] > CAPACITY // 20:
            _WRITTEN[:] = 0, 1
            _make_room()


def remembered(kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """What was kept of this kind under this key, or what ``make`` makes, which is then kept."""
    content = read(kind, key)
    if content is None:
        content = make()
        write(kind, key, content)
    return content


def entries() -> list[Path]:
    """The files of the cache by kind and name, left-overs of killed processes included; no file of anyone else."""
    return sorted(Path(entry.path) for entry in _entries())


def clear() -> int:
    """Remove all entries; return how many there were.

    Raises
    ------
    OSError : one of them cannot be removed.
    """
    listed = entries()
    for path in listed:
        path.unlink(missing_ok=True)
    for kind in {path.parent for path in listed}:
        # Another process may have put an entry there meanwhile.
        with suppress(OSError):
            kind.rmdir()
    return len(listed)


def _entries() -> Iterator[os.DirEntry[str]]:
    root = folder()
    for kind in () if root is None else _inside(root):
        for entry in _inside(kind) if kind.is_dir() else ():
            if _OURS.fullmatch(entry.name) and entry.is_file():
                yield entry


def _inside(path: Path | os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
    """What a folder holds; nothing where it may not be read, or is no more."""
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError), os.scandir(path) as listed:
        yield from listed


def _path(kind: str, key: str) -> Path | None:
    root = folder()
    return None if root is None else root / kind / f"{key}{SUFFIX}"


def _head(kind: str, key: str, content: bytes) -> bytes:
    return MARK + digest(kind, key, content).encode() + b"\n"


def _make_room() -> None:
    """Remove the entries that were not used for longest until the rest fits."""
    stats = [(entry.path, entry.stat()) for entry in _entries()]
    total = sum(stat.st_size for _, stat in stats)
    for path, stat in sorted(stats, key=lambda pair: (pair[1].st_mtime_ns, pair[0])):
        if total <= CAPACITY:
            return
        Path(path).unlink(missing_ok=True)
        total -= stat.st_size
