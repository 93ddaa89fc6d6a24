"""Write files whole or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pollbench.errors import OutputError
from pollbench.temporary import SUFFIX, is_in_a_room, locked, prefix, remove_leftovers, room_beside

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
#: End of the name under which the old folder waits where two names cannot be exchanged.
OLD = ".old"
#: From linux/fs.h and fcntl.h: exchange two names; relative to the current folder.
RENAME_EXCHANGE, AT_FDCWD = 2, -100
#: So many files wait for the disk at a time.
SYNCED_TOGETHER = 8


def write_bytes(path: Path, content: bytes, *, settled: bool | None = None) -> None:
    """Write ``content`` to ``path``: to a temporary name first, then renamed; at once in a folder that is written aside.

    Parameters
    ----------
    path, content : where, and what.
    settled : whether the system writes it before it gets its name; by default it does, unless the file is in a
        folder that is written aside, all of which is settled when it takes its place.

    Raises
    ------
    OutputError : the place cannot be written to; an old file stays as it was.
    """
    path = real_place(path)
    if path.is_dir():
        message = f"{path} is a folder; name a file."
        raise OutputError(message)
    aside = is_in_a_room(path)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if aside and settled is None:
            # The whole folder takes its name later, or is removed with what is half written in it.
            path.write_bytes(content)
            return
        # The cache clears up after itself.
        if settled is not False and not aside:
            remove_leftovers(path)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=prefix(path), suffix=SUFFIX)
        # Locked until it has its name: before that, another process would take it for one that was left.
        with locked(handle):
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                if settled is not False:
                    file.flush()
                    os.fsync(file.fileno())
            # mkstemp makes files that only their owner reads; a result is for those whom the umask allows.
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise unwritable(path, error) from None


def write_text(path: Path, content: str) -> None:
    """Write ``content`` as UTF-8; as ``write_bytes``."""
    write_bytes(path, content.encode("utf-8"))


#: A spreadsheet takes a cell that starts with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(frame: pd.DataFrame) -> str:
    """A table as CSV for people: a text that a spreadsheet would run as a formula gets an apostrophe before it.

    Examples
    --------
    >>> import pandas as pd
    >>> csv_text(pd.DataFrame({"name": ["=1+1", "Ann", "-2.5"], "value": [-1.0, 2.0, 3.0]}))
    "name,value\\n'=1+1,-1.0\\nAnn,2.0\\n-2.5,3.0\\n"
    """

    def plain(cell: object) -> object:
        if not isinstance(cell, str) or not cell.startswith(FORMULA):
            return cell
        try:
            float(cell)
        except ValueError:
            return f"'{cell}"
        return cell

    def to_map(name: str) -> bool:
        # The mapping of mixed values also gives them one type, in which they are written.
        mixed = frame[name].dtype == object
        return mixed or any(
            isinstance(cell, str) and cell.startswith(FORMULA) for cell in frame[name].tolist()
        )

    texts = [name for name in frame.select_dtypes(["object", "string"]).columns if to_map(name)]
    text: str = frame.assign(**{name: frame[name].map(plain) for name in texts}).to_csv(
        index=False, lineterminator="\n"
    )
    return text


def unwritable(path: Path, error: OSError) -> OutputError:
    """The error that says why ``path`` cannot be written, and what to do."""
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError):
        # What making the folder says where a file has its name.
        reason = f"{error.filename} is a file, not a folder"
    return OutputError(
        f"{path} cannot be written ({reason}). Name another place, free space, or change its permissions."
    )


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of ``target`` when the block ends well.

    If the block fails, what it wrote is removed and the old folder stays. A folder that holds
    something else than an earlier run is left alone.

    Raises
    ------
    OutputError : the target is a file, holds what PollBench did not write, or cannot be written.
    """
    target = real_place(target)
    _restore(target)
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        message = (
            f"{target} holds files that PollBench did not write (it has no {MANIFEST}); they are left alone. "
            "Name a new or empty folder."
        )
        raise OutputError(message)
    with _written_aside(target) as fresh:
        yield fresh
        _take_place(fresh, target)


def real_place(path: Path) -> Path:
    """Where ``path`` leads: a link is followed, so that it stays a link.

    Raises
    ------
    OutputError : it leads to a device, a pipe or a socket, which would be replaced by a file.
    """
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not (path.is_file() or path.is_dir()):
        message = (
            f"{path} is no file and no folder, but a device, a pipe or a socket; name a file or a folder."
        )
        raise OutputError(message)
    return path


def _take_place(fresh: Path, target: Path) -> None:
    """Put ``fresh`` in the place of ``target``, in one step where the system can exchange two names.

    Elsewhere there is a moment without ``target``: a signal that comes then brings the old folder back, and after
    a kill the next run does (`_restore`).
    """
    _settle(fresh)
    if not target.is_dir():
        fresh.rename(target)
    elif not exchanged(fresh, target):
        # Beside the target, where no clean-up of the fresh folder reaches it.
        old = target.with_name(f".{target.name}{OLD}")
        target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            if not target.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    _sync(target.parent)


def _restore(target: Path) -> None:
    """Bring back the old folder of a run that was killed between two renames; remove it if the new one stands."""
    old = target.with_name(f".{target.name}{OLD}")
    try:
        if old.is_dir() and target.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        elif old.is_dir():
            old.rename(target)
    except OSError as error:
        raise unwritable(target, error) from None


def _umask() -> int:
    """What the user denies to others; the system tells it only to who sets it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here = ctypes.c_int(AT_FDCWD)
    names = (ctypes.c_char_p(os.fsencode(one)), ctypes.c_char_p(os.fsencode(other)))
    return bool(renameat2(here, names[0], here, names[1], ctypes.c_uint(RENAME_EXCHANGE)) == 0)


def _settle(folder: Path) -> None:
    """Have the system write what is in ``folder`` before its name says that it is whole."""
    # Several at a time: each waits for the disk, which writes what it was given meanwhile together.
    with ThreadPoolExecutor(SYNCED_TOGETHER) as threads:
        for _ in threads.map(_sync, (path for path in sorted(folder.rglob("*")) if path.is_file())):
            pass
    _sync(folder)


def _sync(path: Path) -> None:
    if os.name != "posix":  # pragma: no cover (Windows)
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        # Some file systems cannot; they give no such promise at all.
        pass
    finally:
        os.close(handle)


@contextmanager
def filled_folder(target: Path) -> Iterator[Path]:
    """A new folder whose files go to their places in ``target`` when the block ends well; other files there stay.

    If the block fails, what it wrote is removed and ``target`` stays as it was.

    Raises
    ------
    OutputError : the target is a file, or cannot be written.
    """
    target = real_place(target)
    with _written_aside(target) as fresh:
        yield fresh
        _settle(fresh)
        for path in sorted(fresh.rglob("*")):
            destination = target / path.relative_to(fresh)
            if path.is_dir():
                destination.mkdir(parents=True, exist_ok=True)
            else:
                destination.parent.mkdir(parents=True, exist_ok=True)
                path.replace(destination)


@contextmanager
def _written_aside(target: Path) -> Iterator[Path]:
    """A folder beside ``target``, removed with all that is in it at the end of the block."""
    if target.exists() and not target.is_dir():
        message = f"{target} is a file; name a folder to write to."
        raise OutputError(message)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with room_beside(target) as room:
            fresh = room / "new"
            fresh.mkdir()
            yield fresh
    except OSError as error:
        raise unwritable(target, error) from None
