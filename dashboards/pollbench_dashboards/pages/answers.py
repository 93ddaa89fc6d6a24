"""The answers to the four questions, computed: a sentence, what happened, and what it proves.

What happened is a fact about one vote. What it proves is an inference, and on one vote it is little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pollbench.history.last_errors import independent_polls
from pollbench.inference.multiplicity import FAMILY_LEVEL, at_least
from pollbench.inference.sampling import LEVEL_OF_DISTRIBUTION
from pollbench.inference.ties import LEVEL_OF_TIE
from pollbench.selection.reading import is_poll
from pollbench_dashboards.charts import registered
from pollbench_dashboards.charts.chance_beside_error import finding as chance_finding
from pollbench_dashboards.charts.error_by_forecaster import finding as error_finding
from pollbench_dashboards.charts.error_by_forecaster import prepare as error_table
from pollbench_dashboards.charts.forecast_against_result import finding, leader_places
from pollbench_dashboards.charts.forecast_against_result import prepare as place_table
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.drawing.choosing import candidates_in_view, contest_row, of_contest
from pollbench_dashboards.language.naming import labelled, sorted_names
from pollbench_dashboards.language.typography import capitalised
from pollbench_dashboards.language.words import Words

if TYPE_CHECKING:
    from pollbench_dashboards.frames.gathered import Gathered

#: A cost known within this factor is called known: beyond, even its order of magnitude is open.
WIDE_RANGE = 10


@dataclass(frozen=True)
class Answer:
    """One answer: the sentence, the fact, the inference."""

    answer: str
    happened: str
    proves: str


def answers(frames: Gathered, words: Words) -> dict[str, Answer]:
    """The four answers for the main contest; each says so where there is nothing to answer from."""
    view = View(locale=words.locale)
    contest = contest_row(frames, view)
    reason = "answer.open" if contest is not None and not contest.scored else "answer.nothing"
    nothing = Answer(words(reason), words(reason), words("answer.nothing_proved"))
    answers = dict.fromkeys(("right", "much", "surely", "rigged"), nothing)
    table = of_contest(frames, "comparison", view)
    who = candidates_in_view(frames, view)
    table = table[table.candidate_id.isin(who.candidate_id)] if len(table) else table
    if len(table):
        answers["right"] = _right(place_table(table, who, view, words), frames, view, words)
        answers["much"] = _much(error_table(frames, view, words), frames, view, words)
        answers["surely"] = _surely(frames, view, words)
    rigged = _rigged(frames, view, words)
    if rigged is not None:
        answers["rigged"] = rigged
    return answers


def kept_answers(frames: Gathered, words: Words) -> dict[str, Answer]:
    """The answers, made once for all pages that print them."""
    return frames.once(("answers", words.locale), lambda: answers(frames, words))


def _right(table: pd.DataFrame, frames: Gathered, view: View, words: Words) -> Answer:
    places = leader_places(table)
    polls = places[is_poll(places)]
    others = places[places.family != "poll"]
    counted = (("polls", polls), ("others", others))
    happened = words.plural(
        "answer.right_happened",
        len(places),
        who=words.join([_how_many(kind, table, words) for kind, table in counted if len(table)]),
        leader=str(places.candidate.iloc[0]),
    )
    proves = _shared_error(len(polls), frames, view, words)
    return Answer(capitalised(finding(table, words)[0]) + ".", happened, proves)


def _how_many(kind: str, places: pd.DataFrame, words: Words) -> str:
    """How many of a kind had the leader first or level: all of them, or so many of so many."""
    right, number = int((places.place == 1).sum()), len(places)
    if right == number:
        return words.plural(f"answer.all_{kind}", number, number=number)
    return words.plural(f"answer.some_{kind}", number, right=right, number=number)


def _shared_error(polls: int, frames: Gathered, view: View, words: Words) -> str:
    """How many independent draws the polls of one vote are worth, by the error that they share.

    With the range over the votes held, and that of their mean with any one vote left out.
    """
    contest = contest_row(frames, view)
    errors, contests = frames["last_error"], frames["contest"]
    if contest is None or errors.empty or polls < 2:
        return words("answer.right_proves_unknown")
    same_round = contests.contest_id[contests["round"] == contest["round"]]
    shared = errors[errors.contest_id.isin(set(same_round))].groupby("contest_id").common.first().dropna()
    if shared.empty:
        return words("answer.right_proves_unknown")
    draws = [independent_polls(polls, common) for common in shared]
    without_one = [float(shared.drop(contest).mean()) for contest in shared.index if len(shared) > 1]
    return words(
        f"answer.right_proves{'' if len(shared) > 1 else '_one'}",
        how_much=words("word.little" if max(draws) < polls / 2 else "word.something"),
        votes=len(shared),
        least=_percent(shared.min(), words),
        most=words.share(100 * max(shared.max(), 0.0), 0),
        mean=words.share(100 * max(shared.mean(), 0.0), 0),
        lowest=_percent(min(without_one, default=0.0), words),
        highest=words.share(100 * max(*without_one, 0.0), 0) if without_one else "",
        polls=polls,
        few=words.number(min(draws)),
        many=words.number(max(draws)),
    )


def _percent(proportion: float, words: Words) -> str:
    """A part of a whole as a number of per cent, an estimate below 0 as 0."""
    return words.number(100 * max(float(proportion), 0.0), 0)


def _much(table: pd.DataFrame, frames: Gathered, view: View, words: Words) -> Answer:
    polls = table[is_poll(table)]
    others = table[table.family.isin(["buzz", "market"])].mae
    medians = {
        "polls": (len(polls), polls.mae.median()),
        "others": (len(others), others.median()),
    }
    happened = words.listed(
        words.plural(f"answer.middle_{kind}", number, number=number, error=words.points(float(error)))
        for kind, (number, error) in medians.items()
        if number
    )
    happened = words("answer.much_happened", middles=capitalised(happened)) if happened else ""
    proves = _spread_of_polls(polls, frames, view, words)
    return Answer(capitalised(error_finding(table, words)[0]) + ".", happened, proves)


def _spread_of_polls(polls: pd.DataFrame, frames: Gathered, view: View, words: Words) -> str:
    """From the closest to the furthest poll, beside what as many equally good ones span."""
    board = of_contest(frames, "poll_board", view)
    if len(polls) < 2 or board.empty or board.tie_range.isna().any():
        return words("answer.much_proves_unknown")
    usual = float(board.tie_range.iloc[0])
    spread = float(polls.mae.max() - polls.mae.min())
    return words(
        "answer.much_proves" if spread > usual else "answer.much_proves_nothing",
        polls=len(polls),
        spread=words.points(spread),
        usual=words.points(usual),
        level=words.share(100 * LEVEL_OF_TIE, 0),
    )


def _surely(frames: Gathered, view: View, words: Words) -> Answer:
    board = of_contest(frames, "board", view)
    board = labelled(board[board.family != "baseline"], words)
    board = board.sort_values(["value", "who"], ignore_index=True)
    scale = registered()["five_elections"].draw(frames, view)
    apart = int((board.tied_with_best == "no").sum())
    values: dict[str, Any] = {
        "apart": apart,
        "others": len(board) - 1,
        "tied": len(board) - 1 - apart,
        "number": len(board),
        "level": words.share(100 * LEVEL_OF_TIE, 0),
        "samples": _beside_samples(board, words),
    }
    proves = (
        words.plural("answer.surely_proves", apart, **values)
        if apart
        else words("answer.surely_proves_none", **values)
    ).strip()
    return Answer(f"{capitalised(chance_finding(board, words))}.", f"{scale.title}.", proves)


def _beside_samples(board: pd.DataFrame, words: Words) -> str:
    """How many polls were closer than unbiased samples of their size are, and how often chance does that."""
    polls = board[(board.family == "poll") & board.expected_low.notna()]
    if polls.empty:
        return ""
    # Below the band of unbiased samples lies half of what it leaves out.
    below = (1.0 - LEVEL_OF_DISTRIBUTION) / 2
    lucky = int((polls.value < polls.expected_low).sum())
    chance = at_least(lucky, len(polls), below)
    variant = "none_lucky" if not lucky else "closer_than_samples" if chance <= FAMILY_LEVEL else "as_samples"
    return words(
        f"answer.{variant}",
        lucky=lucky,
        polls=len(polls),
        level=words.share(100 * (1.0 - below), 0),
        chance=words.share(100 * chance, 0 if chance >= 0.01 else 1),
    )


def _rigged(frames: Gathered, view: View, words: Words) -> Answer | None:
    drawing = registered()["break_even"].draw(frames, view)
    if "accounts" not in drawing.data:
        return None
    return Answer(f"{drawing.title}.", _on_record(frames, view, words), _widths(drawing.data, words))


def _on_record(frames: Gathered, view: View, words: Words) -> str:
    """How many operations are on record, and which forecasters of this vote they concern."""
    rows = frames["ruler"]
    rows = rows[rows.operation != ""] if len(rows) else rows
    here = of_contest(frames, "published", view).drop_duplicates("forecaster_id")
    concerned = here[here.forecaster_id.isin(set(rows.subject))] if len(rows) else here.head(0)
    about = rows[rows.subject.isin(set(concerned.forecaster_id))] if len(rows) else rows
    if rows.empty:
        return words("answer.rigged_happened_nothing")
    return words(
        "answer.rigged_happened" if len(concerned) else "answer.rigged_happened_none",
        reported=rows.operation.nunique() if len(rows) else 0,
        documented=rows[rows.grade == "documented"].operation.nunique() if len(rows) else 0,
        concerned=about.operation.nunique() if len(rows) else 0,
        names=words.join(sorted_names(concerned, words)),
    )


def _widths(costs: pd.DataFrame, words: Words) -> str:
    """How much of the cost of one point is not known: the widest range as a factor, and whose it is."""
    factors = (costs.accounts_high / costs.accounts_low).where(costs.accounts_low > 0)
    if factors.isna().all():
        return words("answer.rigged_proves_unknown")
    widest = costs.iloc[int(factors.fillna(0.0).to_numpy().argmax())]
    return words(
        "answer.rigged_proves",
        wide=int((factors > WIDE_RANGE).sum()),
        number=len(costs),
        times=words.count(WIDE_RANGE),
        name=widest.who,
        factor=words.rounded(float(factors.max())),
    )
