"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pollbench.errors import OutputError

MANIFEST = "manifest.json"


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``: to a temporary name first, then renamed.

    Raises
    ------
    OutputError : the place cannot be written to; an old file stays as it was.
    """
    if path.is_dir():
        message = f"{path} is a folder; name a file."
        raise OutputError(message)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files that only their owner reads; a result is for everyone.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise unwritable(path, error) from None


def write_text(path: Path, content: str) -> None:
    """Write ``content`` as UTF-8; as ``write_bytes``."""
    write_bytes(path, content.encode("utf-8"))


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
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        message = (
            f"{target} holds files that PollBench did not write (it has no {MANIFEST}); they are left alone. "
            "Name a new or empty folder."
        )
        raise OutputError(message)
    with _written_aside(target) as fresh:
        yield fresh
        if target.is_dir():
            target.rename(fresh.with_name("old"))
        fresh.rename(target)


@contextmanager
def filled_folder(target: Path) -> Iterator[Path]:
    """A new folder whose files go to their places in ``target`` when the block ends well; other files there stay.

    If the block fails, what it wrote is removed and ``target`` stays as it was.

    Raises
    ------
    OutputError : the target is a file, or cannot be written.
    """
    with _written_aside(target) as fresh:
        yield fresh
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
        with tempfile.TemporaryDirectory(
            dir=target.parent, prefix=f".{target.name}.", suffix=".tmp"
        ) as temporary:
            fresh = Path(temporary) / "new"
            fresh.mkdir()
            yield fresh
    except OSError as error:
        raise unwritable(target, error) from None
