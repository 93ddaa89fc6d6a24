"""The rows of one contest in the answer to a query about all of them: a result may rest on these alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.data.questions import Key, looking_away, note

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

#: The kind of the question which rows of an answer are about one contest.
OF_CONTEST = "of contest"
_ROWS: Key[dict[str, pd.DataFrame]] = Key("rows of an answer by contest")


def of_contest(bench: Bench, query: str, contest_id: str) -> pd.DataFrame:
    """The rows of one contest in the answer to ``query``, which has a column contest_id, in their order.

    All contests are asked about at once, as asking takes the time; but a result rests on these rows alone, so that it
    is kept when those of another contest change.
    """
    note(bench, (OF_CONTEST, query, contest_id))
    with looking_away():
        every = bench.frame(query)
        rows = bench.memo(_ROWS.of(query), lambda: _by_contest(every)).get(contest_id)
    return every.iloc[:0] if rows is None else rows.copy(deep=False)


def _by_contest(every: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        str(contest): rows.reset_index(drop=True) for contest, rows in every.groupby("contest_id", sort=False)
    }
