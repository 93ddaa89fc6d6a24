"""One table after the other, for every contest that has the data for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def joined(contests: Iterable[str], make: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """The tables of these contests below each other; contests without the data for one are left out.

    Raises
    ------
    NothingToCompare : no contest has the data; the message holds the reason of every contest.
    """
    import pandas as pd

    from pollbench.errors import CoverageError, DomainError, NothingToCompare

    pieces = []
    reasons = []
    for contest in contests:
        try:
            pieces.append(make(contest))
        except (CoverageError, DomainError, NothingToCompare) as error:
            # A primary without polls has no campaign to draw; its other tables stand.
            reasons.append(str(error))
    if not pieces:
        raise NothingToCompare(" ".join(reasons))
    filled = [piece for piece in pieces if len(piece)] or pieces[:1]
    return pd.concat(filled, ignore_index=True)
