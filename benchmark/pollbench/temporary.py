"""Temporary files and folders that are locked while their process lives; what killed processes left is removed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows, where a file in use cannot be removed)
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".tmp"
#: Name of a temporary file or folder, of any process, beside any target.
_TEMPORARY = re.compile(r"\..+\.\d+-\w+" + re.escape(SUFFIX))


class Room:
    """A temporary folder, locked by this process until it is closed, and removed then or when it is forgotten.

    In it lies an empty file ``lock``.

    Attributes
    ----------
    path : the folder.
    """

    def __init__(self, target: Path) -> None:
        remove_leftovers(target)
        self._folder = tempfile.TemporaryDirectory(dir=target.parent, prefix=prefix(target), suffix=SUFFIX)
        self.path = Path(self._folder.name)
        self._unlock: weakref.finalize[[int], Room] | None = None
        try:
            if fcntl is not None:
                handle = os.open(self.path, os.O_RDONLY)
                self._unlock = weakref.finalize(self, os.close, handle)
                _lock(handle)
            # An empty one is taken for one that is not locked yet.
            (self.path / "lock").touch()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove the folder with all that is in it, then let go of its lock."""
        self._folder.cleanup()
        if self._unlock is not None:
            self._unlock()

    def __enter__(self) -> Path:
        """Enter a ``with`` block: the folder."""
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave a ``with`` block: close."""
        self.close()


def room_beside(target: Path) -> Room:
    """A temporary folder beside ``target``, from where what is written can be renamed to it."""
    return Room(target)


def room() -> Room:
    """A temporary folder in that of the system."""
    return Room(Path(tempfile.gettempdir()) / "pollbench")


def remove_leftovers(target: Path) -> None:
    """Remove what killed processes of this user have left beside ``target``; what a process still writes is locked, and stays."""
    if fcntl is None:
        return
    names = _names_of(target)
    with suppress(OSError):
        # The temporary folder of a system may hold thousands of names of others.
        for path in sorted(path for path in target.parent.iterdir() if names.fullmatch(path.name)):
            with suppress(OSError):
                _remove_if_left(path)


def _remove_if_left(path: Path) -> None:
    """Remove a temporary file or folder whose process has ended, whether or not another process does so too."""
    # A link is not followed, and a pipe is not waited for.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if os.fstat(handle).st_uid != os.geteuid():
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # What is empty may have been made this moment, and is not locked yet, unless its process has ended.
        if path.is_dir() and (any(path.iterdir()) or _has_ended(path)):
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and (path.stat().st_size or _has_ended(path)):
            path.unlink()
    finally:
        os.close(handle)


def prefix(target: Path) -> str:
    """How temporary names beside ``target`` begin: with its name and the number of this process."""
    return f".{target.name}.{os.getpid()}-"


def _names_of(target: Path) -> re.Pattern[str]:
    """The temporary names beside ``target``, of any process."""
    return re.compile(rf"\.{re.escape(target.name)}\.\d+-\w+{re.escape(SUFFIX)}")


def is_in_a_room(path: Path) -> bool:
    """Whether a file is in such a folder, where nothing is read before all of it is settled."""
    return any(_TEMPORARY.fullmatch(name) for name in path.parts[:-1])


def _has_ended(path: Path) -> bool:
    """Whether the process that made a temporary file or folder is known to have ended."""
    number = path.name.removesuffix(SUFFIX).rpartition(".")[2].partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


@contextmanager
def locked(handle: int) -> Iterator[None]:
    """Hold the lock of an open file to the end of the block, whether or not the file is closed in it."""
    if fcntl is None:
        yield
        return
    same = os.dup(handle)
    try:
        _lock(same)
        yield
    finally:
        os.close(same)


def _lock(handle: int) -> None:
    """Lock an open file or folder; the system lets go of it when this process ends, however it ends.

    A process that looks for leftovers may hold it for a moment, which is waited for.
    """
    # Some file systems have no locks; then that process gets none either, and removes nothing.
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX)
