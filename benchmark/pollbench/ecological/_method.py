"""What a transfer method is: the votes of the units at two votes go in, a table of transfers comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pollbench.registry import Registry

Votes: TypeAlias = NDArray[np.float64]
Kind = Literal["table", "bounds"]
Function: TypeAlias = Callable[[Votes, Votes], Votes]


@dataclass(frozen=True)
class TransferMethod:
    """A method, and everything a reader needs to quote one of its numbers.

    Attributes
    ----------
    name : the id ("lphom").
    title : the field's term.
    assumes : what must be true for the table to be right, in a sentence.
    may_return : what the method may return that no electorate can have done, in a sentence.
    kind : "table" returns an array (options 1, options 2) of votes, "bounds" an array
        (2, options 1, options 2): the least and the most votes.
    reference : author, year and DOI or page.
    version : raised whenever a value may change.
    function : the array function ``(first, second)``; ``first`` of shape (units, options 1),
        ``second`` of shape (units, options 2), votes.
    """

    name: str
    title: str
    assumes: str
    may_return: str
    kind: Kind
    reference: str
    version: int
    function: Function

    def __call__(self, first: Votes, second: Votes) -> Votes:
        """Call the array function."""
        return self.function(first, second)


_METHODS: Registry[TransferMethod] = Registry("transfer method")


def transfer_method(
    *, title: str, assumes: str, may_return: str, reference: str, version: int, kind: Kind = "table"
) -> Callable[[Function], Function]:
    """Register the decorated array function as a transfer method under its own name."""

    def register(function: Function) -> Function:
        _METHODS.add(
            TransferMethod(function.__name__, title, assumes, may_return, kind, reference, version, function)
        )
        return function

    return register


def registered() -> dict[str, TransferMethod]:
    """All transfer methods, by name."""
    return _METHODS.ordered()


def named(name: str) -> TransferMethod:
    """The method called ``name``; UnknownName with close names if there is none."""
    return _METHODS.named(name)
