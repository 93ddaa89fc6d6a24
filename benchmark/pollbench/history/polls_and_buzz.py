"""Polls beside buzz, round by round: who was closer, by how much, and how often a coin would do the same."""

from __future__ import annotations

import pandas as pd

from pollbench.inference.multiplicity import at_least
from pollbench.selection.reading import is_poll

#: Columns of `polls_beside_buzz`.
COLUMNS = ["contest_id", "polls", "poll_error", "buzz", "buzz_error", "polls_closer"]


def known_before(board: pd.DataFrame) -> pd.DataFrame:
    """The single polls and the buzz figures of a board that were public before the vote.

    Parameters
    ----------
    board : as from `leaderboard`, with ``recalled`` (known only from a text written after the vote).

    Returns
    -------
    frame as ``board``; averages of polls, which repeat the polls, and recalled figures are left out.
    """
    wanted = is_poll(board) | (board["family"] == "buzz")
    return board[wanted & ~board["recalled"].fillna(False).astype(bool)]


def polls_beside_buzz(board: pd.DataFrame) -> pd.DataFrame:
    r"""The middle poll and the middle buzz figure of every round that has both.

    .. math:: \operatorname{med}_{i \in \text{polls}} e_i \;\text{ and }\; \operatorname{med}_{j \in \text{buzz}} e_j

    Parameters
    ----------
    board : as from `leaderboard`: contest_id, family, kind, recalled, and the error in ``value`` (points, lower is better).

    Returns
    -------
    frame with contest_id, polls and buzz (numbers of figures), poll_error and buzz_error (medians, points),
    polls_closer (whether the middle poll erred less). One row per contest, in the order of their ids.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "contest_id": ["a", "a", "a", "b"], "family": ["poll", "poll", "buzz", "poll"], "kind": "quota_poll",
    ...     "value": [1.0, 2.0, 3.0, 1.0], "recalled": False,
    ... })
    >>> polls_beside_buzz(rows).to_dict("records")
    [{'contest_id': 'a', 'polls': 2, 'poll_error': 1.5, 'buzz': 1, 'buzz_error': 3.0, 'polls_closer': True}]
    """
    if board.empty:
        return pd.DataFrame(columns=COLUMNS)
    known = known_before(board)
    polls = known[is_poll(known)].groupby("contest_id")["value"].agg(polls="size", poll_error="median")
    buzz = (
        known[known["family"] == "buzz"].groupby("contest_id")["value"].agg(buzz="size", buzz_error="median")
    )
    both: pd.DataFrame = polls.join(buzz, how="inner").sort_index().reset_index()
    both["polls_closer"] = both["poll_error"] < both["buzz_error"]
    return both.loc[:, COLUMNS]


def chance_of_equals(closer: int, rounds: int) -> float:
    r"""Probability that one of two equally good kinds of forecast is closer in so many rounds: the two-sided sign test.

    .. math:: p = \min\{1,\; 2 \Pr(X \ge \max(k, n - k))\},\quad X \sim \mathrm{Binomial}(n, 1/2)

    Parameters
    ----------
    closer : rounds in which the first was closer, k.
    rounds : rounds in which both stood, n.

    Returns
    -------
    float from 0 to 1. Rounds of one election are not independent: the probability is, if anything, too low.

    Reference
    ---------
    Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.4 (the sign test).

    Examples
    --------
    Three of three, and six of six:

    >>> chance_of_equals(3, 3), chance_of_equals(0, 6)
    (0.25, 0.03125)
    """
    return min(1.0, 2.0 * at_least(max(closer, rounds - closer), rounds, 0.5))
