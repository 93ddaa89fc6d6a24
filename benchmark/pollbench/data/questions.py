"""What a result was made from: the questions that were asked of opened data while it was made, and whether all of it was seen.

A result follows from code, options and answers. While it is made, every question to a `Bench` is noted; a file that is
read beside them, and is not of the installed packages, makes it a result of which not everything is known.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from pollbench import cache
from pollbench.data.elections import COLLECTION, DESCRIPTION, datasets_folder
from pollbench.registry import OURS
from pollbench.temporary import is_in_a_room

Made = TypeVar("Made")
#: What is asked, as plain texts: its kind, and what it is about.
Question = tuple[str, ...]
#: What depends on every row.
CONTENT: Question = ("content",)
#: The kind of the question what a query gives.
FRAME = "frame"


class Source(Protocol):
    """What answers questions."""

    def digest_of(self, question: Question) -> str:
        """A digest of the answer: equal digests, equal answers."""


class Asked:
    """The questions that were asked while something was made.

    Attributes
    ----------
    questions : source and question, in the order in which they were first asked.
    unseen : what the result rests on besides and cannot be asked again; empty if everything is known.
    """

    def __init__(self) -> None:
        self.questions: dict[tuple[Source, Question], None] = {}
        self.unseen: set[str] = set()

    def add(self, other: Asked) -> None:
        """Take over what was asked for a result that this one rests on."""
        self.questions.update(other.questions)
        self.unseen |= other.unseen


class _Open(threading.local):
    """The results that this thread is making, the innermost last; None where it looks away."""

    def __init__(self) -> None:
        self.stack: list[Asked | None] = []


_OPEN = _Open()


def note(source: Source, question: Question) -> None:
    """Note that the result being made rests on the answer of ``source``."""
    if _OPEN.stack and (asked := _OPEN.stack[-1]) is not None:
        asked.questions[source, question] = None


def note_unseen(what: str) -> None:
    """Note that the result being made rests on something that cannot be asked again."""
    if _OPEN.stack and (asked := _OPEN.stack[-1]) is not None:
        asked.unseen.add(what)


def note_all(asked: Asked) -> None:
    """Note all that was asked for a result which the one being made rests on."""
    if _OPEN.stack and (outer := _OPEN.stack[-1]) is not None:
        outer.add(asked)


@contextmanager
def noting() -> Iterator[Asked]:
    """Note what is asked in the block, for its result and for those that rest on it; also where it fails."""
    _watch_files()
    asked = Asked()
    _OPEN.stack.append(asked)
    try:
        yield asked
    finally:
        _OPEN.stack.pop()
        note_all(asked)


@contextmanager
def looking_away() -> Iterator[None]:
    """Note nothing in the block: who enters it notes what the block rests on."""
    _OPEN.stack.append(None)
    try:
        yield
    finally:
        _OPEN.stack.pop()


@dataclass(frozen=True)
class Key(Generic[Made]):
    """Names one result of a bench; the parameter of the type is what `Bench.memo` returns for it.

    Attributes
    ----------
    name : of what is made, written once, next to the function that makes it.
    details : what it depends on besides the data: a policy, a contest.

    Examples
    --------
    >>> VOTES: Key[int] = Key("votes of a contest")
    >>> VOTES.of("fr-pres-2017-r1") == VOTES.of("fr-pres-2017-r2")
    False
    """

    name: str
    details: tuple[Hashable, ...] = ()

    def of(self, *details: Hashable) -> Key[Made]:
        """The key of the same thing for these details."""
        return Key(self.name, details)


class Memo:
    """Results by key, each made when first asked for; who asks for one rests on all that it was made from."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[Any, Asked]] = {}

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The result under ``key``, made by ``make`` if there is none yet."""
        if key not in self._made:
            with noting() as asked:
                result = make()
            self._made[key] = result, asked
        result, asked = self._made[key]
        note_all(asked)
        return result

    def __contains__(self, key: Hashable) -> bool:
        """Whether the result was made."""
        return key in self._made

    def clear(self) -> None:
        """Forget all results."""
        self._made.clear()


#: Where nothing lies that a figure rests on and that the key of a result does not hold.
_SYSTEM = ("/proc/", "/sys/", "/dev/", "/etc/", "/usr/")
#: Events of Python by which a file or a folder is read.
_READS = ("open", "os.listdir", "os.scandir")
_watched: list[tuple[str, ...]] = []


def _watch_files() -> None:
    """From now on have Python say which files are opened: a result that rests on one of unknown content is not kept."""
    if not _watched:
        folders = {*map(str, _our_packages()), sys.prefix, sys.base_prefix}
        prefixes = sorted({*folders, *map(os.path.realpath, folders)})
        _watched.append((*_SYSTEM, *(f"{prefix}{os.sep}" for prefix in prefixes)))
        sys.addaudithook(note_read)
        gc.callbacks.append(_on_collection)


def _on_collection(phase: str, _: dict[str, int]) -> None:
    """Look away while the garbage collector works: it may remove a folder that was forgotten long before."""
    if phase == "start":
        _OPEN.stack.append(None)
    elif _OPEN.stack and _OPEN.stack[-1] is None:
        _OPEN.stack.pop()


def _our_packages() -> list[Path]:
    from importlib.util import find_spec

    specs = [find_spec(name) for name in OURS]
    return [Path(spec.origin).parent for spec in specs if spec is not None and spec.origin]


def note_read(event: str, arguments: tuple[Any, ...]) -> None:
    """Note that the result being made rests on what an event of Python reads, as `unseen` says it."""
    if event in _READS and _OPEN.stack and _OPEN.stack[-1] is not None and (what := unseen(event, arguments)):
        note_unseen(what)


def unseen(event: str, arguments: tuple[Any, ...]) -> str:
    """What a result rests on and cannot ask again, of an event of Python that opens or lists; "" if it is nothing.

    Parameters
    ----------
    event, arguments : as Python hands them to an audit hook: "open" with path, mode and flags, "os.listdir" or
        "os.scandir" with a path.
    """
    path = arguments[0]
    # What is only written, or new, holds nothing.
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_EXCL):
        return ""
    # An import lists the folders in which it looks; a number is a file that was opened before.
    if (event == "os.listdir" and path in sys.path) or not isinstance(path, (str, bytes, os.PathLike)):
        return ""
    where = Path(os.fsdecode(path)).absolute()
    return "" if _is_known(where) else str(where)


def _is_known(where: Path) -> bool:
    """Whether the content of a file is in the key of every result, or matters to none."""
    entries = cache.folder()
    if entries is not None and f"{where}{os.sep}".startswith(f"{entries}{os.sep}"):
        return True
    # A temporary folder holds what its process made of what it read, and may be removed at any time.
    if is_in_a_room(where / "any"):
        return True
    shared = datasets_folder()
    if where.is_relative_to(shared):
        # The folders of elections are no share of the key: what is read of them is read through a Bench.
        inside = where.relative_to(shared).parts[:1]
        return not inside or not any(
            (shared / inside[0] / name).exists() for name in (DESCRIPTION, COLLECTION)
        )
    return f"{where}{os.sep}".startswith(_watched[0])
