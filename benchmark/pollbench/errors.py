"""What can go wrong, in words a reader can act on.

Every message names what was found, the rule it breaks and the remedy; the command line prints
it alone, without a traceback, and leaves with the class's ``exit_code``: 1 for a finding in the
data, 2 for misuse.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Self


class PollbenchError(Exception):
    """The parent of every error that PollBench raises on purpose."""

    exit_code = 2


def reason(error: BaseException) -> str:
    """What went wrong, in one line: the message of our own errors, the kind and message of others."""
    text = " ".join(str(error).split())
    return text if isinstance(error, PollbenchError) else f"{type(error).__name__}: {text}"


@contextmanager
def set_apart(failed: dict[str, str], name: str) -> Iterator[None]:
    """Note why one table, chart or page of many cannot be made, so that it never takes the others with it.

    A folder that cannot be written to and memory that runs out end all of them.

    Parameters
    ----------
    failed : name -> what went wrong, in one line.
    name : what is made in the block.

    Examples
    --------
    >>> failed = {}
    >>> with set_apart(failed, "chart"):
    ...     1 / 0
    >>> failed
    {'chart': 'ZeroDivisionError: division by zero'}
    """
    try:
        yield
    except (OutputError, MemoryError):
        raise
    except Exception as error:
        failed[name] = reason(error)


class ArgumentError(PollbenchError, TypeError):
    """An argument of a public function that is of another type than the function takes."""


class UnknownName(PollbenchError):
    """A name that nothing answers to, with the names that come close."""

    @classmethod
    def of(cls, kind: str, name: str, known: Iterable[str]) -> Self:
        """Build the message for ``name``, an unknown ``kind``, from the names that exist.

        Examples
        --------
        >>> print(UnknownName.of("measure", "mea", ["mae", "rmse"]))
        There is no measure 'mea'. Did you mean 'mae'?
        """
        names = sorted(known)
        close = get_close_matches(name, names, n=3, cutoff=0.6)
        if close:
            hint = f"Did you mean {' or '.join(repr(match) for match in close)}?"
        elif len(names) <= 40:
            hint = f"There is: {', '.join(names) or 'none'}."
        else:
            hint = f"There are {len(names)}: see 'pollbench list'."
        return cls(f"There is no {kind} {name!r}. {hint}")


class DuplicateName(PollbenchError):
    """Two things of one kind under one name."""

    @classmethod
    def of(cls, kind: str, name: str) -> Self:
        """Build the message for the second ``kind`` called ``name``."""
        return cls(f"Two {kind}s are called {name!r}: give the second another name.")


def readable(path: Path | str) -> str:
    r"""A path as a message may print it: bytes that are not UTF-8 and characters that cannot be seen are escaped.

    Examples
    --------
    >>> print(readable("polls\udcff\x1b.csv"))
    polls\xff\x1b.csv
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


@dataclass
class DataError(PollbenchError):
    """A value in a data file that breaks a rule.

    Attributes
    ----------
    path, line, column, value : where the value stands; ``line`` counts from 1, the header being 1.
    rule : what the file must fulfil.
    remedy : what the person should do.
    """

    path: Path | str
    rule: str
    remedy: str
    line: int | None = None
    column: str | None = None
    value: str | None = None

    exit_code = 1

    def __str__(self) -> str:
        """One sentence: place, value, rule, remedy."""
        where = readable(self.path)
        if self.line is not None:
            where += f", line {self.line}"
        if self.column is not None:
            where += f", column {self.column}"
        shown = "" if self.value is None else f": {self.value!r}"
        return f"{where}{shown}: {self.rule} {self.remedy}"


class PublishedError(PollbenchError):
    """A published figure moved without a new version, or without a word in the CHANGELOG."""

    exit_code = 1


class ChecksumError(PollbenchError):
    """A shipped data file is not the file that was registered."""

    exit_code = 1


class CoverageError(PollbenchError):
    """Some forecaster did not publish what the policy asks for."""


class PolicyError(PollbenchError):
    """A policy, or a measure under a policy, that means nothing."""


class NothingToCompare(PolicyError):
    """The data lack what a comparison needs: nobody has voted yet, or nothing was published that counts."""


class NoSuchVote(NothingToCompare):
    """The data hold no vote of the kind that was asked about, so that nothing is missing."""


class DomainError(PollbenchError, ValueError):
    """An array outside the domain of a measure: NaN, a negative share, shapes that do not meet."""


class OutputError(PollbenchError):
    """A place that cannot be written to."""


class TableError(PollbenchError):
    """A table that is not as it is declared: a fault of the program, not of its user."""


class DatabaseError(PollbenchError):
    """A database file that cannot be used: missing, damaged, or of another version's schema."""


class BadDay(PollbenchError):
    """A text that should name a day and does not."""
