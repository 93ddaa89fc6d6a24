"""Boards over several elections, and paired comparisons of forecasters, houses and families.

The unit is a contest. Errors of different contests are not alike (2022 was harder than 2017), so
each error is set against the median last poll of its own contest before anything is averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pollbench.errors import PolicyError, UnknownName
from pollbench.inference.fields import FIELD_LEVEL, behind_best
from pollbench.inference.multiplicity import holm
from pollbench.inference.paired_tests import FEWEST_CONTESTS, Paired, paired, paired_bootstrap, sign_flip
from pollbench.language.texts import SOURCE_LOCALE
from pollbench.language.words import Words
from pollbench.randomness import SEED

#: P-value above which a forecaster does not differ from the median poll.
LEVEL = 0.05
#: Tables are in the source language.
WORDS = Words(SOURCE_LOCALE)
By = Literal["forecaster_id", "house", "family"]
BOARD = [
    "rank", "tied_with_best", "who", "family", "forecasters", "contests", "contest_ids", "mae", "excess", "low", "high",
    "p_value", "skill", "what_it_proves",
]  # fmt: skip


def independent(errors: pd.DataFrame) -> pd.DataFrame:
    """Errors without poll averages (they repeat the polls), with the excess over the median poll.

    Parameters
    ----------
    errors : as from `scale.errors_table`.

    Returns
    -------
    the rows that are no averages, with ``excess`` = mae - median mae of the polls of the contest,
    NaN where the contest has no poll.
    """
    singles = errors[errors["kind"] != "poll_average"].copy()
    polls = singles[singles["family"] == "poll"].groupby("contest_id")["mae"].median()
    singles["excess"] = singles["mae"] - singles["contest_id"].map(polls)
    return singles


def by_contest(errors: pd.DataFrame, by: By, value: str = "mae") -> pd.DataFrame:
    """One value per contest (rows) and forecaster, house or family (columns); several are averaged."""
    return independent(errors).pivot_table(index="contest_id", columns=by, values=value, aggfunc="mean")


def pooled_board(
    errors: pd.DataFrame, by: By = "house", *, resamples: int = 2000, seed: int = SEED
) -> pd.DataFrame:
    """Rank forecasters, houses or families over all contests they took part in.

    Parameters
    ----------
    errors : as from `scale.errors_table`; the published ones are `scale.published_errors`.
    by : "forecaster_id", "house" (Filteris and Qotmii are one) or "family".
    resamples, seed : bootstrap over contests.

    Returns
    -------
    frame with rank (by excess; 0 = not ranked, under six contests), tied_with_best ("yes", "no", see
    Notes; "unknown": not ranked, or fewer than six contests in common), who, family, forecasters (names the house
    had, with spaces), contests (number), contest_ids, mae (points, mean over contests), excess
    (points by which it missed more than the median poll of the same contests; below 0 = better),
    low, high (95 % of the excess, contests resampled; NaN under six contests), p_value (of an
    excess of 0, sign flip over contests, Holm's correction over the board), skill (1 - sum of
    errors / sum of the flat ones), what_it_proves (words). Ranked ones first.

    Notes
    -----
    Not tied with the best is only who lies further behind it than the furthest of equally good ones
    does in 95 % of boards (`inference.fields.behind_best`): the best is named by the same contests. Who has under
    six contests is not ranked: one good day would lead the board.
    """
    usable = independent(errors).dropna(subset=["excess"])
    excess = by_contest(errors, by, "excess")
    rows = []
    for who, group in usable.groupby(by):
        values = excess[who].dropna()
        enough = len(values) >= FEWEST_CONTESTS
        low, high = paired_bootstrap(values, resamples=resamples, seed=seed) if enough else (np.nan, np.nan)
        rows.append(
            {
                "who": who,
                "family": group["family"].iloc[0],
                "forecasters": " ".join(sorted(set(group["forecaster_id"]))),
                "contests": len(values),
                "contest_ids": " ".join(sorted(values.index)),
                "mae": group.groupby("contest_id")["mae"].mean().mean(),
                "excess": values.mean(),
                "low": low,
                "high": high,
                # Among one candidate, or equal ones, the flat forecast is perfect: there is no skill to have.
                "skill": 1 - group["mae"].sum() / flat if (flat := group["flat"].sum()) else np.nan,
            }
        )
    board = pd.DataFrame(rows)
    ranked = board["contests"] >= FEWEST_CONTESTS
    board = board.assign(later=~ranked).sort_values(["later", "excess", "who"], ignore_index=True)
    ranked = board["contests"] >= FEWEST_CONTESTS
    board["rank"] = board["excess"].where(ranked).rank(method="min").fillna(0).astype(int)
    board["tied_with_best"] = "unknown"
    board.loc[ranked, "tied_with_best"] = _tied(excess[board.loc[ranked, "who"].tolist()], seed)
    board["p_value"] = np.nan
    board.loc[ranked, "p_value"] = _corrected(
        [excess[who].dropna() for who in board.loc[ranked, "who"]], seed
    )
    board["what_it_proves"] = [
        _proves(contests, mean, p_value)
        for contests, mean, p_value in zip(board["contests"], board["excess"], board["p_value"], strict=True)
    ]
    return board[BOARD]


def _corrected(excesses: list[pd.Series], seed: int) -> list[float]:
    """Sign-flip p-values of no excess, after Holm's correction for asking of so many."""
    if not excesses:
        return []
    return [float(p_value) for p_value in holm([sign_flip(values, seed=seed) for values in excesses])]


