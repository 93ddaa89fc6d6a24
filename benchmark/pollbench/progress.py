"""A bar of progress on a terminal, and silence everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


class Progress:
    """A bar on a terminal; nothing elsewhere, so that logs stay clean.

    Parameters
    ----------
    name : of what is done.
    wanted : whether to show one at all.

    Examples
    --------
    >>> with Progress("tables", wanted=False) as advance:
    ...     advance(1, 30)
    """

    def __init__(self, name: str, *, wanted: bool) -> None:
        self._name = name
        self._wanted = wanted and sys.stderr.isatty()
        self._bar: Any = None

    def __enter__(self) -> Callable[[int, int], None]:
        """Give the function that moves the bar: done, of how many."""
        return self._advance

    def _advance(self, done: int, total: int) -> None:
        if not self._wanted:
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(total=total, desc=self._name, leave=False)
        self._bar.update(done - self._bar.n)

    def __exit__(self, *_: object) -> None:
        """Close the bar."""
        if self._bar is not None:
            self._bar.close()