def _tied(excess: pd.DataFrame, seed: int) -> list[str]:
    """Whether each of the ranked ones is tied with the best of them: "yes", "no" or "unknown"."""
    if excess.empty:
        return []
    p_values = behind_best(excess.to_numpy(), seed=seed)
    words = np.where(p_values <= FIELD_LEVEL, "no", "yes")
    return list(np.where(np.isnan(p_values), "unknown", words))


def _proves(contests: int, excess: float, p_value: float) -> str:
    if contests < FEWEST_CONTESTS:
        return WORDS.plural("pooled.few", contests, contests=contests)
    if p_value > LEVEL:
        return WORDS("pooled.equal", contests=contests, p_value=WORDS.number(p_value, 2))
    side = "pooled.better" if excess < 0 else "pooled.worse"
    return WORDS(side, contests=contests, p_value=WORDS.number(p_value, 3))


@dataclass(frozen=True)
class Comparison:
    """Two forecasters, houses or families over the contests that both took part in.

    Attributes
    ----------
    contests : one row per contest: contest_id, first, second (errors, points), difference.
    test : the paired test; None under six contests.
    sentence : what can and cannot be said.
    """

    contests: pd.DataFrame
    test: Paired | None
    sentence: str


def paired_comparison(
    errors: pd.DataFrame, first: str, second: str, by: By = "forecaster_id", *, seed: int = SEED
) -> Comparison:
    """Compare two forecasters, houses or families over the contests they share.

    Parameters
    ----------
    errors : as from `scale.errors_table`.
    first, second : names in the column ``by``.
    by : "forecaster_id", "house" or "family". Families are compared by their mean error a contest;
        poll averages are left out, since they repeat the polls.
    seed : of the bootstrap.

    Raises
    ------
    UnknownName : no such forecaster, house or family has errors.
    PolicyError : one name twice, or a poll average, which repeats the polls.
    """
    table = by_contest(errors, by)
    for name in (first, second):
        if name not in table.columns and name in set(errors[by]):
            message = (
                f"{name} repeats the polls of others: it is an average, and left out of such comparisons."
            )
            raise PolicyError(message)
        if name not in table.columns:
            raise UnknownName.of(kind=by.removesuffix("_id"), name=name, known=table.columns)
    if first == second:
        message = f"{first} and {second} are one: name two that differ."
        raise PolicyError(message)
    both = table[[first, second]].dropna()
    contests = pd.DataFrame(
        {
            "contest_id": both.index,
            "first": both[first].to_numpy(),
            "second": both[second].to_numpy(),
            "difference": (both[first] - both[second]).to_numpy(),
        }
    )
    count, wins = len(contests), int((contests["difference"] < 0).sum())
    if not count:
        return Comparison(contests, None, WORDS("compared.none", first=first, second=second))
    happened = WORDS.plural("compared.happened", count, first=first, second=second, wins=wins, contests=count)
    if count < FEWEST_CONTESTS:
        return Comparison(contests, None, WORDS("compared.few", happened=happened))
    test = paired(contests["first"], contests["second"], seed=seed)
    sentence = WORDS(
        "compared.beyond_chance" if test.p_value <= LEVEL else "compared.chance",
        happened=happened,
        points=WORDS.number(-test.difference, 2, signed=True),
        low=WORDS.number(-test.high, 2, signed=True),
        high=WORDS.number(-test.low, 2, signed=True),
        p_value=WORDS.number(test.p_value, 3),
    )
    return Comparison(contests, test, sentence)
